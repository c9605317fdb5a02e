"""Constants and types that the tests share."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def writing_into(folder: Path) -> Iterator[int]:
    """While this lasts another program writes into *folder*: the number of its process."""
    code = (
        "import sys; from pathlib import Path; from harmonize.lock import alone_in\n"
        f"with alone_in(Path({str(folder)!r})): print('in', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in\n"
        yield process.pid
