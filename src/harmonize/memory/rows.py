"""Entries as rows of the table, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from harmonize.errors import MemoryFailed
from harmonize.glossary.model import Language
from harmonize.memory.entries import Entry, Maker
from harmonize.memory.keys import key_of, slot_of
from harmonize.memory.schema import NEXT
from harmonize.recall import Text
from harmonize.records import Flag, Record, Term

ELSEWHERE = "use another file with --memory FILE, or none with --no-memory."
CHUNK = 500
"""Values in one question: SQLite's limit was 999 for long."""

SELECT = (
    "SELECT entry.*, engine, glossary, rules FROM entry JOIN maker ON maker.id = entry.maker "
    "WHERE {}"
)
"""Whole entries, under a condition."""

_PLAIN = ("source", "target", "who", "kind", "section", "before", "after", "reviewer", "origin")
_NUMBERS = ("created", "changed", "used", "last_used")
_TEXTS = (*_PLAIN, *Maker._fields)
_SAME = (*_PLAIN, *_NUMBERS, *Maker._fields, "id")
_COLUMNS = ("pair", "slot", "key", "duty", "maker", "stands", "terms", "flags", *_PLAIN, *_NUMBERS)
_VALUES = f"{', '.join('?' * len(_COLUMNS))}, {NEXT}"
_INSERT = f"INSERT INTO entry ({', '.join(_COLUMNS)}, id) VALUES ({_VALUES})"  # noqa: S608
UPSERT = (
    f"{_INSERT} ON CONFLICT (slot) WHERE stands = 1 DO UPDATE SET target = excluded.target, "
    "maker = excluded.maker, terms = excluded.terms, flags = excluded.flags, "
    "origin = excluded.origin, changed = excluded.changed"
)
"""A new entry, or new words in the slot of one that stands."""

INSERT = _INSERT


def pair_of(source: Language, target: Language) -> str:
    """A direction as it is stored: ``en-es``."""
    return f"{source}-{target}"


@contextmanager
def readable() -> Iterator[None]:
    """`MemoryFailed` for a row that no version of harmonize has written: of other types, say."""
    try:
        yield
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise MemoryFailed(
            f"An entry of the translation memory cannot be read ({type(error).__name__}): "
            "another program has changed the file.",
            f"Take an earlier copy of it, {ELSEWHERE}",
        ) from error


def entry_of(row: sqlite3.Row) -> Entry:
    """The entry in a row that `SELECT` gave; raises `MemoryFailed`.

    What was checked when it was stored is trusted, but for the types of its values.
    """
    with readable():
        return _entry(row)


def _entry(row: sqlite3.Row) -> Entry:
    values: dict[str, Any] = {name: row[name] for name in _SAME}
    if any(type(values[name]) is not str for name in _TEXTS):
        raise TypeError
    values["source_language"], _, values["target_language"] = row["pair"].partition("-")
    values["duty"], values["stands"] = bool(row["duty"]), bool(row["stands"])
    for name, record in (("terms", Term), ("flags", Flag)):
        listed = json.loads(row[name]) if row[name] else ()
        values[name] = tuple(map(record.model_validate, listed))
    return Entry.model_construct(**values)


def row_of(entry: Entry, maker: int, text: Text | None = None) -> tuple[Any, ...]:
    """The values for `INSERT` and `UPSERT`; *text* is what was asked for, where it says more."""
    pair = pair_of(entry.source_language, entry.target_language)
    return (
        pair,
        slot_of(text or entry.text, pair, entry.who),
        key_of(entry.source, pair),
        int(entry.duty),
        maker,
        int(entry.stands),
        listed(entry.terms),
        listed(entry.flags),
        *(getattr(entry, name) for name in (*_PLAIN, *_NUMBERS)),
    )


def listed(records: Sequence[Record]) -> str:
    """Records as JSON; nothing for none."""
    if not records:
        return ""
    dumped = [record.model_dump(exclude_defaults=True) for record in records]
    return json.dumps(dumped, ensure_ascii=False, separators=(",", ":"))


def maker_id(connection: sqlite3.Connection, maker: Maker) -> int:
    """The number of *maker*, new where there was none."""
    connection.execute(
        "INSERT OR IGNORE INTO maker (engine, glossary, rules) VALUES (?, ?, ?)", maker
    )
    query = "SELECT id FROM maker WHERE engine = ? AND glossary = ? AND rules = ?"
    return int(connection.execute(query, maker).fetchone()[0])


def where(
    connection: sqlite3.Connection, query: str, values: Sequence[Any], *more: Any
) -> Iterator[sqlite3.Row]:
    """The rows of *query*, whose ``IN (…)`` takes any number of *values*."""
    for start in range(0, len(values), CHUNK):
        part = values[start : start + CHUNK]
        asked = query.replace("…", ", ".join("?" * len(part)))
        # At once: a cursor that is left open by an error would outlive its connection.
        yield from connection.execute(asked, (*part, *more)).fetchall()
