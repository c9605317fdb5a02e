"""Words that Apertium's dictionaries lack, and how they take part in its grammar.

The list ``data/words.csv`` has a citation form for each language::

    en,es,pos,gender,ours
    stakeholder,parte interesada,noun,f,es

Behind the analyser an unknown form of a listed word becomes an analysed unit, with all readings
that Apertium gives to its own words; behind the dictionary it gets its translation; before the
generator it is written out where ``ours`` says that the generator does not know the word.

``data/choices.csv`` has, for words that Apertium knows, the translation that this sector
means: *work* is *trabajo* rather than *obra*.  ``data/genders.csv`` has the nouns that
Apertium's dictionary takes for feminine when they translate certain words ("una puesto").
``data/phrases.csv`` has Spanish phrases for `into_english.phrases`, ``data/compounds.csv`` English
ones of several words, which `into_spanish.compounds` makes one word before the pipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, cast

from harmonize.engines.apertium.tables import rows
from harmonize.engines.apertium.units import GENDER_TAGS, like, parted, verb_and_rest
from harmonize.engines.base import Pair
from harmonize.engines.inflect import Forms, Gender, Pos, english, has_feminine, spanish

TABLE = "words.csv"
CHOICES = "choices.csv"
GENDERS = "genders.csv"

PHRASES = "phrases.csv"
COMPOUNDS = "compounds.csv"

_TAGS: dict[Pos, str] = {
    "noun": "<n>",
    "adj": "<adj>",
    "verb": "<vblex>",
    "adv": "<adv>",
    "pr": "<pr>",
    "if": "<cnjadv>",
    "mass": "<n>",
}
_PARTICLES = frozenset(
    "about across after ahead along apart around at away back by down for forward from in into of "
    "off on out over through to together towards up upon with".split()
)
_FEMININE = re.compile(r"(?<![^/<])([^/<]+)<n><f>")
_SUPERLATIVES = re.compile(r"<sint>(?:<comp>|<sup>)?")
_NO_GENDERS: Mapping[str, str] = MappingProxyType({})


class Word(NamedTuple):
    """A word in both languages.

    ``gender`` is that of the Spanish noun, ``mf`` for persons; ``ours`` names the languages whose
    forms Apertium's generator cannot write.
    """

    en: str
    es: str
    pos: Pos
    gender: Gender = ""
    ours: frozenset[str] = frozenset()

    def forms(self, language: str) -> Forms:
        """All forms in *language*, under Apertium's tags."""
        if language == "en":
            return english(self.en, self.pos)
        return spanish(self.es, self.pos, self.gender)

    def citation(self, language: str) -> str:
        """The word as a dictionary of *language* has it."""
        return self.en if language == "en" else self.es


