"""The language of each block of a posting: what the block says, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.language import names
from harmonize.language.detect import HOME, Scores, detect, score
from harmonize.records import UNDETERMINED, Block, Detection
from harmonize.segments import tables

_WEAK = 3.0
"""Nats under which a block's own words do not decide, and its neighbours are heard."""
_REACH = 4
_MOST = 4.0
"""Nats that one neighbour may add at most; the nearest counts in full, the next for half…"""
_RUNNING = 6
"""Words of a block that may bring in a language other than English and Spanish."""


def detect_blocks(blocks: Sequence[Block]) -> list[Detection]:
    """The language of each of *blocks*, the blocks of one posting in order.

    >>> from harmonize.segments import segment
    >>> text = "Requisitos\\n- Título universitario\\n- Excel intermedio\\n- Director regional"
    >>> [found.language for found in detect_blocks(segment(text))]
    ['es', 'es', 'es', 'es']
    """
    alone = [detect(block.text) for block in blocks]
    scores = [_scores(block.text) for block in blocks]
    present = _present(blocks, alone)
    leans = [_lean(found, own) for found, own in zip(alone, scores, strict=True)]
    return [
        _settled(block, found, own, _heard(leans, at), present)
        for at, (block, found, own) in enumerate(zip(blocks, alone, scores, strict=True))
    ]


def _scores(text: str) -> Scores | None:
    telling = names.telling(names.words(text))
    return score(telling) if telling else None


def _present(blocks: Sequence[Block], alone: Sequence[Detection]) -> frozenset[str]:
    """English, Spanish, and the languages of which a whole sentence stands in the posting."""
    found = {
        detection.language
        for block, detection in zip(blocks, alone, strict=True)
        if len(block.text.split()) >= _RUNNING
    }
    return frozenset(found.union(HOME))


def _lean(found: Detection, own: Scores | None) -> float:
    """What a block tells its neighbours: nats for English, negative for Spanish."""
    if found.decided_by == "headings":
        return _MOST if found.language == "en" else -_MOST
    if own is None or found.language not in HOME:
        return 0.0
    return max(-_MOST, min(_MOST, own.lean()))


def _heard(leans: Sequence[float], at: int) -> float:
    """What the blocks around *at* say, the nearest loudest."""
    total = 0.0
    for away in range(1, _REACH + 1):
        before = leans[at - away] if at >= away else 0.0
        after = leans[at + away] if at + away < len(leans) else 0.0
        total += (before + after) / 2 ** (away - 1)
    return total


def _settled(
    block: Block, found: Detection, own: Scores | None, heard: float, present: frozenset[str]
) -> Detection:
    """The verdict on one block: its own, or its neighbours' where it has none to speak of."""
    if own is None or found.language in (UNDETERMINED, "mixed") or found.decided_by == "headings":
        return found
    lean = own.lean()
    foreign = found.language not in present
    cue = tables.heading(block.text)
    if not foreign and cue is None and (abs(lean) >= _WEAK or found.language not in HOME):
        return found
    if not heard and not foreign:
        return found
    total = lean + heard
    language = "en" if total > 0 else "es"
    if language == found.language:
        return found
    confidence = round(min(0.95, abs(total) / (abs(total) + 2)), 4)
    return Detection(language=language, confidence=confidence, decided_by="neighbours")
