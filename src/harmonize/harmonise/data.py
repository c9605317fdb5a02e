"""The room's tables: `data/*.csv`, `data/*.toml` and `data/verbs.txt`."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml_table(name: str) -> dict[str, Any]:
    """One of the TOML tables.

    >>> "deadline" in toml_table("labels.toml")
    True
    """
    return tomllib.loads(_text(name))


def csv_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the CSV tables.

    >>> csv_rows("countries.csv")[0]["currency"]
    'USD'
    """
    return list(csv.DictReader(_text(name).splitlines()))


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern for any of the words listed under *name* in `data/words.toml`.

    >>> bool(any_of("pay").search("A salary of …")), bool(any_of("pay").search("A repayment"))
    (True, False)
    """
    return re.compile(rf"\b{either(name)}\b", re.IGNORECASE)


def either(name: str) -> str:
    """The words listed under *name* in `data/words.toml` as one alternative of a pattern.

    >>> either("from_day")
    '(?:from|a partir|desde)'
    """
    return f"(?:{'|'.join(toml_table('words.toml')[name])})"


@cache
def verbs() -> frozenset[str]:
    """English verbs that open a duty, in the infinitive.

    >>> "coordinate" in verbs()
    True
    """
    return frozenset(_text("verbs.txt").split())


def _text(name: str) -> str:
    return files("harmonize.harmonise").joinpath("data", name).read_text(encoding="utf-8")
