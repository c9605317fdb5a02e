"""Files are written whole or not at all, and only where they change."""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

_AT_ONCE = 4096
"""Pieces that are joined before they are written."""


def write_whole(file: Path, content: str | bytes, first: Callable[[], None] | None = None) -> bool:
    """Replace *file* by *content* in one step, unless it holds that already.  Whether it did.

    *first* is called before anything is changed.
    """
    data = content if isinstance(content, bytes) else content.encode()
    if is_written(file, data):
        return False
    if first:
        first()
    unfinished = unfinished_of(file)
    try:
        make_empty(unfinished)
        unfinished.write_bytes(data)
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return True


def is_written(file: Path, data: bytes) -> bool:
    """Whether *file* holds *data* already; what is not readable is written anew."""
    try:
        return file.read_bytes() == data
    except OSError:
        return False


def write_pieces(
    file: Path, pieces: Iterable[str], first: Callable[[], None] | None = None
) -> bool:
    """The same as `write_whole` for a content of any length, which is never held."""
    unfinished, pieces = unfinished_of(file), iter(pieces)
    try:
        make_empty(unfinished)
        with unfinished.open("wb") as out:
            while some := "".join(islice(pieces, _AT_ONCE)):
                out.write(some.encode())
        if _is_same(file, unfinished):
            unfinished.unlink()
            return False
        if first:
            first()
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return True


def unfinished_of(file: Path) -> Path:
    """One name for a file's unfinished self: what an interruption leaves, the next run replaces."""
    return file.with_name(f".{file.name}.part")


def make_empty(file: Path) -> None:
    """An empty *file* in the place of any, so that no link to somewhere else is written through."""
    file.unlink(missing_ok=True)
    file.touch(exist_ok=False)


def _is_same(file: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(file, other, shallow=False)
    except OSError:
        return False
