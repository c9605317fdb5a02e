"""Entries whose source is like a text: found by rare runs of three letters, measured by letters."""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from harmonize.memory import rows
from harmonize.memory.entries import Candidate
from harmonize.memory.keys import folded

SAMPLE = 4000
"""Entries that are looked at to know which runs of three letters are rare."""

BUDGET = 200_000
"""Entries that the runs of one question may lead to, by estimate: some 0.1 s of work."""

MOST_RUNS = 12
ENOUGH = 500
"""Candidates that are measured: those with most of the runs; and the others that have them all,"""
AT_MOST = 4000
"""up to so many: texts of few words have many that are alike."""

MOST_SHOWN = 100

_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True)
class Runs:
    """How many entries there were, and in how many each run of three letters stands."""

    entries: int = 0
    times: Counter[str] = field(default_factory=Counter)

    def is_of(self, entries: int) -> bool:
        """Whether this still tells the rare from the frequent in a memory of so many."""
        return self.entries <= entries <= 1.2 * self.entries


def candidates(
    connection: sqlite3.Connection, runs: Runs, words: str, pair: str, least: float
) -> list[Candidate]:
    """The entries whose folded source is at least as like *words* as *least*, the likest first."""
    from rapidfuzz import fuzz, process

    query = "SELECT id, source FROM entry WHERE id IN (…) AND stands = 1 AND pair = ?"
    near = rows.where(connection, query, _near(connection, runs, words), pair)
    sources = {row["id"]: folded(row["source"]) for row in near}
    likest = process.extract(
        words, sources, scorer=fuzz.ratio, score_cutoff=least * 100, limit=MOST_SHOWN
    )
    scores = {number: score / 100 for _, score, number in likest}
    found = rows.where(connection, rows.SELECT.format("entry.id IN (…)"), list(scores))
    return _distinct(
        sorted((Candidate(rows.entry_of(row), scores[row["id"]]) for row in found), key=_rank)
    )


def sampled(connection: sqlite3.Connection, before: Runs) -> Runs:
    """*before* where it still holds, else the runs of a sample, the same for the same entries."""
    last = connection.execute("SELECT max(id) FROM entry").fetchone()[0] or 0
    if before.is_of(last):
        return before
    chosen = random.Random(last).sample(range(1, last + 1), min(SAMPLE, last))  # noqa: S311
    query = "SELECT source FROM entry WHERE id IN (…)"
    texts = [row["source"] for row in rows.where(connection, query, chosen)]
    count = Counter(chain.from_iterable(set(_runs_of(text.casefold())) for text in texts))
    share = last / max(len(texts), 1)
    return Runs(last, Counter({run: round(times * share) for run, times in count.items()}))


def _runs_of(text: str) -> Iterator[str]:
    return (text[start : start + 3] for start in range(len(text) - 2))


def _rank(candidate: Candidate) -> tuple[float, bool, int]:
    entry = candidate.entry
    return -round(candidate.score, 3), entry.who != "human", -entry.changed


def _distinct(ranked: Iterable[Candidate]) -> list[Candidate]:
    """Each pair of texts once: as the best of them has it."""
    seen: dict[tuple[str, str], Candidate] = {}
    for each in ranked:
        seen.setdefault((folded(each.entry.source), each.entry.target), each)
    return list(seen.values())


def _near(connection: sqlite3.Connection, runs: Runs, words: str) -> list[int]:
    """The numbers of the entries that have most of the rare runs of *words*."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there are a hundred thousand
    shared: Counter[int] = Counter()
    rare = _rare(runs, words)
    for run in rare:
        found = cursor.execute("SELECT rowid FROM gram WHERE gram MATCH ?", (f'"{run}"',))
        shared.update(chain.from_iterable(found))
    best = shared.most_common(AT_MOST)
    return [
        number for place, (number, times) in enumerate(best) if place < ENOUGH or times == len(rare)
    ]


def _rare(runs: Runs, words: str) -> list[str]:
    """The rarest run of each word, the rarest first, as many as the budget allows.

    One a word: a name that no entry has must not crowd out the rest.
    """
    best = {
        min(_runs_of(word), key=lambda run: (runs.times[run], run))
        for word in set(_WORD.findall(words))
    }
    chosen: list[str] = []
    spent = 0
    for run in sorted(best, key=lambda run: (runs.times[run], run))[:MOST_RUNS]:
        spent += runs.times[run]
        if len(chosen) >= 2 and spent > BUDGET:
            break
        chosen.append(run)
    return chosen
