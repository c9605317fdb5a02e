"""A line as templates read it: its tokens, and where each kind of slot may stand.

A slot stands on whole tokens.  For each kind there is a function that says, for a place in the
line, where a value of the kind that begins there may end, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from harmonize.dates import Date, find_dates
from harmonize.glossary.model import Language
from harmonize.language import model
from harmonize.protect import protected_spans
from harmonize.sector import tables
from harmonize.sector.normal import Tokens, tokens
from harmonize.sector.sense import (
    ARTICLES,
    INSIDE,
    LIST,
    WEEKDAY,
    is_no_place,
    is_sensible,
    is_title,
)

FREE = frozenset(("x", "role"))
"""Kinds of slots that the engine fills."""

_LONGEST_NAME = 10
_LONGEST_NUMBER = 4
_LONGEST_ROLE = 9
_LONGEST_GAP = 30
_RANGE = {"en": frozenset(("to", "or", "and")), "es": frozenset("aoyu")}
_MORE = {"en": (("or", "more"), ("plus",)), "es": (("o", "mas"),)}
_PERCENT = {"en": (("%",), ("percent",), ("per", "cent")), "es": (("%",), ("por", "ciento"))}
_DIGITS = re.compile(r"\d{1,3}")
_NUMERIC_DATE = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)\b"
)
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_NO_NAMES = frozenset("our your this these what who how why".split())
"""Words in a heading's capitals that no name has: "About Our Team"."""


