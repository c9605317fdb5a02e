"""Markdown emphasis that opens and never closes, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmonize.repairs.code import is_code
from harmonize.repairs.edits import Edit
from harmonize.repairs.notes import Findings

_MARK = re.compile(r"(?<!\*)\*\*(?!\*|kw)")


def drop_unbalanced(text: str) -> Findings:
    """Remove each ``**`` without its partner in the same line.

    >>> [edit.start for edit in drop_unbalanced("**Internal: team\\n**Band:** B").edits]
    [0]
    """
    edits: list[Edit] = []
    if "**" in text:
        offset = 0
        for line in text.split("\n"):
            if "**" in line and not is_code(line):
                edits += _unmatched(line, offset)
            offset += len(line) + 1
    return Findings(edits)


def _unmatched(line: str, offset: int) -> Iterator[Edit]:
    opened: list[int] = []
    for mark in _MARK.finditer(line):
        before, after = line[: mark.start()][-1:], line[mark.end() :][:1]
        if bool(before.strip()) == bool(after.strip()) and not opened:
            continue
        if opened and before.strip():
            opened.pop()
        else:
            opened.append(mark.start())
    for start in opened:
        yield Edit(offset + start, offset + start + 2, "", "markdown-emphasis", 0.8)
