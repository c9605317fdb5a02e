"""Glossary terms in Apertium's pipe: inflected by the grammar, like words of its own dictionary.

A term of several words goes in as one code word; behind the analyser the code word gets the tags
of a noun, an adjective or an adverb in the number that the text has; behind the dictionary the
gender of its translation; and before the generator it is written out in the form that the grammar
asked for.  So articles and adjectives agree with it.  A single word that Apertium analyses keeps
its readings, and only its translation is replaced: "report" is a verb here and a noun there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from harmonize.engines.apertium.units import (
    CODE_LETTERS,
    GENDER_TAGS,
    NAME,
    TERM_CODE,
    like,
    parted,
    verb_and_rest,
)
from harmonize.engines.apertium.words import Words
from harmonize.engines.inflect import english
from harmonize.glossary import Entry, Match, default_gender, in_english, inflect, own_number

_POS = {"noun": "<n>", "adj": "<adj>", "verb": "<vblex>", "phrase": "<adv>", "name": "<np>"}
_NOUN_GOES_ON = re.compile(r"\s*(?:$|[.,;:)/]|(?:of|for|in|on|at|by|from|and|or|is|are|will)\b)")
_BARE = frozenset(("<vblex><imp>", "<vblex><pres>"))
_REGULAR = re.compile(r"(?:[^r]ise|ize|yze|ate|fy|see|gain|age)$")
"""Endings of English verbs whose forms follow the rules, or our list."""
_PLURAL_ARTICLE = re.compile(r"\b(?:l[oa]s|un[oa]s)\s+$", re.IGNORECASE)


class Coded(NamedTuple):
    """A text with code words for its terms of several words, and the terms by their code words.

    ``single`` has the terms of one word, by their forms in the text and by citation form.
    """

    text: str
    codes: Mapping[str, Match]
    single: tuple[Match, ...]


def encode_terms(text: str, matches: Sequence[Match], source: str) -> Coded:
    """Put code words in the place of the terms that the pipe cannot take word by word."""
    codes: dict[str, Match] = {}
    single: list[Match] = []
    pieces: list[str] = []
    done = 0
    for found in matches:
        match = _with_number(found, text, source)
        if source == "es" and _is_clause(match, text):
            continue
        if _is_single(match, source) and not _is_told_by_form(match, text, source):
            single.append(match)
        elif match.entry.pos != "verb" or _verb_readings("", match, source):
            code = _code_word(len(codes), match, capital=_is_capital(match, text, source))
            if code.casefold() not in text.casefold():
                codes[code.lower()] = match
                pieces += (text[done : match.start], code, " el" * match.contracted)
                done = match.end
    return Coded("".join([*pieces, text[done:]]), codes, tuple(single))


def leaks(translated: str, matches: Sequence[Match], text: str) -> bool:
    """Whether a code word is left in a translation of *text*.

    >>> leaks("El zbbz", [], "The term")
    False
    """
    if not matches:
        return False
    found = {word.lower() for word in TERM_CODE.findall(translated)}
    return bool(found - {word.lower() for word in TERM_CODE.findall(text)})


def _is_single(match: Match, source: str) -> bool:
    term = match.entry.en if source == "en" else match.entry.es
    proper = match.entry.pos in {"name", "phrase"} or match.entry.status == "keep"
    # Apertium has *estatuto*: a citation form in the plural is no word of its dictionary.
    proper = proper or _is_plural_only(match.entry, source)
    return not proper and not re.search(r"[\s-]", term) and not re.search(r"[\s-]", match.text)


def _is_told_by_form(match: Match, text: str, source: str) -> bool:
    """Whether a word's form tells more than Apertium sees: *spokeswoman*, *HQ*, *training*."""
    woman = source == "en" and match.gender
    acronym = match.entry.pos == "noun" and match.case == "upper" and match.number
    return bool(woman or acronym) or _has_own_capital(match, source) or _is_gerund_noun(match, text)


def _is_gerund_noun(match: Match, text: str) -> bool:
    """Whether a noun in -ing stands as one: Apertium takes "receive training." for a verb."""
    if match.entry.pos != "noun" or not match.entry.en.lower().endswith("ing"):
        return False
    return _NOUN_GOES_ON.match(text, match.end) is not None


def _is_plural_only(entry: Entry, source: str) -> bool:
    return own_number(entry, "en" if source == "en" else "es") == "pl"


def _is_clause(match: Match, text: str) -> bool:
    """Whether a phrase is a verb that waits for its subject: *Se valorará* la experiencia."""
    opens = not match.start or text[: match.start].rstrip()[-1:] in ".;:,"
    goes_on = text[match.end :].strip(" .;:,)")
    finite = match.text.lower().startswith(("se ", "es "))
    return match.entry.pos == "phrase" and finite and opens and bool(goes_on)


