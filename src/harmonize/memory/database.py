"""The memory's file: opened, brought up to date, shared with other runs, set aside when damaged."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from harmonize.errors import MemoryFailed
from harmonize.memory import damage, folding
from harmonize.memory.rows import ELSEWHERE, readable
from harmonize.memory.schema import APPLICATION, MIGRATIONS

PATIENCE = 30.0
"""Seconds that a run waits for another one that writes; a batch takes far less than one."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

_T = TypeVar("_T")


class Database:
    """One file of SQLite.  May be used from several threads, and by several processes at once.

    Opened at the first question, again in a child process, and anew after a damage.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self.patience = patience
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._inode = 0
        self._lock = threading.RLock()

    def read(self, question: Callable[[sqlite3.Connection], _T]) -> _T:
        """The answer to *question*; raises `MemoryFailed`."""
        return self._run(question)

    def write(self, change: Callable[[sqlite3.Connection], _T]) -> _T:
        """Make *change* whole or not at all; raises `MemoryFailed`."""

        def whole(connection: sqlite3.Connection) -> _T:
            with transaction(connection):
                return change(connection)

        return self._run(whole)

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        with self._lock:
            if self._connection and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def _run(self, action: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._lock, readable():
            try:
                return action(self._opened())
            except sqlite3.Error as error:
                if _code(error) not in _DAMAGED:
                    raise self._failure(error) from error
                self._replace()
            try:
                return action(self._opened())
            except sqlite3.Error as error:
                raise self._failure(error) from error

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            # A connection must not cross a fork; the parent's is left as it is.
            self._connection = self._open()
            self._process = os.getpid()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise MemoryFailed(
                f"The folder {self.path.parent} cannot be made: {reason}.", f"Or {ELSEWHERE}"
            ) from error
        connection = sqlite3.connect(
            self.path, timeout=self.patience, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        try:
            self._inode = self.path.stat().st_ino
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = self._version(connection)
        self._share(connection)
        # What is committed survives a power cut too; there is one commit a batch.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA cache_size = -16000")
        if version < len(MIGRATIONS):
            with transaction(connection):
                self._migrate(connection)
        if not folding.is_current(connection):
            with transaction(connection):
                folding.renew(connection)

    def _share(self, connection: sqlite3.Connection) -> None:
        """Let others read while one writes; two that ask for it at once are told "busy" at once."""
        end = time.monotonic() + self.patience
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError as error:
                if _code(error) not in _BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def _version(self, connection: sqlite3.Connection) -> int:
        # In this order: between two questions another run may make the file, all of it at once.
        tables, application, version = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("schema_version", "application_id", "user_version")
        )
        if tables and application != APPLICATION:
            raise MemoryFailed(
                f"{self.path} is a database of another program.", f"Please {ELSEWHERE}"
            )
        if not 0 <= version <= len(MIGRATIONS):
            raise MemoryFailed(
                f"{self.path} was made by a later version of harmonize.",
                f"Install that version, or {ELSEWHERE}",
            )
        return version

    def _migrate(self, connection: sqlite3.Connection) -> None:
        # Asked again: another run may have been faster.
        for number in range(self._version(connection), len(MIGRATIONS)):
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _replace(self) -> None:
        """Set the damaged file aside, unless another run has done so already."""
        self.close()
        aside = damage.set_aside(self.path, self._inode)
        if aside is None:
            return
        rows = damage.rescued(aside)
        self.write(lambda connection: damage.put_back(connection, rows))
        logging.getLogger(__name__).warning(
            "The translation memory %s was damaged. It is now %s, and a new one was made%s.",
            self.path,
            aside.name,
            f" with the {len(rows)} confirmed translations that could be read" if rows else "",
        )

    def _failure(self, error: sqlite3.Error) -> MemoryFailed:
        code = _code(error)
        if code in _BUSY:
            return MemoryFailed(
                f"{self.path} is in use by another run (waited {self.patience:.0f} s).",
                f"Try again when it is done, {ELSEWHERE}",
            )
        if code == sqlite3.SQLITE_FULL:
            return MemoryFailed(
                f"{self.path} cannot grow: the disk is full.",
                "Make room and run the same command again: it goes on from here.",
            )
        # SQLite quotes what it cannot decode: the words of a posting.
        reason = str(error).partition(" with text")[0]
        return MemoryFailed(
            f"The translation memory {self.path} cannot be used: {reason}.", f"Or {ELSEWHERE}"
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the lock for writing is taken at once, so that waiting happens here."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the error is Python's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
