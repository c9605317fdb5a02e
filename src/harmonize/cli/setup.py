"""`harmonize setup`."""

from __future__ import annotations

import typer

EXAMPLE = "Example: harmonize setup"


def setup() -> None:
    """Get the best translation engine that this machine can reach, and say which.

    Tried in this order: an installed language pack, the pack that came with harmonize, the Argos
    index on the network, Apertium from the system's packages.
    """
    from harmonize.provide import provide_engine

    typer.echo(provide_engine(lambda line: typer.echo(line, err=True)))
