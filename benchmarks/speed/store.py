"""The translation memory beside looking at every entry, and pages of the review.

Both have benchmarks of their own, which see more (`memory_store.py`, `review.py`).
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from rapidfuzz import fuzz, process

import memory_store
from harmonize.memory import TranslationMemory
from harmonize.memory.keys import folded
from harmonize.memory.store import LEAST
from speed.kit import Figure, Measured, side_by_side

ENTRIES, QUICK_ENTRIES = 100_000, 300
QUESTIONS = 20


def measure(quick: bool) -> Measured:
    """The likest entries of a memory: from its index, and by a walk through all of it."""
    count = QUICK_ENTRIES if quick else ENTRIES
    with tempfile.TemporaryDirectory() as name:
        memory = TranslationMemory(Path(name) / "memory.sqlite")
        memory_store.fill(memory, count)
        sources = [en for en, _ in memory_store.synthetic(count)]
        chance = random.Random(7)
        asked = [memory_store.changed(text, chance) for text in chance.sample(sources, QUESTIONS)]
        every = [folded(text) for text in sources]
        ours, walk = side_by_side(
            lambda: [memory.fuzzy(text, "en", "es", limit=1) for text in asked],
            lambda: [
                process.extractOne(folded(text), every, scorer=fuzz.ratio, score_cutoff=100 * LEAST)
                for text in asked
            ],
            1 if quick else 3,
        )
        memory.close()
    what = f"Memory of {count:,} entries: the likest, texts a second"
    rival = "rapidfuzz over all entries"
    return Measured(
        [Figure("memory/fuzzy", what, "/s", len(asked) / ours, rival, len(asked) / walk)]
    )
