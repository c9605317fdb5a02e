"""How fast a translation memory of a million entries answers, how large it is, and what it misses.

    .venv/bin/python benchmarks/memory_store.py [--entries N] [--keep FILE]

The entries are made of real lines (the sector memory's, and those of ../shared/bitext where it is
there): the beginning of one and the end of another.  A tenth is confirmed by people.  Asked are
texts that are there, texts that are not, and texts with one word in six changed; what the fuzzy
search finds is compared with a walk through every entry.  With ``--keep`` the file stays, and is
used again where it is there.  Writes results/memory_store.json; exits with 1 where a bound does not
hold.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from harmonize.memory import Entry, TranslationMemory
from harmonize.memory.keys import folded
from harmonize.memory.store import LEAST

ROOT = Path(__file__).parent.parent
BITEXT = ROOT.parent / "shared/bitext/train.tsv.xz"
RESULTS = Path(__file__).parent / "results/memory_store.json"
BOUNDS = {"exact, 1,000 texts (s)": 0.050, "fuzzy, 1 text (s)": 2.0, "fuzzy, 20 texts (s)": 10.0}
"""At most so long."""
QUESTIONS = 200


def lines() -> Iterator[tuple[str, str]]:
    """Pairs of real lines."""
    for file in sorted((ROOT / "memories").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from ((row["en"], row["es"]) for row in csv.DictReader(rows))
    if BITEXT.exists():
        with lzma.open(BITEXT, "rt", encoding="utf-8") as rows:
            for row in islice(rows, 0, None, 7):
                _, en, es = row.rstrip("\n").split("\t")[:3]
                yield en, es


def synthetic(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """*count* different pairs: the beginning of one line and the end of another."""
    chance = random.Random(seed)
    known = [pair for pair in islice(lines(), 300_000) if 12 <= len(pair[0]) <= 300]
    if not known:
        raise SystemExit("There are neither memories/*.csv nor ../shared/bitext to make lines of.")
    seen: set[str] = set()
    while len(seen) < count:
        first, second = chance.choice(known), chance.choice(known)
        en, es = (_crossed(*sides, chance) for sides in zip(first, second, strict=True))
        if en not in seen:
            seen.add(en)
            yield en, es


def _crossed(first: str, second: str, chance: random.Random) -> str:
    ours, theirs = first.split(), second.split()
    cut = chance.randint(1, max(1, len(ours) - 1))
    return " ".join([*ours[:cut], *theirs[len(theirs) // 2 :]])


def fill(memory: TranslationMemory, count: int) -> float:
    """Put *count* entries in; how long that took, in seconds."""
    begin = time.perf_counter()
    pairs = synthetic(count)
    number = 0
    while batch := list(islice(pairs, 10_000)):
        entries = [
            Entry(
                source=en,
                target=es,
                source_language="en",
                target_language="es",
                who="human" if (number + place) % 10 == 0 else "machine",
                engine="" if (number + place) % 10 == 0 else "synthetic-1",
                created=1,
                changed=1,
            )
            for place, (en, es) in enumerate(batch)
        ]
        memory.add(entries)
        number += len(batch)
    return time.perf_counter() - begin


def changed(text: str, chance: random.Random) -> str:
    """*text* with one word in six left out or another put in."""
    words = text.split()
    for _ in range(max(1, len(words) // 6)):
        place = chance.randrange(len(words))
        words[place : place + 1] = [] if chance.random() < 0.5 and len(words) > 3 else ["another"]
    return " ".join(words)


def seconds(action: Callable[[], object]) -> float:
    """How long *action* takes."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def exact(memory: TranslationMemory, sources: list[str], chance: random.Random) -> float:
    """Looking up 1,000 texts, half of which are there: the best of seven times, for what else the
    machine does only adds to it."""
    times = []
    for _ in range(7):
        there, others = chance.sample(sources, 500), chance.sample(sources, 500)
        asked = [*there, *(f"{text} nevermore" for text in others)]
        times.append(seconds(lambda asked=asked: memory.exact_many(asked, "en", "es")))  # type: ignore[misc]
    return min(times)


def approximate(
    memory: TranslationMemory, sources: list[str], chance: random.Random
) -> dict[str, float]:
    """Times of the fuzzy search, and the share of texts whose likest entry it finds."""
    asked = [changed(text, chance) for text in chance.sample(sources, QUESTIONS)]
    every = [folded(text) for text in sources]
    times, wanted, found = [], 0, 0
    for text in asked:
        begin = time.perf_counter()
        answers = memory.fuzzy(text, "en", "es", limit=1)
        times.append(time.perf_counter() - begin)
        best = process.extractOne(folded(text), every, scorer=fuzz.ratio, score_cutoff=100 * LEAST)
        wanted += best is not None
        found += bool(best and answers and answers[0].score >= best[1] / 100 - 0.001)
    return {
        "fuzzy, 1 text (s)": statistics.median(times),
        "fuzzy, 1 text, longest (s)": max(times),
        "fuzzy, 20 texts (s)": sum(times[:20]),
        "fuzzy, likest entry found": found / wanted if wanted else 1.0,
    }


def measure(file: Path, count: int) -> dict[str, float]:
    """All that is measured, by name."""
    memory = TranslationMemory(file)
    results: dict[str, float] = {"entries": count}
    if not file.exists():
        results["filling (s)"] = fill(memory, count)
    with sqlite3.connect(file) as connection:
        sources = [text for (text,) in connection.execute("SELECT source FROM entry")]
    connection.close()
    chance = random.Random(7)
    results["exact, 1,000 texts (s)"] = exact(memory, sources, chance)
    results |= approximate(memory, sources, chance)
    memory.close()
    results["size (MB)"] = file.stat().st_size / 1e6
    return results


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        results = measure(options.keep or Path(temporary) / "memory.sqlite", options.entries)
    table = Table("", "", "bound")
    for name, value in results.items():
        table.add_row(name, f"{value:,.3f}".rstrip("0").rstrip("."), str(BOUNDS.get(name, "")))
    Console().print(table)
    RESULTS.parent.mkdir(exist_ok=True)
    rounded = {name: round(value, 4) for name, value in results.items()}
    RESULTS.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
    sys.exit(any(results[name] > most for name, most in BOUNDS.items()))


if __name__ == "__main__":
    main()
