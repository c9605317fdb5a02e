"""The posting's title in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.records import Bilingual, Segment
from harmonize.segments import known_head

_TITLE_LENGTH = 120


def title_of(segments: Sequence[Segment], fallback: str) -> Bilingual:
    """The posting's title in both languages, without a label such as "Job title:".

    *fallback* where no segment is a title: a heading would be a guess.
    """
    for segment in segments:
        if segment.kind == "title":
            return Bilingual(en=_bare(segment.en.text, "en"), es=_bare(segment.es.text, "es"))
    return Bilingual(en=fallback, es=fallback)


def _bare(text: str, language: str) -> str:
    head = known_head(text, language)
    label = head.words if head and head.words.endswith(":") else ""
    return _shortened(text.removeprefix(label).strip() or text)


def _shortened(text: str) -> str:
    text = text.rstrip(":")
    if len(text) <= _TITLE_LENGTH:
        return text
    return text[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
