"""From texts in one language to the same texts in the other, through an engine, in one batch.

What a memory has is taken from there: a whole text, else any of its units (sentences, table cells,
items of an inline list).  In what goes to the engine, what no engine may touch is shielded; equal
units are translated once; and each unit is put back where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from harmonize.engines.base import Engine, Request, Result, Results
from harmonize.engines.dress import in_capitals, in_small_letters, is_shouted, like_source
from harmonize.errors import EngineFailed
from harmonize.flags import flag
from harmonize.glossary import Matcher, is_bundled, settle
from harmonize.glossary.model import Language
from harmonize.memory import confirmed
from harmonize.own_name import hidden, named, shown
from harmonize.protect import Shielded, has_words, pieces_around, shield
from harmonize.recall import GAP, Context, Gap, Memory, Recalled, Text
from harmonize.records import Flag, Origin, Term
from harmonize.segments import known_head, shaped_head
from harmonize.style import Style, styled
from harmonize.units import Unit, units

FAILURES = 3
"""So many texts of a batch may make an engine fail; with one more the engine counts as broken."""

BATCH_UNITS = 512
"""Units an engine gets at once: enough to sort by length, few enough to show progress."""


class Translated(NamedTuple):
    """A text in the other language, and what a reader should know about it.

    ``memory`` names the entries that its words come from; ``origin`` is ``machine`` as soon as an
    engine translated one unit by itself.
    """

    text: str
    flags: tuple[Flag, ...] = ()
    terms: tuple[Term, ...] = ()
    origin: Origin = "machine"
    memory: tuple[str, ...] = ()


class Piece(NamedTuple):
    """A unit in the other language, and whose words it has; nobody's where it was copied."""

    result: Result
    origin: Origin | None = None
    memory: str = ""


_LEAST_CARE: tuple[Origin, ...] = ("machine", "memory", "human")
"""A text of several origins has the first of these: the one to be read with most care."""


Progress = Callable[[int], None]


def translate_texts(texts: Sequence[Text], work: Work) -> list[Translated]:
    """Translate *texts*, one result for each, in order.

    >>> from harmonize.engines.fake import FakeEngine
    >>> work = Work(FakeEngine(), "en", "es")
    >>> translate_texts([Text("Write to a@b.org | £5")], work)[0].text
    'Es: Write to a@b.org | £5'
    """
    rows = _rows(texts, work)
    wanted = [need for row in rows for unit, text in row for need in _needs(unit, text)]
    done = work.translate(wanted)
    joined = [_join([_piece(unit, text, done, work.target) for unit, text in row]) for row in rows]
    return [_styled(text, each, work) for text, each in zip(texts, joined, strict=True)]


def _styled(text: Text, done: Translated, work: Work) -> Translated:
    """In the style that people chose; what a person wrote stays as it is."""
    if done.origin == "human" or confirmed(done.memory):
        return done
    return done._replace(text=styled(text.words, done.text, work.target, text.kind, work.style))


def identities(texts: Sequence[Text], work: Work) -> list[tuple[str, ...]]:
    """For each text the entries that its translation takes from memories; no engine is asked."""
    return [
        tuple(dict.fromkeys(unit.recalled.identity for unit, _ in row if unit.recalled))
        for row in _rows(texts, work)
    ]


def _rows(texts: Sequence[Text], work: Work) -> list[list[tuple[Unit, Text]]]:
    """Each text as one unit where a memory has all of it, else cut, with what a memory has."""
    answers = work.recall(texts)
    wholes = {
        text: answer
        for text, answer in answers.items()
        if answer.confirmed or not _is_heading(text, work.source)
    }
    words = dict.fromkeys(text.words for text in texts if text not in wholes)
    cut = {each: units(each, work.source) for each in words}
    rows = [
        [(Unit(text.words, recalled=wholes[text]), text._replace(context=Context()))]
        if text in wholes
        else [(unit, _part_of(text, unit)) for unit in _shaped(text, work) or cut[text.words]]
        for text in texts
    ]
    found = work.recall([part for row in rows for unit, part in row if unit.to_translate])
    return [
        [(unit._replace(recalled=unit.recalled or found.get(part)), part) for unit, part in row]
        for row in rows
    ]


