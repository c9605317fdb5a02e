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
    >>> value("employment_type", "FULL_TIME, TEMPORARY").es
    'Tiempo completo, Temporal'
    """
    known = [_values()[field, name] for name in tokens(field, text)]
    if not known:
        return Bilingual(en=text, es=text)
    return Bilingual(
        en=", ".join(each.en for each in known), es=", ".join(each.es for each in known)
    )


def token(field: str, text: str) -> str:
    """The name by which the table knows *text*, or *text* itself.

    >>> token("employment_type", "Full-time"), token("employment_type", "Job share")
    ('FULL_TIME', 'Job share')
    """
    wanted = text.strip().replace(" ", "_").replace("-", "_").casefold()
    names = (name for known, name in _values() if known == field)
    return next((name for name in names if name.casefold() == wanted), text)


def tokens(field: str, text: str) -> list[str]:
    """The names of a list such as "FULL_TIME, TEMPORARY"; none if one of them is not known.

    >>> tokens("employment_type", "FULL_TIME, TEMPORARY"), tokens("employment_type", "Farm, full")
    (['FULL_TIME', 'TEMPORARY'], [])
    """
    found = [token(field, part) for part in text.split(",")]
    return found if all((field, name) in _values() for name in found) else []


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
