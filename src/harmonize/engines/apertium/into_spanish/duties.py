"""Verbs with which English duties begin or go on, though nouns are spelt alike.

"Support small-scale farmers", "manage funds, monitor budgets", "will work here and travel there".
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.surfaces import (
    INFINITIVE,
    JOINS,
    TO,
    Word,
    at_place,
    begins_object,
    clause_start,
    is_noun,
)
from harmonize.engines.apertium.units import like

_VERBAL = ("<vb", "<vaux>", "<vbmod>")
_OPENERS = frozenset(
    "address advocate aid answer attend audit book brief broker build campaign champion coach "
    "commission compile conduct coordinate design document draft ensure file flag foster "
    "handle help host increase influence inspect interview issue join lead maintain manage "
    "mentor monitor negotiate organise organize oversee plan process promote provide recruit "
    "represent review safeguard schedule seek shape share signpost staff submit supervise "
    "support survey tackle track train update visit write".split()
)
"""Verbs that open a duty, although the dictionary knows nouns that are spelt alike."""
_NOUNS_FIRST = frozenset(
    "address audit campaign design issue lead plan process staff support".split()
)
"""Of these, the ones that as often are the first noun of a compound ("support staff")."""
_NO_OBJECTS = frozenset(
    "ability activities areas arrangements committee costs details documents expenses experience "
    "fees hours knowledge management materials meeting meetings office officer officers person "
    "personnel policies process procedures requirements roles services skill skills staff systems "
    "team teams time visits work worker workers".split()
)


_UNKNOWN_VERBS = frozenset("aid bargain flag foster grade host mentor recruit survey".split())
"""Openers that Apertium knows only as nouns or adjectives; our list of words has the verbs."""


def as_verbs(words: list[Word]) -> list[Word]:
    """The verbs that the analyser does not know, where a sentence begins or "and" joins them."""
    return [
        word._replace(readings=(f"{like(word.surface, word.small)}{INFINITIVE}",))
        if word.small in _UNKNOWN_VERBS and _may_open(words, at)
        else word
        for at, word in enumerate(words)
    ]


def _may_open(words: Sequence[Word], at: int) -> bool:
    last, following = at_place(words, at - 1), at_place(words, at + 1)
    one_more = following.must(*JOINS) and at_place(words, at + 2).may(INFINITIVE)
    goes_on = begins_object(following) or (at == 0 and following.must(*JOINS)) or one_more
    behind_verb = any(word.must("<vblex>") for word in words[clause_start(words, at) : at])
    return goes_on and (at == 0 or last.must(TO) or (last.must(*JOINS) and behind_verb))


def opened(words: list[Word]) -> list[Word]:
    """The verb that an item of a list begins with, though a noun is spelt alike."""
    first = at_place(words, 0)
    if not first.may(INFINITIVE) or not first.may("<n>"):
        return words
    head = _head(words, 1)
    is_verb = at_place(words, 1).must("<det>")
    if first.small in _OPENERS and head:
        doubtful = first.small in _NOUNS_FIRST
        is_verb |= not doubtful or (head.may("<pl>") and head.small not in _NO_OBJECTS)
    if first.small in _OPENERS and first.small not in _NOUNS_FIRST:
        is_verb |= at_place(words, 1).must(*JOINS) and _is_opener(at_place(words, 2))
    return [first.only(INFINITIVE), *words[1:]] if is_verb else words


def _is_opener(word: Word) -> bool:
    return word.may(INFINITIVE) and (word.must("<vblex>") or word.small in _OPENERS)


def _head(words: Sequence[Word], start: int) -> Word | None:
    """The last noun of the words that stand together from *start* on."""
    head = None
    for word in words[start:]:
        if word.may("<gen>"):
            return Word("", "", ("<n><pl>",))  # "increase women's participation"
        if not (is_noun(word) or word.may("<adj>") or word.may("<pp>")):
            break
        head = word if is_noun(word) else head
    return head


def joined_infinitives(words: list[Word]) -> list[Word]:
    """*will work with us and travel to*, *manage funds, maintain records*: all infinitives."""
    made = list(words)
    for at in range(2, len(made)):
        word = made[at]
        if not word.may(INFINITIVE) or not made[at - 1].must(*JOINS):
            continue
        verbs = [n for n in range(clause_start(made, at), at) if made[n].must("<vblex>", "<vaux>")]
        if not verbs or not made[verbs[-1]].must(INFINITIVE):
            continue
        following = at_place(made, at + 1)
        is_sure = word.must("<vblex>") or following.must("<det>") or following.must(TO)
        goes_on = begins_object(following) or following.must(*JOINS)
        if is_sure or (word.small in _OPENERS - _NOUNS_FIRST and goes_on):
            made[at] = word.only(INFINITIVE)
    return made


def in_person(words: list[Word]) -> list[Word]:
    """*We help workers, train leaders and audit factories*: verbs, as the first one is."""
    made = list(words)
    for at in range(2, len(made)):
        word = made[at]
        strong = word.small in _OPENERS and begins_object(at_place(made, at + 1))
        if not strong or not word.may("<vblex><pres>") or not made[at - 1].must(*JOINS):
            continue
        said = made[clause_start(made, at) : at]
        subject = next((n for n, each in enumerate(said) if each.small in {"we", "they"}), None)
        if subject is None or any(each.must("<cnjsub>", "<rel>") for each in said):
            continue
        verb = said[subject + 1] if subject + 1 < len(said) else word
        if verb.may("<vblex>") and not any(each.must(TO) for each in said[subject:]):
            made[at] = word.only("<vblex><pres>")
    return made


def after_opening(words: list[Word]) -> list[Word]:
    """*In collaboration with the director, develop contacts*: as a duty begins."""
    if not at_place(words, 0).must("<pr>"):
        return words
    for at, word in enumerate(words):
        if word.must(*_VERBAL) and not (
            word.must("<vblex>") and at_place(words, at - 1).must("<cm>")
        ):
            return words
        if word.must("<vblex>") and word.may(INFINITIVE):
            return [*words[:at], word.only(INFINITIVE), *words[at + 1 :]]
    return words


def split_infinitives(words: list[Word]) -> list[Word]:
    """*to effectively communicate*, *closely follow*: the adverb goes behind the verb."""
    made = list(words)
    for at in range(len(made) - 1):
        adverb, verb = made[at], made[at + 1]
        leads = at == 0 or made[at - 1].must(TO)
        if leads and adverb.must("<adv>") and adverb.small.endswith("ly") and verb.may(INFINITIVE):
            if at_place(made, at + 2).must("<pr>"):
                continue  # "to effectively contribute to": the preposition belongs to the verb
            first = verb.only(INFINITIVE)
            lemma = like(adverb.surface, first.readings[0])
            made[at] = Word(adverb.before, like(adverb.surface, verb.surface), (lemma,))
            small = tuple(reading[:1].lower() + reading[1:] for reading in adverb.readings)
            made[at + 1] = Word(verb.before, adverb.small, small)
    return made
