"""Spanish terms in all their forms: head noun, its adjectives, articles and contractions.

A noun phrase has a core and a rest: in "organización de pequeños productores" only what stands
before the first preposition changes.  The entry's own ``es_forms`` are taken before any rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from harmonize.glossary import english, spanish
from harmonize.glossary.model import Entry, Gender, Language, Pos
from harmonize.glossary.tables import tables

Number = Literal["sg", "pl"]
OneGender = Literal["m", "f"]

_ARTICLES = {
    ("m", "sg"): ("el", "un"),
    ("f", "sg"): ("la", "una"),
    ("m", "pl"): ("los", "unos"),
    ("f", "pl"): ("las", "unas"),
}
_DE_EL = re.compile(r"\b([Dd]e|[Aa]) el\b")


class Forms(NamedTuple):
    """The four forms of a Spanish term; a noun of one gender has the same in both columns."""

    m_sg: str
    f_sg: str
    m_pl: str
    f_pl: str

    def pick(self, number: str = "sg", gender: str = "m") -> str:
        """The form for *number* (``sg``, ``pl``) and *gender* (``m``, ``f``).

        >>> forms_of("trabajador", gender="mf").pick("pl", "f")
        'trabajadoras'
        """
        return self[2 * (number == "pl") + (gender == "f")]


def forms(entry: Entry) -> Forms:
    """The Spanish forms of *entry*: its own, and where it gives none, those of the rules.

    >>> forms(Entry(en="small producer", es="pequeño productor", gender="mf"))[1:3]
    ('pequeña productora', 'pequeños productores')
    >>> forms(Entry(en="clerk", es="oficial", es_forms=("", "oficiala", "", ""), gender="mf")).f_sg
    'oficiala'
    """
    regular = forms_of(entry.es, entry.pos, entry.gender)
    if not entry.es_forms:
        return regular
    given = list(entry.es_forms)
    if entry.pos == "noun" and entry.gender in ("m", "f"):
        # One gender: whichever column a form was put in, it is that gender's.
        given = [own or given[number ^ 1] for number, own in enumerate(given)]
    return Forms(*(own or rule for own, rule in zip(given, regular, strict=True)))


def inflect(entry: Entry, number: str = "sg", gender: str = "") -> str:
    """The Spanish of *entry* in *number*, and in *gender* where it has both.

    >>> inflect(Entry(en="grievance", es="queja", gender="f"), "pl")
    'quejas'
    """
    return forms(entry).pick(number, gender if gender else default_gender(entry))


def in_english(entry: Entry, number: str = "sg", *, possessive: bool = False) -> str:
    """The English of *entry* in *number*.

    >>> in_english(Entry(en="shop steward", es="delegado sindical"), "pl", possessive=True)
    "shop stewards'"
    """
    noun = entry.pos == "noun"
    term = english.plural(entry.en) if number == "pl" and noun else entry.en
    return english.possessive(term) if possessive else term


def own_number(entry: Entry, language: Language) -> Number:
    """The number of the citation form itself: most are singular, *términos de referencia* is not.

    >>> entry = Entry(en="computer literacy", es="conocimientos de computación")
    >>> own_number(entry, "en"), own_number(entry, "es")
    ('sg', 'pl')
    """
    if entry.pos != "noun":
        return "sg"
    if language == "es":
        return "pl" if spanish.is_plural(head(entry.es).lower()) else "sg"
    return "pl" if english.is_plural(english.head(entry.en)) else "sg"


def default_gender(entry: Entry) -> OneGender:
    """The gender to use where the context gives none; masculine where there are both.

    >>> default_gender(Entry(en="gap", es="brecha salarial"))
    'f'
    """
    gender = entry.gender or spanish.gender_of(head(entry.es)) if entry.pos == "noun" else "m"
    return "f" if gender == "f" else "m"


@lru_cache(maxsize=65536)
def forms_of(term: str, pos: Pos = "noun", gender: Gender = "") -> Forms:
    """The four forms of a term in citation form, by rule.

    >>> forms_of("organización de pequeños productores").m_pl
    'organizaciones de pequeños productores'
    >>> forms_of("joven líder sindical", gender="mf").f_pl
    'jóvenes líderes sindicales'
    >>> forms_of("mal remunerado", "adj").f_pl
    'mal remuneradas'
    """
    if pos not in ("noun", "adj"):
        return Forms(term, term, term, term)
    words = term.split(" ")
    if pos == "adj" and len(words) > 1 and words[0].lower() in tables("es")["adverbs"]:
        rest = forms_of(term.partition(" ")[2], pos)
        return Forms(*(f"{words[0]} {form}" for form in rest))
    core = _core(words)
    noun = words[_head_index(words, core)]
    fixed = spanish.is_plural(noun.lower()) or _is_pair(words, core)
    if (pos == "noun" and fixed) or words[0].lower() in tables("es")["closers"]:
        return Forms(term, term, term, term)  # recursos humanos; salud y seguridad; de turno
    both = pos == "adj" or (gender or spanish.gender_of(noun)) == "mf"
    her = _change(words, core, spanish.feminine) if both else words
    return Forms(
        " ".join(words),
        " ".join(her),
        " ".join(_change(words, core, spanish.plural)),
        " ".join(_change(her, core, spanish.plural)),
    )


def head(term: str) -> str:
    """The head noun of a Spanish noun phrase.

    >>> head("pequeño productor de café"), head("contrato colectivo")
    ('productor', 'contrato')
    """
    words = term.split(" ")
    return words[_head_index(words, _core(words))]


def article(
    phrase: str, number: str = "sg", gender: str = "m", *, definite: bool = True, word: bool = False
) -> str:
    """The article for a Spanish phrase; with *word*, the article and the phrase.

    >>> article("agua", gender="f"), article("aguas", "pl", "f"), article("alta área", gender="f")
    ('el', 'las', 'la')
    >>> article("área de trabajo", gender="f", definite=False, word=True)
    'un área de trabajo'
    """
    first = re.split(r"[\s,;.]", phrase.lower(), maxsplit=1)[0]
    stressed = number != "pl" and first in tables("es")["stressed_a"]
    shown = "f" if gender == "f" and not stressed else "m"
    found = _ARTICLES[shown, "pl" if number == "pl" else "sg"][not definite]
    return f"{found} {phrase}" if word else found


def contract(text: str) -> str:
    """Spanish with *de el* and *a el* made *del* and *al*; names keep their article.

    >>> contract("Depende de el comité; viaja a El Salvador y habla de él.")
    'Depende del comité; viaja a El Salvador y habla de él.'
    """
    return _DE_EL.sub(r"\1l", text)


def _core(words: Sequence[str]) -> range:
    """The words that change together: up to the first preposition."""
    for number, word in enumerate(words[1:], 1):
        if word.lower() in tables("es")["closers"] or word.startswith(("(", "/", "+", "&")):
            return range(number)
    return range(len(words))


def _is_pair(words: Sequence[str], core: range) -> bool:
    """Whether *y* or a comma joins further nouns to the head noun: then all stay as they are."""
    behind = _head_index(words, core) + 1
    joined = behind in core and words[behind].lower() in tables("es")["joiners"]
    return joined or any("," in words[number] for number in core)


def _head_index(words: Sequence[str], core: range) -> int:
    before = tables("es")["before_noun"] | tables("es")["short"].keys()
    for number in core:
        if words[number].lower() not in before and not words[number].endswith("mente"):
            return number
    return core[-1]


def _change(words: Sequence[str], core: range, rule: Callable[[str], str]) -> list[str]:
    """*words* with *rule* applied to those of the core that change."""
    at = _head_index(words, core)
    fixed = tables("es")["joiners"] | tables("es")["appositions"]
    changed = list(words)
    for number in core:
        if number == at or not _is_fixed(words, number, fixed):
            changed[number] = rule(words[number])
    return changed


def _is_fixed(words: Sequence[str], number: int, fixed: frozenset[str]) -> bool:
    """Whether a word beside the head has no forms: "base" in "salario base", adverbs, names."""
    word = words[number]
    name = word[:1].isupper() and words[0][:1].islower()
    return name or word.lower() in fixed or word.endswith("mente")
