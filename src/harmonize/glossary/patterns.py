"""Under which surface forms an entry can stand in a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

from harmonize.glossary import english, spanish
from harmonize.glossary.inflect import forms as forms_of_entry
from harmonize.glossary.inflect import forms_of, head
from harmonize.glossary.model import Entry, Language
from harmonize.glossary.tables import tables

_MOST_SPELLINGS = 64
"""Each possessive of a term multiplies its spellings; no real term has more."""


class Form(NamedTuple):
    """One surface form of an entry: number and gender are empty where the form tells neither.

    ``avoided`` forms are renderings that must not appear; of ``verb`` forms the text shows the
    infinitive's first word and stands for all of its forms.
    """

    entry: Entry
    text: str
    number: str = ""
    gender: str = ""
    avoided: bool = False
    verb: bool = False


def forms(entry: Entry, language: Language) -> Iterator[Form]:
    """All forms of *entry* in *language*: the term's, and those of what must not appear.

    >>> entry = Entry(en="small producer", es="pequeño productor", gender="mf")
    >>> [(form.text, form.number) for form in forms(entry, "en")]
    [('small producer', 'sg'), ('small producers', 'pl')]
    >>> [form.text for form in forms(entry, "es")][2:]
    ['pequeños productores', 'pequeñas productoras']
    """
    yield from _merged(entry, _of_term(entry, language), avoided=False)
    avoided = (form for term in entry.avoid(language) for form in _of_words(entry, term, language))
    yield from _merged(entry, avoided, avoided=True)


def spellings(text: str) -> Iterator[str]:
    """The ways in which people write an English possessive: with and without its mark.

    >>> list(spellings("workers' rights"))
    ['workers rights', 'worker rights']
    >>> list(spellings("women's rights"))
    ['women rights', 'womens rights', 'woman rights']
    """
    choices = [list(dict.fromkeys(_possessive_spellings(word))) for word in text.split()]
    for words in islice(product(*choices), _MOST_SPELLINGS):
        yield " ".join(words)


def _possessive_spellings(word: str) -> Iterator[str]:
    bare = english.unpossessive(word)
    yield bare
    if bare != word:
        yield bare if bare.endswith("s") else bare + "s"
        yield english.singular(bare)


class _Surface(NamedTuple):
    text: str
    number: str = ""
    gender: str = ""
    verb: bool = False


def _of_term(entry: Entry, language: Language) -> Iterator[_Surface]:
    if language == "es":
        yield from _spanish(entry.es, entry, forms_of_entry(entry))
        if (
            entry.gender == "m"
            and entry.pos == "noun"
            and spanish.gender_of(head(entry.es)) == "mf"
        ):
            # Whoever entered "productor" as masculine did not mean that "productoras" is no term.
            yield from _spanish(entry.es, entry, forms_of(entry.es, "noun", "mf"))
        return
    yield from _english(entry.en, entry)
    for other in entry.en_forms:
        yield from _english(other, entry)


def _of_words(entry: Entry, term: str, language: Language) -> Iterator[_Surface]:
    """The forms of a rendering to avoid, which has the entry's part of speech."""
    if language == "en":
        yield from _english(term, entry)
    else:
        yield from _spanish(term, entry, forms_of(term, entry.pos))


def _english(term: str, entry: Entry) -> Iterator[_Surface]:
    if entry.pos == "verb":
        verb = term.removeprefix("to ")
        yield _Surface(verb, verb=True)
        yield from map(_Surface, english.verb_forms(verb))
    elif entry.pos != "noun" or entry.status == "keep":
        yield _Surface(term)
    else:
        plural = english.plural(term)
        # A citation form in the plural, "terms of reference", has no other and tells no number.
        gender = "f" if term.endswith("woman") else ""  # spokeswoman
        yield _Surface(term, "sg" if plural != term else "", gender)
        yield _Surface(plural, "pl" if plural != term else "", gender)


def _spanish(term: str, entry: Entry, given: tuple[str, ...]) -> Iterator[_Surface]:
    for surface in _uncontracted(term, entry, given):
        yield surface
        if surface.text.endswith((" a", " de")):
            yield surface._replace(text=surface.text + "l")  # depende de, depende del


def _uncontracted(term: str, entry: Entry, given: tuple[str, ...]) -> Iterator[_Surface]:
    if entry.pos == "verb":
        first, space, rest = term.partition(" ")
        yield _Surface(first.removesuffix("se") + space + rest, verb=True)
    elif entry.pos not in ("noun", "adj") or entry.status == "keep" or len(set(given)) == 1:
        yield _Surface(term)
    else:
        numbers = ("sg", "sg", "pl", "pl")
        yield from map(_Surface, given, numbers, ("m", "f", "m", "f"))


def _merged(entry: Entry, surfaces: Iterator[_Surface], *, avoided: bool) -> Iterator[Form]:
    """Each surface once; what it can be in two ways, it does not tell."""
    found: dict[tuple[str, bool], _Surface] = {}
    for each in surfaces:
        other = found.setdefault((each.text, each.verb), each)
        number = each.number if each.number == other.number else ""
        gender = each.gender if each.gender == other.gender else ""
        found[each.text, each.verb] = _Surface(each.text, number, gender, each.verb)
    for each in found.values():
        yield Form(entry, each.text, each.number, each.gender, avoided, each.verb)


def is_acronym(word: str) -> bool:
    """Whether *word* of a term matches capitals only; a plural -s may follow them.

    >>> [is_acronym(word) for word in ("CV", "CVs", "Base", "M")]
    [True, True, False, False]
    """
    return spanish.is_acronym(word.removesuffix("s"))


def looks_small(word: str, language: Language) -> bool:
    """Whether capitals may only be a heading's: US, IT.

    >>> looks_small("US", "en"), looks_small("CV", "en")
    (True, False)
    """
    return word.lower() in tables(language)["small_words"]
