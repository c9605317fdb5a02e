"""What postings say, in both languages: the sector memory, its templates filled, the glossary."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from corpus import Pair

from harmonize.dates import Date, write_date
from harmonize.glossary import Entry, load
from harmonize.sector import load as memory
from harmonize.sector.templates import SLOT

FILLINGS = Path(__file__).with_name("fillings.toml")


def held_out() -> list[Pair]:
    """The pairs of the sector memory that are measured with, wherever they stand."""
    rows = [*memory.heldout(), *memory.load(memory.memory_files(memory.bundled()))]
    return [Pair("held_out", row.en, row.es) for row in rows if memory.is_held_out(row)]


def lines(fillings: int, chance: random.Random) -> Iterator[Pair]:
    """Pairs of the sector memory and of the glossary, and *fillings* lines from each template."""
    entries = [entry for entry in load().entries if entry.applied]
    topics = [(e.en, e.es) for e in entries if e.pos == "noun" and e.status == "preferred"]
    values = Values(topics, chance)
    for row in memory.load(memory.memory_files(memory.bundled())):
        if memory.is_held_out(row):
            continue
        if row.kind == "pair":
            yield Pair("sector_pairs", row.en, row.es)
        else:
            made = (values.fill(row.en, row.es) for _ in range(fillings))
            yield from (Pair("sector_templates", *sides) for sides in dict.fromkeys(made))
    yield from (_term(entry) for entry in entries)


def _term(entry: Entry) -> Pair:
    return Pair("sector_terms", entry.en, entry.es)


class Values:
    """Makes up values for slots; both sides of a line get the same ones."""

    def __init__(self, topics: list[tuple[str, str]], chance: random.Random) -> None:
        self.chance = chance
        with FILLINGS.open("rb") as file:
            self.table: dict[str, list[list[str]]] = tomllib.load(file)
        self.topics = topics

    def fill(self, en: str, es: str) -> tuple[str, str]:
        """A template's sides with values in their slots."""
        names = {slot[1] + slot[2] for slot in SLOT.finditer(en + es)}
        values = {name: self._value(re.sub(r"\d", "", name)) for name in sorted(names)}

        def written(text: str, side: int) -> str:
            return SLOT.sub(lambda slot: _written(slot, values, side), text)

        return written(en, 0), written(es, 1)

    def _value(self, kind: str) -> tuple[str, str]:
        if kind == "n":
            number = str(self.chance.choice((1, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 10, 12, 15, 20, 30)))
            return number, number
        if kind == "percent":
            number = f"{self.chance.randint(1, 20) * 5}"
            return f"{number}%", f"{number} %"
        if kind == "amount":
            amount = f"USD {self.chance.randint(4, 90) * 100:,}"
            return amount, amount
        if kind == "date":
            date = Date(0, 0, self.chance.randint(1, 28), self.chance.randint(1, 12), None)
            date = date._replace(year=self.chance.choice((None, 2023, 2024, 2025, 2026)))
            return write_date(date, "en"), write_date(date, "es")
        return self._listed(kind)

    def _listed(self, kind: str) -> tuple[str, str]:
        if kind not in self.table or (kind == "x" and self.chance.random() < 0.7):
            return self.chance.choice(self.topics)
        row = self.chance.choice(self.table[kind])
        return row[0], row[-1]


def _written(slot: re.Match[str], values: dict[str, tuple[str, str]], side: int) -> str:
    value = values[slot[1] + slot[2]][side]
    if not slot[3]:
        return value
    forms = slot[3].split("|")[1:]
    return forms[0] if value == "1" else forms[-1]