class Words(NamedTuple):
    """The list, ready for one direction."""

    source: str = "en"
    target: str = "es"
    readings: dict[str, list[str]] = {}  # noqa: RUF012 - never changed
    by_source: dict[tuple[str, str], Word] = {}  # noqa: RUF012
    by_target: dict[tuple[str, str], Word] = {}  # noqa: RUF012
    chosen: dict[tuple[str, str], Word] = {}  # noqa: RUF012
    genders: dict[str, str] = {}  # noqa: RUF012
    phrasals: frozenset[str] = frozenset()

    def read(self, surface: str, is_certain: bool = True) -> tuple[str, ...]:
        """The readings of an unknown word, none if it is not listed.

        Where a capital may be that of a name, only words that are listed with one are read.

        >>> words = Words.of([Word("hub", "centro", "noun", "m")], ("en", "es"))
        >>> words.read("Hubs"), words.read("bub"), words.read("Hub", is_certain=False)
        (('Hub<n><pl>',), (), ())
        """
        readings = self.readings.get(surface.lower(), [])
        if not is_certain:
            readings = [reading for reading in readings if reading[0].isupper()]
        return tuple(like(surface, reading) for reading in readings)

    def joins(self, lemma: str, particle: str) -> str:
        """The phrasal verb of a verb and what follows it, if that is listed.

        >>> words = Words.of([Word("carry out", "realizar", "verb")], ("en", "es"))
        >>> words.joins("Carry", "out"), words.joins("carry", "on")
        ('Carry out', '')
        """
        both = f"{lemma} {particle}"
        return both if both.lower() in self.phrasals else ""

    def choose(self, surface: str, readings: tuple[str, ...]) -> tuple[str, ...]:
        """A known word's readings, and those listed for parts of speech that it has not.

        >>> words = Words.of([Word("host", "acoger", "verb")], ("en", "es"))
        >>> words.choose("host", ("host<n><sg>",))
        ('host<n><sg>', 'host<vblex><inf>', 'host<vblex><pres>')
        """
        listed = self.readings.get(surface.lower())
        if self.source != "en" or not listed:
            return readings  # Apertium's own tagger must not see a choice that is new to it
        known = {parted(reading)[1] for reading in readings}
        if any("<pp>" in reading for reading in readings):
            known.add("<adj>")  # which a participle is already
        new = [each for each in listed if parted(each)[1] not in known and each.islower()]
        return (*readings, *(like(surface, each) for each in new))

    def translate(self, unit: str) -> str | None:
        """The target unit for a source unit that the dictionary lacks.

        >>> words = Words.of([Word("hub", "centro", "noun", "m")], ("en", "es"))
        >>> words.translate("Hub<n><pl>")
        'Centro<n><m><pl>'
        """
        lemma, tag, _ = parted(unit)
        key = lemma.lower(), tag
        word = self.chosen.get(key) or self.by_source.get((lemma, tag)) or self.by_source.get(key)
        return None if word is None else self._translated(unit, word)

    def correct(self, unit: str, options: str) -> str:
        """Among the dictionary's translations of a unit the sector's, and the right genders.

        >>> words = words_for(("en", "es"))
        >>> words.correct("work<n><sg>", "obra<n><f><sg>/trabajo<n><m><sg>")
        'trabajo<n><m><sg>'
        >>> words.correct("position<n><sg>", "puesto<n><f><sg>/posición<n><f><sg>")
        'puesto<n><m><sg>/posición<n><f><sg>'
        """
        if self.genders and "<n><f>" in options:
            options = _FEMININE.sub(self._correct_gender, options)
        lemma, tag, _ = parted(unit.replace("# ", " ", 1))
        word = self.chosen.get((lemma, tag)) or self.chosen.get((lemma.lower(), tag))
        if word is None:
            return options
        wanted = word.citation(self.target)
        known = (option for option in options.split("/") if parted(option)[0].lower() == wanted)
        found = next(known, None) if word.pos != "mass" else None
        return found or self._translated(unit, word)

    def _translated(self, unit: str, word: Word) -> str:
        lemma, tag, tags = parted(unit)
        model = lemma if word.citation(self.source).islower() else ""
        return like(model, word.citation(self.target)) + self._target_tags(word, tag, tags)

    def _correct_gender(self, option: re.Match[str]) -> str:
        gender = self.genders.get(option[1].lower())
        return f"{option[1]}<n><{gender}>" if gender else option[0]

    def write(self, unit: str) -> str | None:
        """What stands for a target unit that the generator does not know: text, or another unit.

        >>> word = Word("stakeholder", "parte interesada", "noun", "f", frozenset({"es"}))
        >>> Words.of([word], ("en", "es")).write("Parte interesada<n><f><pl>")
        'Partes interesadas'
        """
        lemma, tag, tags = parted(unit)
        word = self.by_target.get((lemma.lower(), tag))
        if word is None:
            return None
        if word.pos == "mass" and "<pl>" in tags:
            return None
        if self.target in word.ours:
            forms = word.forms(self.target)
            return like(lemma, forms.get(tag + tags) or forms.get(_plain(tag + tags)) or lemma)
        return verb_and_rest(lemma, tag + tags) if word.pos == "verb" else None

    def _target_tags(self, word: Word, tag: str, tags: str) -> str:
        if self.target == "en":
            tags = tags.replace("<pl>", "<sg>") if word.pos == "mass" else tags
            return tag + GENDER_TAGS.sub("", tags.replace("<pron>", ""))
        if word.pos == "noun":
            return tag + _noun_tags(word, tags)
        if word.pos == "adj":
            gender = "" if has_feminine(word.es) else "<mf>"
            return tag + gender + _SUPERLATIVES.sub("", tags)
        return tag + tags

    @classmethod
    def of(
        cls,
        words: Iterable[Word],
        pair: Pair,
        chosen: Iterable[Word] = (),
        genders: Mapping[str, str] = _NO_GENDERS,
        phrases: Iterable[Word] = (),
    ) -> Words:
        """Index *words*; of several for one word, the first is its translation."""
        words = list(words)
        phrasals = frozenset(filter(None, (_phrasal(word, pair[0]) for word in words)))
        indexed = cls(*pair, {}, {}, {}, {}, dict(genders), phrasals)
        for word in words:
            indexed._add(word)
        for word in chosen:
            indexed.chosen[word.citation(pair[0]), _TAGS[word.pos]] = word
            indexed._add_written(word)
        for phrase in phrases:
            source = phrase.es.lower(), _TAGS[phrase.pos]
            indexed.by_source[source] = indexed.chosen[source] = phrase
            indexed._add_written(phrase)
        return indexed

    def _add(self, word: Word) -> None:
        lemma, tag = word.citation(self.source), _TAGS[word.pos]
        if lemma in self.phrasals:
            self.by_source.setdefault((lemma, tag), word)
        elif " " not in lemma and (
            lemma[0].isupper() or (lemma.lower(), tag) not in self.by_source
        ):
            self.by_source.setdefault((lemma.lower(), tag), word)
            self.by_source.setdefault((lemma, tag), word)
            for tags, form in word.forms(self.source).items():
                self.readings.setdefault(form.lower(), []).append(lemma + tags)
        self._add_written(word)

    def _add_written(self, word: Word) -> None:
        written = word.citation(self.target)
        if self.target in word.ours or " " in written:
            self.by_target.setdefault((written.lower(), _TAGS[word.pos]), word)