class Reading:
    """One line, read once for all templates that may fit it.

    >>> line = Reading("At least two (2) years in Lima, Peru", "en")
    >>> line.words(2, line.ends("n", 2)[0]), line.words(8, line.ends("place", 8)[0])
    ('two (2)', 'Lima, Peru')
    """

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens: Tokens = tokens(text, language)
        self._known: dict[tuple[str, int], tuple[int, ...]] = {}

    def ends(self, kind: str, first: int) -> tuple[int, ...]:
        """Where (token behind it) a slot of *kind* that begins at token *first* may end."""
        known = self._known.get((kind, first))
        if known is None:
            found = set(_PARSERS[kind](self, first))
            known = self._known[kind, first] = tuple(sorted(found, reverse=True))
        return known

    def words(self, first: int, end: int) -> str:
        """The text of tokens *first* to *end*, with the quotation marks around it."""
        start, stop = self.span(first, end)
        return self.text[start:stop]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Offsets of tokens *first* to *end*, and of the marks at their edges that do not count.

        Tokens that are only such marks (the stars of bold type) leave an empty span.

        >>> Reading("**Job", "en").span(0, 2)
        (2, 2)
        """
        spans = self.tokens.spans
        start = spans[first - 1][1] if first else 0
        stop = spans[end][0] if end < len(spans) else len(self.text)
        start = next((at for at in range(start, stop) if not _is_edge(self.text[at])), stop)
        while start < stop and (_is_edge(self.text[stop - 1]) or self.text[stop - 1] == ","):
            stop -= 1
        return start, stop

    @cached_property
    def starts(self) -> Mapping[int, int]:
        """Token numbers by the offset at which they begin."""
        return {start: number for number, (start, _) in enumerate(self.tokens.spans)}

    @cached_property
    def stops(self) -> Mapping[int, int]:
        """Numbers of the tokens behind, by the offset at which a token ends."""
        return {end: number + 1 for number, (_, end) in enumerate(self.tokens.spans)}

    @cached_property
    def protected(self) -> Mapping[str, Mapping[int, int]]:
        """For each kind of protected text the token behind it, by the one it begins with."""
        found: dict[str, dict[int, int]] = {}
        for span in protected_spans(self.text):
            first, end = self.starts.get(span.start), self.stops.get(span.end)
            if first is not None and end is not None:
                found.setdefault(span.kind, {})[first] = end
        return found

    @cached_property
    def dates(self) -> Mapping[int, int]:
        """The token behind each date, by the one it begins with."""
        found: dict[int, int] = {}
        for match in _NUMERIC_DATE.finditer(self.text):
            self._add(found, match.start(), match.end())
        for date in dates_in(self.text):
            self._add(found, date.start, date.end)
        return found

    def _add(self, found: dict[int, int], start: int, stop: int) -> None:
        """A date with and without the article and the day of the week before it."""
        first, end = self.starts.get(start), self.stops.get(stop)
        if first is None or end is None:
            return
        found[first] = end
        keys = self.tokens.keys
        if keys[first] == "el":
            first += 1
            found[first] = end
        before = first - 1 - (first > 0 and keys[first - 1] == ",")
        if before >= 0 and WEEKDAY.fullmatch(keys[before]):
            found[before] = end


def dates_in(text: str) -> list[Date]:
    """The dates with month names in *text*, in capitals too.

    >>> [date[2:] for date in dates_in("BY MAY 3, 2024")]
    [(3, 5, 2024)]
    """
    return find_dates(_CAPITALS.sub(lambda word: word[0].capitalize(), text))


def _is_edge(mark: str) -> bool:
    return mark.isspace() or mark in "-–—\u200b\u00ad*"


def _atom(line: Reading, first: int) -> Iterator[int]:
    """A number in digits or in words."""
    keys, spans = line.tokens
    if first >= len(keys):
        return
    if keys[first].isdecimal():
        end = first + 1
        while (
            end + 1 < len(keys)
            and keys[end] in {",", "."}
            and _DIGITS.fullmatch(keys[end + 1])
            and spans[end - 1][1] == spans[end][0]
            and spans[end][1] == spans[end + 1][0]
        ):
            end += 2
        yield end
        return
    known = tables.numbers(line.language)
    ends = range(min(first + _LONGEST_NUMBER, len(keys)), first, -1)
    yield from (end for end in ends if keys[first:end] in known)


def _number(line: Reading, first: int) -> Iterator[int]:
    """Two, 2, two (2), 2 (two), 3+, 3-5, 3 to 5, two or three, five or more."""
    keys = line.tokens.keys
    for end in _atom(line, first):
        yield end
        yield from _behind(line, end)
        if keys[end : end + 1] == ("(",):
            for inner in _atom(line, end + 1):
                if keys[inner : inner + 1] == (")",):
                    yield inner + 1
                    yield from _behind(line, inner + 1)


def _behind(line: Reading, end: int) -> Iterator[int]:
    """What may stand behind a number and belong to it."""
    keys = line.tokens.keys
    if keys[end : end + 1] == ("+",):
        yield end + 1
    yield from (
        end + len(more) for more in _MORE[line.language] if keys[end : end + len(more)] == more
    )
    joined = end < len(keys) and keys[end] in _RANGE[line.language]
    hyphen = end < len(keys) and line.text[line.tokens.spans[end - 1][1]] in "-–—‑ "
    if joined or (hyphen and keys[end].isdecimal()):
        yield from _atom(line, end + joined)


def _percent(line: Reading, first: int) -> Iterator[int]:
    for end in _number(line, first):
        for sign in _PERCENT[line.language]:
            if line.tokens.keys[end : end + len(sign)] == sign:
                yield end + len(sign)


def _amount(line: Reading, first: int) -> Iterator[int]:
    """An amount of money, or two with a dash or *to* between them."""
    found = line.protected.get("amount", {})
    if (end := found.get(first)) is None:
        return
    yield end
    keys = line.tokens.keys
    for between in (0, 1):
        if between and (end >= len(keys) or keys[end] not in {"-", "to", "a", "y", "and"}):
            continue
        if (last := found.get(end + between)) is not None:
            yield last


def _date(line: Reading, first: int) -> Iterator[int]:
    if (end := line.dates.get(first)) is not None:
        yield end


def _email(line: Reading, first: int) -> Iterator[int]:
    if (end := line.protected.get("email", {}).get(first)) is not None:
        yield end


def _url(line: Reading, first: int) -> Iterator[int]:
    for kind in ("url", "domain"):
        if (end := line.protected.get(kind, {}).get(first)) is not None:
            yield end


def _named(line: Reading, first: int, table: str) -> int:
    """Behind the name of *table* that begins at token *first*; 0 where none does."""
    known = tables.names(table, line.language)
    keys = line.tokens.keys
    ends = range(min(first + _LONGEST_NAME, len(keys)), first, -1)
    return next((end for end in ends if keys[first:end] in known), 0)


def _language(line: Reading, first: int) -> Iterator[int]:
    """A language, or several: English, French and Spanish."""
    keys, joiners = line.tokens.keys, LIST[line.language]
    end = _named(line, first, "languages")
    while end:
        yield end
        joint = end
        while joint < len(keys) and keys[joint] in joiners:
            joint += 1
        end = _named(line, joint, "languages") if joint > end else 0


def _name(line: Reading, first: int, *, place: bool = False) -> Iterator[int]:
    """A run of capitalised words, with small ones between them: an organisation's name."""
    keys, spans = line.tokens
    start = first + (keys[first] in ARTICLES[line.language] and first + 1 < len(keys))
    inside = INSIDE[line.language] | {"'s", "&", "-", "(", ")", "/"}
    for end in range(start, min(len(keys), start + _LONGEST_NAME)):
        word = line.text[slice(*spans[end])]
        if _is_capital(word) and keys[end] not in _NO_NAMES:
            if end == start and not _is_proper(line, start):
                return
            named = end > start or first == start or _is_rare(line, first, place=place)
            shown = line.words(start, end + 1)
            if named and shown.count("(") == shown.count(")"):
                yield end + 1
        elif keys[end] == ")" and "(" in line.words(start, end + 1):
            yield end + 1
        elif keys[end] == "." and end > start and len(keys[end - 1]) <= 2:
            yield end + 1  # D.C.; St. Louis
        elif end == start or not (keys[end] in inside or word.isdecimal()):
            return


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _organization(line: Reading, first: int) -> Iterator[int]:
    """A name, but none that every language has its own words for."""
    common = tables.gap_words("not_organizations")
    for end in _name(line, first):
        if common.isdisjoint(word.strip(",()") for word in line.words(first, end).lower().split()):
            yield end


