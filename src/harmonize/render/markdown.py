"""Markdown of one language's version, block for block as in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from harmonize.records import CELL, Posting, Segment, Side

Language = Literal["en", "es"]

_STRUCTURE = re.compile(r"^(\s*)([#>+=|-]|\d+[.)](?=\s))")
_NUMBER = re.compile(r"\d+[.)]$")


def markdown(posting: Posting, language: Language) -> str:
    """The version of *posting* in *language*; one block for each segment, boilerplate left out."""
    shown = [segment for segment in posting.segments if segment.kind != "boilerplate"]
    blocks = []
    for kind, group in groupby(shown, key=lambda segment: segment.kind):
        segments = list(group)
        if kind == "table":
            blocks.append("\n".join(_table([_cells(side_of(s, language).text) for s in segments])))
        elif kind == "bullet":
            blocks.append("\n".join(_bullet(segment, language) for segment in segments))
        else:
            blocks += [_block(segment, language) for segment in segments]
    return "\n\n".join(blocks) + "\n"


def side_of(segment: Segment, language: Language) -> Side:
    """The version of *segment* in *language*."""
    return segment.en if language == "en" else segment.es


def _block(segment: Segment, language: Language) -> str:
    text = _escaped(side_of(segment, language).text)
    return {"title": "# ", "heading": "## "}.get(segment.kind, "") + text


def _bullet(segment: Segment, language: Language) -> str:
    text = _escaped(side_of(segment, language).text)
    marker = segment.marker if _NUMBER.match(segment.marker) else "-"
    lettered = f"{segment.marker} " if segment.marker[:1].isalpha() else ""
    return "   " * segment.level + f"{marker} {lettered}{text}"


def _table(rows: list[list[str]]) -> Iterator[str]:
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        yield "| " + " | ".join([*row, *[""] * (width - len(row))]) + " |"
        if number == 0:
            yield "|" + " --- |" * width


def _cells(text: str) -> list[str]:
    return [cell.replace("|", "\\|") for cell in text.split(CELL)]


def _escaped(text: str) -> str:
    r"""*text* without accidental Markdown: no structure at its start, no HTML.

    >>> _escaped("# 5 <b>")
    '\\# 5 \\<b>'
    """
    return _STRUCTURE.sub(r"\1\\\2", text).replace("<", "\\<")
