"""The way back: from a place in the repaired text to the place in the input."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from harmonize.records import Change


class OffsetMap:
    """Leads offsets in a repaired text back to its input; offsets count code points.

    >>> change = Change(start=2, end=4, before="Ă³", after="ó", rule="x", confidence=1)
    >>> OffsetMap([change]).to_input(0, 3)  # "xxóyy" was "xxĂ³yy"
    (0, 4)
    """

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = tuple(changes)
        self._starts: list[int] = []
        shift = 0
        for change in self._changes:
            self._starts.append(change.start + shift)
            shift += len(change.after) - len(change.before)

    def to_input(self, start: int, end: int) -> tuple[int, int]:
        """The input's stretch that became ``repaired[start:end]``: changes in it are whole."""
        return self._back(start, at_end=False), max(self._back(end, at_end=True), 0)

    def _back(self, offset: int, *, at_end: bool) -> int:
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and at_end and self._starts[number] == offset:
            number -= 1  # a stretch that ends where a change begins does not hold the change
        if number < 0:
            return offset
        change, start = self._changes[number], self._starts[number]
        if offset >= start + len(change.after):
            return change.end + offset - start - len(change.after)
        if offset == start:
            return change.start
        return change.end if at_end else change.start
