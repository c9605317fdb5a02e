"""Whether words may stand in a slot: what makes no sense by itself, or names something else.

A wrong filling is worse than none: what is refused here goes to the engine with all of its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonize.dates import MONTHS
from harmonize.glossary.model import Language
from harmonize.protect import has_words
from harmonize.sector import tables
from harmonize.segments import sentences
from harmonize.segments.tables import words as word_list

LIST = {"en": frozenset(("and", "or", ",", "/")), "es": frozenset("yeou,/")}
INSIDE = {
    "en": frozenset("of for the and in on de la del los las y".split()),
    "es": frozenset("de del la las los el y e para en por of the and for".split()),
}
ARTICLES = {"en": frozenset(("the",)), "es": frozenset(("el", "la", "los", "las"))}
WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[eé]rcoles|jueves|viernes"
    r"|s[aá]bado|domingo",
    re.IGNORECASE,
)
_PAIRS = {")": "(", "]": "[", "»": "«", "”": "“"}
_NO_START = frozenset(("and/or", "y/o", "of"))
"""With a joiner no gap begins: "monitoring and evaluation" has none behind *monitoring*."""
_EDGE_MARKS = ",;:./)]"
_WORD = re.compile(r"[^\W\d_]+")


def is_sensible(words: str, language: Language) -> bool:
    """Whether *words* may be translated by themselves.

    >>> [is_sensible(text, "en") for text in ("coffee (or tea)", "coffee (or", "it. We", "of,")]
    [True, False, False, False]
    >>> is_sensible("law is needed", "en"), is_sensible("places where law is needed", "en")
    (False, True)
    """
    if _has_a_sentence_of_its_own(words) or not _is_the_demanded(words):
        return False
    if words.partition(" ")[0].lower() in LIST[language] | _NO_START:
        return False
    if words[:1] in _EDGE_MARKS or words[-1:] in ",;:(/[" or not has_words(words):
        return False
    return _is_balanced(words) and "*" not in words and len(sentences(words, language)) == 1


def _has_a_sentence_of_its_own(words: str) -> bool:
    """Whether more stands there than a phrase: a verb, or years of something else."""
    for word in _WORD.findall(words.lower()):
        if word in tables.gap_words("clauses"):
            return False
        if word in tables.gap_words("not_in_gaps"):
            return True
    return False


def _is_the_demanded(words: str) -> bool:
    """Whether a gap holds what a line asks for, and not how much: "auditing (not essential)"."""
    found: list[str] = _WORD.findall(words.lower())
    if ";" in words or not found or found[0] in tables.gap_words("not_at_the_start"):
        return False
    conditional = not tables.gap_words("before_conditions").isdisjoint(found[-2:-1])
    if found[-1] in tables.gap_words("not_at_the_end") and not conditional:
        return False
    alone = [word for word in found if word not in ARTICLES["en"] | ARTICLES["es"]]
    return not (len(alone) == 1 and alone[0] in tables.gap_words("not_alone"))


def _is_balanced(words: str) -> bool:
    opened: list[str] = []
    for mark in words:
        if mark in _PAIRS.values():
            opened.append(mark)
        elif mark in _PAIRS and (not opened or opened.pop() != _PAIRS[mark]):
            return False
    return not opened and words.count('"') % 2 == 0


def is_title(words: str, language: Language) -> bool:
    """Whether *words* name a job: in capitals, or with a word that only such names have.

    >>> [is_title(words, "en") for words in ("lead auditor", "lead auditor to join us", "tea")]
    [True, False, False]
    """
    parts: list[str] = _WORD.findall(words)
    if parts[:1] and parts[0].lower() in ARTICLES[language]:
        parts = parts[1:]
    if not parts or parts[-1].lower() in INSIDE[language]:
        return False
    if all(part[0].isupper() or part in INSIDE[language] for part in parts):
        return parts[0][0].isupper()
    small = {part.lower() for part in parts}
    inside = {part.lower() for part in parts[1:]}
    if small.isdisjoint(tables.roles()) or not small.isdisjoint(word_list("verbs")):
        return False
    return inside.isdisjoint(tables.gap_words("not_in_roles"))


def is_no_place(keys: Sequence[str], language: Language) -> bool:
    """Whether a name, in its keys, is a month, a language, or says how one works.

    >>> is_no_place(["remote"], "en"), is_no_place(["june"], "en"), is_no_place(["lima"], "en")
    (True, True, False)
    """
    languages = tables.names("languages", language)
    others = tables.gap_words("not_places") | {month.lower() for month in MONTHS[language]}
    return any(
        key in others or (key,) in languages or WEEKDAY.fullmatch(key) is not None for key in keys
    )
