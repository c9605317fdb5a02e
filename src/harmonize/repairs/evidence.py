"""How much better a candidate reads than what stands in the text.  Scores; never edits."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from harmonize.repairs.lexicon import ACCENTED, frequency, is_clean_elsewhere, plausible

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz" + ACCENTED)
_TYPOGRAPHY = frozenset("¿¡“”‘’«»–—…•·€°ºª\N{NO-BREAK SPACE}")
"""Signs that clean Spanish and English texts hold, letters beside them or not."""
_SIGNS = _TYPOGRAPHY | frozenset("£§©®™")
_SYMBOL = re.compile("[\u00a1-\u00ac\u00ae-\u00bf×÷\u2010-\u2bff\U0001f300-\U0001faff\ufe0f]")
"""Signs that garbled UTF-8 may turn out to be: arrows, bullets, emoji…"""

# Where signs and capitals cannot stand in clean Spanish or English.
_MISPLACED = re.compile(r"[a-záéíóúñü][ÁÉÍÓÚÑÜ]|[áéíóúñü][A-Z]|[ÀÁ][A-Z][a-z]|[^\W\d_][¿¡][^\W\d_]")
_MISPLACED_SIGN = re.compile(r"[^\W\d_][“«‘¿¡€£¥©§°]|[”»™®°€£¥©§ªº][^\W\d_]")
_INSIDE_WORD = re.compile(r"[^\W\d_][^\w\s'’·.,:;/@–—-][^\W\d_]")
_DOT_INSIDE = re.compile(r"[^\W\d_]{2}·(?!(?:es|rice|trice|euse|ne|nes|le|les)\b)[^\W\d_]{2}")
"""A raised dot that is neither Catalan (apart from l·l) nor French (étudiant·es)."""

_SIGN_INSIDE = re.compile(r"[^\W\d_][^\w\s-][^\W\d_]|[^\W\d_]\u00a0[^\W\d_]")
_STILL_GARBLED = re.compile("[^\\W\\d_][\u2190-\u2bff¬±²³¼½¾]|[\u2500-\u25ff][^\\W\\d_]")
"""Signs beside letters that are left where a text was garbled once more."""
_OPENING = re.compile(r"[^\w¿¡]*[¿¡]+[^\W\d_]")
_POSSESSIVE = re.compile(r"[a-z]{4}’s\b", re.IGNORECASE)
_CONTRACTED = re.compile(
    r"\b(?:it|who|that|what)’s\b|\b(?:you|we|they|who)’(?:re|ve|ll|d)\b"
    r"|\b(?:are|ca|could|did|do|does|had|has|have|is|must|need|should|was|were|wo|would)n’t\b",
    re.IGNORECASE,
)
_ELISION = re.compile(r"(?:^|\W)(?:[cdjlmnst]|qu)’[^\W\d_]", re.IGNORECASE)
"""French, Catalan and Italian: ``m’a`` is no *mía*."""

_SHORT_WORD_ZIPF = {1: 5.0, 2: 4.5, 3: 3.5}
"""How common a short word must be to count: by chance, any two letters are *some* word."""
_RIGHT_ZIPF = 2.0
"""An accented word this common is right as it stands; rarer ones in the lists may be misspelt."""
_PART_ZIPF = 3.0
"""Words this common may stand on either side of a dash or a no-break space."""
_FAIR_LETTERS, _FAIR_ZIPF = 5, 4.0
"""A common word of this length does not come about by chance where a sign parts its letters."""
_QUOTED_LETTERS = 2
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
    if not _may_be(before, after) or any(_is_right(word) for word in old if word not in new):
        return NOTHING
    if not all(_good(char, utf8) for char in set(after) - set(before)):
        return NOTHING
    if not fresh or (utf8 and _gains_sign_only(before, after)):
        return _signs_only(before, after)
    worst = min(_word(word, utf8) for word in fresh)
    longest = max(map(len, fresh))
    most = (
        _most_utf8(before, after)
        if utf8
        else _most_mixed(before, after, old, (longest, worst.zipf))
    )
    return Verdict(min(worst.level, most), worst.zipf)


def _most_utf8(before: str, after: str) -> Level:
    """How strong known words are: less where a byte is gone and ``Ă`` may be a letter."""
    lost = len(before) <= len(after)
    natural = before.isupper() or "\N{NO-BREAK SPACE}" in after
    doubtful = (lost and natural) or _STILL_GARBLED.search(after)
    return Level.WEAK if doubtful else Level.STRONG


def _most_mixed(before: str, after: str, old: list[str], word: tuple[int, float]) -> Level:
    """How strong known words are: less where the token's signs may be meant as they stand."""
    if _letters(before) > _letters(after):
        return _letter_to_sign(before, after, word[1])
    if _is_natural(before, after):
        return Level.WEAK
    return Level.STRONG if _odd(before, after) else _ordinary(before, old, *word)


def _letter_to_sign(before: str, after: str, zipf: float) -> Level:
    """How strong a known word is when what was lost is a sign beside it: ``organisation’s``."""
    if _CONTRACTED.search(after):
        return Level.STRONG
    verb = before.rstrip(".,;:!?)").removesuffix("ís") + "ir"
    if zipf < _PART_ZIPF or _letters(after) < _QUOTED_LETTERS or frequency(verb):
        return Level.WEAK  # or Spanish as it stands: ``admitís``
    if _POSSESSIVE.search(after):
        return Level.STRONG
    return Level.FAIR if after[0] in "“‘«" or after.rstrip(".,;:!?")[-1] in "”»" else Level.WEAK


