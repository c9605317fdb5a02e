"""Templates: lines with slots, matched word by word and written in the other language.

``{n}`` is a slot of the kind *n*, ``{n2}`` a second one; ``{n|year|years}`` is one of two words, by
the number that stands in ``{n}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from harmonize.dates import with_article
from harmonize.glossary.model import Language
from harmonize.recall import GAP, Gap, joined
from harmonize.sector import fillings, writing
from harmonize.sector.normal import edges, tokens
from harmonize.sector.reading import FREE, Reading

SLOT = re.compile(r"\{([a-z]+)(\d*)((?:\|[^{}|]*)*)\}")
_MARK = "qzx{}qz"
_QUOTE = "[\"'‘’“”«»]"
_BARE = {"el": "", "del": "de", "al": "a"}
"""What stands before a month, by what stands before a day."""
_FEMININE = re.compile(r"\b(El|el|del|al) $")
_FEMININES = {"El": "La ", "el": "la ", "del": "de la ", "al": "a la "}
"""All languages are masculine but those that are called *lengua*."""
_VERBATIM = frozenset(("email", "url", "amount"))


class Slot(NamedTuple):
    """A place for a value.  ``name`` tells two of a kind apart."""

    kind: str
    name: str


class Choice(NamedTuple):
    """Words by the number in the slot ``name``: for one, and for any other."""

    name: str
    forms: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]


Element = str | Slot | Choice
Found = Mapping[str, tuple[int, int]]
"""Slots by name, and the tokens they stand on."""


class Piece(NamedTuple):
    """A part of a written template, and whether capitals leave it as it is."""

    text: str
    verbatim: bool = False


class Side:
    """One language's side of a template.

    >>> side = Side("At least {n} {n|year|years} of experience", "en")
    >>> side.find(Reading("At least two years of experience", "en"))
    {'n': (2, 3)}
    """

    def __init__(self, text: str, language: Language) -> None:
        _, self.text, self.tail = edges(text)
        self.language = language

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Words, slots and choices, in order."""
        return tuple(_elements(self.text, self.language))

    @cached_property
    def for_months(self) -> tuple[Element, ...]:
        """The same without Spanish articles before dates: *hasta junio de 2025*."""
        if self.language == "en":
            return self.elements
        return tuple(_for_months(self.elements))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that a line must have to fit."""
        fixed = [{each for each in way if isinstance(each, str)} for way in self._ways]
        return frozenset(set.intersection(*fixed))

    @property
    def _ways(self) -> list[tuple[Element, ...]]:
        return list(dict.fromkeys((self.elements, self.for_months)))

    @cached_property
    def weight(self) -> tuple[int, int, int]:
        """The more, the more specific: fixed words, few gaps, slots."""
        fixed = sum(not isinstance(each, Slot) for each in self.elements)
        slots = [each for each in self.elements if isinstance(each, Slot)]
        return fixed, -sum(slot.kind in FREE for slot in slots), len(slots)

    @property
    def slots(self) -> list[str]:
        """The names of its slots, in order."""
        return [each.name for each in self.elements if isinstance(each, Slot)]

    def find(self, line: Reading) -> dict[str, tuple[int, int]] | None:
        """The slots' places in *line*, where all of it fits."""
        tried = (_Search(way, line).run() for way in self._ways)
        return next((found for found in tried if found is not None), None)


def _elements(text: str, language: Language) -> Iterator[Element]:
    slots = list(SLOT.finditer(text))
    numbers = iter(range(len(slots)))
    marked = SLOT.sub(lambda _: _MARK.format(next(numbers)), text)
    by_mark = {_MARK.format(number): slot for number, slot in enumerate(slots)}
    for key in tokens(marked, language).keys:
        slot = by_mark.get(key)
        if slot is None:
            yield key
        elif slot[3]:
            texts = tuple(slot[3].split("|")[1:])
            forms = tuple(tokens(form, language).keys for form in texts)
            yield Choice(slot[1] + slot[2], forms, texts)
        else:
            yield Slot(slot[1], slot[1] + slot[2])


def _for_months(elements: Sequence[Element]) -> Iterator[Element]:
    for each, following in zip(elements, [*elements[1:], ""], strict=True):
        if each in _BARE and isinstance(following, Slot) and following.kind == "date":
            yield from _BARE[str(each)].split()
        else:
            yield each


class _Search:
    """Fits elements to a line.  What failed once is not tried again, so that time stays linear in
    the places and elements (quadratic with a free slot, in lines of sixty words)."""

    def __init__(self, elements: Sequence[Element], line: Reading) -> None:
        self.elements = elements
        self.line = line
        self.found: dict[str, tuple[int, int]] = {}
        self._failed: set[tuple[int, int]] = set()

    def run(self) -> dict[str, tuple[int, int]] | None:
        return self.found if self._fit(0, 0) else None

    def _fit(self, element: int, token: int) -> bool:
        if element == len(self.elements):
            return token == len(self.line.tokens.keys)
        if (element, token) in self._failed:
            return False
        for end in self._ends(self.elements[element], token):
            if self._fit(element + 1, end):
                if isinstance(slot := self.elements[element], Slot):
                    self.found[slot.name] = (token, end)
                return True
        self._failed.add((element, token))
        return False

    def _ends(self, element: Element, token: int) -> Iterator[int]:
        keys = self.line.tokens.keys
        if token >= len(keys):
            return
        if isinstance(element, str):
            if keys[token] == element:
                yield token + 1
        elif isinstance(element, Choice):
            for form in element.forms:
                if keys[token : token + len(form)] == form:
                    yield token + len(form)
        else:
            yield from self.line.ends(element.kind, token)


