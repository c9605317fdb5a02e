"""What the pages show: pure functions from postings and decisions to records of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from harmonize.check import segment_score
from harmonize.check.score import is_human
from harmonize.diff import word_runs
from harmonize.glossary import Matcher
from harmonize.glossary.model import Language
from harmonize.harmonise import SECTION_TITLES
from harmonize.pipeline import OTHER
from harmonize.records import (
    Bilingual,
    Flag,
    Kind,
    Origin,
    Outcome,
    Posting,
    SectionName,
    Segment,
)
from harmonize.render.inline import pieces, visible
from harmonize.render.repaired import Run, source_runs
from harmonize.review.decisions import Decision, Status
from harmonize.review.desk import Open
from harmonize.review.steps import LANGUAGES
from harmonize.revise import translated_side


class Part(NamedTuple):
    """A stretch of a side: bold or not, and the glossary's term that it is, if any.

    ``term`` names it in both languages; ``outcome`` is empty where nothing is known of it.
    """

    text: str
    bold: bool = False
    term: str = ""
    outcome: Outcome | str = ""


class Cell(NamedTuple):
    """One side of a row.  ``text`` is what a person edits; ``own`` marks the author's words."""

    language: Language
    text: str
    parts: tuple[Part, ...]
    origin: Origin
    own: bool


class RowView(NamedTuple):
    """A row of the page.  ``number`` counts from 1; ``main`` is the side that a key opens."""

    id: str
    number: int
    kind: Kind
    level: int
    marker: str
    places: tuple[tuple[Run, ...], ...]
    cells: tuple[Cell, ...]
    main: Language
    flags: tuple[Flag, ...]
    worst: str
    status: Status
    looks: bool
    version: int
    shown: str
    decided: bool
    repaired: bool
    copyable: bool


class Chapter(NamedTuple):
    """The rows of one section, under its heading; the posting's order is kept."""

    name: SectionName
    title: Bilingual
    rows: tuple[RowView, ...]


class Progress(NamedTuple):
    """How far the review of a posting has come."""

    rows: int
    accepted: int
    looks: int


class Conflict(NamedTuple):
    """A change that came too late: what stands there now, and what was to be written."""

    row: RowView
    language: Language
    who: str
    at: str
    theirs: str
    mine: str | None
    runs: tuple[Run, ...]


def chapters(opened: Open, matcher: Matcher | None) -> list[Chapter]:
    """All rows of a posting but page furniture, in the posting's order."""
    rows = [
        (segment.section, row(opened, segment, matcher, number))
        for number, segment in enumerate(_reviewed(opened.posting), 1)
    ]
    return [
        Chapter(name, SECTION_TITLES[name], tuple(view for _, view in found))
        for name, found in groupby(rows, key=lambda pair: pair[0])
    ]


def row(opened: Open, segment: Segment, matcher: Matcher | None, number: int = 0) -> RowView:
    """One row as it stands."""
    places = [segment.source, *([segment.parallel] if segment.parallel else [])]
    shown = tuple(tuple(source_runs(place, opened.posting.repairs)) for place in places)
    target = translated_side(segment)
    number = number or 1 + [each.id for each in _reviewed(opened.posting)].index(segment.id)
    return RowView(
        id=segment.id,
        number=number,
        kind=segment.kind,
        level=min(segment.level, 2),
        marker=segment.marker if segment.marker[:1].isalnum() else "",
        places=shown,
        cells=tuple(cells(segment, matcher)),
        main=target or ("es" if segment.source.language == "en" else "en"),
        flags=segment.flags,
        worst=_worst(segment.flags),
        status=opened.status(segment),
        looks=opened.needs_look(segment),
        version=opened.version(segment),
        shown=".".join(shown_marks(segment).values()),
        decided=segment.id in opened.held,
        repaired=any(run.state != "kept" for runs in shown for run in runs),
        copyable=target is not None
        and segment.side(target).text != segment.side(OTHER[target]).text,
    )


def shown_marks(segment: Segment) -> dict[str, str]:
    """A mark for each text of a row, by which a page tells which words its reader saw.

    >>> from harmonize.records import Segment
    >>> sides = {"en": {"text": "Pay", "origin": "source"}}
    >>> sides["es"] = {"text": "Pago", "origin": "machine"}
    >>> source = {"text": "Pay", "language": "en", "confidence": 1, "start": 0, "end": 3}
    >>> row = {"id": "s1", "kind": "heading", "section": "facts", "source": source, **sides}
    >>> shown_marks(Segment.model_validate(row))
    {'source': 'c6c264dc', 'en': 'c6c264dc', 'es': '54edf000'}
    """
    texts = {"source": segment.source.text, "en": segment.en.text, "es": segment.es.text}
    return {name: f"{crc32(text.encode()):08x}" for name, text in texts.items()}


