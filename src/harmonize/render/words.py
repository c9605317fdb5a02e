"""The words that harmonize itself writes into a result, in both languages."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from harmonize.records import Bilingual


def word(key: str) -> Bilingual:
    """The words called *key* (`data/words.csv`); `KeyError` where there are none.

    >>> word("deadline").es
    'Postular hasta el'
    """
    return _words()[key]


def value(field: str, text: str) -> Bilingual:
    """What *text* means in *field* (`data/values.csv`), or *text* itself where no table has it.

    >>> value("period", "month").es, value("employment_type", "Job share").en
    ('al mes', 'Job share')
    """
    return _values().get((field, token(field, text))) or Bilingual(en=text, es=text)


def token(field: str, text: str) -> str:
    """The name by which the table knows *text*, or *text* itself.

    >>> token("employment_type", "Full-time"), token("employment_type", "Job share")
    ('FULL_TIME', 'Job share')
    """
    wanted = text.strip().replace(" ", "_").replace("-", "_").casefold()
    names = (name for known, name in _values() if known == field)
    return next((name for name in names if name.casefold() == wanted), text)


def _rows(file: str) -> list[dict[str, str]]:
    source = resources.files("harmonize.render") / "data" / file
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


@cache
def _words() -> dict[str, Bilingual]:
    return {row["key"]: Bilingual(en=row["en"], es=row["es"]) for row in _rows("words.csv")}


@cache
def _values() -> dict[tuple[str, str], Bilingual]:
    return {
        (row["field"], row["value"]): Bilingual(en=row["en"], es=row["es"])
        for row in _rows("values.csv")
    }
