"""`harmonize review`."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from harmonize.memory import TranslationMemory

EXAMPLE = "Example: harmonize review out"


def review(
    output: Annotated[Path, typer.Argument(metavar="OUT", help="Folder with finished postings.")],
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes any that is free.")] = 8484,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address; open no browser.")
    ] = False,
    memory: Annotated[
        Path | None,
        typer.Option(help="Translation memory (default: the one in the user's data folder)."),
    ] = None,
    no_memory: Annotated[
        bool, typer.Option("--no-memory", help="Use and teach no translation memory.")
    ] = False,
    glossary: Annotated[
        list[str] | None,
        typer.Option(
            help="Glossary file or folder; may be repeated (default: bundled). New terms go to the "
            "first file that can be written, else to OUT/my-terms.csv."
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Engine for rows that a changed term has translated again.")
    ] = "auto",
    with_: Annotated[
        list[Path] | None,
        typer.Option("--with", help="A further folder that may be compared; may be repeated."),
    ] = None,
) -> None:
    """Review finished postings in the browser: side by side, decide, teach the next run.

    Listens on this computer only.  Stop it with Ctrl-C; every decision is kept at once.
    """
    import webbrowser

    from harmonize.errors import UsageError
    from harmonize.review.app import hosts_of, listen, serve
    from harmonize.review.decisions import FILE, Decisions
    from harmonize.review.desk import Desk
    from harmonize.review.site import Site
    from harmonize.review.terms import Terms
    from harmonize.store import Store

    if not output.is_dir():
        raise UsageError(f"There is no folder {output}.", "Give the folder of a finished run.")
    terms = Terms(glossary, output)
    remembered = None if no_memory else _memory(memory)
    listening = listen(port)
    desk = Desk(Store(output), Decisions(output / FILE), terms.matcher, remembered)
    site = Site(desk, terms, engine=engine, roots=with_ or ())
    address = f"http://{hosts_of(listening)[0]}/"
    typer.echo(address)
    typer.echo("Stop with Ctrl-C. Every decision is kept at once.", err=True)
    if not no_browser:
        webbrowser.open(address)
    # Ctrl-C is how a review ends: no interruption of it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        serve(site, listening)
    except KeyboardInterrupt:
        pass
    finally:
        if remembered:
            remembered.close()


def _memory(file: Path | None) -> TranslationMemory:
    """The memory that is taught: the one given, else the one that translate uses."""
    from harmonize.memory import TranslationMemory, default_memory

    return TranslationMemory(file or default_memory())
