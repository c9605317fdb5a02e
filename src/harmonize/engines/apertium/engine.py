"""Apertium, the rule-based engine: small, installed from Debian's own packages, works anywhere.

The pipe of a mode is cut at three places, and our filters stand in the cuts (`stream`)::

    analyse ─ names, capitals ─ tag … dictionary ─ names ─ transfer ─ names ─ generate
"""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from harmonize.engines.apertium import stream, style
from harmonize.engines.apertium.into_english.english import (
    before_transfer,
    english_verbs,
    in_good_english,
    is_mass,
    with_english_verbs,
)
from harmonize.engines.apertium.into_english.phrases import with_phrases
from harmonize.engines.apertium.into_english.plain import plain_spanish
from harmonize.engines.apertium.into_english.readings import well_read_spanish
from harmonize.engines.apertium.into_spanish.clauses import plainer
from harmonize.engines.apertium.into_spanish.readings import well_read
from harmonize.engines.apertium.into_spanish.spanish import (
    in_good_spanish,
    verbs_in,
    with_our_verbs,
)
from harmonize.engines.apertium.into_spanish.tagger import chosen
from harmonize.engines.apertium.names import without_names
from harmonize.engines.apertium.persons import is_person
from harmonize.engines.apertium.pipe import Pipe, Stage
from harmonize.engines.apertium.tables import everything
from harmonize.engines.apertium.terms import Coded, TermWords, encode_terms, leaks
from harmonize.engines.apertium.words import Words, words_for
from harmonize.engines.base import Availability, Pair, Request, Result
from harmonize.engines.dress import like_source
from harmonize.errors import EngineFailed
from harmonize.flags import flag
from harmonize.records import Flag

MODES: dict[Pair, str] = {("en", "es"): "eng-spa", ("es", "en"): "spa-eng"}
MODES_FOLDER = Path("/usr/share/apertium/modes")
INSTALL = "apt-get install -y --no-install-recommends apertium apertium-eng-spa"

_QUOTED = re.compile(r"“([^“”]{1,200})”|\"([^\"]{1,200})\"|«([^«»]{1,200})»")
_DASH = re.compile(r"((?<!\s)\s+[–—-]\s+)")
"""Apertium moves a dash about as if it were a word; what it parts is translated by itself."""

_DOING = re.compile(r"\w{1,20}ing\b")
"""A sentence that begins so asks the reader for nothing: "Writing reports"."""

_MOST_QUOTATIONS = 10
_GENERATOR_MARKS_UNKNOWN = "-g"


class Parts(NamedTuple):
    """A mode's pipe, cut where our filters stand."""

    analyse: Pipe
    look_up: Pipe
    transfer: Pipe
    generate: Pipe

    @classmethod
    def of(cls, stages: Sequence[Stage]) -> Parts:
        """Cut *stages* behind the analyser, behind the dictionary and before the generator."""
        dictionary = _index(stages, "-b")
        generator = _index(stages, _GENERATOR_MARKS_UNKNOWN)
        cuts = (0, 1, dictionary + 1, generator, len(stages))
        return cls(*(Pipe(stages[i:j], ending=stream.END) for i, j in pairwise(cuts)))


