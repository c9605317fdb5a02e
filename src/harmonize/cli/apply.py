"""`harmonize glossary apply`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmonize.cli.shared import AsJson, print_json

if TYPE_CHECKING:
    from harmonize.revise import Revision

EXAMPLE = "Example: harmonize glossary apply out --glossary bundled --glossary my-terms.csv"


def apply(
    output: Annotated[Path, typer.Argument(metavar="OUT", help="Folder with finished postings.")],
    glossary: Annotated[
        list[str] | None,
        typer.Option(help="Glossary file or folder; may be repeated (default: bundled)."),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Engine for segments that must be translated again.")
    ] = "auto",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Hold finished postings against the glossary again.

    Words to be avoided are replaced; only segments whose terms do not agree are translated again.
    What a person wrote or confirmed stays, and is flagged where it does not agree.
    """
    from harmonize.errors import UsageError
    from harmonize.lock import alone_in
    from harmonize.pipeline import Harmonizer
    from harmonize.revise import reapplied, revisions
    from harmonize.store import Store

    if not output.is_dir():
        raise UsageError(f"There is no folder {output}.", "Give the folder of a finished run.")
    store = Store(output)
    changed: dict[str, list[Revision]] = {}
    writing = nullcontext() if dry_run else alone_in(output)
    with Harmonizer(engine, glossary=glossary) as harmonizer, writing:
        for before in store.postings():
            after = reapplied(before, harmonizer)
            if found := revisions(before, after):
                changed[before.id] = found
            if not dry_run and after != before:
                store.revise(after)
    if json:
        rows = [
            {"posting": id_, **each._asdict()} for id_, all_ in changed.items() for each in all_
        ]
        print_json(rows)
    else:
        _show(changed)
    sides = sum(map(len, changed.values()))
    verb = "would change" if dry_run else "changed"
    typer.echo(f"{sides} texts in {len(changed)} postings {verb}.", err=True)


def _show(changed: dict[str, list[Revision]]) -> None:
    """Each change in three lines, those of one posting together."""
    for id_, found in changed.items():
        for each in found:
            typer.echo(f"{id_} {each.segment} {each.language}")
            typer.echo(f"  - {each.before}")
            typer.echo(f"  + {each.after}")
