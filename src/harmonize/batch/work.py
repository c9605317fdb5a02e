"""What a worker does with a shard: read, harmonize, write, say so."""

from __future__ import annotations

import hashlib
import platform
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from harmonize.batch.model import Item, Receipt, Refused, Settings, Shard
from harmonize.batch.page import is_page, main_text
from harmonize.batch.plan import SOURCES
from harmonize.batch.rows import JsonlWriter, Writer, flat
from harmonize.batch.shelf import Shelf
from harmonize.errors import HarmonizeError, RejectedInput
from harmonize.pipeline import Draft, Harmonizer
from harmonize.read import check_size, grouped
from harmonize.records import Posting, RawPosting

GROUP = 32
"""Records that are translated together: enough for full batches, few enough for little memory."""

TRIES = 3
"""How often a shard is begun in one run; its worker may die of something else than its records."""


class Worker:
    """Does shards one after another; its engine is loaded with the first and stays."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._shelf = Shelf(Path(settings.folder), settings.form)
        self._harmonizer: Harmonizer | None = None

    def do(self, shard: Shard) -> Receipt:
        """Finish a shard, if it is not; no error leaves: the receipt says what stood in the way."""
        done = self._shelf.receipt(shard, self._settings)
        if done:  # by a worker that died before it could say so
            return done
        if self._shelf.tried(shard.key) > TRIES:
            reason = f"Its worker died {TRIES} times, perhaps of one record; try --shard-size 1."
            return Receipt(key=shard.key, count=shard.count, failed=reason)
        begin = time.perf_counter()
        try:
            counts = self._write(shard)
        except (HarmonizeError, OSError) as error:
            return Receipt(key=shard.key, count=shard.count, failed=str(error))
        except Exception as error:  # noqa: BLE001 - one shard must not stop the others
            reason = f"harmonize failed on it ({type(error).__name__}: {error}). Please report it."
            return Receipt(key=shard.key, count=shard.count, failed=reason)
        receipt = Receipt(
            key=shard.key,
            count=shard.count,
            written=counts["written"],
            rejected=counts["rejected"],
            segments=counts["segments"],
            errors=counts["errors"],
            seconds=round(time.perf_counter() - begin, 3),
        )
        self._shelf.mark(shard, self._settings, receipt)
        return receipt

    def close(self) -> None:
        """Give back the engine."""
        if self._harmonizer:
            self._harmonizer.close()

    def _write(self, shard: Shard) -> Counter[str]:
        harmonizer = self._loaded()
        records = SOURCES[shard.kind].read(shard, self._settings)
        with self._shelf.writing(shard, self._settings) as (rows, rejects):
            account = _Account(shard, rows, rejects)
            for group in grouped(records, _size, GROUP):
                account.take(group, harmonizer)
            if account.counts["written"] + account.counts["rejected"] != shard.count:
                raise RejectedInput("The file has changed since the run began.", "Run it again.")
        return account.counts

    def _loaded(self) -> Harmonizer:
        """The engine; `HarmonizeError` where this machine's results would not be the same."""
        if self._harmonizer is None:
            self._harmonizer = harmonizer_of(self._settings)
        found, wanted = self._harmonizer.signature, self._settings.signature
        if found != wanted:
            raise HarmonizeError(
                f"{platform.node()} has another engine, glossary or version: {found}, "
                f"not {wanted}.",
                "Install the same everywhere.",
            )
        return self._harmonizer


class _Account:
    """Takes what became of each record to where it belongs, and counts."""

    def __init__(self, shard: Shard, rows: Writer, rejects: JsonlWriter) -> None:
        self._shard = shard
        self._rows = rows
        self._rejects = rejects
        self.counts: Counter[str] = Counter()

    def take(self, group: Sequence[Item | Refused], harmonizer: Harmonizer) -> None:
        """Harmonize a group of records and write each of them to one file or the other."""
        items = [each for each in group if isinstance(each, Item)]
        finished = harmonized(items, self._shard.name, harmonizer)
        for each in group:
            if isinstance(each, Refused):
                self._refuse(each)
            else:
                self._write(*next(finished))

    def _write(self, item: Item, done: Posting | str) -> None:
        if isinstance(done, str):
            self._refuse(self._refused(item, done))
            return
        try:
            self._rows.add(flat(done, item))
        except ValueError as error:
            self._refuse(self._refused(item, f"It cannot be written: {error}"))
            return
        self.counts["written"] += 1
        self.counts["segments"] += len(done.segments)
        self.counts["errors"] += sum(
            flag.severity == "error" for segment in done.segments for flag in segment.flags
        )

    def _refused(self, item: Item, reason: str) -> Refused:
        return Refused(source=f"{self._shard.name}#{item.number}", id=item.id, reason=reason)

    def _refuse(self, refused: Refused) -> None:
        self._rejects.add(refused.model_dump())
        self.counts["rejected"] += 1


class _Try(NamedTuple):
    """A record on its way: its draft, or why there is none."""

    item: Item
    draft: Draft | None
    reason: str = ""


def harmonizer_of(settings: Settings) -> Harmonizer:
    """The engine and glossary that the settings name."""
    return Harmonizer(
        settings.engine, glossary=settings.glossary, sector_memory=settings.sector_memory
    )


def harmonized(
    items: Sequence[Item], name: str, harmonizer: Harmonizer
) -> Iterator[tuple[Item, Posting | str]]:
    """Each record with its posting, or with the reason why there is none."""
    tries = [_drafted(item, name, harmonizer) for item in items]
    drafts = [each.draft for each in tries if each.draft]
    finished = iter(_finished(drafts, harmonizer))
    for each in tries:
        yield each.item, next(finished) if each.draft else each.reason


def _drafted(item: Item, name: str, harmonizer: Harmonizer) -> _Try:
    try:
        return _Try(item, harmonizer.draft(_raw(item, name)))
    except HarmonizeError as error:
        return _Try(item, None, str(error))
    except Exception as error:  # noqa: BLE001 - one record must not stop the others
        return _Try(item, None, _fault(error))


def _finished(drafts: Sequence[Draft], harmonizer: Harmonizer) -> list[Posting | str]:
    """All at once; where that fails each by itself, so that one harms no other."""
    try:
        return [*harmonizer.finish(drafts)]
    except HarmonizeError:
        raise  # the engine: none of them can be done
    except Exception as error:  # noqa: BLE001 - one record must not stop the others
        if len(drafts) == 1:
            return [_fault(error)]
        return [done for draft in drafts for done in _finished([draft], harmonizer)]


def _size(record: Item | Refused) -> int:
    return len(record.text) if isinstance(record, Item) else 0


def _raw(item: Item, name: str) -> RawPosting:
    text = main_text(item.text) if is_page(item.text) else item.text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    check_size(text)
    data = text.encode()
    if not text.strip():
        raise RejectedInput("The text is empty.")
    return RawPosting(
        id=item.id,
        path=f"{name}#{item.number}",
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        encoding="utf-8",
        text=text,
    )


def _fault(error: Exception) -> str:
    return f"harmonize failed on it ({type(error).__name__}: {error}). Please report it."
