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
from harmonize.errors import EngineFailed
from harmonize.flags import flag
from harmonize.glossary import Matcher, settle
from harmonize.glossary.model import Language
from harmonize.protect import Shielded, has_words, pieces_around, shield
from harmonize.records import CELL, Flag, Kind, Term
from harmonize.segments import known_head, sentences

LONGEST_UNIT = 1500
"""Code points.  The longest sentences of postings have some 600; without stops one has no end."""

LONGEST_WORD = 100
"""Code points: what is longer without white space is no word, and is copied."""

FAILURES = 3
"""So many texts of a batch may make an engine fail; with one more the engine counts as broken."""

BATCH_UNITS = 512
"""Units an engine gets at once: enough to sort by length, few enough to show progress."""

_ITEM = r"(?<![^\s(\[;:,.])\(?\b(?:\d{1,2}|[a-z]|[ivx]{2,4})\)\s+"
_ALWAYS = rf"{re.escape(CELL)}|\*\*"
_STRETCH = re.compile(rf"(?s).{{1,{LONGEST_UNIT}}}(?=\s|$)|.{{1,{LONGEST_UNIT}}}")
_INLINE_ITEM = re.compile(_ITEM)
_SEPARATOR = re.compile(f"({_ALWAYS})")
_SEPARATOR_OR_ITEM = re.compile(f"({_ALWAYS}|{_ITEM})")


class Text(NamedTuple):
    """A text to be translated, what kind of segment it is, and whether it tells what to do."""

    words: str
    kind: Kind = "paragraph"
    duty: bool = False


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


def translate_texts(texts: Sequence[Text], work: Work) -> list[Translated]:
    """Translate *texts*, one result for each, in order.

    >>> from harmonize.engines.fake import FakeEngine
    >>> work = Work(FakeEngine(), "en", "es")
    >>> translate_texts([Text("Write to a@b.org | £5")], work)[0].text
    'Es: Write to a@b.org | £5'
    """
    rows = [
        [(unit, _part_of(text, unit)) for unit in units(text.words, work.source)] for text in texts
    ]
    wanted = [text for row in rows for unit, text in row if unit.to_translate]
    done = work.translate(wanted)
    return [_join([done.get(text) or _as_known(unit) for unit, text in row]) for row in rows]


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
    found = [Unit(part, _is_for_an_engine(part)) for part in _sentences(rest, language)]
    return [Unit(before), *known, *found, Unit(after)]


def _without_spaces(text: str) -> tuple[str, str, str]:
    """White space at the start, the text, white space at the end."""
    core = text.strip()
    start = text.find(core)
    return text[:start], core, text[start + len(core) :]


def _is_for_an_engine(words: str) -> bool:
    return has_words(words) and (len(words) <= LONGEST_WORD or " " in words)


def _sentences(piece: str, language: str) -> list[str]:
    """Sentences and the white space between them."""
    return [
        part
        for sentence in sentences(piece, language)
        for stretch in _STRETCH.findall(sentence)
        for part in _without_spaces(stretch)
    ]


class Work(NamedTuple):
    """One direction's work: the engine, the languages, the glossary, and who is told of progress.

    ``progress`` is called with the number of units just done.
    """

    engine: Engine
    source: Language
    target: Language
    matcher: Matcher | None = None
    progress: Progress | None = None

    def translate(self, wanted: Sequence[Text]) -> dict[Text, Result]:
        """Each different text translated once."""
        distinct = list(dict.fromkeys(wanted))
        done: dict[Text, Result] = {}
        for start in range(0, len(distinct), BATCH_UNITS):
            batch = distinct[start : start + BATCH_UNITS]
            done |= zip(batch, self._batch(batch), strict=True)
            if self.progress:
                self.progress(len(batch))
        return done

    def _batch(self, batch: Sequence[Text]) -> list[Result]:
        shielded = [shield(text.words, self.target) for text in batch]
        requests = [
            self._request(text, safe.text, safe.words)
            for safe, text in zip(shielded, batch, strict=True)
        ]
        answers = self._ask(requests)
        restored = [_restore(*both) for both in zip(shielded, answers, strict=True)]
        broken = [text for text, result in zip(batch, restored, strict=True) if result is None]
        mended = iter(self._in_pieces(broken))
        return [next(mended) if result is None else result for result in restored]

    def _request(self, text: Text, words: str, names: tuple[str, ...] = ()) -> Request:
        terms = self.matcher.find(words, self.source) if self.matcher else ()
        return Request(words, text.kind, text.duty, names, tuple(terms))

    def _ask(self, requests: Sequence[Request]) -> list[Result]:
        """The engine's answers, held against the glossary."""
        answers = self._answers(requests, [])
        if self.matcher is None:
            return answers
        settled = [
            settle(self.matcher, request.terms, answer.text, self.target, answer.terms)
            for request, answer in zip(requests, answers, strict=True)
        ]
        return [
            Result(text=done.text, flags=(*answer.flags, *done.flags), terms=done.terms)
            for answer, done in zip(answers, settled, strict=True)
        ]

    def _answers(self, requests: Sequence[Request], failed: list[Request]) -> list[Result]:
        """The engine's answers; of a batch that fails its halves: one text harms no other."""
        try:
            return self.engine.translate(requests, self.source, self.target)
        except EngineFailed as error:
            if len(requests) == 1:
                failed.append(requests[0])
            if len(failed) > FAILURES or not requests:
                raise
            if len(requests) == 1:
                told = flag("engine-failed", cause=error.cause.rstrip("."))
                return [Result(text=requests[0].text, flags=(told,))]
            half = len(requests) // 2
            first, second = requests[:half], requests[half:]
            return [*self._answers(first, failed), *self._answers(second, failed)]

    def _in_pieces(self, broken: Sequence[Text]) -> list[Result]:
        """Translate around what is protected, where the engine lost or doubled a code word."""
        cut = [pieces_around(text.words, self.target) for text in broken]
        requests = [
            self._request(text, piece.strip())
            for pieces, text in zip(cut, broken, strict=True)
            for piece, protected in pieces
            if not protected and has_words(piece)
        ]
        answers = iter(self._ask(requests))
        return [self._pieced(pieces, answers) for pieces in cut]

    def _pieced(self, pieces: Sequence[tuple[str, bool]], answers: Iterator[Result]) -> Result:
        results = []
        for piece, protected in pieces:
            if protected or not has_words(piece):
                results.append(Result(text=piece))
            else:
                answer = next(answers)
                results.append(_with_text(answer, like_source(piece, answer.text)))
        joined = _join(results)
        return Result(text=joined.text, flags=joined.flags, terms=joined.terms)


def _part_of(text: Text, unit: Unit) -> Text:
    """The unit as a text of its own; the label of a duty ("Research:") is no duty."""
    return text._replace(words=unit.words, duty=text.duty and not unit.words.endswith(":"))


def _as_known(unit: Unit) -> Result:
    return Result(text=unit.words if unit.known is None else unit.known)


def _restore(shielded: Shielded, answer: Result) -> Result | None:
    text = shielded.restore(like_source(shielded.text, answer.text))
    return None if text is None else _with_text(answer, text)


def _with_text(result: Result, text: str) -> Result:
    return result.model_copy(update={"text": text})


def _join(results: Iterable[Result]) -> Translated:
    results = list(results)
    flags = dict.fromkeys(flag for result in results for flag in result.flags)
    terms = dict.fromkeys(term for result in results for term in result.terms)
    return Translated("".join(result.text for result in results), tuple(flags), tuple(terms))
