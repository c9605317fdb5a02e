"""XLIFF 1.2: one posting for a translation program, with the state of each segment.

A file element of XLIFF has one source language, and postings are written in two: what the author
wrote in English stands in a first file element (en to es), what was written in Spanish in a second
(es to en), each in the order of the posting.  Words of no language, such as addresses, stand in the
first of those that are there and are not to be translated.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, NamedTuple

from lxml import etree

from harmonize.records import TARGETS, UNDETERMINED, Posting, Segment
from harmonize.render.inline import on_one_line
from harmonize.render.view import Language, shown
from harmonize.render.xml import LANG, SPACE, child, document

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_OTHER: dict[Language, Language] = {"en": "es", "es": "en"}
_PRIORITY = {"error": "1", "warning": "3", "info": "10"}


class State(NamedTuple):
    """How far a segment is: XLIFF's words for it, and whether somebody vouches for it."""

    state: str
    qualifier: str = ""
    approved: bool = False


_STATES = {
    "source": State("final", approved=True),
    "human": State("final", approved=True),
    "memory": State("translated", "leveraged-tm"),
    "machine": State("translated", "leveraged-mt"),
}


def xliff(posting: Posting) -> bytes:
    """The posting as XLIFF 1.2, a file element for each language that it was written in."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE}, version="1.2")
    for source, segments in _by_source(posting).items():
        file = child(
            root,
            "file",
            original=posting.source.path or posting.id,
            source_language=source,
            target_language=_OTHER[source],
            datatype="plaintext",
            tool_id="harmonize",
        )
        head = child(file, "header")
        name = {"tool_id": "harmonize", "tool_name": "harmonize"}
        child(head, "tool", **name, tool_version=version("harmonize"))
        body = child(file, "body")
        for segment in segments:
            _unit(body, segment, source)
    return document(root)


def state_of(segment: Segment, target: Language) -> State:
    """How far the *target* side of a segment is, from its origin and its flags."""
    side = segment.side(target)
    if not side.text.strip():
        return State("new")
    if side.origin == "copied":
        return State("final" if segment.source.language == UNDETERMINED else "needs-translation")
    state = _STATES[side.origin]
    doubtful = any(flag.severity != "info" for flag in segment.flags)
    if doubtful and side.origin not in {"source", "human"}:
        return state._replace(state="needs-review-translation")
    return state


def _by_source(posting: Posting) -> dict[Language, list[Segment]]:
    segments = shown(posting)
    written = {segment.source.language for segment in segments}
    used: list[Language] = [language for language in TARGETS if language in written] or ["en"]
    files: dict[Language, list[Segment]] = {language: [] for language in used}
    for segment in segments:
        own = next((each for each in used if each == segment.source.language), used[0])
        files[own].append(segment)
    return files


def _unit(body: Any, segment: Segment, source: Language) -> None:
    target = _OTHER[source]
    state = state_of(segment, target)
    own = segment.source.language == UNDETERMINED
    unit = child(
        body,
        "trans-unit",
        id=segment.id,
        resname=f"{segment.section}/{segment.id}",
        restype=f"x-{segment.kind}",
        approved="yes" if state.approved else "no",
        translate="no" if own else "yes",
    )
    unit.set(SPACE, "preserve")
    child(unit, "source", on_one_line(segment.side(source).text)).set(LANG, source)
    qualifier = {"state_qualifier": state.qualifier} if state.qualifier else {}
    side = child(
        unit, "target", on_one_line(segment.side(target).text), state=state.state, **qualifier
    )
    side.set(LANG, target)
    group = child(unit, "context-group", purpose="information")
    child(group, "context", segment.section, context_type="x-section")
    for flag in segment.flags:
        priority = _PRIORITY[flag.severity]
        note = {"annotates": "target", "from": "harmonize", "priority": priority}
        child(unit, "note", f"{flag.severity}: {flag.message}", **note)
