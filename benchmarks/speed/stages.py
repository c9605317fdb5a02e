"""What a thousand postings cost, stage by stage: the table of `docs/scale.md`.

The postings are as long as those in `seeds/`, and no two share a sentence.  Processor time is
counted, not time on the clock: it says what many machines would cost, and hardly depends on what
else this one does.  The stages are timed with an engine that does nothing; what an engine adds is
the difference between a run with it and one without.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from threading import local
from typing import Any

from speed.engine import NAME, register, use_packs
from speed.jobs import FAKE, START, Turns, processor, run
from speed.kit import Measured, in_own_process, peak_mb
from speed.pack import OFFICIAL, SMALL, write_packs
from speed.postings import distinct, write

LINES = 32
POSTINGS = {FAKE: 200, "apertium": 60, NAME: 12}
ROOMS = {
    "reading": ("harmonize.read:read_posting",),
    "repair": ("harmonize.repairs:repair",),
    "segments": ("harmonize.segments:segment",),
    "language": ("harmonize.language:resolve",),
    "sections, facts": ("harmonize.harmonise:read_rows",),
    "glossary": (
        "harmonize.glossary:settle",
        "harmonize.glossary:avoided",
        "harmonize.glossary:Matcher.find",
    ),
    "memories": (
        "harmonize.translate:Work.recall",
        "harmonize.memory.store:TranslationMemory.recall",
        "harmonize.sector:SectorMemory.recall",
    ),
    "checks": ("harmonize.check:check", "harmonize.check:scored"),
    "writing": (
        "harmonize.store:Store.write",
        "harmonize.store:Store.put",
        "harmonize.store:Store.finish",
        "harmonize.store:rendered",
    ),
}
"""The functions in which a stage's work is done, wherever they are called from; those there are."""

REST = "all else"
"""Cutting into sentences, shielding, putting segments and postings together, the run itself."""


class Clock:
    """Processor time of each stage by itself: while another stage is called, one's own stops."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._open = local()

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """*work*, its time counted for *stage*."""

        @wraps(work)
        def timed(*arguments: Any, **named: Any) -> Any:
            stack: list[str] = self._open.__dict__.setdefault("stack", [])
            self._stop(stack)
            stack.append(stage)
            try:
                return work(*arguments, **named)
            finally:
                self._stop(stack)
                stack.pop()

        return timed

    def _stop(self, stack: list[str]) -> None:
        """Count the time since the last change for the stage that is on top."""
        now = time.thread_time()
        if stack:
            self.spent[stack[-1]] += now - self._open.since
        self._open.since = now


def install(clock: Clock) -> None:
    """Put the clock around every function of `ROOMS`, wherever it is known by any name."""
    import_module("harmonize.job")
    for stage, places in ROOMS.items():
        for place in places:
            module, _, name = place.partition(":")
            owner, _, method = name.rpartition(".")
            holder = import_module(module)
            holder = getattr(holder, owner) if owner else holder
            work = getattr(holder, method, None)
            if work and owner:
                setattr(holder, method, clock.timed(stage, work))
            elif work:
                _replace(work, clock.timed(stage, work))


def _replace(work: Callable[..., Any], timed: Callable[..., Any]) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("harmonize"):
            for known in [key for key, value in vars(module).items() if value is work]:
                setattr(module, known, timed)


def measure(quick: bool) -> Measured:
    """Processor seconds of 1,000 postings by stage, and by engine."""
    engines = (FAKE,) if quick else tuple(POSTINGS)
    found = {each: in_own_process("stages", each, int(quick)) for each in engines}
    bare = found[FAKE]
    total = bare["processor"]
    stages = {name: spent for name, spent in bare["stages"].items() if name != REST}
    stages[REST] = max(0.0, total - sum(stages.values()))
    added = {name: each["processor"] - total for name, each in found.items() if name != FAKE}
    details = {
        "lines": LINES,
        "segments": bare["segments"],
        "stages": {name: round(spent, 2) for name, spent in stages.items()},
        "engines": {name: round(spent, 1) for name, spent in added.items()},
        "start": {name: round(each["start"], 1) for name, each in found.items()},
        "peak_mb": {name: each["peak_mb"] for name, each in found.items()},
        "output_mb": bare["output_mb"],
    }
    return Measured([], details)


def _of_a_run(engine: str, quick: bool) -> dict[str, Any]:
    """What 1,000 postings cost with *engine*, reckoned from fewer."""
    count = START + 2 if quick else POSTINGS[engine]
    clock = Clock()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if engine == NAME:
            use_packs(folder)
            register(folder / "engines")
            write_packs(folder / "packages", SMALL if quick else OFFICIAL)
        write(distinct(START, LINES), folder / "few")
        write(distinct(count, LINES), folder / "in")
        size = "few"
        turns = Turns(lambda number: run(folder / size, folder / f"out{number}", engine, workers=1))
        install(clock)
        first = processor(turns)
        start = min(processor(turns) for _ in range(1 if quick else 2))
        clock.spent.clear()
        start = min(start, processor(turns))
        begun = dict(clock.spent)
        clock.spent.clear()
        size = "in"
        spent = processor(turns) - start
        last = max(folder.glob("out?"))  # fewer than ten
        written = sum(file.stat().st_size for file in last.rglob("*") if file.is_file())
        segments = sum(
            len(json.loads(file.read_text(encoding="utf-8"))["segments"])
            for file in last.glob("*/posting.json")
        )
    return {
        "stages": {
            stage: max(0.0, 1000 * (seconds - begun.get(stage, 0)) / (count - START))
            for stage, seconds in clock.spent.items()
        },
        "processor": 1000 * spent / (count - START),
        "start": first,
        "peak_mb": peak_mb(),
        "segments": round(1000 * segments / count),
        "output_mb": round(1000 * written / count / 1e6),
    }


if __name__ == "__main__":
    print(json.dumps(_of_a_run(sys.argv[1], bool(int(sys.argv[2])))))
