"""`harmonize batch` on Ray: what a second worker adds, and whether memory stays flat.

Ray is an extra of 600 MB, so it is looked for in this Python, in `.venv-batch` (`make test-batch`
makes it) and in the Python that BATCH_PYTHON names.  Each run is the command line in a folder of
its own.  Counted are the records between the end of the first shard and that of the last: before
that, Ray starts and engines are loaded, once for however many records.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from speed.kit import MEGABYTE, ROOT, Figure, Measured, path
from speed.postings import distinct

RECORDS, SHARD, LINES = 300, 10, 32
QUICK_RECORDS, QUICK_SHARD, QUICK_LINES = 4, 2, 2
ENGINE = "fake"
VENV = ROOT / ".venv-batch/bin/python"
REMEDY = "needs Ray: make .venv-batch/ready, or BATCH_PYTHON=PYTHON make bench"


def measure(quick: bool) -> Measured:
    """Two workers beside one; a few records beside four times as many."""
    ray = "Ray: records a second with two workers"
    flat = "harmonize batch: memory"
    python = None if quick else _python()
    figures = [
        _two_workers(python, ray) if python else Figure("ray/2 workers", ray, skipped=REMEDY),
        _memory(sys.executable, flat, QUICK_RECORDS if quick else RECORDS // 3),
    ]
    return Measured(figures)


def _python() -> str | None:
    """A Python that has Ray."""
    if given := os.environ.get("BATCH_PYTHON"):
        return given
    if importlib.util.find_spec("ray"):
        return sys.executable
    return str(VENV) if VENV.exists() else None


def _two_workers(python: str, what: str) -> Figure:
    one, two = (_rate(python, workers) for workers in (1, 2))
    return Figure("ray/2 workers", what, "/s", two, "one worker", one)


def _rate(python: str, workers: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "in.jsonl", RECORDS, LINES)
        _command(python, folder, SHARD, "--workers", str(workers))
        ends = sorted(mark.stat().st_mtime for mark in (folder / "out/_done").glob("*.json"))
    return (RECORDS - SHARD) / (ends[-1] - ends[0])


def _memory(python: str, what: str, count: int) -> Figure:
    quick = count == QUICK_RECORDS
    shard, lines = (QUICK_SHARD, QUICK_LINES) if quick else (SHARD, LINES)
    peaks = []
    for number in (4 * count, count):
        with tempfile.TemporaryDirectory() as name:
            _write(Path(name) / "in.jsonl", number, lines)
            peaks.append(_command(python, Path(name), shard, "--ray", "none"))
    label = f"{what}, {4 * count} records"
    return Figure("batch/memory", label, "MB", peaks[0], f"{count} records", peaks[1])


def _write(file: Path, count: int, lines: int) -> None:
    rows = [json.dumps({"id": name, "text": text}) for name, text in distinct(count, lines)]
    file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def _command(python: str, folder: Path, shard: int, *options: str) -> float:
    """Run the command line; the most memory that it held itself, in MB."""
    arguments = ["batch", str(folder / "in.jsonl"), "-o", str(folder / "out"), "--engine", ENGINE]
    arguments += ["--format", "jsonl", "--shard-size", str(shard)]
    with subprocess.Popen(
        [python, "-m", "harmonize", *arguments, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path()},
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        sys.exit(f"harmonize {' '.join(arguments)} ended with {process.returncode}")
    return usage.ru_maxrss * 1024 / MEGABYTE
