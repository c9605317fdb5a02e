"""What is in a memory, counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from harmonize.memory.database import Database
from harmonize.memory.entries import Maker
from harmonize.memory.rows import readable
from harmonize.records import Record

_COUNT = """
SELECT pair, who, engine, glossary, rules, count(*) AS entries, sum(used) AS used,
       max(changed) AS changed
FROM entry JOIN maker ON maker.id = entry.maker
WHERE stands = 1 GROUP BY pair, who, maker ORDER BY pair, who, changed DESC
"""


class Share(Record):
    """The entries of one direction that were made by the same.

    ``state`` is ``current``; ``stale`` where engine, glossary or rules are others today, so that
    these entries are no longer used; ``shown`` where nothing is known of their maker: they are
    shown to reviewers only.
    """

    direction: str
    who: str
    engine: str
    glossary: str
    rules: str
    entries: int
    used: int
    changed: int
    state: str


class Stats(Record):
    """A memory's file, its size in bytes, and its entries."""

    file: str
    bytes: int
    shares: tuple[Share, ...]


def stats(database: Database, today: Mapping[str, Maker]) -> Stats:
    """Count the entries; *today* has for each direction (``en-es``) what would be made now.

    What a maker of today leaves empty counts as the same.
    """
    found = database.read(lambda connection: connection.execute(_COUNT).fetchall())
    size = sum(
        file.stat().st_size
        for file in (database.path, Path(f"{database.path}-wal"))
        if file.exists()
    )
    with readable():
        shares = tuple(_share(row, today.get(row["pair"], Maker())) for row in found)
    return Stats(file=str(database.path), bytes=size, shares=shares)


def _share(row: sqlite3.Row, today: Maker) -> Share:
    made = Maker(row["engine"], row["glossary"], row["rules"])
    return Share(
        direction=row["pair"].replace("-", "→"),
        who=row["who"],
        **made._asdict(),
        entries=row["entries"],
        used=row["used"],
        changed=row["changed"],
        state=_state(row["who"], made, today),
    )


def _state(who: str, made: Maker, today: Maker) -> str:
    if who == "human":
        return "current"
    if made == Maker():
        return "shown"
    same = all(now in {"", then} for then, now in zip(made, today, strict=True))
    return "current" if same else "stale"
