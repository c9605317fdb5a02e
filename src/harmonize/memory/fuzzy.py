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
"""Candidates that are measured: those with most of the runs."""

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

    query = rows.SELECT.format("entry.id IN (…) AND stands = 1 AND pair = ?")
    found = list(rows.where(connection, query, _near(connection, runs, words), pair))
    sources = [folded(row["source"]) for row in found]
    scored = process.extract(
        words, sources, scorer=fuzz.ratio, score_cutoff=least * 100, limit=None
    )
    ranked = [Candidate(rows.entry_of(found[place]), score / 100) for _, score, place in scored]
    return _distinct(sorted(ranked, key=_rank))


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
    for run in _rare(runs, words):
        found = cursor.execute("SELECT rowid FROM gram WHERE gram MATCH ?", (f'"{run}"',))
        shared.update(chain.from_iterable(found))
    return [number for number, _ in shared.most_common(ENOUGH)]


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