class ApertiumEngine:
    """English to Spanish and back through Debian's ``apertium-eng-spa``."""

    name = "apertium"

    def __init__(
        self, modes_folder: Path = MODES_FOLDER, words: Callable[[Pair], Words] = words_for
    ) -> None:
        self.modes_folder = modes_folder
        self._words = words
        self._parts: dict[Pair, Parts] = {}
        self._verbs: dict[str, bool] = {}

    def availability(self) -> Availability:
        """Both directions where programs and modes are installed."""
        if shutil.which("lt-proc") is None or shutil.which("apertium-tagger") is None:
            return Availability(frozenset(), "not installed", INSTALL)
        pairs = frozenset(pair for pair in MODES if self._mode(pair).exists())
        if not pairs:
            return Availability(frozenset(), "no English–Spanish language data", INSTALL)
        return Availability(pairs, "rule-based; understandable, but rough")

    def signature(self) -> str:
        """A hash over the names and sizes of the language data, and over our list of words."""
        return "apertium-" + _data_hash(self.modes_folder)

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        """Translate *batch*; a pipe that dies or hangs is started anew and asked once more."""
        results = self._translate(batch, source, target)
        # A code word that the grammar did not carry through must not reach a reader.
        leaked = [
            n
            for n, (request, result) in enumerate(zip(batch, results, strict=True))
            if leaks(result.text, request.terms, request.text)
        ]
        if leaked:
            again = self._translate([batch[n]._replace(terms=()) for n in leaked], source, target)
            for number, result in zip(leaked, again, strict=True):
                results[number] = result
        return results

    def _translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        coded = [encode_terms(request.text, request.terms, source) for request in batch]
        if source == "en":
            coded = [
                each._replace(text=style.english(each.text, is_duty=request.duty))
                for request, each in zip(batch, coded, strict=True)
            ]
        else:
            coded = [each._replace(text=plain_spanish(each.text)) for each in coded]
        clauses = [_DASH.split(each.text) for each in coded]
        nested = [
            _nest(request._replace(text=clause), terms, source)
            for request, terms, parts in zip(batch, coded, clauses, strict=True)
            for clause in parts[::2]
        ]
        texts = [text for texts in nested for text in texts]
        try:
            answers = self._run(texts, (source, target))
        except EngineFailed:
            self.close()
            answers = self._run(texts, (source, target))
        if target == "es":
            answers = [answer._replace(words=style.spanish(answer.words)) for answer in answers]
        else:
            answers = [
                answer._replace(words=style.english_spelling(answer.words)) for answer in answers
            ]
        flat = iter(answers)
        done = iter([_unnest([next(flat) for _ in texts], texts) for texts in nested])
        return [_rejoined(parts, [next(done) for _ in parts[::2]]) for parts in clauses]

    def close(self) -> None:
        """End the programs."""
        for parts in self._parts.values():
            for pipe in parts:
                pipe.close()
        self._parts = {}

    def _run(self, texts: Sequence[_Text], pair: Pair) -> list[_Answer]:
        parts = self._parts_of(pair)
        listed = self._words(pair)
        lexicons = [TermWords.over(listed, text.terms) if text.terms else listed for text in texts]
        cases = [stream.case_style(text.words, text.is_heading) for text in texts]
        encoded = [stream.encode(text.words) for text in texts]
        analysed = [
            stream.after_analysis(units, text.names, case, words)
            for units, text, case, words in zip(
                parts.analyse.run(encoded), texts, cases, lexicons, strict=True
            )
        ]
        if pair[0] == "es":  # for English we choose readings ourselves
            analysed = [style.trained(with_phrases(units), pair[0]) for units in analysed]
            analysed = [well_read_spanish(units) for units in analysed]
        else:  # a Spanish infinitive is one already
            analysed = [
                style.prepositions(style.participles(style.gerunds(units))) for units in analysed
            ]
            analysed = [
                plainer(
                    chosen(
                        well_read(
                            style.verbs_first(units, is_duty=text.is_duty),
                            is_duty=text.is_duty,
                            is_item=text.is_item,
                        )
                    )
                )
                for units, text in zip(analysed, texts, strict=True)
            ]
        names = [stream.names_in(units) for units in analysed]
        looked_up = [
            stream.after_dictionary(units, words)
            for units, words in zip(parts.look_up.run(analysed), lexicons, strict=True)
        ]
        if pair[1] == "en":
            looked_up = [before_transfer(units) for units in looked_up]
        transferred = parts.transfer.run(looked_up)
        if pair[1] == "en":
            transferred = [
                in_good_english(units, _masses(text), is_item=text.is_item or text.is_duty)
                for units, text in zip(transferred, texts, strict=True)
            ]
        if pair[1] == "es":
            transferred = [
                in_good_spanish(units, is_text=text.is_text, people=_people(text))
                for units, text in zip(transferred, texts, strict=True)
            ]
            unknown = self._unknown_verbs(parts.generate, transferred, verbs_in)
            transferred = [with_our_verbs(units, unknown) for units in transferred]
        transferred = [
            stream.before_generation(units, found, words)
            for units, found, words in zip(transferred, names, lexicons, strict=True)
        ]
        if pair[1] == "en":
            unknown = self._unknown_verbs(parts.generate, transferred, english_verbs)
            transferred = [with_english_verbs(units, unknown) for units in transferred]
        generated = parts.generate.run(transferred)
        return [
            _Answer(*stream.decode(output, text.words), case == "upper")
            for output, text, case in zip(generated, texts, cases, strict=True)
        ]

    def _unknown_verbs(
        self, generate: Pipe, streams: Sequence[str], verbs: Callable[[str], set[str]]
    ) -> set[str]:
        """The verbs in *streams* that the generator cannot write; each is asked about once."""
        new = sorted(set().union(*map(verbs, streams)) - self._verbs.keys())
        asked = [f"^{verb}<vblex><inf>$" + stream.END for verb in new]
        answers = generate.run(asked) if asked else []
        self._verbs |= {verb: "#" in answer for verb, answer in zip(new, answers, strict=True)}
        return {verb for verb, is_unknown in self._verbs.items() if is_unknown}

    def _parts_of(self, pair: Pair) -> Parts:
        if pair not in self._parts:
            self._parts[pair] = Parts.of(read_mode(self._mode(pair).read_text()))
        return self._parts[pair]

    def _mode(self, pair: Pair) -> Path:
        return self.modes_folder / f"{MODES[pair]}.mode"


class _Text(NamedTuple):
    """A text for the pipe: a request, or what stands in quotes inside of one."""

    words: str
    names: tuple[str, ...]
    is_heading: bool
    is_duty: bool = False
    is_item: bool = False
    is_text: bool = False
    terms: Coded | None = None
    quotes: tuple[str, str] = ("", "")
    code: str = ""
    kept: Mapping[str, str] = MappingProxyType({})


