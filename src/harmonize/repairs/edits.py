"""Edits of a text: their replay, their composition, and reading them off two versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol

_TOKEN = re.compile(r"\s+|\S+")
_ALIGNED_TOKENS = 400
"""Longer stretches are recorded as one change: aligning them takes quadratic time."""


class Edit(NamedTuple):
    """``text[start:end]`` becomes *after*, because of *rule*.  Offsets in code points."""

    start: int
    end: int
    after: str
    rule: str
    confidence: float


class Spanned(Protocol):
    """What can be replayed: an edit, or the change that is recorded of it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def after(self) -> str: ...


def replay(text: str, edits: Iterable[Spanned]) -> str:
    """Carry out *edits* (sorted, not overlapping) on *text*.

    >>> replay("a-b", [Edit(1, 2, "+", "x", 1)])
    'a+b'
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.after)
        done = edit.end
    return "".join([*pieces, text[done:]])


def differences(before: str, after: str, offset: int, rule: str, confidence: float) -> list[Edit]:
    """The edits that lead from one version of a text to the other, token by token.

    >>> [(e.start, e.end, e.after) for e in differences("a bb c", "a b c", 0, "x", 1)]
    [(2, 4, 'b')]
    """
    if before == after:
        return []
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    starts = [offset]
    for token in old:
        starts.append(starts[-1] + len(token))
    return [
        Edit(starts[i1], starts[i2], "".join(new[j1:j2]), rule, confidence)
        for i1, i2, j1, j2 in _unequal(old, new)
    ]


def _unequal(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    if len(old) == len(new):
        yield from (
            (i, i + 1, i, i + 1)
            for i, pair in enumerate(zip(old, new, strict=True))
            if pair[0] != pair[1]
        )
        return
    if max(len(old), len(new)) > _ALIGNED_TOKENS:
        yield 0, len(old), 0, len(new)
        return
    for tag, *span in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield span[0], span[1], span[2], span[3]


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> list[Edit]:
    """One list of edits that does what *first* does, and then *second* to its result *middle*.

    Edits that touch the same characters become one, with both rules' names and the lower
    confidence.

    >>> one, two = [Edit(0, 1, "bc", "x", 1.0)], [Edit(1, 2, "", "y", 0.9)]
    >>> compose(one, two, "bc")
    [Edit(start=0, end=1, after='b', rule='x+y', confidence=0.9)]
    """
    composed: list[Edit] = []
    shift = 0
    for cluster in _clusters(first, second):
        before = shift
        shift += sum(item.image - (item.edit.end - item.edit.start) for item in cluster if item.old)
        composed.append(_merge(cluster, (before, shift), middle))
    return composed


class _Item(NamedTuple):
    start: int
    end: int
    old: bool
    image: int
    edit: Edit


def _clusters(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[list[_Item]]:
    """Edits of both lists, by their place in the middle text, those that meet together."""
    cluster: list[_Item] = []
    end = -1
    for item in sorted([*_images(first), *(_Item(e.start, e.end, False, 0, e) for e in second)]):
        meets = item.start < end or (
            item.start == end and (_empty(item) or _any_empty(cluster, end))
        )
        if cluster and not meets:
            yield cluster
            cluster, end = [], -1
        cluster.append(item)
        end = max(end, item.end)
    if cluster:
        yield cluster


def _images(edits: Iterable[Edit]) -> Iterator[_Item]:
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield _Item(start, start + len(edit.after), True, len(edit.after), edit)
        shift += len(edit.after) - (edit.end - edit.start)


def _empty(item: _Item) -> bool:
    return item.start == item.end


def _any_empty(cluster: Sequence[_Item], place: int) -> bool:
    return any(_empty(item) and item.end == place for item in cluster)


def _merge(cluster: Sequence[_Item], shifts: tuple[int, int], middle: str) -> Edit:
    """One edit of the first text; *shifts* lead to it from the middle text, at start and end."""
    if len(cluster) == 1 and cluster[0].old:
        return cluster[0].edit
    start = min(item.start for item in cluster)
    end = max(item.end for item in cluster)
    own = [
        item.edit._replace(start=item.start - start, end=item.end - start)
        for item in cluster
        if not item.old
    ]
    rules = dict.fromkeys(rule for item in cluster for rule in item.edit.rule.split("+"))
    return Edit(
        start - shifts[0],
        end - shifts[1],
        replay(middle[start:end], own),
        "+".join(rules),
        min(item.edit.confidence for item in cluster),
    )
