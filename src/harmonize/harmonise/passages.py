"""What facts are read from: every text of a posting that somebody wrote, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.records import TARGETS, Kind, Row, SectionName

_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\1(?![\w*])")
"""Text in Markdown's bold or italic type."""


class Passage(NamedTuple):
    """A text of row number *row*; *language* is ``es`` or ``en`` (also for what is neither)."""

    row: int
    text: str
    language: str
    kind: Kind
    section: SectionName


def passages(rows: Sequence[Row], sections: Sequence[SectionName]) -> list[Passage]:
    """The texts of *rows* without emphasis or page furniture; both where the author wrote both.

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
        yield Passage(number, plain(block.text), before, block.kind, section)
        if row.translation:
            other = "en" if before == "es" else "es"
            yield Passage(number, plain(row.translation.text), other, block.kind, section)


def plain(text: str) -> str:
    """*text* without the stars of bold and italic type.

    >>> plain("**Employer:** *Bread and Roses*, 5* hotels"), plain("2 * 3 * 4")
    ('Employer: Bread and Roses, 5* hotels', '2 * 3 * 4')
    """
    return _EMPHASIS.sub(r"\2", text) if "*" in text else text
