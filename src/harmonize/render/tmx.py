"""TMX 1.4b: the translation memory of one posting, for translation programs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from lxml import etree

from harmonize.records import TARGETS, UNDETERMINED, Posting, Segment
from harmonize.render.inline import on_one_line
from harmonize.render.view import shown
from harmonize.render.xml import LANG, child, document

DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def tmx(posting: Posting) -> bytes:
    """One translation unit for each segment that says the same on both sides."""
    root = etree.Element("tmx", version="1.4")
    child(
        root,
        "header",
        creationtool="harmonize",
        creationtoolversion=version("harmonize"),
        segtype="block",
        o_tmf="harmonize",
        adminlang="en",
        srclang="*all*",  # each unit names its own: postings are written in both languages
        datatype="plaintext",
    )
    body = child(root, "body")
    for segment in pairs(posting):
        _unit(body, posting, segment)
    return document(root, DOCTYPE)


def pairs(posting: Posting) -> Iterator[Segment]:
    """The segments whose sides are worth remembering as a pair.

    Left out are page furniture, empty sides, and words of a language that nobody translated.
    """
    for segment in shown(posting):
        copied = "copied" in (segment.en.origin, segment.es.origin)
        both = segment.en.text.strip() and segment.es.text.strip()
        if both and not (copied and segment.source.language != UNDETERMINED):
            yield segment


def _unit(body: Any, posting: Posting, segment: Segment) -> None:
    language = segment.source.language
    source = language if language in TARGETS else "*all*"
    unit = child(body, "tu", tuid=f"{posting.id}/{segment.id}", srclang=source)
    for flag in segment.flags:
        child(unit, "note", f"{flag.severity}: {flag.message}")
    properties = {
        "x-posting": posting.id,
        "x-segment": segment.id,
        "x-section": segment.section,
        "x-kind": segment.kind,
    }
    for name, text in properties.items():
        child(unit, "prop", text, type=name)
    for target in TARGETS:
        side = segment.side(target)
        variant = child(unit, "tuv")
        variant.set(LANG, target)
        child(variant, "prop", side.origin, type="x-origin")
        child(variant, "seg", on_one_line(side.text))
