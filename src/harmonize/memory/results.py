"""What engines made of texts, kept so that no text is translated twice."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence

from harmonize.engines.base import Result
from harmonize.glossary.model import Language
from harmonize.memory import rows
from harmonize.memory.database import Database
from harmonize.memory.entries import Entry, Maker
from harmonize.memory.keys import can_be_kept, slot_of
from harmonize.recall import Text

_KNOWN = (
    "SELECT id, slot, target, terms, flags FROM entry "
    "WHERE slot IN (…) AND stands = 1 AND maker = ?"
)
_PASSING = frozenset(("engine-failed",))
"""Flags of results that another try may better."""


class Results:
    """One engine's results under one glossary and one set of rules (`harmonize.engines.Results`).

    What was made under others is not used, and replaced when the same text comes again.
    """

    def __init__(self, database: Database, maker: Maker, fresh: bool) -> None:
        self._database = database
        self._maker = maker
        self._fresh = fresh

    def known(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> dict[Text, Result]:
        """What the engine made of *texts*; nothing where all is to be made anew."""
        if self._fresh or not texts:
            return {}
        pair = rows.pair_of(source, target)
        slots = {slot_of(text, pair, "machine"): text for text in texts}
        found = self._database.read(lambda connection: self._find(connection, list(slots)))
        if found:
            now = int(time.time())
            used = [(now, row["id"]) for row in found]
            query = "UPDATE entry SET used = used + 1, last_used = ? WHERE id = ?"
            self._database.write(lambda connection: connection.executemany(query, used))
        return {slots[row["slot"]]: _result(row) for row in found}

    def keep(self, results: Mapping[Text, Result], source: Language, target: Language) -> None:
        """Keep *results*, except those of an engine that failed."""
        now = int(time.time())
        entries = {
            text: Entry(
                source=text.words,
                target=result.text,
                source_language=source,
                target_language=target,
                who="machine",
                kind=text.kind,
                duty=text.duty,
                terms=result.terms,
                flags=result.flags,
                created=now,
                changed=now,
            )
            for text, result in results.items()
            if _is_worth_keeping(text, result)
        }
        if entries:
            self._database.write(lambda connection: self._write(connection, entries))

    def _find(self, connection: sqlite3.Connection, slots: list[bytes]) -> list[sqlite3.Row]:
        query = "SELECT id FROM maker WHERE engine = ? AND glossary = ? AND rules = ?"
        maker = connection.execute(query, self._maker).fetchone()
        return list(rows.where(connection, _KNOWN, slots, maker["id"])) if maker else []

    def _write(self, connection: sqlite3.Connection, entries: Mapping[Text, Entry]) -> None:
        maker = rows.maker_id(connection, self._maker)
        values = [rows.row_of(entry, maker, text) for text, entry in entries.items()]
        connection.executemany(rows.UPSERT, values)


def _result(row: sqlite3.Row) -> Result:
    with rows.readable():
        return Result.model_validate(
            {
                "text": row["target"],
                "terms": json.loads(row["terms"] or "[]"),
                "flags": json.loads(row["flags"] or "[]"),
            }
        )


def _is_worth_keeping(text: Text, result: Result) -> bool:
    failed = any(flag.rule in _PASSING for flag in result.flags)
    return not failed and can_be_kept(text.words) and can_be_kept(result.text)
