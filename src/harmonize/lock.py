"""Who may write: one program at a time in a folder of results, one after the other in a file.

Both locks are the kernel's (``flock``): they end with the process that holds them, however that
ends, so that what a killed run leaves behind is only a file with the number of a process that is no
more.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmonize.errors import FolderInUse, UsageError

FILE = ".lock"
PATIENCE = 3.0
"""Seconds that a program waits for another one: a review writes for a moment at a time."""


@contextmanager
def alone_in(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """While this lasts no other program writes into *folder*, which must be there.

    Raises `FolderInUse`, which names the program that does, where it still does after *patience*
    (seconds), and `UsageError` where nobody can write there.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with alone_in(folder):
    ...     [file.name for file in folder.iterdir()]
    ['.lock']
    >>> list(folder.iterdir())
    []
    """
    file = folder / FILE
    try:
        handle = _locked(file, time.monotonic() + patience)
    except BlockingIOError:
        raise FolderInUse(folder, _holder(file)) from None
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror or error}.",
            "Choose another folder, or see that you may write there.",
        ) from error
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        os.close(handle)


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """While this lasts no other program changes a glossary in *folder*; the others wait.

    For a moment only: it leaves no file behind and says nobody's number.  A run that is `alone_in`
    the same folder is not waited for.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _locked(file: Path, end: float) -> int:
    """The lock's handle, as soon as it is free; `BlockingIOError` where it is not at *end*."""
    while True:
        try:
            if handle := _tried(file):
                return handle
        except BlockingIOError:
            if time.monotonic() >= end:
                raise
            time.sleep(0.05)


def _tried(file: Path) -> int:
    """The lock's handle; 0 for a file that its last holder has just removed: it is no lock."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if file.exists() and file.stat().st_ino == os.fstat(handle).st_ino:
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return 0


def _holder(file: Path) -> int:
    """The number of the process that holds the lock; 0 where it cannot be read."""
    try:
        return int(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0
