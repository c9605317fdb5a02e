"""Lines that belong together: soft wraps, paragraphs broken by a page, words cut by a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonize.segments import tables
from harmonize.segments.lines import Line, is_rule

_NARROWEST, _WIDEST = 50, 130
_SLACK = 12
_WRAPPED_LINES = 3
_LONG = 40
_SENTENCE = 60
"""Code points of a line that may go on after blank lines."""
_ENDS = (".", "!", "?", ":", ";", "…", "|")
_HYPHENS = "-\u00ad\u2010"
_ADDRESS = re.compile(r"[\w.+-]{1,64}@|https?:|www\.|[\w-]{1,64}\.(?:org|com|net|edu)\b")
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
    >>> text = "We support the organi-\\nsation of the workers\\nin three countries."
    >>> [part.text for part in join(text, list(lines(text)))]
    ['We support the organisation of the workers in three countries.']
    """
    width = _width(lines)
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        kept = any(alone[max(0, at - 1) : at + 1])
        if groups and not kept and _continues(text, groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    vocabulary = _vocabulary(text, groups)
    return [Part(tuple(group), _one_line(text, group, vocabulary)) for group in groups]


def _width(lines: Iterable[Line]) -> int:
    """The column at which the whole text was wrapped; 0 where it was not."""
    lengths = sorted(line.indent + line.end - line.start for line in lines if not line.glued)
    if not lengths or not _NARROWEST < lengths[-1] < _WIDEST:
        return 0
    full = sum(length > lengths[-1] - _SLACK for length in lengths)
    return lengths[-1] if full >= _WRAPPED_LINES else 0


def _continues(text: str, group: Sequence[Line], after: Line, width: int) -> bool:
    """Whether *after* goes on with what the lines of *group* began."""
    line = group[-1]
    if after.marker or after.glued or _stands_alone(text, line, after):
        return False
    if line.body == line.end:  # a sign alone on its line
        return after.gap <= 1 and not tables.heading(text[after.start : after.end])
    if _is_value(text, line, after):
        return after.gap == 0
    if after.gap:
        return _goes_on(text, line, after) and _may_skip(line, after)
    if text[line.end - 1] in _HYPHENS and text[after.start].islower():
        return True
    return _wraps(text, group, after, width) and not _LABEL.match(text, after.start, after.end)


def _wraps(text: str, group: Sequence[Line], after: Line, width: int) -> bool:
    """Whether only the width of the page put *after* on a line of its own."""
    line = group[-1]
    if width and line.end - line.start > width // 2:
        return _is_full(text, line, after, width) and not _begins_anew(text, line, after)
    hanging = bool(group[0].marker) and after.indent > group[0].indent
    if hanging:
        return text[line.end - 1] not in _ENDS
    return _goes_on(text, line, after) and line.end - line.start >= _LONG // 2


def _stands_alone(text: str, line: Line, after: Line) -> bool:
    """Whether one of the lines is of a kind that is never part of another."""
    both = (text[line.start : line.end], text[after.start : after.end])
    return any(is_rule(words) or words[0] in "|#" for words in both)


def _goes_on(text: str, line: Line, after: Line) -> bool:
    """Whether *after* starts like the middle of a sentence, and *line* does not end one."""
    return (
        text[after.start].islower()
        and text[line.end - 1] not in _ENDS
        and _ADDRESS.match(text, after.start, after.end) is None
    )


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


def _is_full(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether *line* had no room for the first word of *after*."""
    room = width - line.indent - (line.end - line.start)
    first = text[after.start : after.start + width].split(maxsplit=1)[0]
    return room <= len(first) and not _shouts(text, line)


def _begins_anew(text: str, line: Line, after: Line) -> bool:
    """Whether a known heading follows a sentence's end: no line has room for it by chance."""
    return text[line.end - 1] in _ENDS and tables.heading(text[after.body : after.end]) is not None


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
