"""What a text enumerates: items of a list, languages, countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from harmonize.check.bitext import Bitext, Finding, found
from harmonize.glossary.model import Language
from harmonize.letters import without_accents
from harmonize.protect import pieces_around
from harmonize.sector import tables

_MARKED = re.compile(r"(?:^|(?<=[\s;:,(]))(?:[a-h]|\d{1,2}|[ivx]{1,4})\)\s")
_SERIAL = re.compile(r",\s+(?=(?:and|or|y|e|o|u)\b)")
_NO_ITEMS = re.compile(
    r"\bpor favor,|,? por favor\b|\bhis or her\b|\b(?:madres y padres|padres y madres)\b"
    r"|\b(\w{3,}?)(?:[oa]s?|es)?(?:,| [yo]) (?:(?:a|de|del|el|la|las|los) ){0,2}\1(?:[oa]s?|es)\b",
    re.IGNORECASE,
)
"""Commas and joiners that part nothing: both genders of one noun are one thing."""
_JOINTS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\band/or\b|[,;(]|\b(?:and|or)\b|&|/", re.IGNORECASE),
    "es": re.compile(r"\by/o\b|[,;(]|\b(?:y|e|o|u|ni)\b|&|/", re.IGNORECASE),
}
_LIST = 2
"""Joints from which a text is a list: a, b and c."""
_SHRUNK = 0.88
"""What a list comes to, in that measure, that has lost one of its items."""
_NAME_AT_LEAST = 4
_LONG_FORMS = frozenset(("United States", "United Kingdom", "Estados Unidos", "Reino Unido"))
"""Countries with so many short names that theirs cannot be told from other words."""


def items(pair: Bitext) -> Iterator[Finding]:
    """A list that became shorter: by its marks, or by its joints where the text shrank as well.

    >>> list(items(Bitext("Coffee, cocoa, bananas and sugar", "Café, banano y azúcar")))
    [Finding(rule='lost-item', facts={'source': 4, 'target': 3})]
    >>> list(items(Bitext("a) draft; b) edit; c) print", "a) redactar; b) imprimir")))
    [Finding(rule='lost-item', facts={'source': 3, 'target': 2})]
    """
    marked = tuple(len(_MARKED.findall(text)) for text in pair[:2])
    joined = _joints(pair.source, pair.source_language), _joints(pair.target, pair.target_language)
    if marked[0] > marked[1] and marked[0] > 1:
        yield found("lost-item", source=marked[0], target=marked[1])
    elif joined[0] > joined[1] and joined[0] >= _LIST and pair.growth < _SHRUNK:
        yield found("lost-item", source=joined[0] + 1, target=joined[1] + 1)


def _joints(text: str, language: Language) -> int:
    words = " ".join(piece for piece, protected in pieces_around(text, language) if not protected)
    return len(_JOINTS[language].findall(_NO_ITEMS.sub(" ", _SERIAL.sub(" ", words))))


def languages_and_countries(pair: Bitext) -> Iterator[Finding]:
    """A language or country that the source names is in the translation too.

    >>> [each.facts for each in languages_and_countries(Bitext("Fluent French", "Inglés fluido"))]
    [{'text': 'French'}]
    >>> list(languages_and_countries(Bitext("Mexican and German law", "Derecho mexicano y alemán")))
    []
    """
    named = list(_pattern(pair.source_language).finditer(pair.source))
    target = plain(pair.target) if named else ""
    for match in named:
        wanted = (plain(_names(pair.source_language)[match[0].casefold()]), plain(match[0]))
        if not any(stem(name) in target for name in wanted):
            yield found("lost-name", text=match[0])


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """Names with a capital in English; of Spanish languages the small letter is the rule."""
    names = sorted(_names(language), key=len, reverse=True)
    either = [f"(?:{name[0].upper()}|{name[0]}){re.escape(name[1:])}" for name in names]
    capital = [re.escape(name.title()) for name in names]
    return re.compile(rf"\b(?:{'|'.join(capital if language == 'en' else either)})\b")


@cache
def _names(language: Language) -> Mapping[str, str]:
    """What each language and country is called on the other side, by its name in small letters."""
    other: Language = "es" if language == "en" else "en"
    found: dict[str, str] = {}
    for table in ("places", "languages"):
        for english, spanish in tables.pairs(table):
            own, theirs = (english, spanish) if other == "es" else (spanish, english)
            if len(own) >= _NAME_AT_LEAST and own.isalpha() and own not in _LONG_FORMS:
                found.setdefault(own.casefold(), theirs)
    return found


def stem(name: str) -> str:
    """The beginning that a name keeps, whatever its ending: Papandreou is Papandreu.

    >>> stem("nigerian"), stem("lima")
    ('niger', 'lima')
    """
    return name[: max(_NAME_AT_LEAST, len(name) - 3)]


def plain(text: str) -> str:
    """In small letters, without accents.

    >>> plain("Perú")
    'peru'
    """
    return without_accents(text.casefold().replace("’", "'"))