def _with_number(match: Match, text: str, source: str) -> Match:
    """An acronym has the number of its article, *las OPP*; *estatutos* has its own."""
    plural = not match.number and (
        _PLURAL_ARTICLE.search(text[: match.start]) or _is_plural_only(match.entry, source)
    )
    return match._replace(number="pl") if plural else match


def _is_capital(match: Match, text: str, source: str) -> bool:
    """Whether a capital is the text's: that of *MoU* and *HQ* is the term's own."""
    if not match.text[:1].isupper():
        return False
    before = text[: match.start].rstrip()
    return not before or before[-1] in ".!?:•" or not _has_own_capital(match, source)


def _has_own_capital(match: Match, source: str) -> bool:
    """Whether a term is entered with a capital that its translation has not."""
    written = (_sides(match.entry, source)[0], *_spellings(match.entry, source))
    capital = match.text[:1].isupper() and any(match.text.startswith(each) for each in written)
    return capital and match.entry.pos != "name" and _sides(match.entry, source)[1].islower()


def _code_word(number: int, match: Match, *, capital: bool) -> str:
    """A word of consonants, with a capital and the plural ending of what it stands for."""
    first, second = divmod(number, len(CODE_LETTERS))
    ending = "s" if match.number == "pl" else "z"  # an apostrophe behind it makes a genitive
    word = f"z{CODE_LETTERS[first % len(CODE_LETTERS)]}{CODE_LETTERS[second]}{ending}"
    return word.capitalize() if capital else word


class TermWords(NamedTuple):
    """The engine's list of words, with a text's terms laid over it; see `Words` for the methods."""

    words: Words
    source: str
    codes: Mapping[str, Match]
    single: Mapping[str, Match]
    translations: Mapping[tuple[str, str], Entry]
    targets: Mapping[tuple[str, str], Entry]

    @classmethod
    def over(cls, words: Words, coded: Coded) -> TermWords:
        """The terms of *coded* over *words*."""
        source = words.source
        translations: dict[tuple[str, str], Entry] = {}
        targets: dict[tuple[str, str], Entry] = {}
        for match in coded.single:
            for entry in (match.entry, *match.others):
                term, rendering = _sides(entry, source)
                tag = _POS[entry.pos]
                for form in {term.lower(), *(each.lower() for each in _spellings(entry, source))}:
                    translations.setdefault((form, tag), entry)
                targets.setdefault((rendering.lower(), tag), entry)
        for code, match in coded.codes.items():
            written = _sides(match.entry, source)[1].lower() if match.entry.pos == "verb" else code
            targets[written, _POS[match.entry.pos]] = match.entry
        single = {match.text.lower(): match for match in coded.single}
        return cls(words, source, coded.codes, single, translations, targets)

    def read(self, surface: str, is_certain: bool = True) -> tuple[str, ...]:
        """The readings of an unknown word: a code word's, a term's, or the list's."""
        match = self.codes.get(surface.lower())
        if match:
            return _readings(surface, match, self.source)
        match = self.single.get(surface.lower())
        if match:
            lemma = like(surface, _sides(match.entry, self.source)[0])
            read = _readings(lemma, match, self.source)
            if read:
                return read
        return self.words.read(surface, is_certain)

    def joins(self, lemma: str, particle: str) -> str:
        """The list's phrasal verb of the two."""
        return self.words.joins(lemma, particle)

    def choose(self, surface: str, readings: tuple[str, ...]) -> tuple[str, ...]:
        """A Spanish noun that is only a noun in the glossary is none of the verb's forms."""
        match = self.single.get(surface.lower())
        if match is None:
            return self.words.choose(surface, readings)
        if self.source != "es" or match.entry.pos != "noun" or match.others:
            return readings
        return tuple(reading for reading in readings if "<n>" in reading) or readings

    def translate(self, unit: str) -> str | None:
        """The target unit of a source unit that the dictionary lacks."""
        lemma, tag, tags = parted(unit)
        match = self.codes.get(lemma.lower())
        if match and match.entry.pos != "verb":
            return lemma + self._tags(match.entry, tag, tags, match.gender)
        entry = match.entry if match else self.translations.get((lemma.lower(), tag))
        if entry:
            rendering = like(lemma, _sides(entry, self.source)[1])
            return rendering + self._tags(entry, tag, tags, "")
        return self.words.translate(unit)

    def correct(self, source: str, options: str) -> str:
        """The dictionary's translations, or the term's where the word is one."""
        lemma, tag, _ = parted(source)
        entry = self.translations.get((lemma.lower(), tag))
        if entry is None:
            return self.words.correct(source, options)
        first, first_tag, tags = parted(options.split("/", 1)[0])
        rendering = like(first, _sides(entry, self.source)[1])
        return rendering + self._tags(entry, first_tag, tags, "")

    def write(self, unit: str) -> str | None:
        """What stands for a target unit: a term in its form, or what the list says."""
        lemma, tag, tags = parted(unit)
        entry = self.targets.get((lemma.lower(), tag))
        if entry is None:
            return self._in_name(lemma) if TERM_CODE.search(lemma) else self.words.write(unit)
        if entry.pos == "verb":
            return self._verb(lemma, tag + tags)
        code = self.codes.get(lemma.lower())
        loud = code and code.case == "upper" and not _has_own_capital(code, self.source)
        return _cased(self._form(entry, tags), lemma, code if loud else None)

    def _verb(self, lemma: str, tags: str) -> str | None:
        """A verb's form; English ones as we know them, for the generator lacks *organize*."""
        verb, space, rest = lemma.partition(" ")
        if tags == "<vblex><inf>":
            return lemma
        form = _english_form(verb, tags) if self.source == "es" else None
        if form or not space:
            return form and like(lemma, form) + space + rest
        return verb_and_rest(lemma, tags)

    def _in_name(self, name: str) -> str:
        """A name of several words with the terms that are among them written out."""

        def written(code: re.Match[str]) -> str:
            match = self.codes.get(code[0].lower())
            return self._form(match.entry, "") if match else code[0]

        return TERM_CODE.sub(written, name)

    def _form(self, entry: Entry, tags: str) -> str:
        number = "pl" if "<pl>" in tags else "sg"
        if entry.status == "keep" or entry.pos in {"name", "phrase"}:
            return _sides(entry, self.source)[1]
        if self.source == "es":
            return in_english(entry, "sg" if entry.en.endswith("overtime") else number)
        gender = "f" if "<f>" in tags else "m" if "<m>" in tags else ""
        return inflect(entry, number, gender)

    def _tags(self, entry: Entry, tag: str, tags: str, gender: str) -> str:
        if entry.pos == "name" and entry.gender in {"m", "f"} and self.source == "en":
            return f"<np><al><{entry.gender}><sg>"
        if entry.pos != "noun":
            return tag + tags
        bare = GENDER_TAGS.sub("", tags)
        if own_number(entry, "es" if self.source == "en" else "en") == "pl":
            bare = bare.replace("<sg>", "<pl>")  # conocimientos de computación
        elif _is_plural_only(entry, self.source):
            bare = bare.replace("<pl>", "<sg>")  # computer literacy
        if self.source == "es":
            return tag + bare
        if entry.gender == "mf" and not gender:
            return f"{tag}<GD>{bare}"  # the sentence decides
        return f"{tag}<{gender if entry.gender == 'mf' else default_gender(entry)}>{bare}"


