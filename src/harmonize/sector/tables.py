"""The room's tables, read on first use: numbers in words, languages, places."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from harmonize.glossary import words
from harmonize.glossary.model import Language

Key = tuple[str, ...]


class Number(NamedTuple):
    """A number in words; Spanish by itself, before a masculine and before a feminine noun."""

    value: int
    en: str
    es: str
    es_m: str
    es_f: str

    def written(self, language: Language, gender: str = "") -> str:
        """The number in *language*, before a noun of *gender* (``m``, ``f`` or none)."""
        if language == "en":
            return self.en
        return {"m": self.es_m, "f": self.es_f}.get(gender, self.es)


@cache
def numbers(language: Language) -> dict[Key, Number]:
    """Numbers by their words.

    >>> numbers("en")["twenty", "one"].written("es", "m")
    'veintiún'
    """
    found: dict[Key, Number] = {}
    for row in _rows("numbers.csv"):
        forms = row["es"].split("|")
        number = Number(int(row["value"]), row["en"], *(forms if len(forms) == 3 else forms * 3))
        for word in [number.en] if language == "en" else forms:
            found.setdefault(words_of(word, language), number)
    return found


@cache
def names(table: str, language: Language) -> dict[Key, str]:
    """What *table* (``languages``, ``places``) has, by its words; the first of several counts.

    >>> names("languages", "en")["spanish",], names("places", "es")["mexico",]
    ('español', 'Mexico')
    """
    other = "es" if language == "en" else "en"
    found: dict[Key, str] = {}
    for row in _rows(f"{table}.csv"):
        found.setdefault(words_of(row[language], language), row[other])
    return found


def pairs(table: str) -> Iterator[tuple[str, str]]:
    """The names in *table*, English and Spanish.

    >>> ("Peru", "Perú") in pairs("places")
    True
    """
    return ((row["en"], row["es"]) for row in _rows(f"{table}.csv"))


@cache
def articles() -> dict[str, str]:
    """The article of Spanish places that have one where the English name has.

    >>> articles()["Reino Unido"]
    'el'
    """
    return {row["es"]: row["article"] for row in _rows("places.csv") if row["article"]}


@cache
def roles() -> frozenset[str]:
    """Words that only the names of jobs have, in both languages.

    >>> "organizer" in roles(), "the" in roles()
    (True, False)
    """
    lines = data("roles.txt").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


@cache
def gap_words(name: str) -> frozenset[str]:
    """One of the lists of `data/verbs.toml`.

    >>> "is" in gap_words("not_in_gaps")
    True
    """
    return frozenset(tomllib.loads(data("verbs.toml"))[name].split())


def words_of(text: str, language: Language) -> Key:
    """The words of *text* as they are compared."""
    return tuple(words.read(text, language).keys)


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(data(name).splitlines())


def data(name: str) -> str:
    return files("harmonize.sector").joinpath("data", name).read_text(encoding="utf-8")
