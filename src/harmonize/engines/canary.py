"""The canary: a few lines that an engine translates before it is trusted.

A damaged pack loads, answers and babbles.  It must not get as far as a posting: an engine that does
not pass is refused, with what it said and what was expected.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from harmonize.engines.base import Availability, Engine, Pair, Request, Result
from harmonize.errors import EngineFailed, NoEngine
from harmonize.language import detect

SPARED = 1
"""So many lines may go wrong: no engine is perfect."""

LENGTHS = (0.35, 3.0)
"""Of a translation, as a share of its source's: what is outside was cut off, or has no end."""

PASSED = "canary.json"
"""In the user's data folder: the engines that passed, so that each is asked once only."""

_WORD = re.compile(r"[^\W\d_]+")
_STUTTER = re.compile(r"(?i)(\b\w+\b)(?:\W+\1\b){2}|([^\W\d_])\2{4}")
_REMAINS = re.compile(r"[▁⁇\ufffd]|<unk>|</?s>")


class Line(NamedTuple):
    """A line, and beginnings of words of which its translation has at least one."""

    text: str
    expected: tuple[str, ...]


class Fault(NamedTuple):
    """What is wrong with the translation of a line."""

    line: Line
    said: str
    what: str

    def __str__(self) -> str:
        expected = " or ".join(f"“{word}…”" for word in self.line.expected)
        return (
            f"Asked for “{self.line.text}” it said “{_short(self.said)}” ({self.what}; expected "
            f"was something with {expected})."
        )


def faults(translate: Callable[[list[str]], list[str]], pair: Pair) -> list[Fault]:
    """What *translate* does wrong; nothing where it may be trusted.

    >>> faults(lambda texts: ["de de de de de"] * len(texts), ("en", "es"))[0].what
    'it repeats itself'
    """
    lines = _lines(pair)
    answers = translate([line.text for line in lines]) if lines else []
    found = [
        Fault(line, said, what)
        for line, said in zip(lines, answers, strict=True)
        if (what := _wrong(line, said, pair[1]))
    ]
    return found if len(found) > SPARED else []


class Trusted:
    """An engine that is asked for the canary's lines before its first batch (`Engine`).

    Raises `NoEngine` from `translate` where it babbles.  When a batch fails, it is asked again: one
    that says nothing any more is given up at once, and not blamed on texts one by one.
    """

    def __init__(self, engine: Engine, passed: Path | None = None) -> None:
        """*passed* is the file of those that passed before; None for the user's own."""
        self.name = engine.name
        self._engine = engine
        self._passed = passed
        self._known: set[Pair] = set()

    def availability(self) -> Availability:
        """The engine's own."""
        return self._engine.availability()

    def signature(self) -> str:
        """The engine's own."""
        return self._engine.signature()

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        """The engine's own, once it has passed."""
        if batch and (source, target) not in self._known:
            self._try((source, target))
            self._known.add((source, target))
        try:
            return self._engine.translate(batch, source, target)
        except EngineFailed:
            self._faults((source, target))
            raise

    def close(self) -> None:
        """The engine's own."""
        self._engine.close()

    def _try(self, pair: Pair) -> None:
        file = self._passed or _passed_file()
        mark = f"{self.signature()} {'→'.join(pair)} {_digest()}"
        passed = _read(file)
        if mark in passed:
            return
        found = self._faults(pair)
        if found:
            raise NoEngine(
                f"The engine {self.name} babbles from {pair[0]} to {pair[1]}. {found[0]}",
                "Its pack may be damaged: remove it (harmonize packs list) and install it again, "
                "or use another engine (harmonize doctor).",
            )
        _write(file, [*passed, mark])

    def _faults(self, pair: Pair) -> list[Fault]:
        """What is wrong with the canary's lines; `NoEngine` where there is no answer at all."""
        try:
            return faults(lambda texts: _texts(self._engine, texts, pair), pair)
        except EngineFailed as error:
            raise NoEngine(
                f"The engine {self.name} does not answer. {error.cause}",
                "Try again: what is finished stays. If it goes on, run: harmonize doctor",
            ) from error


def _texts(engine: Engine, texts: list[str], pair: Pair) -> list[str]:
    return [result.text for result in engine.translate([Request(text) for text in texts], *pair)]


def _wrong(line: Line, said: str, target: str) -> str:
    """What is wrong with a translation, in words; empty where nothing is."""
    return next(_problems(line, said, target), "")


def _problems(line: Line, said: str, target: str) -> Iterator[str]:
    words = _WORD.findall(said.casefold())
    least, most = LENGTHS
    if not words:
        yield "nothing"
    if said.casefold() == line.text.casefold():
        yield "the same again"
    if _REMAINS.search(said):
        yield "it has marks of its own in it"
    if _STUTTER.search(said) or Counter(words).most_common(1)[0][1] > max(3, len(words) / 2):
        yield "it repeats itself"
    if not least <= len(said) / len(line.text) <= most:
        yield "far too short" if len(said) < len(line.text) else "far too long"
    found = detect(said)
    if found.language != target and found.confidence > 0.9:
        yield f"that is not {target}"
    if not any(word.startswith(each) for word in words for each in line.expected):
        yield "something else"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"


def _lines(pair: Pair) -> list[Line]:
    source, target = pair
    return [
        Line(row[source], tuple(row[f"in_{target}"]))
        for row in tomllib.loads(_table())["line"]
        if source in row and target in row
    ]


@cache
def _table() -> str:
    return files("harmonize").joinpath("engines/data/canary.toml").read_text(encoding="utf-8")


@cache
def _digest() -> str:
    """Changes with the lines: engines are asked anew."""
    return hashlib.sha256(_table().encode()).hexdigest()[:8]


def _passed_file() -> Path:
    from platformdirs import user_data_path

    return user_data_path("harmonize", appauthor=False) / PASSED


def _read(file: Path) -> list[str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [mark for mark in found if isinstance(mark, str)] if isinstance(found, list) else []


def _write(file: Path, marks: list[str]) -> None:
    """Remember who passed; where that cannot be, the next run asks again."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        part.write_text(json.dumps(marks[-50:], indent=1), encoding="utf-8")
        part.replace(file)
