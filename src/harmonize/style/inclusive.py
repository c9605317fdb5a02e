"""Spanish for people of either gender: "los/las trabajadores/as", "las personas trabajadoras".

A noun phrase is seen where a noun of the table stands in the masculine, with what goes before it
("todos los nuevos") and the adjectives behind it; so is what is said of it right after ("son
contratados").  Left alone is what names both genders already, and a noun before a person's name.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from harmonize.glossary import spanish
from harmonize.style.model import Inclusive

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_SPLIT_ALREADY = re.compile(r"\s?[/(@]\s?[ao]s?\b|[@]")
_NEAR = 4
_SPOKEN_OF = 3
_LONGEST = 8


class Person(NamedTuple):
    """A noun in one number: masculine, feminine, and the neutral phrase, which is feminine."""

    masculine: str
    feminine: str
    neutral: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def small(self) -> str:
        return self.text.lower()


class _Phrase(NamedTuple):
    """Numbers of the words before the noun, of the noun, and of those behind it that agree."""

    before: tuple[int, ...]
    noun: range
    behind: tuple[int, ...]
    person: Person


def inclusive(text: str, policy: Inclusive) -> str:
    """*text* with its masculine nouns for people written as *policy* says.

    >>> inclusive("Capacitar a los trabajadores afiliados", "slash")
    'Capacitar a los/las trabajadores/as afiliados/as'
    >>> inclusive("Los candidatos preseleccionados serán contactados.", "neutral")
    'Las personas candidatas preseleccionadas serán contactadas.'
    >>> inclusive("Visitar al productor; el equipo técnico", "neutral")
    'Visitar a la persona productora; el equipo técnico'
    """
    if policy == "masculine":
        return text
    words = [_Word(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
    changes = [
        change for phrase in _phrases(words, text) for change in _changes(phrase, words, policy)
    ]
    for first, last, after in sorted(changes, reverse=True):
        text = text[: words[first].start] + after + text[words[last].end :]
    return text


def _phrases(words: Sequence[_Word], text: str) -> list[_Phrase]:
    found: list[_Phrase] = []
    done = 0
    for number in range(len(words)):
        phrase = _phrase(words, number, text) if number >= done else None
        if phrase:
            found.append(phrase)
            done = max(phrase.noun.stop, *(place + 1 for place in phrase.behind), number + 1)
    return found


def _phrase(words: Sequence[_Word], number: int, text: str) -> _Phrase | None:
    """The phrase whose noun begins with word *number*."""
    noun, person = _noun(words, number)
    if person is None:
        return None
    before = _before(words, number)
    if not _is_open(words, before[0] if before else number, text):
        return None
    if _names_both(words, noun, person, text) or _before_a_name(words, noun):
        return None
    behind = _behind(words, noun.stop, plural=person.masculine.endswith("s"))
    unsplit = [place for place in behind if not _SPLIT_ALREADY.match(text, words[place].end)]
    return _Phrase(tuple(before), noun, tuple(unsplit), person)


def _noun(words: Sequence[_Word], number: int) -> tuple[range, Person | None]:
    """The longest entry of the table that begins here."""
    for length in (2, 1):
        term = [word.small for word in words[number : number + length]]
        person = _people().get(" ".join(term))
        if person:
            return range(number, number + len(term)), person
    return range(number, number), None


def _before(words: Sequence[_Word], number: int) -> list[int]:
    first = number
    while first and (
        words[first - 1].small in _determiners() or words[first - 1].small in _words("before")
    ):
        first -= 1
    return list(range(first, number))


def _is_open(words: Sequence[_Word], first: int, text: str) -> bool:
    """Whether a noun phrase can begin here: else the word describes a noun before it."""
    if not first or words[first].small in _determiners():
        return True
    last = words[first - 1]
    gap = text[last.end : words[first].start]
    infinitive = re.search(r"(?:[aei]r|ando|iendo)(?:l[oae]s?)?$", last.small)
    return bool(
        not last.text.isalpha() or "\n" in gap or last.small in _words("openers") or infinitive
    )


def _names_both(words: Sequence[_Word], noun: range, person: Person, text: str) -> bool:
    """Whether the feminine stands beside it already, or what marks it."""
    if _SPLIT_ALREADY.match(text, words[noun.stop - 1].end):
        return True
    around = words[max(0, noun.start - _NEAR) : noun.stop + _NEAR]
    near = {word.small for word in around}
    last = person.feminine.split()[-1]
    same = last == person.masculine.split()[-1]
    return (not same and last in near) or "varón" in near or "varones" in near


def _before_a_name(words: Sequence[_Word], noun: range) -> bool:
    """ "El coordinador Juan Pérez" is one man."""
    if noun.stop >= len(words) or not words[noun.start].text[0].islower():
        return False
    return words[noun.stop].text[0].isupper()


def _behind(words: Sequence[_Word], at: int, *, plural: bool) -> list[int]:
    """Adjectives right behind the noun, joined or not, and what is said of it right after."""
    found: list[int] = []
    while at < len(words) and len(found) < _LONGEST:
        joined = words[at].small in ("y", "e", "o") and bool(found) and at + 1 < len(words)
        step = at + joined
        if _agrees(words[step].small, plural=plural):
            found.append(step)
        elif joined or not words[at].text.isalpha() or not _describes(words[at].small):
            break
        at = step + 1
    return found + _said_of_it(words, at, plural=plural)


def _said_of_it(words: Sequence[_Word], at: int, *, plural: bool) -> list[int]:
    skip = 0
    while at < len(words) and words[at].small in _words("between") and skip < _SPOKEN_OF:
        at, skip = at + 1, skip + 1
    copula = False
    while at < len(words) and words[at].small in _words("copulas"):
        at, copula = at + 1, True
    if not copula:
        return []
    while at < len(words) and (words[at].small in _words("between") or _is_adverb(words[at].small)):
        at += 1
    fits = at < len(words) and _agrees(words[at].small, plural=plural)
    return [at] if fits and words[at].small not in _people() else []


def _is_adverb(word: str) -> bool:
    return word.endswith("mente")


def _agrees(word: str, *, plural: bool) -> bool:
    """Whether a word is a masculine adjective or participle of that number.

    >>> [_agrees(word, plural=True) for word in ("capacitados", "sociales", "como")]
    [True, False, False]
    """
    if word in _words("not_adjectives") or word.endswith("ndo"):
        return False
    return bool(re.search(r"..(?:os|[dt]ores)$" if plural else r"..(?:o|[dt]or)$", word))


def _describes(word: str) -> bool:
    """Whether a word is an adjective with one form for both: migrantes, sociales, agrícolas."""
    return bool(re.search(r"..(?:ntes?|[aei]l(?:es)?|[íi]colas?|istas?|bles?)$", word))


def _changes(
    phrase: _Phrase, words: Sequence[_Word], policy: Inclusive
) -> list[tuple[int, int, str]]:
    """First and last word of what changes, and what stands there then."""
    person, noun = phrase.person, phrase.noun
    slash = policy == "slash"
    if not slash and not person.neutral:
        return []
    written = _slashed(person.masculine, person.feminine) if slash else person.neutral
    after = spanish.like(words[noun.start].text, written)
    beside = (*phrase.before, *phrase.behind)
    return [
        (noun.start, noun.stop - 1, after),
        *((number, number, _agreeing(words[number].text, slash=slash)) for number in beside),
    ]


def _agreeing(word: str, *, slash: bool) -> str:
    """An article or adjective for both genders, or in the feminine.

    >>> [_agreeing(word, slash=True) for word in ("Los", "nuevos", "promotor")]
    ['Los/las', 'nuevos/as', 'promotor/a']
    """
    small = word.lower()
    if small in _determiners():
        both, feminine = _determiners()[small]
    else:
        feminine = _feminine(small)
        both = _slashed(small, feminine)
    return spanish.like(word, both if slash else feminine)


def _feminine(word: str) -> str:
    """Of an adjective in either number."""
    plural = re.fullmatch(r"(.*)(?:os|(?<=or)es)", word)
    return plural[1] + "as" if plural else spanish.feminine(word)


def _slashed(masculine: str, feminine: str) -> str:
    """Both in one word: the masculine, and the ending of the feminine.

    >>> _slashed("pequeños productores", "pequeñas productoras"), _slashed("líder", "líder")
    ('pequeños/as productores/as', 'líder')
    """
    pairs = zip(masculine.split(), feminine.split(), strict=True)
    return " ".join(
        his if his == her else his + ("/as" if her.endswith("s") else "/a") for his, her in pairs
    )


@cache
def _people() -> dict[str, Person]:
    """Every noun of the table in both numbers, by its masculine."""
    text = files(__package__).joinpath("data/people.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    found = {}
    for row in csv.DictReader(lines):
        his, given = row["es"], row["neutral"]
        her = " ".join(map(spanish.feminine, his.split()))
        neutral = "" if given == "-" else given or f"persona {her}"
        found[his] = Person(his, her, neutral)
        plural = _plural(his)
        found[plural] = Person(plural, _plural(her), _neutral_plural(neutral))
    return found


def _plural(phrase: str) -> str:
    return " ".join(map(spanish.plural, phrase.split()))


def _neutral_plural(phrase: str) -> str:
    """Up to a preposition all words change: personas productoras de pequeña escala."""
    head, of, rest = phrase.partition(" de ")
    return _plural(head) + of + rest


@cache
def _determiners() -> dict[str, list[str]]:
    return dict(_read()["determiners"])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_read()["words"][name].split())


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data/words.toml").read_text(encoding="utf-8"))
