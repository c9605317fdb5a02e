"""The review page of one posting: self-contained, without a script, nothing from the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.harmonise import SECTION_TITLES, by_section
from harmonize.records import Bilingual, Posting, Segment, SegmentSource
from harmonize.render.page import page
from harmonize.render.repaired import Run, source_runs
from harmonize.render.view import count_flags, facts
from harmonize.render.words import word


class Row(NamedTuple):
    """A segment as the review page shows it, with each place where the author wrote it."""

    segment: Segment
    places: tuple[tuple[Run, ...], ...]


class Chapter(NamedTuple):
    """A section of the harmonised view with its heading."""

    name: str
    title: Bilingual
    rows: tuple[Row, ...]


def review_page(posting: Posting) -> str:
    """Source, repairs, English and Spanish of one posting, side by side, section by section."""
    return page(
        "review.html",
        posting=posting,
        chapters=list(_chapters(posting)),
        left_out=[each for each in posting.segments if each.kind == "boilerplate"],
        facts=facts(posting),
        flags=count_flags(posting),
    )


def _chapters(posting: Posting) -> Iterator[Chapter]:
    """The title, then the sections in their order; page furniture is in none of them."""
    segments = [each for each in posting.segments if each.kind == "title"]
    yield from _chapter("title", word("title"), segments, posting)
    for name, section in by_section(posting):
        segments = [each for each in section if each.kind not in {"title", "boilerplate"}]
        yield from _chapter(name, SECTION_TITLES[name], segments, posting)


def _chapter(
    name: str, title: Bilingual, segments: Sequence[Segment], posting: Posting
) -> Iterator[Chapter]:
    if segments:
        yield Chapter(name, title, tuple(_row(each, posting) for each in segments))


def _row(segment: Segment, posting: Posting) -> Row:
    """Twice in the source if the author wrote it in both languages."""
    places: list[SegmentSource] = [segment.source]
    if segment.parallel:
        places.append(segment.parallel)
    return Row(segment, tuple(tuple(source_runs(place, posting.repairs)) for place in places))
