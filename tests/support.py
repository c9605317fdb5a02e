"""Constants and types that the tests share."""

from __future__ import annotations

import errno
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


def until_full(writes: int) -> Callable[[Path, bytes], int]:
    """A `Path.write_bytes` on a disk that is full after so many *writes*, in the middle of one."""
    write, left = Path.write_bytes, writes

    def limited(path: Path, data: bytes) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    return limited
