"""Whether two blocks, one English and one Spanish, say the same.

A block is read as a set of keys: its numbers and addresses as they are, its names, and its long
words as the letters that an English word shares with its Spanish relative ("organization",
"organización"), or as the key of its translation in a small list.  Two versions of one text share
most of their keys; two texts about the same thing share some.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from harmonize.language import names
from harmonize.letters import without_accents
from harmonize.records import Block
from harmonize.segments import tables

_ADDRESS = re.compile(r"[^\s@<>()]{1,64}@[\w.-]{1,80}\w|(?:https?://|www\.)[^\s<>()]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_RELATIVES = (
    (re.compile(r"^es(?=[pctqmf])"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"qu|k"), "c"),
    (re.compile(r"y"), "i"),
    (re.compile(r"([b-df-hj-np-tv-z])\1"), r"\1"),
)
"""How the letters of Spanish and English relatives differ at the front of a word."""
_FRONT = 4
_LENGTH = (0.55, 1.9)
"""Spanish code points for each English one, at least and at most."""
_LINE_WORDS = 14
"""A title may answer to a heading or a paragraph, if they are no longer than this."""
_SURE = ((4, 0.4), (6, 0.3), (9, 0.25))
"""So many shared keys, and such a share: enough for two blocks on their own."""
_LIKELY = ((2, 0.2),)
"""The same within a row of pairs that support each other."""


@dataclass(frozen=True, slots=True)
class Print:
    """What a block is recognised by in the other language."""

    kind: str
    length: int
    words: int
    numbers: tuple[str, ...]
    addresses: tuple[str, ...]
    keys: frozenset[str]
    text: str


def print_of(block: Block) -> Print:
    """The print of *block*; its language need not be known."""
    addresses = sorted(found.rstrip(".,;").lower() for found in _ADDRESS.findall(block.text))
    text = _ADDRESS.sub(" ", block.text)
    words = _WORD.findall(text)
    return Print(
        kind=block.kind,
        length=len(text),
        words=len(words),
        numbers=tuple(sorted(_digits(number) for number in _NUMBER.findall(text))),
        addresses=tuple(addresses),
        keys=frozenset(key for word in words for key in _keys(word)),
        text=block.text,
    )


def _digits(number: str) -> str:
    """*number* without the marks that the two languages set differently: 1,200.50, 1.200,50."""
    return re.sub(r"\D", "", number)


def likeness(one: Print, other: Print) -> float:
    """How much of the shorter block is found in the other: 0 to 1; 0 where they contradict.

    >>> from harmonize.segments import segment
    >>> blocks = segment("Three years of experience in rural organizations.\\n\\n"
    ...                  "Tres años de experiencia en organizaciones rurales.")
    >>> likeness(*map(print_of, blocks)) > 0.5
    True
    """
    if not _same_kind(one, other) or one.addresses != other.addresses:
        return 0.0
    if _known_pair(one.text, other.text):
        return 1.0
    if not _LENGTH[0] < one.length / max(1, other.length) < _LENGTH[1]:
        return 0.0
    if one.numbers != other.numbers or not one.keys or not other.keys:
        return 0.0
    firm = len(one.numbers) + 2 * len(one.addresses)
    shared = len(one.keys & other.keys) + firm
    return 0.99 * shared / (min(len(one.keys), len(other.keys)) + firm)


def sure(one: Print, other: Print) -> bool:
    """Whether two blocks are so alike that one must be a version of the other."""
    return _reaches(one, other, _SURE)


def likely(one: Print, other: Print) -> bool:
    """Whether two blocks may be versions of each other, if those around them are."""
    return _reaches(one, other, _LIKELY)


def agrees(one: Print, other: Print) -> bool:
    """Whether nothing speaks against two blocks being versions of each other."""
    lengths = 0.6 < one.length / max(1, other.length) < 1.7
    figures = one.numbers == other.numbers and one.addresses == other.addresses
    return _same_kind(one, other) and lengths and figures


def _reaches(one: Print, other: Print, steps: tuple[tuple[int, float], ...]) -> bool:
    found = likeness(one, other)
    shared = len(one.keys & other.keys) + len(one.numbers) + 2 * len(one.addresses)
    return found == 1.0 or any(shared >= count and found >= share for count, share in steps)


def _same_kind(one: Print, other: Print) -> bool:
    if one.kind == other.kind:
        return True
    lines = {"title", "heading", "paragraph"}
    return {one.kind, other.kind} <= lines and max(one.words, other.words) <= _LINE_WORDS


def _known_pair(one: str, other: str) -> bool:
    first, second = tables.heading(one), tables.heading(other)
    return first is not None and second is not None and first.section == second.section


@lru_cache(maxsize=65536)
def _keys(word: str) -> tuple[str, ...]:
    """The keys of *word*: its translations' and its own front."""
    small = _plain(word)
    if small in names.word_list("common"):
        return ()
    if translated := _translations().get(small):
        return translated
    if len(word) < _FRONT and not word.isupper():
        return ()
    return (_front(small),)


def _front(small: str) -> str:
    for pattern, letters in _RELATIVES:
        small = pattern.sub(letters, small)
    return small[:_FRONT]


def _plain(word: str) -> str:
    return without_accents(word.lower())


@cache
def _translations() -> dict[str, tuple[str, ...]]:
    """For each word of the list, in either language, the fronts of the English words it renders."""
    raw = files("harmonize.language").joinpath("data/pairs.csv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(raw.splitlines()):
        english = _plain(row["en"])
        for form in _forms(_plain(row["es"])):
            found.setdefault(form, set()).add(_front(english))
    return {word: tuple(sorted(keys)) for word, keys in found.items()}


def _forms(word: str) -> Iterable[str]:
    """*word*, its plural, and its other gender."""
    stem = word.rstrip("s")
    yield from (word, stem, f"{stem}s", f"{stem}es")
    if stem[-1] in "oa":
        yield from (f"{stem[:-1]}{ending}" for ending in ("o", "a", "os", "as"))
