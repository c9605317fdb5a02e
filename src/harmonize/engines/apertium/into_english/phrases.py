"""Spanish phrases that mean something else than their words, read as one word of the grammar.

*Hacer llegar la solicitud* is to send it, *a más tardar el viernes* "no later than Friday".  The
list ``data/phrases.csv`` has them as postings write them::

    en,es,pos
    send,hacer llegar,verb

Behind the analyser the words of a phrase become one unit with the tags of its first: a verb in any
form, a noun in either number.  Behind the dictionary the unit gets its English.  A verb in *-se* is
found with its pronoun before it and behind it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from harmonize.engines.apertium.surfaces import Word, at_place, words_of
from harmonize.engines.apertium.units import analysed_unit, like
from harmonize.engines.apertium.words import load_phrases

_TAGS = {
    "noun": "<n>",
    "verb": "<vblex>",
    "adj": "<adj><mf><sp>",
    "adv": "<adv>",
    "pr": "<pr>",
    "if": "<cnjadv>",
}
"""The tags of a phrase by its part of speech; nouns and verbs take theirs from the text."""
_INFLECTED = frozenset({"noun", "mass", "verb"})
_AGREEING = frozenset({"adj", "pr"})
"""Of these, only the first word may be in another form than the list has: *dirigidos a*."""
_PRONOUNS = frozenset({"se", "me", "te", "nos"})
_CONTRACTED = {"al": "a", "del": "de"}
_ENCLITIC = re.compile(r"\+(?:se|prpers)<prn>.*$")
_RARE = ("<prs>", "<imp>", "<p1><sg>", "<p2><sg>")
_OBJECT = re.compile(r"\+prpers<prn><enc><p3><(?:m|f)>")
_DOINGS = frozenset("capacidad formación gestión manejo redacción".split())
_LEADS = frozenset("a al ante bajo como con cuenta de desde en para por que sobre".split())
_TAKES_NOUN = frozenset("a al de del con en por para que".split())
_VERB = re.compile(r"<vb\w+>(?:<pron>)?")


class Phrase(NamedTuple):
    """A phrase: its words, its part of speech, whether *se* belongs to it."""

    es: str
    pos: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, the verb without *se*."""
        first, *rest = self.es.lower().split()
        return (first.removesuffix("se") if self.has_se else first, *rest)

    @property
    def has_se(self) -> bool:
        """Whether it is a verb such as *sumarse a*."""
        return self.pos == "verb" and self.es.split()[0].endswith(("rse", "írse"))


class Found(NamedTuple):
    """Where a phrase stands among units: from ``start`` to ``end``, its head at ``head``."""

    phrase: Phrase
    start: int
    end: int
    head: int


def with_phrases(stream: str) -> str:
    """*stream* (behind the analyser) with the phrases of the list as single units.

    >>> with_phrases("^hoy/hoy<adv>$ ^por/por<pr>$ ^escrito/escrito<n><m><sg>$")
    '^hoy/hoy<adv>$ ^por escrito/por escrito<adv>$'
    """
    units, tail = words_of(stream)
    made: list[Word] = []
    at = 0
    while at < len(units):
        found = _found(units, at)
        if found is None:
            made.append(units[at])
            at += 1
            continue
        made.extend(_joined(units, found))
        at = found.end
    return "".join(each.before + analysed_unit(each.surface, each.readings) for each in made) + tail


@cache
def _by_first() -> dict[str, list[Phrase]]:
    table: dict[str, list[Phrase]] = defaultdict(list)
    for word in load_phrases():
        phrase = Phrase(word.es, word.pos)
        table[phrase.words[0]].append(phrase)
    for same in table.values():
        same.sort(key=lambda phrase: -len(phrase.words))
    return dict(table)


def _keys(unit: Word) -> Iterable[str]:
    """Under what a unit may be in the list: as it stands, by its lemmas, both in small letters."""
    yield unit.small
    for reading in unit.readings:
        lemma = reading.partition("<")[0].lower()
        yield lemma.removesuffix("se") if "<pron>" in reading else lemma


def _is_named(word: Word) -> bool:
    """A pronoun that says *he* behind a verb; *usted* is "you" everywhere."""
    return word.must("<prn><tn>") and not word.small.startswith("usted")


def _first_words(unit: Word) -> Iterable[str]:
    return dict.fromkeys(word for key in _keys(unit) for word in key.split()[:1])


def _found(units: Sequence[Word], at: int) -> Found | None:
    pronoun = units[at].small in _PRONOUNS and at + 1 < len(units)
    head = at + 1 if pronoun else at
    for key in _first_words(units[head]):
        for phrase in _by_first().get(key, ()):
            end = _end(units, head, phrase)
            if not end or not _fits(units, phrase, head, has_pronoun=pronoun):
                continue
            if phrase.pos == "verb" and phrase.words[-1] == "que":
                end -= 1  # what follows is a sentence by itself
            elif phrase.pos == "verb" and len(phrase.words) > 1 and _is_named(at_place(units, end)):
                continue  # "responder a él"
            return Found(phrase, at, end, head)
    return None


