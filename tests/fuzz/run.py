"""Try hostile inputs without end: ``python tests/fuzz/run.py --inputs 200000 --processes 2``.

Each input has a number; a fault is printed with the command that tries it alone.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.targets import TARGETS, accepts

MEMORY = 1_000_000_000
"""Bytes that a process may hold."""
SECONDS = 5.0
"""Processor time for one input; what hangs outside of Python is ended after ten times as long."""
CHUNK = 250


class TooSlow(Exception):
    """An input took more than its time."""


def main() -> int:
    """Run, print faults and figures; 1 where there were faults."""
    options = _options()
    if options.only:
        target, _, number = options.only.partition(":")
        faults = trial(target, int(number), 1)[1]
        print("".join(faults) or "It is taken or refused as it should be.")
        return bool(faults)
    begin = time.monotonic()
    tried: Counter[str] = Counter()
    faulty = 0
    jobs = [
        (name, start, min(CHUNK, wanted - start))
        for name, target in TARGETS.items()
        if options.target in ("", name)
        for wanted in [
            options.inputs * target.share // 1000 if not options.target else options.inputs
        ]
        for start in range(0, wanted, CHUNK)
    ]
    with ProcessPoolExecutor(options.processes, initializer=limit) as pool:
        running = {
            pool.submit(trial, name, options.start + at, count): name for name, at, count in jobs
        }
        for done in as_completed(running):
            refused, faults = done.result()
            tried.update({running[done]: CHUNK, "refused": refused})
            faulty += len(faults)
            print("".join(faults), end="", flush=True)
    total = sum(count for _, _, count in jobs)
    spent = time.monotonic() - begin
    print(f"{total:,} inputs, {tried['refused']:,} refused, {faulty} faults, {spent:.0f} s")
    return bool(faulty)


def limit() -> None:
    """No process holds more memory than it may, or writes large files."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000_000, 100_000_000))


def trial(name: str, start: int, count: int) -> tuple[int, list[str]]:
    """Try inputs of a target; how many were refused, and the faults as texts to be printed."""
    refused, faults = 0, []
    with tempfile.TemporaryDirectory() as home, _at_home(Path(home)) as folder:
        before = _files(Path(home), folder)
        for number in range(start, start + count):
            fault = ""
            try:
                refused += not _one(name, number, folder)
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is the finding
                cause = [error.__cause__] if error.__cause__ else []
                fault = "".join(
                    "".join(traceback.format_exception(each, chain=False)[-4:])
                    for each in (*cause, error)
                )
            outside = _files(Path(home), folder) - before
            if outside:
                fault += f"written outside of its folder: {sorted(outside)}\n"
                before |= outside
            if fault:
                faults.append(f"{name}:{number}\n{fault}  try: --only {name}:{number}\n")
    return refused, faults


def _one(name: str, number: int, folder: Path) -> bool:
    target = TARGETS[name]
    data = target.family(_chance(f"{name}:{number}"))
    with _timed():
        return accepts(target, data, folder)


def _chance(name: str) -> random.Random:
    return random.Random(name)  # noqa: S311


@contextlib.contextmanager
def _timed() -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlow(f"more than {SECONDS} s")

    faulthandler.dump_traceback_later(10 * SECONDS, exit=True)
    old = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)
        faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def _at_home(home: Path) -> Iterator[Path]:
    """A home of its own, and in it the only folder that may be written to."""
    folder = home / "folder"
    folder.mkdir()
    os.environ |= {
        "HOME": str(home),
        "ARGOS_PACKAGES_DIR": str(folder / "packs"),
        **{f"XDG_{kind}_HOME": str(folder / kind) for kind in ("DATA", "CONFIG", "CACHE")},
    }
    yield folder


def _files(home: Path, folder: Path) -> set[str]:
    return {str(path) for path in home.iterdir() if path != folder}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--processes", type=int, default=max((os.cpu_count() or 2) // 2, 1))
    parser.add_argument("--target", default="", help="only this one")
    parser.add_argument("--start", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", default="", metavar="TARGET:NUMBER", help="this input alone")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
