"""Self-contained HTML pages: no script, no network, one file each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from harmonize.records import Change, Posting, Segment, SegmentSource

if TYPE_CHECKING:
    from jinja2 import Environment


class Run(NamedTuple):
    """A stretch of the source as a reader sees it: kept, taken out or put in."""

    text: str
    state: str


def review_page(posting: Posting) -> str:
    """Repairs, source, English and Spanish of one posting, side by side."""
    rows = [
        (segment, [list(source_runs(place, posting.repairs)) for place in _places(segment)])
        for segment in posting.segments
    ]
    page = _environment().get_template("review.html")
    return page.render(posting=posting, rows=rows, flags=count_flags(posting))


def index_page(postings: Iterable[Posting], rejects: Sequence[dict[str, str]]) -> str:
    """All postings of a folder with their flags, and what was rejected."""
    rows = [(posting, count_flags(posting)) for posting in postings]
    return _environment().get_template("index.html").render(rows=rows, rejects=rejects)


def count_flags(posting: Posting) -> dict[str, int]:
    """How many flags of each severity the posting has.

    >>> count_flags(Posting.model_construct(segments=()))
    {'error': 0, 'warning': 0, 'info': 0}
    """
    counts = {"error": 0, "warning": 0, "info": 0}
    for segment in posting.segments:
        for flag in segment.flags:
            counts[flag.severity] += 1
    return counts


def source_runs(place: SegmentSource, repairs: Sequence[Change]) -> Iterator[Run]:
    """A place in the source with what repair took out and put in, in reading order."""
    done = place.start
    for change in repairs:
        if place.start <= change.start and change.end <= place.end:
            yield Run(place.text[done - place.start : change.start - place.start], "kept")
            yield Run(change.before, "out")
            yield Run(change.after, "in")
            done = change.end
    yield Run(place.text[done - place.start :], "kept")


def _places(segment: Segment) -> list[SegmentSource]:
    """Where the segment stands in the source: twice if the author wrote it in both languages."""
    return [segment.source, *([segment.parallel] if segment.parallel else [])]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("harmonize.render"),
        autoescape=True,  # postings are other people's text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
