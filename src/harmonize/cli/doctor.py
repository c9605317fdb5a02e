"""`harmonize doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonize.cli.shared import print_json, print_table

EXAMPLE = "Example: harmonize doctor"


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Say what is installed, what is missing and what to type next."""
    from harmonize.diagnose import diagnose

    findings = diagnose()
    if json:
        print_json([finding.model_dump() for finding in findings])
    else:
        rows = [
            ["ok" if each.ok else "missing", each.what, each.detail, each.remedy]
            for each in findings
        ]
        print_table(["", "what", "found", "what to type"], rows)
    if not all(finding.ok for finding in findings if finding.needed):
        raise typer.Exit(3)
