"""The languages that applicants should know, and how well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast, get_args

from harmonize.harmonise.data import any_of, csv_rows, either
from harmonize.harmonise.labels import Labelled
from harmonize.harmonise.passages import Passage
from harmonize.records import LanguageAsked, Level

_LEVELS: tuple[Level, ...] = get_args(Level)
_CEFR = re.compile(r"\b[ABC][12]\b")
_LEVEL = re.compile(
    "|".join(rf"(?P<{level}>\b{either(f'level_{level}')}\b)" for level in _LEVELS), re.IGNORECASE
)
_ASKS = any_of("language_skill")
_OPTIONAL = any_of("advantage")
_NEEDED = any_of("must")
_NOT_ASKED = re.compile(
    rf"^[\s-]*{either('language_not_asked')}|^[-](?:based|led|born)", re.IGNORECASE
)
_PART = re.compile(
    r"[;•]|,\s(?=(?:and|y)?\s?\w+\s(?:is|es|desirable|deseable))|(?<=[^\W\d_]{2})[.!?]\s|\s\|\s|\n"
    r"|\bbut\b|\bpero\b"
)
_BRACKET = re.compile(r"[^,;()]{0,40}(?P<bracket>\([^()]*\))")
_COMMA = re.compile(r"[,;]\s")
_JOINT = re.compile(r"\s{0,9}[,/]?\s{0,9}(?:(?:and|or|y|e|o|u)\s)?")
_FOLLOWS = re.compile(
    r"\s(?:(?:a\s)?nivel\s|hablado\sy\sescrito,?\s)?"
    r"(?:nativ|fluid|avanzad|intermedi|b[aá]sic|profesional|excelente|conversacional)\w*",
    re.IGNORECASE,
)
_REACH, _BARE_WORDS, _CLAUSE_WORDS = 55, 2, 5


class _Name(NamedTuple):
    start: int
    end: int
    code: str


def languages_asked(
    texts: Sequence[Passage], found: Sequence[Labelled]
) -> list[tuple[LanguageAsked, int]]:
    """The languages asked for, each once, with the rows that say so.

    >>> text = "Fluent Spanish; working knowledge of Quechua an asset"
    >>> found = languages_asked([Passage(0, text, "en", "bullet", "requirements")], [])
    >>> [(each.language, each.level, each.required) for each, _ in found]
    [('es', 'fluent', True), ('qu', 'intermediate', False)]
    """
    asked: dict[str, tuple[LanguageAsked, int]] = {}
    told = [
        (part, each.passage.row, True)
        for each in found
        if each.fact == "languages"
        for part in _PART.split(each.value)
    ]
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
        elif len(passage.text.split()) <= _BARE_WORDS and not any(_names(passage.text)):
            optional = _OPTIONAL.search(passage.text) is not None or (
                optional and _NEEDED.search(passage.text) is None
            )
        if not _table()[1].search(passage.text):
            continue  # no part of it says a language
        inside = passage.section == "requirements" or passage.kind == "title"
        for part in _PART.split(passage.text):
            must = _NEEDED.search(part) is not None and passage.section in (
                "other",
                "purpose",
                "how_to_apply",
                "facts",
                "benefits",
            )
            asks = _ASKS.search(part) or _OPTIONAL.search(part)
            if (inside and asks) or must or (inside and len(part.split()) <= 4):
                yield (
                    part
                    + (" (desirable)" if optional and passage.section == "requirements" else ""),
                    passage.row,
                    False,
                )


def _asked(words: str, labelled: bool) -> Iterator[LanguageAsked]:
    names = list(_names(words))
    for number, name in enumerate(names):
        if labelled or _ASKS.search(words) or _OPTIONAL.search(words) or len(words.split()) <= 4:
            before = names[number - 1].end if number else 0
            after = names[number + 1].start if number + 1 < len(names) else len(words)
            yield LanguageAsked(
                language=name.code,
                level=cast("Level | None", _level(words, before, name, after, names)),
                required=_OPTIONAL.search(_share_of(words, names, number)) is None,
            )


def _share_of(words: str, names: Sequence[_Name], number: int) -> str:
    """The clause of one of several languages: "Spanish required, English (an asset)".

    Names that only commas and "or" part share one: "Spanish, Tagalog, or Amharic a plus".
    """
    commas = [found.start() for found in re.finditer(r"[,;]\s", words)]
    first, last = number, number
    while first and _JOINT.fullmatch(words[names[first - 1].end : names[first].start]):
        first -= 1
    while last + 1 < len(names) and _JOINT.fullmatch(
        words[names[last].end : names[last + 1].start]
    ):
        last += 1
    start = max((at for at in commas if at < names[first].start), default=0)
    end = min((at for at in commas if at >= names[last].end), default=len(words))
    whole = len(names) == 1 or not any(names[0].end <= at <= names[-1].start for at in commas)
    tail = words[names[-1].end :] if number + 1 == len(names) else ""
    opened = words.rfind("(", 0, names[number].start)
    if opened >= 0 and ")" not in words[opened : names[number].start]:
        return words[opened:].partition(")")[0]
    behind = _BRACKET.match(words, names[number].end)
    if behind and any(behind.start("bracket") <= each.start < behind.end() for each in names):
        words, end = words[: behind.start("bracket")], min(end, behind.start("bracket"))
    if not whole:
        return words[start:end] + tail
    return _own_clause(words[: names[0].start]) + words[names[0].start :]


def _own_clause(text: str) -> str:
    """*text* from the clause on that leads up to a language; long clauses before it are left out.

    >>> _own_clause("You kept books for a shop, ideally at home in "), _own_clause("Ideally, good ")
    ('ideally at home in ', 'Ideally, good ')
    """
    start = 0
    for comma in _COMMA.finditer(text):
        if len(text[start : comma.start()].split()) < _CLAUSE_WORDS:
            break
        start = comma.end()
    return text[start:]


def _level(words: str, before: int, name: _Name, after: int, names: Sequence[_Name]) -> str | None:
    """The level written behind a language up to the next, or before it."""
    behind = words[name.end : min(after, name.end + _REACH)]
    bracket = re.match(r"\s?[(:–-]\s?[^()]{0,40}", behind)
    ahead = re.split(r"[,;)]", words[max(before, name.start - _REACH) : name.start])[-1]
    shared = words[: names[0].start] if before and not re.search(r"\w{4}", ahead) else ""
    shared = words[: name.start] if len(names) == 1 else shared
    follows = _FOLLOWS.match(behind)  # as Spanish adjectives do
    parts = (bracket[0] if bracket else "", behind if follows else "", ahead, behind, shared)
    for part in (*parts, words[names[-1].end :]):
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
    capital = [
        name for row in csv_rows("languages.csv") for name in filter(None, row["en"].split("|"))
    ]
    spanish = [
        name for row in csv_rows("languages.csv") for name in filter(None, row["es"].split("|"))
    ]
    either = sorted(
        {
            *capital,
            *spanish,
            *(name.capitalize() for name in spanish),
            *(name.upper() for name in spanish + capital),
        },
        key=len,
        reverse=True,
    )
    return codes, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, either))})(?![\w’'])")
