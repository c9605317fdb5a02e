"""Which reading an English word has, where its neighbours leave no doubt and the tagger has.

Apertium's tagger was trained on few texts and none like ours: "The organizer answers calls from
workers" are calls of answers to it.  These rules stand behind the analyser.  Each leaves one
reading or leaves them all, for the tagger must not see a choice that it was not trained on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from harmonize.engines.apertium_units import UNIT, analysed_unit, like

_TO = "to<pr>"
_INF, _PP, _GER = "<vblex><inf>", "<vblex><pp>", "<vblex><ger>"
_THIRD = "<vblex><pri><p3><sg>"
_ENDS = ("<sent>",)
_JOINS = ("<cm>", "<cnjcoo>")
_RELATIVES = frozenset("that which who".split())
_MODALS = frozenset("will would must should can could may might shall to".split())
_VERBAL = ("<vb", "<vaux>", "<vbmod>")
_OPENERS = frozenset(
    "address advocate aid attend audit brief broker build campaign champion coach compile conduct "
    "coordinate document draft ensure file flag foster handle help host increase influence inspect "
    "interview issue join lead maintain manage mentor monitor negotiate organise organize oversee "
    "plan process promote provide recruit represent review safeguard schedule seek share shape "
    "signpost staff submit supervise support survey tackle track train update visit write".split()
)
"""Verbs that open a duty, although the dictionary knows nouns that are spelt alike."""
_NOUNS_FIRST = frozenset("address audit campaign issue lead plan process staff support".split())
"""Of these, the ones that as often are the first noun of a compound ("support staff")."""
_NO_OBJECTS = frozenset(
    "ability activities areas arrangements committee costs details documents expenses experience "
    "fees hours knowledge management materials meeting meetings office officer officers person "
    "personnel policies process procedures requirements roles services skill skills staff systems "
    "team teams time visits work worker workers".split()
)
_ADJECTIVES_IN_ING = frozenset(
    "competing developing emerging existing following growing leading living operating ongoing "
    "outstanding remaining supporting trading training underlying working".split()
)
_THINGS_AT_WORK = frozenset(
    "class conditions day days documents documentation environment environments english evidence "
    "families group groups hours knowledge language languages life materials men mothers parents "
    "people poor relationship relationships spanish week women".split()
)
_INCLUDE = frozenset("include includes including involve involves involving".split())
_HELP = frozenset("help helps helped helping".split())
_PREFERENCES = frozenset("preferred required desired needed".split())


class Word(NamedTuple):
    """A unit behind the analyser: what stands before it, its surface, its readings."""

    before: str
    surface: str
    readings: tuple[str, ...]

    @property
    def small(self) -> str:
        """The surface in small letters."""
        return self.surface.lower()

    def may(self, tag: str) -> bool:
        """Whether some reading has *tag*."""
        return any(tag in reading for reading in self.readings)

    def must(self, *tags: str) -> bool:
        """Whether each reading has one of *tags*."""
        return bool(self.readings) and all(any(t in r for t in tags) for r in self.readings)

    def only(self, tag: str) -> Word:
        """With the first reading that has *tag*, if there is one."""
        kept = [reading for reading in self.readings if tag in reading]
        return self._replace(readings=(kept[0],)) if kept else self


def well_read(analysed: str, *, is_duty: bool = False, is_item: bool = False) -> str:
    """*analysed* (English, one text) with the readings that the rules of this module find.

    >>> well_read("^approved/approve<vblex><past>/approve<vblex><pp>$ ^by/by<pr>$ ^us/us<prn>$")
    '^approved/approve<vblex><pp>$ ^by/by<pr>$ ^us/us<prn>$'
    """
    words, tail = _words_of(analysed)
    if is_item and not is_duty:
        words = _opened(words)
    for rule in _RULES:
        words = rule(words)
    return "".join(w.before + analysed_unit(w.surface, w.readings) for w in words) + tail


def _words_of(stream: str) -> tuple[list[Word], str]:
    words: list[Word] = []
    done = 0
    for match in UNIT.finditer(stream):
        surface, *readings = match[1].split("/")
        words.append(Word(stream[done : match.start()], surface, tuple(readings)))
        done = match.end()
    return words, stream[done:]


_END = Word("", "", ("<sent>",))


def _at(words: Sequence[Word], at: int) -> Word:
    return words[at] if 0 <= at < len(words) else _END


def _clause(words: Sequence[Word], at: int) -> int:
    """Where the sentence of the word at *at* begins."""
    return next((n + 1 for n in range(at - 1, -1, -1) if words[n].may("<sent>")), 0)


def _is_finite(word: Word) -> bool:
    """Nothing but a verb, and no bare participle, gerund or infinitive."""
    return word.must("<vb", "<vaux>") and not word.must("<ger>", "<pprs>", "<pp>", "<subs>", "<inf>")


def _is_noun(word: Word) -> bool:
    return word.may("<n>") and not word.may("<det>")


def _begins_object(word: Word) -> bool:
    return word.may("<det>") or word.may("<adj>") or word.may("<n>") or word.may("<num>")


def _opened(words: list[Word]) -> list[Word]:
    """The verb that an item of a list begins with, though a noun is spelt alike."""
    first = _at(words, 0)
    if not first.may(_INF) or not first.may("<n>"):
        return words
    head = _head(words, 1)
    is_verb = _at(words, 1).must("<det>")
    if first.small in _OPENERS and head:
        doubtful = first.small in _NOUNS_FIRST
        is_verb |= not doubtful or (head.may("<pl>") and head.small not in _NO_OBJECTS)
    if first.small in _OPENERS and first.small not in _NOUNS_FIRST:
        is_verb |= _at(words, 1).must(*_JOINS) and _is_opener(_at(words, 2))
    return [first.only(_INF), *words[1:]] if is_verb else words


def _is_opener(word: Word) -> bool:
    return word.may(_INF) and (word.must("<vblex>") or word.small in _OPENERS)


def _head(words: Sequence[Word], start: int) -> Word | None:
    """The last noun of the words that stand together from *start* on."""
    head = None
    for word in words[start:]:
        if word.may("<gen>"):
            return Word("", "", ("<n><pl>",))  # "increase women's participation"
        if not (_is_noun(word) or word.may("<adj>") or word.may("<pp>")):
            break
        head = word if _is_noun(word) else head
    return head


def _perfects(words: list[Word]) -> list[Word]:
    """*have negotiated*, with an adverb or not, is no past."""
    made = list(words)
    for at, word in enumerate(made):
        if not word.may("<vbhaver>"):
            continue
        end = at + 1
        while _at(made, end).must("<adv>", "<preadv>", "<prn>"):
            end += 1
        done = _at(made, end)
        if done.may("<pp>") and not done.may("<adj>") and not done.may("<n>"):
            is_bare = _at(made, at - 1).small in _MODALS
            bare = word.only("<vbhaver><inf>" if is_bare else "<vbhaver><pres>")
            made[at] = bare if len(bare.readings) == 1 else word.only("<vbhaver>")
            made[end] = done.only("<pp>")
    return made


def _participles(words: list[Word]) -> list[Word]:
    """*approved suppliers*, *complaints received through*: no past tense."""
    made = list(words)
    for at, word in enumerate(made):
        if not word.must("<vblex><past>", _PP) or not word.may(_PP):
            continue
        last, following = _at(made, at - 1), _at(made, at + 1)
        before_noun = _is_noun(following) or (following.may("<adj>") and not following.may("<adv>"))
        is_bound = last.must("<pr>", "<adj>", "<num>", _GER, "<det>") or last.must(_INF)
        if (is_bound or at == 0) and before_noun:
            made[at] = word.only(_PP)
        elif last.may("<n>") and _is_reduced(made, at, following):
            made[at] = word.only(_PP)
    return made


def _is_reduced(words: Sequence[Word], at: int, following: Word) -> bool:
    """Whether a participle behind a noun says which: "records of complaints received by us"."""
    if following.small in {"by", "under"}:
        return True
    ends = following.must("<sent>", "<cm>", "<rpar>") or not following.readings
    if words[at].small in _PREFERENCES and ends:
        return True
    if not (following.must("<pr>", "<adv>") or ends):
        return False
    said = words[_clause(words, at) : at]
    has_verb = any(_is_finite(word) or word.must(_INF) for word in said)
    return has_verb and not any(word.small in _RELATIVES for word in said[-3:])


def _since(words: list[Word]) -> list[Word]:
    """*Since 2009*; *questions about* something."""
    made = list(words)
    for at, word in enumerate(made):
        following = _at(made, at + 1)
        if word.small == "since" and (following.may("<num>") or following.surface[:1].isdigit()):
            made[at] = word.only("<pr>")
        if word.small == "about" and _at(made, at - 1).may("<n>"):
            made[at] = word.only("<pr>")
    return made


def _gerunds(words: list[Word]) -> list[Word]:
    """*for managing grants*, *comfortable working alone*: no adjectives."""
    made = list(words)
    for at, word in enumerate(made):
        if not word.may(_GER) or not word.may("<adj>"):
            continue
        last, following = _at(made, at - 1), _at(made, at + 1)
        leads = last.must("<pr>") or last.small in _INCLUDE
        if word.small in _ADJECTIVES_IN_ING:
            alone = following.must("<pr>", "<adv>", "<sent>", "<cm>") or following.small == "alone"
            of_work = following.small in _THINGS_AT_WORK or _at(made, at + 2).small in (
                "conditions",
                "hours",
                "relationships",
            )
            if leads and word.small in {"working", "supporting", "leading"} and not of_work:
                made[at] = word.only(_GER)
            elif alone and (leads or last.must("<adj>", "<adv>")):
                made[at] = word.only(_GER)
        elif leads and (_begins_object(following) or following.must("<pr>", "<cnjcoo>")):
            made[at] = word.only(_GER)
    return made


def _gerund_lists(words: list[Word]) -> list[Word]:
    """*for managing grants, supporting partners, and preparing reports*: Spanish infinitives."""
    made = list(words)
    for at, word in enumerate(made):
        last = _at(made, at - 1)
        if not word.may(_GER) or not (last.must("<pr>") or last.small in _INCLUDE):
            continue
        chain = _chain(made, at + 1)
        if chain and made[chain[-1] - 1].must("<cnjcoo>"):
            for place in chain:
                gerund = made[place].only(_GER)
                infinitive = gerund.readings[0].replace("<ger>", "<inf>")
                made[place] = gerund._replace(readings=(infinitive,))
            made[at] = word.only(_GER)
    return made


def _chain(words: Sequence[Word], start: int) -> list[int]:
    """The places of the gerunds behind commas and "and", up to the first behind "and"."""
    found: list[int] = []
    for at in range(start, len(words)):
        if words[at].may("<sent>"):
            break
        joined = _at(words, at - 1).must(*_JOINS)
        goes_on = _begins_object(_at(words, at + 1)) or _at(words, at + 1).must("<pr>", "<prn>")
        if joined and words[at].may(_GER) and goes_on:
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
        last, following = _at(made, at - 1), _at(made, at + 1)
        has_object = _begins_object(following) or following.must("<prn>", "<adv>")
        goes_on = has_object or following.small in {"to", "with", "closely"}
        start = _clause(made, at)
        said = made[start:at]
        after_subject = _is_subject(said) and goes_on and not _verb_follows(made, at)
        in_list = last.must(*_JOINS) and has_object and any(w.must(_THIRD) for w in said)
        behind_that = last.small in _RELATIVES and _at(made, at - 2).may("<n>")
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
        if word.must("<sent>", *_JOINS) or word.must("<cnjsub>", "<rel>"):
            return False
        if word.must("<vbser>", "<vaux>") or word.must(_THIRD):
            return True
    return False


def _joined_infinitives(words: list[Word]) -> list[Word]:
    """*will work with us and travel to*, *manage funds, maintain records*: all infinitives."""
    made = list(words)
    for at in range(2, len(made)):
        word = made[at]
        if not word.may(_INF) or not made[at - 1].must(*_JOINS):
            continue
        verbs = [n for n in range(_clause(made, at), at) if made[n].must("<vblex>", "<vaux>")]
        if not verbs or not made[verbs[-1]].must(_INF):
            continue
        following = _at(made, at + 1)
        is_sure = word.must("<vblex>") or following.must("<det>") or following.must(_TO)
        strong = word.small in _OPENERS - _NOUNS_FIRST and _begins_object(following)
        if is_sure or strong:
            made[at] = word.only(_INF)
    return made


def _after_opening(words: list[Word]) -> list[Word]:
    """*In collaboration with the director, develop contacts*: as a duty begins."""
    if not _at(words, 0).must("<pr>"):
        return words
    for at, word in enumerate(words):
        if word.must(*_VERBAL) and not (word.must("<vblex>") and _at(words, at - 1).must("<cm>")):
            return words
        if word.must("<vblex>") and word.may(_INF):
            return [*words[:at], word.only(_INF), *words[at + 1 :]]
    return words


def _helped(words: list[Word]) -> list[Word]:
    """*help workers recover wages* is to help them *to* recover."""
    for at, word in enumerate(words):
        if word.small not in _HELP:
            continue
        end = at + 1
        while _at(words, end).must("<det>", "<adj>", "<n>", "<num>", "<np>", "<pr>", "<adv>", "<cnjcoo>"):
            if _at(words, end).must(_TO):
                return words
            end += 1
        verb = _at(words, end)
        if end > at + 1 and verb.must("<vblex>") and verb.may(_INF):
            to = Word(" ", "to", (_TO,))
            return [*words[:end], to, verb.only(_INF), *_helped(words[end + 1 :])]
    return words


def _split_infinitives(words: list[Word]) -> list[Word]:
    """*to effectively communicate*, *closely follow*: the adverb goes behind the verb."""
    made = list(words)
    for at in range(len(made) - 1):
        adverb, verb = made[at], made[at + 1]
        leads = at == 0 or made[at - 1].must(_TO)
        if leads and adverb.must("<adv>") and adverb.small.endswith("ly") and verb.may(_INF):
            if _at(made, at + 2).must("<pr>"):
                continue  # "to effectively contribute to": the preposition belongs to the verb
            first = verb.only(_INF)
            lemma = like(adverb.surface, first.readings[0])
            made[at] = Word(adverb.before, like(adverb.surface, verb.surface), (lemma,))
            small = tuple(reading[:1].lower() + reading[1:] for reading in adverb.readings)
            made[at + 1] = Word(verb.before, adverb.small, small)
    return made


def _nouns(words: list[Word]) -> list[Word]:
    """*a good understanding of*, *collaborative working*: nouns."""
    made = list(words)
    for at, word in enumerate(made):
        last, following = _at(made, at - 1), _at(made, at + 1)
        if not word.may(_GER) or not (last.must("<det>") or last.may("<adj>")) or last.may("<vb"):
            continue
        if word.may("<n>") and following.small == "of":
            made[at] = word.only("<n>")
        elif word.small == "working" and (following.must("<pr>", "<sent>") or not following.surface):
            made[at] = word._replace(readings=("work<n><sg>",))
    return made


_RULES: tuple[Callable[[list[Word]], list[Word]], ...] = (
    _perfects,
    _split_infinitives,
    _nouns,
    _gerunds,
    _gerund_lists,
    _third_persons,
    _after_opening,
    _joined_infinitives,
    _helped,
    _participles,
    _since,
)
