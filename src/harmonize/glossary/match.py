"""The terms of a glossary found in a text: all at once, longest first, in any form.

>>> glossary = Glossary(entries=(Entry(en="small producer", es="pequeño productor", gender="mf"),))
>>> matcher = Matcher(glossary)
>>> [(match.text, match.number) for match in matcher.find("the Small-Producers’ network", "en")]
[('Small-Producers', 'pl')]
>>> matcher.find("Visitar a las pequeñas productoras.", "es")[0].gender
'f'
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from harmonize.again import once
from harmonize.glossary import words
from harmonize.glossary.model import Entry, Glossary, Language
from harmonize.glossary.patterns import Form, forms, is_acronym, looks_small, spellings
from harmonize.protect import protected_spans

if TYPE_CHECKING:
    from harmonize.glossary.words import Words

Case = Literal["lower", "first", "title", "upper", "mixed"]

_ADDRESSES = frozenset(("url", "email", "domain", "handle"))
_SPACE = re.compile(r"\s")
_ADDRESS_MARK = re.compile(r"[@#]|://|www\.|\w\.[A-Za-z]")
_POS_ORDER = ("noun", "phrase", "adj", "name", "verb")


class Match(NamedTuple):
    """A term in a text: ``text[start:end]`` is ``text``, without a possessive mark behind it.

    ``number`` and ``gender`` are those of the form that stands there, empty where it tells neither:
    of verbs, and of terms with one form only such as *human resources*, whose citation form is then
    right on the other side too.  ``others`` are further entries that the same words may stand for,
    such as the verb beside the noun *report*.
    """

    start: int
    end: int
    text: str
    entry: Entry
    number: str
    gender: str
    case: Case
    possessive: bool
    others: tuple[Entry, ...] = ()

    @property
    def contracted(self) -> bool:
        """Whether an article is in the match that is not in the term: *depende del* comité.

        >>> glossary = Glossary(entries=(Entry(en="report to", es="depender de", pos="verb"),))
        >>> [(match.text, match.contracted)
        ...     for match in Matcher(glossary).find("Depende del comité; dependen de él.", "es")]
        [('Depende del', True), ('dependen de', False)]
        """
        given = self.entry.es.endswith((" a", " de"))
        return given and self.text.lower().endswith((" al", " del"))


class _Found(NamedTuple):
    first: int
    last: int
    pattern: _Pattern

    @property
    def form(self) -> Form:
        return self.pattern.form

    @property
    def covered(self) -> range:
        return range(self.first, self.last)

    @property
    def keep(self) -> bool:
        return self.form.entry.status == "keep"


class Matcher:
    """Finds a glossary's terms in texts.  Made once; may be used from several threads.

    The work of a language is done when its first text comes.
    """

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._indexes: dict[Language, _Index] = {}
        self._lock = Lock()

    def find(self, text: str, language: Language) -> list[Match]:
        """The terms in *text*, in order, none inside another, in an address or in a name.

        >>> glossary = Glossary(entries=(
        ...     Entry(en="premium", es="prima"), Entry(en="CV", es="CV"),
        ...     Entry(en="Fair Trade Premium", es="Prima de Comercio Justo")))
        >>> found = Matcher(glossary).find("Fair-trade premium; cv@premium.org, CVs", "en")
        >>> [match.text for match in found]
        ['Fair-trade premium', 'CVs']
        """
        return self._matches(text, language, avoided=False)

    def find_avoided(self, text: str, language: Language) -> list[Match]:
        """The renderings in *text* that must not appear; ``entry`` says what should stand there.

        >>> glossary = Glossary(entries=(Entry(en="CV", es="CV", avoid_en=("Life Sheet",)),))
        >>> Matcher(glossary).find_avoided("Send your life sheets.", "en")[0].number
        'pl'
        """
        return self._matches(text, language, avoided=True)

    def occurrences(self, text: str, language: Language, entry: Entry) -> list[Match]:
        """Where *entry* itself stands in *text*, inside longer terms too.

        For asking whether a translation has a term: whatever else it has.
        """
        read, candidates = self._index(language).looked_up(text)
        found = (each for each in candidates if each.form.entry == entry)
        terms = [each for each in found if not each.form.avoided]
        return [_match(text, read, group) for group in _longest(_by_span(terms, text, read))]

    def _matches(self, text: str, language: Language, *, avoided: bool) -> list[Match]:
        read, found = self._index(language).looked_up(text)
        if not found:
            return []
        free = _outside(found, read, _addresses(text))
        # What is to be avoided hides no term, but a longer term may contain it and be right.
        chosen = _longest(_by_span(free, text, read))
        # What one entry avoids and another has for its term stands first as the term.
        return [_match(text, read, group) for group in chosen if group[0].form.avoided == avoided]

    def _index(self, language: Language) -> _Index:
        with self._lock:
            if language not in self._indexes:
                self._indexes[language] = _Index(self.glossary.applied, language)
            return self._indexes[language]


class _Pattern(NamedTuple):
    """A form as it is looked for: ``strict`` are its words, where capitals or accents count."""

    form: Form
    strict: tuple[str, ...]
    rank: tuple[bool, bool, int, int]


class _Index:
    """All forms of all entries in one language, in two automata: as they are, and by lemma."""

    def __init__(self, entries: Sequence[Entry], language: Language) -> None:
        self.language = language
        # A text is looked up for its terms, for what to avoid, and for each term that it may have.
        # Between the two, a run reads all texts of a group of postings.
        self.looked_up = once(2048)(self._looked_up)
        self._stem = lru_cache(maxsize=16_384)(self._stem_of)
        all_forms = [
            _pattern(form, number, language)
            for number, entry in enumerate(entries)
            for form in forms(entry, language)
        ]
        verbs = [each for each in all_forms if each.form.verb]
        # The first words of the verbs: only these lemmas are looked for.
        self._heads = {words.key_of(each.form.text.split()[0], language) for each in verbs}
        self._plain = _automaton(
            (words.read(spelling, language), each)
            for each in all_forms
            if not each.form.verb
            for spelling in self._spellings(each.form.text)
        )
        self._verbs = _automaton(
            (words.read(text, language).in_form(text, self._stem), each)
            for each in verbs
            for text in [each.form.text]
        )

    def _looked_up(self, text: str) -> tuple[Words, tuple[_Found, ...]]:
        """The words of *text*, and every form of every entry in it, overlapping or not."""
        read = words.read(text, self.language)
        found = list(self._search(self._plain, text, read))
        if self._verbs:
            found += self._search(self._verbs, text, read.in_form(text, self._stem))
        return read, tuple(found)

    def _spellings(self, text: str) -> Iterable[str]:
        possessive = self.language == "en" and ("'" in text or "’" in text)
        return spellings(text) if possessive else (text,)

    def _search(self, automaton: Any, text: str, read: Words) -> Iterator[_Found]:
        for end, (length, count, patterns) in automaton.iter(read.stream) if automaton else ():
            first = read.at(end - length + 2)
            last = first + count
            for pattern in patterns:
                if not pattern.strict or self._fits(pattern, text, read.spans, first, last):
                    yield _Found(first, last, pattern)

    def _fits(
        self, pattern: _Pattern, text: str, spans: Sequence[tuple[int, int]], first: int, last: int
    ) -> bool:
        """Whether capitals and accents are as the form needs them."""
        raws = [text[start:end] for start, end in spans[first:last]]
        named = _is_name(pattern.form.entry)
        fit = (
            _word_fits(want, raw, named=named, accents=self.language == "es")
            for want, raw in zip(pattern.strict, raws, strict=False)
        )
        if not all(fit):
            return False
        if not (looks_small(raws[0], self.language) and is_acronym(pattern.strict[0])):
            return True
        # In a heading of capitals, CONTACT US, small words look like acronyms.
        beside = [text[start:end] for start, end in spans[max(0, first - 1) : last + 1]]
        return not any(len(word) > 2 and word.isupper() for word in beside)

    def _stem_of(self, word: str) -> str:
        lemma = words.key_of(words.lemma(word, self.language), self.language)
        return lemma if lemma in self._heads else words.key_of(word, self.language)


def _pattern(form: Form, number: int, language: Language) -> _Pattern:
    wanted = words.raws(form.text, language)
    counts = language == "es" or _is_name(form.entry) or any(map(is_acronym, wanted))
    pos = _POS_ORDER.index(form.entry.pos)
    rank = (form.avoided, form.entry.status != "keep", pos, number)
    return _Pattern(form, wanted if counts and not form.verb else (), rank)


def _is_name(entry: Entry) -> bool:
    return entry.pos == "name" or entry.status == "keep"


def _automaton(patterns: Iterable[tuple[Words, _Pattern]]) -> Any:
    """Keys are streams; a hit gives the key's length, its number of words, and its patterns."""
    import ahocorasick

    table: dict[str, tuple[int, list[_Pattern]]] = {}
    for read, pattern in patterns:
        if read.spans:
            table.setdefault(read.stream, (len(read.spans), []))[1].append(pattern)
    automaton = ahocorasick.Automaton()
    for key, (count, same) in table.items():
        automaton.add_word(key, (len(key), count, same))
    automaton.make_automaton()
    return automaton if table else None


