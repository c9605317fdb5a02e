"""Keys made anew where another version of harmonize compares texts in another way."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import cache

from harmonize.memory.keys import folded, key_of

_STEP = 10_000
_PROBES = (
    *("• Draft reports; and", "(a) “Fair Deal” – team…", "3. THE UNION’S staff, part‑time?"),
    *("¿Él?  Año\u00a0nuevo:", "* **Pay:** from 9 a.m.", "etc.", "\u00ad-", "[Salario; o"),
)
"""Texts with everything in them that may count or not."""


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the keys are those that texts are looked up by today."""
    row = connection.execute("SELECT value FROM setting WHERE name = 'folding'").fetchone()
    return row is not None and row["value"] == fingerprint()


def renew(connection: sqlite3.Connection) -> None:
    """Make all keys anew; belongs into a transaction."""
    last = connection.execute("SELECT max(id) FROM entry").fetchone()[0] or 0
    for start in range(0, last, _STEP):
        query = "SELECT id, pair, source FROM entry WHERE id > ? AND id <= ?"
        entries = connection.execute(query, (start, start + _STEP)).fetchall()
        keys = [(key_of(each["source"], each["pair"]), each["id"]) for each in entries]
        connection.executemany("UPDATE entry SET key = ? WHERE id = ?", keys)
    connection.execute("INSERT OR REPLACE INTO setting VALUES ('folding', ?)", (fingerprint(),))


@cache
def fingerprint() -> str:
    """Changes with the way in which texts are compared."""
    text = "\0".join(map(folded, _PROBES))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
