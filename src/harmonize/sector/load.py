"""Memory files read into rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from harmonize.errors import UsageError
from harmonize.glossary import table
from harmonize.glossary.load import problem
from harmonize.glossary.model import Language, Problem
from harmonize.records import Record, SectionName
from harmonize.sector.normal import normal
from harmonize.shipped import shipped

RowKind = Literal["pair", "template"]
COLUMNS = ("en", "es", "kind", "section", "note")
"""Every column of a memory file."""

HELDOUT = "heldout.csv"
"""The file that is never looked up in: what the memory is measured with."""

_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(RowKind),
    "section": get_args(SectionName),
}
_REMEDY = "Mend that line; harmonize memory check lists all that is wrong."


class Row(Record):
    """One line in both languages, and where it stands.

    >>> Row(en="Draft reports", es="Redactar informes").identity
    '2325712779'
    """

    en: str
    es: str
    kind: RowKind = "pair"
    section: SectionName = "other"
    note: str = ""
    file: str = ""
    line: int = 0

    @cached_property
    def identity(self) -> str:
        """Ten digits that name this pair wherever it stands."""
        text = "\0".join((self.kind, self.en, self.es))
        return hashlib.sha256(text.encode()).hexdigest()[:10]

    @property
    def place(self) -> str:
        """Where it stands, as ``file:line``."""
        return f"{self.file}:{self.line}"

    def side(self, language: Language) -> str:
        """Its words in *language*."""
        return self.en if language == "en" else self.es


def bundled() -> Path:
    """The folder of the memory that comes with harmonize."""
    return shipped("memories")


def memory_files(folder: Path) -> list[Path]:
    """The files in *folder* that are looked up in, by name."""
    return [file for file in sorted(folder.glob("*.csv")) if file.name != HELDOUT]


def load(paths: Iterable[Path]) -> list[Row]:
    """The rows of *paths*; raises `UsageError` that names file and line of the first wrong one."""
    rows: list[Row] = []
    for file in paths:
        found, problems = parse(table.read(file), str(file))
        for each in problems:
            raise UsageError(str(each), _REMEDY)
        rows += found
    return rows


def heldout(folder: Path | None = None) -> list[Row]:
    """The pairs kept out of the memory, to measure with: one in ten, by its English.

    >>> all(is_held_out(row) for row in heldout())
    True
    """
    file = (folder or bundled()) / HELDOUT
    return load([file]) if file.is_file() else []


def is_held_out(row: Row) -> bool:
    """Whether *row* belongs among those that are held out.

    >>> is_held_out(Row(en="Draft reports", es="Redactar informes"))
    False
    """
    digest = hashlib.sha256(normal(row.en, "en").encode()).hexdigest()
    return row.kind == "pair" and int(digest[:8], 16) % 10 == 0


def parse(text: str, file: str = "") -> tuple[list[Row], list[Problem]]:
    """The rows of a file's text, and what is wrong with those lines that gave none.

    >>> parse("en,es,kind\\nPay,Remuneración,pair\\n")[0][0].es
    'Remuneración'
    >>> str(parse("en,es,kind\\nPay,Paga,twin\\n", "my.csv")[1][0])
    'my.csv:2: kind is "twin"; it can be pair or template.'
    """
    sheet = table.parse(text)
    problems = [problem(file, *each) for each in _header_problems(sheet)]
    rows: list[Row] = []
    for row in () if problems else sheet.rows:
        values = dict(zip(sheet.columns, row.cells, strict=False))
        wrong = list(_row_problems(sheet, row, values))
        problems += [problem(file, row.line, message) for message in wrong]
        if not wrong:
            known = {name: cell for name, cell in values.items() if cell and name in COLUMNS}
            known |= {name: known[name].lower() for name in _CHOICES if name in known}
            rows.append(Row.model_validate({**known, "file": file, "line": row.line}))
    return rows, problems


def _header_problems(sheet: table.Table) -> Iterator[tuple[int, str]]:
    if not {"en", "es"} <= set(sheet.columns):
        yield sheet.header_line, 'the first line must name the columns, "en" and "es" among them.'
    for name in sheet.columns:
        if name not in COLUMNS:
            message = f'the column "{name}" is not known; there are {", ".join(COLUMNS)}.'
            yield sheet.header_line, message
    if len(set(sheet.columns)) < len(sheet.columns):
        yield sheet.header_line, "a column is there twice."
    if sheet.unclosed:
        yield sheet.unclosed, 'a cell begins with " and never ends with one.'


def _row_problems(sheet: table.Table, row: table.Row, values: dict[str, str]) -> Iterator[str]:
    if len(row.cells) > len(sheet.columns):
        yield (
            f"{len(row.cells)} cells under {len(sheet.columns)} columns; "
            'put "…" around a cell that has a comma in it.'
        )
        return
    for side in ("en", "es"):
        if not any(map(str.isalnum, values.get(side, ""))):
            yield f'the "{side}" side is empty.'
    for name, choices in _CHOICES.items():
        if (value := values.get(name, "")) and value.lower() not in choices:
            known = ", ".join(choices[:-1]) + f" or {choices[-1]}"
            yield f'{name} is "{value}"; it can be {known}.'
