"""The language of one piece of text.

Witnesses are heard in turn, and the first that is sure decides; `Detection.decided_by` says which
it was:

* ``no-words`` and ``names``: nothing but numbers, addresses or names stands there;
* ``headings``: the text is a heading that the project knows;
* ``clauses``: the text changes from English to Spanish or back, and is `mixed`;
* ``words``: the words and letters, weighed in nine languages, with a prior for English and Spanish;
* ``langdetect``: asked where the words are strange to all nine, or do not decide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from harmonize.again import once
from harmonize.language import mixed, model, names
from harmonize.records import UNDETERMINED, Detection
from harmonize.segments import tables

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

SEED = 0
HOME = ("en", "es")
PRIOR = 3.0
"""Nats by which a language other than English or Spanish is less likely before reading."""
PRIOR_SHORT = 9.0
"""The same for a text of one word; it falls to PRIOR as the text grows."""
PRIOR_FAR = {"nl": 6.0, "de": 3.0}
"""Added for languages that hardly ever occur here."""
_LONG = 5
_RUNNING = 6
"""Words from which langdetect is worth asking."""
_LABEL_WORDS = 5
_DOUBT = 4.0
_STRANGE = 0.5
_UNKNOWN_TO_LANGDETECT = frozenset({"gl"})
_MOST = 200
"""So many words are enough to tell the language of the longest paragraph."""


class Scores(NamedTuple):
    """How well each language explains a text: nats below the best, in the order of *languages*."""

    languages: tuple[str, ...]
    nats: tuple[float, ...]

    @property
    def best(self) -> str:
        return self.languages[self.nats.index(min(self.nats))]

    @property
    def margin(self) -> float:
        """Nats between the best language and the next."""
        first, second = sorted(self.nats)[:2]
        return second - first

    @property
    def confidence(self) -> float:
        lowest = min(self.nats)
        return 1 / sum(math.exp(lowest - value) for value in self.nats)

    def lean(self) -> float:
        """Nats by which English is likelier than Spanish; negative for Spanish."""
        return self.nats[1] - self.nats[0]


@once(4096)  # postings say many things again and again
def detect(text: str) -> Detection:
    """The language of *text*; ``und`` where it has no words of its own.

    >>> detect("Función principal").language, detect("Collective bargaining").language
    ('es', 'en')
    >>> detect("https://example.org").language, detect("Perfil da vaga e requisitos").language
    ('und', 'pt')
    """
    found = names.words(text)
    if not any(len(word) > 1 for word in found):
        return _sure(UNDETERMINED, "no-words")
    cue = tables.heading(text)
    if cue and len(cue.languages) == 1:
        return _sure(min(cue.languages), "headings")
    telling = names.telling(found)
    if not telling:
        return _sure(UNDETERMINED, "names")
    if len(telling) <= _LABEL_WORDS and (label := _label(text)):
        return _sure(label, "headings")
    if len(telling) >= _RUNNING and changes(text):
        return _sure("mixed", "clauses")
    return decide(text, telling, score(telling))


def _label(text: str) -> str:
    """The language of a known label before a name or a number: "Contact: Ana Ruiz"; or nothing."""
    label, colon, value = text.partition(":")
    cue = tables.heading(label) if colon else None
    if cue is None or len(cue.languages) > 1:
        return ""
    named = all(word[0].isupper() for word in names.words(value))
    return min(cue.languages) if named else ""


def changes(text: str) -> list[mixed.Span]:
    """Where *text* changes between English and Spanish; empty where it is in one language.

    >>> [span.language for span in changes("Apply by e-mail to our team. Buscamos una promotora.")]
    ['en', 'es']
    """
    found = mixed.spans(text)
    for span in found:
        telling = names.telling(names.words(text[span.start : span.end]))
        if not telling or score(telling).best != span.language:
            return []
    return found


def score(telling: Sequence[str]) -> Scores:
    """How well each language explains the words *telling* (small letters, no names).

    >>> score(["trabajadores"]).best
    'es'
    """
    languages = model.load().languages
    some = telling[:_MOST]
    columns = zip(_priors(len(some)), *map(model.penalties, some), strict=True)
    return Scores(languages, tuple(sum(column) / model.STEPS_PER_NAT for column in columns))


@cache
def _priors(count: int) -> tuple[float, ...]:
    """What each language starts with, in steps, for a text of *count* words."""
    short = max(0.0, 1 - (count - 1) / _LONG)
    nats = PRIOR + (PRIOR_SHORT - PRIOR) * short
    return tuple(
        0.0 if language in HOME else (nats + PRIOR_FAR.get(language, 0)) * model.STEPS_PER_NAT
        for language in model.load().languages
    )


def decide(text: str, telling: Sequence[str], scores: Scores) -> Detection:
    """The verdict of the words, or langdetect's where they do not know."""
    running = len(telling) >= _RUNNING
    if not telling[0].isascii() and not _is_latin(telling):
        return _langdetect(text) or _sure(UNDETERMINED, "names")
    if running and (scores.margin < _DOUBT or _strangers(telling) > _STRANGE):
        heard = _langdetect(text)
        unsure = scores.margin < _DOUBT / 2 and scores.best not in _UNKNOWN_TO_LANGDETECT
        if heard and (unsure or heard.language not in scores.languages):
            return heard
    confidence = round(min(scores.confidence, 0.9999), 4)
    return Detection(language=scores.best, confidence=confidence, decided_by="words")


def _is_latin(telling: Sequence[str]) -> bool:
    return sum("LATIN" in _script(word) for word in telling) * 2 >= len(telling)


def _script(word: str) -> str:
    import unicodedata

    return unicodedata.name(word[0], "")


def _strangers(telling: Sequence[str]) -> float:
    """The share of words that no language of the model knows."""
    return sum(not model.known(word) for word in telling[:_MOST]) / len(telling[:_MOST])


def _sure(language: str, witness: str) -> Detection:
    return Detection(language=language, confidence=1.0, decided_by=witness)


def _langdetect(text: str) -> Detection | None:
    """What langdetect says, always with the same seed; None where it gives up."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.seed = SEED
    detector.append(text.lower() if text.isupper() else text)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    return Detection(
        language=best.lang[:2], confidence=round(min(best.prob, 1.0), 4), decided_by="langdetect"
    )


@cache
def _factory() -> DetectorFactory:
    from langdetect import detector_factory

    detector_factory.init_factory()
    return detector_factory._factory
