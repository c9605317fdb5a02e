"""Labelled facts: "Deadline: 5 May", a row of a table, a heading with its value below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from harmonize.harmonise.data import toml_table
from harmonize.harmonise.passages import Passage
from harmonize.records import CELL
from harmonize.segments.tables import heading, key

_COLON = re.compile(r"(?<=[\w)?*]) ?(?::\**|\*\* ?:)(?!//|\d\d\b)\s*")
_DASH = re.compile(r"(?<!\s)\s+[-–—|]\s+|\t+")
_HALVES = re.compile(r"(?:(?<!\s)\s+)?[/|]\s*|(?<!\s)\s+(?:\(|[–—-]\s+)")
_WORD = re.compile(r"\S+")
_LONGEST = 90
_LABEL_WORDS = 11
_VALUE_WORDS = 25
_NAME_WORDS = 12
_PICTURE = re.compile(r"^[^\w\s(]+\s+")
_EDGES = " \t|*_;,–—-•·"
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2}$|\b(?:Inc|Ltda?|Co|S\.A|A\.C|aprox|approx)\.$")
STOP = "stop"


class Labelled(NamedTuple):
    """A value and the fact that its label names; *cell* is its cell in a row of a table."""

    fact: str
    label: str
    value: str
    passage: Passage
    cell: int | None = None


def labelled(texts: Sequence[Passage]) -> list[Labelled]:
    """Every labelled fact, in reading order.

    >>> text = "Location: Lima, Peru. Start date: 1 May 2024"
    >>> found = labelled([Passage(0, text, "en", "paragraph", "facts")])
    >>> [(each.fact, each.value) for each in found]
    [('location', 'Lima, Peru'), ('start_date', '1 May 2024')]
    """
    return list(_labelled(texts))


def _labelled(texts: Sequence[Passage]) -> Iterator[Labelled]:
    for at, passage in enumerate(texts):
        after = texts[at + 1] if at + 1 < len(texts) else None
        if passage.kind == "table":
            yield from _in_row(passage, after)
        else:
            yield from _in_text(passage)
            yield from _above(passage, texts, at)


@lru_cache(maxsize=8192)
def fact_of(label: str) -> str:
    """The fact that *label* names, ``stop`` for other known labels, else an empty string.

    >>> fact_of("Fecha límite de postulación"), fact_of("Deadline / Fecha límite"), fact_of("Ours")
    ('deadline', 'deadline', '')
    """
    if len(label) > _LONGEST:
        return ""
    for text in (label, *_HALVES.split(label)):
        plain = key(text.strip(" ¿?*_"))
        found = next((fact for fact, rule in _rules() if rule.fullmatch(plain)), "")
        if found:
            return found
    return ""


@cache
def _rules() -> list[tuple[str, re.Pattern[str]]]:
    table = toml_table("labels.toml")
    return [(fact, re.compile("|".join(patterns))) for fact, patterns in table.items()]


class _Place(NamedTuple):
    start: int
    value: int
    label: str
    fact: str


def _in_text(passage: Passage) -> Iterator[Labelled]:
    places = list(_places(passage.text))
    ends = [*(place.start for place in places[1:]), len(passage.text)]
    for place, end in zip(places, ends, strict=False):
        value = trimmed(passage.text[place.value : end])
        if place.fact not in ("", STOP) and value:
            yield Labelled(place.fact, place.label, value, passage)


def _places(text: str) -> Iterator[_Place]:
    """Known labels in *text*, in order, each with its colon; a dash only at the beginning."""
    done = 0
    dash = _DASH.search(text, 0, _LONGEST)
    if dash and ":" not in text[: dash.start()] and fact_of(text[: dash.start()]):
        done = dash.end()
        yield _Place(0, done, text[: dash.start()], fact_of(text[: dash.start()]))
    for colon in _COLON.finditer(text):
        start = _start(text, done, colon.start())
        if start is not None:
            label = text[start : colon.start()]
            yield _Place(start, colon.end(), label, fact_of(label))
            done = colon.end()


def _start(text: str, floor: int, colon: int) -> int | None:
    """Where the longest known label that ends at *colon* starts."""
    floor = max(floor, colon - _LONGEST)
    starts = [found.start() for found in _WORD.finditer(text, floor, colon)][-_LABEL_WORDS:]
    for at in starts:
        opens = (
            at == 0 or text[at].isupper() or text[at] in "¿*" or text[:at].rstrip()[-1:] in ".;|•"
        )
        if opens and (fact_of(text[at:colon]) or heading(text[at:colon])):
            return at
    return None


def _above(passage: Passage, texts: Sequence[Passage], at: int) -> Iterator[Labelled]:
    """The value under a label that stands alone on its line."""
    label = passage.text.rstrip(" :*?").lstrip("*¿# ")
    alone = passage.kind in ("heading", "paragraph", "title") and len(label.split()) <= _LABEL_WORDS
    fact = fact_of(label) if alone and ": " not in label else ""
    below = next((each for each in texts[at + 1 :] if each.row > passage.row), None)
    if fact in ("", STOP) or below is None or below.kind in ("heading", "table", "title"):
        return
    words = len(below.text.split())
    name = fact in ("title", "organization", "location")
    fits = words <= _NAME_WORDS and below.text[-1] != "." if name else words <= _VALUE_WORDS
    if fits and not next(_places(below.text), None):
        yield Labelled(fact, label, trimmed(below.text), below)


def _in_row(passage: Passage, after: Passage | None) -> Iterator[Labelled]:
    """Label and value beside each other; or a row of labels with the values in the next row."""
    cells = [cell.strip() for cell in passage.text.split(CELL)]
    facts = [fact_of(cell.rstrip(" :*")) for cell in cells]
    if sum(map(bool, facts)) > 1 and all(facts[: len([cell for cell in cells if cell])]):
        yield from _below(cells, facts, after)
        return
    for (at, fact), (beside, known) in pairwise(enumerate(facts)):
        if fact not in ("", STOP) and not known and cells[beside]:
            yield Labelled(fact, cells[at], trimmed(cells[beside]), passage, beside)
    for at, cell in enumerate(cells):
        whole = passage._replace(text=cell)
        yield from (each._replace(passage=passage, cell=at) for each in _in_text(whole))


def _below(cells: Sequence[str], facts: Sequence[str], after: Passage | None) -> Iterator[Labelled]:
    values = after.text.split(CELL) if after and after.kind == "table" else []
    for at, (fact, value) in enumerate(zip(facts, values, strict=False)):
        if after and fact not in ("", STOP) and trimmed(value):
            yield Labelled(fact, cells[at], trimmed(value), after, at)


def without_picture(line: str) -> str:
    """*line* without the picture that stands before a fact.

    >>> without_picture("📍 Norwich"), without_picture("£5 an hour")
    ('Norwich', '£5 an hour')
    """
    return _PICTURE.sub("", line)


def trimmed(value: str) -> str:
    """*value* without what only separates it from its neighbours.

    >>> trimmed(" Lima, Peru. "), trimmed("Washington, D.C.")
    ('Lima, Peru', 'Washington, D.C.')
    """
    value = value.strip(_EDGES)
    return value if _INITIALS.search(value) else value.rstrip(".").rstrip(_EDGES)
