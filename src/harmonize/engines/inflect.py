"""The regular forms of English and Spanish words, under the tags that Apertium has for them.

One table serves both ways: backwards it analyses a word that Apertium does not know, forwards it
writes one.  A word may be several: what follows the first preposition stays as it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal

from harmonize.glossary import english as rules_en
from harmonize.glossary import spanish as rules_es

Pos = Literal["noun", "adj", "verb", "adv", "mass", "pr", "if"]
"""Parts of speech; ``mass`` is a noun without a plural, ``pr`` and ``if`` lead on to a noun or to a
sentence."""
Gender = Literal["", "m", "f", "mf", "mpl", "fpl"]
"""Of a Spanish noun; ``mf`` is for persons, the plural ones for what has no singular."""

Forms = dict[str, str]
"""What is written for which tags: ``{"<n><sg>": "hub", "<n><pl>": "hubs"}``."""

_PREPOSITIONS = frozenset(
    {"a", "al", "con", "contra", "de", "del", "en", "entre", "para", "por", "que", "sin", "y"}
)
_UNCHANGING = re.compile(
    r"(?:no|más|menos|muy|poco|bien|mal|casi|recién|web|pódcast|\w+mente|.*[A-Z].*)"
)
"""Adverbs, names, and nouns that stand behind others without a form of their own."""

_WITH_ACCENT = str.maketrans("aeiou", "áéíóú")
_SPELLINGS = {
    "ar": ("eé", {"gu": "gü", "c": "qu", "g": "gu", "z": "c"}),
    "er": ("aáoó", {"gu": "g", "nc": "nz", "rc": "rz", "c": "zc", "g": "j"}),
}
_SPELLINGS["ir"] = _SPELLINGS["er"]
_STRESSED_IN_HIATUS = re.compile(r"(?:[^gqc]u|nvi)$")
_STRESSED_STEM = re.compile(r"<(?:pri|prs|imp)><p[123]><(?:sg|pl)>$")

# English verbs that are not regular, by ending: past and participle.
_STRONG = {
    "hold": ("held", "held"),
    "see": ("saw", "seen"),
    "take": ("took", "taken"),
    "lead": ("led", "led"),
    "write": ("wrote", "written"),
    "make": ("made", "made"),
    "build": ("built", "built"),
    "set": ("set", "set"),
    "shoot": ("shot", "shot"),
    "proofread": ("proofread", "proofread"),
    "put": ("put", "put"),
    "cast": ("cast", "cast"),
    "cut": ("cut", "cut"),
    "strive": ("strove", "striven"),
    "give": ("gave", "given"),
    "send": ("sent", "sent"),
    "pay": ("paid", "paid"),
    "sell": ("sold", "sold"),
    "think": ("thought", "thought"),
    "run": ("ran", "run"),
    "ride": ("rode", "ridden"),
    "keep": ("kept", "kept"),
    "meet": ("met", "met"),
    "fall": ("fell", "fallen"),
    "drive": ("drove", "driven"),
    "fight": ("fought", "fought"),
    "choose": ("chose", "chosen"),
    "come": ("came", "come"),
    "speak": ("spoke", "spoken"),
}
# English verbs that double their last letter though they have several syllables, by ending.
_DOUBLING = re.compile(
    r"^[^aeiou]*(?:qu)?[aeiou][^aeiouwxyh]$|(?:format|enrol|fer|cur|deter|mit|allot|excel|embed|pin|equip|rebut"
    r"|unplug|debug|plan|sham|jam|ship|train|stop|opt|step|repel|outfit|handicap|program)$"
)
_NOT_DOUBLING = re.compile(r"(?:train|offer|opt|differ|suffer|buffer|counsel)$")


def english(lemma: str, pos: Pos) -> Forms:
    """The forms of an English word.

    >>> english("head of unit", "noun")
    {'<n><sg>': 'head of unit', '<n><pl>': 'heads of unit'}
    >>> english("uphold", "verb")["<vblex><past>"], english("apply", "verb")["<vblex><ger>"]
    ('upheld', 'applying')
    """
    if pos == "noun":
        return {"<n><sg>": lemma, "<n><pl>": rules_en.plural(lemma.replace("woman ", "women "))}
    if pos == "verb":
        return _english_verb(lemma)
    if pos == "mass":
        return {"<n><sg>": lemma}
    return {f"<{pos}>": lemma}


def spanish(lemma: str, pos: Pos, gender: Gender = "") -> Forms:
    """The forms of a Spanish word; a noun of both genders has feminine forms where they differ.

    >>> spanish("parte interesada", "noun", "f")["<n><f><pl>"]
    'partes interesadas'
    >>> sorted(spanish("comunitario", "adj"))
    ['<adj><f><pl>', '<adj><f><sg>', '<adj><m><pl>', '<adj><m><sg>']
    >>> spanish("empoderar", "verb")["<vblex><prs><p3><pl>"]
    'empoderen'
    """
    if pos == "noun":
        return _spanish_noun(lemma, gender)
    if pos == "adj":
        return _by_gender("<adj>", lemma, lemma)
    if pos == "verb":
        return _spanish_verb(lemma)
    return {"<adv>": lemma}


def has_feminine(lemma: str) -> bool:
    """Whether a Spanish adjective, or a noun for persons, has a feminine form of its own.

    >>> [has_feminine(word) for word in ("promotor comunitario", "activista", "laboral")]
    [True, False, False]
    """
    return _each(lemma, rules_es.feminine) != lemma


def _spanish_noun(lemma: str, gender: Gender) -> Forms:
    if gender in {"mpl", "fpl"}:
        return {f"<n><{gender[0]}><pl>": lemma}
    if gender != "mf":
        return {f"<n><{gender}><sg>": lemma, f"<n><{gender}><pl>": _each(lemma, rules_es.plural)}
    return _by_gender("<n>", lemma, lemma)


def _by_gender(tag: str, masculine: str, lemma: str) -> Forms:
    if not has_feminine(lemma):
        return {f"{tag}<mf><sg>": lemma, f"{tag}<mf><pl>": _each(lemma, rules_es.plural)}
    feminine = _each(lemma, rules_es.feminine)
    return {
        f"{tag}<m><sg>": masculine,
        f"{tag}<m><pl>": _each(masculine, rules_es.plural),
        f"{tag}<f><sg>": feminine,
        f"{tag}<f><pl>": _each(feminine, rules_es.plural),
    }


def _agreeing(lemma: str) -> list[str]:
    """The words before the first preposition."""
    words = lemma.split(" ")
    ends = [number for number, word in enumerate(words) if word in _PREPOSITIONS]
    return words[: ends[0]] if ends else words


def _each(lemma: str, change: Callable[[str], str]) -> str:
    agreeing = _agreeing(lemma)
    changed = [word if _UNCHANGING.fullmatch(word) else change(word) for word in agreeing]
    return " ".join([*changed, *lemma.split(" ")[len(agreeing) :]])


def _spanish_verb(lemma: str) -> Forms:
    verb, space, rest = lemma.partition(" ")
    verb = verb.removesuffix("se") if verb.endswith("rse") else verb  # the pronoun stands apart
    stem, ending = verb[:-2], verb[-2:]
    return {
        f"<vblex>{tags}": _joined(stem, form, ending, tags) + space + rest
        for tags, form in _endings()[ending].items()
    }


def _joined(stem: str, form: str, ending: str, tags: str) -> str:
    """Stem and ending, spelled as they sound: prioriza, priorice; evalúa, evaluamos; reenvía."""
    before, changes = _SPELLINGS[ending]
    if form[0] in before:
        for letters, spelled in changes.items():
            if stem.endswith(letters):
                return stem.removesuffix(letters) + spelled + form
    if _STRESSED_IN_HIATUS.search(stem) and _is_stressed_stem(form, tags):
        return stem[:-1] + stem[-1].translate(_WITH_ACCENT) + form
    return stem + form


def _is_stressed_stem(form: str, tags: str) -> bool:
    return bool(_STRESSED_STEM.match(tags)) and len(form.rstrip("ns")) == 1


@cache
def _endings() -> dict[str, Forms]:
    table = files("harmonize.engines").joinpath("data/spanish-verb-endings.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    return {kind: {row["tags"]: row[kind] for row in rows} for kind in ("ar", "er", "ir")}


def _english_verb(lemma: str) -> Forms:
    verb, space, rest = lemma.partition(" ")
    past, participle = _strong(verb) or (_with_ending(verb, "ed"),) * 2
    forms = {
        "<vblex><inf>": verb,
        "<vblex><pres>": verb,
        "<vblex><pri><p3><sg>": rules_en.verb_forms(verb)[1],
        "<vblex><past>": past,
        "<vblex><pp>": participle,
        "<vblex><ger>": _with_ending(verb, "ing"),
        "<vblex><pprs>": _with_ending(verb, "ing"),
        "<vblex><subs>": _with_ending(verb, "ing"),
    }
    return {tags: form + space + rest for tags, form in forms.items()}


def _strong(verb: str) -> tuple[str, str] | None:
    for ending, forms in _STRONG.items():
        if verb.endswith(ending):
            past, participle = (verb.removesuffix(ending) + form for form in forms)
            return past, participle
    return None


def _with_ending(verb: str, ending: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + ending
    if verb.endswith("y") and verb[-2] not in "aeiou" and ending == "ed":
        return verb[:-1] + "ied"
    if verb.endswith("ee") and ending == "ed":
        return verb + "d"
    if _DOUBLING.search(verb) and not _NOT_DOUBLING.search(verb):
        return verb + verb[-1] + ending
    return verb + ending
