"""Which reading an English word has, chosen by a model of its neighbours.

Apertium's own tagger was trained on few texts: "agree on a plan which reflects" is *planear* to
it.  Here an averaged perceptron scores the readings of each word by what stands around it, from
left to right.  Its weights, `data/readings.xz`, are made by
`scripts/train_readings.py`; what it was trained on stands in docs/architecture.md.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from harmonize.engines.apertium.surfaces import Word, words_of, written
from harmonize.engines.apertium.tables import DATA
from harmonize.engines.apertium.units import HELD

TABLE = "readings.xz"


class Weights(NamedTuple):
    """How much each feature speaks for which tags: ``"3:12 7:-5"``, by the tags' numbers."""

    numbers: Mapping[str, str]
    of: Mapping[str, str]


_NONE = ("", "", "")
_ING = ("<ger>", "<subs>", "<pprs>")


_FINITE = ("<pri><p3><sg>", "<pres>", "<past>", "<past><p1><sg>", "<past><p3><sg>")
_NO_INFINITIVE = (*_FINITE, "<inf>")
_BARRED: dict[str, tuple[str, ...]] = {
    "<det><def>": _NO_INFINITIVE,
    "<det><pos>": _NO_INFINITIVE,
    "<det><ind><sg>": _NO_INFINITIVE,
    "<pr>": _NO_INFINITIVE,
    "<vbser>": _NO_INFINITIVE,
    "<vbhaver>": ("<past>", "<pres>", "<pri><p3><sg>"),
}
"""Which verbs do not stand behind what."""


def chosen(analysed: str) -> str:
    """*analysed* (English, behind the analyser) with one reading for each word.

    >>> chosen("^They/prpers<prn><subj><p3><mf><pl>$ ^plan/plan<n><sg>/plan<vblex><pres>$")
    '^They/prpers<prn><subj><p3><mf><pl>$ ^plan/plan<vblex><pres>$'
    """
    words, tail = words_of(analysed)
    tags = best_tags(words, weights())
    kept = (
        next((each for each in word.readings if tags_of(each) == tag), "")
        for word, tag in zip(words, tags, strict=True)
    )
    read = (
        Word(word.before, word.surface, (reading,)) if reading else word
        for word, reading in zip(words, kept, strict=True)
    )
    return written(read, tail)


def best_tags(words: Sequence[Word], weights: Weights) -> list[str]:
    """The likeliest tags of each word, from left to right."""
    found: list[str] = []
    seen = context(words)
    for at, word in enumerate(words):
        choice = _possible(_choice(word.readings), words, at, found)
        if len(choice) > 1:
            scores = _scores(features(seen, at, found), weights)
            choice = [max(choice, key=lambda tag: scores[weights.numbers.get(tag, "")])]
        found.append(choice[0] if choice else "")
    return found


@lru_cache(HELD)
def _choice(readings: tuple[str, ...]) -> Sequence[str]:
    """The different tags among *readings*."""
    return tuple(dict.fromkeys(map(tags_of, readings)))


def _possible(
    choice: Sequence[str], words: Sequence[Word], at: int, found: Sequence[str]
) -> Sequence[str]:
    """The tags that neighbours allow: no finite verb behind an article, none behind *to*."""
    word = words[at]
    if len(choice) == 1 or not word.may("<v"):
        return choice
    last = _no_adverb(found)
    if last.startswith("<vaux>") or (at and words[at - 1].small == "to" and word.may("<inf>")):
        barred: tuple[str, ...] = _FINITE
    else:
        barred = next((tags for start, tags in _BARRED.items() if last.startswith(start)), ())
    kept = [each for each in choice if not (each.startswith("<vb") and each.endswith(barred))]
    if at and words[at - 1].small == "who" and found[at - 1].startswith(("<rel>", "<prn><itg>")):
        kept = [each for each in kept if each.startswith("<v")]
    if word.may("<past>") and word.may("<pp>") and _did(words, at, last):
        kept = [each for each in kept if "<past>" in each]
    elif word.may("<past>") and word.may("<pp>") and _is_of_something(words, at):
        kept = [each for each in kept if "<past>" not in each]
    if word.may("<adj>") and at + 1 < len(words) and words[at + 1].must("<det><def>", "<det><pos>"):
        kept = [each for each in kept if not each.startswith("<adj>")]
    if word.may("<vbhaver>") and word.may("<vblex>"):
        has = "<vbhaver>" if _has_done(words, at) else "<vblex>"
        kept = [each for each in kept if each.startswith(has)]
    return kept or choice


