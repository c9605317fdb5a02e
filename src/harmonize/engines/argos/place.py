"""Where a term belongs in a translation that lacks it, and in which form it goes there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from harmonize.engines.argos.decode import Loss
from harmonize.engines.inflect import english as english_forms
from harmonize.glossary import Match, english, in_english, inflect, own_number, spanish
from harmonize.glossary.agree import (
    Agreement,
    Placed,
    agreement_of,
    introduces_noun,
    is_adjective,
    is_determiner,
    is_verb,
    person_gender,
    place_english,
    place_spanish,
)
from harmonize.glossary.inflect import head
from harmonize.glossary.match import case_of
from harmonize.glossary.model import Language
from harmonize.glossary.tables import tables

Span = tuple[int, int]

LEAST_LOSS = 0.3
"""Nats.  What loses less does not depend on the term."""

NEIGHBOUR = 0.25
"""Share of the highest loss from which on words beside it belong to the same rendering: as many as
the term has.  To take too little leaves a modifier; to take too much loses a word."""

CLEAR = 1.5
"""How many times likelier than any other word the rendering must be."""

FAR = 3.0
"""How fast a word becomes unlikely with its distance from where the term stands in its text."""

UNLIKE = 0.3
"""What a word of another number counts for."""

STEM = 4
"""Letters by which words are told apart, so that agreement changes none."""

_ITS_OBJECT = re.compile(r" (?:them|it|us|him|her|you|me)\b")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")
_LINKS = frozenset({"", "de", "del", "of", "for"})
_ECHO_LINKS = _LINKS | {"para", "por"}
_COORDINATORS = {"y", "e", "and"}
_INFINITIVE = re.compile(r"[aei]r(?:se)?$")
_MARK = re.compile(r"['’]s?(?!\w)")


class Sought(NamedTuple):
    """A term of *source* whose rendering is looked for in a translation, *text*."""

    match: Match
    source: str
    text: str
    language: Language


def rendering(sought: Sought, losses: Sequence[Loss], taken: Iterable[Span]) -> Span | None:
    """Where the rendering stands that the *losses* of the translation's words show.

    What is *taken* by other terms is none of it; None where no word depends on the term enough.

    >>> from harmonize.glossary import Entry
    >>> match = Match(7, 12, "union", Entry(en="union", es="gremio"), "sg", "", "lower", False)
    >>> words = [Loss(0, 5, 0.2), Loss(6, 8, 1.5), Loss(9, 18, 6.0), Loss(19, 27, 3.1)]
    >>> sought = Sought(match, "Form a union", "Forma el sindicato agrícola", "es")
    >>> rendering(sought, words, [])
    (9, 18)
    >>> rendering(sought, words, [(0, 27)]) is None
    True
    """
    free = [each for each in losses if not any(_overlap(each, span) for span in taken)]
    content = [each for each in free if _carries(sought, each)]
    scores = {each: each.loss * _likelihood(sought, each) for each in content}
    heads = [each for each in content if _can_be_head(sought, each)]
    peak = max(heads, key=lambda each: scores[each], default=None)
    if peak is None or peak.loss < LEAST_LOSS:
        return None
    run = _with_echo(sought, [peak], content)
    for _ in range(_content_words(sought) - len(run)):
        others = [each for each in content if each not in run and not _is_finite(sought, each)]
        beside = [each for each in others if _is_beside(sought, each, run)]
        best = max(beside, key=lambda each: each.loss, default=None)
        if best and best.loss >= NEIGHBOUR * peak.loss:
            run = sorted([*run, best])
    # A verb or an adjective that is far likelier says the same in its own way: no noun fits there.
    bars = {each: scores[peak] * (1 / CLEAR if each in heads else CLEAR) for each in content}
    if any(scores[each] > bars[each] for each in content if each not in run):
        return None
    return run[0].start, run[-1].end


def _with_echo(sought: Sought, run: list[Loss], content: Sequence[Loss]) -> list[Loss]:
    """*run* and what stands beside it of the term's own words: *convenio* colectivo."""
    words = sought.match.entry.term(sought.language).lower().split()
    own = {word[:STEM] for word in words}
    links = _ECHO_LINKS | _COORDINATORS.intersection(words)
    for each in (*content, *reversed(content)):
        stem = sought.text[each.start : each.start + STEM].lower()
        if stem in own and each not in run and _is_beside(sought, each, run, links):
            run = sorted([*run, each])
    return run


def _content_words(sought: Sought) -> int:
    """How many words of the term carry meaning."""
    small = tables("en" if sought.language == "es" else "es")["function_words"]
    return sum(word not in small for word in sought.match.text.lower().split())


def _is_beside(
    sought: Sought, word: Loss, run: Sequence[Loss], links: frozenset[str] = _LINKS
) -> bool:
    """Whether *word* and *run* can be one phrase: *junta* de la *cooperativa*."""
    between = sought.text[word.end : run[0].start] or sought.text[run[-1].end : word.start]
    first, *others = between.lower().split() or [""]
    return first in links and all(map(is_determiner, others))


def _is_finite(sought: Sought, word: Loss) -> bool:
    """Whether a word is a Spanish verb: it belongs to no noun's rendering."""
    return sought.language == "es" and is_verb(sought.text[word.start : word.end])


def _overlap(loss: Loss, span: Span) -> bool:
    return loss.start < span[1] and span[0] < loss.end