def _fits(units: Sequence[Word], phrase: Phrase, head: int, *, has_pronoun: bool) -> bool:
    """Whether the pronoun is there that the phrase needs, and the head may be what it is."""
    unit = units[head]
    if phrase.pos == "verb":
        encloses = any("+se<" in each or "<enc><p2>" in each for each in unit.readings)
        if phrase.has_se != (has_pronoun or (encloses and unit.small.endswith(("se", "te")))):
            return False
        if at_place(units, head - 1).small == "se" and _has_object(phrase):
            return False  # se cubra la vacante
        return unit.may("<vb") and not _is_rather_noun(unit)
    if phrase.pos in {"noun", "mass"}:
        return not has_pronoun and _is_noun(units, phrase, head)
    if phrase.pos == "pr" and len(phrase.words) == 1 and unit.may("<pp>"):
        return not has_pronoun and not at_place(units, head - 1).may("<vb")  # están incluidos
    # "orientado a", but not "orientar a"
    is_verb = unit.may("<vb") and unit.small.split()[0] != phrase.words[0]
    return not has_pronoun and (not is_verb or unit.may("<pp>")) and not unit.must("<inf>")


def _is_noun(units: Sequence[Word], phrase: Phrase, head: int) -> bool:
    """Whether the word at *head* may be a noun, and *gestión de proyectos* has no *de*."""
    end = at_place(units, head + len(phrase.words)).small
    if end in {"de", "del"} and phrase.words[0] in _DOINGS and "de" in phrase.words:
        return False
    named = any(map(units[head].may, ("<n>", "<adj>", "<np>", "<pp>", "<det>")))
    return named or units[head].small == phrase.words[0]


def _has_object(phrase: Phrase) -> bool:
    """Whether a phrase says what is done to what: *cubrir la vacante*, *levantar actas*."""
    words = phrase.words
    return not phrase.has_se and len(words) > 1 and not _LEADS & {words[1], words[-1]}


def _is_rather_noun(unit: Word) -> bool:
    """*informes de* is no wish that somebody report on something."""
    verbs = [each for each in unit.readings if "<vb" in each]
    return unit.may("<n>") and all(any(tag in each for tag in _RARE) for each in verbs)


def _end(units: Sequence[Word], start: int, phrase: Phrase) -> int | None:
    """Where *phrase* ends if its words stand from *start* on."""
    wanted = list(phrase.words)
    at = start
    while wanted:
        if at >= len(units):
            return None
        spoken = units[at].small.split()
        first = _first_words(units[at])
        if len(spoken) > len(wanted):
            return None
        inflects = phrase.pos in _INFLECTED or (at == start and phrase.pos in _AGREEING)
        agrees = inflects and at > start and _stem(wanted[0]) == _stem(spoken[0])
        fits = wanted[0] == spoken[0] or agrees or (inflects and wanted[0] in first)
        last = len(wanted) == 1 and at > start and _CONTRACTED.get(spoken[0]) == wanted[0]
        if not (fits or last) or spoken[1:] != wanted[1 : len(spoken)]:
            return None
        wanted = wanted[len(spoken) :]
        at += 1
    return at


def _stem(word: str) -> str:
    """What an adjective's forms have in common: *socia*, *socios*."""
    return re.sub(r"(?<=\w{3})(?:[oae]s?|s)$", "", word)


def _joined(units: Sequence[Word], found: Found) -> list[Word]:
    """The unit that a phrase becomes, and the article that its last word held."""
    head, last = units[found.head], units[found.end - 1]
    surface = " ".join(unit.surface for unit in units[found.start : found.end])
    lemma = like(surface, found.phrase.es)
    unit = Word(units[found.start].before, surface, tuple(_readings(head, found.phrase, lemma)))
    object_ = next((each for each in head.readings if _OBJECT.search(each)), "")
    if found.phrase.pos == "verb" and object_ and last.small not in _TAKES_NOUN:
        return [
            unit,
            Word(" ", "lo", ("prpers" + object_.rpartition("+prpers")[2].partition("#")[0],)),
        ]
    article = next((each for each in last.readings if "+el<det>" in each), "")
    if last.small not in _CONTRACTED or found.phrase.words[-1] == last.small or not article:
        return [unit]
    return [unit, Word(" ", "el", (article.partition("+")[2],))]


def _readings(head: Word, phrase: Phrase, lemma: str) -> Iterable[str]:
    if phrase.pos == "verb":
        verbs = [each for each in head.readings if "<vb" in each]
        plain = [each for each in verbs if "<pron>" not in each] or verbs
        return dict.fromkeys(
            lemma + _VERB.sub("<vblex>", "<" + _bare(each).partition("<")[2], count=1)
            for each in plain
        )
    if phrase.pos in {"noun", "mass"}:
        number = "<pl>" if any("<pl>" in each for each in head.readings) else "<sg>"
        noun = next((each for each in head.readings if "<n>" in each), f"<n><m>{number}")
        tags = "<" + _bare(noun).partition("<")[2]
        return [lemma + (tags.replace("<pl>", "<sg>") if phrase.pos == "mass" else tags)]
    return [lemma + _TAGS[phrase.pos]]


def _bare(reading: str) -> str:
    """A verb's reading without *se* and without the words that the analyser has joined to it."""
    return _ENCLITIC.sub("", reading).partition("#")[0]
