"""`harmonize export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harmonize.cli.shared import print_json

EXAMPLE = "Example: harmonize export out --format docx,tmx --id wsr-coordinator"


def export(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that translate wrote.")],
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(help="Comma-separated: md, html, json, jsonld, docx, tmx, xliff, txt."),
    ] = None,
    id_: Annotated[
        list[str] | None, typer.Option("--id", help="Only this posting; may be repeated.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Another folder for the files.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Write postings in further formats from their posting.json; nothing is translated.

    Files that are there are replaced; with -o they stay, and the new ones go elsewhere.
    """
    from harmonize.config import load_config
    from harmonize.errors import UsageError
    from harmonize.lock import alone_in
    from harmonize.render import check_formats
    from harmonize.store import Store

    formats = load_config(format=format).format
    check_formats(formats)
    if not folder.is_dir() or not (ids := Store(folder).ids()):
        raise UsageError(
            f"{folder} holds no postings.", f"Run: harmonize translate FOLDER -o {folder}"
        )
    target = Store(output or folder).folder
    with alone_in(target):
        done = Store(folder).export(id_ or ids, formats, target)
    for reject in done.rejects:
        typer.echo(f"Rejected {reject.source}: {reject.reason}", err=True)
    typer.echo(
        f"{done.postings} postings: {done.written} files written, {done.unchanged} unchanged; "
        f"{len(done.rejects)} rejected.",
        err=True,
    )
    if json:
        print_json({"folder": str(target), **done.model_dump(mode="json")})
    if done.rejects:
        raise typer.Exit(1)
