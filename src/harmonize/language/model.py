"""The word and letter model: how unlikely a word is in each of nine languages.

The numbers were learnt by `training/build_word_model.py` and are read on first use.  A penalty is
minus the natural logarithm of a probability, in steps of 1/12 nat: the smaller, the likelier.
"""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

STEPS_PER_NAT = 12
CAP = 6 * STEPS_PER_NAT
"""One word alone never counts for more than this: it may be a name or a loan."""
_ORDER = 4


@dataclass(frozen=True, slots=True)
class Model:
    """Penalties by word and by letter sequence, a byte for each language."""

    languages: tuple[str, ...]
    words: dict[str, bytes]
    letters: dict[str, bytes]


@cache
def load() -> Model:
    """The model that comes with the package.

    >>> load().languages[:3]
    ('en', 'es', 'pt')
    """
    raw = lzma.decompress(files("harmonize.language").joinpath("data/words.bin.xz").read_bytes())
    head, _, rest = raw.partition(b"\n")
    languages = tuple(head.decode().split())
    words, rest = _table(rest, len(languages))
    letters, _ = _table(rest, len(languages))
    return Model(languages, words, letters)


def _table(raw: bytes, width: int) -> tuple[dict[str, bytes], bytes]:
    head, _, rest = raw.partition(b"\n")
    keys = head.decode().split(" ")
    table = {key: rest[i * width : (i + 1) * width] for i, key in enumerate(keys)}
    return table, rest[len(keys) * width :]


def known(word: str) -> bool:
    """Whether *word*, in small letters, has a row of its own.

    >>> known("workers"), known("xqzt")
    (True, False)
    """
    return word in load().words


@lru_cache(maxsize=65536)
def penalties(word: str) -> tuple[int, ...]:
    """What *word* (small letters) costs in each language, above the best of them, up to CAP.

    >>> model = load()
    >>> dict(zip(model.languages, penalties("trabajadores")))["es"]
    0
    """
    row = load().words.get(word) or _spelled(word)
    best = min(row)
    return tuple(min(CAP, value - best) for value in row)


def _spelled(word: str) -> Sequence[int]:
    """The penalties of an unknown word, letter by letter."""
    letters = load().letters
    marked = f"^{word[:40]}$"
    columns = [_sequence(letters, marked, end) for end in range(2, len(marked) + 1)]
    return [sum(column) for column in zip(*columns, strict=True)]


def _sequence(letters: dict[str, bytes], marked: str, end: int) -> bytes:
    """The row of the longest known sequence that ends before *end*."""
    for start in range(max(0, end - _ORDER), end):
        if row := letters.get(marked[start:end]):
            return row
    return bytes(len(load().languages))
