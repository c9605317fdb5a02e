"""What is done with a group of postings from their texts to their files, but for writing them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from harmonize.catalogue import Line, line_of
from harmonize.config import Config
from harmonize.errors import HarmonizeError
from harmonize.pipeline import Draft, Harmonizer
from harmonize.records import Posting, RawPosting, Reject
from harmonize.revise import carried
from harmonize.store import POSTING, Store, rendered

SAID = 120
"""So many characters of a fault's message are told: it may quote the posting."""


class Item(NamedTuple):
    """A text to be done, and its place among the inputs of the run."""

    place: int
    raw: RawPosting


class Refused(NamedTuple):
    """An input that cannot be used, and its place among the inputs of the run."""

    place: int
    reject: Reject


class Done(NamedTuple):
    """A posting's files, ``posting.json`` last, and what the catalogue says of it."""

    line: Line
    files: dict[str, bytes]


class Made(NamedTuple):
    """What became of a group; ``seconds`` by stage."""

    done: tuple[Done, ...]
    refused: tuple[Refused, ...]
    seconds: dict[str, float]


def harmonizer_of(config: Config, *, fresh: bool = False) -> Harmonizer:
    """The engines, glossary and memories that *config* names; with *fresh* all is made anew."""
    return Harmonizer(
        config.engine,
        glossary=config.glossary,
        memory=config.memory or None,
        sector_memory=config.sector_memory,
        fresh=fresh,
    )


class Worker:
    """Makes groups of postings, one after the other; its engine is loaded with the first.

    From *store* it takes what people wrote into earlier versions; it writes nothing.
    """

    def __init__(
        self,
        harmonizer: Harmonizer,
        store: Store,
        formats: Sequence[str],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._harmonizer = harmonizer
        self._store = store
        self._formats = (*formats, "json")
        self._progress = progress
        self._refused: list[Refused] = []
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def make(self, items: Sequence[Item]) -> Made:
        """The files of a group; raises the `HarmonizeError` that stops a run.

        What fails for one posting by a fault of ours is refused and stops no other.
        """
        self._refused, self._seconds = [], defaultdict(float)
        places = {item.raw.id: item for item in items}
        with self._timed("prepare"):
            drafts = [found for item in items if (found := self._draft(item))]
        with self._timed("translate"):
            postings = self._finished(drafts, places)
        with self._timed("render"):
            made = [self._done(each, places[each.id]) for each in postings]
        return Made(tuple(filter(None, made)), tuple(self._refused), dict(self._seconds))

    def _draft(self, item: Item) -> Draft | None:
        try:
            return self._harmonizer.draft(item.raw)
        except Exception as error:  # noqa: BLE001 - one posting must not stop the others
            self._fault(item, error)
            return None

    def _finished(self, drafts: Sequence[Draft], places: dict[str, Item]) -> list[Posting]:
        """All postings at once; where that fails each by itself, so that one harms no other."""
        try:
            return self._harmonizer.finish(drafts, self._progress)
        except HarmonizeError:
            raise
        except Exception as error:  # noqa: BLE001 - one posting must not stop the others
            if len(drafts) > 1:
                return [done for item in drafts for done in self._finished([item], places)]
            self._fault(places[drafts[0].raw.id], error)
            return []

    def _done(self, posting: Posting, item: Item) -> Done | None:
        """The files of *posting*, with what people wrote in the one that is there."""
        try:
            before = self._store.posting(posting.id)
            if before:
                posting = carried(posting, before, self._harmonizer.matcher)
            files = rendered(posting, self._formats)
            return Done(line_of(posting, files[POSTING]), files)
        except Exception as error:  # noqa: BLE001 - one posting must not stop the others
            self._fault(item, error)
            return None

    def _fault(self, item: Item, error: Exception) -> None:
        said = str(error)[:SAID]
        reason = f"harmonize failed on it ({type(error).__name__}: {said}). Please report it."
        self._refused.append(Refused(item.place, Reject(source=item.raw.path, reason=reason)))

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self._seconds[stage] += time.perf_counter() - begin
