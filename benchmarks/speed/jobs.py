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
from typing import NamedTuple

from harmonize.config import load_config
from harmonize.job import run_job
from speed.kit import Figure, Measured, in_own_process, path, peak_mb, seconds
from speed.postings import distinct, repetitive, write

FAKE = "fake"
GROWTH = {FAKE: (10, 100, 1000, 10_000), "apertium": (10, 100, 400)}
QUICK_GROWTH = {FAKE: (5, 8)}
START = 4
"""Postings of a run that is hardly more than its start: the fourth is the first in Spanish."""

SHORT = 4
"""Sentences of each posting whose number grows: short ones, so that there can be many."""

TIMES = {10: 15, 100: 5, 10_000: 1}
"""So often; others twice."""

REPEATED, QUICK_REPEATED = 2000, 3


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


def run(source: Path, output: Path, engine: str, workers: int = 0) -> int:
    """One run over the folder *source*, with a memory of its own; the units that it translated.

    *workers* 0 means as many as fit the machine.
    """
    told = Silent()
    memory = str(output.parent / f"{output.name}.memory.sqlite")
    config = load_config(engine=engine, memory=memory, workers=workers)
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

    What a run over `START` postings costs is taken off the times, and those postings are not
    ``counted``.
    """

    postings: int
    counted: int
    seconds: float
    processor: float
    peak_mb: float


class Plan(NamedTuple):
    """How costs are measured: with what, how long each posting is, how often (the least counts:
    what else the machine does only adds to it), and in how many processes."""

    engine: str = FAKE
    lines: int = SHORT
    times: int = 1
    workers: int = 1


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def processor(work: Callable[[], object]) -> float:
    """Processor seconds of *work*: they hardly depend on what else the machine does."""
    before = processor_seconds()
    work()
    return processor_seconds() - before


def cost(count: int, plan: Plan) -> Cost:
    """What a run over *count* postings costs in this process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in (START, count):
            for number in range(1, plan.times + 2):  # other texts each time: caches are kept
                postings = distinct(size, plan.lines, first=number * (count + START))
                write(postings, folder / f"{size} in{number}")
        start, all_ = (_turns(folder, size, plan) for size in (START, count))
        start()  # loads what is loaded once
        first = [_spent(start) for _ in range(plan.times)]
        spent = [_spent(all_) for _ in range(plan.times)]
    clock, processor = (
        min(each[i] for each in spent) - min(each[i] for each in first) for i in (0, 1)
    )
    return Cost(count, count - START, max(0.0, clock), max(1e-9, processor), peak_mb())


def _turns(folder: Path, size: int, plan: Plan) -> Turns:
    def turn(number: int) -> int:
        output = folder / f"{size} out{number}"
        return run(folder / f"{size} in{number}", output, plan.engine, plan.workers)

    return Turns(turn)


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    before = processor_seconds()
    clock = seconds(work)
    return clock, processor_seconds() - before


def cost_of(count: int, plan: Plan) -> Cost:
    """The same in a process of its own."""
    return Cost(**in_own_process("jobs", count, *plan))


def measure_growth(quick: bool) -> Measured:
    """Processor time of a posting, and memory, from few postings to many."""
    plan = QUICK_GROWTH if quick else GROWTH
    found = {
        engine: [
            cost_of(count, Plan(engine, times=1 if quick else TIMES.get(count, 2)))
            for count in counts
        ]
        for engine, counts in plan.items()
    }
    figures = [_growth_figure(engine, costs) for engine, costs in found.items()]
    some, all_ = found[FAKE][-3:][0], found[FAKE][-1]
    if not quick:  # memory with queues between processes
        some, all_ = (cost_of(each.postings, Plan(workers=2)) for each in (some, all_))
    what, rival = (f"{each.postings:,} postings" for each in (all_, some))
    figures.append(
        Figure("memory/growth", f"Memory: {what}", "MB", all_.peak_mb, rival, some.peak_mb)
    )
    rows = {engine: [each._asdict() for each in costs] for engine, costs in found.items()}
    return Measured(figures, {"growth": rows})


def _growth_figure(engine: str, costs: list[Cost]) -> Figure:
    few, many = costs[0], costs[-1]
    return Figure(
        f"growth/{engine}",
        f"Growth ({engine}): processor time of a posting among {many.postings:,}",
        "ms",
        1000 * many.processor / many.counted,
        f"among {few.postings:,}",
        1000 * few.processor / few.counted,
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
    _, postings, with_engine, *numbers = sys.argv
    print(json.dumps(cost(int(postings), Plan(with_engine, *map(int, numbers)))._asdict()))
