"""The translation memory: what is asked of it, and what is put into it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from harmonize.errors import UsageError
from harmonize.glossary.model import Language
from harmonize.memory import damage, forget, fuzzy, rows
from harmonize.memory.adding import Fate, add
from harmonize.memory.database import PATIENCE, Database
from harmonize.memory.dress import dressed
from harmonize.memory.entries import Candidate, Entry, Maker
from harmonize.memory.keys import LONGEST, can_be_kept, folded, key_of, slot_of
from harmonize.memory.results import Results
from harmonize.memory.schema import NOBODY
from harmonize.memory.stats import Stats, stats
from harmonize.recall import GAP, Recalled, Text

NOBODY_YET = "nobody"
"""The state of people's translations where there are none, see `TranslationMemory.people`."""

LEAST = 0.75
"""How like a text an entry must be to be shown; never to be used."""


class TranslationMemory:
    """Every translation that people confirmed and engines made, in one file of SQLite.

    Made at once; the file is opened, or made, at the first question.  May be used from several
    threads and by several processes at once.  All methods raise `MemoryFailed` where the file is
    locked for too long, cannot be written, is another program's or a later version's.  A damaged
    file is set aside, a new one made, and the loss told in the log (on standard error).

    >>> from tempfile import TemporaryDirectory
    >>> folder = TemporaryDirectory()
    >>> memory = TranslationMemory(Path(folder.name) / "memory.sqlite")
    >>> entry = memory.confirm("Draft reports.", "Redactar informes.", "en", "es", reviewer="Ana")
    >>> memory.exact("• draft reports;", "en", "es").target
    'Redactar informes.'
    >>> [(each.entry.target, round(each.score, 2)) for each in
    ...  memory.fuzzy("Draft the reports", "en", "es")]
    [('Redactar informes.', 0.87)]
    >>> memory.recall([Text("• draft reports;")], "en", "es")[0].text
    '• redactar informes;'
    >>> memory.withdraw(entry.id)
    True
    >>> memory.exact("Draft reports.", "en", "es") is None
    True
    >>> memory.close(); folder.cleanup()
    """

    def __init__(self, path: str | os.PathLike[str], patience: float = PATIENCE) -> None:
        """*patience* is in seconds: how long to wait for another process that writes."""
        self.path = Path(path).expanduser()
        self.database = Database(self.path, patience)
        self._runs = fuzzy.Runs()

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        self.database.close()

    # Asking

    def exact(self, text: str | Text, source: Language, target: Language) -> Entry | None:
        """The entry whose source says the same: a person's, else an engine's; None without one.

        List marks, the final stop, capitals, quotes and dashes do not count.  Of several people's
        the one from the same surroundings (`harmonize.recall.text_at`), then the last confirmed.
        """
        return self.exact_many([text], source, target)[0]

    def exact_many(
        self, texts: Sequence[str | Text], source: Language, target: Language
    ) -> list[Entry | None]:
        """`exact` for each of *texts*, in order, in one question."""
        return self._closest([_text(each) for each in texts], source, target, human=False)

    def fuzzy(
        self,
        text: str,
        source: Language,
        target: Language,
        least: float = LEAST,
        limit: int = 5,
    ) -> list[Candidate]:
        """Entries whose source is like *text*, the likest first, people's before engines'.

        For a person to look at: nothing of it is ever used by itself.  *least* is the least score,
        between 0 and 1: twice the letters in common (in order) over all letters of both.
        """
        pair, words = rows.pair_of(source, target), folded(text)

        def find(connection: sqlite3.Connection) -> list[Candidate]:
            self._runs = fuzzy.sampled(connection, self._runs)
            return fuzzy.candidates(connection, self._runs, words, pair, least)

        return self.database.read(find)[:limit]

    def signature(self) -> str:
        """Nothing: postings name the entries that are in them, see `Harmonizer.is_current`."""
        return ""

    def recall(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> list[Recalled | None]:
        """For each text what a person confirmed, written as the text is; None without."""
        found = self.confirmed_many(texts, source, target)
        self._count([entry.id for entry in found if entry])
        return _all_recalled(found, texts)

    def confirmed_many(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> list[Entry | None]:
        """For each text the entry that a person confirmed; this does not count as a use."""
        return self._closest(texts, source, target, human=True)

    def glance(self) -> Glance:
        """The same memory, asked without counting that its entries are used."""
        return Glance(self)

    def has_human(self, source: Language, target: Language) -> bool:
        """Whether a person confirmed anything in this direction."""
        pair = rows.pair_of(source, target)
        return self.database.read(lambda connection: _has_human(connection, pair))

    def people(self) -> str:
        """The state of all that people confirmed: as long as it is this, they say the same."""
        digest = hashlib.sha256()
        count = 0
        for row in self.database.read(lambda connection: connection.execute(_PEOPLE).fetchall()):
            digest.update("\0".join(map(str, row)).encode() + b"\0")
            count += 1
        return digest.hexdigest()[:16] if count else NOBODY_YET

    def results(self, maker: Maker, fresh: bool = False) -> Results:
        """What the engine that *maker* describes made of texts; with *fresh* it is made again."""
        return Results(self.database, maker, fresh)

    def entries(self) -> Iterator[Entry]:
        """All entries that stand, in the order in which they came."""
        last = 0
        query = rows.SELECT.format("entry.id > ? AND stands = 1 ORDER BY entry.id LIMIT 1000")
        while True:
            after = last
            page = self.database.read(lambda db: db.execute(query, (after,)).fetchall())  # noqa: B023
            if not page:
                return
            yield from map(rows.entry_of, page)
            last = page[-1]["id"]

    # Telling

    def confirm(  # noqa: PLR0913 - a pair, its direction, and who says so
        self,
        text: str | Text,
        target_text: str,
        source: Language,
        target: Language,
        *,
        reviewer: str = "",
        origin: str = "",
    ) -> Entry:
        """Remember that a person wants *text* translated so; it is used from now on.

        A `Text` with its surroundings is confirmed for these; what was confirmed for the same
        before no longer stands, and `withdraw` brings it back.  Raises `UsageError` for a side
        that is empty, longer than 10,000 code points or has control characters.
        """
        text = _text(text)
        now = int(time.time())
        entry = Entry(
            source=text.words,
            target=target_text,
            source_language=source,
            target_language=target,
            kind=text.kind,
            duty=text.duty,
            section=text.context.section,
            before=text.context.before,
            after=text.context.after,
            reviewer=reviewer,
            origin=origin,
            created=now,
            changed=now,
        )
        if not (can_be_kept(entry.source) and can_be_kept(entry.target)):
            raise UsageError(
                "A side of this pair is empty, too long or has control characters.",
                f"Each needs 1 to {LONGEST} characters.",
            )
        return self.database.write(lambda connection: _confirm(connection, entry))

    def add(self, entries: Sequence[Entry]) -> Counter[Fate]:
        """Put many entries in, in one step, each merged with what is there; how many of each fate.

        Of two translations in one place the one that ``changed`` last stands.
        """
        return self.database.write(lambda connection: add(connection, entries))

    def matching(self, matches: Callable[[str], bool]) -> Iterator[Entry]:
        """Every entry, standing or not, of which anything *matches*.

        See `harmonize.memory.forget.matcher`.
        """
        return forget.matching(self.database, matches)

    def remove(self, entries: Sequence[Entry], matches: Callable[[str], bool]) -> None:
        """Remove from *entries* what *matches* so that it is nowhere in the file.

        Those with it in their words go; of the others only the reviewer's name, or the posting's.
        """
        forget.remove(self.database, entries, matches)

    def copies(self) -> list[Path]:
        """Files of this memory that were damaged and set aside, oldest first."""
        return damage.set_aside_before(self.path)

    def stats(self, today: Mapping[str, Maker] | None = None) -> Stats:
        """The entries counted by direction and maker; *today* says what would be made now."""
        return stats(self.database, today or {})

    def withdraw(self, number: int) -> bool:
        """Undo the confirmation of the entry with this ``id``; whether there was one.

        What stood in its place before stands again.
        """
        return self.database.write(lambda connection: _withdraw(connection, number))

    def _count(self, numbers: Sequence[int]) -> None:
        if numbers:
            now = int(time.time())
            query = "UPDATE entry SET used = used + 1, last_used = ? WHERE id = ?"
            values = [(now, number) for number in numbers]
            self.database.write(lambda connection: connection.executemany(query, values))

    def _closest(
        self, texts: Sequence[Text], source: Language, target: Language, *, human: bool
    ) -> list[Entry | None]:
        pair = rows.pair_of(source, target)
        return self.database.read(lambda connection: _by_key(connection, texts, pair, human))


_PEOPLE = (
    "SELECT pair, source, target, kind, duty, section, before, after, changed FROM entry "
    "WHERE who = 'human' AND stands = 1 ORDER BY id"
)


class Glance:
    """A translation memory for those who only look (`harmonize.recall.Memory`)."""

    def __init__(self, memory: TranslationMemory) -> None:
        self._memory = memory

    def signature(self) -> str:
        """As the memory's own."""
        return self._memory.signature()

    def recall(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> list[Recalled | None]:
        """As the memory's own."""
        return _all_recalled(self._memory.confirmed_many(texts, source, target), texts)


def _text(text: str | Text) -> Text:
    return text if isinstance(text, Text) else Text(text)


def _all_recalled(entries: Sequence[Entry | None], texts: Sequence[Text]) -> list[Recalled | None]:
    return [_recalled(entry, text.words) for entry, text in zip(entries, texts, strict=True)]


def _recalled(entry: Entry | None, words: str) -> Recalled | None:
    if entry is None:
        return None
    text = dressed(entry, words)
    return None if GAP in text else Recalled(text, "memory", entry.identity, confirmed=True)


def _by_key(
    connection: sqlite3.Connection, texts: Sequence[Text], pair: str, human: bool
) -> list[Entry | None]:
    if human and not _has_human(connection, pair):
        return [None] * len(texts)
    keys = [key_of(text.words, pair) for text in texts]
    condition = "key IN (…) AND stands = 1" + (" AND who = 'human'" if human else "")
    found: defaultdict[bytes, list[sqlite3.Row]] = defaultdict(list)
    for row in rows.where(connection, rows.SELECT.format(condition), list(filter(None, set(keys)))):
        found[row["key"]].append(row)
    return [
        rows.entry_of(max(found[key], key=lambda row: _closeness(row, text)))
        if key in found
        else None
        for key, text in zip(keys, texts, strict=True)
    ]


def _has_human(connection: sqlite3.Connection, pair: str) -> bool:
    query = "SELECT 1 FROM entry WHERE who = 'human' AND pair = ? LIMIT 1"
    return connection.execute(query, (pair,)).fetchone() is not None


def _closeness(row: sqlite3.Row, text: Text) -> tuple[bool, int, bool, bool, int, int]:
    """How well an entry fits, first things first: a person's, from the same surroundings."""
    around = text.context
    neighbours = sum(
        bool(here) and here == there
        for here, there in ((around.before, row["before"]), (around.after, row["after"]))
    )
    return (
        row["who"] == "human",
        2 * neighbours + (around.section != "" and around.section == row["section"]),
        (row["kind"], bool(row["duty"])) == (text.kind, text.duty),
        row["source"] == text.words,
        row["changed"],
        row["id"],
    )


def _confirm(connection: sqlite3.Connection, entry: Entry) -> Entry:
    pair = rows.pair_of(entry.source_language, entry.target_language)
    slot = slot_of(entry.text, pair, entry.who)
    connection.execute(
        "UPDATE entry SET stands = 0 WHERE slot = ? AND stands = 1 AND target <> ?",
        (slot, entry.target),
    )
    connection.execute(
        "UPDATE entry SET reviewer = ?, changed = ? WHERE slot = ? AND stands = 1",
        (entry.reviewer, entry.changed, slot),
    )
    query = rows.SELECT.format("slot = ? AND stands = 1")
    if not connection.execute(query, (slot,)).fetchone():
        connection.execute(rows.INSERT, rows.row_of(entry, NOBODY))
    return rows.entry_of(connection.execute(query, (slot,)).fetchone())


def _withdraw(connection: sqlite3.Connection, number: int) -> bool:
    row = connection.execute(
        "SELECT slot, stands FROM entry WHERE id = ? AND who = 'human'", (number,)
    ).fetchone()
    if row is None:
        return False
    connection.execute("DELETE FROM entry WHERE id = ?", (number,))
    if row["stands"]:
        connection.execute(
            "UPDATE entry SET stands = 1 WHERE id = "
            "(SELECT max(id) FROM entry WHERE slot = ? AND stands = 0)",
            (row["slot"],),
        )
    return True