def _word_fits(want: str, raw: str, *, named: bool, accents: bool) -> bool:
    if is_acronym(want) and not raw.removesuffix("s").isupper():
        return False
    if named and want[:1].isupper() and not raw[:1].isupper():
        return False
    if accents and not raw.isupper():
        # In capitals many leave the accents out; elsewhere they make another word of it.
        return unicodedata.normalize("NFC", raw).casefold() == want.casefold()
    return True


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand.  Only what has their marks in it is looked at: it saves much time."""
    done = 0
    for mark in _ADDRESS_MARK.finditer(text):
        if mark.start() < done:
            continue
        start = max(done, *(text.rfind(space, done, mark.start()) + 1 for space in " \n"))
        space = _SPACE.search(text, mark.end())
        done = space.start() if space else len(text)
        for span in protected_spans(text[start:done]):
            if span.kind in _ADDRESSES:
                yield start + span.start, start + span.end


def _outside(
    found: Iterable[_Found], read: Words, taken: Iterable[tuple[int, int]]
) -> list[_Found]:
    """Those that do not touch a stretch of *taken*."""
    blocked = {number for start, end in taken for number in read.within(start, end)}
    return [each for each in found if blocked.isdisjoint(range(each.first, each.last))]


def _rank(each: _Found, text: str, read: Words) -> tuple[bool, bool, bool, int, int]:
    """The better, the smaller: the term as somebody entered it before what is like it."""
    avoided, kept, pos, number = each.pattern.rank
    written = text[read.spans[each.first][0] : read.spans[each.last - 1][1]]
    return avoided, written.casefold() != each.form.text.casefold(), kept, pos, number


def _by_span(found: Iterable[_Found], text: str, read: Words) -> list[list[_Found]]:
    """All that stand on the same words together, the best first."""
    groups: dict[tuple[int, int], list[_Found]] = defaultdict(list)
    for each in found:
        groups[each.first, each.last].append(each)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda each: _rank(each, text, read))
    return list(groups.values())


def _longest(groups: list[list[_Found]]) -> list[list[_Found]]:
    """Without overlaps, in order: the longest stay, but a name yields only to what contains it."""
    names = _without_overlaps([group for group in groups if group[0].keep])
    named = {number: group[0] for group in names for number in group[0].covered}
    return _without_overlaps([group for group in groups if not _cuts_a_name(group[0], named)])


def _without_overlaps(groups: list[list[_Found]]) -> list[list[_Found]]:
    taken: set[int] = set()
    chosen: list[list[_Found]] = []
    for group in sorted(groups, key=_longest_first):
        if taken.isdisjoint(group[0].covered):
            taken.update(group[0].covered)
            chosen.append(group)
    return sorted(chosen, key=lambda group: group[0].first)


def _longest_first(group: list[_Found]) -> tuple[int, bool, int]:
    return group[0].first - group[0].last, not group[0].keep, group[0].first


def _cuts_a_name(each: _Found, named: dict[int, _Found]) -> bool:
    """Whether *each* has words of a name and neither is a name nor contains it all."""
    touched = (named[number] for number in each.covered if number in named)
    return not each.keep and any(
        name.first < each.first or each.last < name.last for name in touched
    )


def _match(text: str, read: Words, group: list[_Found]) -> Match:
    first, last, (form, *_) = group[0]
    start, end = read.spans[first][0], read.spans[last - 1][1]
    end += form.text.endswith(".") and text.startswith(".", end)
    shown = text[start:end]
    return Match(
        start,
        end,
        shown,
        form.entry,
        form.number,
        form.gender,
        case_of(shown),
        last - 1 in read.marks,
        _others(group) if len(group) > 1 else (),
    )


def _others(group: list[_Found]) -> tuple[Entry, ...]:
    best = group[0].form
    same = (each.form.entry for each in group[1:] if each.form.avoided == best.avoided)
    return tuple({id(entry): entry for entry in same if entry is not best.entry}.values())


def case_of(text: str) -> Case:
    """How *text* is written.

    >>> [case_of(text) for text in ("cover letter", "Cover letter", "Cover Letter", "CVs", "iPad")]
    ['lower', 'first', 'title', 'upper', 'mixed']
    """
    if (capitals := text.removesuffix("s")).isupper():
        return "upper" if len(capitals) > 1 else "first"
    if text.islower():
        return "lower"
    if text[:1].isupper() and text[1:].islower():
        return "first"
    large = [word[:1].isupper() for word in text.replace("-", " ").split() if len(word) > 3]
    return "title" if text[:1].isupper() and all(large) else "mixed"
