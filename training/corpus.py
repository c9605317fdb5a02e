"""Which lines are fit to learn from: filters, each of which says why it refused."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

LONGEST = 100
"""Words of a side; postings have no longer sentences."""
NGRAM = 8
"""Words in a row that a line may not share with text that is measured on."""

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_GROUPS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_BROKEN = re.compile(
    "\ufffd|[ÃÂ][\u0080-\u00bf]|â€|[\u0000-\u0008\u000b-\u001f\u007f]|&(?:lt|gt|amp|nbsp);"
)
_MARKUP = re.compile(r"[<>{}\[\]|\\=#`~^_$%@/]")
_FUNCTION = {
    "en": frozenset(
        "the of and to in is that for on with as are this be by you it was not or from have your "
        "at which can will has if an we they their he she his her".split()
    ),
    "es": frozenset(
        "el la los las de del que y en un una por para con se no es su al lo como más o este esta "
        "son sus está ser si le ha pero cuando sobre también".split()
    ),
}


class Pair(NamedTuple):
    """A line in both languages, and the source it was taken from."""

    source: str
    en: str
    es: str


def read(path: Path) -> Iterator[Pair]:
    """The lines ``source<TAB>English<TAB>Spanish`` of *path*, in Unicode's composed form."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = [clean(cell) for cell in line.rstrip("\n").split("\t")]
            if len(cells) == len(Pair._fields):
                yield Pair(*cells)


def clean(text: str) -> str:
    """One line, composed, without double blanks and invisible characters.

    >>> clean(" La  cooperación\u200b ")
    'La cooperación'
    """
    text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\u00ad", "")
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """The words of *text* in lower case.

    >>> words("Fair-trade: 2 cafés")
    ['fair', 'trade', '2', 'cafés']
    """
    return _WORD.findall(text.lower())


@dataclass(frozen=True)
class Measured:
    """What results are measured on: no line that says the same may be learnt from."""

    lines: frozenset[str]
    ngrams: frozenset[int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Measured:
        """All of *texts*, in whichever language."""
        split = [words(text) for text in texts]
        ngrams = frozenset(each for line in split for each in _ngrams(line))
        return cls(frozenset(" ".join(line) for line in split if line), ngrams)

    def holds(self, text: str) -> bool:
        """Whether *text* is one of the lines, or shares `NGRAM` words in a row with one.

        >>> measured = Measured.of(["One two three four five six seven eight nine."])
        >>> measured.holds("And two three, four five six seven eight nine"), measured.holds("One")
        (True, False)
        """
        line = words(text)
        return " ".join(line) in self.lines or any(n in self.ngrams for n in _ngrams(line))


def _ngrams(line: list[str]) -> Iterator[int]:
    return (hash(tuple(line[at : at + NGRAM])) for at in range(len(line) - NGRAM + 1))


@dataclass
class Filter:
    """Takes lines one by one; ``refused`` counts the reasons for those it did not take."""

    measured: Measured
    marks: str = ""
    seen: set[int] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)

    def takes(self, pair: Pair) -> bool:
        """Whether *pair* is fit to learn from."""
        reason = refusal(pair, self.marks) or self._reason_beside_others(pair)
        if reason:
            self.refused[reason] += 1
        return not reason

    def _reason_beside_others(self, pair: Pair) -> str:
        if self.measured.holds(pair.en) or self.measured.holds(pair.es):
            return "measured on"
        key = hash((" ".join(words(pair.en)), " ".join(words(pair.es))))
        if key in self.seen:
            return "seen before"
        self.seen.add(key)
        return ""


def refusal(pair: Pair, marks: str = "") -> str:
    """Why *pair* is not fit to learn from, whatever the others are; empty where it is.

    >>> refusal(Pair("x", "Pay 1,500 in 2024", "Pague 1.500 en 2023"))
    'numbers differ'
    >>> refusal(Pair("x", "Coffee growers meet", "Se reúnen los productores de café"))
    ''
    """
    counts = len(words(pair.en)), len(words(pair.es))
    checks = (
        ("empty", min(counts) == 0),
        ("too long", max(counts) > LONGEST or max(map(len, pair[1:])) > 8 * LONGEST),
        ("lengths differ", _lengths_differ(pair)),
        ("broken characters", bool(_BROKEN.search(pair.en + pair.es))),
        ("our own marks", any(mark in pair.en + pair.es for mark in marks)),
        ("markup", _share(_MARKUP, pair.en) > 0.1 or _share(_MARKUP, pair.es) > 0.1),
        ("few letters", _few_letters(pair.en) or _few_letters(pair.es)),
        ("not translated", pair.en == pair.es and counts[0] > 3),
        ("numbers differ", numbers(pair.en) != numbers(pair.es)),
        ("other language", _foreign(pair)),
    )
    return next((reason for reason, found in checks if found), "")


def numbers(text: str) -> Counter[str]:
    """The figures in *text* without the marks between thousands.

    >>> numbers("1.500 y 2") == numbers("2 and 1,500")
    True
    """
    return Counter(_DIGITS.findall(_GROUPS.sub("", text)))


def _lengths_differ(pair: Pair) -> bool:
    """Spanish is a fifth longer; short lines may differ more."""
    english, spanish = len(pair.en) + 8, len(pair.es) + 8
    return not 0.6 <= spanish / english <= 2.0


def _share(pattern: re.Pattern[str], text: str) -> float:
    return len(pattern.findall(text)) / max(1, len(text))


def _few_letters(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    latin = sum(1 for c in text if c.isalpha() and c < "\u0250")
    return letters < 0.25 * len(text) or latin < letters


def _foreign(pair: Pair) -> bool:
    """Longer lines hold more function words of their own language than of the other."""
    for language, text in (("en", pair.en), ("es", pair.es)):
        found = words(text)
        own = sum(word in _FUNCTION[language] for word in found)
        other = sum(word in _FUNCTION["es" if language == "en" else "en"] for word in found)
        if len(found) >= 5 and other > own:
            return True
    return False