def _did(words: Sequence[Word], at: int, last: str) -> bool:
    """Whether something was done to what follows: "The members elected a board"."""
    follows = at + 1 < len(words) and words[at + 1].must("<det>")
    behind_noun = last.startswith(("<n>", "<np>"))
    finite = ("<vbser>", "<vaux>", "<vbhaver>", "<vblex><pri>")
    return follows and behind_noun and not any(word.must(*finite) for word in words)


def _is_of_something(words: Sequence[Word], at: int) -> bool:
    """Whether a participle ends a phrase behind a preposition: "the time of families visited"."""
    ends = at + 1 >= len(words) or words[at + 1].must("<sent>", "<cm>", "<pr>")
    start = at - 1
    while start > 0 and words[start].must("<n>", "<adj>", "<det>", "<num>"):
        start -= 1
    return ends and start < at - 1 and words[start].must("<pr>") and not words[start].must("to<pr>")


def _has_done(words: Sequence[Word], at: int) -> bool:
    """Whether *have* at *at* is followed by a participle: "have they all been seen"."""
    for word in words[at + 1 : at + 5]:
        if word.may("<pp>"):
            return True
        if not word.may("<adv>") and not word.may("<prn>"):
            return False
    return False


def _scores(found: Iterable[str], weights: Weights) -> Mapping[str, int]:
    """The sum of the weights for each number of tags."""
    scores: defaultdict[str, int] = defaultdict(int)
    for said in filter(None, map(weights.of.get, found)):
        for number, weight in _said(said):
            scores[number] += weight
    return scores


@lru_cache(HELD)
def _said(weights: str) -> Sequence[tuple[str, int]]:
    """What a feature says: the numbers of tags, each with its weight."""
    pairs = (pair.partition(":") for pair in weights.split())
    return tuple((number, int(weight)) for number, _, weight in pairs)


@lru_cache(HELD)
def tags_of(reading: str) -> str:
    """The tags of a reading, without lemma and without what is joined to it.

    >>> tags_of("look<vblex><ger># for"), tags_of("do<vbdo><pres>+not<adv>")
    ('<vblex><ger>', '<vbdo><pres>')
    """
    _, bracket, tags = reading.partition("<")
    return bracket + tags.partition("#")[0].partition("+")[0]


def context(words: Sequence[Word]) -> list[tuple[str, str, str]]:
    """For each word its small letters, the tags that it may have, and its ending."""
    return [(word.small, _all_short(word.readings), word.small[-3:]) for word in words]


@lru_cache(HELD)
def _all_short(readings: tuple[str, ...]) -> str:
    return "/".join(sorted({_short(each) for each in readings}))


def _short(reading: str) -> str:
    return tags_of(reading).replace("<vblex>", "v").replace("<sp>", "")


