"""What of a text is translated by itself: sentences, table cells, items of an inline list."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from harmonize.protect import has_words
from harmonize.recall import Recalled
from harmonize.records import CELL
from harmonize.segments import known_head, sentences

LONGEST_UNIT = 1500
"""Code points.  The longest sentences of postings have some 600; without stops one has no end."""

LONGEST_WORD = 100
"""Code points: what is longer without white space is no word, and is copied."""

_ITEM = r"(?<![^\s(\[;:,.])\(?\b(?:\d{1,2}|[a-z]|[ivx]{2,4})\)\s+"
_ALWAYS = rf"{re.escape(CELL)}|\*\*|\s[·•▪‣→★✓]\s"
_STRETCH = re.compile(rf"(?s).{{1,{LONGEST_UNIT}}}(?=\s|$)|.{{1,{LONGEST_UNIT}}}")
_INLINE_ITEM = re.compile(_ITEM)
_SEPARATOR = re.compile(f"({_ALWAYS})")
_SEPARATOR_OR_ITEM = re.compile(f"({_ALWAYS}|{_ITEM})")


class Unit(NamedTuple):
    """A piece of a text: to be translated, known or remembered already, or to be copied."""

    words: str
    to_translate: bool = False
    known: str | None = None
    recalled: Recalled | None = None


def units(text: str, language: str) -> list[Unit]:
    """*text* cut into what is translated by itself, and what stands between; joined, it is *text*.

    >>> [unit.words for unit in units("**Research:** Conduct it. Report.", "en")]
    ['**', 'Research:', '**', ' ', 'Conduct it.', ' ', 'Report.']
    >>> [unit.words for unit in units("in: 1) soil; 2) water", "en") if unit.to_translate]
    ['in:', 'soil;', 'water']
    >>> [unit.words for unit in units("a pension · a bicycle", "en") if unit.to_translate]
    ['a pension', 'a bicycle']
    """
    # A lone "1)" is a reference in a sentence; from two on they are the items of a list.
    listed = len(list(islice(_INLINE_ITEM.finditer(text), 2))) == 2
    pieces = (_SEPARATOR_OR_ITEM if listed else _SEPARATOR).split(text)
    cut = [
        unit
        for number, piece in enumerate(pieces)
        for unit in ([Unit(piece)] if number % 2 else _units_of(piece, language))
    ]
    return [unit for unit in cut if unit.words]


def _units_of(piece: str, language: str) -> list[Unit]:
    """A known heading or label by itself, then sentences."""
    before, core, after = _without_spaces(piece)
    head = known_head(core, language)
    rest = core[len(head.words) :] if head else core
    known = [Unit(head.words, known=head.translation)] if head else []
    found = [Unit(part, _is_for_an_engine(part)) for part in _sentences(rest, language)]
    return [Unit(before), *known, *found, Unit(after)]


def _without_spaces(text: str) -> tuple[str, str, str]:
    """White space at the start, the text, white space at the end."""
    core = text.strip()
    start = text.find(core)
    return text[:start], core, text[start + len(core) :]


def _is_for_an_engine(words: str) -> bool:
    return has_words(words) and (len(words) <= LONGEST_WORD or " " in words)


def _sentences(piece: str, language: str) -> list[str]:
    """Sentences and the white space between them."""
    return [
        part
        for sentence in sentences(piece, language)
        for stretch in _STRETCH.findall(sentence)
        for part in _without_spaces(stretch)
    ]
