"""Units before Apertium's generator, taken apart so that rules can change them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from harmonize.engines.apertium.rules import Needs, in_turn
from harmonize.engines.apertium.units import HELD, UNIT

FINITE = ("<pri>", "<ifi>", "<pii>", "<fti>", "<cni>", "<prs>", "<pis>")
NUMBERS = ("<sg>", "<pl>")
GENDERS = ("<m>", "<f>")

CODE_WORD = re.compile(r"z[b-df-hj-np-tv-x]{2}[sz]$", re.IGNORECASE)
"""A glossary term of several words, as `terms` puts it into the pipe."""

_PARTS = re.compile(r"([^<]*)((?:<[^<>]*>)*)(.*)", re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>")


class Cell(NamedTuple):
    """A unit before the generator: what stands before it, its lemma, its tags, and what is joined.

    ``joined`` are the pronouns behind a verb (``+prpers<prn>…``), and in a unit of several words
    what does not change (``# que`` of *tener que*).
    """

    before: str
    lemma: str
    tags: tuple[str, ...]
    joined: str = ""

    @property
    def pos(self) -> str:
        """The part of speech."""
        return self.tags[0] if self.tags else ""

    def has(self, *tags: str) -> bool:
        """Whether it has all of *tags*."""
        for tag in tags:  # noqa: SIM110 - asked thousands of times for a sentence
            if tag not in self.tags:
                return False
        return True

    def one_of(self, tags: Sequence[str]) -> str:
        """The first of its tags that is among *tags*."""
        for tag in self.tags:
            if tag in tags:
                return tag
        return ""

    def swapped(self, old: str, new: str) -> Cell:
        """With *new* in place of the tag *old*."""
        return self._replace(tags=tuple(new if tag == old else tag for tag in self.tags))

    def written(self) -> str:
        """As it stands in the stream."""
        return f"{self.before}^{self.lemma}{''.join(self.tags)}{self.joined}$"


GONE = Cell("", "", ())
"""Stands where a rule takes a cell away; `without_gone` drops it."""


def cells_of(stream: str) -> tuple[list[Cell], str]:
    *pieces, tail = UNIT.split(stream)
    return list(map(_cell, pieces[::2], pieces[1::2])), tail


@lru_cache(HELD)
def _cell(before: str, unit: str) -> Cell:
    parts = _PARTS.match(unit)
    lemma, tags, joined = parts.groups() if parts else (unit, "", "")
    return Cell(before, lemma, tuple(_TAGS.findall(tags)), joined)


Rule = Callable[[list[Cell]], list[Cell]]
"""Puts one thing right among the cells of a text; takes cells away by leaving `GONE`."""


def applied(rules: Iterable[Rule], cells: list[Cell], needed: Needs) -> list[Cell]:
    """*cells* with *rules*, one after the other, as far as they have what each needs."""
    return in_turn(rules, cells, needed, _signs, GONE)


@lru_cache(HELD)
def _signs(cell: Cell) -> Collection[str]:
    """Its lemma and tags, those of what is joined among them."""
    return frozenset((cell.lemma.lower(), *cell.tags, *_TAGS.findall(cell.joined)))


def is_finite(cell: Cell) -> bool:
    return cell.pos.startswith("<vb") and bool(cell.one_of(FINITE))


def is_infinitive(cell: Cell) -> bool:
    return cell.has("<vblex>", "<inf>")


def numbered(cell: Cell, number: str) -> Cell:
    return cell.swapped(cell.one_of(NUMBERS), number) if number else cell


def agreeing(cell: Cell, model: Cell) -> Cell:
    gender = model.one_of(GENDERS)
    cell = cell.swapped(cell.one_of(GENDERS), gender) if gender else cell
    return numbered(cell, model.one_of(NUMBERS))


def participle_of(cells: Sequence[Cell], verb: int) -> int | None:
    """The participle that *ser* or *estar* at *verb* has, adverbs between."""
    if cells[verb].lemma.lower() not in {"ser", "estar"}:
        return None
    for at in range(verb + 1, len(cells)):
        if cells[at].has("<vblex>", "<pp>"):
            return at
        if cells[at].pos not in {"<adv>", "<preadv>"}:
            return None
    return None
