"""Units behind the bilingual dictionary: each with its Spanish and its English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harmonize.engines.apertium_units import UNIT


class Pair(NamedTuple):
    """A unit behind the dictionary: what stands before it, the Spanish, the English."""

    before: str
    spanish: str
    english: str

    @property
    def lemma(self) -> str:
        """The Spanish lemma, in small letters."""
        return self.spanish.partition("<")[0].lower()

    def written(self) -> str:
        """As it stands in the stream."""
        return f"{self.before}^{self.spanish}/{self.english}$"


_NONE = Pair("", "<sent>", "<sent>")


def at_pair(pairs: Sequence[Pair], at: int) -> Pair:
    """The pair at *at*, or the end of a sentence where there is none."""
    return pairs[at] if 0 <= at < len(pairs) else _NONE


def pairs_of(stream: str) -> tuple[list[Pair], str]:
    """The units of *stream*, and what stands behind the last.

    >>> pairs_of("^casa<n><f><sg>/house<n><sg>$[]")
    ([Pair(before='', spanish='casa<n><f><sg>', english='house<n><sg>')], '[]')
    """
    pairs: list[Pair] = []
    done = 0
    for match in UNIT.finditer(stream):
        spanish, _, english = match[1].partition("/")
        pairs.append(Pair(stream[done : match.start()], spanish, english))
        done = match.end()
    return pairs, stream[done:]
