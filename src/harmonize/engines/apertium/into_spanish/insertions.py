"""What English leaves out and Spanish says, when each word has its reading.

"Ensure data are safe" is to ensure *that* they are; "the way they work" is that *in which*; "have
met them and helped" is to *have* helped.  And a wall between what Apertium's transfer would turn
about: of "valid passport and access" it makes *acceso y pasaporte válidos*.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from harmonize.engines.apertium.surfaces import Word, at_place, is_finite
from harmonize.engines.apertium.units import TERM_CODE

WALL = "¦"
"""The lemma of a unit that only keeps apart what stands on its two sides."""

_ENSURE = frozenset("ensure ensures ensuring ensured guarantee guarantees guaranteeing".split())
_PHRASE = (
    "<n>",
    "<np>",
    "<det>",
    "<adj>",
    "<num>",
    "<gen>",
    "<pr>",
    "<cnjcoo>",
    "<prn>",
    "<predet>",
)
_THAT = Word(" ", "that", ("that<cnjsub>",))
_IN_WHICH = (Word(" ", "in", ("in<pr>",)), Word(" ", "which", ("which<rel><an><mf><sp>",)))


def said_in_full(words: list[Word]) -> list[Word]:
    """*words* (English, one reading for each) with the rules of this module.

    >>> from harmonize.engines.apertium.surfaces import words_of
    >>> stream = "^good/good<adj>$ ^pay/pay<n><sg>$ ^and/and<cnjcoo>$ ^food/food<n><sg>$"
    >>> [word.surface for word in said_in_full(words_of(stream)[0])]
    ['good', 'pay', '¦', 'and', 'food']
    """
    there = {word.small for word in words}
    for rule, signs in _RULES:
        if not there.isdisjoint(signs):
            words = rule(words)
    return words


def _that(words: list[Word]) -> list[Word]:
    """*ensure data are safe*: that they are."""
    made: list[Word] = []
    told = -1
    for at, word in enumerate(words):
        made.append(_finite(word) if at == told else word)
        if word.small in _ENSURE and word.must("<vblex>") and _is_clause(words, at + 1):
            told = _verb(words, at + 1)
            made.append(_THAT)
    return made


def _finite(verb: Word) -> Word:
    return verb._replace(readings=tuple(r.replace("<inf>", "<pres>") for r in verb.readings))


def _verb(words: Sequence[Word], start: int) -> int:
    """The place behind the noun phrase that begins at *start*."""
    at = start
    while at_place(words, at).must(*_PHRASE) and not at_place(words, at).must("<rel>", "to<pr>"):
        at += 1
    return at


def _is_clause(words: Sequence[Word], start: int) -> bool:
    """Whether a noun phrase begins at *start* and its verb follows it."""
    at = _verb(words, start)
    begins = at_place(words, start).must(
        "<n>", "<det>", "<adj>", "<np>", "<num>", "<prn><subj>", "<predet>"
    )
    verb = at_place(words, at)
    return begins and at > start and (is_finite(verb) or verb.must("<vblex><inf>"))


def _in_which(words: list[Word]) -> list[Word]:
    """*the way supervisors treat them* is that in which they do."""
    made: list[Word] = []
    for at, word in enumerate(words):
        made.append(word)
        following = at_place(words, at + 1)
        is_way = word.small in {"way", "ways"} and at_place(words, at - 1).must("<det>")
        begins = following.must("<det>", "<n>", "<np>", "<prn><subj>")
        if is_way and begins and _is_clause(words, at + 1):
            made += _IN_WHICH
    return made


def _have(words: list[Word]) -> list[Word]:
    """*have recovered wages and helped workers*: the second verb has its *have*, too."""
    made: list[Word] = []
    have: Word | None = None
    for at, word in enumerate(words):
        done = at_place(words, at + 1).must("<vblex><pp>") or (
            at_place(words, at + 1).must("<adv>") and at_place(words, at + 2).must("<vblex><pp>")
        )
        if word.must("<vbhaver>") and is_finite(word) and done:
            have = word
        kept = have
        if word.must("<sent>", "<rel>", "<cnjsub>", "<cnjadv>") or (
            is_finite(word) and not word.must("<vbhaver>")
        ):
            have = None
        joined = at and words[at - 1].must("<cnjcoo>") and word.must("<vblex><pp>", "<vblex><past>")
        if kept and joined and _done(word):
            have = kept
            made.append(have._replace(before=" ", surface=have.small))
            made.append(_done(word))
        else:
            made.append(word)
    return made


def _done(word: Word) -> Word:
    return word._replace(readings=tuple(r.replace("<past>", "<pp>") for r in word.readings))


def _walls(words: list[Word]) -> list[Word]:
    """*valid passport and access to a car*: the adjective belongs to the first."""
    made: list[Word] = []
    for at, word in enumerate(words):
        behind = at and words[at - 1].must("<n>") and not words[at - 1].must("<gen>")
        if behind and word.must("<cnjcoo>") and at_place(words, at + 1).must("<n>"):
            start = at - 1
            while start and words[start - 1].must("<n>"):
                start -= 1
            alike = start == at - 1 and at_place(words, at + 2).must("<n>")  # they share a head
            if start and words[start - 1].must("<adj>") and not alike:
                made.append(Word("", WALL, (WALL + "<cm>",)))
        made.append(word)
    return made


def _stacks(words: list[Word]) -> list[Word]:
    """*a communications assistant*, *a women's programme*: what only says which is no plural.

    Transfer would give the article, and the adjectives, the number of the first noun.
    """
    made: list[Word] = []
    for at, word in enumerate(words):
        following, later = at_place(words, at + 1), at_place(words, at + 2)
        last = at_place(words, at - 1)
        if word.must("<gen>") and made and made[-1].must("<n><sg>") and words[at - 1].must("<pl>"):
            continue
        counted = last.must("<det><ind><sg>") or last.small == "one"
        is_term = bool(TERM_CODE.fullmatch(word.small)) or word.small.endswith("rights")
        stacked = counted and word.must("<n><pl>") and following.must("<n>") and not is_term
        one = last.must("<det><ind><sg>") and word.must("<n><pl>") and following.must("<gen>")
        if stacked or (one and later.must("<n>", "<adj>")):
            made.append(_one(word))
        else:
            made.append(word)
    return made


def _one(word: Word) -> Word:
    return word._replace(readings=tuple(r.replace("<pl>", "<sg>") for r in word.readings))


_RULES: tuple[tuple[Callable[[list[Word]], list[Word]], Collection[str]], ...] = (
    (_that, _ENSURE),
    (_in_which, ("way", "ways")),
    (_have, ("have", "has", "had")),
    (_stacks, ("a", "an", "one")),
    (_walls, ("and", "or")),
)
"""The rules, each with the words of which one must be there."""