class Written(NamedTuple):
    """A template in the other language: its pieces, with `GAP` where a gap is, and the gaps."""

    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]


def write(source: Side, target: Side, line: Reading, found: Found) -> Written:
    """The *target* side with the values that the *source* side's slots have in *line*."""
    pieces: list[Piece] = []
    gaps: list[Gap] = []
    done = 0
    for slot in SLOT.finditer(target.text):
        pieces.append(Piece(target.text[done : slot.start()]))
        done = slot.end()
        name = slot[1] + slot[2]
        words = line.words(*found[name])
        if slot[3]:
            texts = slot[3].split("|")[1:]
            pieces.append(Piece(texts[0] if writing.is_one(words) else texts[-1]))
        elif slot[1] in FREE:
            gaps.append(
                _gap(slot[1], source, target, _unquoted(source, slot[0], line, found[name]))
            )
            pieces.append(Piece(GAP, verbatim=True))
        else:
            _add(pieces, slot[1], words, target, _after(target.text, done, words))
    pieces.append(Piece(target.text[done:]))
    return Written(tuple(pieces), tuple(gaps))


def _add(pieces: list[Piece], kind: str, words: str, target: Side, after: str) -> None:
    """Add a slot's value in the other language, and make what stands before it fit."""
    source: Language = "es" if target.language == "en" else "en"
    gender = writing.gender_before(after) if target.language == "es" else ""
    text = writing.written(kind, words, source, gender)
    before = pieces.pop()
    fixed = before.text
    if kind == "date" and target.language == "es":
        fixed, text = with_article(_before_date(fixed, text), text)
    if kind == "language" and target.language == "es" and text.startswith("lengua "):
        fixed = _FEMININE.sub(lambda word: _FEMININES[word[1]], fixed)
    whole = joined(fixed, text, target.language)
    cut = len(whole) - len(text) if whole.endswith(text) else len(fixed)
    pieces.append(before._replace(text=whole[:cut]))
    pieces.append(Piece(whole[cut:], kind in _VERBATIM))


def _before_date(fixed: str, text: str) -> str:
    """Spanish months have no article: *del* 3 de mayo, but *de* mayo de 2025."""
    if text[0].isdigit() or writing.begins_with_weekday(text):
        return fixed
    return re.sub(r"\b(del|el|al) $", lambda word: f"{_BARE[word[1]]} ".lstrip(), fixed)


def _after(text: str, start: int, words: str) -> str:
    """What follows a slot, with the form of a choice that its number takes."""

    def chosen(slot: re.Match[str]) -> str:
        texts = slot[3].split("|")[1:]
        return (texts[0] if writing.is_one(words) else texts[-1]) if texts else ""

    return SLOT.sub(chosen, text[start:])


class _Stretch(NamedTuple):
    start: int
    end: int
    words: str


def _unquoted(source: Side, slot: str, line: Reading, place: tuple[int, int]) -> _Stretch:
    """Where a gap is; without quotation marks where the template has them itself."""
    start, end = line.span(*place)
    if re.search(rf"{_QUOTE}{re.escape(slot)}", source.text):
        start += re.match(_QUOTE, line.text[start]) is not None
        end -= re.match(_QUOTE, line.text[end - 1]) is not None
    return _Stretch(start, end, line.text[start:end])


def makes_sense(source: Side, target: Side, line: Reading, found: Found) -> bool:
    """Whether a gap that needs a verb in the other language has one: *is to* … asks for it."""
    if source.language == "en" or "x" not in found or not _tells_what_to_do(source, target):
        return True
    return fillings.leading_infinitives(line.words(*found["x"])) > 0


def _tells_what_to_do(source: Side, target: Side) -> bool:
    """Whether the gap is an infinitive: *is to* …, *es* …, but not *reports to*, *reporta a*."""
    english, spanish = (source, target) if source.language == "en" else (target, source)
    return _before_gap(english) == "to" and _before_gap(spanish) not in {"a", "con"}


def _before_gap(side: Side) -> str:
    """The word before ``{x}``, empty where there is none."""
    words = side.text.partition("{x")[0].split()
    return words[-1] if words else ""


def _gap(kind: str, source: Side, target: Side, at: _Stretch) -> Gap:
    if kind == "role":
        bare = writing.without_article(at.words, source.language)
        return Gap(at.start, at.end, bare, kind="title")
    if _tells_what_to_do(source, target):
        return Gap(at.start, at.end, at.words, duty=True)
    before = _before_gap(source if source.language == "en" else target)
    if source.language == "en":
        bare = fillings.with_bare_verbs(at.words)
        return Gap(at.start, at.end, bare, duty=bare != at.words)
    behind_preposition = fillings.is_preposition(before)
    verbs = fillings.leading_infinitives(at.words) if behind_preposition else 0
    return Gap(at.start, at.end, at.words, duty=verbs > 0, verbs=verbs)
