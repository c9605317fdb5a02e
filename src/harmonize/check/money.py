"""What numbers count: money of a currency, and hundredths."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from harmonize.check.bitext import Bitext, Finding, found
from harmonize.check.values import readings

_SIGN = 3
"""Letters of a code such as USD; shorter ones are signs."""
_GROUPED = r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{3,}"
_NUMBER = r"\d+(?:[.,]\d+)?"
_PERCENT = re.compile(
    rf"(?:(?<!\d)({_NUMBER})\s?%?\s?(?:-|–|to|a|and|y|or|o|u)\s?)?(?:(?<!\d)({_NUMBER}))?\s?"
    r"(%|percent\b|per\scent\b|por\sciento\b)",
    re.IGNORECASE,
)


class Money(NamedTuple):
    """A currency as it is written, and which ones it can be."""

    text: str
    currencies: frozenset[str]
    binding: bool


def currencies(pair: Bitext) -> Iterator[Finding]:
    """Amounts are in the same currency on both sides.

    >>> [each.facts for each in currencies(Bitext("US$ 500 a month", "€500 al mes"))]
    [{'source': 'US$', 'target': '€'}]
    >>> list(currencies(Bitext("$2M", "2 millones de dólares")))
    []
    """
    ours, theirs = _mentions(pair.source), _mentions(pair.target)
    if _without_partner(ours, theirs) or _without_partner(theirs, ours):
        yield found("currency", source=_shown(ours), target=_shown(theirs))


def _without_partner(ours: list[Money], theirs: list[Money]) -> bool:
    return any(
        each.binding and not any(each.currencies & other.currencies for other in theirs)
        for each in ours
    )


def _shown(mentions: list[Money]) -> str:
    return ", ".join(dict.fromkeys(each.text for each in mentions)) or "–"


def _mentions(text: str) -> list[Money]:
    """The currencies in *text*.

    >>> [each.text for each in _mentions("Q8,000 in Q3, or 900 dólares")]
    ['dólares', 'Q']
    """
    found = (_written().finditer(text), _signs().finditer(text))
    return [_known()[match[0].strip().casefold()] for each in found for match in each]


@cache
def _known() -> dict[str, Money]:
    table = files("harmonize.check").joinpath("data", "money.csv").read_text(encoding="utf-8")
    return {
        row["written"].casefold(): Money(
            row["written"], frozenset(row["currencies"].split()), row["binding"] == "yes"
        )
        for row in csv.DictReader(table.splitlines())
    }


@cache
def _written() -> re.Pattern[str]:
    """Names and codes, wherever they stand; codes in capitals only."""
    names = sorted((each.text for each in _known().values() if _is_word(each.text)), reverse=True)
    codes = [name for name in names if name.isupper()]
    others = [re.escape(name) for name in names if not name.isupper()]
    return re.compile(rf"(?<!\w)(?:(?i:{'|'.join(others)})|{'|'.join(codes)})(?!\w)")


@cache
def _signs() -> re.Pattern[str]:
    """Signs beside a number; letters only before an amount that is no Q3 and no L2."""
    signs = sorted((each.text for each in _known().values() if not _is_word(each.text)), key=len)
    marks = "|".join(re.escape(sign) for sign in reversed(signs) if not sign.isalpha())
    letters = "|".join(sign for sign in reversed(signs) if sign.isalpha())
    return re.compile(
        rf"(?<!\w)(?:{marks})(?=\.?\s?\d)|(?<=\d)\s?(?:{marks})(?!\w)"
        rf"|(?<!\w)(?:{letters})(?=\.?\s?(?:{_GROUPED}))"
    )


def _is_word(text: str) -> bool:
    return text.replace(" ", "").isalpha() and (
        len(text) > 3 or (len(text) == 3 and text.isupper())
    )


def percents(pair: Bitext) -> Iterator[Finding]:
    """What is a percentage on one side is one on the other.

    >>> [each.facts["text"] for each in percents(Bitext("Up to 30%", "Hasta 30 días"))]
    ['30%']
    >>> list(percents(Bitext("10–15% travel", "viajes del 10 % al 15 por ciento")))
    []
    """
    ours, theirs = _percents(pair.source), _percents(pair.target)
    yield from (found("lost-percent", text=text) for text in _only(ours, theirs, pair.target))
    yield from (found("added-percent", text=text) for text in _only(theirs, ours, pair.source))


class _Percent(NamedTuple):
    text: str
    values: frozenset[Decimal]
    may_be: frozenset[Decimal]


def _percents(text: str) -> list[_Percent]:
    return [
        _Percent(match[0].strip(), _read(match[2]), _read(match[1]) | _read(match[2]))
        for match in _PERCENT.finditer(text)
    ]


def _read(digits: str | None) -> frozenset[Decimal]:
    return frozenset(readings(digits)) if digits else frozenset()


def _only(ours: list[_Percent], theirs: list[_Percent], their_text: str) -> Iterator[str]:
    """Percentages that the other side has not, though it may have the number."""
    known = frozenset[Decimal]().union(*(each.may_be for each in theirs))
    for each in ours:
        if not theirs or (each.values and not each.values & known):
            numbers = {
                value for digits in re.findall(_NUMBER, their_text) for value in _read(digits)
            }
            if not each.values or each.values & numbers:
                yield each.text
