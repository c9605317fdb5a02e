"""The log of decisions: who decided what about which row, when, and what stood there before.

One file of SQLite beside the postings.  Every change of a row gives it a new version; a change that
was made to an earlier version is refused, so nobody's words are overwritten unseen.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from harmonize.errors import UsageError
from harmonize.records import Flag, Record, Segment, Side

FILE = ".review.sqlite"
PATIENCE = 10.0
"""Seconds that a decision waits for another reviewer's."""

BURST = 900
"""Seconds within which further typing in a row belongs to the same edit."""

Action = Literal["edit", "accept", "reject", "copy", "undo", "glossary"]
Status = Literal["open", "edited", "accepted"]

_TABLES = """
CREATE TABLE IF NOT EXISTS decision (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    tab TEXT NOT NULL,
    posting TEXT NOT NULL,
    segment TEXT NOT NULL,
    source TEXT NOT NULL,
    version INTEGER NOT NULL,
    action TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    lesson INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0,
    written INTEGER NOT NULL DEFAULT 0,
    UNIQUE (posting, segment, source, version)
);
"""
_COLUMNS = (
    *("number", "at", "who", "tab", "posting", "segment", "source", "version", "action"),
    *("before", "after", "lesson", "undone", "written"),
)
_NUMBERS = frozenset(("number", "version", "lesson", "undone", "written"))
_STRANGE = "SELECT 1 FROM decision WHERE " + " OR ".join(  # noqa: S608 - the names are ours
    f"typeof({name}) <> '{'integer' if name in _NUMBERS else 'text'}'" for name in _COLUMNS
)
_LAST = """version = (
    SELECT max(version) FROM decision
    WHERE posting = d.posting AND segment = d.segment AND source = d.source
)"""
# The names in these are ours; what people give goes in as values.
_INSERT = f"INSERT INTO decision VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"  # noqa: S608
_CURRENT = f"SELECT * FROM decision AS d WHERE posting = ? AND {_LAST}"  # noqa: S608
_UNWRITTEN = f"SELECT DISTINCT posting FROM decision AS d WHERE written = 0 AND {_LAST}"  # noqa: S608
_HISTORY = (
    "SELECT * FROM decision WHERE posting = ? AND segment = ? AND source = ? ORDER BY version"
)
_MARK = "SELECT ifnull(max(number), 0), ifnull(sum(version), 0) FROM decision WHERE posting = ?"


class State(Record):
    """Both sides of a row, how far its review has come, and what the engine said of its words."""

    en: Side
    es: Side
    status: Status = "open"
    told: tuple[Flag, ...] = ()


class Decision(Record):
    """One entry of the log.  ``source`` stands for what the author wrote in the row.

    ``lesson`` is the entry of the translation memory that it made, 0 for none; ``written`` says
    whether the posting's files have it.
    """

    number: int = 0
    at: str = ""
    who: str
    tab: str = ""
    posting: str
    segment: str
    source: str
    version: int = 0
    action: Action
    before: State
    after: State
    lesson: int = 0
    undone: bool = False
    written: bool = False


class Row(NamedTuple):
    """Names a row for good: its posting, its segment, and what the author wrote there."""

    posting: str
    segment: str
    source: str


class Stale(Exception):
    """The row was changed after the version that a change was made to; ``now`` did that."""

    def __init__(self, now: Decision) -> None:
        super().__init__(f"{now.posting} {now.segment} is at version {now.version}")
        self.now = now


def row_of(posting: str, segment: Segment) -> Row:
    """The name of a row."""
    digest = hashlib.sha256(segment.source.text.encode(errors="surrogatepass")).hexdigest()
    return Row(posting, segment.id, digest[:16])


