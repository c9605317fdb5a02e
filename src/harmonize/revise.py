"""Finished postings revised: a side written anew by a person, or a glossary applied again.

Nothing that a person wrote is changed; what no longer agrees is flagged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.check import CHECKED, Bitext, check, rated, terms_of
from harmonize.flags import flag
from harmonize.glossary import Matcher
from harmonize.glossary.model import Language
from harmonize.glossary.settle import Replacement, avoided, replaced, settle
from harmonize.harmonise import title_of
from harmonize.memory import confirmed
from harmonize.own_name import named, own_name
from harmonize.pipeline import OTHER, Harmonizer
from harmonize.recall import Text
from harmonize.records import Change, Flag, Posting, Segment, Side
from harmonize.translate import Translated

TERM_RULES = frozenset(("term-violated", "term-avoided"))
BY_ENGINE = frozenset(("unknown-word", "uninflected-word", "engine-failed"))
"""What an engine said of a translation that it made: no longer true of another one."""

_OURS = frozenset(("machine", "memory"))
"""Origins of sides that no person of this house has written or confirmed."""


class Revision(NamedTuple):
    """One side of a segment that changed."""

    segment: str
    language: Language
    before: str
    after: str


def translated_side(segment: Segment) -> Language | None:
    """The side that was made from the other; None where the author wrote both, or neither.

    >>> from harmonize.records import SegmentSource
    >>> place = SegmentSource(text="Pay", language="en", confidence=1, start=0, end=3)
    >>> translated_side(Segment(id="s1", kind="bullet", section="other", source=place,
    ...     en=Side(text="Pay", origin="source"), es=Side(text="Pago", origin="machine")))
    'es'
    """
    own = [language for language in OTHER.values() if segment.side(language).origin == "source"]
    return OTHER[own[0]] if len(own) == 1 else None


def with_side(
    segment: Segment, language: Language, new: Side, matcher: Matcher | None = None
) -> Segment:
    """*segment* with *new* for its version in *language*, checked anew.

    What an engine said of the words that stood there before is no longer said.
    """
    kept = segment.model_copy(
        update={
            language: new,
            "flags": tuple(each for each in segment.flags if each.rule not in BY_ENGINE),
        }
    )
    return rechecked(kept, matcher)


def rechecked(segment: Segment, matcher: Matcher | None = None) -> Segment:
    """*segment* with its terms and the flags of all checks as its words are now."""
    target = translated_side(segment)
    if target is None:
        return segment
    source = OTHER[target]
    ours, theirs = segment.side(source).text, segment.side(target).text
    told = check(Bitext(ours, theirs, source, target, segment.kind))
    terms, about_terms = terms_of(matcher, ours, theirs, (source, target)) if matcher else ((), ())
    about_terms = (*_own_avoided(segment, matcher), *about_terms)
    return _with_flags(segment, (*about_terms, *told)).model_copy(update={"terms": terms})


def _own_avoided(segment: Segment, matcher: Matcher | None) -> tuple[Flag, ...]:
    """The author's words that the glossary avoids and that could not be replaced."""
    if matcher is None:
        return ()
    return tuple(
        flag("term-avoided", found=text[each.start : each.end], wanted=each.after)
        for language in _authored(segment)
        for text in [segment.side(language).text]
        for each in avoided(matcher, text, language)
    )


def _with_flags(segment: Segment, flags: Sequence[Flag]) -> Segment:
    """*segment* with *flags* in place of what its checks and the glossary said before."""
    kept = [each for each in segment.flags if each.rule not in CHECKED | TERM_RULES]
    told = tuple(dict.fromkeys((*kept, *flags)))
    return rated(segment.model_copy(update={"flags": told}))


def carried(posting: Posting, before: Posting, matcher: Matcher | None = None) -> Posting:
    """*posting*, made anew, with the sides that people wrote in *before* it.

    A side is carried to the segment that has the same words of the author in the input, repeated
    ones in their order; where these words changed, it is not.
    """
    people = _by_source(before)
    segments = tuple(
        _with_people(segment, people.get(key), matcher)
        for key, segment in _by_source(posting).items()
    )
    return with_segments(posting, segments)


def with_segments(posting: Posting, segments: tuple[Segment, ...]) -> Posting:
    """*posting* with *segments*; a title that was one of them follows."""
    if segments == posting.segments:
        return posting
    title = posting.title
    if title == title_of(posting.segments, posting.id, posting.organization):
        title = title_of(segments, posting.id, posting.organization)
    return posting.model_copy(update={"segments": segments, "title": title})


def reapplied(posting: Posting, harmonizer: Harmonizer) -> Posting:
    """*posting* as the glossary of *harmonizer* wants it, translated again only where it must be.

    The author's avoided words are replaced and recorded as repairs; renderings that must not
    appear are replaced; a segment whose terms do not come out so is translated anew.
    """
    matcher = harmonizer.matcher
    if matcher is None:
        return posting
    posting = _own_words(posting, matcher)
    settled = [_settled(segment, matcher) for segment in posting.segments]
    name = own_name(posting.organization, matcher)
    again = _translated_again(settled, harmonizer, name)
    segments = tuple(again.get(each.id, each) for each in settled)
    return posting.model_copy(update={"segments": segments, "signature": harmonizer.signature})


def revisions(before: Posting, after: Posting) -> list[Revision]:
    """The sides that differ between two states of one posting, in order."""
    old = {segment.id: segment for segment in before.segments}
    return [
        Revision(segment.id, language, old[segment.id].side(language).text, new.text)
        for segment in after.segments
        for language in OTHER.values()
        for new in [segment.side(language)]
        if segment.id in old and old[segment.id].side(language).text != new.text
    ]


