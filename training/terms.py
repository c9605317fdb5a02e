"""Terms in pairs of lines: from the glossary, and from words that are aligned one to one."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from corpus import Pair

from harmonize.engines.pack_terms import Annotation, annotated
from harmonize.glossary import Matcher, load, words

Language = Literal["en", "es"]
Links = frozenset[tuple[int, int]]

LONGEST_TERM = 3
"""Words of a term that is found by alignment."""

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+|[^\w\s]")
_PREPOSITIONS = frozenset("a al con contra de del en entre para por sin sobre y o".split())
_JOINERS = frozenset(("de", "del", "of"))
_LIGHT = _PREPOSITIONS | frozenset(
    "el la los las un una unos unas lo se su sus es son fue ser no que como más muy este esta "
    "estos estas ese esa the a an of to in on at for by with from and or is are was were be been "
    "has have had do does not no it its this that these those as if will can may must should "
    "would could you your we our they their he his she her i my me us them".split()
)


class Found(NamedTuple):
    """A term in a pair: where it stands on either side, and its citation forms."""

    en: tuple[int, int]
    es: tuple[int, int]
    en_cited: str
    es_cited: str


class Line(NamedTuple):
    """A side's words in lower case, and where each stands."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Line:
        """*text* cut into words, numbers and marks."""
        found = list(_TOKEN.finditer(text))
        return cls(tuple(f[0].lower() for f in found), tuple(f.span() for f in found))


# --- alignment ----------------------------------------------------------------------------


def align(pairs: Sequence[Pair]) -> list[tuple[Links, Links]]:
    """For each pair the links (English word, Spanish word) that eflomal draws each way."""
    import eflomal

    sides = [
        "".join(" ".join(_stem(word) for word in Line.of(text).words) + "\n" for text in texts)
        for texts in ([pair.en for pair in pairs], [pair.es for pair in pairs])
    ]
    with tempfile.TemporaryDirectory() as folder:
        forward, backward = Path(folder) / "forward", Path(folder) / "backward"
        eflomal.Aligner().align(
            sides[0].splitlines(keepends=True),
            sides[1].splitlines(keepends=True),
            links_filename_fwd=str(forward),
            links_filename_rev=str(backward),
            quiet=True,
        )
        with forward.open() as first, backward.open() as second:
            return [(_links(a), _links(b)) for a, b in zip(first, second, strict=True)]


def _stem(word: str) -> str:
    """The beginning of a word: forms of one word are seen as one, and rare ones are aligned."""
    return word[:6]


def _links(line: str) -> Links:
    return frozenset((int(a), int(b)) for a, b in (link.split("-") for link in line.split()))


def agreement(links: tuple[Links, Links]) -> float:
    """How far the two directions agree: from 0, not one common link, to 1."""
    either = len(links[0] | links[1])
    return len(links[0] & links[1]) / either if either else 0.0


# --- terms --------------------------------------------------------------------------------


def from_links(pair: Pair, links: Links) -> Iterator[Found]:
    """Terms of one to three words whose links lead nowhere else, on both sides.

    >>> pair = Pair("x", "Coffee growers meet", "Se reúnen los productores de café")
    >>> for term in from_links(pair, frozenset({(0, 5), (1, 3), (2, 1)})):
    ...     print(term.en_cited, "=", term.es_cited)
    coffee = café
    coffee grower = productor de café
    grower = productor
    meet = reunir
    """
    english, spanish = Line.of(pair.en), Line.of(pair.es)
    for start in range(len(english.words)):
        for end in range(start + 1, min(start + LONGEST_TERM, len(english.words)) + 1):
            block = _block(links, start, end)
            if not block:
                continue
            sides = english.words[start:end], spanish.words[slice(*block)]
            if _is_term(sides[0]) and _is_term(sides[1]):
                spans = _span(english, start, end), _span(spanish, *block)
                name = pair.en[slice(*spans[0])]
                if name == pair.es[slice(*spans[1])]:  # names keep their capitals
                    yield Found(*spans, name, name)
                else:
                    yield Found(*spans, cited(sides[0], "en"), cited(sides[1], "es"))


