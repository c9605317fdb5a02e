"""A posting's record put together from its draft and the translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harmonize.check import Bitext, check, repair_flags, scored
from harmonize.draft import OTHER, Draft
from harmonize.flags import flag
from harmonize.harmonise import language_shares, title_of
from harmonize.records import (
    TARGETS,
    UNDETERMINED,
    Bilingual,
    Block,
    Detection,
    Flag,
    Posting,
    Row,
    Segment,
    SegmentSource,
    Side,
    Source,
)
from harmonize.repairs.offsets import OffsetMap
from harmonize.translate import Translated

TITLE = -1
"""Stands for the number of a row where a title is translated that has none."""


def assembled(item: Draft, signed: str, translations: Mapping[int, Translated]) -> Posting:
    """The record of a draft, *signed*, with the translation of each row that has one."""
    raw = item.raw
    places = OffsetMap(item.repaired.changes)
    segments = tuple(
        _segment(number, item, places, translations.get(number)) for number in range(len(item.rows))
    )
    posting = Posting(
        id=raw.id,
        source=Source(
            path=raw.path, sha256=raw.sha256, media_type=raw.media_type, encoding=raw.encoding
        ),
        signature=signed,
        title=_title(item, segments, translations.get(TITLE)),
        **dict(item.findings.facts),
        languages=language_shares(_letters(segments)),
        repairs=item.repaired.changes,
        segments=segments,
    )
    return scored(posting)


def _title(item: Draft, segments: Sequence[Segment], done: Translated | None) -> Bilingual:
    """The title; one that stands only in a sentence is translated by itself."""
    said = item.findings.title
    if said is None:
        return title_of(segments, item.raw.id, item.findings.facts.organization)
    other = done.text if done else said.text
    en, es = (said.text, other) if said.language == "en" else (other, said.text)
    return Bilingual(en=en, es=es)


def _segment(number: int, item: Draft, places: OffsetMap, done: Translated | None) -> Segment:
    row = item.rows[number]
    sides, flags = _sides(row, done)
    terms = done.terms if done else ()
    other = row.translation
    language = OTHER.get(row.detection.language, UNDETERMINED)
    found = row.detection.model_copy(update={"language": language})
    source = _place(row.block, row.detection, item.raw.text, places)
    flags += repair_flags(item.repaired, source, row.block.start, row.block.end)
    flags += item.findings.flags.get(number, ())
    return Segment(
        id=f"s{number + 1:03}",
        kind=row.block.kind,
        section=item.sections[number],
        marker=row.block.marker,
        level=row.block.level,
        source=source,
        parallel=_place(other, found, item.raw.text, places) if other else None,
        en=sides["en"],
        es=sides["es"],
        terms=terms,
        flags=flags,
    )


def _place(block: Block, found: Detection, text: str, places: OffsetMap) -> SegmentSource:
    """Where a block stands in the input, and what stood there before any repair."""
    start, end = places.to_input(block.start, block.end)
    return SegmentSource(
        text=text[start:end],
        language=found.language,
        confidence=found.confidence,
        start=start,
        end=end,
    )


def _sides(row: Row, done: Translated | None) -> tuple[dict[str, Side], tuple[Flag, ...]]:
    """Both versions: the author's own words on their side, the engine's on the other."""
    found, text = row.detection.language, row.block.text
    copy = Side(text=text, origin="copied")
    if found not in OTHER:
        foreign = found != UNDETERMINED and row.block.kind != "boilerplate"
        return dict.fromkeys(TARGETS, copy), (flag("other-language", language=found),) * foreign
    own, other = Side(text=text, origin="source"), OTHER[found]
    language = OTHER[other]
    if row.translation:
        return {language: own, other: Side(text=row.translation.text, origin="source")}, ()
    if done is None:
        return {language: own, other: copy}, ()
    told = check(Bitext(text, done.text, language, other, row.block.kind))
    translated = Side(text=done.text, origin=done.origin, memory=done.memory)
    return {language: own, other: translated}, (*done.flags, *told)


def _letters(segments: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """Language and text of all that is written in a language, page furniture left out."""
    for each in segments:
        for source in (each.source, each.parallel):
            if source and source.language != UNDETERMINED and each.kind != "boilerplate":
                yield source.language, source.text
