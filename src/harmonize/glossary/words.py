"""Texts as sequences of words that can be compared: one spelling, one kind of gap between them.

A text becomes a *stream*, `` small producers , workers ``: the words in small letters without
accents and in American spelling, each between single spaces.  White space and a hyphen between two
words make a single space; any other gap stands there too, so that no term reaches across it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate, chain, islice, pairwise
from typing import NamedTuple

from harmonize.glossary.english import one_spelling
from harmonize.glossary.model import Language
from harmonize.glossary.tables import tables

_LETTER = r"[^\W_]"
# Combining accents belong to their letter; soft hyphens and zero-width characters are not seen.
_INSIDE = r"[\u00ad\u0300-\u036f\u200b-\u200d\u2060]"
_WORD = rf"{_LETTER}+(?:{_INSIDE}+{_LETTER}*)*"
_APOSTROPHE = "['’ʼ‘´`′]"
_HYPHEN = "[-\u2010\u2011]"
_TOKEN = (
    rf"((?:(?:{{bound}}){_HYPHEN})?{_WORD}(?:{_APOSTROPHE}(?!s(?!{_LETTER})){_WORD})*)"
    rf"({_APOSTROPHE}s(?!{_LETTER})|(?<=s){_APOSTROPHE}(?!{_LETTER}))?"
)
_JOINING = re.compile(rf"(?:(?!\n[^\S\n]*\n)\s)+|{_HYPHEN}[^\S\n]?")
_UNSEEN = re.compile(rf"[\u00ad\u200b-\u200d\u2060]|{_HYPHEN}|{_APOSTROPHE}")
_ACUTE = str.maketrans("áéíóú", "aeiou")


class Words(NamedTuple):
    """A text's words: where each is, its key, the gap before it, and the mark behind it, if any.

    ``places`` are the positions in ``stream`` at which the words begin.
    """

    spans: list[tuple[int, int]]
    keys: list[str]
    gaps: list[str]
    marks: dict[int, str]
    places: list[int]
    stream: str

    def at(self, place: int) -> int:
        """Which word begins at *place* of the stream."""
        return bisect_left(self.places, place)

    def within(self, start: int, end: int) -> range:
        """The words that share characters with ``text[start:end]``."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        return range(first, max(first, bisect_left(self.spans, end, key=lambda span: span[0])))

    def in_form(self, text: str, form: Callable[[str], str]) -> Words:
        """The same words of *text* with the keys that *form* makes of them as they are written."""
        keys = [form(text[start:end]) for start, end in self.spans]
        return _words(self.spans, keys, self.gaps, self.marks)


def read(text: str, language: Language) -> Words:
    """The words of *text*.

    >>> words = read("Small-producers’ rights; labour", "en")
    >>> words.stream, words.spans[1], words.marks
    (' small producers rights ; labor ', (6, 15), {1: '’'})
    """
    tokens = list(_tokens(language).finditer(text))
    spans = [token.span(1) for token in tokens]
    keys = [key_of(text[start:end], language) for start, end in spans]
    marks = {number: mark for number, token in enumerate(tokens) if (mark := token[2])}
    between = [_gap(text[one.end() : two.start()]) for one, two in pairwise(tokens)]
    return _words(spans, keys, [" ", *between][: len(spans)], marks)


def _words(
    spans: list[tuple[int, int]], keys: list[str], gaps: list[str], marks: dict[int, str]
) -> Words:
    lengths = accumulate(map(len, chain.from_iterable(zip(gaps, keys, strict=True))))
    places = list(islice(lengths, 0, None, 2))
    stream = "".join(chain.from_iterable(zip(gaps, keys, strict=True))) + " "
    return Words(spans, keys, gaps, marks, places, stream)


@lru_cache(maxsize=65536)
def raws(term: str, language: Language) -> tuple[str, ...]:
    """The words of *term* as they are written.

    >>> raws("Fair-trade workers’ network", "en")
    ('Fair', 'trade', 'workers', 'network')
    """
    return tuple(term[start:end] for start, end in read(term, language).spans)


@lru_cache(maxsize=65536)
def key_of(word: str, language: Language) -> str:
    """A word as it is compared.

    >>> key_of("Organisations", "en"), key_of("co-ordinate", "en"), key_of("ACCIÓN", "es")
    ('organizations', 'coordinate', 'accion')
    """
    bare = _UNSEEN.sub("", unicodedata.normalize("NFC", word)).casefold().translate(_ACUTE)
    return one_spelling(bare) if language == "en" else bare


@lru_cache(maxsize=65536)
def lemma(word: str, language: Language) -> str:
    """The infinitive of a verb form; other words come back as some lemma or other.

    >>> lemma("led", "en"), lemma("Negoció", "es"), lemma("negocio", "es")
    ('lead', 'negociar', 'negocio')
    """
    small = unicodedata.normalize("NFC", word).lower()
    given: dict[str, str] = tables(language)["lemmas"]
    return given.get(small) or _lemmatizer()(small, language)


@cache
def _lemmatizer() -> Callable[[str, str], str]:
    import simplemma  # on use: it unpacks a dictionary of some megabytes for each language

    return simplemma.lemmatize


@cache
def _tokens(language: Language) -> re.Pattern[str]:
    bound = "|".join(sorted(tables(language)["bound"]))
    return re.compile(_TOKEN.format(bound=bound), re.IGNORECASE)


@lru_cache(maxsize=4096)
def _gap(gap: str) -> str:
    if _JOINING.fullmatch(gap):
        return " "
    return f" {gap.strip() or '¶'} "
