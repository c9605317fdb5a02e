"""Lines that belong together: soft wraps, paragraphs broken by a page, words cut by a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonize.segments import tables
from harmonize.segments.lines import Line, is_rule

_WIDEST = 130
_SLACK = 12
_WRAPPED_LINES = 3
_LONG = 40
_SENTENCE = 60
"""Code points of a line that may go on after blank lines."""
_ENDS = (".", "!", "?", ":", ";", "…", "|")
_LABEL = re.compile(r"[*_]*[A-ZÁÉÍÓÚÑ][^\s:]*(?: [^\s:]+){0,4} ?:")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+")
_LOOSE_LINES = 6
"""A sentence may go on after at most so many blank lines (a page break)."""


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one block: the lines it is made of, and its text on one line."""

    lines: tuple[Line, ...]
    text: str

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def end(self) -> int:
        return self.lines[-1].end


def join(text: str, lines: Sequence[Line], alone: Sequence[bool] = ()) -> list[Part]:
    """The parts of *text*: every line with those that continue it, but never one of *alone*.

    >>> from harmonize.segments.lines import lines
    >>> text = "We support the organi-\\nsation of workers\\nin three countries."
    >>> [part.text for part in join(text, list(lines(text)))]
    ['We support the organisation of workers in three countries.']
    """
    width = _width(lines)
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        kept = any(alone[max(0, at - 1) : at + 1])
        if groups and not kept and _continues(text, groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    vocabulary = _vocabulary(text, groups)
    return [Part(tuple(group), _one_line(text, group, vocabulary)) for group in groups]


def _width(lines: Iterable[Line]) -> int:
    """The column at which the whole text was wrapped; 0 where it was not."""
    lengths = sorted(line.indent + line.end - line.start for line in lines if not line.glued)
    if not lengths or lengths[-1] > _WIDEST:
        return 0
    full = sum(length > lengths[-1] - _SLACK for length in lengths)
    return lengths[-1] if full >= _WRAPPED_LINES else 0


def _continues(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether *after* goes on with what *line* began."""
    if after.marker or after.glued or not _open(text, line, after):
        return False
    if line.body == line.end or _is_value(text, line, after):
        return after.gap == 0
    first, last = text[after.start], text[line.end - 1]
    if after.gap:
        return first.islower() and last not in _ENDS and _may_skip(line, after)
    if last in "-\u00ad\u2010" and first.islower():
        return True
    if _LABEL.match(text, after.start, after.end):
        return False
    if width and line.end - line.start > width // 2:
        return _full(text, line, after, width)
    return first.islower() and last not in ";:" and line.end - line.start >= _LONG // 2


def _open(text: str, line: Line, after: Line) -> bool:
    """Whether neither line is of a kind that always stands alone."""
    both = (text[line.start : line.end], text[after.start : after.end])
    return not any(is_rule(words) or words[0] in "|#" for words in both)


def _is_value(text: str, line: Line, after: Line) -> bool:
    """Whether *line* is the label of a fact, and *after* a short fact: "Job Type:" and "Jobs"."""
    label = text[line.body : line.end]
    if len(label) > _LONG or not label.endswith(":") or line.marker:
        return False
    cue, value = tables.heading(label), text[after.body : after.end]
    short = len(value) <= _LONG and not value.endswith(":") and not tables.heading(value)
    return cue is not None and cue.section == "facts" and short


def _may_skip(line: Line, after: Line) -> bool:
    return after.gap <= _LOOSE_LINES and line.end - line.start >= _SENTENCE


def _full(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether *line* had no room for the first word of *after*."""
    room = width - line.indent - (line.end - line.start)
    first = text[after.start : after.start + width].split()[0]
    return room <= len(first) and not _shouts(text, line)


def _shouts(text: str, line: Line) -> bool:
    return text[line.start : line.end].isupper()


def _vocabulary(text: str, groups: Iterable[list[Line]]) -> frozenset[str]:
    """The words of *text*, if any line ends in a hyphen."""
    hyphens = any(_cut_word(text, line) for group in groups for line in group[:-1])
    return frozenset(_WORD.findall(text.lower())) if hyphens else frozenset()


def _cut_word(text: str, line: Line) -> re.Match[str] | None:
    return _HYPHEN.search(text, max(line.body, line.end - 40), line.end)


def _one_line(text: str, group: Sequence[Line], vocabulary: frozenset[str]) -> str:
    result = ""
    for line in group:
        words = " ".join(line.words(text).split())
        result = _mended(result, words, vocabulary) if result else words
    return result


def _mended(before: str, after: str, vocabulary: frozenset[str]) -> str:
    """*before* and *after* with the space between them, or with their cut word made whole."""
    cut = _HYPHEN.search(before[-40:])
    if cut is None or not after[0].islower():
        return f"{before} {after}"
    second = _WORD.match(after)
    whole = cut[1].lower() + (second.group().lower() if second else "")
    keeps = tables.key(cut[1]) in tables.words("hyphen_parts")
    soft = before.endswith("\u00ad")
    return before + after if keeps and whole not in vocabulary and not soft else before[:-1] + after
