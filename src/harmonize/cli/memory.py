"""`harmonize memory stats|check|import|export|forget`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from harmonize.cli.forget import EXAMPLE as FORGET_EXAMPLE
from harmonize.cli.forget import forget
from harmonize.cli.shared import (
    AsJson,
    MemoryFile,
    opened_memory,
    print_json,
    print_table,
    report_problems,
)

if TYPE_CHECKING:
    from harmonize.memory import Maker

app = typer.Typer(
    help="The translation memory, and the sector's lines that come translated.",
    no_args_is_help=True,
    epilog="Example: harmonize memory import our-translations.tmx",
)

As = Annotated[
    Literal["human", "machine"] | None,
    typer.Option("--as", help="Whose: human or machine (default: what the file says, or human)."),
]

app.command(epilog=FORGET_EXAMPLE)(forget)


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

    report_problems(check_files(paths or None), json)


@app.command(epilog="Example: harmonize memory stats")
def stats(
    memory: MemoryFile = None,
    engine: Annotated[
        str | None, typer.Option(help="Tell what is stale for this engine (default: auto).")
    ] = None,
    json: AsJson = False,
) -> None:
    """Say what is in the translation memory, and what of it is no longer used.

    current: used; stale: engine, glossary or harmonize itself have changed since, it is made anew
    when its text comes again; shown: of an unknown engine, shown to reviewers and never used.
    """
    import time

    found = opened_memory(memory).stats(_makers(engine))
    if json:
        print_json(found.model_dump())
        return
    rows = [
        [
            each.direction,
            each.who,
            f"{each.entries:,}",
            f"{each.used:,}",
            time.strftime("%Y-%m-%d", time.gmtime(each.changed)),
            each.state,
            each.engine,
        ]
        for each in found.shares
    ]
    print_table(["direction", "who", "entries", "used", "last", "state", "engine"], rows)
    typer.echo(f"{found.file}: {found.bytes / 1e6:,.1f} MB", err=True)


@app.command("import", epilog="Example: harmonize memory import our-translations.tmx")
def import_memory(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="TMX files.")],
    memory: MemoryFile = None,
    who: As = None,
    both_ways: Annotated[
        bool, typer.Option("--both-ways", help="Use each pair in the other direction too.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Add the translations of TMX files; what is there already is merged, not doubled.

    Translations of people are used from then on, word for word; those of machines are only shown
    to reviewers.
    """
    from harmonize.memory.exchange import import_tmx

    opened = opened_memory(memory)
    results = {str(file): import_tmx(opened, file, who, both_ways=both_ways) for file in files}
    if json:
        print_json([{"file": file, **each.model_dump()} for file, each in results.items()])
    else:
        rows = [
            [file, str(each.added), str(each.merged), str(each.replaced), str(each.left_out)]
            for file, each in results.items()
        ]
        print_table(["file", "added", "there already", "replaced", "left out"], rows)
    for file, each in results.items():
        for reason, count in each.rejected.items():
            typer.echo(f"{file}: {count} left out: {reason}", err=True)


@app.command("export", epilog="Example: harmonize memory export confirmed.tmx --as human")
def export_memory(
    target: Annotated[str, typer.Argument(help="The file to write; - for standard output.")],
    memory: MemoryFile = None,
    who: As = None,
) -> None:
    """Write the memory as TMX 1.4b, for other programs or another machine."""
    from harmonize.memory.exchange import export_tmx, export_to

    opened = opened_memory(memory)
    if target == "-":
        count = export_tmx(opened, sys.stdout.buffer, who)
    else:
        count = export_to(opened, Path(target), who)
    typer.echo(f"{count:,} translations written to {target}", err=True)


def _makers(engine: str | None) -> dict[str, Maker]:
    """What would be made today, as far as there is an engine."""
    from harmonize.config import load_config
    from harmonize.errors import HarmonizeError
    from harmonize.pipeline import Harmonizer

    config = load_config(engine=engine)
    try:
        harmonizer = Harmonizer(config.engine, glossary=config.glossary, sector_memory=False)
    except HarmonizeError as error:
        typer.echo(f"What is stale cannot be said without an engine: {error}", err=True)
        return {}
    with harmonizer:
        return {f"{source}-{target}": each for (source, target), each in harmonizer.makers.items()}
