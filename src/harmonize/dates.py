"""Dates with a month's name, written in the other language's way.

An engine that reads word by word takes "March 11" for a walk and "May" for a permission; a date is
therefore taken out of the text and put back as the other language writes it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip
_SHORT_EN = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec"]
_NUMBERS = {
    name.casefold(): number % 12 for names in MONTHS.values() for number, name in enumerate(names)
}
_NUMBERS |= {"setiembre": 8}
_NUMBERS |= {name.casefold()[:3]: number for number, name in enumerate(MONTHS["en"])}

_DAY = r"(?P<{0}>3[01]|[12]\d|0?[1-9])"
_EN_MONTH = "|".join([*MONTHS["en"], *(rf"{short}\b\.?" for short in _SHORT_EN)])
_ES_MONTH = "|".join([*MONTHS["es"], "setiembre"])
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"

_ENGLISH = re.compile(
    rf"\b(?P<m1>{_EN_MONTH})\s+{_DAY.format('d1')}(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR.format('y1')})?"
    rf"|\b{_DAY.format('d2')}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_EN_MONTH})\b(?:,?\s+{_YEAR.format('y2')})?"
    rf"|\b(?P<m3>{_EN_MONTH}),?\s+(?:of\s+)?{_YEAR.format('y3')}"
)
_SPANISH = re.compile(
    rf"\b(?:el\s+)?{_DAY.format('d1')}(?:\.?[º°]|er\.?|e?ro)?\s+de\s+(?P<m1>{_ES_MONTH})\b(?:\s+(?:de|del)\s+{_YEAR.format('y1')})?"
    rf"|\b(?P<m3>{_ES_MONTH})\s+(?:de|del)\s+{_YEAR.format('y3')}",
    re.IGNORECASE,
)


_DIGIT = re.compile(r"\d")
"""Every date has one, and most texts have none."""


class Date(NamedTuple):
    """A date found in a text: offsets in code points, and its parts (month 1 to 12)."""

    start: int
    end: int
    day: int | None
    month: int
    year: int | None


def find_dates(text: str) -> list[Date]:
    """The dates with month names in *text*, English and Spanish, in order.

    >>> [date[2:] for date in find_dates("by February 15th; el 3 de mayo de 2024; March 2016")]
    [(15, 2, None), (3, 5, 2024), (None, 3, 2016)]
    """
    if not _DIGIT.search(text):
        return []
    found = [_date(match) for rule in (_ENGLISH, _SPANISH) for match in rule.finditer(text)]
    kept: list[Date] = []
    for date in sorted(found):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept


def write_date(date: Date, language: str) -> str:
    """*date* as *language* writes it.

    >>> write_date(Date(0, 0, 11, 3, 2024), "es"), write_date(Date(0, 0, 3, 5, None), "en")
    ('11 de marzo de 2024', 'May 3')
    """
    month = MONTHS[language][date.month - 1]
    if language == "es":
        day = "1.º" if date.day == 1 else str(date.day)
        parts = [day if date.day else "", month, str(date.year or "")]
        return " de ".join(part for part in parts if part)
    monthly = f"{month} {date.day}" if date.day else month
    joint = ", " if date.day else " "
    return f"{monthly}{joint}{date.year}" if date.year else monthly


_NO_ARTICLE_AFTER = frozenset(
    "el del al lunes martes miércoles jueves viernes sábado domingo".split()
)


def with_article(before: str, written: str) -> tuple[str, str]:
    """Spanish puts an article before a day inside of a sentence: what stands before, and the date.

    >>> with_article("Envíe su CV hasta que ", "11 de marzo")
    ('Envíe su CV hasta ', 'el 11 de marzo')
    >>> with_article("Fecha: ", "11 de marzo"), with_article("a partir de ", "3 de mayo")
    (('Fecha: ', '11 de marzo'), ('a partir d', 'el 3 de mayo'))
    >>> with_article("Escriba antes de que ", "3 de mayo")
    ('Escriba antes d', 'el 3 de mayo')
    >>> with_article("Postule por ", "3 de mayo")
    ('Postule a más tardar ', 'el 3 de mayo')
    >>> with_article("Empieza en ", "3 de mayo"), with_article("El lunes ", "5 de mayo")
    (('Empieza ', 'el 3 de mayo'), ('El lunes ', '5 de mayo'))
    """
    word = re.search(r"(?<!\w)(\w+) +$", before)
    if word is None or not written[0].isdigit() or word[1].casefold() in _NO_ARTICLE_AFTER:
        return before, written
    before = re.sub(r"\b(hasta|antes de) que $", r"\1 ", before)
    word = re.search(r"(?<!\w)(\w+) +$", before) or word
    before = re.sub(r"\bpor $", "a más tardar ", before)  # "by May 3"
    before = re.sub(r"\ben $", "", before)  # "on May 3"
    if word[1].casefold() == "de":
        return before.rstrip()[:-1], f"el {written}"  # de + el = del
    return (f"{before.rstrip()}l ", written) if word[1] == "a" else (before, f"el {written}")


def _date(match: re.Match[str]) -> Date:
    groups = match.groupdict()
    day, month, year = (_first(groups, letter) for letter in "dmy")
    number = _NUMBERS.get(month.casefold(), -1)
    if number < 0:
        number = _NUMBERS[month.casefold()[:3]]
    return Date(
        match.start(),
        match.end(),
        int(day) if day else None,
        number + 1,
        int(year) if year else None,
    )


def _first(groups: dict[str, str | None], letter: str) -> str:
    return next((words for name, words in groups.items() if name[0] == letter and words), "")
