"""Terms that stand often in postings and in no glossary: what somebody should enter next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from harmonize.glossary import english, words
from harmonize.glossary.match import Matcher
from harmonize.glossary.model import Language
from harmonize.glossary.tables import tables
from harmonize.records import Record

LONGEST = 4
"""Words of the longest suggestion."""


class Passage(NamedTuple):
    """Some text of a file, and its language."""

    file: str
    language: Language
    text: str


class Suggestion(Record):
    """A term without an entry: in how many files it stands, how often, and one place."""

    term: str
    language: Language
    files: int
    count: int
    example: str


def suggest(passages: Iterable[Passage], matcher: Matcher, least: int = 2) -> list[Suggestion]:
    """Runs of words between stopwords that *least* files have, the most frequent first.

    >>> from harmonize.glossary.model import Glossary
    >>> texts = ("The field officer visits.", "Our field officers and the farms")
    >>> passages = [Passage(f"{n}.txt", "en", text) for n, text in enumerate(texts)]
    >>> [found.term for found in suggest(passages, Matcher(Glossary()))]
    ['field officer']
    """
    seen: dict[tuple[Language, str], list[tuple[str, str, str]]] = defaultdict(list)
    for passage in passages:
        for key, surface in runs(passage, matcher):
            seen[passage.language, key].append((passage.file, surface, passage.text))
    found = [_suggestion(language, places) for (language, _), places in seen.items()]
    often = [each for each in found if each.files >= least]
    longest = _without_parts(often)
    return sorted(longest, key=lambda each: (-_weight(each), -each.count, each.term))


def _weight(each: Suggestion) -> int:
    """Single words are frequent and mostly not terms; what has several words mostly is one."""
    length: int = len(each.term.split())
    return each.files * length * length


def _suggestion(language: Language, places: list[tuple[str, str, str]]) -> Suggestion:
    surfaces = Counter(surface for _, surface, _ in places)
    # Of the ways in which it is written, the most frequent; the singular, small letters first.
    order = {each: (-surfaces[each], len(each), -sum(map(str.islower, each))) for each in surfaces}
    term = min(order, key=lambda each: (order[each], each))
    files = len({file for file, _, _ in places})
    return Suggestion(
        term=term, language=language, files=files, count=len(places), example=places[0][2][:200]
    )


def runs(
    passage: Passage, matcher: Matcher, *, may_be_known: bool = False
) -> Iterator[tuple[str, str]]:
    """Every run of words that can be a term, as it is compared and as it is written.

    None has words of a term that is in the glossary already, unless it *may be known*.
    """
    text, language = passage.text, passage.language
    read = words.read(text, language)
    taken = {
        number
        for match in ([] if may_be_known else matcher.find(text, language))
        for number in read.within(match.start, match.end)
    }
    stops = tables(language)["stopwords"]
    for start, end in _stretches(read, taken, stops):
        for first in range(start, end):
            for last in range(first + 1, min(end, first + LONGEST) + 1):
                surface = text[read.spans[first][0] : read.spans[last - 1][1]]
                if last - first > 1 or len(surface) > 3:
                    yield _key(read.keys[first:last], language), surface


def _stretches(
    read: words.Words, taken: set[int], stops: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Where words stand one after the other that are no stopwords and in no term."""
    start = 0
    for number, (key, gap) in enumerate(zip(read.keys, read.gaps, strict=True)):
        if gap != " ":
            yield start, number
            start = number
        if number in taken or key in stops or not key.isalpha():
            yield start, number
            start = number + 1
    yield start, len(read.keys)


def _key(keys: list[str], language: Language) -> str:
    *before, last = keys
    return " ".join([*before, english.singular(last) if language == "en" else last])


def _without_parts(found: list[Suggestion]) -> list[Suggestion]:
    """Without those that stand nearly always within a longer one."""
    longer: dict[tuple[Language, str], int] = defaultdict(int)
    for each in found:
        parts = each.term.lower().split()
        for first in range(len(parts)):
            for last in range(first + 1, len(parts) + 1):
                key = each.language, " ".join(parts[first:last])
                if last - first < len(parts):
                    longer[key] = max(longer[key], each.count)
    return [each for each in found if each.count > 1.5 * longer[each.language, each.term.lower()]]
