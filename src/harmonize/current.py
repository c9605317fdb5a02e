"""Whether a finished posting is what the translation memory would give today."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from harmonize.glossary.model import Language
from harmonize.memory import TranslationMemory, confirmed
from harmonize.recall import Line, text_at
from harmonize.records import Posting
from harmonize.translate import Work, identities

Identities = tuple[str, ...]
WorkOf = Callable[[Language, Language], Work]

_DIRECTIONS: tuple[tuple[Language, Language], ...] = (("en", "es"), ("es", "en"))
_NOT_BY_AUTHORS = frozenset(("machine", "memory"))


def is_current(posting: Posting, memory: TranslationMemory | None, work: WorkOf) -> bool:
    """Whether *memory* has today for *posting* what is in it: no more, no less."""
    return all(
        given == today
        for direction in _DIRECTIONS
        for given, today in _compared(posting, memory, work(*direction))
    )


def lines_of(posting: Posting) -> list[Line]:
    """The segments as `text_at` needs them, to confirm a translation for its surroundings.

    >>> from harmonize.pipeline import Harmonizer
    >>> with Harmonizer(engine="fake") as harmonizer:
    ...     posting = harmonizer.run_text("Field officer\\n\\nVisit the farms.", id="x")
    >>> text_at(lines_of(posting), 1).words
    'Visit the farms.'
    """
    return [
        Line(each.side(each.source.language).text, each.kind, each.section)
        for each in posting.segments
    ]


def _compared(
    posting: Posting, memory: TranslationMemory | None, work: Work
) -> Iterator[tuple[Identities, Identities]]:
    """What people confirmed of each segment: as it is in the posting, and as it is today."""
    places = [
        number
        for number, each in enumerate(posting.segments)
        if each.source.language == work.source and each.side(work.target).origin in _NOT_BY_AUTHORS
    ]
    today: list[Identities] = [()] * len(places)
    if memory and memory.has_human(work.source, work.target):
        lines = lines_of(posting)
        texts = [text_at(lines, number) for number in places]
        glance = tuple(memory.glance() if each is memory else each for each in work.memories)
        today = identities(texts, work._replace(memories=glance))
    for number, wanted in zip(places, today, strict=True):
        yield confirmed(posting.segments[number].side(work.target).memory), confirmed(wanted)
