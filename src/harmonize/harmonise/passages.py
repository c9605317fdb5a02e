"""What facts are read from: every text of a posting that somebody wrote, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.records import TARGETS, Kind, Row, SectionName


class Passage(NamedTuple):
    """A text of row number *row*; *language* is ``es`` or ``en`` (also for what is neither)."""

    row: int
    text: str
    language: str
    kind: Kind
    section: SectionName


def passages(rows: Sequence[Row], sections: Sequence[SectionName]) -> list[Passage]:
    """The texts of *rows*, page furniture left out; both where the author wrote both.

    >>> passages([], [])
    []
    """
    return list(_passages(rows, sections))


def _passages(rows: Sequence[Row], sections: Sequence[SectionName]) -> Iterator[Passage]:
    before = "en"
    for number, (row, section) in enumerate(zip(rows, sections, strict=True)):
        block, language = row.block, row.detection.language
        before = language if language in TARGETS else before
        if block.kind == "boilerplate":
            continue
        yield Passage(number, block.text, before, block.kind, section)
        if row.translation:
            other = "en" if before == "es" else "es"
            yield Passage(number, row.translation.text, other, block.kind, section)
