"""The rooms that need no engine, each beside what people would use instead."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import re
import time
from collections.abc import Sequence
from typing import NamedTuple

import detect
import repair
from harmonize.glossary import Entry, Glossary, Matcher
from speed.kit import Figure, Measured, in_own_process, seconds, side_by_side
from speed.postings import sentences

ENTRIES = (10, 1000, 10_000)
GLOSSARY_BYTES, QUICK_BYTES = 400_000, 10_000
RIVAL_BYTES = 4000
"""A pattern of 10,000 terms takes its time: it gets less text."""


def measure_repair(quick: bool) -> Measured:
    """Repair of clean text beside ftfy, which has to look at it just the same."""
    clean = json.loads(repair.SENTENCES.read_text(encoding="utf-8"))["clean"]
    found = repair.speed({"en": clean["en"][:3]} if quick else clean)
    rates = (found["characters"] / found[who] / 1e6 for who in ("harmonize_s", "ftfy_s"))
    ours, theirs = rates
    what = "Repair: clean text, million characters a second"
    return Measured([Figure("repair/ftfy", what, "M/s", ours, "ftfy", theirs)])


def measure_detection(quick: bool) -> Measured:
    """Lines a second whose language is told, each detector in a process of its own."""
    what = "Language: lines a second"
    rivals = {"langdetect": "langdetect", "lingua, 2": "lingua"}
    missing = [name for name, module in rivals.items() if not importlib.util.find_spec(module)]
    rates = {
        name: in_own_process("texts", name, int(quick))["a second"]
        for name in ("harmonize", *rivals)
        if name not in missing
    }
    ours = rates["harmonize"]
    return Measured(
        [
            Figure(f"detect/{module}", what, skipped=f"pip install {LINGUA}")
            if name in missing
            else Figure(f"detect/{module}", what, "/s", ours, module, rates[name])
            for name, module in rivals.items()
        ]
    )


LINGUA = "lingua-language-detector"


def measure_glossary(quick: bool) -> Measured:
    """Terms found in a megabyte, whatever the number of entries."""
    size = QUICK_BYTES if quick else GLOSSARY_BYTES
    found = [_matching(count, size) for count in ENTRIES[: 2 if quick else 3]]
    figures = [
        Figure(
            f"glossary/{each.entries}",
            f"Glossary of {each.entries:,} entries: a megabyte",
            "s",
            each.ours,
            "one pattern of all terms (re), uninflected",
            each.theirs,
        )
        for each in found
    ]
    most, least = found[-1], found[0]
    what = f"Glossary: a megabyte with {most.entries:,} entries"
    growth = Figure("glossary/growth", what, "s", most.ours, f"{least.entries} entries", least.ours)
    ready = {str(each.entries): round(each.ready, 3) for each in found}
    return Measured([*figures, growth], {"seconds until the glossary is ready": ready})


class Matching(NamedTuple):
    """Seconds for a megabyte, ours and with a pattern, and until ours is ready."""

    entries: int
    ours: float
    theirs: float
    ready: float


def _matching(count: int, size: int) -> Matching:
    terms = list(itertools.islice(_terms(), count))
    lines = _text(terms, size)
    begin = time.perf_counter()
    matcher = Matcher(Glossary(entries=tuple(Entry(en=en, es=es, pos="noun") for en, es in terms)))
    matcher.find(lines[0], "en")
    ready = time.perf_counter() - begin
    alternatives = "|".join(re.escape(en) for en, _ in terms)
    pattern = re.compile(rf"(?i)\b(?:{alternatives})\b")
    few = lines[: max(1, RIVAL_BYTES // 100)]
    ours, theirs = side_by_side(
        lambda: [matcher.find(line, "en") for line in lines],
        lambda: [pattern.findall(line) for line in few],
        3,
    )
    return Matching(count, _a_megabyte(ours, lines), _a_megabyte(theirs, few), ready)


def _a_megabyte(spent: float, lines: Sequence[str]) -> float:
    return spent * 1e6 / sum(len(line.encode()) for line in lines)


def _terms() -> itertools.chain[tuple[str, str]]:
    """Pairs of made-up terms, of one word and of two."""
    starts, ends = "bo ca de fi gu la mo ne pi ro sa tu".split(), "bra cle dor fin gol lam".split()
    words = [f"{a}{b}{c}" for a in starts for b in starts for c in ends]
    single = ((word, f"{word}o") for word in words)
    pairs = random.Random(1).sample(list(itertools.product(words, words)), max(ENTRIES))
    double = ((f"{a} {b}", f"{b}o de {a}a") for a, b in pairs)
    return itertools.chain(itertools.islice(single, 5), double)


def _text(terms: Sequence[tuple[str, str]], size: int) -> list[str]:
    """Lines of postings, a term in every third."""
    turns = itertools.cycle(terms)
    lines = []
    written = 0
    for number, line in enumerate(itertools.cycle(sentences(2000, "en"))):
        lines.append(f"{line} {next(turns)[0]}." if number % 3 == 0 else line)
        written += len(lines[-1])
        if written >= size:
            return lines
    return lines


def main(name: str, quick: bool) -> None:
    """One detector's lines a second, printed."""
    if quick:
        detector = detect.DETECTORS[name]()
        lines = [text for _, text in detect.lines_of("sentences")[:20]]
        rate = len(lines) / seconds(lambda: [detector(line) for line in lines])
    else:
        rate = detect.speed(detect.DETECTORS[name]())
    print(json.dumps({"a second": rate}))


if __name__ == "__main__":
    import sys

    main(sys.argv[1], bool(int(sys.argv[2])))
