"""What a layer hands on: its edits, and notes on what it saw and left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harmonize.repairs.edits import Edit


class Note(NamedTuple):
    """``text[start:end]`` looks damaged, and why it was left as it is."""

    start: int
    end: int
    rule: str
    reason: str


class Findings(NamedTuple):
    """What one layer found in a text."""

    edits: Sequence[Edit] = ()
    notes: Sequence[Note] = ()
