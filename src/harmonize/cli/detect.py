"""`harmonize detect`."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonize.cli.shared import OneInput, print_json_lines, print_table, read_text

EXAMPLE = "Example: harmonize detect posting.txt"


def detect(
    file: OneInput = "-",
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON line for each paragraph instead.")
    ] = False,
) -> None:
    """Say what language each paragraph is in."""
    from harmonize.language import detect_blocks
    from harmonize.repairs import repair
    from harmonize.segments import segment

    blocks = segment(repair(read_text(file)).text)
    rows = [
        {
            "index": index,
            "language": found.language,
            "confidence": found.confidence,
            "kind": block.kind,
            "text": block.text,
        }
        for index, (block, found) in enumerate(zip(blocks, detect_blocks(blocks), strict=True))
    ]
    if json:
        print_json_lines(rows)
    else:
        columns = list(rows[0]) if rows else []
        print_table(columns, [[*map(str, row.values())] for row in rows])
