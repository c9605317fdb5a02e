"""Glossary files as text: lines, comments, cells.  Nothing here knows what a cell means."""

from __future__ import annotations

import csv
import io
import os
import re
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from harmonize.errors import UsageError
from harmonize.glossary.model import COLUMNS

COMMENT = "#"
NOT_UTF8 = "the file is not UTF-8; in the spreadsheet choose Save as, CSV UTF-8."
MAX_BYTES = 10_000_000
"""Largest file: some hundred times a large glossary."""
CALM = 0.2
"""Seconds without a change after which a file is no longer being written: programs that save a file
write it in one go.  For one that is empty, which no glossary is, it is ten times as long."""
PATIENCE = 5.0
"""Seconds that are waited for a file to be saved."""
SHOWN = 40
"""So many characters of a text are quoted in an error."""
_DELIMITERS = (",", ";", "\t")
_SEPARATOR = re.compile(r"\"?sep=([,;\t])\"?", re.IGNORECASE)


class Row(NamedTuple):
    """The cells of one row, and the line that it begins on (the first line is 1)."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A file taken apart.  ``columns`` are in small letters; comments and empty lines are left out.

    ``unclosed`` is the line on which a quotation begins that never ends; 0 where there is none.

    >>> table = parse("# Terms\\nen,es\\nCV,CV\\n")
    >>> table.columns, table.rows
    (('en', 'es'), (Row(line=3, cells=('CV', 'CV')),))
    """

    header_line: int
    delimiter: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unclosed: int = 0


def read(file: Path) -> str:
    """The text of *file* with its line ends as they are; `UsageError` where it is not UTF-8."""
    return decoded(read_bytes(file), file)


def decoded(data: bytes, file: str | Path) -> str:
    """The text of what was in *file*; `UsageError` where it is not UTF-8."""
    if line := not_utf8(data):
        raise UsageError(f"{file}:{line}: {NOT_UTF8}", "Then run the same again.")
    return data.decode("utf-8-sig")


def read_bytes(file: Path) -> bytes:
    """What is in *file* at one moment, also while somebody saves it.

    Raises `UsageError` where it cannot be read, changes all the time, or nobody can have written
    it.
    """
    try:
        if not file.is_file():
            raise UsageError(f"{file} is not a file.", "Check its name.")
        with file.open("rb", buffering=0) as opened:
            return _at_one_moment(opened, file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{file} cannot be read: {reason}.", "Check its name.") from error


def _at_one_moment(opened: FileIO, file: Path) -> bytes:
    """The whole content, read again as long as it changes.

    Editors empty a file and then write it, or put a new one in its place.  What did not change
    while it was read, and has not just been changed, is taken for whole; so is a file in whose
    place there is another one by now.
    """
    end = time.monotonic() + PATIENCE
    while True:
        before = os.fstat(opened.fileno())
        if before.st_size > MAX_BYTES:
            raise UsageError(
                f"{file} has more than {MAX_BYTES:,} bytes.", "Cut it into several files."
            )
        opened.seek(0)
        data = opened.read()
        after = os.fstat(opened.fileno())
        same = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, len(data))
        if same and (_is_calm(after) or not _is_at(file, after)):
            return data
        if time.monotonic() > end:
            raise UsageError(
                f"{file} is being written all the time.",
                "Save it and wait a moment, then run the same command again.",
            )
        time.sleep(CALM / 5)


def _is_calm(found: os.stat_result) -> bool:
    """Whether a file has not been changed just now; what was changed tomorrow was not."""
    return not 0 <= time.time() - found.st_mtime < (CALM if found.st_size else 10 * CALM)


def _is_at(file: Path, found: os.stat_result) -> bool:
    """Whether *file* is still the one that was opened."""
    try:
        return file.stat().st_ino == found.st_ino
    except OSError:
        return False


def not_utf8(data: bytes) -> int:
    """The first line that is not UTF-8; 0 where all are.

    >>> not_utf8("año".encode()), not_utf8("año".encode("latin-1"))
    (0, 1)
    """
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data[: error.start].count(b"\n") + 1
    return 0


def parse(text: str) -> Table:
    """Take *text* apart.  Which of comma, semicolon and tab parts the cells, the header says.

    Spreadsheets set to a country that writes 1,5 put semicolons into their CSV files, and some
    say so in a line of its own before the header.

    >>> parse("sep=;\\nen;es\\nCV;CV\\n").columns
    ('en', 'es')
    """
    records = list(_records(text))
    told = _SEPARATOR.fullmatch(records[0][1]) if records else None
    records = records[1:] if told else records
    if not records:
        return Table(1, ",", (), ())
    line, header = records[0]
    delimiter = told[1] if told else max(_DELIMITERS, key=header.count)
    columns = tuple(cell.strip().casefold() for cell in cells(header, delimiter))
    rows = tuple(Row(number, cells(record, delimiter)) for number, record in records[1:])
    last_line, last = records[-1]
    unclosed = last_line if last.count('"') % 2 else 0
    return Table(line, delimiter, columns, tuple(row for row in rows if any(row.cells)), unclosed)


def cells(record: str, delimiter: str) -> tuple[str, ...]:
    """The cells of one record, without the space around them.

    >>> cells('CV, "CV, currículum"', ",")
    ('CV', 'CV, currículum')
    """
    rows = csv.reader(lines(record), delimiter=delimiter, skipinitialspace=True)
    try:
        return tuple(cell.strip() for row in rows for cell in row)
    except csv.Error as error:
        raise UsageError(
            f"A cell cannot be read ({error}): {record[:SHOWN]} …", "Make the cell shorter."
        ) from error


def lines(text: str) -> list[str]:
    """The lines of *text* with their ends; only what editors take for a line end ends one.

    >>> lines("a\\r\\nb\u2028c")
    ['a\\r\\n', 'b\\u2028c']
    """
    return list(io.StringIO(text, newline=""))


def known_columns(table: Table) -> tuple[str, ...]:
    """The table's columns that a glossary has, in the table's order."""
    return tuple(column for column in table.columns if column in COLUMNS)


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Each record with the line that it begins on: one line, or more where a cell has line ends."""
    pending: list[str] = []
    begun, quoted = 0, False
    for number, line in enumerate(lines(text), 1):
        if not pending and (not line.strip() or line.startswith(COMMENT)):
            continue
        begun = begun if pending else number
        pending.append(line)
        quoted ^= line.count('"') % 2 == 1
        if not quoted:
            yield begun, "".join(pending).rstrip("\r\n")
            pending = []
    if pending:
        yield begun, "".join(pending).rstrip("\r\n")
