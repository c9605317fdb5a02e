"""Single Spanish words: their plural and feminine, and the gender that they have by themselves."""

from __future__ import annotations

import re

from harmonize.glossary.model import Gender
from harmonize.glossary.tables import tables

_ACUTE = str.maketrans("aeiou", "áéíóú")
_PLAIN = str.maketrans("áéíóú", "aeiou")
# A vowel, or a strong one with the weak ones beside it; the u of que and gue is none.
_SYLLABLE = re.compile(r"(?:(?<=[qg])u(?=[eiéí]))|([iuü]?[aeoáéó][iuyü]?|[íú]|[iu]{1,2})")
_FINAL_STRESS = re.compile(r"[áéíóú][ns]$")
_HIATUS = re.compile(r"[aeo][íú][ns]$")
_VOWEL_END = re.compile(r"[aeiouáéó]$")
_PLURAL_END = re.compile(r"(?<=..)(?:[oae]s)$")
_NATIVE_END = re.compile(r"[dlnrjszxyíú]$")


def plural(word: str) -> str:
    """The plural of a Spanish noun or adjective in the singular.

    >>> [plural(word) for word in ("orden", "inglés", "juez", "crisis", "comité", "OPP")]
    ['órdenes', 'ingleses', 'jueces', 'crisis', 'comités', 'OPP']
    """
    small = word.lower()
    if is_acronym(word) or small in tables("es")["invariable"] or is_plural(small):
        return word
    head, hyphen, last = word.rpartition("-")
    if hyphen:
        return f"{head}-{plural(last)}"
    given = tables("es")["plurals"].get(small)
    if given or small in tables("es")["short"]:
        return like(word, given or tables("es")["short"][small][2])
    return like(word, _plural(small))


def _plural(word: str) -> str:
    if _VOWEL_END.search(word) or not _NATIVE_END.search(word):
        return word + "s"  # the latter are loan words: chat, robot
    if word.endswith("z"):
        return word[:-1] + "ces"
    if word.endswith(("s", "x")) and not _ends_stressed(word):
        return word
    return _with_its_accent(word) + "es"


def _with_its_accent(word: str) -> str:
    """*word* with the accent that it has before -es: inglés -> ingles(es), orden -> órden(es)."""
    if _FINAL_STRESS.search(word) and not _HIATUS.search(word):
        return word[:-2] + word[-2].translate(_PLAIN) + word[-1]
    return _stress_before_last(word) if word.endswith("n") and word.isascii() else word


def _ends_stressed(word: str) -> bool:
    """Whether the stress of a word in -s is on its last syllable, which then takes -es."""
    return bool(_FINAL_STRESS.search(word)) or len(_syllables(word)) == 1


def _syllables(word: str) -> list[re.Match[str]]:
    return [match for match in _SYLLABLE.finditer(word) if match[1]]


def _stress_before_last(word: str) -> str:
    """With the accent that the stress needs once a syllable follows: orden(es) -> órden(es).

    >>> _stress_before_last("imagen"), _stress_before_last("plan"), _stress_before_last("liquen")
    ('imágen', 'plan', 'líquen')
    """
    found = _syllables(word)
    if len(found) < 2:
        return word
    stressed = found[-2]
    strong = re.search(r"[aeo]", stressed[0])
    at = stressed.start() + (strong.start() if strong else len(stressed[0]) - 1)
    return word[:at] + word[at].translate(_ACUTE) + word[at + 1 :]


def feminine(word: str) -> str:
    """The feminine of a Spanish noun or adjective in the masculine singular.

    >>> [feminine(word) for word in ("productor", "pequeño", "inglés", "jefe", "joven", "mayor")]
    ['productora', 'pequeña', 'inglesa', 'jefa', 'joven', 'mayor']
    """
    small = word.lower()
    words = tables("es")
    if is_acronym(word) or small in words["invariable"] or small in words["one_for_both"]:
        return word
    head, hyphen, last = word.rpartition("-")
    if hyphen:
        return f"{head}-{feminine(last)}"
    given = words["feminines"].get(small)
    if given or small in words["short"]:
        return like(word, given or words["short"][small][1])
    return like(word, _feminine(small))


def _feminine(word: str) -> str:
    if word.endswith("o"):
        return word[:-1] + "a"
    if word.endswith("or"):
        return word + "a"
    if word.endswith(("ción", "sión")):  # medidas anticorrupción
        return word
    if word.endswith(("és", "ón", "án", "ín")) and word not in {"cortés", "afín"}:
        return word[:-2] + word[-2].translate(_PLAIN) + word[-1] + "a"
    return word


def gender_of(noun: str) -> Gender:
    """The gender that a noun's ending and the tables give; ``mf`` for people of either.

    >>> [gender_of(noun) for noun in ("trabajador", "negociación", "programa", "especialista")]
    ['mf', 'f', 'm', 'mf']
    """
    words = tables("es")
    small = noun.lower()
    if small in words["masculine"]:
        return "m"
    if small in words["feminine"]:
        return "f"
    if small.endswith(tuple(words["people_endings"])) or small in words["feminines"]:
        return "mf"
    return "f" if small.endswith(tuple(words["feminine_endings"])) else "m"


def is_plural(word: str) -> bool:
    """Whether *word* is a plural already: it ends in unstressed -os, -as or -es.

    >>> [is_plural(word) for word in ("recursos", "condiciones", "análisis", "interés", "mes")]
    [True, True, False, False, False]
    """
    return bool(_PLURAL_END.search(word)) and word not in tables("es")["singular_in_s"]


def is_acronym(word: str) -> bool:
    """Whether *word* is written in capitals throughout: CV, OPP.

    >>> [is_acronym(word) for word in ("OPP", "Comercio", "A")]
    [True, False, False]
    """
    return len(word) > 1 and word.isupper()


def like(model: str, word: str) -> str:
    """*word* with the capital that *model* begins with, or in its capitals.

    >>> like("Orden", "órdenes"), like("ORDEN", "órdenes")
    ('Órdenes', 'ÓRDENES')
    """
    if is_acronym(model):
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
