"""The marks that mail programs put before each line of a message that is answered or passed on."""

from __future__ import annotations

import re

from harmonize.repairs.edits import Edit
from harmonize.repairs.notes import Findings

_LINE = re.compile(r"[^\n]+")
_MARKS = re.compile(r"(?:> ?){1,9}")
_FEWEST = 3


def drop_marks(text: str) -> Findings:
    """Remove ``>`` from the lines of a quoted message: most lines from the first one on have it.

    >>> [edit.start for edit in drop_marks("FYI\\n> Officer\\n>\\n> Visit farms.").edits]
    [4, 14, 16]
    >>> drop_marks("> A motto\\n\\nOfficer\\n\\nVisit farms.\\nWrite.").edits
    []
    """
    if ">" not in text:
        return Findings([])
    lines = [line for line in _LINE.finditer(text) if line.group().strip()]
    quoted = [line for line in lines if line.group().startswith(">")]
    behind = [line for line in lines if quoted and line.start() >= quoted[0].start()]
    if len(quoted) < _FEWEST or 2 * len(quoted) <= len(behind):
        return Findings([])
    marks = [_MARKS.match(text, line.start(), line.end()) for line in quoted]
    return Findings(
        [Edit(mark.start(), mark.end(), "", "quote-mark", 0.95) for mark in marks if mark]
    )
