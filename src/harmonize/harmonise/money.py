"""Amounts of money and what they are paid for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from harmonize.harmonise.data import csv_rows
from harmonize.harmonise.places import Country, countries
from harmonize.records import Period, Salary

_NUMBER = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_MAGNITUDE = r"(?:[kK]\b|[mM]il(?:es)?\b|[mM]ill(?:ion|ones|ón)\b)"
_TO = r"\s{0,2}(?:-|–|—|/(?=\s?\D)|to|and|y|al?|hasta|up to)\s{0,2}"
_PERIODS: dict[Period, str] = {
    "HOUR": r"per hour|an hour|/ ?h(?:ou)?rs?\b|hourly|por hora|la hora|/ ?hora|ph\b|p/h",
    "DAY": r"per day|a day|/ ?day|daily|per diem|por d[ií]a|al d[ií]a|/ ?d[ií]a|diari[oa]s?"
    r"|por jornada",
    "WEEK": r"per week|a week|/ ?w(?:ee)?k\b|weekly|por semana|a la semana|/ ?semana"
    r"|semanal(?:es)?",
    "MONTH": r"per (?:calendar )?month|a month|/ ?mo(?:nth)?\b|monthly|pcm|pm\b|por mes|al mes"
    r"|/ ?mes\b|mensual(?:es|mente)?",
    "YEAR": r"per (?:year|annum)|a year|/ ?y(?:ea)?r\b|/ ?annum|p\.? ?a\b\.?"
    r"|annual(?:ly)?(?! leave)|yearly|por a[nñ]o|al a[nñ]o|/ ?a[nñ]o|anual(?:es|mente)?",
}
_PERIOD = re.compile(
    "|".join(rf"(?P<{name}>(?<![^\W\d_])(?:{rule}))" for name, rule in _PERIODS.items()),
    re.IGNORECASE,
)
_UP_TO = re.compile(r"(?:up to|maximum(?: of)?|max\.?|hasta|m[aá]ximo(?: de)?)\W*$", re.IGNORECASE)
_FROM = re.compile(
    r"(?:from|starting (?:at|from)|starts at|at least|minimum(?: of)?|desde|a partir de"
    r"|m[ií]nimo(?: de)?)\W*$",
    re.IGNORECASE,
)
_AFTER, _BEFORE = 45, 60


class Amount(NamedTuple):
    """An amount or a range of amounts in a text; offsets in code points."""

    start: int
    end: int
    sign: str
    low: float
    high: float


def amounts(text: str, bare: bool = False) -> list[Amount]:
    """Amounts with their currency signs; *bare* ones too, if they have four digits or more.

    >>> [each[2:] for each in amounts("£33,678 - £43,859; 1.200,50 €; $45-55k")]
    [('£', 33678.0, 43859.0), ('€', 1200.5, 1200.5), ('$', 45000.0, 55000.0)]
    """
    found = (_amount(match) for match in _money().finditer(text))
    return [each for each in found if each.sign or (bare and _is_pay(each))]


def salary(text: str, amount: Amount, label: str, near: Sequence[Country]) -> Salary:
    """The salary that *amount* in *text* is; *near* are the posting's countries.

    >>> text = "hasta US$ 2,500 al mes"
    >>> salary(text, amounts(text)[0], "Salario", [])
    Salary(currency='USD', min=None, max=2500.0, period='MONTH')
    """
    before, after = text[: amount.start][-_BEFORE:], text[amount.end :][:_AFTER]
    single = amount.low == amount.high
    return Salary(
        currency=currency(amount.sign, near),
        min=None if single and _UP_TO.search(before) else amount.low,
        max=None if single and (_FROM.search(before) or after[:1] == "+") else amount.high,
        period=period(re.split(r"[;•]|\. ", after)[0]) or period(before) or period(label),
    )


def currency(sign: str, near: Sequence[Country]) -> str | None:
    """The ISO 4217 code of a currency's sign, name or code; of "$" by the first country with it.

    >>> from harmonize.harmonise.places import countries_in
    >>> currency("$", countries_in("Oaxaca, México")), currency("S/", []), currency("$", [])
    ('MXN', 'PEN', None)
    """
    written = " ".join(sign.split())
    code = _codes().get(written) or _codes().get(written.casefold())
    if code or not written:
        return code or None
    own = _OWN_SIGNS.get(written.casefold())
    return next((country.currency for country in near if own and own(country)), None)


_OWN_SIGNS: dict[str, Callable[[Country], bool]] = {
    "$": lambda country: country.sign == "$",
    "dollars": lambda country: (
        country.currency in {"USD", "CAD", "AUD", "NZD", "JMD", "BZD", "HKD"}
    ),
    "dólares": lambda country: country.currency == "USD",
    "pesos": lambda country: (
        country.currency in {"MXN", "COP", "DOP", "ARS", "CLP", "UYU", "CUP", "PHP"}
    ),
    "rupees": lambda country: country.currency in {"INR", "PKR", "LKR", "NPR", "MUR"},
    "shillings": lambda country: country.currency in {"KES", "UGX", "TZS"},
}
"""Which countries mean their own currency by a word that several use."""


def period(text: str) -> Period | None:
    """What is paid for, by the first word for it in *text*.

    >>> period("per annum, pro rata"), period("mensuales"), period("25 days annual leave")
    ('YEAR', 'MONTH', None)
    """
    found = _PERIOD.search(text)
    return found.lastgroup if found else None  # type: ignore[return-value]


def number(written: str) -> float:
    """The value of a number, whichever sign stands before its decimals.

    >>> [number(text) for text in ("1.200,50", "1,200.50", "33,678", "1.200", "25,5", "1 500")]
    [1200.5, 1200.5, 33678.0, 1200.0, 25.5, 1500.0]
    """
    digits = re.sub(r"['’\s]", "", written)
    decimals = re.search(r"[.,](\d{1,2})$", digits)
    whole = re.sub(r"[.,]", "", digits[: decimals.start()] if decimals else digits)
    return float(f"{whole}.{decimals[1] if decimals else 0}")


def _amount(match: re.Match[str]) -> Amount:
    parts = match.groupdict()
    low, high = parts["low"], parts["high"] or parts["low"]
    above = _times(parts["high_times"] if parts["high"] else parts["low_times"])
    below = _times(parts["low_times"]) if parts["low_times"] else above
    first, second = number(low) * below, number(high) * above
    if below == above > 1 and not parts["low_times"] and number(low) > number(high):
        first = number(low)
    signs = [parts[name].strip() for name in ("s1", "s2", "s3", "s4") if parts[name]]
    sign = next((each for each in signs if currency(each, ())), signs[0] if signs else "")
    end = match.start() + len(match.group().rstrip())
    return Amount(match.start(), end, sign, min(first, second), max(first, second))


def _times(magnitude: str | None) -> int:
    if not magnitude:
        return 1
    return 1_000_000 if magnitude[:4].casefold() == "mill" else 1_000


def _is_pay(amount: Amount) -> bool:
    return amount.low >= 300 and not (amount.low == amount.high and 1900 <= amount.low < 2100)


@cache
def _codes() -> dict[str, str]:
    written = {country.currency: country.currency for country in countries().values()}
    written |= {row["written"]: row["code"] for row in csv_rows("currencies.csv")}
    return {name.casefold(): code for name, code in written.items()} | written


def _sign_pattern(sign: str) -> str:
    """How *sign* is found in a text: a word in any capitals; a letter only before a larger sum."""
    if sign.isalpha() and len(sign) == 1:
        return rf"{sign}(?=\s?\d[\d.,'\u00a0 ]*\d\d)"
    return re.escape(sign) if len(sign) < 4 or not sign.islower() else f"(?i:{sign})"


@cache
def _money() -> re.Pattern[str]:
    """One amount, or two: each with a sign before or behind it, or none."""
    rows = (row["written"] for row in csv_rows("currencies.csv"))
    codes = (country.currency for country in countries().values())
    signs = sorted({*rows, *codes}, key=len, reverse=True)
    words = [_sign_pattern(sign) for sign in signs]
    before = rf"(?<![^\W\d_])(?:{'|'.join(words)})(?=\s?\d|\s?(?:$|\s))"
    behind = rf"(?:{'|'.join(words)})(?![\w])"
    one = (
        r"(?:(?P<{0}>{1})\s?|(?<![\w.,]))(?P<{2}>{3})\s?(?P<{2}_times>{4})?"
        r"(?:\s?(?:de )?(?P<{5}>{6}))?"
    )
    first = one.format("s1", before, "low", _NUMBER, _MAGNITUDE, "s2", behind)
    second = one.format("s3", before, "high", _NUMBER, _MAGNITUDE, "s4", behind)
    return re.compile(rf"{first}(?:{_TO}{second})?(?!\s?%|\(k\)|\(b\))")
