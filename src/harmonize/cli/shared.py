"""What several commands need: arguments, reading one input, tables, errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from harmonize.errors import HarmonizeError

if TYPE_CHECKING:
    from harmonize.glossary.model import Problem
    from harmonize.memory import TranslationMemory

OneInput = Annotated[str, typer.Argument(help="A text file; - or nothing for standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
MemoryFile = Annotated[
    str | None,
    typer.Option("--memory", help="The memory (default: in your data folder).", metavar="FILE"),
]


def complain(error: HarmonizeError) -> None:
    """Say on standard error what is wrong and what to do."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print("[bold red]Error:[/] ", end="")
    console.print(error.cause, markup=False)
    if error.remedy:
        console.print(error.remedy, markup=False)


def read_text(path: str) -> str:
    """The text of one input; the command line's errors are those of `read_posting`."""
    from harmonize.read import Input, read_posting

    return read_posting(Input(path, "input")).text


def opened_memory(file: str | None) -> TranslationMemory:
    """The memory that is named, else that of the settings; `UsageError` where they have none."""
    from harmonize.config import load_config
    from harmonize.errors import UsageError
    from harmonize.memory import TranslationMemory

    path = load_config(memory=file).memory
    if not path:
        raise UsageError("The settings say that there is no memory.", "Name one: --memory FILE")
    return TranslationMemory(path)


def print_json(value: Any) -> None:
    """One JSON value on standard output, readable."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_json_lines(values: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line on standard output."""
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output, as wide as its window."""
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def report_problems(problems: Sequence[Problem], as_json: bool) -> None:
    """What is wrong in checked files, and their number; with errors the exit status is 1."""
    if as_json:
        print_json([problem.model_dump() for problem in problems])
    else:
        sys.stdout.writelines(f"{problem}\n" for problem in problems)
    errors = sum(problem.level == "error" for problem in problems)
    counted = (counting(errors, "error"), counting(len(problems) - errors, "warning"))
    typer.echo(", ".join(counted), err=True)
    if errors:
        raise typer.Exit(1)


def counting(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counting(1, "error"), counting(0, "warning")
    ('1 error', '0 warnings')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
