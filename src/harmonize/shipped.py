"""The folders of data that come with harmonize and that people may read and edit."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def shipped(name: str) -> Path:
    """The folder called *name*, which need not be there: ``glossaries``, ``memories``, ``packs``.

    >>> shipped("glossaries").name
    'glossaries'
    """
    packaged = Path(str(files("harmonize"))) / name
    # In a checkout the folder stands beside src/, where people edit it.
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / name
