"""Text removed for good: no trace of it stays in the memory's file."""

from __future__ import annotations

import re
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from harmonize.errors import MemoryFailed, UsageError
from harmonize.memory import rows
from harmonize.memory.database import Database
from harmonize.memory.entries import Entry

Matches = Callable[[str], bool]

_WORDS = ("source", "target", "terms", "flags")
"""Where an entry says something."""

_MADE = ("reviewer", "origin")
"""Who confirmed an entry, and the posting that it was confirmed in."""

_SPACE = re.compile(r"\s+")

SECONDS = 2.0
"""What a regular expression may take on one text: one that needs more never ends."""


def matcher(pattern: str, *, regex: bool = False) -> Matches:
    """Whether *pattern* is in a text; capitals, and how words are spaced, do not count.

    Raises `UsageError` for an empty pattern, one that is no regular expression, and, when asked,
    one that runs for too long.

    >>> matcher("ana lópez")("Write to Ana\\nLÓPEZ."), matcher(r"ana\\s+l", regex=True)("Ana  L")
    (True, True)
    """
    if not pattern.strip():
        raise UsageError("The pattern is empty.", "Say what is to be forgotten.")
    return _regex(pattern) if regex else _substring(_folded(pattern))


def matching(database: Database, matches: Matches) -> Iterator[Entry]:
    """Every entry, standing or not, that has it in its words, or was made by or in what has it."""
    query = rows.SELECT.format("entry.id > ? ORDER BY entry.id LIMIT 2000")
    last = 0
    while True:
        page = _page(database, query, last)
        if not page:
            return
        last = page[-1]["id"]
        for row in page:
            with rows.readable():
                found = any(matches(row[name]) for name in (*_WORDS, *_MADE))
            if found:
                yield rows.entry_of(row)


def in_words(entry: Entry, matches: Matches) -> bool:
    """Whether an entry has it in its words, not only in who confirmed it or where."""
    listed = rows.listed(entry.terms), rows.listed(entry.flags)
    return any(map(matches, (entry.source, entry.target, *listed)))


def remove(database: Database, entries: Sequence[Entry], matches: Matches) -> None:
    """Remove it from *entries* and rewrite the file, so that it is nowhere in it.

    An entry that has it in its words goes; of another one what is said of its making goes.  Where
    the rewriting was not possible the last time (the disk was full, another run was reading), it is
    done now.
    """
    if entries:
        database.write(lambda connection: _delete(connection, entries, matches))
    if database.read(_is_unwiped):
        database.read(lambda connection: _wipe(connection, database))


def _delete(connection: sqlite3.Connection, entries: Sequence[Entry], matches: Matches) -> None:
    numbers = [(each.id,) for each in entries if in_words(each, matches)]
    connection.executemany("DELETE FROM entry WHERE id = ?", numbers)
    for name in _MADE:
        made = [(each.id,) for each in entries if matches(getattr(each, name))]
        connection.executemany(f"UPDATE entry SET {name} = '' WHERE id = ?", made)  # noqa: S608
    # The index of words is made anew: what was deleted from it would linger in its pages.
    connection.execute("INSERT INTO gram (gram) VALUES ('rebuild')")
    connection.execute("INSERT OR REPLACE INTO setting VALUES ('unwiped', '1')")


def _is_unwiped(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM setting WHERE name = 'unwiped'"
    return connection.execute(query).fetchone() is not None


def _wipe(connection: sqlite3.Connection, database: Database) -> None:
    connection.execute("VACUUM")
    _empty_log(connection, database)
    connection.execute("DELETE FROM setting WHERE name = 'unwiped'")


def _empty_log(connection: sqlite3.Connection, database: Database) -> None:
    """Bring the write-ahead log, which has the old pages, into the file and cut it to nothing."""
    end = time.monotonic() + database.patience
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > end:
            raise MemoryFailed(
                f"The entries are removed, but {database.path}-wal may still hold their words: "
                "another run is reading it.",
                "When that run is done, type the same command again.",
            )
        time.sleep(0.1)


def _page(database: Database, query: str, last: int) -> list[sqlite3.Row]:
    return database.read(lambda connection: connection.execute(query, (last,)).fetchall())


def _folded(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).casefold())


def _substring(pattern: str) -> Matches:
    return lambda text: pattern in _folded(text)


def _regex(pattern: str) -> Matches:
    import regex

    try:
        compiled = regex.compile(unicodedata.normalize("NFC", pattern), regex.IGNORECASE)
    except regex.error as error:
        raise UsageError(f"{pattern} is no regular expression: {error}.", "Mend it.") from error

    def matches(text: str) -> bool:
        try:
            # Python's own `re` can be sent into a search that outlasts the machine.
            return bool(compiled.search(unicodedata.normalize("NFC", text), timeout=SECONDS))
        except TimeoutError as error:
            raise UsageError(
                f"{pattern} takes too long on a text of {len(text)} characters.",
                "Write it without repetitions inside of repetitions. Nothing was removed.",
            ) from error

    return matches
