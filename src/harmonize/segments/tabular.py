"""Rows of tables, drawn with tabs or with upright bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonize.records import CELL
from harmonize.segments.lines import Line

_EDGE = re.compile(r"[^\S\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BARS = re.compile(r"^\|?[\s:|+-]+\|?$")


def rows(text: str, lines: Sequence[Line]) -> list[bool]:
    """Which of *lines* are rows of a table.

    >>> from harmonize.segments.lines import lines
    >>> text = "Skills\\tEssential\\n\\tSpanish\\nPay:\\t5"
    >>> rows(text, list(lines(text)))
    [True, True, True]
    """
    result: list[bool] = []
    shapes = [_bars(text, line) for line in lines]
    for at, line in enumerate(lines):
        tabs = "\t" in text[line.start : line.end] and not line.marker
        edge = text[line.start - 1 : line.start] == "\t" or text[line.end : line.end + 1] == "\t"
        below = bool(result) and result[-1] and edge and not line.gap
        beside = shapes[at] > 0 and shapes[at] in (_at(shapes, at - 1), _at(shapes, at + 1))
        result.append(tabs or below or beside or text[line.start] == "|")
    return [row and not _fact(text, lines, result, at) for at, row in enumerate(result)]


def is_ruling(words: str) -> bool:
    """Whether *words* are the line between the head and the rows of a table drawn with bars.

    >>> is_ruling("|---|:--|"), is_ruling("| a | b |")
    (True, False)
    """
    return len(words) < 400 and "-" in words and "|" in words and bool(_BARS.match(words))


def wide(text: str, line: Line) -> tuple[int, int]:
    """*line* with the tabs around it: they are empty cells."""
    start, end = line.start, line.end
    while start > 0 and _EDGE.match(text, start - 1):
        start -= 1
    while end < len(text) and _EDGE.match(text, end):
        end += 1
    return start, end


def row_text(row: str) -> str:
    """The cells of *row*, each on one line, empty ones too.

    >>> row_text("\\tGood  skills\\t\\t1\\t")
    ' | Good skills |  | 1 | '
    >>> row_text("| Skill | Level |")
    'Skill | Level'
    """
    bare = row.strip().removeprefix("|").removesuffix("|")
    cells = row.split("\t") if "\t" in row else bare.split("|")
    return CELL.join(" ".join(cell.split()) for cell in cells)


def _bars(text: str, line: Line) -> int:
    return 0 if line.marker or line.glued else text.count("|", line.start, line.end)


def _at(shapes: Sequence[int], at: int) -> int:
    return shapes[at] if 0 <= at < len(shapes) else 0


def _fact(text: str, lines: Sequence[Line], found: Sequence[bool], at: int) -> bool:
    """Whether a row is a lone "Deadline:<tab>31 May"."""
    beside = any(found[max(0, at - 1) : at]) or any(found[at + 1 : at + 2])
    label = re.match(r"[^\t]{1,60}:\t+[^\t]+$", text[lines[at].start : lines[at].end])
    return label is not None and not beside
