"""A clause that stands two or three times in a row, as page builders leave it: kept once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from harmonize.repairs.edits import Edit
from harmonize.repairs.notes import Findings

_SHORTEST_LINE = 60
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEAST, _MOST = 6, 80
"""Words of a clause that is looked for."""
_LEAST_LETTERS = 23
_SIGN = re.compile(r"\s*(?:[^\w\s(]|$)")
_GLUED = re.compile(r"(?<=[a-zà-ÿ])\.(?=[a-zà-ÿ]{2,} [a-zà-ÿ])")
_ALIKE = 0.8
"""Share of words that a clause with slightly other words has in common with the one before."""
_LEAST_ALIKE = 8


class _Word(NamedTuple):
    start: int
    end: int
    text: str


def drop_repeats(text: str) -> Findings:
    """Remove the second and later copies of a clause.

    >>> text = "Grow the skills of our teams, grow the skills of our teams, and report on the work."
    >>> [text[: e.start] + text[e.end :] for e in drop_repeats(text).edits]
    ['Grow the skills of our teams, and report on the work.']
    """
    edits: list[Edit] = []
    offset = 0
    for line in text.split("\n"):
        if len(line) >= _SHORTEST_LINE and _may_repeat(line):
            found = list(_copies(line)) or list(_near_copies(line))
            edits += (e._replace(start=e.start + offset, end=e.end + offset) for e in found)
        offset += len(line) + 1
    return Findings(edits)


def _may_repeat(line: str) -> bool:
    """A quick look: whether enough words stand twice, and three in a row among them."""
    words = line.lower().split()
    if len(words) - len(set(words)) < _LEAST - 2:
        return False
    return len(set(zip(words, words[1:], words[2:], strict=False))) < len(words) - 2


def _words(line: str) -> list[_Word]:
    return [_Word(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(line)]


def _copies(line: str) -> Iterator[Edit]:
    words = _words(line)
    texts = [word.text for word in words]
    last: dict[tuple[str, ...], int] = {}
    done = 0
    for i in range(len(texts) - _LEAST + 1):
        key = tuple(texts[i : i + _LEAST])
        period = i - last.get(key, i)
        last[key] = i
        if i < done or not _LEAST <= period <= _MOST:
            continue
        if texts[i - period : i] == texts[i : i + period]:
            start, end = words[i - 1].end, words[i + period - 1].end
            if _is_clause(line, start, end) and not _begins_anew(line, words, i, period):
                done = i + period
                yield Edit(start, end, "", "repeated-clause", 0.9)


def _begins_anew(line: str, words: list[_Word], i: int, period: int) -> bool:
    """Whether a new sentence takes up the end of the one before: "… if so. If so, …"."""
    first, copy = line[words[i - period].start], line[words[i].start]
    return copy.isupper() and not first.isupper()


def _is_clause(line: str, start: int, end: int) -> bool:
    """Whether a copy is parted from what is before and after it by more than a space."""
    copy = line[start:end]
    parted = _SIGN.match(copy) and _SIGN.match(line, end) is not None
    return bool(parted) and "\t" not in copy and sum(map(str.isalpha, copy)) >= _LEAST_LETTERS


def _near_copies(line: str) -> Iterator[Edit]:
    """A clause glued on in lower case that says what the one before it said."""
    for dot in _GLUED.finditer(line):
        start = dot.end()
        end = line.find(".", start) + 1
        copy = _words(line[start:end])
        if not _LEAST_ALIKE <= len(copy) <= _MOST:
            continue
        before = _words(line[max(0, start - 20 * len(copy)) : start])
        if any(_alike(before[-n:], copy) for n in range(len(copy) - 4, len(copy) + 5)):
            yield Edit(start, end, "", "repeated-clause", 0.8)


def _alike(one: list[_Word], other: list[_Word]) -> bool:
    pair = [word.text for word in one], [word.text for word in other]
    return pair[0][:1] == pair[1][:1] and SequenceMatcher(None, *pair).ratio() >= _ALIKE
