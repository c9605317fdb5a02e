"""Memories exchanged with other programs, as files of TMX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pydantic import Field

from harmonize.errors import UsageError
from harmonize.memory import tmx
from harmonize.memory.entries import Entry, Who
from harmonize.memory.store import TranslationMemory
from harmonize.records import Record

BATCH = 2000
"""Entries that are written in one step: other runs wait no longer than that takes."""

GIVEN_WAY = "another translation of the same text, changed later, is there already"


class Imported(Record):
    """What became of the units of a file; ``rejected`` counts the reasons of those left out."""

    added: int = 0
    merged: int = 0
    replaced: int = 0
    rejected: dict[str, int] = Field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """How many gave no entry."""
        return sum(self.rejected.values())


def import_tmx(
    memory: TranslationMemory, file: Path, who: Who | None = None, *, both_ways: bool = False
) -> Imported:
    """Put a TMX file's units into *memory*, as *who*'s, else as the file says, else as a person's.

    With *both_ways* each serves the other direction too.  Raises `UsageError` for a file that
    cannot be read or is no TMX; what stood before the place where it breaks off is in the memory.
    """
    fates: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    try:
        with file.open("rb") as data:
            entries = _good(tmx.read(data, str(file), who), rejected, both_ways)
            while batch := list(islice(entries, BATCH)):
                fates.update(memory.add(batch))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Check the name.") from error
    if fates["older"]:
        rejected[GIVEN_WAY] = fates["older"]
    return Imported(
        added=fates["added"],
        merged=fates["merged"],
        replaced=fates["replaced"],
        rejected=dict(rejected),
    )


def export_tmx(memory: TranslationMemory, file: BinaryIO, who: Who | None = None) -> int:
    """Write the entries that stand, of everybody or of *who*, as TMX; how many there were."""
    return tmx.write((each for each in memory.entries() if who in {None, each.who}), file)


def export_to(memory: TranslationMemory, file: Path, who: Who | None = None) -> int:
    """`export_tmx` into *file*, whole or not at all; raises `UsageError` where it cannot be."""
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with unfinished.open("xb") as data:  # new, so no link to somewhere else is written through
            count = export_tmx(memory, data, who)
        unfinished.replace(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.", "Name another.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _good(
    found: Iterator[Entry | tmx.Reject], rejected: Counter[str], both_ways: bool
) -> Iterator[Entry]:
    for each in found:
        if isinstance(each, tmx.Reject):
            rejected[each.reason] += 1
            continue
        yield each
        if both_ways:
            yield _turned(each)


def _turned(entry: Entry) -> Entry:
    return entry.model_copy(
        update={
            "source": entry.target,
            "target": entry.source,
            "source_language": entry.target_language,
            "target_language": entry.source_language,
        }
    )