def _likelihood(sought: Sought, word: Loss) -> float:
    """How well a word fits by what it is and where it stands, apart from what it loses."""
    here = (word.start + word.end) / (2 * len(sought.text))
    there = (sought.match.start + sought.match.end) / (2 * len(sought.source))
    unlike = UNLIKE if _has_another_number(sought, word) else 1.0
    return unlike * math.exp(-FAR * abs(here - there))


def _has_another_number(sought: Sought, word: Loss) -> bool:
    noun = sought.text[word.start : word.end].lower()
    plural = spanish.is_plural(noun) if sought.language == "es" else english.is_plural(noun)
    return sought.match.entry.pos == "noun" and sought.match.number == ("sg" if plural else "pl")


def _can_be_head(sought: Sought, word: Loss) -> bool:
    """Whether a term can stand in the word's place: a noun not in that of a verb or adjective."""
    if sought.language == "en" or sought.match.entry.pos != "noun":
        return True
    shown = sought.text[word.start : word.end]
    before = _WORD_BEFORE.search(sought.text[: word.start])
    if before and introduces_noun(before[1]):
        return not (is_verb(shown) and _INFINITIVE.search(shown))
    old = agreement_of(sought.text, *before.span(1)) if before else None
    return not is_verb(shown) and not (old and is_adjective(shown, old))


def _carries(sought: Sought, word: Loss) -> bool:
    shown = sought.text[word.start : word.end].lower()
    return not is_determiner(shown) and shown not in tables(sought.language)["function_words"]


def placed(match: Match, text: str, span: Span, target: Language) -> Placed | None:
    """The term of *match* in the place of *span*; None where no form of it fits there.

    >>> from harmonize.glossary import Entry
    >>> guild = Entry(en="trade union", es="asociación gremial")
    >>> match = Match(0, 12, "trade unions", guild, "pl", "", "lower", False)
    >>> placed(match, "Habla con los sindicatos agrarios.", (14, 24), "es").text
    'Habla con las asociaciones gremiales agrarias.'
    """
    return _in_spanish(match, text, span) if target == "es" else _in_english(match, text, span)


def _in_spanish(match: Match, text: str, span: Span) -> Placed | None:
    entry = match.entry
    if entry.status == "keep":
        return Placed(text[: span[0]], match.text, text[span[1] :])
    if entry.pos in ("verb", "phrase"):
        old_word = text[slice(*span)]
        fits = entry.pos == "verb" and " " not in entry.es + old_word
        return _as_it_is(entry.es, text, span) if fits and _INFINITIVE.search(old_word) else None
    if entry.pos == "adj":
        old = _noun_beside(text, span)
        return _as_it_is(inflect(entry, old.number, old.gender), text, span)
    new = _agreement(match, person_gender(text, span))
    form = inflect(entry, new.number, new.gender) if entry.pos == "noun" else entry.es
    return place_spanish(text, span, _cased(form, text, span), new)


def _noun_beside(text: str, span: Span) -> Agreement:
    """What the noun before an adjective asks of it; the adjective itself where there is none."""
    before = _WORD_BEFORE.search(text[: span[0]])
    at = before.span(1) if before and not introduces_noun(before[1]) else span
    return agreement_of(text, *at)


def _agreement(match: Match, person: str) -> Agreement:
    """Number from the source, gender from the entry; from the sentence where it has both."""
    entry = match.entry
    plural = "pl" in (match.number, own_number(entry, "es")) and entry.pos == "noun"
    known = entry.gender or spanish.gender_of(head(entry.es).lower())
    gender = (match.gender or person) if known == "mf" else known
    return Agreement("f" if gender == "f" else "m", "pl" if plural else "sg")


def _in_english(match: Match, text: str, span: Span) -> Placed | None:
    entry = match.entry
    if entry.status == "keep":
        return Placed(text[: span[0]], match.text, text[span[1] :])
    if entry.pos == "verb":
        form = _english_verb(match, text[slice(*span)])
        return _as_it_is(form, text, span) if form else None
    if entry.pos == "phrase" or _ITS_OBJECT.match(text, span[1]):
        return None
    if entry.pos == "adj":
        return _as_it_is(entry.en, text, span)
    number = "pl" if "pl" in (match.number, own_number(entry, "en")) else "sg"
    mark = _MARK.match(text, span[1])
    form = in_english(entry, number, possessive=mark is not None)
    span = (span[0], mark.end()) if mark else span
    return place_english(text, span, _cased(form, text, span), is_plural=number == "pl")


def _english_verb(match: Match, old: str) -> str | None:
    """The base form for an infinitive, and for one that was made a gerund: "by reporting"."""
    if not _INFINITIVE.search(match.text.split()[0].lower()):
        return None
    form = "<vblex><ger>" if old.endswith("ing") else "<vblex><inf>"
    return english_forms(match.entry.en.removeprefix("to "), "verb").get(form)


def _as_it_is(form: str, text: str, span: Span) -> Placed:
    return Placed(text[: span[0]], _cased(form, text, span), text[span[1] :])


def _cased(form: str, text: str, span: Span) -> str:
    """*form* with the capitals of what it replaces; an acronym's are its own."""
    old = text[slice(*span)]
    begins = not any(map(str.isalpha, text[: span[0]]))
    if text.isupper():
        return form.upper()
    if case_of(old) == "title" and " " in old and form.islower():
        return " ".join(word[:1].upper() + word[1:] for word in form.split(" "))
    capital = old[:1].isupper() and (begins or not old.isupper())
    return form[:1].upper() + form[1:] if capital else form
