"""Whether there is a translation at all, in the right language, and all of it."""

from __future__ import annotations

from collections.abc import Iterator

from harmonize.check.bitext import Bitext, Finding, found
from harmonize.language import detect
from harmonize.protect import pieces_around
from harmonize.segments import sentences

_WORDS_THAT_DIFFER = 5
"""From this many words on, a translation equal to its source is no coincidence of names."""

_WORDS_OF_A_LANGUAGE = 4
_SURE = 0.9
_NAMES = {"en": ("English", "inglés"), "es": ("Spanish", "español")}

_SHORTEST = 40
"""Code points: shorter texts may well double or halve."""
_RATIOS = (0.45, 2.2)
"""Target to source in code points.  Of 3,003 human pairs of news (newstest2012) and 3,856 of the
sector, fewer than 1 in 500 lie outside, in either direction."""
_SENTENCES_APART = 2


def not_empty(pair: Bitext) -> Iterator[Finding]:
    """A translation that is empty where the source is not.

    >>> list(not_empty(Bitext("Pay", " ")))
    [Finding(rule='empty', facts={})]
    """
    if pair.source.strip() and not pair.target.strip():
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
    words = pair.source.casefold().split()
    return words == pair.target.casefold().split() and len(words) >= _WORDS_THAT_DIFFER


def in_its_language(pair: Bitext) -> Iterator[Finding]:
    """The translation is not in the language of the source.

    >>> pair = Bitext("Pay them well", "Pay them very well and on time")
    >>> next(in_its_language(pair)).facts["found"]
    'English'
    """
    words = "".join(piece for piece, protected in pieces_around(pair.target) if not protected)
    if len(words.split()) < _WORDS_OF_A_LANGUAGE or _is_copy(pair):
        return
    seen = detect(words)
    if seen.language == pair.source_language and seen.confidence >= _SURE:
        (name, name_es), (wanted, wanted_es) = (
            _NAMES[pair.source_language],
            _NAMES[pair.target_language],
        )
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
    if abs(before - after) >= _SENTENCES_APART:
        yield found("sentences", source=before, target=after)


def _count(text: str, language: str) -> int:
    return sum(any(c.isalpha() for c in part) for part in sentences(text, language))
