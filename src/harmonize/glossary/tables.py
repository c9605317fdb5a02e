"""The tables of both languages, read once from `data/`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from harmonize.glossary.model import Language

_FILES = {"en": "data/english.toml", "es": "data/spanish.toml"}


@cache
def tables(language: Language) -> dict[str, Any]:
    """All tables of *language*; a list of words in one string is made a set.

    >>> "joven" in tables("es")["one_for_both"], tables("en")["plurals"]["woman"]
    (True, 'women')
    """
    text = files(__package__).joinpath(_FILES[language]).read_text(encoding="utf-8")
    return {
        name: frozenset(value.split()) if isinstance(value, str) else value
        for name, value in tomllib.loads(text).items()
    }
