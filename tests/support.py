"""Constants and types that the tests share."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

Run = Callable[..., "subprocess.CompletedProcess[str]"]
"""The command line, as the fixture `run` gives it."""


class Silent:
    """A watcher that only counts."""

    def __init__(self) -> None:
        self.units = self.postings = self.total = 0

    def started(self, postings: int) -> None:
        self.total = postings

    def translated(self, units: int) -> None:
        self.units += units

    def finished(self, postings: int) -> None:
        self.postings += postings
