"""Units behind the bilingual dictionary: each with its Spanish and its English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from harmonize.engines.apertium.units import UNIT


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


FINITE = re.compile(r"<vb\w+><(?:pri|ifi|pii|fti|cni|prs|pis)>")
"""A verb in a finite form."""
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


def lowered(pair: Pair) -> Pair:
    """*pair* behind another word, in small letters."""
    small = "/".join(each[:1].lower() + each[1:] for each in pair.english.split("/"))
    return Pair(" ", pair.spanish[:1].lower() + pair.spanish[1:], small)