def opens_sentence(before: str, after: str) -> bool:
    """Whether a candidate puts ``¿`` or ``¡`` before a word, where no letter can have stood.

    >>> opens_sentence("øHay", "¿Hay"), opens_sentence("øl", "¿l")
    (True, False)
    """
    if not _OPENING.match(after) or _OPENING.match(before):
        return False
    place = next(i for i, char in enumerate(after) if char in "¿¡")
    word = _WORD.search(after, place)
    if not word or frequency(word.group()) < _SHORT_WORD_ZIPF.get(len(word.group()), _PART_ZIPF):
        return False
    return not before[place].isalpha() or before[place + 1 : place + 2].isupper()


def _good(char: str, utf8: bool) -> bool:
    if char.isascii() or char.lower() in _LETTERS or char in _SIGNS:
        return True
    if char.isalpha():
        return utf8 and char <= "\u017f"
    return utf8 and bool(_SYMBOL.match(char))


def _odd(before: str, after: str) -> bool:
    """Whether what a candidate replaces is nothing that Spanish and English texts hold."""
    if _MISPLACED.search(before) or (_DOT_INSIDE.search(before) and "l·l" not in before.lower()):
        return True
    replaced = set(before) - set(after)
    return any(
        not (char.isascii() or char.lower() in _LETTERS or char in _TYPOGRAPHY) for char in replaced
    )


def _is_natural(before: str, after: str) -> bool:
    """Whether only capitals are replaced, and they stand where capitals do, as in ``Època``."""
    replaced = [char for char in before if char not in after]
    return all(map(str.isupper, replaced)) and (before.isupper() or before[1:].islower())


def _is_right(word: str) -> bool:
    """Whether a word that is to change is known as it stands, here or in another language."""
    known = frequency(word) >= _SHORT_WORD_ZIPF.get(len(word), _RIGHT_ZIPF)
    return is_clean_elsewhere(word) or (not word.isascii() and known)


def _may_be(before: str, after: str) -> bool:
    """Whether each sign of a candidate is on the right side of its letters, or was not before."""
    return not _MISPLACED_SIGN.search(after) or bool(_MISPLACED_SIGN.search(before))


def _ordinary(before: str, old: list[str], letters: int, zipf: float) -> Level:
    """How strong a known word is where each sign of the token may be meant as it stands."""
    rarest = min(map(frequency, old), default=0.0)
    elided = letters < _FAIR_LETTERS and _ELISION.search(before)
    unit = all(len(part) == 1 for part in old)  # N·m
    if elided or unit or rarest >= max(_PART_ZIPF, zipf - 1):
        return Level.WEAK
    if _SIGN_INSIDE.search(before) and letters >= _FAIR_LETTERS and zipf >= _FAIR_ZIPF:
        return Level.STRONG
    least = _PART_ZIPF if rarest else _RIGHT_ZIPF
    if letters >= _SURE_LETTERS and zipf >= least and rarest < _PART_ZIPF:
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
    if _few_from_many(before, after, 3) or (_is_amount(after) and _few_from_many(before, after, 2)):
        return Verdict(Level.STRONG, 0.0)
    if _OPENING.match(after) or _letters(before) > _letters(after) or len(after) < len(before):
        return Verdict(Level.WEAK, 0.0)
    return NOTHING


def _gains_sign_only(before: str, after: str) -> bool:
    """Whether a candidate differs in signs, all letters staying as they are."""
    gained = set(after) - set(before)
    return _few_from_many(before, after, 3) and not any(map(str.isalpha, gained))


def _few_from_many(before: str, after: str, many: int) -> bool:
    """Whether each new character replaces that many or more: three are no chance finding."""
    gained = set(after) - set(before)
    new = sum(char in gained for char in after)
    return new > 0 and len(before) - len(after) >= (many - 1) * new


def _is_amount(token: str) -> bool:
    """Whether a token is a sign by itself, or numbers with signs: ``£33,678``."""
    if any(map(str.isalpha, token)):
        return False
    return token in _SIGNS or any(map(str.isdecimal, token))


def _letters(token: str) -> int:
    return sum(map(str.isalpha, token))


def naturalness(text: str) -> float:
    """How natural the words and signs beyond ASCII are, from 0 to 1; 1 where there are none.

    >>> naturalness("La función, “clave”"), naturalness("La funci¢n")
    (1.0, 0.0)
    """
    tokens = [token for token in text.split() if not token.isascii()]
    return sum(map(_natural, tokens)) / len(tokens) if tokens else 1.0


@lru_cache(maxsize=4096)
def _natural(token: str) -> float:
    signs = [char for char in token if not (char.isascii() or char.isalpha())]
    if _MISPLACED_SIGN.search(token) or _MISPLACED.search(token) or _INSIDE_WORD.search(token):
        return 0.0
    if not all(char in _SIGNS for char in signs):
        return 0.0
    return min(
        (_natural_word(word) for word in _WORD.findall(token) if not word.isascii()), default=1.0
    )


def _natural_word(word: str) -> float:
    """1 for a known word, less for one that Spanish or another Western language could have."""
    if frequency(word) >= _SHORT_WORD_ZIPF.get(len(word), 1.0):
        return 1.0
    beyond = sum(not char.isascii() for char in word)
    if (
        not _shaped(word)
        or 2 * beyond > len(word)
        or not all(c <= "\u017f" for c in word.replace("’", ""))
    ):
        return 0.0
    return 0.6 if plausible(word) else 0.4