def _block(links: Links, start: int, end: int) -> tuple[int, int] | None:
    """The Spanish words that *start* to *end* are linked to, if these are linked to no others."""
    targets = {b for a, b in links if start <= a < end}
    if not targets or {a for a, b in links if start <= a < end} != set(range(start, end)):
        return None
    first, last = min(targets), max(targets) + 1
    closed = all(start <= a < end for a, b in links if first <= b < last)
    return (first, last) if closed and last - first <= LONGEST_TERM + 1 else None


def _is_term(block: Sequence[str]) -> bool:
    ends = (block[0], block[-1])
    inside = block[1:-1]
    return (
        all(word[0].isalpha() for word in block)
        and all(word not in _LIGHT and len(word) > 2 for word in ends)
        and all(word not in _LIGHT or word in _JOINERS for word in inside)
    )


def _span(line: Line, start: int, end: int) -> tuple[int, int]:
    return line.spans[start][0], line.spans[end - 1][1]


def cited(block: Sequence[str], language: Language) -> str:
    """A term as a glossary writes it: single words by their lemma, of phrases the head alone.

    >>> cited(["pequeños", "productores"], "es"), cited(["fair", "wages"], "en")
    ('pequeño productor', 'fair wage')
    >>> cited(["organizaciones", "de", "trabajadores"], "es"), cited(["orgánicas"], "es")
    ('organización de trabajadores', 'orgánico')
    """
    if len(block) == 1:
        return lemma(block[0], language)
    if language == "en":
        return " ".join([*block[:-1], singular(block[-1], language)])
    edge = next((at for at, word in enumerate(block) if word in _PREPOSITIONS), len(block))
    return " ".join([*(singular(word, language) for word in block[:edge]), *block[edge:]])


@cache
def lemma(word: str, language: Language) -> str:
    """A word's dictionary form; the word itself where that is none of its own kind."""
    return words.lemma(word, language).lower() or word


@cache
def singular(word: str, language: Language) -> str:
    """A word in the singular, of the same gender.

    >>> singular("orgánicas", "es"), singular("organizaciones", "es"), singular("luces", "es")
    ('orgánica', 'organización', 'luz')
    """
    if not word.endswith("s") or len(word) < 4:
        return word
    found = lemma(word, language)
    forms = {word[:-1], word[:-2], word[:-3] + "z", word[:-3] + "y", word[:-5] + "ión"}
    if language == "en":
        return found if found in forms else word
    if found in forms:
        return found
    return word[:-1] if word[-2] in "aeo" else word


class Glossed:
    """The glossary's terms that a pair has on both sides."""

    def __init__(self) -> None:
        self.matcher = Matcher(load())

    def find(self, pair: Pair) -> Iterator[Found]:
        """Each entry that stands once on either side."""
        english = self.matcher.find(pair.en, "en")
        spanish = {match.entry: match for match in self.matcher.find(pair.es, "es")}
        for match in english:
            entries = (match.entry, *match.others)
            other = next((spanish.pop(each) for each in entries if each in spanish), None)
            if other:
                entry = other.entry
                yield Found((match.start, match.end), (other.start, other.end), entry.en, entry.es)


def chosen(found: Sequence[Found], most: int, chance: random.Random) -> list[Found]:
    """Up to *most* of the terms, in order, none over another on either side."""
    kept: list[Found] = []
    for term in chance.sample(found, len(found)):
        if len(kept) < most and not any(_overlap(term, each) for each in kept):
            kept.append(term)
    return sorted(kept)


def _overlap(one: Found, other: Found) -> bool:
    spans = ((one.en, other.en), (one.es, other.es))
    return any(right[0] < left[1] for left, right in (sorted(each) for each in spans))


def sides(pair: Pair, found: Sequence[Found]) -> tuple[str, str]:
    """English with Spanish terms in it, and Spanish with English ones: two sources."""
    english = [Annotation(*term.en, term.es_cited) for term in found]
    spanish = [Annotation(*term.es, term.en_cited) for term in found]
    return annotated(pair.en, english), annotated(pair.es, spanish)
