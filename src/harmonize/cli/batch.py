"""`harmonize batch`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmonize.cli.shared import print_json

if TYPE_CHECKING:
    from harmonize.batch import Summary

EXAMPLE = "Example: harmonize batch postings.parquet -o harmonized.parquet --workers 4"


def batch(
    argument: Annotated[
        str,
        typer.Argument(
            metavar="INPUT", help="A Parquet, JSONL or WARC file, a folder of them, or a pattern."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="A .parquet or .jsonl file; any other name is a folder of parts."
        ),
    ],
    format: Annotated[  # noqa: A002 - the option's name
        str | None, typer.Option(help="parquet (default) or jsonl, for a folder.")
    ] = None,
    ray: Annotated[
        str,
        typer.Option(
            help="local (a cluster on this machine), auto (the one that runs here), its address, "
            "or none (this one process, without Ray)."
        ),
    ] = "local",
    workers: Annotated[
        int | None, typer.Option(help="Workers, each with its own engine (default: one a CPU).")
    ] = None,
    id_column: Annotated[str, typer.Option(help="Column with the records' names.")] = "id",
    text_column: Annotated[str, typer.Option(help="Column with the postings' texts.")] = "text",
    shard_size: Annotated[
        int, typer.Option(min=1, help="Records that are done, and after a fault redone, together.")
    ] = 500,
    engine: Annotated[
        str | None, typer.Option(help="auto, argos, apertium or another engine's name.")
    ] = None,
    glossary: Annotated[
        list[str] | None,
        typer.Option(help="Glossary file or folder, more than once if need be (default: bundled)."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Use no glossary.")] = False,
    no_sector_memory: Annotated[
        bool,
        typer.Option("--no-sector-memory", help="Do not use the translated lines of the sector."),
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove earlier results first.")] = False,
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: harmonize.toml if there is one).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Harmonize millions of postings on Ray: Parquet, JSONL or WARC in, Parquet or JSONL out.

    Each record becomes one row: id, titles, facts, both versions as Markdown, the whole record,
    and the columns it came with. What cannot be used goes to its own file with the reason. Run the
    same again to resume: finished shards stay. Needs: pip install 'harmonize[ray]'
    """
    from harmonize.batch import Schedule, Settings, run_batch, target_of
    from harmonize.cli.progress import Bar
    from harmonize.config import load_config

    found = load_config(
        config,
        engine=engine,
        glossary=[] if no_glossary else glossary or None,
        sector_memory=False if no_sector_memory else None,
    )
    settings = Settings(
        engine=found.engine,
        glossary=found.glossary,
        sector_memory=found.sector_memory,
        id_column=id_column,
        text_column=text_column,
    )
    schedule = Schedule(ray=ray, workers=workers, size=shard_size, fresh=fresh)
    target = target_of(output, format)
    try:
        with Bar() as bar:
            summary = run_batch(argument, target, settings, schedule, bar)
    except KeyboardInterrupt:
        typer.echo("Interrupted. Run the same command again to go on from here.", err=True)
        raise typer.Exit(130) from None
    _report(summary, output)
    if json:
        print_json(summary.model_dump(mode="json"))
    if not summary.all_well:
        raise typer.Exit(1)


SHOWN = 5
"""Failed shards that are named; they mostly fail for the same reason."""


def _report(summary: Summary, output: Path) -> None:
    """What was done, on standard error; standard output is for data."""
    for problem in summary.problems:
        typer.echo(f"Rejected {problem.source}: {problem.reason}", err=True)
    for receipt in summary.failed[:SHOWN]:
        typer.echo(f"Not done: shard {receipt.key}: {receipt.failed}", err=True)
    typer.echo(
        f"{summary.written} written, {summary.kept} kept from earlier, {summary.rejected} "
        f"rejected, of {summary.records} records in {summary.shards} shards; {summary.segments} "
        f"segments, {summary.errors} errors; {summary.seconds:.1f} s.",
        err=True,
    )
    if summary.rejected or summary.problems:
        typer.echo(f"Reasons: {summary.rejects}", err=True)
    if summary.failed:
        shards = f"{len(summary.failed)} shards are not done"
        typer.echo(f"{shards}. Run the same command again to go on from here.", err=True)
    else:
        typer.echo(f"Done: {output}", err=True)
