"""Whole runs, as `harmonize translate` does them: files in, files out, everything switched on."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from harmonize.config import load_config
from harmonize.job import run_job
from speed.kit import Figure, Measured, in_own_process, path, peak_mb, seconds
from speed.postings import distinct, repetitive, write

FAKE = "fake"
GROWTH = {FAKE: (10, 100, 1000, 10_000), "apertium": (10, 100, 400)}
QUICK_GROWTH = {FAKE: (2, 4)}
SHORT = 4
"""Sentences of each posting whose number grows: short ones, so that there can be many."""

TIMES = {10: 15, 100: 5, 10_000: 1}
"""So often, and the least counts: what else the machine does only adds to it."""

REPEATED, QUICK_REPEATED = 400, 3


class Silent:
    """Who is told how a run goes on, and counts what was translated."""

    def __init__(self) -> None:
        self.units = 0

    def started(self, postings: int) -> None:
        """Nothing to do."""

    def translated(self, units: int) -> None:
        """So many more sentences."""
        self.units += units

    def finished(self, postings: int) -> None:
        """Nothing to do."""


def run(source: Path, output: Path, engine: str, **settings: Any) -> int:
    """One run over the folder *source*, with a memory of its own; the units that it translated."""
    told = Silent()
    memory = str(output.parent / f"{output.name}.memory.sqlite")
    config = load_config(engine=engine, memory=memory, **settings)
    summary = run_job([str(source)], output, config, told)
    assert not summary.rejects  # noqa: S101 - else the figure would be about something else
    return told.units


class Turns:
    """Something that is done again and again, with a number that tells the times apart."""

    def __init__(self, work: Callable[[int], object]) -> None:
        self._work = work
        self._number = 0

    def __call__(self) -> None:
        self._number += 1
        self._work(self._number)


class Cost(NamedTuple):
    """What some postings cost: on the clock, in processor time of all processes, in memory.

    What a run over a single posting costs, which is the start and hardly more, is taken off.
    """

    postings: int
    seconds: float
    processor: float
    peak_mb: float


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def cost(count: int, engine: str, lines: int, times: int) -> Cost:
    """What a run over *count* postings costs in this process, the least of so many times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in (1, count):
            write(distinct(number, lines), folder / f"{number} in")
        turns = Turns(lambda number: run(folder / f"{size} in", folder / f"out{number}", engine))
        size = 1
        turns()  # loads what is loaded once
        start = [_spent(turns) for _ in range(times)]
        size = count
        spent = [_spent(turns) for _ in range(times)]
    clock, processor = (min(each[i] for each in spent) - min(each[i] for each in start)
                        for i in (0, 1))  # fmt: skip
    return Cost(count, max(0.0, clock), max(1e-9, processor), peak_mb())


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    before = processor_seconds()
    clock = seconds(work)
    return clock, processor_seconds() - before


def cost_of(count: int, engine: str, lines: int = SHORT, times: int = 1) -> Cost:
    """The same in a process of its own."""
    return Cost(**in_own_process("jobs", count, engine, lines, times))


def measure_growth(quick: bool) -> Measured:
    """Processor time of a posting, and memory, from few postings to many."""
    plan = QUICK_GROWTH if quick else GROWTH
    found = {
        engine: [
            cost_of(count, engine, times=1 if quick else TIMES.get(count, 2)) for count in counts
        ]
        for engine, counts in plan.items()
    }
    figures = [_growth_figure(engine, costs) for engine, costs in found.items()]
    fake = found[FAKE]
    some, many = fake[-3] if len(fake) > 2 else fake[0], fake[-1]
    figures.append(
        Figure(
            "memory/growth",
            f"Memory: {many.postings:,} postings",
            "MB",
            many.peak_mb,
            f"{some.postings:,} postings",
            some.peak_mb,
        )
    )
    rows = {engine: [each._asdict() for each in costs] for engine, costs in found.items()}
    return Measured(figures, {"growth": rows})


def _growth_figure(engine: str, costs: list[Cost]) -> Figure:
    few, many = costs[0], costs[-1]
    return Figure(
        f"growth/{engine}",
        f"Growth ({engine}): processor time of a posting among {many.postings:,}",
        "ms",
        1000 * many.processor / (many.postings - 1),
        f"among {few.postings:,}",
        1000 * few.processor / (few.postings - 1),
    )


def measure_second_run(quick: bool) -> Measured:
    """The same command again, on postings that repeat themselves as an organisation's do."""
    engine = FAKE if quick else "apertium"
    count = QUICK_REPEATED if quick else REPEATED
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(repetitive(count), folder / "in")
        first = seconds(lambda: _command(folder, engine, "out"))
        second = seconds(lambda: _command(folder, engine, "out"))
        elsewhere = seconds(lambda: _command(folder, engine, "other"))
    what = f"The same command again ({count:,} postings, {engine}): the first run"
    return Measured(
        [Figure("second run", what, "s", first, "the second", second)],
        {"seconds into another folder, with the memory of the first": round(elsewhere, 2)},
    )


def _command(folder: Path, engine: str, output: str) -> None:
    options = ["--engine", engine, "--memory", str(folder / "memory.sqlite")]
    places = [str(folder / "in"), "-o", str(folder / output)]
    subprocess.run(
        [sys.executable, "-m", "harmonize", "translate", *places, *options],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path()},
        check=False,  # 1: checks found something
    )


if __name__ == "__main__":
    asked = cost(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps(asked._asdict()))
