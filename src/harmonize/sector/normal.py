"""Lines as they are compared: without what makes no difference to what they say.

Capitals, quotation marks, apostrophes, hyphens, list marks, the final stop, spacing, British and
American spelling, and a comma before *and* do not count.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from harmonize.glossary import words
from harmonize.glossary.model import Language

_ENUMERATOR = r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[IVX]{1,4})[.)]\s+)?"
_LEAD = re.compile(rf"[\s•·▪●○◦‣■□➢✓*_–—-]*{_ENUMERATOR}[\s*_]*")
_FINAL = re.compile(r"(?:[.:;,…]|[;,]\s+(?:and|or|and/or|y|e|o|u|y/o))?[\s*_]*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:etc|Inc|Ltd|Ltda|Jr)|\b(?i:[ap])\.? ?(?i:m)|EE\. ?UU|S\. ?A|U\.S|U\.K|D\.C)\.$"
)
_JOINERS = {"and": "y", "or": "o", "and/or": "y/o", "y": "and", "e": "and", "o": "or", "u": "or"}
_JOINERS |= {"y/o": "and/or"}
_UNSEEN = frozenset("'’‘ʼ`´′\"“”„«»‹›¿¡-\u2010\u2011\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SAME = {"–": "-", "—": "-", "―": "-", "…": "."}
_RANGE = re.compile(r"(?<=\d)(?:\s?[–—]\s?)(?=\d)")
_WRAPS = {"(": ")", "[": "]", '"': '"', "“": "”", "«": "»"}
_AND = {"en": "and", "es": "y"}
_BEFORE_AND = {"en": frozenset(("and", "or")), "es": frozenset("yeou")}


_AS_BEFORE_CONSONANTS = {"en": dict[str, str](), "es": {"e": "y", "u": "o"}}
"""*Español e inglés* says *y*."""


_Token = tuple[str, tuple[int, int]]


class Edges(NamedTuple):
    """A line taken apart: list marks before it, what it says, and its final punctuation."""

    lead: str
    core: str
    tail: str


class Tokens(NamedTuple):
    """Words and punctuation as they are compared, and where each stands: ``text[start:end]``."""

    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def edges(text: str) -> Edges:
    """*text* taken apart; joined, the parts give it again.

    >>> edges("• Draft reports;")
    Edges(lead='• ', core='Draft reports', tail=';')
    >>> edges("(from 9 a.m.)")
    Edges(lead='(', core='from 9 a.m.', tail=')')
    """
    start = found.end() if (found := _LEAD.match(text)) else 0
    end = _end(text, start)
    if text[start:end] and text[end - 1] == _WRAPS.get(text[start]):
        inside = text[start + 1 : end - 1]
        if text[start] not in inside and text[end - 1] not in inside:
            start, end = start + 1, _end(text[: end - 1], start + 1)
    return Edges(text[:start], text[start:end], text[end:])


def _end(text: str, start: int) -> int:
    """Where what a line says ends; the stop of an abbreviation belongs to it."""
    found = _FINAL.search(text, start)
    end = found.start() if found else len(text)
    return end + 1 if _ABBREVIATION.search(text[start : end + 1]) else end


def tail_in(tail: str, target: Language) -> str:
    """The final punctuation in the other language: "; and" has a word in it.

    >>> tail_in("; and", "es"), tail_in(".", "es")
    ('; y', '.')
    """
    mark, space, word = tail.partition(" ")
    if word.strip() not in _JOINERS:
        return tail
    return mark + space + word.replace(word.strip(), _JOINERS[word.strip()])


def tokens(core: str, language: Language) -> Tokens:
    """The tokens of a line without its edges.

    >>> tokens("the organisation’s “full-time” staff, and 3+ interns", "en").keys
    ('the', 'organization', "'s", 'full', 'time', 'staff', 'and', '3', '+', 'interns')
    """
    if "–" in core or "—" in core:
        core = _RANGE.sub(lambda found: "-".center(len(found[0])), core)
    read = words.read(core, language)
    found: list[_Token] = []
    done = 0
    joins, sounds = _BEFORE_AND[language], _AS_BEFORE_CONSONANTS[language]
    for number, (key, span) in enumerate(zip(read.keys, read.spans, strict=True)):
        if core[done : span[0]] != " ":
            found += _marks(core, done, span[0], language)
        if key in joins and found and found[-1][0] == ",":
            found.pop()
        found.append((sounds.get(key, key), span))
        mark = read.marks.get(number, "")
        done = span[1] + len(mark)
        if len(mark) > 1:
            found.append(("'s", (span[1], done)))
    found += _marks(core, done, len(core), language)
    return Tokens(tuple(key for key, _ in found), tuple(span for _, span in found))


def _marks(text: str, start: int, end: int, language: Language) -> list[_Token]:
    """The punctuation in ``text[start:end]`` that counts."""
    return [
        (_AND[language] if mark == "&" else _SAME.get(mark, mark), (place, place + 1))
        for place, mark in enumerate(text[start:end], start)
        if not mark.isspace() and mark not in _UNSEEN
    ]


def normal(text: str, language: Language) -> str:
    """*text* as it is compared.

    >>> normal("• Fluency in SPANISH.", "en") == normal("fluency in Spanish", "en")
    True
    """
    return " ".join(tokens(edges(text).core, language).keys)
