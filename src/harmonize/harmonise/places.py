"""Countries that a posting speaks of: evidence for currencies, phone numbers and dates."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple, cast

from harmonize.harmonise.data import csv_rows
from harmonize.harmonise.days import Order

_NAME_POINTS = 2


class Country(NamedTuple):
    """A row of `data/countries.csv`; *order* is how its people write dates, DMY or MDY."""

    code: str
    currency: str
    sign: str
    order: Order


@cache
def countries() -> dict[str, Country]:
    """All countries of the table, by their ISO 3166 codes.

    >>> countries()["PE"].currency
    'PEN'
    """
    return {
        row["code"]: Country(row["code"], row["currency"], row["sign"], cast("Order", row["order"]))
        for row in csv_rows("countries.csv")
    }


def countries_in(text: str) -> list[Country]:
    """The countries that *text* names, or places in them; those named most come first.

    >>> [country.code for country in countries_in("Offices in Lima and Quito, Ecuador")]
    ['EC', 'PE']
    """
    found: Counter[str] = Counter()
    names, rule = _names()
    for match in rule.finditer(text):
        code, points = names[match.group()]
        found[code] += points
    return [countries()[code] for code, _ in found.most_common()]


@cache
def _names() -> tuple[dict[str, tuple[str, int]], re.Pattern[str]]:
    """Each name's country and points, and a pattern for all names, the longest first."""
    names: dict[str, tuple[str, int]] = {}
    for row in csv_rows("countries.csv"):
        for name in filter(None, row["places"].split("|")):
            names[name] = (row["code"], 1)
    for row in csv_rows("countries.csv"):
        for name in (*row["en"].split("|"), *row["es"].split("|")):
            names[name] = (row["code"], _NAME_POINTS)
    longest = sorted(names, key=len, reverse=True)
    return names, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
