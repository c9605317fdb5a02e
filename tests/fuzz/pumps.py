"""Worst cases of a regular expression, made from its own parts.

Matching is slow where a repeat can be walked in many ways and then fails: so every repeat of the
pattern is pumped up, with and without what stands before it, and followed by what does not match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LONG = 16
"""A repeat that may come so often is pumped."""

_CATEGORIES = {
    code.CATEGORY_DIGIT: "1",
    code.CATEGORY_NOT_DIGIT: "a",
    code.CATEGORY_SPACE: " ",
    code.CATEGORY_NOT_SPACE: "a",
    code.CATEGORY_WORD: "a",
    code.CATEGORY_NOT_WORD: "-",
}
_PROBES = "aA1 -.,:;\t\n@/|*_('\"éñ<\x00€"


def worst(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of about *length* characters that a bad *pattern* is slow on.

    >>> [text[:6] for text in worst(re.compile("a+b"), 20)][:2]
    ['aaaaaa', 'aaaaaa']
    """
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen: set[str] = set()
    for before, pump in _pumps(list(tree)):
        for text in (
            before + _fill(pump, length) + "\x00",
            _fill(pump, length),
            _fill(before + pump * 3, length),
            _fill(before + " " + pump, length),
        ):
            if text not in seen:
                seen.add(text)
                yield text


def _fill(part: str, length: int) -> str:
    return part * (length // max(len(part), 1))


def _pumps(  # noqa: C901 - one branch for each kind of node
    nodes: Sequence[Any], before: str = ""
) -> Iterator[tuple[str, str]]:
    """For each long repeat: what matches all before it, and what it repeats, in a few forms."""
    for name, value in nodes:
        if name in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most >= LONG:
                for pump in _examples(list(inner)):
                    yield before, pump
            yield from _pumps(list(inner), before)
        elif name == code.SUBPATTERN:
            yield from _pumps(list(value[-1]), before)
        elif name == code.ATOMIC_GROUP:
            yield from _pumps(list(value), before)
        elif name in (code.ASSERT, code.ASSERT_NOT):
            yield from _pumps(list(value[1]), before)
        elif name == code.BRANCH:
            for branch in value[1]:
                yield from _pumps(list(branch), before)
        before += _example([(name, value)])


def _examples(nodes: Sequence[Any]) -> set[str]:
    """One text that *nodes* match, and where they are one set of characters several."""
    if len(nodes) == 1 and nodes[0][0] == code.IN:
        return {_in(nodes[0][1], start) for start in range(0, len(_PROBES), 4)}
    return {_example(nodes)} - {""}


def _example(nodes: Sequence[Any]) -> str:
    return "".join(_of(name, value) for name, value in nodes)


def _of(name: Any, value: Any) -> str:  # noqa: C901, PLR0911 - one for each kind of node
    if name == code.LITERAL:
        return chr(value)
    if name == code.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if name == code.ANY:
        return "a"
    if name == code.IN:
        return _in(value, 0)
    if name in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return _example(list(value[2])) * max(value[0], 1)
    if name == code.SUBPATTERN:
        return _example(list(value[-1]))
    if name == code.ATOMIC_GROUP:
        return _example(list(value))
    if name == code.BRANCH:
        return _example(list(value[1][0]))
    return ""


def _in(items: Sequence[Any], start: int) -> str:
    """A character of a set; which one depends on *start*."""
    allowed = [each for each in _PROBES[start:] + _PROBES[:start] if _has(items, each)]
    if allowed:
        return allowed[0]
    first = next((value for name, value in items if name in (code.LITERAL, code.RANGE)), ord("a"))
    return chr(first if isinstance(first, int) else first[0])


def _has(items: Sequence[Any], char: str) -> bool:
    negated, found = False, False
    for name, value in items:
        if name == code.NEGATE:
            negated = True
        elif name == code.LITERAL:
            found |= value == ord(char)
        elif name == code.RANGE:
            found |= value[0] <= ord(char) <= value[1]
        elif name == code.CATEGORY:
            found |= _in_category(value, char)
    return found is not negated


def _in_category(category: Any, char: str) -> bool:
    tests = {
        code.CATEGORY_DIGIT: char.isdigit(),
        code.CATEGORY_NOT_DIGIT: not char.isdigit(),
        code.CATEGORY_SPACE: char.isspace(),
        code.CATEGORY_NOT_SPACE: not char.isspace(),
        code.CATEGORY_WORD: char.isalnum() or char == "_",
        code.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
    }
    return tests.get(category, False)
