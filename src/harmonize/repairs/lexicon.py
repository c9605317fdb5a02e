"""What words look like in Spanish and English: the table that evidence is taken from.

The table is built by ``scripts/build_words.py``; ``data/README.md`` names its source and licence.
It is read on first use, so that clean text never pays for it.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import NamedTuple

ACCENTED = "áéíóúñü"
"""The letters of Spanish that ASCII lacks."""

_ENGLISH_ENDINGS = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})
_PLAIN = str.maketrans("’", "'")


class Lexicon(NamedTuple):
    """Zipf frequencies (log10 of occurrences per billion words) and Spanish letter triples.

    ``clean`` and ``stems`` are words of other languages that look like garbled or cut Spanish.
    """

    spanish: dict[str, float]
    english: dict[str, float]
    trigrams: frozenset[str]
    clean: frozenset[str]
    stems: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The table, read once.

    >>> lexicon().spanish["función"] > 4
    True
    """
    sections = dict(_sections("words.txt.xz"))
    spanish: dict[str, float] = {}
    english: dict[str, float] = {}
    for name, words in sections.items():
        language, _, zipf = name.partition(" ")
        if zipf:
            table = spanish if language == "es" else english
            table.update(dict.fromkeys(words, float(zipf)))
    clean = dict(_sections("clean.txt.xz"))
    return Lexicon(
        spanish,
        english,
        frozenset(sections["trigrams"]),
        frozenset(clean.get("words", ())),
        frozenset(clean.get("stems", ())),
    )


def frequency(word: str) -> float:
    """Zipf frequency of a word in Spanish or English, the higher of the two; 0 if unknown.

    >>> frequency("Membresía") > 3, frequency("xqzt")
    (True, 0.0)
    """
    table = lexicon()
    key = word.lower().translate(_PLAIN)
    base, apostrophe, ending = key.rpartition("'")
    if apostrophe:
        if ending not in _ENGLISH_ENDINGS:
            return 0.0
        name = table.spanish.get(base, 0.0) if ending == "s" else 0.0
        return max(table.english.get(base, 0.0), name)
    return max(table.spanish.get(key, 0.0), table.english.get(key, 0.0))


def is_clean_elsewhere(word: str) -> bool:
    """Whether a word that resembles garbled Spanish is known to be a word of another language.

    >>> is_clean_elsewhere("función")
    False
    """
    return word.lower() in lexicon().clean


def is_cut_elsewhere(word: str) -> bool:
    """Whether a word that resembles Spanish without its last letter is another language's.

    >>> is_cut_elsewhere("bogot")
    False
    """
    return word.lower() in lexicon().stems


def plausible(word: str) -> bool:
    """Whether an unknown word could be Spanish, by the letters around its accents.

    >>> plausible("bioinsumóloga"), plausible("ádsñx")
    (True, False)
    """
    padded = f"^{word.lower()}$"
    triples = (padded[i : i + 3] for i in range(len(padded) - 2))
    known = lexicon().trigrams
    return all(triple in known for triple in triples if not triple.isascii())


@cache
def gaps() -> dict[str, tuple[str, ...]]:
    """Spanish words with accents, by their spelling with ``?`` in place of each such letter.

    >>> gaps()["funci?n"]
    ('función',)
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    table = str.maketrans(dict.fromkeys(ACCENTED, "?"))
    for word in lexicon().spanish:
        if not word.isascii():
            found[word.translate(table)].append(word)
    return {gap: tuple(words) for gap, words in found.items()}


def _sections(name: str) -> list[tuple[str, list[str]]]:
    """The sections of a data file: a name, a tab, and words, a line each."""
    data = (resources.files("harmonize.repairs") / "data" / name).read_bytes()
    lines = lzma.decompress(data).decode().splitlines()
    pairs = (line.split("\t") for line in lines)
    return [(pair[0], pair[1].split(" ")) for pair in pairs]
