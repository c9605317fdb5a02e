"""`harmonize packs list|install|verify|remove`."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonize.cli.shared import AsJson, print_json, print_table

app = typer.Typer(
    help="Neural language packs (.argosmodel): list, install, verify, remove.",
    no_args_is_help=True,
    epilog="Example: harmonize packs install translate-en_es-1_9.argosmodel",
)


@app.command("list", epilog="Example: harmonize packs list")
def list_packs(json: AsJson = False) -> None:
    """List the packs: those that somebody installed, and those that came with harmonize.

    "used" says for which direction translate takes it when nothing else is asked for.
    """
    from harmonize.engines.packs import all_packs, shipped_archives, usable_packs

    packs, used = all_packs(), usable_packs().values()
    if json:
        print_json([pack.model_dump() | {"used": pack in used} for pack in packs])
    elif packs:
        rows = [
            [
                pack.name,
                f"{pack.source}→{pack.target}",
                pack.version,
                "installed" if pack.origin == "installed" else "came with harmonize",
                pack.problem or ("used" if pack in used else "ok"),
                pack.folder,
            ]
            for pack in packs
        ]
        print_table(["pack", "direction", "version", "from", "state", "folder"], rows)
    else:
        typer.echo("There are no packs. Try: harmonize packs install en-es", err=True)
    known = {pack.name for pack in packs}
    for file in shipped_archives():
        if file.stem not in known:
            typer.echo(f"{file} came with harmonize. To install it: harmonize setup", err=True)


@app.command(epilog="Example: harmonize packs install en-es")
def install(
    what: Annotated[
        list[str], typer.Argument(help="A .argosmodel file, a folder, or a pair such as en-es.")
    ],
) -> None:
    """Install packs; only a pair needs the network."""
    from harmonize.engines import packs

    for each in what:
        for pack in packs.install(each):
            typer.echo(f"Installed {pack.name} ({pack.source}→{pack.target}) in {pack.folder}")


@app.command(epilog="Example: harmonize packs verify")
def verify(json: AsJson = False) -> None:
    """Check the files of every pack and whether its model answers."""
    from harmonize.engines import packs

    found = {pack.name: packs.verify(pack) for pack in packs.all_packs()}
    if json:
        print_json([{"name": name, "problem": problem} for name, problem in found.items()])
    else:
        print_table(["pack", "state"], [[name, problem or "ok"] for name, problem in found.items()])
    if any(found.values()):
        raise typer.Exit(1)


@app.command(epilog="Example: harmonize packs remove translate-en_es-1_9")
def remove(
    name: Annotated[str, typer.Argument(help="The pack's name, as harmonize packs list shows it.")],
) -> None:
    """Remove an installed pack."""
    from harmonize.engines import packs

    typer.echo(f"Removed {packs.remove(name).folder}")
