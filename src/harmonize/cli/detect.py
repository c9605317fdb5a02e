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
    from harmonize.pipeline import draft
    from harmonize.records import RawPosting

    text = read_text(file)
    raw = RawPosting(id="", path=file, sha256="", media_type="", encoding="", text=text)
    cut = draft(raw)
    rows = [
        {
            "index": index,
            "language": row.detection.language,
            "confidence": row.detection.confidence,
            "kind": row.block.kind,
            "text": row.block.text,
        }
        for index, row in enumerate(cut.rows)
    ]
    if json:
        print_json_lines(rows)
    else:
        columns = list(rows[0]) if rows else []
        print_table(columns, [[*map(str, row.values())] for row in rows])