def _readings(lemma: str, match: Match, source: str) -> tuple[str, ...]:
    pos = match.entry.pos
    if pos == "verb":
        return _verb_readings(lemma, match, source)
    number = f"<{match.number or 'sg'}>"
    gender = f"<{match.gender or default_gender(match.entry)}>" if source == "es" else ""
    if match.entry.status == "keep" or pos == "name":
        return (lemma + NAME,)
    if pos == "noun":
        return (f"{lemma}<n>{gender}{number}",)
    if pos == "adj":
        return (f"{lemma}<adj>{gender}{number if source == 'es' else ''}",)
    return (f"{lemma}<adv>",)


def _verb_readings(lemma: str, match: Match, source: str) -> tuple[str, ...]:
    """What the form of a verb's first word may be; in Spanish only the infinitive is read."""
    form = match.text.split()[0].lower()
    if source == "es":
        return (f"{lemma}<vblex><inf>",) if form == match.entry.es.split()[0].lower() else ()
    forms = english(match.entry.en.split()[0].lower(), "verb")
    return tuple(lemma + tags for tags, written in forms.items() if written == form)


def _english_form(verb: str, tags: str) -> str | None:
    if tags in _BARE:
        return verb
    return english(verb, "verb").get(tags) if _REGULAR.search(verb) else None


def _cased(form: str, lemma: str, match: Match | None) -> str:
    """Capitals for a form: those of the glossary, those of the text, those of a sentence start."""
    if match and match.case == "upper" and len(match.text) > 1 and match.entry.pos != "name":
        return form.upper() if form.islower() else form
    return like(lemma, form)


def _sides(entry: Entry, source: str) -> tuple[str, str]:
    if entry.status == "keep":
        term = entry.en or entry.es
        return term, term
    return (entry.en, entry.es) if source == "en" else (entry.es, entry.en)


def _spellings(entry: Entry, source: str) -> tuple[str, ...]:
    return entry.en_forms if source == "en" else ()
