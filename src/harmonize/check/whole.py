"""Whether there is a translation at all, in the right language, and all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import simplemma

from harmonize.check.bitext import Bitext, Finding, found
from harmonize.language import detect
from harmonize.protect import has_words, pieces_around
from harmonize.segments import sentences

_WORDS_THAT_DIFFER = 5
"""From this many words on, a translation equal to its source is no coincidence of names."""

_OWN_WORDS = 2
"""So many words of the source's language alone are none either."""
_COMMON = 4
_LETTERS = re.compile(r"[^\W\d_]+")
_NAME = r"[^\W\d_a-z]\S*"
_NAMES_IN_A_ROW = re.compile(rf"(?<=\s){_NAME}(?:\s(?:(?:del?|la|of|the|and|y)\s)*{_NAME})+")

_BETWEEN = r"(?:del?|las?|los|of|the|and|y|for|para|por|&|–|-)"
_CAPITALISED = r"\(?[^\W\d_a-z][^\s,]*"
_ONE_NAME = re.compile(rf"{_CAPITALISED}(?:,?\s(?:{_BETWEEN}\s)*{_CAPITALISED})+")
"""A line with an organisation's name and nothing else, which stays as it is."""
_WORDS_OF_A_LANGUAGE = 4
_WORDS_OF_ANOTHER = 6
_SURE = 0.9
_NAMES = {"en": ("English", "inglés"), "es": ("Spanish", "español")}
_ANOTHER = ("another language", "otro idioma")

_SHORTEST = 40
"""Code points: shorter texts may well double or halve."""
_RATIOS = (0.45, 2.2)
"""Target to source in code points.  Of 3,003 human pairs of news (newstest2012) and 3,856 of the
sector, fewer than 1 in 500 lie outside, in either direction."""
_FEW = 30
"""Code points: "nonprofits" is "organizaciones sin fines de lucro"."""
_SENTENCES_APART = 2
_HALVED = 0.7
"""What a text's `growth` is at most that has lost one of few sentences."""


def not_empty(pair: Bitext) -> Iterator[Finding]:
    """A translation that is empty where the source is not.

    >>> list(not_empty(Bitext("Pay", " ")))
    [Finding(rule='empty', facts={})]
    """
    nothing = has_words(pair.source) and not any(map(str.isalnum, pair.target))
    if nothing or (pair.source.strip() and not pair.target.strip()):
        yield found("empty")


def translated(pair: Bitext) -> Iterator[Finding]:
    """A longer text that came back as it went in.

    >>> list(translated(Bitext("Pay", "Pay")))
    []
    >>> list(translated(Bitext(*["Experience with trade union education"] * 2)))
    [Finding(rule='untranslated', facts={})]
    """
    if _is_copy(pair):
        yield found("untranslated")


def _is_copy(pair: Bitext) -> bool:
    if pair.source.casefold().split() != pair.target.casefold().split():
        return False
    pieces = [piece for piece, protected in pieces_around(pair.source) if not protected]
    words = _LETTERS.findall(" ".join(pieces))
    if pair.kind == "paragraph" and _ONE_NAME.fullmatch(pair.source.strip()):
        return False
    own = [word for word in words if _is_only(word, pair.source_language, pair.target_language)]
    return len(words) >= _WORDS_THAT_DIFFER or len(own) >= _OWN_WORDS


def _is_only(word: str, language: str, other: str) -> bool:
    """Whether a common word is known in one language and not in the other."""
    common = word.islower() and len(word) >= _COMMON
    return common and simplemma.is_known(word, language) and not simplemma.is_known(word, other)


def in_its_language(pair: Bitext) -> Iterator[Finding]:
    """The translation is in the language of the source, or in a third one.

    >>> pair = Bitext("Pay them well", "Pay them very well and on time")
    >>> next(in_its_language(pair)).facts["found"]
    'English'
    """
    words = "".join(piece for piece, protected in pieces_around(pair.target) if not protected)
    words = words if words.isupper() else _NAMES_IN_A_ROW.sub(" ", words)
    number = len(words.split())
    if number < _WORDS_OF_A_LANGUAGE or _is_copy(pair):
        return
    seen = detect(words)
    third = seen.language not in {*_NAMES, "und"} and number >= _WORDS_OF_ANOTHER
    if (third or seen.language == pair.source_language) and seen.confidence >= _SURE:
        name, name_es = _NAMES.get(seen.language, _ANOTHER)
        wanted, wanted_es = _NAMES[pair.target_language]
        yield found(
            "wrong-language", found=name, found_es=name_es, wanted=wanted, wanted_es=wanted_es
        )


def length(pair: Bitext) -> Iterator[Finding]:
    """A translation that is much shorter or longer than translations are.

    >>> next(length(Bitext("Support the members of all our unions in the region", "Apoyar"))).facts
    {'much': 'much shorter', 'much_es': 'mucho más corta'}
    """
    before, after = len(pair.source.strip()), len(pair.target.strip())
    if max(before, after) < _SHORTEST or not before or not after:
        return
    low, high = _RATIOS
    if abs(before - after) < _FEW:
        return
    if after < low * before:
        yield found("length", much="much shorter", much_es="mucho más corta")
    elif after > high * before:
        yield found("length", much="much longer", much_es="mucho más larga")


def sentence_count(pair: Bitext) -> Iterator[Finding]:
    """Sentences that were lost or came up.

    >>> list(sentence_count(Bitext("One came. Two came. Three came.", "Vinieron.")))
    [Finding(rule='sentences', facts={'source': 3, 'target': 1})]
    """
    before = _count(pair.source, pair.source_language)
    after = _count(pair.target, pair.target_language)
    halved = before - after == 1 and pair.growth < _HALVED
    if abs(before - after) >= _SENTENCES_APART or halved:
        yield found("sentences", source=before, target=after)


def _count(text: str, language: str) -> int:
    return sum(any(c.isalpha() for c in part) for part in sentences(text, language))
