"""Do the sector's terms come out, and in the right form?  With the glossary and without.

    .venv/bin/python benchmarks/terms.py [--misses]

Reads `benchmarks/data/terms.tsv`: a source sentence and the forms that its translation must hold.
Prints a table, writes `benchmarks/results/terms.json`, and with ``--misses`` each sentence that
lacks a form.  A sentence without terms must come out the same with the glossary as without.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from harmonize.engines import make_engine
from harmonize.glossary import Matcher, load
from harmonize.glossary.model import Language
from harmonize.translate import Text, Work, translate_texts

HERE = Path(__file__).parent
OTHER: dict[str, Language] = {"en": "es", "es": "en"}


class Case(NamedTuple):
    """A sentence, and the forms expected in its translation."""

    language: Language
    source: str
    expected: tuple[str, ...]


def read_cases(file: Path) -> list[Case]:
    """The cases of a table with ``source_language``, ``source`` and ``term_expected_in_target``."""
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Case(
            OTHER[OTHER[row["source_language"]]],
            row["source"],
            tuple(form for form in (row["term_expected_in_target"] or "").split("|") if form),
        )
        for row in rows
    ]


def translations(cases: list[Case], engine_name: str, matcher: Matcher | None) -> list[str]:
    """The cases' translations, in order."""
    engine = make_engine(engine_name)
    done: dict[int, str] = {}
    for language in ("en", "es"):
        numbers = [number for number, case in enumerate(cases) if case.language == language]
        work = Work(engine, OTHER[OTHER[language]], OTHER[language], matcher)
        texts = [Text(cases[number].source) for number in numbers]
        results = translate_texts(texts, work)
        done |= {number: result.text for number, result in zip(numbers, results, strict=True)}
    engine.close()
    return [done[number] for number in range(len(cases))]


def missing(case: Case, translation: str) -> list[str]:
    """The expected forms that the translation lacks; capitals do not count."""
    return [
        form
        for form in case.expected
        if not re.search(rf"(?<!\w){re.escape(form.casefold())}(?!\w)", translation.casefold())
    ]


def measure(cases: list[Case], texts: list[str], bare: list[str]) -> dict[str, dict[str, float]]:
    """Accuracy for each direction, and how many sentences without terms were changed."""
    result: dict[str, dict[str, float]] = {}
    for language in ("en", "es"):
        rows = [row for row in zip(cases, texts, bare, strict=True) if row[0].language == language]
        terms = sum(len(case.expected) for case, _, _ in rows)
        lost = sum(len(missing(case, text)) for case, text, _ in rows)
        changed = sum(text != plain for case, text, plain in rows if not case.expected)
        result[f"{language}→{OTHER[language]}"] = {
            "sentences": len(rows),
            "terms": terms,
            "accuracy": round(1 - lost / terms, 4) if terms else 1.0,
            "changed without terms": changed,
        }
    return result


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="apertium")
    parser.add_argument("--misses", action="store_true", help="print sentences that lack a form")
    options = parser.parse_args()
    cases = read_cases(HERE / "data/terms.tsv")
    bare = translations(cases, options.engine, None)
    with_terms = translations(cases, options.engine, Matcher(load()))
    results = {
        "without glossary": measure(cases, bare, bare),
        "with glossary": measure(cases, with_terms, bare),
    }
    if options.misses:
        for case, text in zip(cases, with_terms, strict=True):
            if missing(case, text):
                print(f"{case.source}\n   {text}\n   lacks {missing(case, text)}")
    table = Table("", "direction", "sentences", "terms", "accuracy", "changed without terms")
    for name, directions in results.items():
        for direction, row in directions.items():
            table.add_row(name, direction, *(f"{value:g}" for value in row.values()))
    Console().print(table)
    (HERE / "results").mkdir(exist_ok=True)
    file = HERE / "results/terms.json"
    file.write_text(json.dumps({"engine": options.engine, **results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
