"""Glossary terms in what a neural pack says: chosen, asked for again, or put in, never forced.

A text whose terms come out by themselves stays as it is.  Of the others the likeliest eight
translations are looked through for one that has them.  Where one is still missing, the words that
stand for it are found, and the model translates again from there on, with the right form in their
place, so that what follows agrees.  Where that spoils the sentence, the form is put into the text
and its neighbours are made to agree.  Where that fails too, the translation stays and is flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harmonize.engines.argos.decode import Decoder, Erasure, Job
from harmonize.engines.argos.place import Sought, Span, placed, rendering
from harmonize.engines.argos.sound import Change, is_sound
from harmonize.engines.base import Request, Result
from harmonize.glossary import Entry, Glossary, Match, Matcher
from harmonize.glossary.agree import Placed
from harmonize.glossary.model import Language
from harmonize.records import Term

HYPOTHESES = 8
CONTINUATIONS = 4
"""So many ways to go on from a term are looked at, the likeliest first."""

OTHER_WORDS = 0.15
SAME_WORDS = 0.08
"""Share of a translation's other words that may differ: in another of the likeliest, and where the
model goes on from a term."""

ROUNDS = 6
"""So many terms of one text are mended at most."""


class Draft(NamedTuple):
    """A translation in the making; ``tried`` has the matches that need no further look."""

    request: Request
    text: str
    tried: frozenset[Match] = frozenset()


class Place(NamedTuple):
    """Where a term that a draft lacks should stand, and the sentence with it there."""

    draft: Draft
    match: Match
    span: Span
    sentence: Placed


def enforce(
    requests: Sequence[Request], texts: Sequence[str], decoder: Decoder, target: Language
) -> list[Result]:
    """The translations *texts* of *requests* with the terms in them, as far as that does no harm.

    Each result says of which terms the model *agreed* with the glossary by itself.
    """
    check = Terms(requests, target)
    drafts = [Draft(*both) for both in zip(requests, texts, strict=True)]
    finished = dict(enumerate(drafts))
    open_ = [number for number, draft in finished.items() if check.missing(draft)]
    if open_:
        chosen = _chosen([finished[number] for number in open_], decoder, check)
        finished |= zip(open_, chosen, strict=True)
    for _ in range(ROUNDS):
        open_ = [number for number in open_ if check.missing(finished[number])]
        if not open_:
            break
        mended = _mended([finished[number] for number in open_], decoder, check)
        finished |= zip(open_, mended, strict=True)
    return [
        Result(text=finished[number].text, terms=check.agreed(first))
        for number, first in enumerate(drafts)
    ]


class Terms:
    """The terms of a batch's requests, and whether translations have them."""

    def __init__(self, requests: Sequence[Request], target: Language) -> None:
        entries = (
            entry
            for request in requests
            for match in request.terms
            for entry in (match.entry, *match.others)
        )
        self.target = target
        self._matcher = Matcher(Glossary(entries=tuple(dict.fromkeys(entries))))

    def where(self, match: Match, text: str) -> list[Span]:
        """Where *text* has the term, as any entry that its words may stand for."""
        if match.entry.status == "keep":
            return _verbatim(match.text, text)
        return [
            (found.start, found.end)
            for entry in (match.entry, *match.others)
            for found in self._matcher.occurrences(text, self.target, entry)
        ]

    def has(self, match: Match, text: str) -> bool:
        """Whether the term is in *text*."""
        return bool(self.where(match, text))

    def avoided(self, text: str) -> list[tuple[Span, Entry]]:
        """What must not stand in *text*, and the entries that say so."""
        found = self._matcher.find_avoided(text, self.target)
        return [((each.start, each.end), each.entry) for each in found]

    def missing(self, draft: Draft) -> list[Match]:
        """The terms that the draft lacks and that were not tried yet."""
        return [
            match
            for match in draft.request.terms
            if match not in draft.tried and not self.has(match, draft.text)
        ]

    def faults(self, draft: Draft, text: str) -> tuple[int, int]:
        """How many terms *text* lacks, and how many renderings it should not have."""
        lacking = sum(not self.has(match, text) for match in draft.request.terms)
        return lacking, len(self.avoided(text))

    def agreed(self, draft: Draft) -> tuple[Term, ...]:
        """The terms that the model itself rendered as the glossary has them."""
        return tuple(
            Term(en=match.entry.en, es=match.entry.es, outcome="agreed")
            for match in draft.request.terms
            if match.entry.status != "keep" and self.has(match, draft.text)
        )


def _verbatim(name: str, text: str) -> list[Span]:
    at = text.find(name)
    return [(at, at + len(name))] if at >= 0 else []


