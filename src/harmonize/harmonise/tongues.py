"""The languages that applicants should know, and how well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from harmonize.harmonise.data import csv_rows
from harmonize.harmonise.labels import Labelled
from harmonize.harmonise.passages import Passage
from harmonize.records import LanguageAsked, Level

_LEVELS: dict[Level, str] = {
    "native": r"native|mother tongue|first language|nativ[oa]s?|lengua materna|idioma materno",
    "fluent": r"fluen(?:t|tly|cy)|bilingual\w*|full professional|fluid[oa]s?|fluidez|biling[uü]e|fluent",
    "advanced": r"advanced|excellent|strong|proficien(?:t|cy)|high level|very good|full command|professional (?:level|working)|professional|avanzad[oa]s?|excelente|nivel alto|alto nivel|pleno dominio|dominio"
    r"|muy buen[oa]?",
    "intermediate": r"intermediate|working|good|conversational|intermedi[oa]s?|buen[oa]?|nivel medio|conversacional|medio",
    "basic": r"basic|elementary|some|beginner|b[aá]sic[oa]s?|elemental",
}
_CEFR = re.compile(r"\b[ABC][12]\b")
_LEVEL = re.compile("|".join(rf"(?P<{name}>\b(?:{rule})\b)" for name, rule in _LEVELS.items()), re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:fluen\w+|proficien\w+|bilingual\w*|command|knowledge|spoken|written|speak\w*|speaker|read(?:ing)?|write|writing|native|language\w*|level|literacy|communicate|oral"
    r"|required|essential|desirable|preferred|asset|plus|advantage|must|dominio|manejo|nivel|fluid\w*|hablad[oa]|hablar|hable|escrit[oa]|escribir|leer|biling[uü]e|idiomas?|lenguas?|conocimientos?"
    r"|oral|deseable|indispensable|imprescindible|avanzad[oa]|intermedi[oa]|b[aá]sic[oa]|comunicarse|competency|skills|[ABC][12])\b",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(
    r"\b(?:desirable|preferred|preferably|an? (?:asset|plus|advantage)|advantageous|nice to have|welcome|beneficial|ideally|helpful|bonus|not required|deseables?|deseado|se valorar[aá]"
    r"|preferible(?:mente)?|ventaja|plus|ser[aá] (?:una )?ventaja|valorable|idealmente|de preferencia|no indispensable|opcional|asset|useful|(?:second|another|other|third) languages?|otr[oa]s? (?:idioma|lengua)s?|segundo idioma)\b",
    re.IGNORECASE,
)
_NEEDED = re.compile(r"\b(?:required|essential|must|mandatory|indispensable|imprescindible|obligatori[oa]|requerid[oa]|requiere)\b", re.IGNORECASE)
_NOT_ASKED = re.compile(
    r"^[\s-]*(?:literature|teacher|classes|speaking (?:communities|workers|members|countries|farmers|audiences)|government|law|embassy|version|translation|colonial|communities|cooperatives"
    r"|profesor|literatura|clases)|^[-](?:based|led|born)",
    re.IGNORECASE,
)
_PART = re.compile(r"[;•]|,\s(?=(?:and|y)?\s?\w+\s(?:is|es|desirable|deseable))|(?<=[^\W\d_]{2})[.!?]\s|\s\|\s|\n|\bbut\b|\bpero\b")
_BETWEEN = re.compile(r",\s|\s(?:and|y|e|or|o|plus|with|con)\s|/")
_REACH = 55


class _Name(NamedTuple):
    start: int
    end: int
    code: str


def languages_asked(
    texts: Sequence[Passage], found: Sequence[Labelled]
) -> list[tuple[LanguageAsked, int]]:
    """The languages asked for, each once, with the rows that say so.

    >>> text = "Fluent Spanish; working knowledge of Quechua an asset"
    >>> [each for each, _ in languages_asked([Passage(0, text, "en", "bullet", "requirements")], [])]
    [LanguageAsked(language='es', level='fluent', required=True), LanguageAsked(language='qu', level='intermediate', required=False)]
    """
    asked: dict[str, tuple[LanguageAsked, int]] = {}
    told = [(each.value, each.passage.row, True) for each in found if each.fact == "languages"]
    told += list(_wanted(texts))
    for words, row, labelled in told:
        for each in _asked(words, labelled):
            asked[each.language] = _better(asked.get(each.language), (each, row))
    return list(asked.values())


def _wanted(texts: Sequence[Passage]) -> Iterator[tuple[str, int, bool]]:
    optional, head = False, ""
    for passage in texts:
        if passage.kind == "heading":
            head = passage.text
            optional = _OPTIONAL.search(head) is not None
        inside = passage.section == "requirements" or passage.kind == "title"
        for part in _PART.split(passage.text):
            must = _NEEDED.search(part) is not None and passage.section in ("other", "purpose", "how_to_apply", "facts", "benefits")
            if (inside and _ASKS.search(part)) or must or (inside and len(part.split()) <= 4):
                yield part + (" (desirable)" if optional and passage.section == "requirements" else ""), passage.row, False


def _asked(words: str, labelled: bool) -> Iterator[LanguageAsked]:
    names = list(_names(words))
    for number, name in enumerate(names):
        if labelled or _ASKS.search(words) or len(words.split()) <= 4:
            before = names[number - 1].end if number else 0
            after = names[number + 1].start if number + 1 < len(names) else len(words)
            yield LanguageAsked(
                language=name.code,
                level=_level(words, before, name, after, names),
                required=_OPTIONAL.search(_share_of(words, names, number)) is None,
            )


def _share_of(words: str, names: Sequence[_Name], number: int) -> str:
    """The clause of one of several languages: "Spanish required, English (an asset)"."""
    commas = [found.start() for found in re.finditer(r"[,;]\s", words)]
    name = names[number]
    start = max((at for at in commas if at < name.start), default=0)
    end = min((at for at in commas if at >= name.end), default=len(words))
    whole = len(names) == 1 or not any(names[0].end <= at <= names[-1].start for at in commas)
    tail = words[names[-1].end :] if number + 1 == len(names) else ""
    return words if whole else words[start:end] + tail


def _level(words: str, before: int, name: _Name, after: int, names: Sequence[_Name]) -> str | None:
    """The level written behind a language up to the next, or before it."""
    behind = words[name.end : min(after, name.end + _REACH)]
    bracket = re.match(r"\s?[(:–-]\s?[^()]{0,40}", behind)
    ahead = re.split(r"[,;)]", words[max(before, name.start - _REACH) : name.start])[-1]
    shared = words[: names[0].start] if before and not re.search(r"\w{4}", ahead) else ""
    for part in (bracket[0] if bracket else "", ahead, behind, shared, words[names[-1].end :]):
        found = _CEFR.search(part) or _LEVEL.search(part)
        if found:
            return found.lastgroup or found.group().upper()
    return None


def _better(
    old: tuple[LanguageAsked, int] | None, new: tuple[LanguageAsked, int]
) -> tuple[LanguageAsked, int]:
    """The first mention, with what a later one adds."""
    if old is None:
        return new
    level = old[0].level or new[0].level
    update = {"level": level, "required": old[0].required or new[0].required}
    return old[0].model_copy(update=update), old[1]


def _names(words: str) -> Iterator[_Name]:
    codes, rule = _table()
    for match in rule.finditer(words):
        if not _NOT_ASKED.match(words[match.end() :]):
            yield _Name(match.start(), match.end(), codes[match.group().casefold()])


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    codes = {
        name.casefold(): row["code"]
        for row in csv_rows("languages.csv")
        for column in ("en", "es")
        for name in filter(None, row[column].split("|"))
    }
    capital = [name for row in csv_rows("languages.csv") for name in filter(None, row["en"].split("|"))]
    spanish = [name for row in csv_rows("languages.csv") for name in filter(None, row["es"].split("|"))]
    either = sorted({*capital, *spanish, *(name.capitalize() for name in spanish), *(name.upper() for name in spanish + capital)}, key=len, reverse=True)
    return codes, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, either))})(?![\w’'])")
