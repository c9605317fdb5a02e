"""The choices of `style.toml`, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from harmonize.errors import UsageError
from harmonize.glossary.load import BUNDLED, bundled
from harmonize.glossary.table import read_bytes
from harmonize.records import Record

FILE = "style.toml"

Inclusive = Literal["masculine", "slash", "neutral"]
Dates = Literal["keep", "words", "iso"]
Numbers = Literal["keep", "point", "comma", "space"]


class English(Record):
    """How English is written: dates in digits, and long numbers."""

    dates: Dates = "keep"
    numbers: Numbers = "keep"


class Spanish(Record):
    """How Spanish is written: people of either gender, headings, dates in digits, long numbers."""

    inclusive: Inclusive = "masculine"
    headings: Literal["sentence", "source"] = "sentence"
    dates: Dates = "keep"
    numbers: Numbers = "keep"


class Style(Record):
    """The choices for both languages; without any file those of the bundled one."""

    spanish: Spanish = Spanish()
    english: English = English()

    @property
    def hash(self) -> str:
        """Eight digits that change with every choice.

        >>> Style().hash == Style(spanish=Spanish(inclusive="slash")).hash
        False
        """
        return sha256(self.model_dump_json().encode()).hexdigest()[:8]


def load_style(paths: Sequence[str | Path] | None = None) -> Style:
    """The style in *paths*: ``*.toml`` files, and the ``style.toml`` of folders; else the bundled.

    What a later file says counts; what none says is as in `Style`.  Raises `UsageError` that names
    the file and the choice for what cannot be used.

    >>> load_style().spanish.inclusive
    'masculine'
    """
    chosen: dict[str, dict[str, Any]] = {}
    for file in _files([BUNDLED] if paths is None else paths):
        for language, choices in _read(file).items():
            chosen[language] = {**chosen.get(language, {}), **choices}
    return Style.model_validate(chosen)


def _files(paths: Sequence[str | Path]) -> list[Path]:
    folders = [bundled() if str(path) == BUNDLED else Path(path) for path in paths]
    files = [path / FILE if path.is_dir() else path for path in folders]
    return [file for file in files if file.suffix == ".toml" and file.is_file()]


def _read(file: Path) -> dict[str, dict[str, Any]]:
    try:
        choices = tomllib.loads(read_bytes(file).decode())
        Style.model_validate(choices)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        remedy = f"See the choices in {bundled() / FILE}."
        raise UsageError(f"{file}: {where}: {first['msg']}.", remedy) from error
    except (ValueError, RecursionError) as error:  # TOML, its nesting, or encoding
        raise UsageError(f"{file} is not valid TOML: {error}.", "Mend that line.") from error
    return choices
