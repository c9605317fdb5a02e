"""The one place where the rooms are put in order."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from os import PathLike
from typing import TYPE_CHECKING

from harmonize.assemble import TITLE, assembled
from harmonize.check import terms_of
from harmonize.current import is_current
from harmonize.draft import OTHER, Draft, draft
from harmonize.engines import AUTO, Engine, Pair, choose_engines, signature
from harmonize.engines.base import Results
from harmonize.errors import UsageError
from harmonize.glossary import Glossary, Matcher, load
from harmonize.glossary.model import Language
from harmonize.memory import NOBODY_YET, Maker, TranslationMemory, confirmed
from harmonize.own_name import named, own_name
from harmonize.recall import Line, Memory, Text, text_at
from harmonize.records import TARGETS, Posting, RawPosting
from harmonize.rules import rules_digest
from harmonize.sector import SectorMemory
from harmonize.style import load_style
from harmonize.translate import Translated, Work, translate_texts

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["OTHER", "Draft", "Harmonizer", "draft"]

_HALVES = re.compile("[\ud800-\udfff]")


class Harmonizer:
    """Turns postings into parallel English and Spanish; loads its engine once, thread-safe.

    >>> with Harmonizer(engine="fake") as harmonizer:
    ...     posting = harmonizer.run_text("How to apply: write to us soon.", id="x")
    >>> posting.segments[0].es.text
    'Cómo postularse: es: write to us soon.'
    """

    def __init__(
        self,
        engine: str = AUTO,
        *,
        glossary: Sequence[str] | None = None,
        memory: str | PathLike[str] | None = None,
        sector_memory: bool = True,
        fresh: bool = False,
    ) -> None:
        """Choose the engine and read the glossaries: *None* for the bundled ones, [] for none.

        *memory* is the file of a translation memory, made where there is none; None for no memory.
        Without *sector_memory* the lines that come translated with harmonize are not used.  With
        *fresh* the engine translates again what the memory has from an engine.
        """
        self.glossary = Glossary() if glossary is not None and not glossary else load(glossary)
        self.style = load_style(glossary)
        self.engines: dict[Pair, Engine] = choose_engines(engine)
        self.matcher = Matcher(self.glossary) if self.glossary.applied else None
        self.memory = None if memory is None else TranslationMemory(memory)
        sector: tuple[Memory, ...] = (SectorMemory(),) if sector_memory else ()
        # What people confirmed comes before what the sector says.
        self._memories = (self.memory, *sector) if self.memory else sector
        self.shared: Results | None = None
        """What is asked before the engines in the memory's place: a run's `Shared`."""
        self._fresh = fresh
        self._lock = threading.Lock()

    def __enter__(self) -> Harmonizer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the engines' processes and memory, and close the translation memory."""
        for engine in self.engines.values():
            engine.close()
        if self.memory:
            self.memory.close()

    @cached_property
    def signature(self) -> str:
        """Everything that a result depends on besides its source."""
        parts = {
            "harmonize": version("harmonize"),
            "engine": signature(self.engines.values()),
            "glossary": self.glossary_hash,
            "style": self.style.hash,
            "memory": "+".join(filter(None, (each.signature() for each in self._memories)))
            or "none",
            "rules": rules_digest(),
        }
        return "|".join(f"{name}:{value}" for name, value in parts.items())

    @cached_property
    def makers(self) -> dict[Pair, Maker]:
        """For each direction what an engine's result depends on besides its text."""
        signatures = {engine: engine.signature() for engine in set(self.engines.values())}
        return {
            pair: Maker(signatures[engine], self.glossary_hash, rules_digest())
            for pair, engine in self.engines.items()
        }

    @property
    def glossary_hash(self) -> str:
        """Changes with the terms that are applied."""
        return self.glossary.hash if self.matcher else "none"

    @property
    def people(self) -> str:
        """The state of what people confirmed: while it is the same, `is_current` stays so."""
        return self.memory.people() if self.memory else NOBODY_YET

    def is_current(self, posting: Posting) -> bool:
        """Whether the memory has today for *posting* what is in it: no more, no less."""
        return is_current(posting, self.memory, self._work)

    def translate(self, text: str, source: str, target: str) -> Translated:
        """Translate one segment."""
        return self.translate_many([text], source, target)[0]

    def translate_many(self, texts: Sequence[str], source: str, target: str) -> list[Translated]:
        """Translate segments in one batch, one result for each, in order."""
        return self.translate_texts([Text(text) for text in texts], source, target)

    def run_text(self, text: str, id: str) -> Posting:  # noqa: A002 - the contract's name
        """One posting from its text; halves of characters (lone surrogates) become U+FFFD."""
        text = _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)
        raw = RawPosting(
            id=id,
            path="",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            media_type="text/plain",
            encoding="utf-8",
            text=text,
        )
        return self.run([raw])[0]

    def run(
        self, raws: Iterable[RawPosting], progress: Callable[[int], None] | None = None
    ) -> list[Posting]:
        """Postings from their texts, all their segments in one batch for each direction."""
        return self.finish([self.draft(raw) for raw in raws], progress)

    def draft(self, raw: RawPosting) -> Draft:
        """Repair, cut and detect, with the glossary's avoided words replaced."""
        return draft(raw, self.matcher)

    def finish(
        self, drafts: Sequence[Draft], progress: Callable[[int], None] | None = None
    ) -> list[Posting]:
        """Translate drafts, all together, and put each posting's record together.

        *progress* is called with the number of units just translated.
        """
        translations: list[dict[int, Translated]] = [{} for _ in drafts]
        lines = [_lines(item) for item in drafts]
        names = [own_name(item.findings.facts.organization, self.matcher) for item in drafts]
        for source in TARGETS:
            places = list(_places_in(drafts, source))
            texts = [
                named(_text(drafts[number], lines[number], column), names[number])
                for number, column in places
            ]
            done = self.translate_texts(texts, source, OTHER[source], progress)
            for (number, column), result in zip(places, done, strict=True):
                translations[number][column] = result
        signed = self.signature
        return [
            assembled(item, signed, results)
            for item, results in zip(drafts, translations, strict=True)
        ]

    def translate_texts(
        self,
        texts: Sequence[Text],
        source: str,
        target: str,
        progress: Callable[[int], None] | None = None,
    ) -> list[Translated]:
        """Translate texts of which it is known what they are, one result for each, in order."""
        if (source, target) not in self.engines:
            raise UsageError(f"harmonize does not translate {source}→{target}.", "Use en and es.")
        work = self._work(OTHER[target], OTHER[source])._replace(progress=progress)
        with self._lock:
            done = translate_texts(texts, work)
        return [_reread(text, each, work) for text, each in zip(texts, done, strict=True)]

    def _work(self, source: Language, target: Language) -> Work:
        engine = self.engines[source, target]
        results = self.shared
        if results is None and self.memory:
            results = self.memory.results(self.makers[source, target], self._fresh)
        return Work(engine, source, target, self.matcher, None, self._memories, results, self.style)


def _reread(text: Text, done: Translated, work: Work) -> Translated:
    """What a person confirmed, held against today's glossary: told, not changed."""
    if work.matcher is None or not confirmed(done.memory):
        return done
    languages = (work.source, work.target)
    terms, flags = terms_of(work.matcher, text.words, done.text, languages)
    return done._replace(terms=terms, flags=tuple(dict.fromkeys((*done.flags, *flags))))


def _places_in(drafts: Sequence[Draft], language: str) -> Iterator[tuple[int, int]]:
    """Draft and row of everything in *language* that the engine has to translate."""
    for number, item in enumerate(drafts):
        for column, row in enumerate(item.rows):
            wanted = row.detection.language == language and row.block.kind != "boilerplate"
            if wanted and row.translation is None:
                yield number, column
        if item.findings.title and item.findings.title.language == language:
            yield number, TITLE


def _text(item: Draft, lines: Sequence[Line], number: int) -> Text:
    if number == TITLE and item.findings.title:
        return Text(item.findings.title.text, "title")
    return text_at(lines, number)


def _lines(item: Draft) -> list[Line]:
    rows = zip(item.rows, item.sections, strict=True)
    return [Line(row.block.text, row.block.kind, section) for row, section in rows]