def progress(opened: Open) -> Progress:
    """How far the review of an open posting has come."""
    rows = list(_reviewed(opened.posting))
    return Progress(
        rows=len(rows),
        accepted=sum(opened.status(each) == "accepted" for each in rows),
        looks=sum(map(opened.needs_look, rows)),
    )


def left_out(posting: Posting) -> list[Segment]:
    """Page furniture: shown, so that a reader can see that nothing was lost."""
    return [segment for segment in posting.segments if segment.kind == "boilerplate"]


def verdict(segment: Segment) -> str:
    """How ready a row is."""
    return segment_score(segment.flags, human=is_human(segment)).verdict


def conflict(
    row: RowView, segment: Segment, now: Decision, language: Language, mine: str | None
) -> Conflict:
    """A change that came too late: *mine* word by word against what stands there now.

    Where nothing was typed (*mine* is None), what the other person changed.
    """
    theirs = segment.side(language).text
    was = getattr(now.before, language).text
    return Conflict(
        row=row,
        language=language,
        who=now.who,
        at=now.at,
        theirs=visible(theirs),
        mine=None if mine is None else visible(mine),
        runs=tuple(word_runs(was, theirs) if mine is None else word_runs(theirs, mine)),
    )


def cells(segment: Segment, matcher: Matcher | None) -> Iterator[Cell]:
    """Both sides of a row."""
    terms = terms_in(segment, matcher)
    for language in LANGUAGES:
        found = segment.side(language)
        yield Cell(
            language=language,
            text=visible(found.text),
            parts=tuple(parts(found.text, terms[language])),
            origin=found.origin,
            own=found.origin == "source",
        )


Marks = list[tuple[int, int, Part]]


def terms_in(segment: Segment, matcher: Matcher | None) -> dict[Language, Marks]:
    """Where terms of the glossary stand on each side, with what became of each."""
    marks: dict[Language, Marks] = {"en": [], "es": []}
    target = translated_side(segment)
    if matcher is None or not target:
        return marks
    source = OTHER[target]
    outcomes = {(term.en, term.es): term.outcome for term in segment.terms}
    there = segment.side(target).text
    for match in matcher.find(segment.side(source).text, source):
        entry = match.entry
        named = Part("", False, f"{entry.en} = {entry.es}", outcomes.get((entry.en, entry.es), ""))
        marks[source].append((match.start, match.end, named))
        for found in matcher.occurrences(there, target, entry):
            marks[target].append((found.start, found.end, named))
    for language, text in ((source, segment.side(source).text), (target, there)):
        for match in matcher.find_avoided(text, language):
            named = Part("", False, f"→ {match.entry.term(language)}", "avoided")
            marks[language].append((match.start, match.end, named))
    return marks


def parts(text: str, marks: Marks) -> Iterator[Part]:
    """*text* cut at bold and at *marks*; of marks that overlap the first counts.

    >>> [each[:3] for each in parts("our **CV** here", [(6, 8, Part("", term="CV = CV"))])]
    [('our ', False, ''), ('CV', True, 'CV = CV'), (' here', False, '')]
    """
    free = _without_overlaps(marks)
    done = 0
    for piece in pieces(text):
        start = text.index(piece.text, done)
        done = start + len(piece.text)
        yield from _cut(text, start, done, piece.bold, free)


def _cut(text: str, start: int, end: int, bold: bool, marks: Marks) -> Iterator[Part]:
    for first, last, named in marks:
        if first < start or last > end:
            continue
        if first > start:
            yield Part(visible(text[start:first]), bold)
        yield named._replace(text=visible(text[first:last]), bold=bold)
        start = last
    if start < end:
        yield Part(visible(text[start:end]), bold)


def _without_overlaps(marks: Iterable[tuple[int, int, Part]]) -> Marks:
    free: Marks = []
    for mark in sorted(marks, key=lambda each: (each[0], -each[1])):
        if not free or mark[0] >= free[-1][1]:
            free.append(mark)
    return free


def _reviewed(posting: Posting) -> Iterator[Segment]:
    return (segment for segment in posting.segments if segment.kind != "boilerplate")


def _worst(flags: Sequence[Flag]) -> str:
    found = {flag.severity for flag in flags}
    return next((each for each in ("error", "warning", "info") if each in found), "")