def _shaped(text: Text, work: Work) -> list[Unit]:
    """A heading in its author's own words, called what its section is called."""
    head = shaped_head(text.words, work.source) if text.kind == "heading" else None
    return [Unit(head.words, known=head.translation)] if head else []


def _is_heading(text: Text, language: str) -> bool:
    """Whether all of a text is a known heading: only what a person confirmed comes before it."""
    head = known_head(text.words.strip(), language)
    return head is not None and head.words == text.words.strip()


def _needs(unit: Unit, text: Text) -> list[Text]:
    """What the engine has to translate for a unit."""
    if unit.recalled:
        return [_filling(gap, text) for gap in unit.recalled.gaps]
    return [text] if unit.to_translate and has_words(hidden(text).words) else []


def _filling(gap: Gap, text: Text) -> Text:
    return named(Text(gap.words, gap.kind or text.kind, gap.duty), text.name)


def _piece(unit: Unit, text: Text, done: dict[Text, Result], target: Language) -> Piece:
    recalled = unit.recalled
    if recalled is None:
        result = done.get(text) if unit.to_translate else None
        return Piece(_as_known(unit)) if result is None else Piece(result, "machine")
    fillings = [done[_filling(gap, text)] for gap in recalled.gaps]
    flags = tuple(flag for filling in fillings for flag in filling.flags)
    terms = tuple(term for filling in fillings for term in filling.terms)
    words = recalled.filled([filling.text for filling in fillings], target)
    result = Result(text=words, flags=flags, terms=(*recalled.terms, *terms))
    return Piece(result, recalled.origin, recalled.identity)


