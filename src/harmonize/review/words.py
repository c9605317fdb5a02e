"""The words of the interface, in both languages, and which of the two a visitor reads."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from harmonize.glossary.model import Language
from harmonize.records import Bilingual


def say(language: Language, key: str, **facts: object) -> str:
    """The words called *key* (`data/words.csv`) with *facts* in their slots.

    >>> say("es", "row_accepted", number=3)
    'Fila 3 aceptada'
    """
    return str(getattr(words()[key], language)).format(**facts)


@cache
def words() -> dict[str, Bilingual]:
    """All words of the interface, by name."""
    file = resources.files("harmonize.review") / "data/words.csv"
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["key"]: Bilingual(en=row["en"], es=row["es"]) for row in rows}


def preferred(accepted: str) -> Language:
    """The language that a browser asks for: the first of ours in its ``Accept-Language``.

    >>> preferred("de, es-SV;q=0.8, en;q=0.5"), preferred("fr"), preferred("en;q=0.1, es;q=0.9")
    ('es', 'en', 'es')
    """
    ranked = []
    for place, each in enumerate(accepted.split(",")):
        name, _, quality = each.partition(";")
        ranked.append((-_quality(quality), place, name.strip().lower()[:2]))
    for _, _, name in sorted(ranked):
        if name in {"en", "es"}:
            return "es" if name == "es" else "en"
    return "en"


def _quality(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
