"""What the translation memory learns from decisions, and what it has to say about a row."""

from __future__ import annotations

from typing import NamedTuple

from harmonize.memory import Candidate, TranslationMemory
from harmonize.pipeline import OTHER
from harmonize.recall import Line, Text, text_at
from harmonize.records import Posting, Segment
from harmonize.revise import translated_side

LIMIT = 3
"""Suggestions shown beside a row."""


class Suggestion(NamedTuple):
    """A remembered pair like a row; ``percent`` is 100 for the same words, ``who`` may be empty."""

    source: str
    target: str
    percent: int
    who: str
    by_person: bool


def taught(memory: TranslationMemory, posting: Posting, segment: Segment, who: str) -> int:
    """Have *memory* learn an accepted row where it stands; its entry's number, 0 without a pair."""
    target = translated_side(segment)
    if target is None:
        return 0
    entry = memory.confirm(
        _place(posting, segment),
        segment.side(target).text,
        OTHER[target],
        target,
        reviewer=who,
        origin=posting.id,
    )
    return entry.id


def suggestions(memory: TranslationMemory, segment: Segment) -> list[Suggestion]:
    """What *memory* has like *segment*, the likest first, each translation once."""
    target = translated_side(segment)
    if target is None:
        return []
    now = segment.side(target).text
    found = memory.fuzzy(segment.side(OTHER[target]).text, OTHER[target], target)
    unlike = {each.entry.target: each for each in reversed(found) if each.entry.target != now}
    best = sorted(unlike.values(), key=lambda each: -each.score)[:LIMIT]
    return [_suggestion(each) for each in best]


def _suggestion(found: Candidate) -> Suggestion:
    entry = found.entry
    percent = int(found.score * 100)
    return Suggestion(entry.source, entry.target, percent, entry.reviewer, entry.who == "human")


def _place(posting: Posting, segment: Segment) -> Text:
    """The text of *segment* as a run asks for it: with what surrounds it."""
    lines = []
    for each in posting.segments:
        target = translated_side(each)
        own = each.side(OTHER[target] if target else OTHER[OTHER.get(each.source.language, "en")])
        lines.append(Line(own.text, each.kind, each.section))
    return text_at(lines, posting.segments.index(segment))
