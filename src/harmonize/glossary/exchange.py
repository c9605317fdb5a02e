"""Glossaries to and from the files of other programs.

======== ===================== ==========================================================
format   for                   what it holds
======== ===================== ==========================================================
deepl    DeepL glossaries      the pair: ``term,término,EN,ES``
omegat   OmegaT, glossary.txt  the pair and the note, with tabs
tsv      spreadsheets          every column, with tabs
tbx      TBX-Basic, version 2  all but forms of Spanish and a name's being kept
tbx3     TBX-Basic, version 3  the same
======== ===================== ==========================================================
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from harmonize.errors import UsageError
from harmonize.glossary import table
from harmonize.glossary.check import LANGUAGES, is_formula
from harmonize.glossary.load import parse_entries
from harmonize.glossary.model import COLUMNS, Entry

Format = Literal["deepl", "omegat", "tsv", "tbx", "tbx3"]

FORMATS: tuple[str, ...] = get_args(Format)
_BY_ENDING: dict[str, Format] = {
    **{".csv": "deepl", ".tsv": "tsv", ".txt": "omegat"},
    **{".tbx": "tbx", ".xml": "tbx", ".utf8": "omegat"},
}
_NAMES = {
    **{"en": "en", "english": "en", "inglés": "en", "ingles": "en"},
    **{"es": "es", "spanish": "es", "español": "es", "espanol": "es"},
}
_SIDES = {"source", "target"}
"""Column names that say nothing of the languages."""


def format_of(file: Path) -> Format:
    """The format that a file's ending stands for.

    >>> format_of(Path("glossary.txt")), format_of(Path("terms.tbx"))
    ('omegat', 'tbx')
    """
    found = _BY_ENDING.get(file.suffix.lower())
    if found is None:
        formats = ", ".join(FORMATS)
        raise UsageError(f"{file} has no ending that is known.", f"Give --format: {formats}.")
    return found


def named(name: str) -> Format:
    """The format called *name*; `UsageError` where there is none.

    >>> named("tbx3")
    'tbx3'
    """
    for known in get_args(Format):
        if name == known:
            found: Format = known
            return found
    raise UsageError(f"There is no format {name}.", f"Give one of {', '.join(FORMATS)}.")


def export(entries: Iterable[Entry], format_: Format) -> str:
    """*entries* in *format_*; drafts only where the format can say that they are.

    >>> export([Entry(en="wage", es="salario")], "deepl")
    'wage,salario,EN,ES\\n'
    """
    rows = list(entries)
    for entry in rows:
        for column, cell in entry.cells().items():
            if is_formula(cell):
                raise UsageError(
                    f"{entry.place}: {column} begins with {cell[0]!r}, which spreadsheets run.",
                    "Begin that cell with another character; nothing was exported.",
                )
    return _WRITERS[format_](rows)


def read(data: bytes, format_: Format, name: str = "") -> list[Entry]:
    """The entries of another program's file; `UsageError` names the line that is wrong.

    >>> [entry.es for entry in read(b"wage\\tsalario\\tpay\\n", "omegat")]
    ['salario']
    """
    if format_ in ("tbx", "tbx3"):
        from harmonize.glossary import tbx

        return tbx.read(data, name)
    return _READERS[format_](table.decoded(data, name), name)


def _write_deepl(entries: Sequence[Entry]) -> str:
    # DeepL refuses a glossary that has a source term twice, as noun and as verb.
    pairs: dict[str, str] = {}
    for entry in entries:
        if entry.applied:
            pairs.setdefault(_on_one_line(entry.en), entry.es)
    return _rows(([en, es, "EN", "ES"] for en, es in pairs.items()), ",")


def _write_omegat(entries: Sequence[Entry]) -> str:
    # OmegaT knows no quotation marks: a tab or line end within a cell becomes a space.
    rows = ([entry.en, entry.es, entry.note] for entry in entries if entry.applied)
    return "".join("\t".join(map(_on_one_line, row)).rstrip("\t") + "\n" for row in rows)


def _write_tsv(entries: Sequence[Entry]) -> str:
    shown = (entry.cells() for entry in entries)
    rows = ([cells.get(column, "") for column in COLUMNS] for cells in shown)
    return _rows([list(COLUMNS), *rows], "\t")


def _write_tbx(entries: Sequence[Entry]) -> str:
    from harmonize.glossary import tbx

    return tbx.write(entries, version=2)


def _write_tbx3(entries: Sequence[Entry]) -> str:
    from harmonize.glossary import tbx

    return tbx.write(entries, version=3)


def _rows(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    for row in rows:
        writer.writerow([_on_one_line(cell) for cell in row])
    return out.getvalue()


def _read_deepl(text: str, name: str) -> list[Entry]:
    """Pairs, with or without a line of column names and the languages' codes."""
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = csv.reader(table.lines(text), delimiter=delimiter)
    order: tuple[str, ...] = LANGUAGES
    entries: list[Entry] = []
    for row in _readable(rows, name):
        cells = [cell.strip() for cell in row]
        codes = tuple(_NAMES.get(cell.lower().partition("-")[0], "") for cell in cells)
        if not entries and set(codes[:2]) == set(LANGUAGES):
            order = codes[:2]  # a line of column names
        elif not entries and {cell.lower() for cell in cells[:2]} == _SIDES:
            continue
        elif any(cells):
            given = codes[2:4] if set(codes[2:4]) == set(LANGUAGES) else order
            entries.append(_pair(cells, given, name, rows.line_num))
    return entries


def _readable(rows: Any, name: str) -> Iterator[list[str]]:
    """The *rows* of a CSV reader; `UsageError` where it gives up."""
    try:
        yield from rows
    except csv.Error as error:
        raise UsageError(
            f"{name}:{rows.line_num}: a cell cannot be read ({error}).", "Mend that line."
        ) from error


def _read_omegat(text: str, name: str) -> list[Entry]:
    lines = enumerate(text.splitlines(), 1)
    return [
        _pair(line.split("\t"), LANGUAGES, name, number)
        for number, line in lines
        if line.strip() and not line.startswith(table.COMMENT)
    ]


def _read_tsv(text: str, name: str) -> list[Entry]:
    if not set(LANGUAGES) <= set(table.parse(text).columns):
        return _read_deepl(text, name)  # pairs without column names
    entries, problems = parse_entries(text, name)
    if problems:
        raise UsageError(str(problems[0]), "Mend that line; nothing was imported.")
    return entries


def _pair(cells: Sequence[str], order: Sequence[str], name: str, line: int) -> Entry:
    if len(cells) < 2 or not all(any(map(str.isalnum, cell)) for cell in cells[:2]):
        raise UsageError(
            f"{name}:{line}: a term and its translation are needed.",
            "Mend that line; nothing was imported.",
        )
    sides = dict(zip(order, (cell.strip() for cell in cells), strict=False))
    # DeepL's third cell is a language code, OmegaT's a comment.
    note = cells[2].strip() if len(cells) == 3 else ""
    return Entry(en=sides["en"], es=sides["es"], note=note, file=name, line=line)


def _on_one_line(cell: str) -> str:
    return " ".join(cell.split())


_WRITERS: dict[str, Callable[[Sequence[Entry]], str]] = {
    "deepl": _write_deepl,
    "omegat": _write_omegat,
    "tsv": _write_tsv,
    "tbx": _write_tbx,
    "tbx3": _write_tbx3,
}
_READERS: dict[str, Callable[[str, str], list[Entry]]] = {
    "deepl": _read_deepl,
    "omegat": _read_omegat,
    "tsv": _read_tsv,
}
