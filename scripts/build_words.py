"""Build ``src/harmonize/repairs/data/words.txt.xz`` from wordfreq's Spanish and English lists.

Run once, by hand, in an environment with ``wordfreq`` 3.1 (no run-time dependency)::

    python scripts/build_words.py

The file is text, one section a line: a name, a tab, and words separated by spaces.  ``es 4.5``
holds the Spanish words whose Zipf frequency (log10 of occurrences per billion words) is at least
4.5 and below 4.6.  ``trigrams`` holds the letter triples of Spanish words around an accented
letter, ``^`` and ``$`` being the word's ends.
"""

from __future__ import annotations

import lzma
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import wordfreq

OUT = Path(__file__).parent.parent / "src/harmonize/repairs/data/words.txt.xz"
ACCENTED = "áéíóúñü"
LETTERS = {"es": f"a-z{ACCENTED}", "en": "a-z"}
PLAIN_FROM, ACCENTED_FROM, TRIGRAMS_FROM = 2.3, 1.0, 2.0
"""Zipf frequencies from which a word is taken; accented ones are what repairs lead to."""
TRIGRAM_WORDS = 3
"""A letter triple counts as Spanish when it stands in at least this many words."""


def main() -> None:
    """Write the file and say how large it is."""
    sections: dict[str, list[str]] = defaultdict(list)
    trigrams: Counter[str] = Counter()
    for language in ("es", "en"):
        for word, zipf in words(language):
            sections[f"{language} {zipf:.1f}"].append(word)
            if language == "es" and zipf >= TRIGRAMS_FROM:
                trigrams.update(accented_trigrams(word))
    sections["trigrams"] = sorted(t for t, n in trigrams.items() if n >= TRIGRAM_WORDS)
    lines = [f"{name}\t{' '.join(sorted(sections[name]))}\n" for name in sorted(sections)]
    OUT.write_bytes(lzma.compress("".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(OUT, OUT.stat().st_size, "bytes", sum(map(len, sections.values())), "entries")


def words(language: str) -> Iterator[tuple[str, float]]:
    """The words of a language that are worth their place, with their Zipf frequency."""
    wanted = re.compile(f"[{LETTERS[language]}]{{2,30}}|[aeiouy]")
    for word, frequency in wordfreq.get_frequency_dict(language, "large").items():
        zipf = math.floor(10 * (math.log10(frequency) + 9)) / 10
        if wanted.fullmatch(word) and zipf >= (PLAIN_FROM if word.isascii() else ACCENTED_FROM):
            yield word, zipf


def accented_trigrams(word: str) -> set[str]:
    """Letter triples of a word that hold an accented letter."""
    padded = f"^{word}$"
    triples = (padded[i : i + 3] for i in range(len(padded) - 2))
    return {triple for triple in triples if any(letter in ACCENTED for letter in triple)}


if __name__ == "__main__":
    main()
