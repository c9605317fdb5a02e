"""What a changed term does to finished postings: shown first, applied when somebody says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from harmonize.diff import word_runs
from harmonize.glossary import Entry, Glossary, Matcher
from harmonize.glossary.model import Language
from harmonize.pipeline import Harmonizer
from harmonize.records import Bilingual, Change, Posting, Segment
from harmonize.render.repaired import Run
from harmonize.review import steps
from harmonize.review.decisions import Stale, State
from harmonize.review.desk import Desk, Open, Where, Who
from harmonize.revise import TERM_RULES, reapplied, revisions


class Revised(NamedTuple):
    """One side of a row as a changed term would have it."""

    posting: str
    title: Bilingual
    segment: str
    version: int
    language: Language
    runs: tuple[Run, ...]


class Impact(NamedTuple):
    """What would change, and how many rows stay and do not agree: people's, and the engine's."""

    changes: tuple[Revised, ...]
    people: int
    engine: int
    after: dict[tuple[str, str], Segment]
    repairs: dict[str, tuple[Change, ...]]


def impact(desk: Desk, harmonizer: Harmonizer, entries: Sequence[Entry]) -> Impact:
    """What the glossary of *harmonizer* does to the rows in which *entries* stand."""
    finder = Matcher(Glossary(entries=tuple(entries)))
    changes: list[Revised] = []
    people = engine = 0
    after: dict[tuple[str, str], Segment] = {}
    repairs: dict[str, tuple[Change, ...]] = {}
    for id_ in [each.id for each in desk.summaries()]:
        opened = desk.open(id_)
        before = _only(opened.posting, finder)
        new = reapplied(before, harmonizer)
        changes += _revised(opened, before, new)
        old = {each.id: each for each in before.segments}
        for segment in new.segments:
            if segment != old[segment.id]:
                after[id_, segment.id] = segment
                if _words(segment) == _words(old[segment.id]) and _newly_wrong(old, segment):
                    accepted = opened.status(segment) == "accepted"
                    people, engine = people + accepted, engine + (not accepted)
        if new.repairs != before.repairs:
            repairs[id_] = new.repairs
    return Impact(tuple(changes), people, engine, after, repairs)


def apply(desk: Desk, found: Impact, who: Who) -> tuple[int, int]:
    """Make the changes of *found*; how many rows changed, and how many somebody changed first.

    Raises `FolderInUse` while another program writes into the folder; nothing is changed then.
    """
    with desk.writing():
        return _applied(desk, found, who)


def _applied(desk: Desk, found: Impact, who: Who) -> tuple[int, int]:
    done = late = 0
    versions = {(each.posting, each.segment): each.version for each in found.changes}
    for (id_, segment_id), version in versions.items():
        after = found.after[id_, segment_id]
        try:
            desk.decide(Where(id_, segment_id, version), who, "glossary", _to(after))
            done += 1
        except Stale:
            late += 1
    for id_ in {id_ for id_, _ in found.after}:
        desk.recheck(id_, {segment for posting, segment in found.after if posting == id_},
                     found.repairs.get(id_))  # fmt: skip
    return done, late


def _only(posting: Posting, finder: Matcher) -> Posting:
    """*posting* with only the rows in which a term of *finder* stands, or what it avoids."""
    return posting.model_copy(
        update={"segments": tuple(each for each in posting.segments if _has(each, finder))}
    )


def _has(segment: Segment, finder: Matcher) -> bool:
    looks: list[Callable[[str, Language], object]] = [finder.find, finder.find_avoided]
    return segment.kind != "boilerplate" and any(
        look(segment.side(language).text, language)
        for look in looks
        for language in steps.LANGUAGES
    )


def _revised(opened: Open, before: Posting, after: Posting) -> Iterator[Revised]:
    segments = {each.id: each for each in before.segments}
    for each in revisions(before, after):
        yield Revised(
            posting=before.id,
            title=before.title,
            segment=each.segment,
            version=opened.version(segments[each.segment]),
            language=each.language,
            runs=tuple(word_runs(each.before, each.after)),
        )


def _newly_wrong(old: dict[str, Segment], new: Segment) -> bool:
    known = set(old[new.id].flags)
    return any(each.rule in TERM_RULES and each not in known for each in new.flags)


def _words(segment: Segment) -> tuple[str, str]:
    return segment.en.text, segment.es.text


def _to(after: Segment) -> Callable[[Segment, State], State]:
    def step(_: Segment, state: State) -> State:
        return state.model_copy(update={"en": after.en, "es": after.es})

    return step