class Work(NamedTuple):
    """One direction's work: engine, languages, glossary, memories, style, and who is told.

    The memories are asked in order; ``results`` has what this engine made of texts before.
    ``progress`` is called with the number of units just done.
    """

    engine: Engine
    source: Language
    target: Language
    matcher: Matcher | None = None
    progress: Progress | None = None
    memories: Sequence[Memory] = ()
    results: Results | None = None
    style: Style = Style()

    def recall(self, texts: Iterable[Text]) -> dict[Text, Recalled]:
        """What the memories have of *texts*, each held against the glossary."""
        found: dict[Text, Recalled] = {}
        for memory in self.memories:
            wanted = [text for text in dict.fromkeys(texts) if text not in found]
            answers = memory.recall(wanted, self.source, self.target) if wanted else []
            pairs = [(text.words, each) for text, each in zip(wanted, answers, strict=True) if each]
            agreed = {pair: self._agreed(*pair) for pair in dict.fromkeys(pairs)}
            for text, answer in zip(wanted, answers, strict=True):
                if answer and (known := agreed[text.words, answer]):
                    found[text] = known
        return found

    def _agreed(self, text: str, recalled: Recalled) -> Recalled | None:
        """*recalled* with the glossary's outcomes; None where a user's own glossary is against it.

        A pair that was translated with care may choose other words than the bundled glossary, and
        what a person confirmed is not touched at all.
        """
        if recalled.confirmed:
            return recalled
        if self.matcher is None:
            return recalled
        matches = self.matcher.find(_with_gaps(text, recalled.gaps), self.source)
        settled = settle(self.matcher, matches, recalled.text, self.target)
        violated = {(term.en, term.es) for term in settled.terms if term.outcome == "violated"}
        if any((m.entry.en, m.entry.es) in violated and not is_bundled(m.entry) for m in matches):
            return None
        terms = tuple(
            term.model_copy(update={"outcome": "skipped"}) if term.outcome == "violated" else term
            for term in settled.terms
        )
        return recalled._replace(text=settled.text, terms=terms)

    def translate(self, wanted: Sequence[Text]) -> dict[Text, Result]:
        """Each different text translated once."""
        done: dict[Text, Result] = {}
        missing = list(dict.fromkeys(wanted))
        while missing:
            known = self._known(missing)
            found = {text: result for text, result in known.items() if result}
            done |= found | self._made([text for text in missing if text not in known])
            # What is left another worker is making: asked again, its answer is waited for.
            missing = [text for text in missing if text not in done]
        return done

    def _known(self, texts: Sequence[Text]) -> Mapping[Text, Result | None]:
        """What the engine made of *texts* before; None for what it is making elsewhere."""
        if self.results is None:
            return {}
        known = self.results.known(texts, self.source, self.target)
        self._tell(sum(result is not None for result in known.values()))
        return known

    def _made(self, new: Sequence[Text]) -> dict[Text, Result]:
        """What the engine makes of *new*: in batches, like lengths together."""
        done: dict[Text, Result] = {}
        ordered = sorted(new, key=lambda text: len(text.words))
        for start in range(0, len(ordered), BATCH_UNITS):
            batch = ordered[start : start + BATCH_UNITS]
            made = dict(zip(batch, self._batch(batch), strict=True))
            if self.results:  # at once: a run that is stopped here repeats nothing
                self.results.keep(made, self.source, self.target)
            done |= made
            self._tell(len(batch))
        return done

    def _tell(self, units: int) -> None:
        if self.progress and units:
            self.progress(units)

    def _batch(self, batch: Sequence[Text]) -> list[Result]:
        made = self._hidden_batch([hidden(text) for text in batch])
        return [
            _with_text(result, shown(result.text, text, self.target)) if text.name else result
            for text, result in zip(batch, made, strict=True)
        ]

    def _hidden_batch(self, batch: Sequence[Text]) -> list[Result]:
        shielded = [shield(text.words, self.target) for text in batch]
        loud = [is_shouted(safe.text) for safe in shielded]
        requests = [
            self._request(
                text,
                in_small_letters(safe.text, self.source) if is_loud else safe.text,
                safe.words,
            )
            for safe, text, is_loud in zip(shielded, batch, loud, strict=True)
        ]
        answers = [
            _with_text(answer, in_capitals(answer.text)) if is_loud else answer
            for answer, is_loud in zip(self._ask(requests), loud, strict=True)
        ]
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
        joined = _join([Piece(result) for result in results])
        return Result(text=joined.text, flags=joined.flags, terms=joined.terms)


def _part_of(text: Text, unit: Unit) -> Text:
    """The unit as a text of its own; the label of a duty ("Research:") is no duty."""
    part = Text(unit.words, text.kind, text.duty and not unit.words.endswith(":"))
    return named(part, text.name)


def _as_known(unit: Unit) -> Result:
    return Result(text=unit.words if unit.known is None else unit.known)


def _restore(shielded: Shielded, answer: Result) -> Result | None:
    text = shielded.restore(like_source(shielded.text, answer.text))
    return None if text is None else _with_text(answer, text)


def _with_text(result: Result, text: str) -> Result:
    return result.model_copy(update={"text": text})


def _with_gaps(text: str, gaps: Sequence[Gap]) -> str:
    """*text* without what the engine translates: its terms are looked for there."""
    for gap in sorted(gaps, reverse=True):
        text = text[: gap.start] + GAP + text[gap.end :]
    return text


def _join(pieces: Iterable[Piece]) -> Translated:
    pieces = list(pieces)
    results = [piece.result for piece in pieces]
    origins = {piece.origin for piece in pieces}
    return Translated(
        "".join(result.text for result in results),
        tuple(dict.fromkeys(flag for result in results for flag in result.flags)),
        tuple(dict.fromkeys(term for result in results for term in result.terms)),
        next((origin for origin in _LEAST_CARE if origin in origins), "machine"),
        tuple(dict.fromkeys(piece.memory for piece in pieces if piece.memory)),
    )
