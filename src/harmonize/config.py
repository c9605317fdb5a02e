"""Settings: built-in, then ``harmonize.toml``, then the environment, then the command line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from harmonize.errors import UsageError
from harmonize.memory.place import default_memory
from harmonize.records import Record
from harmonize.render import DEFAULT_FORMATS

FILE = "harmonize.toml"
PREFIX = "HARMONIZE_"


class Config(Record):
    """What a run goes by; the same names in the file, and in capitals after ``HARMONIZE_``.

    ``glossary`` is None for the bundled files, and empty for none at all.  ``memory`` is the file
    of the translation memory, empty for none; the command line's is in the user's data folder.
    ``sector_memory`` says whether the translated lines that come with harmonize are used.
    ``workers`` is the number of processes that translate, 0 for what fits the machine: so it is on
    the command line, where nothing else is said.
    """

    engine: str = "auto"
    glossary: tuple[str, ...] | None = None
    memory: str = ""
    sector_memory: bool = True
    format: tuple[str, ...] = DEFAULT_FORMATS
    workers: int = Field(default=1, ge=0)


def load_config(file: Path | None = None, **flags: Any) -> Config:
    """The settings for a run.  *flags* that are None leave the others standing.

    Without *file*, a ``harmonize.toml`` in the current folder is read if there is one.  Raises
    `UsageError` for a file that is missing or wrong, naming the setting.
    """
    if file is None and Path(FILE).is_file():
        file = Path(FILE)
    settings = _from_file(file) if file else {}
    settings |= _from_environment(os.environ)
    settings |= {name: value for name, value in flags.items() if value is not None}
    settings.setdefault("memory", str(default_memory()))
    settings.setdefault("workers", 0)
    for name, value in settings.items():
        if name in {"format", "glossary"} and isinstance(value, str):
            settings[name] = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        return Config(**settings)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        known = ", ".join(Config.model_fields)
        raise UsageError(f"Setting {name}: {first['msg']}.", f"Settings: {known}.") from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Check --config.") from error
    except (ValueError, RecursionError) as error:  # nested too deep counts as wrong
        raise UsageError(f"{file} is not valid TOML: {error}.", "Mend that line.") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: environment[PREFIX + name.upper()]
        for name in Config.model_fields
        if environment.get(PREFIX + name.upper())
    }
