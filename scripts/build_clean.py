"""Build ``src/harmonize/repairs/data/clean.txt.xz``: right words that look like garbled Spanish.

Every word that wordfreq lists for any of its languages and that holds a character beyond ASCII, or
reads like a Spanish word whose last letter was lost, is put through the repairs.  Those that the
evidence alone would change are kept in the file, so that it knows better.  Run after
``build_words.py``, in an environment with ``wordfreq`` 3.1::

    python scripts/build_clean.py
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

import wordfreq

from harmonize.repairs.lexicon import lexicon
from harmonize.repairs.lossy import fill_gaps
from harmonize.repairs.redecode import redecode

OUT = Path(__file__).parent.parent / "src/harmonize/repairs/data/clean.txt.xz"
OWN = {"es", "en"}
LEAST = 1e-7
"""Share of all words from which a word counts; rarer ones in the lists are often garbled."""


def main() -> None:
    """Write the file and say how large it is."""
    OUT.write_bytes(lzma.compress(b"words\t-\nstems\t-\n"))
    lexicon.cache_clear()
    found = sorted({word for word in words() if is_changed(word)})
    sections = {
        "words": [word for word in found if not word.isascii()],
        "stems": [word for word in found if word.isascii()],
    }
    lines = [f"{name}\t{' '.join(members)}\n" for name, members in sections.items()]
    OUT.write_bytes(lzma.compress("".join(lines).encode(), preset=9))
    print(OUT, OUT.stat().st_size, "bytes", len(found), "entries")


def words() -> Iterator[str]:
    """Words of the other languages."""
    for language in sorted(wordfreq.available_languages()):
        if language not in OWN:
            yield from (
                word
                for word, share in wordfreq.get_frequency_dict(language, "best").items()
                if share >= LEAST and " " not in word
            )


def is_changed(word: str) -> bool:
    """Whether the evidence takes a word for garbled, in any capitals, or for cut off."""
    if word.isascii():
        return bool(word.isalpha() and fill_gaps(f"{word}?").edits)
    return any(redecode(form).edits for form in (word, word.title(), word.upper()))


if __name__ == "__main__":
    main()
