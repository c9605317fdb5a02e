"""The application that the commands hang on."""

from __future__ import annotations

from typing import Annotated

import typer

from harmonize.cli import (
    batch,
    detect,
    diff,
    doctor,
    evaluate,
    export,
    glossary,
    memory,
    packs,
    repair,
    review,
    schema,
    setup,
    translate,
)

EPILOG = "Start with: harmonize setup, then: harmonize translate FOLDER -o out"

app = typer.Typer(
    name="harmonize",
    help="Garbled, mixed-language job postings in; parallel English and Spanish out. Offline.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"harmonize {version('harmonize')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options that stand before a command."""


for command in (
    *(translate, batch, review, diff, export, repair, detect, evaluate),
    *(setup, doctor, schema),
):
    name = command.__name__.rpartition(".")[2]
    app.command(name, epilog=command.EXAMPLE)(getattr(command, name))
app.add_typer(packs.app, name="packs")
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