class Decisions:
    """The log in *file*; may be used from several threads, and by several processes at once."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.RLock()
        if file.is_symlink():
            raise self._unusable("it is a link to somewhere else")
        with self._telling():
            self._db = sqlite3.connect(
                file, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def current(self, posting: str) -> dict[Row, Decision]:
        """The last decision about each row of *posting*."""
        found = self._decisions(_CURRENT, posting)
        return {Row(each.posting, each.segment, each.source): each for each in found}

    def history(self, row: Row) -> list[Decision]:
        """All decisions about *row*, the first one first."""
        return self._decisions(_HISTORY, *row)

    def edits(self) -> Iterator[tuple[State, State]]:
        """For each row that was decided on: how it stood at first, and how it stands now."""
        for history in self._histories():
            yield history[0].before, history[-1].after

    def marks(self) -> dict[str, tuple[int, int]]:
        """For each posting two numbers that change with every change of its decisions."""
        query = "SELECT posting, max(number), sum(version) FROM decision GROUP BY posting"
        return {each[0]: (each[1], each[2]) for each in self._rows(query)}

    def mark(self, posting: str) -> tuple[int, int]:
        """`marks` of one posting."""
        found = self._rows(_MARK, posting)[0]
        return found[0], found[1]

    def holding(self, matches: Callable[[str], bool]) -> list[Decision]:
        """The decisions with a text, a posting or a person's name that *matches*."""
        return [
            made
            for history in self._histories()
            for made in history
            if any(map(matches, (made.who, *_words(made))))
        ]

    def forget(self, matches: Callable[[str], bool]) -> None:
        """Remove what *matches* so that it is nowhere in the file.

        Of a row that no longer has it, the last decision stays, with nothing to go back to; of a
        decision that only a person's name speaks of, all but the name.
        """
        with self._telling():
            self._db.execute("PRAGMA secure_delete = ON")
            with self._alone():
                for history in self._histories():
                    self._scrub(history, matches)
            self._db.execute("VACUUM")

    def _histories(self) -> Iterable[list[Decision]]:
        """All decisions, those about one row together, the first one first."""
        rows: dict[Row, list[Decision]] = {}
        for made in self._decisions("SELECT * FROM decision ORDER BY number"):
            rows.setdefault(Row(made.posting, made.segment, made.source), []).append(made)
        return rows.values()

    def _scrub(self, history: Sequence[Decision], matches: Callable[[str], bool]) -> None:
        """Take out of what was decided about one row whatever *matches*."""
        last = history[-1]
        drop = [each.number for each in history]
        if not any(matches(text) for made in history for text in _words(made)):
            drop = []
        elif not any(map(matches, (last.posting, *_said(last.after)))):
            drop.remove(last.number)
            self._db.execute("UPDATE decision SET before = after WHERE number = ?", (last.number,))
        self._db.executemany(
            "DELETE FROM decision WHERE number = ?", [(number,) for number in drop]
        )
        named = [(each.number,) for each in history if matches(each.who)]
        self._db.executemany("UPDATE decision SET who = '' WHERE number = ?", named)

    def add(self, new: Decision, seen: int) -> Decision:
        """Log *new*, made to version *seen* of its row; raises `Stale` where there is a later one.

        Typing goes on in the same entry: see `BURST`.
        """
        row = Row(new.posting, new.segment, new.source)
        with self._alone():
            history = self.history(row)
            last = history[-1] if history else None
            if last and last.version != seen:
                raise Stale(last)
            made = new.model_copy(update={"version": seen + 1, "at": _now()})
            if last and _goes_on(last, made):
                made = made.model_copy(update={"before": last.before, "number": last.number})
                self._db.execute("DELETE FROM decision WHERE number = ?", (last.number,))
            return self._insert(made)

    def undo(self, row: Row, seen: int, who: str) -> tuple[Decision, Decision] | None:
        """Take back the last decision about *row* that still holds: it, and the entry for that.

        None where there is nothing to take back; raises `Stale` like `add`.
        """
        with self._alone():
            history = self.history(row)
            if history and history[-1].version != seen:
                raise Stale(history[-1])
            done = next((e for e in reversed(history) if e.action != "undo" and not e.undone), None)
            if done is None:
                return None
            self._db.execute("UPDATE decision SET undone = 1 WHERE number = ?", (done.number,))
            back = Decision(
                **row._asdict(), who=who, version=seen + 1, at=_now(), action="undo",
                before=done.after, after=done.before,
            )  # fmt: skip
            return done, self._insert(back)

    def last_of(self, posting: str, who: str) -> Decision | None:
        """The last decision of *who* in *posting* that holds and that nobody decided after."""
        query = "SELECT * FROM decision WHERE posting = ? ORDER BY number"
        mine = [
            each
            for each in self._decisions(query, posting)
            if each.who == who and each.action != "undo" and not each.undone
        ]
        for each in reversed(mine):
            history = self.history(Row(each.posting, each.segment, each.source))
            holding = [e for e in history if e.action != "undo" and not e.undone]
            if holding[-1].number == each.number:
                return each.model_copy(update={"version": history[-1].version})
        return None

    def taught(self, number: int, lesson: int) -> None:
        """Note that decision *number* made the entry *lesson* of the translation memory."""
        with self._alone():
            self._db.execute("UPDATE decision SET lesson = ? WHERE number = ?", (lesson, number))

    def wrote(self, decisions: dict[Row, Decision]) -> None:
        """Note that the files have *decisions*, as far as these are still the same version."""
        with self._alone():
            self._db.executemany(
                "UPDATE decision SET written = 1 WHERE number = ? AND version <= ?",
                [(each.number, each.version) for each in decisions.values()],
            )

    def unwritten(self) -> list[str]:
        """The postings whose files do not have all decisions."""
        return [each[0] for each in self._rows(_UNWRITTEN)]

    def _rows(self, query: str, *values: str) -> list[sqlite3.Row]:
        with self._lock, self._telling():
            return self._db.execute(query, values).fetchall()

    def _prepare(self) -> None:
        """Make the table where there is none; raises where the file is damaged or not ours."""
        self._db.row_factory = sqlite3.Row
        wrong = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if wrong != "ok":
            raise sqlite3.DatabaseError(wrong)
        if not self._db.execute("SELECT name FROM sqlite_master").fetchall():
            self._db.execute(_TABLES)
        found = tuple(each["name"] for each in self._db.execute("PRAGMA table_info(decision)"))
        if found != _COLUMNS:
            raise sqlite3.DatabaseError("it is of another program or another version")
        if self._db.execute(_STRANGE).fetchone():
            raise sqlite3.DatabaseError("an entry in it cannot be read")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What SQLite complains about, or an entry that nobody can have made, as `UsageError`."""
        try:
            yield
        except sqlite3.Error as error:
            # SQLite quotes what it cannot decode: the words of a posting.
            raise self._unusable(str(error).partition(" with text")[0]) from error
        except (ValidationError, UnicodeError) as error:
            raise self._unusable("an entry in it cannot be read") from error

    def _unusable(self, reason: str) -> UsageError:
        return UsageError(
            f"{self.file}, where decisions are kept, cannot be used: {reason}.",
            "Check that the folder can be written, or move that file away: "
            "the postings keep what was written into them.",
        )

    def _decisions(self, query: str, *values: str) -> list[Decision]:
        with self._telling():
            return [*map(_decision, self._rows(query, *values))]

    def _insert(self, made: Decision) -> Decision:
        values = made.model_dump() | {
            "before": made.before.model_dump_json(),
            "after": made.after.model_dump_json(),
            "number": made.number or None,
            "written": False,
        }
        done = self._db.execute(_INSERT, values)
        return made.model_copy(update={"number": done.lastrowid})

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time, whichever process it is in; all or nothing."""
        with self._lock, self._telling():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("ROLLBACK")
                raise


def _decision(row: sqlite3.Row) -> Decision:
    states = {name: State.model_validate_json(row[name]) for name in ("before", "after")}
    return Decision(**(dict(row) | states))


def _words(made: Decision) -> tuple[str, ...]:
    """All that a decision says, but for who made it."""
    return (made.posting, *_said(made.before), *_said(made.after))


def _said(state: State) -> tuple[str, ...]:
    told = [text for each in state.told for text in (each.message, each.message_es)]
    return (state.en.text, state.es.text, *told)


def _goes_on(last: Decision, made: Decision) -> bool:
    """Whether *made* is more typing in the edit that *last* logged."""
    same = (last.who, last.tab, last.action, last.undone) == (made.who, made.tab, "edit", False)
    if not same or made.action != "edit":
        return False
    spent = datetime.fromisoformat(made.at) - datetime.fromisoformat(last.at)
    return spent.total_seconds() < BURST


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
