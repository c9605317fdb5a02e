"""The way back: from a place in the repaired text to the place in the input."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

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
        """The input's stretch that became ``repaired[start:end]``: changes in it are whole.

        What was taken out right before or right behind the stretch is part of it.
        """
        return self._start(start), self._end(end)

    def _start(self, offset: int) -> int:
        number = bisect_left(self._starts, offset)
        if number < len(self._starts) and self._starts[number] == offset:
            return self._changes[number].start
        return self._behind(number - 1, offset, inside=0)

    def _end(self, offset: int) -> int:
        number = bisect_right(self._starts, offset) - 1
        while number >= 0 and self._starts[number] == offset and self._changes[number].after:
            number -= 1  # a change that begins where the stretch ends is not part of it
        return self._behind(number, offset, inside=1)

    def _behind(self, number: int, offset: int, *, inside: Literal[0, 1]) -> int:
        """The place in the input of *offset*, which lies in or behind the change *number*."""
        if number < 0:
            return offset
        change = self._changes[number]
        beyond = offset - self._starts[number] - len(change.after)
        if beyond >= 0:
            return change.end + beyond
        return (change.start, change.end)[inside]
