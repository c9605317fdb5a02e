"""The name of the organisation that hires: it stays as the organisation writes it."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonize.glossary import Matcher
from harmonize.glossary.model import Language
from harmonize.protect import NAME
from harmonize.recall import Text

_ACRONYM = re.compile(r"\s\([^()]{1,20}\)$")
_LEGAL_FORM = re.compile(
    r",?\s(?:Ltd|Limited|Inc|LLC|PLC|CIC|GmbH|e\.\s?V|S\.\s?A\.(?:\s?C\.?)?|S\.\s?A|A\.\s?C|S\.\s?C"
    r"|S\.\s?(?:de\s)?R\.\s?L|S\. Coop)\.?$"
)
_CAPITALISED = re.compile(r"(?<![^\W_])[^\W\d_a-z]\S*")
_OF_THE_STATE = re.compile(
    r"\b(?:ministr|ministeri|municip|gobierno|government|secretar[ií]a|department|embassy|embajada"
    r"|universi)",
    re.IGNORECASE,
)
"""Bodies whose names have customary translations."""

_AFTER_HEAD = re.compile(r"\s(?:of|for|in|on|against)\s")
_FEMININE = re.compile(
    r"(?:foundation|association|alliance|network|federation|coalition|confederation|cooperative"
    r"|co-?op|organi[sz]ation|campaign|initiative|company|agency|community|corporation|society"
    r"|commission|institution|league|partnership|platform)$",
    re.IGNORECASE,
)
"""English names that are feminine in Spanish: *la Fair Loom Foundation*."""
_MASCULINE = re.compile(rf"\b([Ee]l|del|[Aa]l)(?= {NAME})")
_IN_THE_FEMININE = {"el": "la", "El": "La", "del": "de la", "al": "a la", "Al": "A la"}
_MOST = 0.6


def own_name(organization: str | None, matcher: Matcher | None) -> str:
    """What of *organization* no translation changes; nothing where the glossary has a say.

    >>> own_name("Andean Weavers Alliance (AWA)", None), own_name("CLAC", None)
    ('Andean Weavers Alliance', '')
    """
    name = _LEGAL_FORM.sub("", _ACRONYM.sub("", organization or ""))
    if len(_CAPITALISED.findall(name)) < 2 or _OF_THE_STATE.search(name):
        return ""
    return "" if matcher and any(_is_known(name, matcher, each) for each in ("en", "es")) else name


def _is_known(name: str, matcher: Matcher, language: Language) -> bool:
    """Whether the glossary has a name in it, or a term that is all or most of it."""
    return any(
        match.entry.pos == "name" or len(match.text) > _MOST * len(name)
        for match in matcher.find(name, language)
    )


def named(text: Text, name: str) -> Text:
    """*text* with the *name* that stands in it, in any capitals; as it is where it does not.

    >>> named(Text("About TEA UNION"), "Tea Union").name, named(Text("About us"), "Tea Union").name
    ('Tea Union', '')
    """
    return text._replace(name=name) if name and _ways(text.words, name) else text


def hidden(text: Text) -> Text:
    """*text* as an engine gets it, with a code word for the name.

    >>> hidden(Text("Join Tea Union.", name="Tea Union")).words
    'Join XNQNZ.'
    """
    words = _pattern(text.name).sub(NAME, text.words) if text.name else text.words
    return text._replace(words=words, name="")


def shown(translation: str, text: Text, target: Language) -> str:
    """*translation* of a `hidden` text that has a name, with it and the article that fits it.

    >>> name = "Fair Loom Foundation"
    >>> shown("el equipo del XNQNZ", Text(f"the team of the {name}", name=name), "es")
    'el equipo de la Fair Loom Foundation'
    """
    if target == "es" and _FEMININE.search(_AFTER_HEAD.split(text.name)[0]):
        translation = _MASCULINE.sub(lambda found: _IN_THE_FEMININE[found[1]], translation)
    for way in _ways(text.words, text.name):
        translation = translation.replace(NAME, way, 1)
    return translation


def _ways(words: str, name: str) -> list[str]:
    """How *name* is written in *words*, each time that it stands there."""
    return _pattern(name).findall(words)


@lru_cache(1024)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
