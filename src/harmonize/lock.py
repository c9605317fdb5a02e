"""One run at a time in a folder.

The lock is the kernel's (``flock``): it ends with the process that holds it, however that ends, so
that what a killed run leaves behind is only a file with the number of a process that is no more.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmonize.errors import UsageError

FILE = ".lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """While this lasts no other run writes into *folder*; `UsageError` names the one that does.

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
        handle = _locked(file)
    except BlockingIOError:
        raise UsageError(
            f"Another run (process {_holder(file)}) is writing into {folder}.",
            "Wait until it has ended, or choose another folder with -o.",
        ) from None
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror or error}.",
            "Choose another folder with -o.",
        ) from error
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        os.close(handle)


def _locked(file: Path) -> int:
    """The lock's handle; a file that its last holder has just removed is no lock."""
    while True:
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


def _holder(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:
        return "unknown"
