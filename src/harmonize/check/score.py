"""How ready a segment is, from its flags alone.

A segment begins at 100 and loses 60 for each error, 20 for each warning and 2 for each note, but
each rule counts once, and it never falls below 0.  From 90 on it is *ready*, from 40 on somebody
should *look* at it, and below that it is to be *rewritten*: one error or a third warning.  What a
person wrote or confirmed loses for errors only.

A posting's score is the mean over its segments, weighted by their letters; it is ready when every
segment is, and to be rewritten when more than a quarter of its letters stand in segments that are.
No engine's own confidence is in it: such numbers say little about whether a reader is misled.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.records import Flag, Posting, Score, Segment, Severity, Verdict

COST: dict[Severity, int] = {"error": 60, "warning": 20, "info": 2}
READY = 90
LOOK = 41
REWRITTEN_SHARE = 0.25


def segment_score(flags: Sequence[Flag], *, human: bool = False) -> Score:
    """The score of one segment; *human* where a person wrote or confirmed the translation.

    >>> from harmonize.flags import flag
    >>> segment_score([]).verdict, segment_score([flag("quotes")]), segment_score([flag("empty")])
    ('ready', Score(score=80, verdict='look'), Score(score=40, verdict='rewrite'))
    """
    worst = {each.rule: each.severity for each in flags}
    counted = [each for each in worst.values() if each == "error" or not human]
    score = max(0, 100 - sum(COST[severity] for severity in counted))
    verdict: Verdict = "ready" if score >= READY else "look" if score >= LOOK else "rewrite"
    return Score(score=score, verdict=verdict)


def posting_score(segments: Sequence[Segment]) -> Score:
    """The score of a whole posting; one without segments is ready.

    >>> posting_score([])
    Score(score=100, verdict='ready')
    """
    weights = [max(1, len(each.source.text)) for each in segments]
    scores = [segment_score(each.flags, human=is_human(each)) for each in segments]
    total = sum(weights)
    if not total:
        return Score(score=100, verdict="ready")
    mean = sum(w * each.score for w, each in zip(weights, scores, strict=True)) / total
    bad = sum(w for w, each in zip(weights, scores, strict=True) if each.verdict == "rewrite")
    verdict: Verdict = "look"
    if all(each.verdict == "ready" for each in scores):
        verdict = "ready"
    elif bad > REWRITTEN_SHARE * total:
        verdict = "rewrite"
    return Score(score=round(mean), verdict=verdict)


def is_human(segment: Segment) -> bool:
    """Whether a person wrote or confirmed both sides."""
    return {segment.en.origin, segment.es.origin} <= {"human", "source", "memory"}


def scored(posting: Posting) -> Posting:
    """*posting* with the scores that its flags give it and its segments today."""
    segments = tuple(map(rated, posting.segments))
    return posting.model_copy(update={"segments": segments, "quality": posting_score(segments)})


def rated(segment: Segment) -> Segment:
    """*segment* with the score that its flags give it today."""
    score = segment_score(segment.flags, human=is_human(segment))
    return segment.model_copy(update={"quality": score})
