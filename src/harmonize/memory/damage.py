"""A damaged memory file: put under another name, and what people confirmed carried over."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from harmonize.memory.schema import NOBODY

MARK = ".damaged-"
"""In the names of files that were set aside."""

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file in use."""

_COLUMNS = (
    *("pair", "who", "stands", "slot", "key", "source", "target", "kind", "duty", "section"),
    *("before", "after", "reviewer", "origin", "maker", "terms", "flags"),
    *("created", "changed", "used", "last_used"),
)
_STEP = 64
"""Entries read at once: so many are lost with a page that is not readable."""
_LEAST = 100
"""Bytes that an entry takes at least."""


def set_aside(path: Path, inode: int) -> Path | None:
    """Rename the damaged *path*; None where another run has done so: then *inode* is gone."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_ino == inode:
            aside = path.with_name(f"{path.name}{MARK}{time.strftime('%Y%m%d-%H%M%S')}-{inode}")
            path.rename(aside)
            for ending in BESIDE:
                with contextlib.suppress(FileNotFoundError):
                    Path(f"{path}{ending}").rename(f"{aside}{ending}")
            return aside
    return None


def set_aside_before(path: Path) -> list[Path]:
    """The files that were set aside here, whole ones and what stood beside them."""
    return sorted(path.parent.glob(f"{path.name}{MARK}*"))


def rescued(aside: Path) -> list[tuple[Any, ...]]:
    """What people confirmed, as far as it is readable."""
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(aside)
        with contextlib.closing(connection):
            return list(_rows(connection, aside.stat().st_size // _LEAST))
    return []


def put_back(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rescued rows into a new file."""
    marks = ", ".join("?" * len(_COLUMNS))
    connection.executemany(
        f"INSERT OR IGNORE INTO entry ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
        rows,
    )


def _rows(connection: sqlite3.Connection, most: int) -> Iterator[tuple[Any, ...]]:
    # NOT INDEXED: an index may be what is damaged.
    query = (
        f"SELECT {', '.join(_COLUMNS)} FROM entry NOT INDEXED "  # noqa: S608
        "WHERE id BETWEEN ? AND ? AND who = 'human' AND maker = ?"
    )
    for first in range(1, most + 1, _STEP):
        with contextlib.suppress(sqlite3.Error):
            yield from connection.execute(query, (first, first + _STEP - 1, NOBODY)).fetchall()
