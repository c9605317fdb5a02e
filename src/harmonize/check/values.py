"""Numbers, dates and times in a text, by value: 1.200,50 is 1,200.50 and 19:30 is 7:30 p.m.

A value has *readings*: "1.200" is 1200 or 1.2, "03/04" the third of April or the fourth of March.
Two values are equal when they have a reading in common.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from decimal import Decimal
from typing import NamedTuple

from harmonize.check.spelled import spelled, worded
from harmonize.dates import MONTHS, Date, find_dates
from harmonize.glossary.model import Language
from harmonize.protect import protected_spans

_COPIED = frozenset(("email", "url", "domain", "phone", "handle", "code"))
_TIME = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])(?:(?::|h|\.(?=\d\d\s?[ap]\.?\s?m))(?P<minute>[0-5]\d))?"
    r"(?::[0-5]\d)?\s?(?P<half>[ap]\.?\s?m\b\.?)?(?P<oclock>\s?(?:hrs?|horas|h)\b)?(?![\d:])",
    re.IGNORECASE,
)
_NOON = {"noon": 720, "midday": 720, "mediodía": 720, "midnight": 0, "medianoche": 0}
_DIGITS = re.compile(
    r"\d+(?:[.,'’\u00a0\u202f]\d+|[ ]\d{3}(?!\d))*"
    r"(?P<unit>\s?(?:[kKmM]|MM|mil|thousand|millón|millones|millions?)\b)?"
)
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_SCALES = {"k": 1_000, "mil": 1_000, "thousand": 1_000}
_MILLION = 1_000_000


class Value(NamedTuple):
    """A number, a date or a time: how it is written, and what it can mean."""

    text: str
    readings: frozenset[Hashable]
    parts: tuple[str, ...] = ()


def values(text: str) -> list[Value]:
    """The values in *text*, those of addresses, phone numbers and codes left out.

    >>> [value.text for value in values("By March 3 at 7:30 p.m., $1,200.50; SA8000, a@b2.org")]
    ['March 3', '7:30 p.m.', '1,200.50']
    """
    text = _blanked(text, [span[:2] for span in protected_spans(text) if span.kind in _COPIED])
    found: list[tuple[int, Value]] = []
    for finder in (_dates, _times, _numbers):
        new = list(finder(text))
        found += ((start, value) for start, _, value in new)
        text = _blanked(text, [(start, end) for start, end, _ in new])
    return [value for _, value in sorted(found, key=lambda item: item[0])]


def unmatched(ours: list[Value], theirs: list[Value], their_text: str) -> list[Value]:
    """Those of *ours* that neither *theirs* nor words or Roman numerals of their text say.

    >>> unmatched(values("2 posts, 1.200,50"), values("1,200.50"), "two posts, 1,200.50")
    []
    """
    left = list(theirs)
    missing: list[Value] = []
    for value in ours:
        same = next((other for other in left if value.readings & other.readings), None)
        if same:
            left.remove(same)
        else:
            missing.append(value)
    said = spelled(their_text) | {Decimal(part) for other in left for part in other.parts}
    numbers = {reading for other in left for reading in other.readings}
    return [
        value
        for value in missing
        if not value.readings & said and not _said_in_parts(value, numbers)
    ]


def unsaid(text: str, language: Language, theirs: list[Value], their_text: str) -> list[str]:
    """Numbers in words of *text* that the other text says neither in digits nor in words.

    >>> unsaid("five years, two posts", "en", values("5 años"), "5 años, ambas plazas")
    []
    """
    said = spelled(their_text) | {reading for other in theirs for reading in other.readings}
    parts = [Decimal(part) for other in theirs for part in other.parts]
    said |= {part - half for part in parts for half in (0, 12)}  # five is 17:00
    return [words for words, number in worded(text, language) if number not in said]


def _said_in_parts(value: Value, numbers: set[Hashable]) -> bool:
    """A date or time whose parts are all there as numbers: "15 feb" for "February 15"."""
    return bool(value.parts) and all(Decimal(part) in numbers for part in value.parts)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


Found = Iterator[tuple[int, int, Value]]


def _dates(text: str) -> Found:
    for date in find_dates(text):
        yield date.start, date.end, _date(text[date.start : date.end], date)
    for match in _SHORT_DATE.finditer(text):
        numbers = tuple(map(int, (match[1], match[3], match[4])))
        readings = frozenset(_calendar(numbers))
        if readings:
            parts = tuple(map(str, numbers))
            yield match.start(), match.end(), Value(match[0], readings, parts)


def _date(text: str, date: Date) -> Value:
    key = ("date", date.day, date.month, date.year)
    parts = tuple(str(part) for part in (date.day, date.year) if part)
    return Value(text, frozenset({key}), parts)


def _calendar(numbers: tuple[int, ...]) -> Iterator[Hashable]:
    """The dates that three numbers can be, in the orders that are in use."""
    first, second, third = numbers
    for day, month, year in (
        (first, second, third),
        (second, first, third),
        (third, second, first),
    ):
        if 1 <= day <= 31 and 1 <= month <= len(MONTHS["en"]) and (year > 31 or third == year):
            yield ("date", day, month, year + 2000 if year < 100 else year)


def _times(text: str) -> Found:
    for match in _TIME.finditer(text):
        if not (match["minute"] or match["half"] or match["oclock"]):
            continue
        if match["oclock"] and not match["minute"] and not match["half"]:
            continue  # "40 horas" is a length of time
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        written = match[0].strip()
        yield (
            match.start(),
            match.end(),
            Value(written, frozenset(_clock(hour, minute, match["half"])), (str(hour),)),
        )
    for word in _WORD.finditer(text):
        if word[0].lower() in _NOON:
            value = Value(word[0], frozenset({("time", _NOON[word[0].lower()])}), ("12",))
            yield word.start(), word.end(), value


def _clock(hour: int, minute: int, half: str | None) -> Iterator[Hashable]:
    """Minutes since midnight; without a.m. or p.m. an hour up to twelve may be either."""
    if half is None:
        yield ("time", hour % 24 * 60 + minute)
    if half is not None or hour <= 12:
        afternoons = (0, 12) if half is None else ((12,) if half[0] in "pP" else (0,))
        for afternoon in afternoons:
            yield ("time", (hour % 12 + afternoon) * 60 + minute)


def _numbers(text: str) -> Found:
    for match in _DIGITS.finditer(text):
        unit = (match["unit"] or "").strip()
        digits = match[0].removesuffix(match["unit"] or "")
        known = set(readings(digits))
        if unit:
            known |= {value * _SCALES.get(unit.lower(), _MILLION) for value in known}
        elif len(digits) == 4 and digits.isdigit():
            known.add(Decimal(digits[2:]))  # the 1990s, los años 90
        yield match.start(), match.end(), Value(match[0], frozenset(known))


def readings(digits: str) -> Iterator[Decimal]:
    """What *digits* can be: their marks are for thousands, for decimals, or for either.

    >>> [[str(value) for value in readings(digits)] for digits in ("1.200", "1.200,50", "0.125")]
    [['1200'], ['1200.50'], ['125', '0.125']]
    """
    marks = [mark for mark in digits if not mark.isdigit()]
    if not marks:
        yield Decimal(digits)
        return
    whole, _, tail = digits.rpartition(marks[-1])
    if len(set(marks)) == 1 and len(tail) == 3:
        yield Decimal(re.sub(r"\D", "", digits))
    thousands = len(marks) == 1 and len(tail) == 3 and whole.lstrip("0")
    if (len(marks) == 1 and not thousands) or len(set(marks)) > 1:
        yield Decimal(re.sub(r"\D", "", whole) + "." + tail)
    elif len(tail) != 3:
        for part in re.findall(r"\d+", digits):  # 1.2.3 is no number but a chapter
            yield Decimal(part)
