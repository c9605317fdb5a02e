"""How fast a translation memory of a million entries answers, and how large it is.

    python benchmarks/memory_store.py [--entries N] [--keep FILE]

The entries are made of the words of real lines (the sector memory's; and ../shared/bitext's, where
that is there) put together anew, in the lengths of postings' sentences; a tenth of them confirmed by
people.  Asked are texts that are there, texts that are not, and texts with a few words changed.
Writes results/memory_store.json and exits with 1 where a bound does not hold.
"""

from __future__ import annotations

import csv
import lzma
import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from harmonize.memory import Entry, TranslationMemory

ROOT = Path(__file__).parent.parent
BITEXT = ROOT.parent / "shared/bitext/train.tsv.xz"
RESULTS = Path(__file__).parent / "results/memory_store.json"
BOUNDS = {"exact, 1,000 texts": 0.050, "fuzzy, one text": 2.0}
"""Seconds: at most so long, the median."""


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
