"""What stands in a slot, as the other language writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from harmonize.dates import write_date
from harmonize.glossary import article, load, spanish
from harmonize.glossary.load import bundled
from harmonize.glossary.model import Language
from harmonize.recall import joined
from harmonize.sector import tables
from harmonize.sector.reading import dates_in
from harmonize.sector.tables import Key, words_of

_CONNECTORS = {
    "en": {"to": "a", "or": "o", "and": "y", "more": "más", "plus": "o más"},
    "es": {"a": "to", "o": "or", "u": "or", "y": "and", "e": "and", "más": "more"},
}
_PERCENT = {"en": (r"per\s?cent", "por ciento"), "es": (r"por ciento", "percent")}
_WEEKDAYS = (
    *(("monday", "lunes"), ("tuesday", "martes"), ("wednesday", "miércoles")),
    *(("thursday", "jueves"), ("friday", "viernes"), ("saturday", "sábado"), ("sunday", "domingo")),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]*)*")
_ONE = re.compile(r"(?:1|one|una?|uno)(?:\s*\((?:1|one|una?|uno)\))?", re.IGNORECASE)
_ARTICLE = {
    "en": re.compile(r"^the\s+", re.IGNORECASE),
    "es": re.compile(r"^(?:el|las?|los)\s+", re.IGNORECASE),
}
_LEADING = {
    "en": re.compile(r"^(?:an?|the)\s+", re.IGNORECASE),
    "es": re.compile(r"^(?:una?|el|la)\s+", re.IGNORECASE),
}


def is_one(words: str) -> bool:
    """Whether a number is one, which takes the singular.

    >>> is_one("one (1)"), is_one("1-2"), is_one("una")
    (True, False, True)
    """
    return bool(_ONE.fullmatch(words))


def written(kind: str, words: str, source: Language, gender: str = "") -> str:
    """The *words* of a slot of *kind* in the other language; *gender* of the noun behind a number.

    >>> written("n", "Twenty-one to thirty", "en", "m"), written("n", "3-5", "en")
    ('veintiún a treinta', '3-5')
    >>> written("percent", "50 percent", "en"), written("language", "English and Italian", "en")
    ('50 por ciento', 'inglés e italiano')
    >>> written("place", "Peru, Mexico and Haiti", "en"), written("date", "Friday, May 3", "en")
    ('Perú, México y Haití', 'viernes 3 de mayo')
    """
    write = _WRITERS.get(kind)
    return write(words, source, gender) if write else words


def without_article(words: str, language: Language) -> str:
    """A role as the engine gets it.

    >>> without_article("a Lead Auditor", "en")
    'Lead Auditor'
    """
    return _LEADING[language].sub("", words, count=1)


def _number(words: str, source: Language, gender: str) -> str:
    target: Language = "es" if source == "en" else "en"
    known = tables.numbers(source)
    found = list(_WORD.finditer(words))
    written, done, number = "", 0, 0
    while number < len(found):
        for length in (4, 3, 2, 1):
            part = found[number : number + length]
            key = words_of(words[part[0].start() : part[-1].end()], source)
            if len(key) == length and key in known:
                new = known[key].written(target, gender)
                break
        else:
            part = found[number : number + 1]
            new = _CONNECTORS[source].get(part[0][0].lower(), part[0][0])
        before = words[done : part[0].start()]
        written = joined(written + before, new, target)
        done = part[-1].end()
        number += len(part)
    return written + words[done:]


def _percent(words: str, source: Language, gender: str) -> str:
    pattern, other = _PERCENT[source]
    return re.sub(pattern, other, _number(words, source, gender), flags=re.IGNORECASE)


def _amount(words: str, source: Language, _gender: str) -> str:
    return re.sub(r"\b(?:to|a|and|y)\b", lambda at: _CONNECTORS[source].get(at[0], at[0]), words)


def _date(words: str, source: Language, _gender: str) -> str:
    target: Language = "es" if source == "en" else "en"
    dates = dates_in(words)
    day = _weekday(words, source)
    if not dates:
        first = re.split(r"[, ]", words, maxsplit=1)[0]
        return day + words.removeprefix(first) if day else words
    text = write_date(dates[0], target)
    return f"{day}{', ' if target == 'en' else ' '}{text}" if day else text


def _weekday(words: str, source: Language) -> str:
    first = words_of(words, source)[:1]
    for english, local in _WEEKDAYS:
        here, there = (english, local) if source == "en" else (local, english)
        if first == words_of(here, source):
            return there if source == "en" else there.capitalize()
    return ""


def begins_with_weekday(text: str) -> bool:
    """Whether a Spanish date begins with the day of the week.

    >>> begins_with_weekday("viernes 3 de mayo"), begins_with_weekday("mayo de 2025")
    (True, False)
    """
    return any(text.startswith(day) for _, day in _WEEKDAYS)


def _languages(words: str, source: Language, _gender: str) -> str:
    target: Language = "es" if source == "en" else "en"
    return _replaced(words, source, tables.names("languages", source), _CONNECTORS[source], target)


def _replaced(
    words: str,
    source: Language,
    known: dict[Key, str],
    connectors: dict[str, str],
    target: Language,
) -> str:
    """*words* with every name that is *known*, longest first, and every connector replaced."""
    found = list(_WORD.finditer(words))
    text, done, number = "", 0, 0
    while number < len(found):
        for length in range(min(7, len(found) - number), 0, -1):
            part = found[number : number + length]
            stretch = words[part[0].start() : part[-1].end()]
            if "," not in stretch and (new := known.get(words_of(stretch, source))):
                break
        else:
            part = found[number : number + 1]
            new = connectors.get(part[0][0], part[0][0])
        before = words[done : part[0].start()]
        if target == "es" and new in {"y", "o"}:
            before = before.replace(", ", " ")
        text = joined(text + before, new, target)
        done = part[-1].end()
        number += len(part)
    return text + words[done:]


class _Name(NamedTuple):
    """A name in the other language, and the gender that it has in Spanish, where that is known."""

    text: str
    gender: str = ""


@cache
def _known_names(source: Language) -> dict[Key, _Name]:
    """Places, and the names of the bundled glossary."""
    known = {key: _Name(text) for key, text in tables.names("places", source).items()}
    for entry in load([bundled() / "names.csv"]).applied:
        other = entry.es if source == "en" else entry.en
        spellings = (entry.en, *entry.en_forms) if source == "en" else (entry.es,)
        for spelling in spellings:
            known.setdefault(words_of(spelling, source), _Name(other, entry.gender))
    return known


def _places(words: str, source: Language, _gender: str) -> str:
    """Places in the other language; *La Paz* keeps its article, *la Ciudad de México* does not."""
    bare = _ARTICLE[source].sub("", words, count=1)
    target: Language = "es" if source == "en" else "en"
    if name := _known_names(source).get(words_of(bare, source)):
        own = words_of(words, source) in _known_names(source)
        english_too = own or tables.articles().get(bare if source == "es" else name.text)
        return _named(words if english_too else bare, source, _CONNECTORS[source])
    kept = words if words[:1].isupper() else bare
    return _replaced(kept, source, _inside_names(source), _CONNECTORS[source], target)


def _names(words: str, source: Language, _gender: str) -> str:
    return _named(words, source, _CONNECTORS[source] if _are_several(words, source) else {})


def _are_several(words: str, source: Language) -> bool:
    """Whether *and* stands between names: each is known, or is one word."""
    parts = re.split(r", |,? (?:and|y|e) ", words)
    return len(parts) > 1 and all(
        " " not in part or words_of(part, source) in _known_names(source) for part in parts
    )


def _named(words: str, source: Language, connectors: dict[str, str]) -> str:
    """Names that are known, in the other language; all others are copied, without an article."""
    base, bracket, inside = words.partition(" (")
    known = _known_names(source)
    bare = _ARTICLE[source].sub("", base, count=1)
    if name := known.get(words_of(base, source)):
        text = name.text
    elif name := known.get(words_of(bare, source)):
        text = _with_article(name, bare, source) if bare != base else name.text
    else:
        target: Language = "es" if source == "en" else "en"
        text = _replaced(bare, source, _inside_names(source), connectors, target)
    return text + bracket + inside


def _with_article(name: _Name, words: str, source: Language) -> str:
    """A name that is translated keeps its article; one that is copied does without."""
    if name.text == words:
        return words
    if source == "es":
        return f"the {name.text}"
    if own := tables.articles().get(name.text):
        return f"{own} {name.text}"
    return article(name.text, gender=name.gender, word=True) if name.gender else name.text


@cache
def _inside_names(source: Language) -> dict[Key, str]:
    """The names that are replaced beside other words: no short ones, which may be a part."""
    known = _known_names(source)
    return {key: each.text for key, each in known.items() if len(key) > 1 or len(key[0]) > 3}


_WRITERS: Mapping[str, Callable[[str, Language, str], str]] = {
    "n": _number,
    "percent": _percent,
    "amount": _amount,
    "date": _date,
    "language": _languages,
    "place": _places,
    "organization": _names,
}
"""How the kinds are written that are not copied or left to the engine."""


def gender_before(following: str) -> str:
    """The gender that a number takes before *following*, a Spanish text.

    >>> gender_before(" año de experiencia"), gender_before(" personas"), gender_before("")
    ('m', 'f', '')
    """
    word = _WORD.match(following.lstrip())
    if word is None or word[0].lower() in {"o", "y", "a", "de", "más"}:
        return ""
    noun = word[0].lower()
    if noun.endswith("iones"):
        noun = noun[:-4] + "ón"
    singular = noun.removesuffix("s") if noun.endswith(("as", "os")) else noun.removesuffix("es")
    return "f" if spanish.gender_of(singular) == "f" else "m"
