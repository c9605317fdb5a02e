"""`harmonize memory check`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harmonize.cli.shared import AsJson, print_json

app = typer.Typer(
    help="The sector memory: lines that come translated. Check files of them.",
    no_args_is_help=True,
    epilog="Example: harmonize memory check my-lines.csv",
)


@app.callback()
def _group() -> None:
    """Keep the command's name although it is the only one."""


@app.command(epilog="Example: harmonize memory check my-lines.csv")
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILES]...", help="Memory files or folders; else those bundled."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Check files of translated lines; with errors the exit status is 1."""
    from harmonize.sector.check import check as check_files

    problems = check_files(paths or None)
    if json:
        print_json([problem.model_dump() for problem in problems])
    else:
        sys.stdout.writelines(f"{problem}\n" for problem in problems)
    errors = sum(problem.level == "error" for problem in problems)
    typer.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        raise typer.Exit(1)
