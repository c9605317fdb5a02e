"""The one place where the rooms are put in order."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

from harmonize.check import Bitext, check, repair_flags
from harmonize.engines import AUTO, Engine, Pair, choose_engines, signature
from harmonize.errors import UsageError
from harmonize.flags import flag
from harmonize.glossary import Glossary, Matcher, avoided, load
from harmonize.glossary.model import Language
from harmonize.harmonise import Findings, language_shares, read_rows, title_of
from harmonize.language import resolve
from harmonize.recall import Memory
from harmonize.records import (
    TARGETS,
    UNDETERMINED,
    Bilingual,
    Block,
    Detection,
    Flag,
    Posting,
    RawPosting,
    Repaired,
    Row,
    SectionName,
    Segment,
    SegmentSource,
    Side,
    Source,
)
from harmonize.repairs import repair
from harmonize.repairs.edits import Edit
from harmonize.repairs.further import repaired_further
from harmonize.repairs.offsets import OffsetMap
from harmonize.sector import SectorMemory
from harmonize.segments import segment
from harmonize.style import load_style
from harmonize.translate import Text, Translated, Work, translate_texts

if TYPE_CHECKING:
    from types import TracebackType

OTHER: dict[str, Language] = {"en": "es", "es": "en"}
_HALVES = re.compile("[\ud800-\udfff]")
TITLE = -1
"""Stands for the number of a row where a title is translated that has none."""


class Draft(NamedTuple):
    """A posting cut and detected, before its translation."""

    raw: RawPosting
    repaired: Repaired
    rows: tuple[Row, ...]
    sections: tuple[SectionName, ...]
    findings: Findings


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
        memory: None = None,
        sector_memory: bool = True,
    ) -> None:
        """Choose the engine and read the glossaries: *None* for the bundled ones, [] for none.

        Without *sector_memory* the lines that come translated with harmonize are not used.
        """
        if memory is not None:
            raise UsageError("This version keeps no memory yet.", "Leave memory= out.")
        self.glossary = Glossary() if glossary is not None and not glossary else load(glossary)
        self.style = load_style(glossary)
        self.engines: dict[Pair, Engine] = choose_engines(engine)
        self.matcher = Matcher(self.glossary) if self.glossary.applied else None
        self._memories: tuple[Memory, ...] = (SectorMemory(),) if sector_memory else ()
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
        """Give back the engines' processes and memory."""
        for engine in self.engines.values():
            engine.close()

    @cached_property
    def signature(self) -> str:
        """Everything that a result depends on besides its source."""
        parts = {
            "harmonize": version("harmonize"),
            "engine": signature(self.engines.values()),
            "glossary": self.glossary.hash if self.matcher else "none",
            "style": self.style.hash,
            "memory": "+".join(each.signature() for each in self._memories) or "none",
            "rules": rules_digest(),
        }
        return "|".join(f"{name}:{value}" for name, value in parts.items())

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
        for source in TARGETS:
            places = list(_places_in(drafts, source))
            texts = [_text(drafts[number], column) for number, column in places]
            done = self.translate_texts(texts, source, OTHER[source], progress)
            for (number, column), result in zip(places, done, strict=True):
                translations[number][column] = result
        signed = self.signature
        return [
            _assemble(item, signed, results)
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
        work = Work(
            self.engines[source, target],
            OTHER[target],
            OTHER[source],
            self.matcher,
            progress,
            self._memories,
            self.style,
        )
        with self._lock:
            return translate_texts(texts, work)


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


@cache
def rules_digest() -> str:
    """A hash over the package's own code and tables: any change of a rule changes it."""
    digest = hashlib.sha256()
    pending = [resources.files("harmonize")]
    while pending:
        for entry in sorted(pending.pop().iterdir(), key=lambda entry: entry.name):
            if entry.is_dir() and entry.name not in {"__pycache__", "packs"}:
                pending.append(entry)
            elif entry.is_file():
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:12]


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


def _places_in(drafts: Sequence[Draft], language: str) -> Iterator[tuple[int, int]]:
    """Draft and row of everything in *language* that the engine has to translate."""
    for number, item in enumerate(drafts):
        for column, row in enumerate(item.rows):
            wanted = row.detection.language == language and row.block.kind != "boilerplate"
            if wanted and row.translation is None:
                yield number, column
        if item.findings.title and item.findings.title.language == language:
            yield number, TITLE


def _text(item: Draft, number: int) -> Text:
    if number == TITLE and item.findings.title:
        return Text(item.findings.title.text, "title")
    block = item.rows[number].block
    in_duties = item.sections[number] == "duties" and block.kind in {"bullet", "paragraph"}
    return Text(block.text, block.kind, duty=in_duties)


def _assemble(item: Draft, signed: str, translations: dict[int, Translated]) -> Posting:
    raw = item.raw
    places = OffsetMap(item.repaired.changes)
    segments = tuple(
        _segment(number, item, places, translations.get(number)) for number in range(len(item.rows))
    )
    return Posting(
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
