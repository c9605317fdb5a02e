"""Glossary files read into entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from harmonize.errors import UsageError
from harmonize.glossary import table
from harmonize.glossary.model import (
    COLUMNS,
    FORMS,
    LISTS,
    SEPARATOR,
    Entry,
    Gender,
    Glossary,
    Level,
    Pos,
    Problem,
    Status,
    merged,
)
from harmonize.shipped import shipped

_CHOICES: dict[str, tuple[str, ...]] = {
    "pos": get_args(Pos),
    "gender": get_args(Gender),
    "status": get_args(Status),
}
BUNDLED = "bundled"
"""What to call the bundled glossaries where paths are given."""

_REMEDY = "Mend that line; harmonize glossary check lists all that is wrong."


def load(paths: Sequence[str | Path] | None = None) -> Glossary:
    """The glossary in *paths*, files or folders of ``*.csv``; None means the bundled files.

    An entry of a later file replaces that of an earlier one with the same English term and part
    of speech.  Raises `UsageError` that names file and line for what cannot be used.

    >>> load([]).entries
    ()
    """
    found = find_files([bundled()] if paths is None else paths)
    entries: list[Entry] = []
    for file in found:
        rows, problems = read_entries(file)
        for each in problems:
            raise UsageError(str(each), _REMEDY)
        entries += rows
    return Glossary(entries=merged(entries), files=tuple(map(str, found)))


def bundled() -> Path:
    """The folder of the glossaries that come with harmonize."""
    return shipped("glossaries")


def is_bundled(entry: Entry) -> bool:
    """Whether *entry* came with harmonize; others are a user's own.

    >>> is_bundled(load().entries[0]), is_bundled(Entry(en="CV", es="CV"))
    (True, False)
    """
    return Path(entry.file).resolve().parent == bundled().resolve()


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """The files that *paths* name: each file, and the ``*.csv`` of each folder by name.

    The word ``bundled`` names the folder that comes with harmonize, wherever it is installed.
    """
    found: list[Path] = []
    for given in map(Path, paths):
        path = bundled() if given == Path(BUNDLED) and not given.exists() else given
        if path.is_dir():
            found += sorted(path.glob("*.csv"))
        elif path.suffix == ".toml" and path.exists():
            continue  # a style, not a glossary
        elif path.exists():
            found.append(path)
        else:
            raise UsageError(
                f"There is no glossary {path}.", "Give a CSV file or a folder of CSV files."
            )
    return list(dict.fromkeys(found))


def read_entries(file: Path) -> tuple[list[Entry], list[Problem]]:
    """The entries of one file, and what is wrong with those rows that gave none."""
    return parse_entries(table.read(file), str(file))


def parse_entries(text: str, file: str = "") -> tuple[list[Entry], list[Problem]]:
    """The same from a file's text.

    >>> parse_entries("en,es,gender\\nliving wage,salario digno,m\\n")[0][0].gender
    'm'
    >>> str(parse_entries("en,es,gender\\nwage,salario,x\\n", "my.csv")[1][0])
    'my.csv:2: gender is "x"; it can be m, f, mf or empty.'
    """
    sheet = table.parse(text)
    problems = list(_header_problems(sheet, file))
    entries: list[Entry] = []
    if problems:
        return entries, problems
    for row in sheet.rows:
        values = {name: cell for name, cell in zip(sheet.columns, row.cells, strict=False) if cell}
        wrong = [problem(file, row.line, message) for message in _row_problems(sheet, row, values)]
        problems += wrong
        if not wrong:
            entries.append(_entry(values, file, row.line))
    return entries, problems


def _header_problems(sheet: table.Table, file: str) -> Iterator[Problem]:
    line = sheet.header_line
    known = table.known_columns(sheet)
    if not {"en", "es"} <= set(known):
        message = 'the first line must name the columns, "en" and "es" among them.'
        yield problem(file, line, message)
    for name in sorted({name for name in known if known.count(name) > 1}):
        yield problem(file, line, f'the column "{name}" is there twice.')
    if sheet.unclosed:
        yield problem(file, sheet.unclosed, 'a cell begins with " and never ends with one.')


def _row_problems(sheet: table.Table, row: table.Row, values: dict[str, str]) -> Iterator[str]:
    if len(row.cells) > len(sheet.columns):
        yield (
            f"{len(row.cells)} cells under {len(sheet.columns)} columns; "
            'put "…" around a cell that has a comma in it.'
        )
        return
    for side in ("en", "es"):
        if not _words(values.get(side, "")) and not _may_be_empty(side, values):
            yield f'the "{side}" side is empty.'
    for name, choices in _CHOICES.items():
        if (value := values.get(name, "").casefold()) and value not in choices:
            yield f'{name} is "{values[name]}"; it can be {_or(choices)}.'
    given = values.get("es_forms", "")
    if given and (number := given.count(SEPARATOR) + 1) != FORMS:
        yield (
            f"es_forms has {number} form{'s' * (number > 1)}; it needs {FORMS}: "
            "m.sg|f.sg|m.pl|f.pl (one that does not exist may be left empty)."
        )


def _may_be_empty(side: str, values: dict[str, str]) -> bool:
    """A name that is never translated need be given once only."""
    other = values.get("es" if side == "en" else "en", "")
    return values.get("status", "").casefold() == "keep" and _words(other)


def _words(term: str) -> bool:
    return any(character.isalnum() for character in term)


def _entry(values: dict[str, str], file: str, line: int) -> Entry:
    row: dict[str, Any] = {name: value for name, value in values.items() if name in COLUMNS}
    for name in _CHOICES:
        row[name] = values.get(name, "").casefold()
    row["status"] = row["status"] or "preferred"
    row["pos"] = row["pos"] or ("name" if row["status"] == "keep" else "noun")
    row["en"] = values.get("en") or values["es"]
    row["es"] = values.get("es") or values["en"]
    for name in LISTS:
        parts = [part.strip() for part in values.get(name, "").split(SEPARATOR)]
        row[name] = tuple(part for part in parts if part or name == "es_forms")
    if not any(row["es_forms"]):
        row["es_forms"] = ()
    return Entry(**row, file=file, line=line)


def problem(file: str, line: int, message: str, level: Level = "error") -> Problem:
    """A `Problem`, in few words."""
    return Problem(file=file, line=line, level=level, message=message)


def _or(choices: Sequence[str]) -> str:
    """The values in words.

    >>> _or(("", "m", "f"))
    'm, f or empty'
    """
    named = [*filter(None, choices), *(["empty"] if "" in choices else [])]
    return ", ".join(named[:-1]) + " or " + named[-1]