def _is_rare(line: Reading, article: int, *, place: bool) -> bool:
    """Whether one word behind an article is a name: *the ILO*, *La Paz*, but not *the Network*."""
    word, opening = (line.text[slice(*line.tokens.spans[at])] for at in (article + 1, article))
    return word.isupper() or not model.known(word.lower()) or (place and _is_capital(opening))


def _is_proper(line: Reading, first: int) -> bool:
    """Whether a capital is no accident: at the beginning of a line every word has one."""
    word = line.text[slice(*line.tokens.spans[first])]
    if first or (len(word) > 1 and word.isupper()):
        return True
    following = line.tokens.spans[1:2]
    if any(_is_capital(line.text[slice(*span)]) for span in following):
        return True
    return not model.known(word.lower())


def _place(line: Reading, first: int) -> Iterator[int]:
    """Places with commas between them: San José, Costa Rica."""
    keys = line.tokens.keys
    ends = [end for end in {_named(line, first, "places"), *_name(line, first, place=True)} if end]
    for end in ends:
        if is_no_place(keys[first:end], line.language):
            continue
        yield end
        if keys[end : end + 1] == (",",) and end + 1 < len(keys):
            yield from _place(line, end + 1)


def _free(line: Reading, first: int) -> Iterator[int]:
    """Any words that make sense by themselves."""
    for end in range(first + 1, min(len(line.tokens.keys), first + _LONGEST_GAP) + 1):
        if is_sensible(line.words(first, end), line.language):
            yield end


def _role(line: Reading, first: int) -> Iterator[int]:
    """A job's name: in capitals, or with a word that only they have."""
    for end in range(first + 1, min(len(line.tokens.keys), first + _LONGEST_ROLE) + 1):
        words = line.words(first, end)
        if is_title(words, line.language) and is_sensible(words, line.language):
            yield end


_PARSERS: Mapping[str, Callable[[Reading, int], Iterator[int]]] = {
    "n": _number,
    "amount": _amount,
    "date": _date,
    "percent": _percent,
    "language": _language,
    "place": _place,
    "organization": _organization,
    "role": _role,
    "email": _email,
    "url": _url,
    "x": _free,
}

KINDS: Sequence[str] = tuple(_PARSERS)
"""Every kind of slot."""
