"""How deep a bullet stands in its list."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.segments.join import Part
from harmonize.segments.lines import family

_Step = tuple[int, str]
_VISIBLE = 2
"""Columns by which a bullet must be indented to stand deeper than another."""
_DEEPEST = 6


def levels(parts: Sequence[Part], bullets: Sequence[bool]) -> list[int]:
    """The depth of each part, from its indent and its marker; 0 for all that are no bullets.

    >>> from harmonize.segments.join import join
    >>> from harmonize.segments.lines import lines
    >>> text = "• Train:\\n  – leaders\\n  – members\\n• Report"
    >>> levels(join(text, list(lines(text))), [True] * 4)
    [0, 1, 1, 0]
    """
    steps: list[_Step] = []
    result: list[int] = []
    for at, part in enumerate(parts):
        if not bullets[at]:
            steps = []
            result.append(0)
            continue
        step = (part.first.indent, family(part.first.marker))
        introduced = at > 0 and parts[at - 1].text.endswith(":")
        steps = _path(steps, step, introduced)
        result.append(len(steps) - 1)
    return result


def _path(steps: list[_Step], step: _Step, introduced: bool) -> list[_Step]:
    """The steps that lead to *step* from the bullets before it."""
    for at, known in enumerate(steps):
        if known[1] == step[1] and abs(known[0] - step[0]) < _VISIBLE:
            return steps[: at + 1]
    outer = [known for known in steps if known[0] <= step[0] - _VISIBLE]
    beside = [known for known in steps if abs(known[0] - step[0]) < _VISIBLE]
    kept = outer + (beside[:1] if introduced else [])
    return [*kept[: _DEEPEST - 1], step]
