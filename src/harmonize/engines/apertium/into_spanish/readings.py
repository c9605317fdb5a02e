"""Which reading an English word has, where its neighbours leave no doubt and the tagger has.

To Apertium's tagger "The organizer answers calls from workers" are calls of answers.  Each rule
leaves one reading or leaves them all: the tagger must see no choice that it was not trained on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonize.engines.apertium.into_spanish.duties import (
    after_opening,
    as_verbs,
    in_person,
    joined_infinitives,
    opened,
    split_infinitives,
)
from harmonize.engines.apertium.into_spanish.questions import asked_to, inverted
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.surfaces import (
    GERUND,
    INFINITIVE,
    JOINS,
    PARTICIPLE,
    TO,
    Word,
    applied,
    at_place,
    begins_object,
    clause_start,
    is_finite,
    is_noun,
    words_of,
    written,
)

_THIRD = "<vblex><pri><p3><sg>"
_RELATIVES = frozenset("that which who".split())
_MODALS = frozenset("will would must should can could may might shall to".split())
_VERBAL = ("<vb", "<vaux>", "<vbmod>")
_ADJECTIVES_IN_ING = frozenset(
    "competing developing emerging existing following growing leading living operating ongoing "
    "outstanding remaining supporting trading training underlying working".split()
)
_GROWING = frozenset("emerging existing growing leading ongoing outstanding remaining".split())
_THINGS_AT_WORK = frozenset(
    "class conditions day days documents documentation environment environments english evidence "
    "families group groups hours knowledge language languages life materials men mothers parents "
    "people poor relationship relationships spanish week women".split()
)
_INCLUDE = frozenset(
    "after before include includes including involve involves involving when while".split()
)
_WHO_IS_HELPED = tuple(
    "<det> <adj> <n> <num> <np> <pr> <adv> <cnjcoo> <prn><obj> <prn><subj><p2>".split()
)
_WHOM = frozenset("me us them him you".split())
_HELP = frozenset("help helps helped helping".split())
_ON_TOPICS = frozenset(
    "advice article brief campaign conference course debate dialogue discussion guidance guide "
    "evaluation information law lecture legislation material policie policy presentation program "
    "programme publication report research seminar session studie study talk training "
    "workshop".split()
)
_TO_DO = frozenset(
    "ability able capacity commitment desire eager effort expected how opportunity passion "
    "patience ready required right willing willingness".split()
)
_QUALITIES = frozenset("engaging junior remaining senior".split())
_PREFERENCES = frozenset("preferred required desired needed".split())


def well_read(analysed: str, *, is_duty: bool = False, is_item: bool = False) -> str:
    """*analysed* (English, one text) with the readings that the rules of this module find.

    >>> well_read("^Tool/tool<n><sg>$ ^made/make<vblex><past>/make<vblex><pp>$ ^by/by<pr>$")
    '^Tool/tool<n><sg>$ ^made/make<vblex><pp>$ ^by/by<pr>$'
    """
    words, tail = words_of(analysed)
    if is_item or is_duty:
        words = as_verbs(words)
    if is_item and not is_duty:
        words = as_verbs(opened(words))
    return written(applied(_RULES, words, _NEEDS), tail)


def _perfects(words: list[Word]) -> list[Word]:
    """*have negotiated*, with an adverb or not, is no past."""
    made = list(words)
    for at, word in enumerate(made):
        if not word.may("<vbhaver>"):
            continue
        end = at + 1
        while at_place(made, end).must("<adv>", "<preadv>", "<prn>"):
            end += 1
        done = at_place(made, end)
        if done.may("<pp>") and not done.may("<adj>") and not done.may("<n>"):
            is_bare = at_place(made, at - 1).small in _MODALS
            bare = word.only("<vbhaver><inf>" if is_bare else "<vbhaver><pres>")
            made[at] = bare if len(bare.readings) == 1 else word.only("<vbhaver>")
            made[end] = done.only("<pp>")
    return made


def _participles(words: list[Word]) -> list[Word]:
    """*approved suppliers*, *complaints received through*: no past tense."""
    made = list(words)
    for at, word in enumerate(made):
        if not word.must("<vblex><past>", PARTICIPLE) or not word.may(PARTICIPLE):
            continue
        last, following = at_place(made, at - 1), at_place(made, at + 1)
        before_noun = is_noun(following) or (following.may("<adj>") and not following.may("<adv>"))
        is_bound = last.must("<pr>", "<adj>", "<num>", "<vblex>", "<det>")
        says_what = (is_bound or at == 0) and before_noun
        behind_noun = last.may("<n>") or last.may("<np>")
        if last.must("<cm>") and following.must("<pr>") and _is_said(made, at):
            made[at] = word.only(PARTICIPLE)
        if says_what or (behind_noun and _is_reduced(made, at, following)):
            made[at] = word.only(PARTICIPLE)
    return made


def _is_said(words: Sequence[Word], at: int) -> bool:
    """Whether the clause has its verb before *at*: "a team of nine, spread across four zones"."""
    said = words[clause_start(words, at) : at]
    has_verb = any(word.must("<vb") or word.may("<vaux>") for word in said)
    follows = at_place(words, at + 1).small in {"across", "among", "between", "over", "by", "in"}
    return has_verb and follows and not any(word.must("<pp>") for word in said)


def _is_reduced(words: Sequence[Word], at: int, following: Word) -> bool:
    """Whether a participle behind a noun says which: "records of complaints received by us"."""
    if following.small in {"by", "under"}:
        return True
    ends = following.must("<sent>", "<cm>", "<rpar>") or not following.readings
    if words[at].small in _PREFERENCES and ends:
        return True
    how_often = following.small in {"each", "every"}
    if not (following.must("<pr>", "<adv>") or ends or how_often):
        return False
    said = words[clause_start(words, at) : at]
    has_verb = any(is_finite(word) or word.must(INFINITIVE) for word in said)
    return has_verb and not any(word.small in _RELATIVES for word in said[-3:])


def _since(words: list[Word]) -> list[Word]:
    """*Since 2009*; *questions about* something."""
    made = list(words)
    for at, word in enumerate(made):
        following = at_place(made, at + 1)
        if word.small == "since" and (following.may("<num>") or following.surface[:1].isdigit()):
            made[at] = word.only("<pr>")
        if word.small == "about" and at_place(made, at - 1).may("<n>"):
            made[at] = word.only("<pr>")
    return made


def _gerunds(words: list[Word]) -> list[Word]:
    """*for managing grants*, *comfortable working alone*: no adjectives."""
    made = list(words)
    for at, word in enumerate(made):
        if not word.may(GERUND) or not word.may("<adj>"):
            continue
        last, following = at_place(made, at - 1), at_place(made, at + 1)
        leads = last.must("<pr>") or last.small in _INCLUDE
        if word.small in _ADJECTIVES_IN_ING:
            alone = following.must("<pr>", "<adv>", "<sent>", "<cm>") or following.small == "alone"
            of_work = following.small in _THINGS_AT_WORK or at_place(made, at + 2).small in (
                "conditions",
                "hours",
                "relationships",
            )
            doing = leads and word.small in {"working", "supporting", "leading"} and not of_work
            if doing or (alone and (leads or last.must("<adj>", "<adv>"))):
                made[at] = word.only(GERUND)
            if last.must("<vblex>", "<det>") and is_noun(following) and word.small in _GROWING:
                made[at] = word.only("<adj>")
        elif leads and (begins_object(following) or following.must("<pr>", "<cnjcoo>")):
            made[at] = word.only(GERUND)
    return made


def _gerund_lists(words: list[Word]) -> list[Word]:
    """*for managing grants, supporting partners, and preparing reports*: Spanish infinitives."""
    made = list(words)
    for at, word in enumerate(made):
        last = at_place(made, at - 1)
        if not word.may(GERUND) or not (last.must("<pr>") or last.small in _INCLUDE):
            continue
        chain = _chain(made, at + 1)
        if chain and made[chain[-1] - 1].must("<cnjcoo>"):
            for place in chain:
                gerund = made[place].only(GERUND)
                infinitive = gerund.readings[0].replace("<ger>", "<inf>")
                made[place] = gerund._replace(readings=(infinitive,))
            made[at] = word.only(GERUND)
    return made


def _chain(words: Sequence[Word], start: int) -> list[int]:
    """The places of the gerunds behind commas and "and", up to the first behind "and"."""
    found: list[int] = []
    for at in range(start, len(words)):
        if words[at].may("<sent>"):
            break
        joined = at_place(words, at - 1).must(*JOINS)
        goes_on = begins_object(at_place(words, at + 1)) or at_place(words, at + 1).must(
            "<pr>", "<prn>"
        )
        if joined and words[at].may(GERUND) and goes_on:
            found.append(at)
            if words[at - 1].must("<cnjcoo>"):
                break
    return found


def _third_persons(words: list[Word]) -> list[Word]:
    """*works* and *helps*: behind "that", behind a subject, and in one list with such a verb."""
    made = list(words)
    for at, word in enumerate(made):
        if not (word.may(_THIRD) and word.may("<n><pl>")):
            continue
        last, following = at_place(made, at - 1), at_place(made, at + 1)
        has_object = begins_object(following) or following.must("<prn>", "<adv>")
        goes_on = has_object or following.small in {"to", "with", "closely"}
        start = clause_start(made, at)
        said = made[start:at]
        named = said[max((n + 1 for n, w in enumerate(said) if w.must("<cm>")), default=0) :]
        has_said = any(is_finite(w) for w in said)
        after_subject = (
            _is_subject(said if has_said else named) and goes_on and not _verb_follows(made, at)
        )
        one_more = following.must("<cnjcoo>") and at_place(made, at + 2).must(_THIRD)
        in_list = last.must(*JOINS) and has_object and any(w.must(_THIRD) for w in said)
        in_list |= last.must("<cm>") and one_more
        behind_that = last.small in _RELATIVES and at_place(made, at - 2).may("<n>")
        opens = at == start and has_object and not following.may("<pl>") and len(made) < 16
        shows = opens and word.small in {"shows", "displays", "demonstrates", "takes", "works"}
        if behind_that or after_subject or in_list or shows:
            made[at] = word.only(_THIRD)
    return made


def _is_subject(said: Sequence[Word]) -> bool:
    """Whether the words of a sentence so far are a subject in the singular and nothing else."""
    if not said or any(word.must(*_VERBAL) for word in said):
        return False
    if any(word.must("<cm>", "<pr>", "<cnjcoo>", "<rel>") for word in said):
        return False
    is_named = said[0].must("<det>") or said[-1].may("<np>")
    return is_named and (said[-1].must("<n><sg>", "<np>") or said[-1].may("<n><sg>"))


def _verb_follows(words: Sequence[Word], at: int) -> bool:
    """Whether another verb than the word at *at* can be that of the clause."""
    for word in words[at + 1 :]:
        if word.must("<sent>", *JOINS) or word.must("<cnjsub>", "<rel>"):
            return False
        if word.must("<vbser>", "<vaux>") or word.must(_THIRD):
            return True
    return False


def _may_help(words: Sequence[Word], at: int) -> bool:
    """Whether the word at *at* still tells who is helped."""
    word = at_place(words, at)
    is_named = word.may("<n>") and at_place(words, at - 1).must("<det>")
    return is_named or word.must(*_WHO_IS_HELPED)


def _helped(words: list[Word]) -> list[Word]:
    """*help workers recover wages* is to help them *to* recover."""
    for at, word in enumerate(words):
        if word.small not in _HELP:
            continue
        end = at + 1
        while _may_help(words, end):
            if at_place(words, end).must(TO):
                return words
            end += 1
        verb = at_place(words, end)
        is_verb = verb.must("<vblex>") or at_place(words, end - 1).small in _WHOM
        is_verb |= at_place(words, end + 1).must("<det>")
        somebody = any(word.may("<n>") or word.may("<prn>") for word in words[at + 1 : end])
        if somebody and is_verb and verb.may(INFINITIVE):
            to = Word(" ", "to", (TO,))
            return [*words[:end], to, verb.only(INFINITIVE), *_helped(words[end + 1 :])]
    return words


def _nouns(words: list[Word]) -> list[Word]:
    """*a good understanding of*, *collaborative working*: nouns."""
    made = list(words)
    for at, word in enumerate(made):
        last, following = at_place(made, at - 1), at_place(made, at + 1)
        if not word.may(GERUND) or not (last.must("<det>") or last.may("<adj>")) or last.may("<vb"):
            continue
        whose = last.must("<det><pos>") and following.must("<pr>", "<sent>", "<cm>")
        if word.may("<n>") and (following.small == "of" or whose):
            made[at] = word.only("<n>")
        elif word.small == "working" and (
            following.must("<pr>", "<sent>") or not following.surface
        ):
            made[at] = word._replace(readings=("work<n><sg>",))
    return made


def _topics(words: list[Word]) -> list[Word]:
    """*workshops on wages* are about them."""
    return [
        word._replace(readings=("of<pr>",))
        if word.small == "on" and at_place(words, at - 1).small in {"committee", "commission"}
        else word._replace(readings=("about<pr>",))
        if word.small == "on" and at_place(words, at - 1).small.removesuffix("s") in _ON_TOPICS
        else word
        for at, word in enumerate(words)
    ]


def _qualities(words: list[Word]) -> list[Word]:
    """*the remaining months*, *two junior consultants*, *accessible and engaging*: adjectives."""
    made = list(words)
    for at, word in enumerate(made):
        last, following = at_place(made, at - 1), at_place(made, at + 1)
        says_which = word.small in _QUALITIES and (is_noun(following) or following.may("<num>"))
        bound = word.small == "subject" and following.must(TO) and not last.must("<det>", "<adj>")
        bound |= word.small == "subject" and last.small == "renewable"
        if word.small == "leave" and word.may("<n>") and last.must("<adj>"):
            made[at] = word.only("<n>")
        as_well = last.must("<cnjcoo>") and at_place(made, at - 2).must("<adj>")
        if word.may("<adj>") and (says_which or bound or (word.small == "engaging" and as_well)):
            made[at] = word.only("<adj>")
            if says_which and following.must("<num>"):  # "the eighteen remaining months"
                made[at], made[at + 1] = (
                    following._replace(before=word.before),
                    made[at]._replace(before=following.before),
                )
    return made


def _experience(words: list[Word]) -> list[Word]:
    """*experience managing relations*, where the two are a term: *in* managing them."""
    made: list[Word] = []
    for at, word in enumerate(words):
        last = at_place(words, at - 1)
        leads = at and last.small in {"experience", "comfort", "background"}
        if leads and word.may(GERUND) and word.must("<vblex>"):
            made[-1] = last.only("<n>")
            made.append(Word(" ", "in", ("in<pr>",)))
        made.append(word)
    return made


def _able_to(words: list[Word]) -> list[Word]:
    """*ability to lift*, *willing to travel*: behind these, *to* is followed by a verb."""
    return [
        word.only(INFINITIVE)
        if at_place(words, at - 1).must(TO) and at_place(words, at - 2).small in _TO_DO
        else word
        for at, word in enumerate(words)
    ]


_RULES: tuple[Callable[[list[Word]], list[Word]], ...] = (
    inverted,
    _experience,
    _perfects,
    split_infinitives,
    _nouns,
    _gerunds,
    _gerund_lists,
    _third_persons,
    after_opening,
    joined_infinitives,
    in_person,
    _helped,
    _participles,
    _since,
    _topics,
    _able_to,
    _qualities,
    asked_to,
)
_NEEDS = needs(
    {
        joined_infinitives: ["<inf>", {"<cm>", "<cnjcoo>"}],
        split_infinitives: ["<adv>", "<inf>"],
        _perfects: ["<vbhaver>"],
        _participles: ["<pp>"],
        _since: [{"since", "about"}],
        _gerunds: ["<ger>", "<adj>"],
        _gerund_lists: ["<ger>", "<cnjcoo>"],
        _third_persons: ["<pri>", "<pl>"],
        _helped: [_HELP],
        _nouns: ["<ger>"],
        _topics: ["on"],
        _able_to: [_TO_DO],
    }
)
