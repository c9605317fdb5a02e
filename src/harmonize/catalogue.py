"""What is known of the postings in a folder without opening them: one line of JSON for each.

A line holds as long as ``posting.json`` has the bytes of which it was made; so it may be lost, old
or damaged: then the posting itself is read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from harmonize.records import Posting, Record
from harmonize.render.listed import Listed, listed

FILE = ".catalogue.jsonl"
_START = b'{"id":'


class Line(Record):
    """What a run needs to know of a posting.

    ``record`` is the SHA-256 of ``posting.json``, ``sha256`` that of the source.  ``people`` is the
    state of what people confirmed under which the posting was found to be current (see
    `TranslationMemory.people`); empty where nobody looked.
    """

    id: str
    record: str
    sha256: str
    signature: str
    people: str = ""
    segments: int
    listed: Listed


def line_of(posting: Posting, record: bytes, people: str = "") -> Line:
    """The line of a posting whose ``posting.json`` is *record*."""
    return Line(
        id=posting.id,
        record=digest(record),
        sha256=posting.source.sha256,
        signature=posting.signature,
        people=people,
        segments=len(posting.segments),
        listed=listed(posting),
    )


def digest(record: bytes) -> str:
    """The SHA-256 of a ``posting.json``."""
    return hashlib.sha256(record).hexdigest()


class Catalogue:
    """The lines of a folder, and those that a run adds.  They are on disk, not in memory.

    >>> from tempfile import mkdtemp
    >>> from harmonize.records import Bilingual
    >>> shown = Listed(id="a", path="a.txt", title=Bilingual(en="Officer", es="Oficial"),
    ...     languages={}, repairs=0, flags={})
    >>> line = Line(id="a", record="1", sha256="2", signature="3", segments=4, listed=shown)
    >>> catalogue = Catalogue(Path(mkdtemp()) / FILE)
    >>> catalogue.add(line)
    >>> catalogue.get("a") == line, catalogue.get("b")
    (True, None)
    >>> catalogue.close()
    """

    def __init__(self, file: Path) -> None:
        self.added = False
        self.doubted = False
        """Whether people's state at the time of the lines is in doubt: they come without one."""
        self._places: dict[str, int] = {}
        self._lines: IO[bytes] = TemporaryFile(dir=file.parent)  # noqa: SIM115 - ends with us
        try:
            with file.open("rb") as before:
                shutil.copyfileobj(before, self._lines)
        except OSError:
            return  # without it everything is read once
        self._lines.seek(0)
        place = 0
        for line in self._lines:
            id_ = _id_of(line)
            if id_ is not None:
                self._places[id_] = place
            place += len(line)

    def get(self, id_: str) -> Line | None:
        """The line of the posting *id_*; whether it still holds is for the caller to see."""
        place = self._places.get(id_)
        if place is None:
            return None
        self._lines.seek(place)
        try:
            line = Line.model_validate_json(self._lines.readline())
        except ValueError:
            return None
        return line.model_copy(update={"people": ""}) if self.doubted else line

    def add(self, line: Line) -> None:
        """Put *line* in the place of the posting's earlier one."""
        self.added = True
        self._places[line.id] = self._lines.seek(0, 2)
        self._lines.write(line.model_dump_json().encode() + b"\n")

    def close(self) -> None:
        """Give back the lines."""
        self._lines.close()


def _id_of(line: bytes) -> str | None:
    """The ID at the start of a whole line."""
    if not line.startswith(_START) or not line.endswith(b"\n"):
        return None
    try:
        id_, _ = json.JSONDecoder().raw_decode(line[:500].decode(errors="ignore"), len(_START))
    except ValueError:
        return None
    return id_ if isinstance(id_, str) else None
