"""Many entries put into the memory at once, each merged with what is there."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from harmonize.memory import rows
from harmonize.memory.entries import Entry
from harmonize.memory.keys import slot_of

Fate = Literal["added", "merged", "replaced", "older"]
"""What became of an entry: new; there already; took the place of an older one; gave way to one."""

_STANDING = "SELECT id, slot, target, changed FROM entry WHERE slot IN (…) AND stands = 1"
_MERGE = (
    "UPDATE entry SET created = min(created, ?), changed = max(changed, ?), used = max(used, ?), "
    "last_used = max(last_used, ?), reviewer = coalesce(nullif(reviewer, ''), ?) WHERE id = ?"
)


def add(connection: sqlite3.Connection, entries: Sequence[Entry]) -> Counter[Fate]:
    """Put *entries* in and count their fates.

    Of two translations in one place that changed last stands, and the one that was there where the
    new one is not dated (``changed`` is 0).  A person's that gives way is kept, not standing.
    """
    now = int(time.time())
    fates: Counter[Fate] = Counter()
    slots: dict[bytes, Entry] = {}
    for entry in entries:
        slots.setdefault(entry_slot(entry), entry)
    there = {bytes(row["slot"]): row for row in rows.where(connection, _STANDING, list(slots))}
    new = [entry for slot, entry in slots.items() if slot not in there]
    connection.executemany(rows.INSERT, list(_new_rows(connection, new, now)))
    fates["added"] = len(new)
    first = {id(entry) for entry in new}
    for entry in entries:
        if id(entry) not in first:
            fates[_join(connection, entry, now)] += 1
    return fates


def entry_slot(entry: Entry) -> bytes:
    """The entry's own place."""
    pair = rows.pair_of(entry.source_language, entry.target_language)
    return slot_of(entry.text, pair, entry.who)


def _join(connection: sqlite3.Connection, entry: Entry, now: int) -> Fate:
    """Put in an entry whose place is taken."""
    (row,) = rows.where(connection, _STANDING, [entry_slot(entry)])
    if row["target"] == entry.target:
        dates = (entry.created or now, entry.changed, entry.used, entry.last_used)
        connection.execute(_MERGE, (*dates, entry.reviewer, row["id"]))
        return "merged"
    if entry.changed <= row["changed"]:
        return "older"
    if entry.who == "human":
        connection.execute("UPDATE entry SET stands = 0 WHERE id = ?", (row["id"],))
    else:
        connection.execute("DELETE FROM entry WHERE id = ?", (row["id"],))
    connection.executemany(rows.INSERT, list(_new_rows(connection, [entry], now)))
    return "replaced"


def _new_rows(
    connection: sqlite3.Connection, entries: Iterable[Entry], now: int
) -> Iterable[tuple[Any, ...]]:
    makers = {}
    for entry in entries:
        if entry.maker not in makers:
            makers[entry.maker] = rows.maker_id(connection, entry.maker)
        dated = entry.model_copy(
            update={"created": entry.created or now, "changed": entry.changed or now}
        )
        yield rows.row_of(dated, makers[entry.maker])
