"""English words behind Apertium's analyser, with all their readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from harmonize.engines.apertium.rules import Needs, in_turn
from harmonize.engines.apertium.units import HELD, UNIT, analysed_unit

INFINITIVE, PARTICIPLE, GERUND = "<vblex><inf>", "<vblex><pp>", "<vblex><ger>"
JOINS = ("<cm>", "<cnjcoo>")
TO = "to<pr>"


class Word(NamedTuple):
    """A unit behind the analyser: what stands before it, its surface, its readings."""

    before: str
    surface: str
    readings: tuple[str, ...]

    @property
    def small(self) -> str:
        """The surface in small letters."""
        return self.surface.lower()

    def may(self, tag: str) -> bool:
        """Whether some reading has *tag*."""
        return _may(self.readings, tag)

    def must(self, *tags: str) -> bool:
        """Whether each reading has one of *tags*."""
        return _must(self.readings, tags)

    def only(self, tag: str) -> Word:
        """With the first reading that has *tag*, if there is one."""
        kept = [reading for reading in self.readings if tag in reading]
        return self._replace(readings=(kept[0],)) if kept else self


Rule = Callable[[list[Word]], list[Word]]
_TAGS = re.compile(r"<[^<>]*>")


@lru_cache(HELD)
def _may(readings: tuple[str, ...], tag: str) -> bool:
    return any(tag in reading for reading in readings)


@lru_cache(HELD)
def _must(readings: tuple[str, ...], tags: tuple[str, ...]) -> bool:
    return bool(readings) and all(any(tag in each for tag in tags) for each in readings)


def words_of(stream: str) -> tuple[list[Word], str]:
    """The units of *stream*, and what stands behind the last.

    >>> words_of("^hubs/hub<n><pl>$[]")
    ([Word(before='', surface='hubs', readings=('hub<n><pl>',))], '[]')
    """
    *pieces, tail = UNIT.split(stream)
    return list(map(_word, pieces[::2], pieces[1::2])), tail


@lru_cache(HELD)
def _word(before: str, unit: str) -> Word:
    surface, *readings = unit.split("/")
    return Word(before, surface, tuple(readings))


def applied(rules: Iterable[Rule], words: list[Word], needed: Needs) -> list[Word]:
    """*words* with *rules*, one after the other, as far as they have what each needs."""
    return in_turn(rules, words, needed, _signs)


@lru_cache(HELD)
def _signs(word: Word) -> Collection[str]:
    """The word, its lemmas and tags."""
    lemmas = (reading.partition("<")[0].lower() for reading in word.readings)
    return frozenset((word.small, *lemmas, *_TAGS.findall("".join(word.readings))))


def written(words: Iterable[Word], tail: str) -> str:
    """*words* as a stream, and what stands behind them: the inverse of `words_of`."""
    return "".join(map(_written, words)) + tail


@lru_cache(HELD)
def _written(word: Word) -> str:
    return word.before + analysed_unit(word.surface, word.readings)


_END = Word("", "", ("<sent>",))


def at_place(words: Sequence[Word], at: int) -> Word:
    return words[at] if 0 <= at < len(words) else _END


def clause_start(words: Sequence[Word], at: int) -> int:
    """Where the sentence of the word at *at* begins."""
    return next((n + 1 for n in range(at - 1, -1, -1) if words[n].may("<sent>")), 0)


def is_finite(word: Word) -> bool:
    """Nothing but a verb, and no bare participle, gerund or infinitive."""
    return word.must("<vb", "<vaux>") and not word.must(
        "<ger>", "<pprs>", "<pp>", "<subs>", "<inf>"
    )


def is_noun(word: Word) -> bool:
    return word.may("<n>") and not word.may("<det>")


def begins_object(word: Word) -> bool:
    return word.may("<det>") or word.may("<adj>") or word.may("<n>") or word.may("<num>")
