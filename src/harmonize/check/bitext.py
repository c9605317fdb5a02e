"""What a check looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from harmonize.glossary.model import Language
from harmonize.records import Kind

SPANISH_LONGER = 1.18
"""Spanish to English in code points: the median of the sector memory's pairs."""


class Bitext(NamedTuple):
    """Both sides of a segment: *target* is the translation."""

    source: str
    target: str
    source_language: Language = "en"
    target_language: Language = "es"
    kind: Kind = "paragraph"

    @property
    def growth(self) -> float:
        """How long the translation is: 1.0 is as long as translations of such a source are.

        >>> round(Bitext("Draft the reports", "Redactar los informes").growth, 2)
        1.05
        """
        usual = SPANISH_LONGER if self.target_language == "es" else 1 / SPANISH_LONGER
        return len(self.target) / max(1, len(self.source)) / usual


class Finding(NamedTuple):
    """The rule that a pair breaks, and what its message needs to know."""

    rule: str
    facts: dict[str, object]


Check = Callable[[Bitext], Iterator[Finding]]
"""Finds what is wrong with a pair; nothing where all is well."""


def found(rule: str, **facts: object) -> Finding:
    """A `Finding`, in few words."""
    return Finding(rule, facts)
