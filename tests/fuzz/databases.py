"""Databases damaged in every way: cut, overwritten, of another program, with other tables."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from fuzz.inputs import SNIPPETS, Chance, damaged, text
from fuzz.requests import ID, small_desk
from harmonize.memory import Maker, TranslationMemory
from harmonize.memory.entries import Entry
from harmonize.review.decisions import FILE
from harmonize.review.desk import Where, Who

PAGE = 4096


@cache
def _memory() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        memory = TranslationMemory(Path(folder) / "memory.sqlite")
        for number in range(40):
            english, spanish = f"Write report {number} for us.", f"Redactar el informe {number}."
            memory.confirm(english, spanish, "en", "es", reviewer="Ana")
            made = Entry(
                source=f"Visit farm {number}.", target=f"Visitar {number}.", who="machine",
                source_language="en", target_language="es",
                **Maker("fake", "none", "rules")._asdict(),
            )  # fmt: skip
            memory.add([made])
        memory.close()
        return memory.path.read_bytes()


@cache
def _log() -> bytes:
    """Decisions about the posting of `fuzz.requests`."""
    with tempfile.TemporaryDirectory() as folder, small_desk(Path(folder)) as desk:
        for number, segment in enumerate(desk.open(ID).posting.segments):
            where = Where(ID, segment.id, 0)
            desk.edit(where, Who("Ana", "1"), "es", f"Texto {number}.")
        return (desk.store.folder / FILE).read_bytes()


def _changed(chance: Chance, whole: bytes) -> bytes:
    """*whole* with its tables, columns or values changed by SQLite itself: a sound file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.sqlite"
        file.write_bytes(whole)
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            query = "SELECT name FROM sqlite_master WHERE type = 'table'"
            tables = [each[0] for each in connection.execute(query)]
            for _ in range(chance.randint(1, 3)):
                with contextlib.suppress(sqlite3.Error):
                    connection.execute(*_statement(chance, connection, chance.choice(tables)))
        return file.read_bytes()


def _statement(
    chance: Chance, connection: sqlite3.Connection, table: str
) -> tuple[str, tuple[object, ...]]:
    """Something that no version of ours does to its tables."""
    names = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
    column = chance.choice(names or ["x"])
    words = text(chance)[:50].encode("utf-8", "replace").decode()
    values = (None, -1, 2**62, 1e308, b"\xff\x00", "", "[", "{}", "null", words)
    value = chance.choice((*values, chance.choice(SNIPPETS).encode("utf-8", "replace")))
    number = chance.choice((0, 1, 2, 99, -1, 2**31 - 1))
    changes: tuple[tuple[str, tuple[object, ...]], ...] = (
        (f"DROP TABLE {table}", ()),
        (f"ALTER TABLE {table} RENAME COLUMN {column} TO other", ()),
        (f"ALTER TABLE {table} RENAME TO other", ()),
        (f"ALTER TABLE {table} DROP COLUMN {column}", ()),
        (f"ALTER TABLE {table} ADD COLUMN more", ()),
        (f"DELETE FROM {table}", ()),  # noqa: S608
        (f"UPDATE {table} SET {column} = ?", (value,)),  # noqa: S608
        (f"UPDATE {table} SET {column} = ? WHERE rowid = 1", (value,)),  # noqa: S608
        (f"PRAGMA user_version = {number}", ()),
        (f"PRAGMA application_id = {number}", ()),
        ("CREATE TABLE mine (x)", ()),
    )
    return chance.choice(changes)


def _without_pages(chance: Chance, whole: bytes) -> bytes:
    """With pages of zeros, or in another order."""
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    for _ in range(chance.randint(1, 3)):
        at, other = chance.randrange(len(pages)), chance.randrange(len(pages))
        pages[at] = chance.choice((bytes(PAGE), pages[other], chance.randbytes(PAGE)))
    return b"".join(pages)


def _cut(chance: Chance, whole: bytes) -> bytes:
    return whole[: chance.choice((0, 1, 15, 16, 100, PAGE, chance.randrange(len(whole))))]


def _no_database(chance: Chance, whole: bytes) -> bytes:
    return chance.choice((b"", b"\0" * PAGE, b"SQLite format 3\0", chance.randbytes(5000)))


def _bytes_changed(chance: Chance, whole: bytes) -> bytes:
    changed = bytearray(whole)
    for _ in range(chance.choice((1, 5, 50))):
        # Most of what matters stands in the first page and at the beginning of others.
        at = chance.choice((chance.randrange(100), chance.randrange(len(whole))))
        changed[at] = chance.randrange(256)
    return bytes(changed)


DAMAGE: tuple[Callable[[Chance, bytes], bytes], ...] = (
    *(_changed, _changed, _without_pages, _cut, _no_database, _bytes_changed, damaged),
)


def memory(chance: Chance) -> bytes:
    """A translation memory's file."""
    return chance.choice(DAMAGE)(chance, _memory())


def decisions(chance: Chance) -> bytes:
    """A log of decisions."""
    return chance.choice(DAMAGE)(chance, _log())
