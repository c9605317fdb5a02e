"""From texts in one language to the same texts in the other, through an engine, in one batch.

A text is cut into units (sentences, table cells, items of an inline list); what no engine may
touch is shielded; equal units are translated once; and each unit is put back where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from harmonize.engines.base import Engine, Request, Result
from harmonize.engines.dress import like_source
from harmonize.protect import Shielded, has_words, pieces_around, shield
from harmonize.records import CELL, Flag, Kind, Term
from harmonize.segments import known_head, sentences

BATCH_UNITS = 512
"""Units an engine gets at once: enough to sort by length, few enough to show progress."""

_ITEM = r"(?<![^\s(\[;:,.])\(?\b(?:\d{1,2}|[a-z]|[ivx]{2,4})\)\s+"
_ALWAYS = rf"{re.escape(CELL)}|\*\*"
_INLINE_ITEM = re.compile(_ITEM)
_SEPARATOR = re.compile(f"({_ALWAYS})")
_SEPARATOR_OR_ITEM = re.compile(f"({_ALWAYS}|{_ITEM})")


class Text(NamedTuple):
    """A text to be translated and what kind of segment it is."""

    words: str
    kind: Kind = "paragraph"


class Translated(NamedTuple):
    """A text in the other language, and what a reader should know about it."""

    text: str
    flags: tuple[Flag, ...] = ()
    terms: tuple[Term, ...] = ()


class Unit(NamedTuple):
    """A piece of a text: to be translated, known already, or to be copied."""

    words: str
    to_translate: bool = False
    known: str | None = None


Progress = Callable[[int], None]


def translate_texts(
    texts: Sequence[Text],
    engine: Engine,
    source: str,
    target: str,
    progress: Progress | None = None,
) -> list[Translated]:
    """Translate *texts*, one result for each, in order.

    *progress* is called with the number of units just done.

    >>> from harmonize.engines.fake import FakeEngine
    >>> translate_texts([Text("Write to a@b.org | £5")], FakeEngine(), "en", "es")[0].text
    'Es: Write to a@b.org | £5'
    """
    rows = [[(unit, text.kind) for unit in units(text.words, source)] for text in texts]
    wanted = [(unit.words, kind) for row in rows for unit, kind in row if unit.to_translate]
    done = _Work(engine, source, target, progress or _no_progress).translate(wanted)
    return [
        _join([done.get((unit.words, kind)) or _as_known(unit) for unit, kind in row])
        for row in rows
    ]


def units(text: str, language: str) -> list[Unit]:
    """*text* cut into what is translated by itself, and what stands between; joined, it is *text*.

    >>> [unit.words for unit in units("**Research:** Conduct it. Report.", "en")]
    ['**', 'Research:', '**', ' ', 'Conduct it.', ' ', 'Report.']
    >>> [unit.words for unit in units("in: 1) soil; 2) water", "en") if unit.to_translate]
    ['in:', 'soil;', 'water']
    """
    # A lone "1)" is a reference in a sentence; from two on they are the items of a list.
    listed = len(list(islice(_INLINE_ITEM.finditer(text), 2))) == 2
    pieces = (_SEPARATOR_OR_ITEM if listed else _SEPARATOR).split(text)
    cut = [
        unit
        for number, piece in enumerate(pieces)
        for unit in ([Unit(piece)] if number % 2 else _units_of(piece, language))
    ]
    return [unit for unit in cut if unit.words]


def _units_of(piece: str, language: str) -> list[Unit]:
    """A known heading or label by itself, then sentences."""
    before, core, after = _without_spaces(piece)
    head = known_head(core, language)
    rest = core[len(head.words) :] if head else core
    known = [Unit(head.words, known=head.translation)] if head else []
    found = [Unit(part, has_words(part)) for part in _sentences(rest, language)]
    return [Unit(before), *known, *found, Unit(after)]


def _without_spaces(text: str) -> tuple[str, str, str]:
    """White space at the start, the text, white space at the end."""
    core = text.strip()
    start = text.find(core)
    return text[:start], core, text[start + len(core) :]


def _sentences(piece: str, language: str) -> list[str]:
    """Sentences and the white space between them."""
    return [part for each in sentences(piece, language) for part in _without_spaces(each)]


class _Work(NamedTuple):
    """One direction's work for an engine."""

    engine: Engine
    source: str
    target: str
    progress: Progress

    def translate(self, wanted: Sequence[tuple[str, Kind]]) -> dict[tuple[str, Kind], Result]:
        """Each different unit translated once."""
        distinct = list(dict.fromkeys(wanted))
        done: dict[tuple[str, Kind], Result] = {}
        for start in range(0, len(distinct), BATCH_UNITS):
            batch = distinct[start : start + BATCH_UNITS]
            done |= zip(batch, self._batch(batch), strict=True)
            self.progress(len(batch))
        return done

    def _batch(self, batch: Sequence[tuple[str, Kind]]) -> list[Result]:
        shielded = [shield(words, self.target) for words, _ in batch]
        requests = [
            Request(text=safe.text, kind=kind, names=safe.words)
            for safe, (_, kind) in zip(shielded, batch, strict=True)
        ]
        answers = self.engine.translate(requests, self.source, self.target)
        restored = [_restore(*both) for both in zip(shielded, answers, strict=True)]
        broken = [unit for unit, result in zip(batch, restored, strict=True) if result is None]
        mended = iter(self._in_pieces(broken))
        return [next(mended) if result is None else result for result in restored]

    def _in_pieces(self, broken: Sequence[tuple[str, Kind]]) -> list[Result]:
        """Translate around what is protected, where the engine lost or doubled a code word."""
        cut = [pieces_around(words, self.target) for words, _ in broken]
        wanted = [
            (piece, kind)
            for pieces, (_, kind) in zip(cut, broken, strict=True)
            for piece, protected in pieces
            if not protected and has_words(piece)
        ]
        requests = [Request(text=words.strip(), kind=kind) for words, kind in wanted]
        answers = iter(self.engine.translate(requests, self.source, self.target))
        return [self._pieced(pieces, answers) for pieces in cut]

    def _pieced(self, pieces: Sequence[tuple[str, bool]], answers: Iterator[Result]) -> Result:
        results = []
        for piece, protected in pieces:
            if protected or not has_words(piece):
                results.append(Result(text=piece))
            else:
                answer = next(answers)
                results.append(Result(text=like_source(piece, answer.text), flags=answer.flags))
        joined = _join(results)
        return Result(text=joined.text, flags=joined.flags)


def _as_known(unit: Unit) -> Result:
    return Result(text=unit.words if unit.known is None else unit.known)


def _restore(shielded: Shielded, answer: Result) -> Result | None:
    text = shielded.restore(like_source(shielded.text, answer.text))
    return None if text is None else Result(text=text, flags=answer.flags)


def _join(results: Iterable[Result]) -> Translated:
    results = list(results)
    flags = dict.fromkeys(flag for result in results for flag in result.flags)
    return Translated("".join(result.text for result in results), tuple(flags))


def _no_progress(done: int) -> None:
    """For callers who do not watch."""
