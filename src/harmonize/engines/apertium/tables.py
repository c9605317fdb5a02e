"""The tables that this engine goes by: ``data/`` beside this file."""

from __future__ import annotations

import csv
from importlib.resources import files

DATA = files(__package__).joinpath("data")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table by the names of its columns.

    >>> rows("words.csv")[0].keys() >= {"en", "es", "pos"}
    True
    """
    text = DATA.joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def everything() -> bytes:
    """All tables one behind the other: what the engine's signature must change with."""
    return b"".join(
        each.read_bytes() for each in sorted(DATA.iterdir(), key=lambda each: each.name)
    )