def _by_source(posting: Posting) -> dict[tuple[str, int], Segment]:
    """The segments by what the author wrote, and how often that stood before."""
    seen: Counter[str] = Counter()
    found = {}
    for segment in posting.segments:
        text = segment.source.text
        found[text, seen[text]] = segment
        seen[text] += 1
    return found


def _with_people(segment: Segment, old: Segment | None, matcher: Matcher | None) -> Segment:
    """*segment* with the sides of *old* that a person wrote."""
    for language in OTHER.values():
        if old is not None and old.side(language).origin == "human":
            segment = with_side(segment, language, old.side(language), matcher)
    return segment


def _settled(segment: Segment, matcher: Matcher) -> Segment:
    """*segment* held against the glossary: a person's side is judged, an engine's put right."""
    target = translated_side(segment)
    if target is None:
        return segment
    old = segment.side(target)
    if not _is_ours(old):
        return rechecked(segment, matcher)
    source = OTHER[target]
    ours = segment.side(source).text
    done = settle(matcher, matcher.find(ours, source), old.text, target)
    told = check(Bitext(ours, done.text, source, target, segment.kind))
    new = old.model_copy(update={"text": done.text})
    kept = segment.model_copy(update={target: new, "terms": done.terms})
    return _with_flags(kept, (*_own_avoided(kept, matcher), *done.flags, *told))


def _translated_again(
    segments: Sequence[Segment], harmonizer: Harmonizer, name: str
) -> dict[str, Segment]:
    """The segments with a term violated that an engine may put right, translated anew, by ID."""
    done: dict[str, Segment] = {}
    for target in OTHER.values():
        source = OTHER[target]
        wrong = [each for each in segments if _is_violated(each, target)]
        texts = [
            named(Text(each.side(source).text, each.kind, duty=_is_duty(each)), name)
            for each in wrong
        ]
        answers = harmonizer.translate_texts(texts, source, target) if texts else []
        for segment, answer in zip(wrong, answers, strict=True):
            done[segment.id] = _answered(segment, target, answer)
    return done


def _is_violated(segment: Segment, target: Language) -> bool:
    violated = any(term.outcome == "violated" for term in segment.terms)
    return violated and translated_side(segment) == target and _is_ours(segment.side(target))


def _is_ours(old: Side) -> bool:
    """Whether nobody wrote or confirmed *old*: it may be changed."""
    return old.origin in _OURS and not confirmed(old.memory)


def _is_duty(segment: Segment) -> bool:
    return segment.section == "duties" and segment.kind in {"bullet", "paragraph"}


def _answered(segment: Segment, target: Language, answer: Translated) -> Segment:
    """*segment* with a new translation."""
    ours = segment.side(OTHER[target]).text
    told = check(Bitext(ours, answer.text, OTHER[target], target, segment.kind))
    new = Side(text=answer.text, origin=answer.origin, memory=answer.memory)
    kept = [each for each in segment.flags if each.rule not in BY_ENGINE]
    changed = segment.model_copy(update={target: new, "terms": answer.terms, "flags": tuple(kept)})
    return _with_flags(changed, (*answer.flags, *told))


def _own_words(posting: Posting, matcher: Matcher) -> Posting:
    """The author's avoided words replaced, each recorded as a repair of the input."""
    changes = list(posting.repairs)
    segments = []
    for segment in posting.segments:
        own = segment
        for language in _authored(segment):
            own, changes = _replaced(own, language, matcher, changes)
        segments.append(own)
    return posting.model_copy(update={"segments": tuple(segments), "repairs": tuple(changes)})


def _authored(segment: Segment) -> Iterator[Language]:
    if segment.kind != "boilerplate":
        yield from (each for each in OTHER.values() if segment.side(each).origin == "source")


def _replaced(
    segment: Segment, language: Language, matcher: Matcher, changes: list[Change]
) -> tuple[Segment, list[Change]]:
    own = segment.side(language)
    made: list[Replacement] = []
    for each in avoided(matcher, own.text, language):
        recorded = _recorded(segment, language, own.text, each, changes)
        if recorded is not None:
            changes = recorded
            made.append(each)
    new = own.model_copy(update={"text": replaced(own.text, made)})
    return segment.model_copy(update={language: new}), changes


def _recorded(
    segment: Segment, language: Language, text: str, each: Replacement, changes: list[Change]
) -> list[Change] | None:
    """*changes* with a replacement among them; None where its place in the input is not certain.

    The words stand in the input as they do here, or they are those of an earlier repair.
    """
    place = segment.source
    if place.language != language and segment.parallel:
        place = segment.parallel
    before = text[each.start : each.end]
    inside = [c for c in changes if place.start <= c.start and c.end <= place.end]
    repaired = [c for c in inside if before in c.after]
    if len(repaired) == 1 and text.count(before) == 1:
        old = repaired[0]
        new = old.model_copy(
            update={"after": old.after.replace(before, each.after), "rule": f"{old.rule}+glossary"}
        )
        return [new if c is old else c for c in changes]
    number = text.count(before, 0, each.start)
    starts = _starts(place.text, before)
    if len(starts) != text.count(before):
        return None
    start = place.start + starts[number]
    end = start + len(before)
    if any(c.start < end and start < c.end for c in changes):
        return None
    new = Change(
        start=start, end=end, before=before, after=each.after, rule="glossary", confidence=0.9
    )
    return sorted([*changes, new], key=lambda c: (c.start, c.end))


def _starts(text: str, part: str) -> list[int]:
    found, at = [], text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + len(part))
    return found
