"""Dates as postings write them, in both languages: which day is meant, as far as the words say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

Order = Literal["DMY", "MDY", ""]
"""How numbers stand in a date such as 03/04/2025; empty where nothing tells."""

_MONTHS = {
    "en": r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    "es": r"ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|may(?:o)?|jun(?:io)?|jul(?:io)?"
    r"|ago(?:sto)?|se[pt]t?(?:iembre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?",
}
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|[ºª°]|\.º|ero|er|ro|o)?"
_YEAR = r"(?:19|20)\d\d"
_MONTH = rf"(?:{_MONTHS['en']}|{_MONTHS['es']})\b\.?"
_DATE = re.compile(
    rf"(?<![\w/.])(?:(?P<d1>{_DAY}|primero)[\s,]{{0,9}}(?:of|de|-|/|\.)?\s{{0,9}}(?P<m1>{_MONTH})(?:[\s,./-]{{0,9}}(?:of|del?|-|/)?\s{{0,9}}(?P<y1>{_YEAR}|(?<=[-/])\d\d))?"
    rf"|(?P<m2>{_MONTH})\s{{1,9}}(?P<d2>{_DAY}|primero)(?!\d|:\d)(?:\s{{0,9}},?\s{{0,9}}(?:del?\s{{1,9}})?\(?(?P<y2>{_YEAR}))?"
    rf"|(?P<m3>{_MONTH}),?\s{{1,9}}(?:of\s{{1,9}}|del?\s{{1,9}})?(?P<y3>{_YEAR})"
    r"|(?P<iso>(?:19|20)\d\d(?P<s1>[-/.])(?:1[0-2]|0?[1-9])(?P=s1)(?:3[01]|[12]\d|0?[1-9]))"
    r"|(?P<numbers>(?:3[01]|[12]\d|0?[1-9])(?P<s2>[-/.])(?:3[01]|[12]\d|0?[1-9])(?P=s2)(?:(?:19|20)\d\d|\d\d)))"
    r"(?![-/]?\d)",
    re.IGNORECASE,
)
_WEEKDAYS = (
    r"mon|lun", r"tue|mar", r"wed|mi[eé]", r"thu|jue", r"fri|vie", r"sat|s[aá]b", r"sun|dom",
)  # fmt: skip
_WEEKDAY = re.compile(
    rf"\b(?P<day>{'|'.join(_WEEKDAYS)})[a-záéíóú]*\.?,?\s+(?:el\s+|the\s+)?$", re.IGNORECASE
)
_LEAP = 2000
"""A year for what has none: dateparser would take the clock's."""
_NUMBERED = re.compile(r"\d+")


class Day(NamedTuple):
    """A day, or a month with no *day*; the *year* may be missing."""

    year: int | None
    month: int
    day: int | None

    def iso(self) -> str:
        """ISO 8601.

        >>> Day(2024, 3, 11).iso(), Day(2024, 6, None).iso()
        ('2024-03-11', '2024-06')
        """
        whole = f"{self.year:04}-{self.month:02}"
        return f"{whole}-{self.day:02}" if self.day else whole


class Mention(NamedTuple):
    """A date in a text: its offsets in code points, its words, and the days it can mean."""

    start: int
    end: int
    words: str
    days: tuple[Day, ...]


def mentions(text: str, language: str, order: Order = "") -> list[Mention]:
    """The dates in *text*; two days where *order* and the weekday do not decide.

    >>> found = mentions("by 11 March 2024 or 3/4/2025", "en")
    >>> [[day.iso() for day in each.days] for each in found]
    [['2024-03-11'], ['2025-04-03', '2025-03-04']]
    >>> [each.days[0].iso() for each in mentions("hasta el viernes 3/4/2026", "es")]
    ['2026-04-03']
    """
    found = []
    for match in _DATE.finditer(text):
        days = _days(match, language, order)
        weekday = _WEEKDAY.search(text, max(0, match.start() - 16), match.start())
        if len(days) > 1 and weekday:
            days = tuple(day for day in days if _falls_on(day, weekday["day"])) or days
        if days:
            found.append(Mention(match.start(), match.end(), match.group().strip(), days))
    return found


def _days(match: re.Match[str], language: str, order: Order) -> tuple[Day, ...]:
    if match["numbers"]:
        orders: tuple[Order, ...] = (
            ("DMY",) if language == "es" else (order,) if order else ("DMY", "MDY")
        )
        read = [_parsed(match["numbers"], "en", each) for each in orders]
        other = [_parsed(match["numbers"], "en", each) for each in ("DMY", "MDY")]
        return tuple(dict.fromkeys(day for day in read if day) or [day for day in other if day][:1])
    if match["iso"]:
        day = _parsed(re.sub(r"[/.]", "-", match["iso"]), "en", "YMD")
        return (day,) if day else ()
    month = match["m1"] or match["m2"] or match["m3"]
    number = match["d1"] or match["d2"] or ""
    day = _named(number, month, match["y1"] or match["y2"] or match["y3"])
    return (day,) if day else ()


def _named(number: str, month: str, year: str | None) -> Day | None:
    plain = "1" if number.casefold() == "primero" else "".join(_NUMBERED.findall(number)[:1])
    language = "en" if re.fullmatch(rf"(?:{_MONTHS['en']})\.?", month, re.IGNORECASE) else "es"
    name = re.sub(r"^set", "sept" if language == "en" else "set", month.casefold().rstrip("."))
    found = _parsed(f"{plain or 1} {name} {year or _LEAP}", language, "DMY")
    if found is None:
        return None
    return Day(found.year if year else None, found.month, found.day if plain else None)


@lru_cache(maxsize=4096)
def _parsed(words: str, language: str, order: str) -> Day | None:
    """What dateparser makes of *words*; never anything that depends on today."""
    data = _parser(language, order).get_date_data(words)
    found = data.date_obj
    return Day(found.year, found.month, found.day) if found and data.period == "day" else None


@lru_cache
def _parser(language: str, order: str) -> DateDataParser:
    from dateparser.date import DateDataParser

    settings = {
        "DATE_ORDER": order,  # the posting's own evidence decides, not the language's habit
        "PREFER_LOCALE_DATE_ORDER": False,
        "PARSERS": ["absolute-time"],  # no "two weeks ago", which would ask the clock
        "REQUIRE_PARTS": ["day", "month", "year"],  # what is missing would come from the clock
    }
    return DateDataParser(languages=[language], settings=settings)


def _falls_on(day: Day, name: str) -> bool:
    import datetime

    number = datetime.date(day.year or _LEAP, day.month, day.day or 1).weekday()
    return re.match(_WEEKDAYS[number], name, re.IGNORECASE) is not None
