"""What a check looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from harmonize.glossary.model import Language
from harmonize.records import Kind


class Bitext(NamedTuple):
    """Both sides of a segment: *target* is the translation."""

    source: str
    target: str
    source_language: Language = "en"
    target_language: Language = "es"
    kind: Kind = "paragraph"


class Finding(NamedTuple):
    """The rule that a pair breaks, and what its message needs to know."""

    rule: str
    facts: dict[str, object]


Check = Callable[[Bitext], Iterator[Finding]]
"""Finds what is wrong with a pair; nothing where all is well."""


def found(rule: str, **facts: object) -> Finding:
    """A `Finding`, in few words."""
    return Finding(rule, facts)
