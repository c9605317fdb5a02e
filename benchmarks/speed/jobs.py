"""Whole runs, as `harmonize translate` does them: files in, files out, everything switched on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from harmonize.config import load_config
from harmonize.job import run_job


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
