"""How much better a candidate reads than what stands in the text.  Scores; never edits."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from harmonize.repairs.lexicon import ACCENTED, frequency, is_clean_elsewhere, plausible

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz" + ACCENTED)
_TYPOGRAPHY = frozenset("¿¡“”‘’«»–—…•€°ºª\N{NO-BREAK SPACE}")
"""Signs that clean Spanish and English texts hold, letters beside them or not."""
_SIGNS = _TYPOGRAPHY | frozenset("·£§©®™")
_MISPLACED = re.compile(r"[a-záéíóúñü][ÁÉÍÓÚÑÜ]|[áéíóúñü][A-Z]|[ÀÁ][A-Z][a-z]|[^\W\d_][¿¡][^\W\d_]")
_MISPLACED_SIGN = re.compile(r"[^\W\d_][“«‘¿¡€£¥©§°]|[”»™®°€£¥©§ªº][^\W\d_]")
_OPENING = re.compile(r"[^\w¿¡]*[¿¡]+[^\W\d_]")
_SHORT_WORD_ZIPF = {1: 5.0, 2: 4.5, 3: 3.5}
"""How common a short word must be to count: by chance, any two letters are *some* word."""
_PART_ZIPF = 3.0
"""Words this common may stand on either side of a dash or a no-break space."""
_FAIR_LETTERS, _FAIR_ZIPF = 5, 4.0
"""A common word of this length does not come about by chance where a sign parts its letters."""
_SURE_LETTERS = 6
"""Letters of a word that does not come about by chance."""


class Level(IntEnum):
    """What speaks for a candidate."""

    NONE = 0
    """Nothing, or something speaks against it."""
    WEAK = 1
    """It could be right: enough where other words went the same way."""
    FAIR = 2
    """Its repaired words are known ones, but the text could be meant as it stands."""
    STRONG = 3
    """Its repaired words are known ones, and the text held signs that do not belong there."""


class Verdict(NamedTuple):
    """What speaks for a candidate, and how common its rarest repaired word is (Zipf)."""

    level: Level
    zipf: float


NOTHING = Verdict(Level.NONE, 0.0)


@lru_cache(maxsize=4096)
def judge(before: str, after: str, utf8: bool) -> Verdict:
    """Compare a token (no spaces in it) with a candidate for what it was.

    *utf8* says that the token is valid UTF-8 when read the other way, which rarely is by chance.

    >>> judge("FunciĂłn", "Función", True).level.name, judge("łódź", "³ódź", False).level.name
    ('STRONG', 'NONE')
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    fresh = [word for word in new if word not in old]
    if any(is_clean_elsewhere(word) for word in old):
        return NOTHING
    if _misplaced_sign(before, after) or not all(_good(c, utf8) for c in set(after) - set(before)):
        return NOTHING
    if not fresh:
        return _signs_only(before, after)
    worst = min(_word(word, utf8) for word in fresh)
    if worst.level == Level.STRONG and not _odd(before):
        return Verdict(_ordinary(old, max(fresh, key=len), worst.zipf), worst.zipf)
    return worst


def opens_sentence(before: str, after: str) -> bool:
    """Whether a candidate puts ``¿`` or ``¡`` before a word, where no letter can have stood.

    >>> opens_sentence("øHay", "¿Hay"), opens_sentence("øl", "¿l")
    (True, False)
    """
    if not _OPENING.match(after) or _OPENING.match(before):
        return False
    place = next(i for i, char in enumerate(after) if char in "¿¡")
    return not before[place].isalpha() or before[place + 1 : place + 2].isupper()


def _good(char: str, utf8: bool) -> bool:
    if char.isascii() or char.lower() in _LETTERS or char in _SIGNS:
        return True
    latin = unicodedata.name(char, "").startswith("LATIN") and char <= "\u017f"
    return utf8 and (latin or unicodedata.category(char) in {"So", "Sm", "Sc", "Po", "Pd"})


def _odd(token: str) -> bool:
    """Whether a token holds what Spanish and English texts do not."""
    if _MISPLACED.search(token):
        return True
    return (
        any(
            not (char.isascii() or char.lower() in _LETTERS or char in _TYPOGRAPHY)
            for char in token
        )
        and "l·l" not in token.lower()
    )


def _misplaced_sign(before: str, after: str) -> bool:
    """Whether a candidate has a sign on the wrong side of a letter, and the token had not."""
    return bool(_MISPLACED_SIGN.search(after)) and not _MISPLACED_SIGN.search(before)


def _ordinary(old: list[str], word: str, zipf: float) -> Level:
    """How strong a known word is where each sign of the token may be meant as it stands."""
    if all(frequency(part) >= _PART_ZIPF for part in old):
        return Level.WEAK
    inside = len(old) > 1 and len(word) >= _FAIR_LETTERS and zipf >= _FAIR_ZIPF
    if inside or (len(word) >= _SURE_LETTERS and zipf >= _PART_ZIPF):
        return Level.STRONG
    return Level.FAIR


def _shaped(word: str) -> bool:
    """Whether capitals stand where a writer puts them."""
    return word.islower() or word.isupper() or word[1:].islower() or word.istitle()


def _word(word: str, utf8: bool) -> Verdict:
    if not _shaped(word):
        return NOTHING
    zipf = frequency(word)
    if zipf >= _SHORT_WORD_ZIPF.get(len(word), 1.0):
        return Verdict(Level.STRONG, zipf)
    return Verdict(Level.WEAK, 0.0) if utf8 or (len(word) > 3 and plausible(word)) else NOTHING


def _signs_only(before: str, after: str) -> Verdict:
    """A candidate that differs in signs only: opening marks, quotes, dashes."""
    if len(after) < len(before) - 1:
        return Verdict(Level.STRONG, 0.0)  # three or more characters for one: no chance finding
    lost_letters = sum(map(str.isalpha, before)) > sum(map(str.isalpha, after))
    if _OPENING.match(after) or lost_letters or len(after) < len(before):
        return Verdict(Level.WEAK, 0.0)
    return NOTHING
