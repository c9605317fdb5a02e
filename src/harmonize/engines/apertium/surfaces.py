"""English words behind Apertium's analyser, with all their readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harmonize.engines.apertium.units import UNIT

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
        return any(tag in reading for reading in self.readings)

    def must(self, *tags: str) -> bool:
        """Whether each reading has one of *tags*."""
        return bool(self.readings) and all(any(t in r for t in tags) for r in self.readings)

    def only(self, tag: str) -> Word:
        """With the first reading that has *tag*, if there is one."""
        kept = [reading for reading in self.readings if tag in reading]
        return self._replace(readings=(kept[0],)) if kept else self


def words_of(stream: str) -> tuple[list[Word], str]:
    words: list[Word] = []
    done = 0
    for match in UNIT.finditer(stream):
        surface, *readings = match[1].split("/")
        words.append(Word(stream[done : match.start()], surface, tuple(readings)))
        done = match.end()
    return words, stream[done:]


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
