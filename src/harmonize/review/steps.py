"""What each decision makes of a row: pure functions from one state to the next."""

from __future__ import annotations

import re
from collections.abc import Mapping

from harmonize.glossary import Matcher
from harmonize.glossary.model import Language
from harmonize.memory import confirmed
from harmonize.pipeline import OTHER
from harmonize.records import Origin, Posting, Segment, Side
from harmonize.render.inline import visible
from harmonize.review.decisions import Decision, Row, State, Status, row_of
from harmonize.revise import BY_ENGINE, translated_side, with_segments, with_side

LANGUAGES: tuple[Language, ...] = ("en", "es")
LONGEST = 10_000
"""Code points of the longest text that is taken; what a memory keeps at most."""

_NUMBERED = re.compile(r"\[U\+([0-9A-F]{4,5})\]")


def typed(text: str) -> str:
    r"""What a person typed, on one line, with the characters that were shown as their numbers.

    >>> typed("a [U+202E] b\n c"), typed("[U+0041]")
    ('a \u202e b c', '[U+0041]')
    """

    def hidden(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return chr(code) if code < 0x110000 and visible(chr(code)) == match[0] else match[0]

    return " ".join(_NUMBERED.sub(hidden, text).split())


def state_of(segment: Segment, decision: Decision | None) -> State:
    """How a row stands."""
    return State(
        en=segment.en,
        es=segment.es,
        status=status_of(segment, decision),
        told=tuple(each for each in segment.flags if each.rule in BY_ENGINE),
    )


def status_of(segment: Segment, decision: Decision | None) -> Status:
    """How far a row's review has come; a person's words from an earlier run are accepted."""
    if decision:
        return decision.after.status
    target = translated_side(segment)
    if target is None:
        return "open"
    found = segment.side(target)
    return "accepted" if found.origin == "human" or confirmed(found.memory) else "open"


def edited(segment: Segment, state: State, language: Language, text: str) -> State:
    """The row with *text* for one side.  The author's own side stays the author's, corrected."""
    origin: Origin = "source" if segment.side(language).origin == "source" else "human"
    new = Side(text=typed(text), origin=origin)
    return state.model_copy(update={language: new, "status": "edited", "told": ()})


def accepted(segment: Segment, state: State) -> State:
    """The row as a person wants it: what was translated is from now on a person's word."""
    target = translated_side(segment)
    if target is None:
        return state.model_copy(update={"status": "accepted"})
    new = Side(text=getattr(state, target).text, origin="human")
    return state.model_copy(update={target: new, "status": "accepted", "told": ()})


def copied(segment: Segment, state: State) -> State:
    """The row with the author's words on both sides; unchanged where there is no translation."""
    target = translated_side(segment)
    if target is None:
        return state
    new = Side(text=getattr(state, OTHER[target]).text, origin="human")
    return state.model_copy(update={target: new, "status": "edited", "told": ()})


def engines(state: State, history: list[Decision]) -> State | None:
    """The row as it was before anybody decided; None where it is so."""
    first = history[0].before if history else state
    back = first.model_copy(update={"status": "open"})
    return None if back == state else back


def stands(segment: Segment, state: State, matcher: Matcher | None) -> Segment:
    """*segment* with the sides of *state*, checked anew where they differ."""
    for language in OTHER.values():
        new: Side = getattr(state, language)
        if segment.side(language) != new:
            segment = with_side(segment, language, new, matcher)
    missing = tuple(each for each in state.told if each not in segment.flags)
    return segment.model_copy(update={"flags": (*segment.flags, *missing)}) if missing else segment


def decided(
    posting: Posting, decisions: Mapping[Row, Decision], matcher: Matcher | None
) -> tuple[Posting, dict[str, Decision]]:
    """*posting* with the decisions about it, and these by segment.

    Where a row is open again, what the file has is newer than the log once it was written.
    """
    held: dict[str, Decision] = {}
    segments = []
    for segment in posting.segments:
        found = decisions.get(row_of(posting.id, segment))
        if found:
            held[segment.id] = found
        if found and (found.after.status != "open" or not found.written):
            segments.append(stands(segment, found.after, matcher))
        else:
            segments.append(segment)
    return with_segments(posting, tuple(segments)), held
