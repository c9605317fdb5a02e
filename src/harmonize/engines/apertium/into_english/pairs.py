"""Units behind the bilingual dictionary: each with its Spanish and its English."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from harmonize.engines.apertium.rules import Needs, in_turn
from harmonize.engines.apertium.units import HELD, UNIT


class Pair(NamedTuple):
    """A unit behind the dictionary: what stands before it, the Spanish, the English."""

    before: str
    spanish: str
    english: str

    @property
    def lemma(self) -> str:
        """The Spanish lemma, in small letters."""
        return _lemma(self.spanish)

    def written(self) -> str:
        """As it stands in the stream."""
        return f"{self.before}^{self.spanish}/{self.english}$"


def applied(rules: Iterable[Rule], pairs: list[Pair], needed: Needs) -> list[Pair]:
    """*pairs* with *rules*, one after the other, as far as they have what each needs."""
    return in_turn(rules, pairs, needed, _signs)


@lru_cache(HELD)
def _signs(pair: Pair) -> Collection[str]:
    """The Spanish lemma and tags."""
    return frozenset((pair.lemma, *_TAGS.findall(pair.spanish)))


@lru_cache(HELD)
def _lemma(unit: str) -> str:
    return unit.partition("<")[0].lower()


FINITE = re.compile(r"<vb\w+><(?:pri|ifi|pii|fti|cni|prs|pis)>")
"""A verb in a finite form."""
Rule = Callable[[list[Pair]], list[Pair]]
_TAGS = re.compile(r"<[^<>]*>")
_NONE = Pair("", "<sent>", "<sent>")


def at_pair(pairs: Sequence[Pair], at: int) -> Pair:
    """The pair at *at*, or the end of a sentence where there is none."""
    return pairs[at] if 0 <= at < len(pairs) else _NONE


def pairs_of(stream: str) -> tuple[list[Pair], str]:
    """The units of *stream*, and what stands behind the last.

    >>> pairs_of("^casa<n><f><sg>/house<n><sg>$[]")
    ([Pair(before='', spanish='casa<n><f><sg>', english='house<n><sg>')], '[]')
    """
    *pieces, tail = UNIT.split(stream)
    return list(map(_pair, pieces[::2], pieces[1::2])), tail


@lru_cache(HELD)
def _pair(before: str, unit: str) -> Pair:
    spanish, _, english = unit.partition("/")
    return Pair(before, spanish, english)


def lowered(pair: Pair) -> Pair:
    """*pair* behind another word, in small letters."""
    small = "/".join(each[:1].lower() + each[1:] for each in pair.english.split("/"))
    return Pair(" ", pair.spanish[:1].lower() + pair.spanish[1:], small)