def _chosen(drafts: Sequence[Draft], decoder: Decoder, check: Terms) -> list[Draft]:
    """Of each draft's likeliest translations the one with the most terms."""
    found = decoder.decode([Job(draft.request.text) for draft in drafts], HYPOTHESES)
    return [
        draft._replace(text=_best(draft, hypotheses, check))
        for draft, hypotheses in zip(drafts, found, strict=True)
    ]


def _best(draft: Draft, hypotheses: Sequence[str], check: Terms) -> str:
    """The one with the most terms; of equals the likeliest, and the draft before all."""
    lacking, _ = check.faults(draft, draft.text)
    better = [
        text
        for text in hypotheses
        if check.faults(draft, text)[0] < lacking
        and is_sound(_as_chosen(draft, text, check), check.has)
    ]
    return min(better, key=lambda text: check.faults(draft, text), default=draft.text)


def _as_chosen(draft: Draft, text: str, check: Terms) -> Change:
    gained = [
        match
        for match in draft.request.terms
        if check.has(match, text) and not check.has(match, draft.text)
    ]
    put = " ".join(text[slice(*span)] for match in gained for span in check.where(match, text))
    return Change(draft.request, draft.text, text, (draft.text, text), OTHER_WORDS, put)


def _without(text: str, span: Span) -> str:
    return f"{text[: span[0]]} {text[span[1] :]}"


def _mended(drafts: Sequence[Draft], decoder: Decoder, check: Terms) -> list[Draft]:
    """Each draft with one more of its missing terms in it, or known to have no place for it."""
    places = _places(drafts, decoder, check)
    wanted = [place for place in places if isinstance(place, Place)]
    jobs = [
        Job(each.draft.request.text, each.sentence.before + each.sentence.form) for each in wanted
    ]
    ways = iter(decoder.decode(jobs, CONTINUATIONS) if jobs else [])
    return [
        _put(place, next(ways), check) if isinstance(place, Place) else place for place in places
    ]


def _places(drafts: Sequence[Draft], decoder: Decoder, check: Terms) -> list[Place | Draft]:
    """For each draft the first place of a missing term, or the draft with nothing left to try."""
    asked = [(draft, match) for draft in drafts for match in check.missing(draft)]
    losses = decoder.losses(
        [Erasure(draft.request.text, match.start, match.end, draft.text) for draft, match in asked]
    )
    found: dict[int, list[Place]] = {id(draft): [] for draft in drafts}
    for (draft, match), words in zip(asked, losses, strict=True):
        span = _avoided_for(match, draft, check) or rendering(
            Sought(match, draft.request.text, draft.text, check.target), words, _taken(draft, check)
        )
        sentence = span and placed(match, draft.text, span, check.target)
        if span and sentence:
            found[id(draft)].append(Place(draft, match, span, sentence))
    return [
        min(found[id(draft)], key=lambda place: place.span, default=_given_up(draft))
        for draft in drafts
    ]


def _given_up(draft: Draft) -> Draft:
    return draft._replace(tried=frozenset(draft.request.terms))


def _avoided_for(match: Match, draft: Draft, check: Terms) -> Span | None:
    """A rendering in the draft that the term's own entry says to avoid: surely the wrong one."""
    own = (span for span, entry in check.avoided(draft.text) if entry == match.entry)
    return next(own, None)


def _taken(draft: Draft, check: Terms) -> list[Span]:
    """What other terms, and names that must come back as they are, occupy."""
    names = (span for name in draft.request.names for span in _verbatim(name, draft.text))
    return [span for match in draft.request.terms for span in check.where(match, draft.text)] + [
        *names
    ]


def _put(place: Place, ways: Sequence[str], check: Terms) -> Draft:
    """The draft with the term: the likeliest way to go on from it, else only the place changed.

    What would spoil the sentence is not taken.
    """
    draft = place.draft
    start = place.sentence.before + place.sentence.form
    ends = [text[len(start) :] for text in ways if text.startswith(start)]
    on = [place.sentence.going_on(end) for end in ends if _begins_anew(end)]
    for text in (*on, place.sentence.text):
        if check.has(place.match, text) and _is_sound_at(place, text, check):
            draft = draft._replace(text=text)
            break
    return draft._replace(tried=draft.tried | {place.match})


def _is_sound_at(place: Place, text: str, check: Terms) -> bool:
    """Whether all else is as before."""
    old = _without(place.draft.text, place.span)
    new = f"{place.sentence.before} {text[len(place.sentence.before + place.sentence.form) :]}"
    change = Change(place.draft.request, place.draft.text, text, (old, new), SAME_WORDS)
    return is_sound(change, check.has)


def _begins_anew(rest: str) -> bool:
    """Whether *rest* does not go on within the word before it.

    >>> [_begins_anew(rest) for rest in (" que", ".", "", "es", "-líder")]
    [True, True, True, False, False]
    """
    return not rest[:1].isalnum() and rest[:1] not in ("-", "'", "’", "_")