def features(seen: Sequence[tuple[str, str, str]], at: int, found: Sequence[str]) -> Iterator[str]:
    """What is known of the word at *at* when the words before it have the tags *found*."""
    word, may, ending = seen[at]
    before, _, _ = seen[at - 1] if at else _NONE
    earlier, _, _ = seen[at - 2] if at > 1 else _NONE
    after, may_after, _ = seen[at + 1] if at + 1 < len(seen) else _NONE
    later, may_later, _ = seen[at + 2] if at + 2 < len(seen) else _NONE
    last = found[at - 1] if at else "^"
    last_but_one = found[at - 2] if at > 1 else "^"
    yield f"w {word}"
    yield f"m {may}"
    yield f"e {ending}|{may}"
    yield f"t {last}|{may}"
    yield f"tt {last_but_one}|{last}|{may}"
    yield f"tw {last}|{word}"
    yield f"b {before}|{may}"
    yield f"bw {before}|{word}"
    yield f"bb {earlier}|{before}|{may}"
    yield f"a {after}|{may}"
    yield f"wa {word}|{after}"
    yield f"ma {may_after}|{may}"
    yield f"wma {word}|{may_after}"
    yield f"maa {may_after}|{may_later}|{may}"
    yield f"aa {after}|{later}|{may}"
    yield f"tma {last}|{may_after}|{may}"
    yield f"tta {last_but_one}|{last}|{may_after}|{may}"
    kind, kind_after = _kind(last), _coarse(may_after)
    yield f"k {kind}|{may}"
    yield f"kk {_kind(last_but_one)}|{kind}|{may}"
    yield f"ka {kind}|{kind_after}|{may}"
    yield f"kw {kind}|{word}|{kind_after}"
    no_adverb = _no_adverb(found)
    yield f"n {no_adverb}|{may}"
    yield f"na {no_adverb}|{kind_after}|{may}"
    verb, ing = _clause(found)
    yield f"v {verb}|{last}|{may}"
    yield f"vl {verb}|{_verb_later(seen, at)}|{may_after}|{may}"
    yield f"i {ing}|{last}|{may}"
    if at == 0:
        yield f"o {word}|{after}"
        yield f"of {_has_finite(seen)}|{may_after}|{may}"


def _kind(tags: str) -> str:
    """The part of speech alone."""
    return tags.partition(">")[0]


@lru_cache(HELD)
def _coarse(may: str) -> str:
    """The parts of speech that a word may have."""
    return "/".join(sorted({_kind(each) for each in may.split("/")}))


def _no_adverb(found: Sequence[str]) -> str:
    """The tags of the last word that is no adverb."""
    return next((tags for tags in reversed(found) if not tags.startswith("<adv>")), "^")


def _clause(found: Sequence[str]) -> tuple[str, str]:
    """The last verb of the clause so far, and the last word in -ing of the sentence."""
    verb = ing = ""
    for tag in reversed(found):
        if tag == "<sent>":
            break
        if not ing and tag.endswith(_ING):
            ing = tag
        if tag.startswith(("<rel>", "<cnjsub>", "<cnjadv>")):
            verb = verb or tag
        if not verb and tag.startswith("<v") and not tag.endswith((*_ING, "<pp>")):
            verb = tag
    return verb, ing


def _verb_later(seen: Sequence[tuple[str, str, str]], at: int) -> str:
    """Whether a word that can only be a finite verb comes in the same clause."""
    for _, may, _ in seen[at + 1 : at + 9]:
        if may in {"<sent>", "<cm>"} or may.startswith("<cnjcoo>"):
            break
        if may.startswith(("<vb", "<vaux>", "v<pri>")) and "<inf>" not in may:
            return may[:6]
    return ""


def _has_finite(seen: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a word that can only be a finite verb stands behind a comma."""
    commas = [at for at, (_, may, _) in enumerate(seen) if may == "<cm>"]
    return bool(commas) and any(
        may.startswith(("<vb", "<vaux>", "v<pri>")) and "<inf>" not in may
        for _, may, _ in seen[commas[0] :]
    )


@cache
def weights() -> Weights:
    """The weights that come with harmonize: a line of tags, then a feature in each line."""
    packed = DATA.joinpath(TABLE).read_bytes()
    tags, *lines = lzma.decompress(packed).decode().split("\n")
    numbers = {tag: str(number) for number, tag in enumerate(tags.split("\t"))}
    return Weights(numbers, dict(line.split("\t", 1) for line in lines))
