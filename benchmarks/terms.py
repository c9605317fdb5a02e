"""Do the sector's terms come out, and in the right form?  With the glossary and without.

    .venv/bin/python benchmarks/terms.py [--engine apertium|argos] [--misses]

Reads `benchmarks/data/terms.tsv`: a source sentence and the forms that its translation must hold.
Prints a table, writes `benchmarks/results/terms.json` (``terms-argos.json``), and with ``--misses``
each sentence that lacks a form.  A sentence without terms must come out the same with the glossary
as without.

With ``--engine argos`` the installed packs are measured, and the result names them.  ``--packs
FOLDER`` takes the ``.argosmodel`` files of a folder instead, ``tests/pack`` for one; those two know
307 lines by heart and nothing else, so that they also get a measure of their own: lines they know,
with other words demanded for a noun in them (`tests/cases/argos_swaps.tsv`).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from harmonize.engines import Engine, Request, make_engine, packs
from harmonize.glossary import Entry, Glossary, Match, Matcher, load
from harmonize.glossary.model import Language
from harmonize.translate import Text, Work, translate_texts

HERE = Path(__file__).parent
OTHER: dict[str, Language] = {"en": "es", "es": "en"}


SWAPS = HERE.parent / "tests/cases/argos_swaps.tsv"


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


def other_words(engine: Engine) -> dict[str, dict[str, int]]:
    """Of lines with another word demanded for a noun: how many have it, in its form and place."""
    with SWAPS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    result: dict[str, dict[str, int]] = {}
    for language in ("en", "es"):
        asked = [row for row in rows if row["language"] == language]
        requests = [Request(row["source"], terms=_demanded(row)) for row in asked]
        bare = [Request(row["source"]) for row in asked]
        texts = [each.text for each in engine.translate(requests, language, OTHER[language])]
        plain = [each.text for each in engine.translate(bare, language, OTHER[language])]
        right = [
            row["expected"].lower() in text.lower() for row, text in zip(asked, texts, strict=True)
        ]
        left = [
            not good and text == old for good, text, old in zip(right, texts, plain, strict=True)
        ]
        result[f"{language}→{OTHER[language]}"] = {
            "sentences": len(asked),
            "right": sum(right),
            "left as they were, flagged": sum(left),
            "changed otherwise": len(asked) - sum(right) - sum(left),
        }
    return result


def _demanded(row: dict[str, str]) -> tuple[Match, ...]:
    entry = Entry.model_validate({name: row[name] for name in ("en", "es", "gender")})
    language = OTHER[OTHER[row["language"]]]
    return tuple(Matcher(Glossary(entries=(entry,))).find(row["source"], language))


def use_packs(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Install the packs of *folder* for this run only; the folder goes when it is closed."""
    room = tempfile.TemporaryDirectory()
    # Argos Translate reads its folders once, when it is first imported.
    for name in ("ARGOS_PACKAGES_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(Path(room.name) / name.lower())
    packs.install(str(folder))
    return room


def model_of(engine: Engine, folder: Path | None) -> str:
    """What was measured, in words."""
    if folder is None or folder.resolve() != (HERE.parent / "tests/pack").resolve():
        return engine.signature()
    return (
        f"{engine.signature()}: the test packs of this project, two layers, 307 lines learnt by "
        "heart; they do not translate these sentences, so the accuracy says nothing of a real pack"
    )


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="apertium")
    parser.add_argument("--packs", type=Path, help="a folder of packs for this run (argos)")
    parser.add_argument("--misses", action="store_true", help="print sentences that lack a form")
    options = parser.parse_args()
    with use_packs(options.packs) if options.packs else nullcontext():
        results = run(options.engine, options.packs, misses=options.misses)
    (HERE / "results").mkdir(exist_ok=True)
    name = "terms.json" if options.engine == "apertium" else f"terms-{options.engine}.json"
    (HERE / "results" / name).write_text(json.dumps(results, indent=2) + "\n")


def run(engine_name: str, folder: Path | None, *, misses: bool) -> dict[str, Any]:
    """All measures of one engine, printed and returned."""
    cases = read_cases(HERE / "data/terms.tsv")
    bare = translations(cases, engine_name, None)
    with_terms = translations(cases, engine_name, Matcher(load()))
    tables = {
        "without glossary": measure(cases, bare, bare),
        "with glossary": measure(cases, with_terms, bare),
    }
    if misses:
        for case, text in zip(cases, with_terms, strict=True):
            if missing(case, text):
                print(f"{case.source}\n   {text}\n   lacks {missing(case, text)}")
    shown = Table("", "direction", "sentences", "terms", "accuracy", "changed without terms")
    for name, directions in tables.items():
        for direction, row in directions.items():
            shown.add_row(name, direction, *(f"{value:g}" for value in row.values()))
    Console().print(shown)
    if engine_name != "argos":
        return {"engine": engine_name, **tables}
    engine = make_engine(engine_name)
    swapped = other_words(engine)
    print(swapped)
    return {
        "engine": engine_name,
        "model": model_of(engine, folder),
        **tables,
        "other words demanded in trained lines": swapped,
    }


if __name__ == "__main__":
    main()
