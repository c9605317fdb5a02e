"""A stretch of the source with its repairs, word by word: what was there, what is there now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from harmonize.records import Change, SegmentSource
from harmonize.render.inline import visible

_REACH = 40
"""Letters of a word that are shown around a change; a "word" of a whole page is not."""

_SHOWN = str.maketrans({"\t": "⇥", "\n": "↵\n", "\u00a0": "⍽", "\u200b": "[U+200B]"})
_SHOWN |= str.maketrans({"\u00ad": "[U+00AD]", "\ufeff": "[U+FEFF]"})


class Run(NamedTuple):
    """A stretch of the source as a reader sees it: kept, taken out or put in."""

    text: str
    state: Literal["kept", "out", "in"]


class _Patch(NamedTuple):
    """Changes that touch the same words: these words' offsets in the place, and the changes."""

    start: int
    end: int
    changes: tuple[Change, ...]


def source_runs(place: SegmentSource, repairs: Sequence[Change]) -> Iterator[Run]:
    """A place in the source with what repair took out and put in, in reading order.

    A change is shown with the rest of the words that it touches, and what has no ink of its own
    within it (tabs, line ends, non-breaking spaces) with a sign.

    >>> place = SegmentSource(text="la FunciĂłn", language="es", confidence=1, start=0, end=11)
    >>> change = Change(start=8, end=10, before="Ăł", after="ó", rule="x", confidence=1)
    >>> [tuple(run) for run in source_runs(place, [change])]
    [('la ', 'kept'), ('FunciĂłn', 'out'), ('Función', 'in')]
    """
    done = 0
    for patch in _patches(place, repairs):
        yield from _run(visible(place.text[done : patch.start]), "kept")
        yield from _run(inked(place.text[patch.start : patch.end]), "out")
        yield from _run(inked(_after(place, patch)), "in")
        done = patch.end
    yield from _run(visible(place.text[done:]), "kept")


def inked(text: str) -> str:
    """*text* with a sign for each character that has no ink but the space."""
    return visible(text.translate(_SHOWN))


def _run(text: str, state: Literal["kept", "out", "in"]) -> Iterator[Run]:
    if text:
        yield Run(text, state)


def _patches(place: SegmentSource, repairs: Sequence[Change]) -> list[_Patch]:
    patches: list[_Patch] = []
    for change in repairs:
        if place.start <= change.start and change.end <= place.end:
            start, end = _words_around(place, change)
            if patches and start <= patches[-1].end:
                last = patches.pop()
                end = max(end, last.end)
                patches.append(_Patch(last.start, end, (*last.changes, change)))
            else:
                patches.append(_Patch(start, end, (change,)))
    return patches


def _words_around(place: SegmentSource, change: Change) -> tuple[int, int]:
    """From the first letter of the first word that *change* touches to the last of the last."""
    start, end = change.start - place.start, change.end - place.start
    head, tail = place.text[max(0, start - _REACH) : start], place.text[end : end + _REACH]
    before, behind = re.search(r"\S*$", head), re.match(r"\S*", tail)
    return start - len(before[0] if before else ""), end + len(behind[0] if behind else "")


def _after(place: SegmentSource, patch: _Patch) -> str:
    """What stands in the place of the patch once its changes are made."""
    parts, done = [], patch.start
    for change in patch.changes:
        parts += [place.text[done : change.start - place.start], change.after]
        done = change.end - place.start
    return "".join([*parts, place.text[done : patch.end]])
