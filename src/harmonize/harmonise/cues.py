"""Which section a text speaks of, told from its own words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any, Literal

from harmonize.harmonise.data import toml_table, verbs
from harmonize.records import SectionName
from harmonize.segments.tables import key

Where = Literal["heading", "text"]
Points = Counter[SectionName]

_READ = 400
"""Code points of a text that are read: its subject stands at its beginning."""
_MOST_OF_A_KIND = 3
_SPANISH_INFINITIVE = re.compile(r"[a-zñ]{2,}(?:ar|er|ir)(?:se|l[oae]s?)?(?=[\s,/;]|$)")
_SPANISH_NOUN = re.compile(
    r"(?:[a-zñ]{3,}(?:cion|sion|miento|aje)|apoyo|visitas?|analisis|diseno|desarrollo|registro"
    r"|control|manejo) (?:de|del|a|al|en|y)\b"
)
_NO_INFINITIVES = frozenset(
    {"mujer", "lugar", "taller", "ser", "tener", "poder", "saber", "contar", "haber", "mayor"}
)
_LEAD_IN = re.compile(r"^(?:to|will|also|actively|as needed,|in collaboration with [^,]{1,60},) ")


def points(text: str, where: Where) -> Points:
    """How much speaks for each section, in points; nothing for a text that has no cue.

    >>> points("Bachelor’s degree in agronomy", "text")["requirements"] > 0
    True
    >>> points("Qué harás con nosotros", "heading").most_common(1)[0][0]
    'duties'
    """
    plain = key(text[:_READ])
    found = _phrases(plain, where)
    if where == "text" and opens_with_verb(plain):
        found["duties"] += 4
    return found


def opens_with_verb(plain: str) -> bool:
    """Whether a text (small letters, no accents) begins as a duty does.

    >>> opens_with_verb("train leaders"), opens_with_verb("elaborar informes")
    (True, True)
    >>> opens_with_verb("strong skills"), opens_with_verb("elaboracion de informes")
    (False, True)
    """
    plain = _LEAD_IN.sub("", plain)
    first = re.split(r"[\s,/;]", plain, maxsplit=1)[0]
    if _is_verb(first) or _SPANISH_NOUN.match(plain):
        return True
    return first not in _NO_INFINITIVES and _SPANISH_INFINITIVE.match(plain) is not None


def _is_verb(word: str) -> bool:
    """Whether *word* is one of the verbs: draft, drafts, drafting, carries, managing, running."""
    stem = word.removesuffix("ing")
    short = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
    gerund = {stem, f"{stem}e", short} if stem != word else set()
    third = {word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
    return not verbs().isdisjoint(gerund | third)


def _phrases(plain: str, where: Where) -> Points:
    found: Counter[tuple[SectionName, int]] = Counter()
    padded = f" {plain} "
    for end, (cues, length) in _automaton(where).iter(padded):
        if not padded[end - length].isalnum():
            found.update(cues)
    result: Points = Counter()
    for (section, worth), times in found.items():
        result[section] += worth * min(times, _MOST_OF_A_KIND)
    return result


@cache
def _automaton(where: Where) -> Any:
    """All phrases of the table, with what they are worth and their lengths.

    A phrase without a star ends where its last word does.
    """
    import ahocorasick

    worth: dict[str, list[tuple[SectionName, int]]] = {}
    for cue in toml_table("cues.toml")["cue"]:
        if cue["where"] == where:
            for phrase in cue["phrases"]:
                worth.setdefault(phrase, []).append((cue["section"], cue["points"]))
    automaton = ahocorasick.Automaton()
    for phrase, cues in worth.items():
        for written in _written(phrase):
            automaton.add_word(written, (tuple(cues), len(written)))
    automaton.make_automaton()
    return automaton


def _written(phrase: str) -> list[str]:
    """How *phrase* may stand in a text; "encargad* de" with its two genders."""
    if phrase.endswith("*"):
        return [phrase[:-1]]
    stem, star, rest = phrase.partition("*")
    whole = [stem + ending + rest for ending in ("o", "a", "os", "as")] if star else [phrase]
    return [words + end for words in whole for end in " ,.;:)!?/"]
