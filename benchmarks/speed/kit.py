"""What all measures share: a figure, a clock, a process of its own, the facts of the machine."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

BENCHMARKS = Path(__file__).parent.parent
ROOT = BENCHMARKS.parent
MEGABYTE = 1 << 20


class Figure(NamedTuple):
    """Something measured beside its rival, on the same data in the same run.

    ``key`` is its name in `speed_floors.json`; ``unit`` is that of ``ours`` and ``theirs``.  One
    that could not be measured says why in ``skipped``, and has no numbers.
    """

    key: str
    what: str
    unit: str = ""
    ours: float = 0.0
    rival: str = ""
    theirs: float = 0.0
    skipped: str = ""

    @property
    def ratio(self) -> float:
        """Ours to theirs."""
        return self.ours / self.theirs if self.theirs else 0.0


class Measured(NamedTuple):
    """What a measure found: figures for the table, and whatever else its page shows."""

    figures: list[Figure]
    details: dict[str, Any] = {}  # noqa: RUF012 - never written to


Measure = Callable[[bool], Measured]
"""Takes whether to be quick: only to show that it runs, its numbers meaning nothing."""


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Seconds of both, medians of *rounds* by turns: what else the machine does meets both."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    mine, others = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(others)


def peak_mb() -> float:
    """The most memory that this process held so far, and the largest of those it started."""
    unit = 1 if sys.platform == "darwin" else 1024
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return round(sum(each.ru_maxrss for each in used) * unit / MEGABYTE, 1)


def in_own_process(module: str, *arguments: object, python: str = sys.executable) -> dict[str, Any]:
    """What `python -m speed.MODULE ARGUMENTS` prints, as JSON: its memory is nobody else's."""
    done = subprocess.run(
        [python, "-m", f"speed.{module}", *map(str, arguments)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path()},
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def path(*first: Path) -> str:
    """A PYTHONPATH with *first*, these benchmarks, and the harmonize beside them."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    own = [*map(str, first), str(BENCHMARKS), str(ROOT / "src")]
    return os.pathsep.join(dict.fromkeys([*own, *filter(None, given)]))


def machine() -> dict[str, Any]:
    """What the figures depend on besides the code."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def _cpu() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def by_name(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """*names* in the order of *known*, all of them where none is given; exits for one unknown."""
    for name in names:
        if name not in known:
            sys.exit(f"There is no measure called {name}. Measures: {', '.join(known)}.")
    return [name for name in known if not names or name in names]
