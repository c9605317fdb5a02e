"""How much of this machine a run may have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

BYTES_PER_WORKER = 1 << 30
"""What a worker needs at most: its tables, an engine, a group of postings."""

_CGROUP = Path("/sys/fs/cgroup")
_MEMORY = Path("/proc/meminfo")


def fitting_workers() -> int:
    """As many worker processes as there are cores and memory for; at least one.

    >>> 1 <= fitting_workers() <= os.cpu_count()
    True
    """
    return max(1, min(cores(), *(free // BYTES_PER_WORKER for free in _free_memory())))


def cores() -> int:
    """The processors that this process may use: of the machine, by affinity, of its container."""
    there = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        there = len(os.sched_getaffinity(0))
    quota, _, period = _read(_CGROUP / "cpu.max").partition(" ")
    if quota.isdigit() and period.strip().isdigit():
        there = min(there, max(1, round(int(quota) / int(period))))
    return there


def cores_given() -> int:
    """The processors for one engine: what ``OMP_NUM_THREADS`` says, else `cores`.

    With the variable programs that start several of us, Ray and our own workers, share them out.
    """
    said = os.environ.get("OMP_NUM_THREADS", "")
    return int(said) if said.isdecimal() and int(said) else cores()


def _free_memory() -> Iterator[int]:
    """Bytes that programs can still have: of the machine, and of its container."""
    yield 1 << 62  # where nothing tells
    for line in _read(_MEMORY).splitlines():
        name, _, size = line.partition(":")
        if name == "MemAvailable":
            yield int(size.split()[0]) * 1024
    most, used = (_read(_CGROUP / name).strip() for name in ("memory.max", "memory.current"))
    if most.isdigit() and used.isdigit():
        files = dict(line.split() for line in _read(_CGROUP / "memory.stat").splitlines())
        yield int(most) - int(used) + int(files.get("inactive_file", 0))  # which can be let go


def _read(file: Path) -> str:
    """The text of one of the kernel's files; empty where there is none."""
    try:
        return file.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
