"""Words that Apertium's dictionaries lack, and how they take part in its grammar.

The list ``data/apertium-words.csv`` has a citation form for each language::

    en,es,pos,gender,ours
    stakeholder,parte interesada,noun,f,es

Behind the analyser an unknown form of a listed word becomes an analysed unit, with all readings
that Apertium gives to its own words; behind the dictionary it gets its translation; before the
generator it is written out where ``ours`` says that the generator does not know the word.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from harmonize.engines.base import Pair
from harmonize.engines.inflect import Forms, Gender, Pos, english, has_feminine, spanish

TABLE = "data/apertium-words.csv"

_TAGS: dict[Pos, str] = {"noun": "<n>", "adj": "<adj>", "verb": "<vblex>", "adv": "<adv>"}
_GENDERS = re.compile(r"<(?:m|f|mf|GD)>")
_SUPERLATIVES = re.compile(r"<sint>(?:<comp>|<sup>)?")


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
    readings: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed
    by_source: dict[tuple[str, str], Word] = {}  # noqa: RUF012
    by_target: dict[tuple[str, str], Word] = {}  # noqa: RUF012

    def read(self, surface: str) -> tuple[str, ...]:
        """The readings of an unknown word, none if it is not listed.

        >>> words = Words.of([Word("hub", "centro", "noun", "m")], ("en", "es"))
        >>> words.read("Hubs"), words.read("bub")
        (('Hub<n><pl>',), ())
        """
        readings = self.readings.get(surface.lower(), ())
        if surface[:1].isupper():
            return tuple(reading[0].upper() + reading[1:] for reading in readings)
        return readings

    def translate(self, unit: str) -> str | None:
        """The target unit for a source unit that the dictionary lacks.

        >>> words = Words.of([Word("hub", "centro", "noun", "m")], ("en", "es"))
        >>> words.translate("Hub<n><pl>")
        'Centro<n><m><pl>'
        """
        lemma, tag, tags = _parted(unit)
        word = self.by_source.get((lemma.lower(), tag))
        if word is None:
            return None
        model = lemma if word.citation(self.source).islower() else ""
        return _like(model, word.citation(self.target)) + self._target_tags(word, tag, tags)

    def write(self, unit: str) -> str | None:
        """What stands for a target unit that the generator does not know: text, or another unit.

        >>> word = Word("stakeholder", "parte interesada", "noun", "f", frozenset({"es"}))
        >>> Words.of([word], ("en", "es")).write("Parte interesada<n><f><pl>")
        'Partes interesadas'
        """
        lemma, tag, tags = _parted(unit)
        word = self.by_target.get((lemma.lower(), tag))
        if word is None:
            return None
        if self.target in word.ours:
            forms = word.forms(self.target)
            return _like(lemma, forms.get(tag + tags) or forms.get(_plain(tag + tags)) or lemma)
        verb, space, rest = lemma.partition(" ")
        return f"^{verb}{tag}{tags}${space}{rest}" if space else None

    def _target_tags(self, word: Word, tag: str, tags: str) -> str:
        if self.target == "en":
            return tag + _GENDERS.sub("", tags.replace("<pron>", ""))
        if word.pos == "noun":
            return tag + _noun_tags(word, tags)
        if word.pos == "adj":
            gender = "" if has_feminine(word.es) else "<mf>"
            return tag + gender + _SUPERLATIVES.sub("", tags)
        return tag + tags

    @classmethod
    def of(cls, words: Iterable[Word], pair: Pair) -> Words:
        """Index *words*; of several for one word, the first is its translation."""
        source, target = pair
        readings: dict[str, tuple[str, ...]] = {}
        by_source: dict[tuple[str, str], Word] = {}
        by_target: dict[tuple[str, str], Word] = {}
        for word in words:
            tag, lemma = _TAGS[word.pos], word.citation(source)
            if (lemma.lower(), tag) not in by_source and " " not in lemma:
                by_source[lemma.lower(), tag] = word
                for tags, form in word.forms(source).items():
                    readings[form.lower()] = (*readings.get(form.lower(), ()), lemma + tags)
            written = word.citation(target)
            if target in word.ours or " " in written:
                by_target.setdefault((written.lower(), tag), word)
        return cls(source, target, readings, by_source, by_target)


@cache
def words_for(pair: Pair) -> Words:
    """The list that comes with harmonize, for one direction."""
    return Words.of(load(), pair)


def load() -> list[Word]:
    """The list that comes with harmonize."""
    table = files("harmonize.engines").joinpath(TABLE).read_text(encoding="utf-8")
    return [
        Word(en, es, cast(Pos, pos), cast(Gender, gender), frozenset(ours.split()))
        for en, es, pos, gender, ours in list(csv.reader(table.splitlines()))[1:]
    ]


def _noun_tags(word: Word, number: str) -> str:
    if word.gender in {"mpl", "fpl"}:
        return f"<{word.gender[0]}><pl>"
    if word.gender == "mf" and has_feminine(word.es):
        return f"<GD>{number}"  # transfer decides
    return f"<{word.gender}>{number}"


def _parted(unit: str) -> tuple[str, str, str]:
    """Lemma, part of speech, further tags.

    >>> _parted("hub<n><pl>")
    ('hub', '<n>', '<pl>')
    """
    lemma, _, tags = unit.partition("<")
    tag, _, rest = tags.partition(">")
    return lemma, f"<{tag}>", rest


def _plain(tags: str) -> str:
    """Tags without what follows the form proper: enclitic pronouns, unresolved number."""
    return tags.partition("+")[0].replace("<sp>", "<sg>").replace("<ND>", "<sg>")


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
