"""The settings of a pack: one TOML file, read into frozen records."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Share:
    """A rule on sources whose names fit one of the patterns: how much is taken, how often."""

    names: tuple[str, ...]
    keep: float = 1.0
    weight: float = 1.0
    align: bool = False


@dataclass(frozen=True)
class Terms:
    """How many rows get annotated terms, and how many terms at most."""

    share: float = 0.25
    most: int = 3


@dataclass(frozen=True)
class Variants:
    """Shares of rows that are also learnt in another dress."""

    codes: float = 0.06
    capitals: float = 0.02
    title_case: float = 0.02
    no_stop: float = 0.04
    lists: float = 0.01


@dataclass(frozen=True)
class Shape:
    """The Transformer: widths, and layers of encoder and decoder."""

    width: int
    heads: int
    inner: int
    encoder: int
    decoder: int
    dropout: float


@dataclass(frozen=True)
class Training:
    """Batches, rates and clocks.  ``steps`` ends a run where it comes before the minutes."""

    tokens: int
    lengths: tuple[int, ...]
    rate: float
    warmup: float
    smoothing: float
    average: float
    steps: int
    report: int
    evaluate: int
    save_minutes: float
    dev_lines: int


@dataclass(frozen=True)
class Settings:
    """All of a pack's settings, under the names of the TOML file's tables."""

    version: str
    seed: int
    pieces: int
    piece_lines: int
    sector_fillings: int
    sources: tuple[Share, ...]
    terms: Terms
    variants: Variants
    shape: Shape
    training: Training

    def share_of(self, source: str) -> Share:
        """The first rule that fits *source*."""
        return next(
            rule for rule in self.sources for name in rule.names if fnmatchcase(source, name)
        )


def read(path: Path) -> Settings:
    """The settings in *path*; raises `TypeError` where a name is unknown or missing.

    >>> read(Path(__file__).with_name("pack.toml")).share_of("php_docs").weight < 1
    True
    """
    with path.open("rb") as file:
        values: dict[str, Any] = tomllib.load(file)
    sources = tuple(
        Share(**rule | {"names": tuple(rule["names"])}) for rule in values.pop("sources")
    )
    training = values.pop("training")
    lengths = tuple(training.pop("lengths"))
    return Settings(
        **values.pop("pack"),
        sources=sources,
        terms=Terms(**values.pop("terms")),
        variants=Variants(**values.pop("variants")),
        shape=Shape(**values.pop("model")),
        training=Training(**training, lengths=lengths),
        **values,
    )
