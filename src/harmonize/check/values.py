"""Numbers, dates and times in a text, by value: 1.200,50 is 1,200.50 and 19:30 is 7:30 p.m.

A value has *readings*: "1.200" is 1200 or 1.2, "03/04" the third of April or the fourth of March.
Two values are equal when they have a reading in common.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from harmonize.dates import MONTHS, Date, find_dates
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
_ROMAN = re.compile(r"\b(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})\b")
_WORD = re.compile(r"[^\W\d_]+")
_SCALES = {"k": 1_000, "mil": 1_000, "thousand": 1_000}
_MILLION = 1_000_000

_ONES = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés "
    "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
}
_MORE = {
    "thirty treinta": 30, "forty cuarenta": 40, "fifty cincuenta": 50, "sixty sesenta": 60,
    "seventy setenta": 70, "eighty ochenta": 80, "ninety noventa": 90, "hundred cien ciento": 100,
    "thousand mil": 1000, "million millón millones": 1_000_000, "dozen docena decena": 12,
    "un una first once single primer primera primero únicamente a an": 1,
    "second twice both double couple segundo segunda doble ambos ambas par dos": 2,
    "third tercer tercera tercero triple": 3, "fourth cuarto cuarta": 4, "fifth quinto quinta": 5,
    "sixth sexto sexta": 6, "quarterly trimestral": 4, "half medio media": 2, "decade década": 10,
    "biennial bienal biennium bienio": 2, "doscientos doscientas": 200, "quinientos": 500,
    "fortnight quincena quincenal": 15, "fortnightly": 14, "weekly semanal": 1,
}  # fmt: skip


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
    said = _spelled(their_text) | {Decimal(part) for other in left for part in other.parts}
    numbers = {reading for other in left for reading in other.readings}
    return [
        value
        for value in missing
        if not value.readings & said and not _said_in_parts(value, numbers)
    ]


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
        readings = set(_readings(digits))
        if unit:
            readings |= {reading * _SCALES.get(unit.lower(), _MILLION) for reading in readings}
        elif len(digits) == 4 and digits.isdigit():
            readings.add(Decimal(digits[2:]))  # the 1990s, los años 90
        yield match.start(), match.end(), Value(match[0], frozenset(readings))


def _readings(digits: str) -> Iterator[Decimal]:
    """A number with its marks for thousands, for decimals, or for either.

    >>> sorted(map(str, _readings("1.200"))), list(map(str, _readings("1.200,50")))
    (['1.200', '1200'], ['1200.50'])
    """
    marks = [mark for mark in digits if not mark.isdigit()]
    if not marks:
        yield Decimal(digits)
        return
    whole, _, tail = digits.rpartition(marks[-1])
    if len(set(marks)) == 1 and len(tail) == 3:
        yield Decimal(re.sub(r"\D", "", digits))
    if len(marks) == 1 or len(set(marks)) > 1:
        yield Decimal(re.sub(r"\D", "", whole) + "." + tail)
    elif len(tail) != 3:
        for part in re.findall(r"\d+", digits):  # 1.2.3 is no number but a chapter
            yield Decimal(part)


def _spelled(text: str) -> set[Hashable]:
    """The numbers that words and Roman numerals of *text* say.

    >>> sorted(map(int, _spelled("treinta y cinco; siglo XXI")))
    [5, 21, 30, 35]
    """
    said: set[Hashable] = set()
    before: Decimal | None = None
    for word in _WORD.findall(text):
        number = _named().get(word.lower())
        if number is not None:
            said.add(number)
            if before is not None and before >= 20 and number < 10:
                said.add(before + number)
            if before is not None and number >= 100:
                said.add(before * number)
            before = number
        elif word.lower() != "y":
            before = None
    said |= {Decimal(_roman(match[0])) for match in _ROMAN.finditer(text) if match[0]}
    return said


@cache
def _named() -> dict[str, Decimal]:
    names: dict[str, Decimal] = {}
    for words in _ONES.values():
        names |= {word: Decimal(number) for number, word in enumerate(words.split())}
    for more, number in _MORE.items():
        for word in more.split():
            names.setdefault(word, Decimal(number))
    return names


def _roman(numeral: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10}
    total = 0
    for letter, following in zip(numeral, [*numeral[1:], ""], strict=True):
        small = following and worth[letter] < worth[following]
        total += -worth[letter] if small else worth[letter]
    return total
