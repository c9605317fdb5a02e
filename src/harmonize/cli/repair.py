"""`harmonize repair`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harmonize.cli.shared import OneInput, print_json_lines, read_text

EXAMPLE = "Example: harmonize repair posting.txt > clean.txt"


def repair(
    file: OneInput = "-",
    explain: Annotated[
        bool, typer.Option("--explain", help="Print one JSON line for each change instead.")
    ] = False,
) -> None:
    """Repair garbled text and print it."""
    from harmonize.repairs import repair as repair_text

    repaired = repair_text(read_text(file))
    if explain:
        print_json_lines(change.model_dump() for change in repaired.changes)
    else:
        sys.stdout.write(repaired.text)
