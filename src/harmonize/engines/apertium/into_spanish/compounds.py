"""English phrases of several words that mean one thing, made one word before the pipe.

"At short notice" is *en aviso breve* to Apertium, "a bank holiday" *vacaciones de banco*.  Written
with hyphens they are words of our list: `data/compounds.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from harmonize.engines.apertium.words import load_compounds

_WORD = re.compile(r"[^\W\d_]+")
_Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


def compounded(text: str) -> str:
    """*text* with hyphens in its listed phrases.

    >>> compounded("Twelve sick days, at short notice if need be")
    'Twelve sick-days, at-short-notice if need be'
    """
    words = list(_WORD.finditer(text))
    small = [word[0].lower() for word in words]
    pieces: list[str] = []
    done, at = 0, 0
    while at < len(words):
        length = _length(text, words, small, at)
        if length:
            first, last = words[at], words[at + length - 1]
            joined = _joined([word[0] for word in words[at : at + length]], is_first=at == 0)
            pieces += (text[done : first.start()], joined)
            done = last.end()
        at += length or 1
    return "".join(pieces) + text[done:]


def _joined(words: list[str], *, is_first: bool) -> str:
    """The words with hyphens; inside of a sentence a capital would make a name of them."""
    joined = "-".join(words)
    return joined if is_first or joined.isupper() else joined.lower()


def _length(text: str, words: list[re.Match[str]], small: list[str], at: int) -> int:
    """How many words the listed phrase has that begins at the word *at*, with blanks between."""
    for phrase in _phrases().get(small[at], ()):
        found = words[at : at + len(phrase)]
        if tuple(small[at : at + len(phrase)]) != phrase:
            continue
        gaps = (text[one.end() : other.start()] for one, other in pairwise(found))
        beside = text[found[0].start() - 1 : found[0].start()] + text[found[-1].end() :][:1]
        if all(gap == " " for gap in gaps) and "-" not in beside:
            return len(phrase)
    return 0


@cache
def _phrases() -> _Phrases:
    """All forms of the listed phrases by their first words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for word in load_compounds():
        for form in word.forms("en").values():
            phrase = tuple(form.lower().split("-"))
            found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(set(each), key=len, reverse=True)) for first, each in found.items()}
