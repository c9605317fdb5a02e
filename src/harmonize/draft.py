"""A posting before its translation: repaired, cut, its languages known, its facts read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.glossary import Matcher, avoided
from harmonize.glossary.model import Language
from harmonize.harmonise import Findings, read_rows
from harmonize.language import resolve
from harmonize.records import Block, RawPosting, Repaired, Row, SectionName
from harmonize.repairs import repair
from harmonize.repairs.edits import Edit
from harmonize.repairs.further import repaired_further
from harmonize.segments import segment

OTHER: dict[str, Language] = {"en": "es", "es": "en"}


class Draft(NamedTuple):
    """A posting cut and detected, before its translation."""

    raw: RawPosting
    repaired: Repaired
    rows: tuple[Row, ...]
    sections: tuple[SectionName, ...]
    findings: Findings


def draft(raw: RawPosting, matcher: Matcher | None = None) -> Draft:
    """Repair, cut and detect: all that needs no engine; *matcher* has words to be avoided."""
    repaired = repair(raw.text)
    rows = resolve(repaired.text, segment(repaired.text))
    edits = _avoided(repaired.text, rows, matcher) if matcher else []
    if edits:
        repaired = repaired_further(raw.text, repaired, edits)
        rows = resolve(repaired.text, segment(repaired.text))
    sections, findings = read_rows(rows)
    return Draft(raw, repaired, tuple(rows), sections, findings)


def _avoided(text: str, rows: Sequence[Row], matcher: Matcher) -> list[Edit]:
    """What the author wrote against the glossary, to be replaced in the author's own words."""
    found = {
        Edit(block.start + each.start, block.start + each.end, each.after, "glossary", 0.9)
        for language, block in _authored(rows)
        for each in avoided(matcher, text[block.start : block.end], language)
    }
    return sorted(found)


def _authored(rows: Sequence[Row]) -> Iterator[tuple[Language, Block]]:
    """Every block that somebody wrote in English or Spanish."""
    for row in rows:
        other = OTHER.get(row.detection.language)
        if row.block.kind != "boilerplate" and other:
            yield OTHER[other], row.block
            if row.translation:
                yield other, row.translation
