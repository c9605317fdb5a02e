"""Text that changes from English to Spanish or back within one block: where, and into what.

Each word leans to one of the two languages.  The cheapest way through the text is looked for: a
word against its lean costs, and so does every change, least at the end of a sentence, more at a
comma, most between two words with nothing between.  Names lean to neither side, so that
"Central de Trabajadores" within an English sentence changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from harmonize.language import model, names

Home = Literal["en", "es"]

_TOKEN = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;…|\n]")
_CLAUSE_END = re.compile(r"[,()/–—\"“”]| - ")
_STEPS = model.STEPS_PER_NAT
_CHANGE = {"sentence": 5 * _STEPS, "clause": 9 * _STEPS, "word": 18 * _STEPS}
_MOST = 5 * _STEPS
"""What one word counts for at most: half a title of a book is no change of language."""
_SPAN_WORDS = 3
_SPAN_LEAN = 9 * _STEPS
_BETWEEN = 12
"""Code points between two words that are looked at for the end of a sentence."""


class Span(NamedTuple):
    """``text[start:end]`` is in *language*."""

    start: int
    end: int
    language: Home


class _Word(NamedTuple):
    start: int
    lean: int
    change: int


def spans(text: str) -> list[Span]:
    """*text* cut where its language changes; one span or none where it does not.

    >>> text = "Send your documents by e-mail. Las entrevistas serán en mayo."
    >>> [(text[a:b], language) for a, b, language in spans(text)]
    [('Send your documents by e-mail. ', 'en'), ('Las entrevistas serán en mayo.', 'es')]
    """
    words = _words(text)
    if not _may_change(words):
        return []
    return _strong(_spans(text, words, _path(words)), words)


def _words(text: str) -> list[_Word]:
    result: list[_Word] = []
    last = 0
    shouted, named = text.isupper(), False
    inside_names = names.word_list("inside")
    for found in _TOKEN.finditer(text):
        change = _change(text[last : found.start()][-_BETWEEN:]) if last else 0
        word = found.group()
        starts = shouted or change == _CHANGE["sentence"] or not result
        inside = named and word in inside_names
        named = inside or _is_named(word, starts, shouted)
        result.append(_Word(found.start(), 0 if named else _lean(word.lower()), change))
        last = found.end()
    return result


def _is_named(word: str, starts: bool, shouted: bool) -> bool:
    """Whether the capitals of *word* make it part of a name."""
    if starts:
        return word.isupper() and not shouted
    return word[0].isupper()


@lru_cache(maxsize=16_384)
def _lean(word: str) -> int:
    """Steps by which *word* is likelier in English than in Spanish; negative for Spanish."""
    english, spanish = model.penalties(word)[:2]
    return max(-_MOST, min(_MOST, spanish - english))


@lru_cache(maxsize=1024)
def _change(between: str) -> int:
    if _SENTENCE_END.search(between):
        return _CHANGE["sentence"]
    return _CHANGE["clause" if _CLAUSE_END.search(between) else "word"]


def _may_change(words: Sequence[_Word]) -> bool:
    """Whether both languages have enough words for a span; most texts end here."""
    english = sum(word.lean for word in words if word.lean > 0)
    spanish = -sum(word.lean for word in words if word.lean < 0)
    return min(english, spanish) >= _SPAN_LEAN and len(words) >= 2 * _SPAN_WORDS


def _path(words: Sequence[_Word]) -> list[Home]:
    """The cheapest language of each word (Viterbi, two states)."""
    costs = (0, 0)
    came: list[tuple[int, int]] = []
    for word in words:
        stay_en, stay_es = costs
        from_en = 1 if stay_es + word.change < stay_en else 0
        from_es = 0 if stay_en + word.change < stay_es else 1
        came.append((from_en, from_es))
        costs = (
            min(stay_en, stay_es + word.change) + max(0, -word.lean),
            min(stay_es, stay_en + word.change) + max(0, word.lean),
        )
    state = 0 if costs[0] <= costs[1] else 1
    path: list[Home] = []
    for steps in reversed(came):
        path.append("es" if state else "en")
        state = steps[state]
    return path[::-1]


def _spans(text: str, words: Sequence[_Word], path: Sequence[Home]) -> list[Span]:
    starts = [0, *(at for at in range(1, len(path)) if path[at] != path[at - 1])]
    cuts = [0, *(_opening(text, words[at].start) for at in starts[1:]), len(text)]
    return [Span(cuts[at], cuts[at + 1], path[first]) for at, first in enumerate(starts)]


def _opening(text: str, at: int) -> int:
    """Where the part that starts with the word at *at* begins, with its "¿", "(" or "**"."""
    while at > 0 and text[at - 1] in '¿¡(“"«*[':
        at -= 1
    return at


def _strong(found: list[Span], words: Sequence[_Word]) -> list[Span]:
    """*found*, if each span is sure enough of its language; else nothing: leave it whole."""
    for span in found:
        inside = [word.lean for word in words if span.start <= word.start < span.end]
        lean = sum(inside) * (1 if span.language == "en" else -1)
        if len(inside) < _SPAN_WORDS or lean < _SPAN_LEAN:
            return []
    return found if len(found) > 1 else []