def _phrasal(word: Word, source: str) -> str:
    """The English of a verb with a particle."""
    _, _, particle = word.en.partition(" ")
    is_phrasal = source == "en" and word.pos == "verb" and particle in _PARTICLES
    return word.en if is_phrasal else ""


@cache
def words_for(pair: Pair) -> Words:
    """The lists that come with harmonize, for one direction."""
    chosen = [word for source, word in load_choices() if source == pair[0]]
    genders = {row["es"]: row["gender"] for row in rows(GENDERS)} if pair[1] == "es" else {}
    phrases = load_phrases() if pair[0] == "es" else []
    compounds = load_compounds() if pair[0] == "en" else []
    return Words.of([*load(), *compounds], pair, chosen, genders, phrases)


def load() -> list[Word]:
    """The words that Apertium lacks."""
    return [_word(row) for row in rows(TABLE)]


def load_choices() -> list[tuple[str, Word]]:
    """The translations that the sector means, each with the language that it is made from."""
    return [(row["from"], _word(row)) for row in rows(CHOICES)]


def load_phrases() -> list[Word]:
    """Spanish phrases that mean something else than their words: `into_english.phrases`."""
    return [_word({**row, "gender": ""}) for row in rows(PHRASES)]


def load_compounds() -> list[Word]:
    """English phrases that are one word in the pipe: *day-care*.  Apertium writes none of them."""
    listed = [_word({**row, "ours": "es"}) for row in rows(COMPOUNDS)]
    return [each._replace(en=each.en.replace(" ", "-")) for each in listed]


def _word(row: Mapping[str, str]) -> Word:
    pos, gender = cast(Pos, row["pos"]), cast(Gender, row["gender"])
    return Word(row["en"], row["es"], pos, gender, frozenset(row["ours"].split()))


def _noun_tags(word: Word, number: str) -> str:
    if word.gender in {"mpl", "fpl"}:
        return f"<{word.gender[0]}><pl>"
    if word.gender == "mf" and has_feminine(word.es):
        return f"<GD>{number}"  # transfer decides
    return f"<{word.gender}>{number}"


def _plain(tags: str) -> str:
    """Tags without what follows the form proper: enclitic pronouns, unresolved number."""
    return tags.partition("+")[0].replace("<sp>", "<sg>").replace("<ND>", "<sg>")
