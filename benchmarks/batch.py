"""How many records a second does `harmonize batch` do, and in how much memory?

    .venv-batch/bin/python benchmarks/batch.py [--records 200] [--engine fake --engine apertium]

Each record is one of the five seeds with a number in every paragraph, so that no text comes twice.
Every run is the command line with a folder of its own; the table goes to
`benchmarks/results/batch.json`:

* ``wall``: records a second over the whole command, with its start and Ray's;
* ``steady``: records a second over the shards alone, all workers together;
* ``memory``: the most resident memory of the command without Ray, for a number of records and
  for four times as many: where memory is flat, both are alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SHARD = 10


def write_records(file: Path, count: int) -> None:
    """*count* records of JSONL, no two alike."""
    texts = [seed.read_text(encoding="utf-8") for seed in SEEDS]
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            paragraphs = texts[number % len(texts)].split("\n\n")
            text = "\n\n".join(f"{paragraph} ({number})" for paragraph in paragraphs)
            out.write(json.dumps({"id": str(number), "text": text}) + "\n")


def command(source: Path, output: Path, *options: str) -> tuple[dict[str, Any], float, int]:
    """Run the command line: its summary, its seconds, and the most memory it held, in MB."""
    arguments = ["batch", str(source), "-o", str(output), "--json", "--shard-size", str(SHARD)]
    begin = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "harmonize", *arguments, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    ) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        sys.exit(f"{arguments} ended with {process.returncode}")
    return json.loads(said), time.perf_counter() - begin, usage.ru_maxrss // 1024


def speed(folder: Path, engine: str, workers: int, count: int) -> dict[str, Any]:
    """Records a second with so many workers on Ray; 0 stands for one process without Ray."""
    write_records(folder / "in.jsonl", count)
    output = folder / f"{engine}-{workers}"
    how = ("--workers", str(workers)) if workers else ("--ray", "none")
    summary, seconds, _ = command(folder / "in.jsonl", output, "--engine", engine, *how)
    marks = [json.loads(file.read_text()) for file in output.glob("_done/*.json")]
    spent = sum(mark["receipt"]["seconds"] for mark in marks)
    return {
        "engine": engine,
        "workers": workers or "none (one process without Ray)",
        "records": summary["records"],
        "segments": summary["segments"],
        "wall": round(summary["written"] / seconds, 2),
        "steady": round(summary["written"] / spent * max(1, workers), 2),
    }


def memory(folder: Path, count: int) -> dict[str, int]:
    """The most memory, in MB, for some records and for four times as many."""
    found = {}
    for number in (count, 4 * count):
        write_records(folder / "in.jsonl", number)
        output = folder / f"memory-{number}"
        options = ("--engine", "fake", "--ray", "none", "--format", "parquet")
        found[str(number)] = command(folder / "in.jsonl", output, *options)[2]
    return found


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="Records a second of harmonize batch.")
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--engine", action="append")
    chosen = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = [
            speed(folder, engine, workers, chosen.records)
            for engine in chosen.engine or ["fake", "apertium"]
            for workers in (0, 1, 2)
        ]
        peak = memory(folder, chosen.records)
    results = {
        "machine": f"{os.cpu_count()} CPUs, {platform.machine()}",
        "load_before": round(load, 1),
        "note": "A load near or above the number of CPUs means that others used them, too.",
        "runs": runs,
        "memory_mb": peak,
    }
    text = json.dumps(results, indent=2) + "\n"
    sys.stdout.write(text)
    (ROOT / "benchmarks/results/batch.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
