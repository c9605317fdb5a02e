"""`harmonize translate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from harmonize.job import Summary

EXAMPLE = "Example: harmonize translate seeds/ -o out"


def translate(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, folders, patterns, or -.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")],
    engine: Annotated[
        str | None, typer.Option(help="auto, argos, apertium or another engine's name.")
    ] = None,
    glossary: Annotated[
        list[str] | None,
        typer.Option(help="Glossary file or folder, more than once if need be (default: bundled)."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Use no glossary.")] = False,
    memory: Annotated[
        str | None,
        typer.Option(
            help="Translation memory (default: memory.sqlite in your data folder).", metavar="FILE"
        ),
    ] = None,
    no_memory: Annotated[
        bool, typer.Option("--no-memory", help="Use and fill no translation memory.")
    ] = False,
    no_sector_memory: Annotated[
        bool,
        typer.Option("--no-sector-memory", help="Do not use the translated lines of the sector."),
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(help="Comma-separated: md, html, json, jsonld, docx, tmx, xliff, txt."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes that work side by side (default: what fits this machine)."),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ignore earlier results.")] = False,
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: harmonize.toml if there is one).")
    ] = None,
) -> None:
    """Turn postings into parallel English and Spanish versions.

    Results: OUT/index.html for all, OUT/ID/en.md and es.md for each, OUT/rejects.jsonl for what
    could not be used. Run again to resume; a second run of the same repeats nothing.
    """
    from harmonize.cli.progress import Bar
    from harmonize.config import load_config
    from harmonize.job import run_job

    settings = load_config(
        config,
        engine=engine,
        format=format,
        glossary=[] if no_glossary else glossary or None,
        memory="" if no_memory else memory,
        sector_memory=False if no_sector_memory else None,
        workers=workers,
    )
    try:
        with Bar() as bar:
            summary = run_job(inputs, output, settings, bar, fresh=fresh)
    except KeyboardInterrupt:
        typer.echo("Interrupted. Run the same command again to go on from here.", err=True)
        raise typer.Exit(130) from None
    _report(summary, output)
    if not summary.all_well:
        raise typer.Exit(1)


def _report(summary: Summary, output: Path) -> None:
    """What was done, on standard error; standard output is for data."""
    for reject in summary.rejects:
        typer.echo(f"Rejected {reject.source}: {reject.reason}", err=True)
    if summary.rejected > len(summary.rejects):
        more = summary.rejected - len(summary.rejects)
        typer.echo(f"Rejected {more} more: see {output / 'rejects.jsonl'}", err=True)
    typer.echo(
        f"{summary.translated} translated, {summary.unchanged} unchanged, "
        f"{summary.rejected} rejected; {summary.segments} segments, {summary.errors} errors, "
        f"{summary.warnings} warnings; engine {summary.engine}, {summary.elapsed:.1f} s.",
        err=True,
    )
    typer.echo(f"Open {output / 'index.html'}", err=True)
