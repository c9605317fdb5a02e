"""What the translation memory learns from decisions, and what it has to say about a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from harmonize.glossary.model import Language
from harmonize.pipeline import OTHER
from harmonize.records import Posting, Segment
from harmonize.revise import side, translated_side

LIMIT = 3
"""Suggestions shown beside a row."""


class Pair(Protocol):
    """A remembered pair."""

    @property
    def id(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def reviewer(self) -> str: ...


class Like(Protocol):
    """A remembered pair, and how like its source is to the one asked for, from 0 to 1."""

    @property
    def entry(self) -> Pair: ...
    @property
    def score(self) -> float: ...


class Remembers(Protocol):
    """The part of a translation memory that a review needs."""

    def fuzzy(self, text: str, source: Language, target: Language) -> Sequence[Like]: ...
    def confirm(
        self, text: str, target_text: str, source: Language, target: Language, *,
        reviewer: str = "", origin: str = "",
    ) -> Pair: ...  # fmt: skip
    def withdraw(self, number: int) -> bool: ...
    def close(self) -> None: ...


class Suggestion(NamedTuple):
    """A remembered pair like a row; ``percent`` is 100 for the same words."""

    source: str
    target: str
    percent: int
    who: str


def taught(memory: Remembers, posting: Posting, segment: Segment, who: str) -> int:
    """Have *memory* learn an accepted row; the number of its entry, 0 where there is no pair."""
    target = translated_side(segment)
    if target is None:
        return 0
    source = OTHER[target]
    entry = memory.confirm(
        side(segment, source).text,
        side(segment, target).text,
        source,
        target,
        reviewer=who,
        origin=f"{posting.id} {segment.id}",
    )
    return entry.id


def suggestions(memory: Remembers, segment: Segment) -> list[Suggestion]:
    """What *memory* has like *segment*, the likest first, each translation once."""
    target = translated_side(segment)
    if target is None:
        return []
    now = side(segment, target).text
    found = memory.fuzzy(side(segment, OTHER[target]).text, OTHER[target], target)
    unlike = {each.entry.target: each for each in reversed(found) if each.entry.target != now}
    best = sorted(unlike.values(), key=lambda each: -each.score)[:LIMIT]
    return [
        Suggestion(each.entry.source, each.entry.target, int(each.score * 100), each.entry.reviewer)
        for each in best
    ]
