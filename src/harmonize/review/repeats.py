"""Rows in which an author wrote the same: what was decided for one can be decided for all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from harmonize.pipeline import OTHER
from harmonize.review.decisions import Stale
from harmonize.revise import translated_side

if TYPE_CHECKING:
    from harmonize.records import Segment
    from harmonize.review.desk import Desk, Where, Who


def key_of(segment: Segment) -> str:
    """Stands for an author's words and the language that they are to be in; empty for a pair."""
    target = translated_side(segment)
    if target is None or segment.kind == "boilerplate":
        return ""
    words = f"{target}\0{segment.side(OTHER[target]).text}"
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()[:16]


def same_elsewhere(desk: Desk, segment: Segment) -> list[Where]:
    """The rows of all postings that say the same as *segment* and are not accepted."""
    key = key_of(segment)
    return [
        desk.place(opened, each)
        for summary in desk.summaries()
        if key and key in summary.waiting
        for opened in [desk.open(summary.id)]
        for each in opened.posting.segments
        if key_of(each) == key and opened.status(each) != "accepted"
    ]


def accept_there(desk: Desk, segment: Segment, places: Sequence[Where], who: Who) -> list[Where]:
    """Accept the rows at *places* with the translation of *segment*; those that were accepted."""
    target = translated_side(segment)
    if target is None:
        return []
    done: list[Where] = []
    for place in places:
        try:
            if desk.accept(place, who, {target: segment.side(target).text}):
                done.append(place)
        except Stale:  # somebody decides there at this moment
            continue
    return done
