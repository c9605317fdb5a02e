"""The review page of one posting: self-contained, without a script, nothing from the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harmonize.records import Bilingual, Posting, Segment, SegmentSource
from harmonize.render.page import page
from harmonize.render.repaired import Run, source_runs
from harmonize.render.sections import SECTION_TITLES, by_section
from harmonize.render.view import count_flags, facts


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
    for name, segments in by_section(posting).items():
        rows = tuple(_row(each, posting) for each in segments if each.kind != "boilerplate")
        if rows:
            yield Chapter(name, SECTION_TITLES[name], rows)


def _row(segment: Segment, posting: Posting) -> Row:
    """Twice in the source if the author wrote it in both languages."""
    places: list[SegmentSource] = [segment.source]
    if segment.parallel:
        places.append(segment.parallel)
    return Row(segment, tuple(tuple(source_runs(place, posting.repairs)) for place in places))
