"""The same pair in another dress: as postings, and harmonize itself, write their lines."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence

from corpus import Pair
from settings import Variants

from harmonize.protect import protected_spans

_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
_NAME = re.compile(r"(?<![.!?:¡¿\n] )(?<!^)\b[A-ZÁÉÍÓÚÑ][\w'’-]{2,}|\b\d+(?:[.,]\d+)*\b")
_SMALL = frozenset("a an and as at but by for from in into nor of on or the to with".split())
_MOST_CODES = 4


def code_word(chance: random.Random) -> str:
    """A word such as harmonize puts for what no engine may touch.

    >>> code_word(random.Random(1))
    'XGQXZ'
    """
    return f"X{chance.choice(_CONSONANTS)}Q{chance.choice(_CONSONANTS)}Z"


def with_codes(pair: Pair, chance: random.Random) -> Pair | None:
    """Addresses, amounts, dates, figures and names that both sides share, as code words.

    >>> pair = Pair("x", "We met Rosa in 2024.", "Vimos a Rosa en 2024.")
    >>> made = with_codes(pair, random.Random(1))
    >>> made.en, made.es
    ('We met XGQXZ in XDQLZ.', 'Vimos a XGQXZ en XDQLZ.')
    """
    english, spanish = _copied(pair.en), _copied(pair.es)
    common = [text for text, times in english.items() if times == 1 == spanish.get(text, 0)]
    words = sorted({code_word(chance) for _ in common})[:_MOST_CODES]
    if not words:
        return None
    chance.shuffle(words)
    sides = list(pair[1:])
    for text, word in zip(common, words, strict=False):
        sides = [re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", word, side, count=1) for side in sides]
    kept = all(sides[0].count(word) == sides[1].count(word) <= 1 for word in words)
    return Pair(pair.source, *sides) if kept else None


def _copied(text: str) -> Counter[str]:
    """What a translation copies: protected stretches first, else names and figures."""
    spans = [text[span.start : span.end] for span in protected_spans(text)]
    return Counter(spans or _NAME.findall(text))


def in_capitals(pair: Pair, chance: random.Random) -> Pair | None:
    """A short line in capitals."""
    if len(pair.en.split()) > 10:
        return None
    return Pair(pair.source, pair.en.upper(), pair.es.upper())


def in_title_case(pair: Pair, chance: random.Random) -> Pair | None:
    """A heading as English writes it; Spanish capitalises its first word only.

    >>> pair = Pair("x", "terms of reference", "términos de referencia")
    >>> in_title_case(pair, random.Random())[1:]
    ('Terms of Reference', 'Términos de referencia')
    """
    words = pair.en.split()
    if not 2 <= len(words) <= 8 or pair.en.endswith((".", "?", "!")):
        return None
    titled = [w if w in _SMALL and at else w[0].upper() + w[1:] for at, w in enumerate(words)]
    return Pair(pair.source, " ".join(titled), pair.es[0].upper() + pair.es[1:])


def without_stop(pair: Pair, chance: random.Random) -> Pair | None:
    """A bullet: no final stop, or a semicolon in its place, and now and then a small letter."""
    if not (pair.en.endswith(".") and pair.es.endswith(".")) or ". " in pair.en:
        return None
    end = chance.choice(("", "", "", ";"))
    return Pair(pair.source, pair.en[:-1] + end, pair.es[:-1] + end)


def listed(pairs: Sequence[Pair]) -> Pair | None:
    """Short lines as a list with semicolons.

    >>> pairs = [Pair("x", "Visit members.", "Visitar socios."), Pair("x", "Write.", "Escribir.")]
    >>> listed(pairs)[1:]
    ('Visit members; write.', 'Visitar socios; escribir.')
    """
    if any(len(pair.en.split()) > 9 or pair.en[-1] in "?!:;" for pair in pairs):
        return None
    sides = []
    for side in (1, 2):
        lines = [pair[side].rstrip(".") for pair in pairs]
        small = [line if line[:2].isupper() else line[0].lower() + line[1:] for line in lines[1:]]
        sides.append("; ".join([lines[0], *small]) + ".")
    return Pair(pairs[0].source, *sides)


_DRESSES: tuple[tuple[str, Callable[[Pair, random.Random], Pair | None]], ...] = (
    ("codes", with_codes),
    ("capitals", in_capitals),
    ("title_case", in_title_case),
    ("no_stop", without_stop),
)


def variants(
    pair: Pair, previous: Sequence[Pair], shares: Variants, chance: random.Random
) -> list[Pair]:
    """The dresses that *pair* gets, by chance; *previous* are the pairs before it."""
    made = [
        dress(pair, chance) for name, dress in _DRESSES if chance.random() < getattr(shares, name)
    ]
    if previous and chance.random() < shares.lists:
        made.append(listed([*previous, pair]))
    return [each for each in made if each]
