"""Adding to glossary files that people edit by hand: all other lines stay, byte for byte.

A file is read, added to and written in one step.  Where somebody else has written it in between,
nothing is written and the error says what to do.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from harmonize.errors import UsageError
from harmonize.glossary import table
from harmonize.glossary.check import check_entries
from harmonize.glossary.load import parse_entries
from harmonize.glossary.model import COLUMNS, Entry
from harmonize.lock import in_turn

_NEW_FILE = f"{','.join(COLUMNS)}\n".encode()
NOTHING: Mapping[str, str] = MappingProxyType({})


class Sheet:
    """A glossary file as it was when it was read; a new one where there is no file yet.

    >>> folder = Path(tempfile.mkdtemp())
    >>> Sheet(folder / "my.csv").add([Entry(en="shop steward", es="delegado sindical")])
    [2]
    >>> (folder / "my.csv").read_text().splitlines()[1]
    'shop steward,delegado sindical,noun,,,,,,,,,'
    """

    def __init__(self, file: Path) -> None:
        # A link is followed, so that what it leads to is replaced and not the link.
        self.file = file.resolve()
        self.new = not file.exists()
        self.data = _NEW_FILE if self.new else table.read_bytes(self.file)
        self.text = table.decoded(self.data, self.file)
        self.table = table.parse(self.text)
        self.entries, problems = parse_entries(self.text, str(self.file))
        if problems:
            raise UsageError(str(problems[0]), "Mend that line first; nothing was written.")

    def add(self, entries: Sequence[Entry]) -> list[int]:
        """Put *entries* at the end, and give the lines on which they stand.

        Raises `UsageError` where one is there already, contradicts another, or the file changed.
        """
        self._refuse_what_is_wrong(entries)
        text = self._with_columns(entries)
        newline = "\r\n" if "\r\n" in text else "\n"
        if text and not text.endswith(("\n", "\r")):
            text += newline
        lines: list[int] = []
        for entry in entries:
            lines.append(len(table.lines(text)) + 1)
            text += self._row(entry, newline)
        self._write(text)
        return lines

    def change(self, line: int, entry: Entry | None) -> None:
        """Put *entry* in the place of the one that begins on *line*; None takes that one out.

        Cells under columns that no glossary has stay.  Raises `UsageError` like `add`.
        """
        row = next((each for each in self.table.rows if each.line == line), None)
        if row is None:
            raise UsageError(
                f"{self.file}:{line}: no entry begins there any more.", "Nothing was written."
            )
        self.entries = [each for each in self.entries if each.line != line]
        named = dict(zip(self.table.columns, row.cells, strict=False))
        others = {name: cell for name, cell in named.items() if name not in COLUMNS}
        if entry:
            self._refuse_what_is_wrong([entry])
        lines = table.lines(self._with_columns([entry] if entry else []))
        end = line
        while "".join(lines[line - 1 : end]).count('"') % 2:
            end += 1  # a cell with line ends in it
        newline = "\r\n" if lines[line - 1].endswith("\r\n") else "\n"
        lines[line - 1 : end] = [self._row(entry, newline, others)] if entry else []
        self._write("".join(lines))

    def missing(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those of *entries* of whose term and part of speech the file has none, each once."""
        first: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            first.setdefault(entry.key, entry)
        known = {entry.key for entry in self.entries}
        return [entry for key, entry in first.items() if key not in known]

    def _refuse_what_is_wrong(self, entries: Sequence[Entry]) -> None:
        # Lines that no file has tell the new entries from those that are there.
        placed = {
            -number: entry.model_copy(update={"file": str(self.file), "line": -number})
            for number, entry in enumerate(entries, 1)
        }
        for each in check_entries([*self.entries, *placed.values()]):
            if each.level == "error" and each.line in placed:
                entry = entries[-each.line - 1]
                where = f" ({entry.place})" if entry.file else ""
                raise UsageError(
                    f'"{entry.en}"{where} is not added: {each.message}', "Nothing was written."
                )

    def _with_columns(self, entries: Sequence[Entry]) -> str:
        """The text, with the columns that *entries* need put to the end of the first line."""
        needed = {column for entry in entries for column in _shown(entry)}
        more = [c for c in COLUMNS if c in needed and c not in self.table.columns]
        if not more:
            return self.text
        lines = table.lines(self.text)
        header = lines[self.table.header_line - 1]
        bare = header.rstrip("\r\n")
        ending = header[len(bare) :]
        lines[self.table.header_line - 1] = self.table.delimiter.join([bare, *more]) + ending
        self.table = self.table._replace(columns=(*self.table.columns, *more))
        return "".join(lines)

    def _row(self, entry: Entry, newline: str, further: Mapping[str, str] = NOTHING) -> str:
        shown = {**further, **_shown(entry)}
        row = io.StringIO()
        writer = csv.writer(row, delimiter=self.table.delimiter, lineterminator=newline)
        writer.writerow([_on_one_line(shown.get(column, "")) for column in self.table.columns])
        written = row.getvalue()
        # A first cell with the mark of a comment would be read as one.
        first, rest = written[:1], written[1:]
        if first != table.COMMENT:
            return written
        cell, delimiter, others = rest.partition(self.table.delimiter)
        return f'"{first}{cell}"{delimiter}{others}'

    def _write(self, text: str) -> None:
        mark = b"\xef\xbb\xbf" if self.data.startswith(b"\xef\xbb\xbf") else b""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with in_turn(self.file.parent):
                self._refuse_if_changed()
                replace(self.file, mark + text.encode())
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(
                f"{self.file} cannot be written: {reason}.", "Give another file with --file."
            ) from error

    def _refuse_if_changed(self) -> None:
        now = self.file.read_bytes() if self.file.exists() else _NEW_FILE
        if now != self.data:
            raise UsageError(
                f"{self.file} was changed by somebody else in the meantime; nothing was written.",
                "Run the same command again: it then adds to the file as it is now.",
            )


def entry_of(**cells: str) -> Entry:
    """The entry that a row with these *cells* gives; `UsageError` for what cannot be a row.

    >>> entry_of(en="wage", es="salario", avoid_es="paga|sueldito").avoid_es
    ('paga', 'sueldito')
    """
    sheet = io.StringIO()
    csv.writer(sheet).writerows([cells.keys(), map(_on_one_line, cells.values())])
    entries, problems = parse_entries(sheet.getvalue())
    for each in problems:
        raise UsageError(f"Not added: {each.message}", "Nothing was written.")
    return entries[0].model_copy(update={"line": 0})


def _shown(entry: Entry) -> dict[str, str]:
    """The cells to write: what says only what is taken for granted is left out."""
    cells = entry.cells()
    if cells["status"] == "preferred":
        del cells["status"]
    return cells


def _on_one_line(cell: str) -> str:
    return " ".join(cell.split())


def replace(file: Path, data: bytes) -> None:
    """Write *file* in one step: whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
        Path(temporary).chmod(mode)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