class _Answer(NamedTuple):
    words: str
    marked: tuple[stream.Marked, ...]
    is_upper: bool

    def dressed(self) -> str:
        return self.words.upper() if self.is_upper else self.words


def read_mode(text: str) -> list[Stage]:
    """The stages of a ``.mode`` file, each flushing at NUL.

    ``$1`` asks the generator to mark what it does not know, ``$2`` is for debugging the tagger.

    >>> read_mode("lt-proc 'a.bin' | lt-proc $1 'g.bin'")
    [('lt-proc', '-z', 'a.bin'), ('lt-proc', '-z', '-g', 'g.bin')]
    """
    commands = text.replace("$1", _GENERATOR_MARKS_UNKNOWN).replace("$2", "").split("|")
    words = [shlex.split(command) for command in commands]
    return [(program, "-z", *arguments) for program, *arguments in words]


def _nest(request: Request, coded: Coded, source: str) -> list[_Text]:
    """The request with a code word for each quotation and name, then the quotations.

    Apertium lets quotation marks drift when it reorders words; a quotation is therefore
    translated by itself and stands in its sentence as a name.
    """
    is_heading = request.kind in {"title", "heading"}
    terms = coded if coded.codes or coded.single else None
    inner: list[_Text] = []

    def take_out(match: re.Match[str]) -> str:
        code = f"YQ{'BCDFGHJKLM'[len(inner)]}Z"
        if len(inner) >= _MOST_QUOTATIONS - 1 or code in request.text or not match[0][1:-1].strip():
            return match[0]
        quotes = (match[0][0], match[0][-1])
        words = match[0][1:-1].strip()
        inner.append(_Text(words, request.names, False, terms=terms, quotes=quotes, code=code))
        return code

    outer = _QUOTED.sub(take_out, request.text)
    kept: dict[str, str] = {}
    is_item = request.kind == "bullet"
    if is_item or request.kind == "paragraph":
        held = [*coded.codes, *map(str.capitalize, coded.codes)]
        outer, kept = without_names(outer, source, held, is_item=is_item)
        kept = {code: _spelled(name, coded) for code, name in kept.items()}
    codes = (*(text.code for text in inner), *kept)
    is_text = request.kind == "paragraph" and not request.duty and not _DOING.match(outer)
    names = request.names + codes
    text = _Text(outer, names, is_heading, request.duty, is_item, is_text, terms, kept=kept)
    return [text, *inner]


def _spelled(name: str, coded: Coded) -> str:
    """A name with the words of the terms that it holds."""
    for code, match in coded.codes.items():
        name = name.replace(code.capitalize(), match.text)
    return name


def _people(text: _Text) -> frozenset[str]:
    """The code words of a text's terms for persons."""
    codes = text.terms.codes if text.terms else {}
    return frozenset(code for code, match in codes.items() if is_person(match.entry.es))


def _masses(text: _Text) -> frozenset[str]:
    """The code words of a text's terms that English has without an article."""
    codes = text.terms.codes if text.terms else {}
    return frozenset(code for code, match in codes.items() if is_mass(match.entry.en))


def _unnest(answers: list[_Answer], texts: list[_Text]) -> Result:
    """Put the translated quotations back into their sentence."""
    words = answers[0].dressed()
    for answer, text in zip(answers[1:], texts[1:], strict=True):
        quotation = text.quotes[0] + like_source(text.words, answer.dressed()) + text.quotes[1]
        words = words.replace(text.code, quotation)
    for code, name in texts[0].kept.items():
        words = words.replace(code, name)
    marked = dict.fromkeys(word for answer in answers for word in answer.marked)
    return Result(text=words, flags=tuple(map(_flag, marked)))


def _rejoined(parts: list[str], results: list[Result]) -> Result:
    """The clauses of a request, translated, with the dashes between them."""
    if len(results) == 1:
        return results[0]
    words = [
        like_source(clause, result.text) for clause, result in zip(parts[::2], results, strict=True)
    ]
    flags = dict.fromkeys(flag for result in results for flag in result.flags)
    pieces = [piece for pair in zip(words, [*parts[1::2], ""], strict=True) for piece in pair]
    return Result(text="".join(pieces), flags=tuple(flags))


def _flag(marked: stream.Marked) -> Flag:
    rule = "uninflected-word" if marked.mark == "#" else "unknown-word"
    return flag(rule, engine="Apertium", word=marked.word)


def _index(stages: Sequence[Stage], flag: str) -> int:
    for number, stage in enumerate(stages):
        if stage[0] == "lt-proc" and flag in stage:
            return number
    raise EngineFailed(f"This Apertium mode has no lt-proc {flag}.", "Reinstall: " + INSTALL)


@cache
def _data_hash(folder: Path) -> str:
    data = sorted((folder.parent / "apertium-eng-spa").glob("*.bin"))
    facts = [f"{path.name}:{path.stat().st_size}" for path in data]
    return hashlib.sha256("\n".join(facts).encode() + everything()).hexdigest()[:12]
