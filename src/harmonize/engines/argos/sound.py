"""Whether another translation may stand for the one that a model gave first.

Models babble when they are led away from what they would say: they stutter, stop short, leave
out or make up.  What they said first is the measure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from harmonize.engines.argos.place import STEM
from harmonize.engines.base import Request
from harmonize.glossary import Match
from harmonize.glossary.agree import is_determiner

_WORD = re.compile(r"[^\W_]+")
_CONTRACTED = re.compile(r"\b(de|a)l\b")
_MARKS = re.compile(r"([,;:])\s*\1|(?<!\.)\.\.(?!\.)")
_CODE = re.compile(r"\b(?:[A-Z]{2,}\w*|\w*\d\w*)\b")
_END = re.compile(r"[.!?:;,…]*\W*$")


class Change(NamedTuple):
    """A translation of *request* that might replace *old*.

    ``rests`` are what has nothing to do with the terms that were put in, of both; a *share* of its
    words may differ.  Where it is not known what gave way to the terms, they are *put*: as many
    words may be lost as there are new ones in them.
    """

    request: Request
    old: str
    new: str
    rests: tuple[str, str]
    share: float
    put: str = ""


def is_sound(change: Change, has: Callable[[Match, str], bool]) -> bool:
    """Whether ``change.new`` says what ``change.old`` says, and has all terms that it has."""
    return (
        all(has(match, change.new) for match in _present(change, has))
        and _codes(change) == _codes(change._replace(new=change.old))
        and _same_end(change)
        and not stutters(change.new, change.old)
        and _says_the_same(change)
    )


def _present(change: Change, has: Callable[[Match, str], bool]) -> list[Match]:
    return [match for match in change.request.terms if has(match, change.old)]


def _codes(change: Change) -> Counter[str]:
    """Code words, numbers and names of the source in the translation: each as often as before."""
    text = change.request.text
    for match in reversed(change.request.terms):  # those have a check of their own
        text = text[: match.start] + text[match.end :]
    wanted = {*_CODE.findall(text), *change.request.names}
    return Counter({word: change.new.count(word) for word in wanted})


def _same_end(change: Change) -> bool:
    return change.old[-1:].isalnum() == change.new[-1:].isalnum()


def stutters(text: str, model: str = "") -> bool:
    """Whether words of *text* are repeated as those of *model* are not.

    >>> [stutters(text) for text in ("el gremio gremio", "por la paz y por la paz y", "más y más")]
    [True, True, False]
    """
    marks = _MARKS.search(text) and not _MARKS.search(model)
    return bool(marks or _repeated(text) - _repeated(model))


def _repeated(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    pairs = {(one, two) for one, two in pairwise(words) if one == two or _begins(one, two)}
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    return pairs | {three for three, count in triples.items() if count > 1}


def _begins(one: str, two: str) -> bool:
    """Whether one of two words is a beginning of the other: *cer cerca*."""
    short, long = sorted((one, two), key=len)
    return len(short) > 2 and long.startswith(short)


def _says_the_same(change: Change) -> bool:
    """Small words count too: a preposition may not be lost."""
    old, new = (Counter(_stems(rest)) for rest in change.rests)
    may = int(change.share * old.total()) + (Counter(_stems(change.put)) - old).total()
    return (old - new).total() <= may and (new - old).total() <= may


def _stems(text: str) -> list[str]:
    """What tells the words of *text* apart, without articles and the like, which only agree."""
    words = _CONTRACTED.sub(r"\1", text.lower())
    return [word[:STEM] for word in _WORD.findall(words) if not is_determiner(word)]
