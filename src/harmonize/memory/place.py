"""Where the translation memory is when nobody says where."""

from __future__ import annotations

from pathlib import Path

FILE = "memory.sqlite"


def default_memory() -> Path:
    """The file in the user's data folder; nothing is made yet.

    >>> default_memory().name
    'memory.sqlite'
    """
    from platformdirs import user_data_path

    return user_data_path("harmonize", appauthor=False) / FILE
