"""What is wrong in memory files: all of it at once, each with file and line.

An error is what cannot be right or is never used; a warning is what a person should look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from harmonize.errors import UsageError
from harmonize.glossary import Match, Matcher, avoided, load, settle, table
from harmonize.glossary.check import is_formula
from harmonize.glossary.load import problem
from harmonize.glossary.model import Language, Level, Problem
from harmonize.language import detect
from harmonize.protect import protected_spans
from harmonize.sector import tables
from harmonize.sector.load import HELDOUT, Row, bundled, is_held_out, parse
from harmonize.sector.normal import edges, normal, tokens
from harmonize.sector.reading import KINDS
from harmonize.sector.templates import SLOT, Choice, Side, Slot
from harmonize.segments import known_head

LANGUAGES: tuple[Language, Language] = ("en", "es")
_OTHER: dict[Language, Language] = {"en": "es", "es": "en"}
_RATIO = (0.5, 2.2)
_LEAST_LENGTH = 20
"""Code points from which the lengths of two sides are compared."""
_FILLING = "x" * 8
"""Stands for a slot where lengths are compared."""
_LEAST_WORDS = 5
"""Words from which the language that is found counts."""
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]+\b")
_ONE = 1
"""*One* and *un* stand for more than the number."""


def check(paths: Iterable[str | Path] | None = None) -> list[Problem]:
    """The problems of the files and folders in *paths*, by file and line; else of those bundled.

    >>> check([])
    []
    """
    files = _files([bundled()] if paths is None else paths)
    problems: list[Problem] = []
    rows: list[Row] = []
    for file in files:
        found, wrong = _parsed(file)
        rows += found
        problems += wrong
    problems += check_rows(rows)
    order = {str(file): number for number, file in enumerate(files)}
    return sorted(problems, key=lambda each: (order[each.file], each.line, each.message))


def check_rows(rows: Sequence[Row]) -> list[Problem]:
    """What is wrong with rows beside each other and each by itself.

    >>> row = Row(en="{n} people", es="{m} personas", kind="template", file="my.csv", line=2)
    >>> str(check_rows([row])[0])
    'my.csv:2: there is no slot {m}; slots are n, amount, date, percent, language, place, \
organization, role, email, url, x.'
    """
    problems = [each for rule in TOGETHER for each in rule(rows)]
    for row in rows:
        wrong = list(_slots(row))
        problems += wrong or [each for rule in ALONE for each in rule(row)]
    return problems


def _files(paths: Iterable[str | Path]) -> list[Path]:
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise UsageError(f"There is no file {path}.", "Give a CSV file or a folder of them.")
        found += sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _parsed(file: Path) -> tuple[list[Row], list[Problem]]:
    data = table.read_bytes(file)
    if line := table.not_utf8(data):
        return [], [problem(str(file), line, table.NOT_UTF8)]
    return parse(data.decode("utf-8-sig"), str(file))


def _at(row: Row, message: str, level: Level = "error") -> Problem:
    return problem(row.file, row.line, message, level)


def _duplicates(rows: Sequence[Row]) -> Iterator[Problem]:
    """A line twice; an English line with two renderings; a Spanish one with two."""
    for language in LANGUAGES:
        seen: dict[tuple[str, str], Row] = {}
        for row in rows:
            first = seen.setdefault((row.kind, _key(row, language)), row)
            if first is not row:
                yield from _second(first, row, language)


def _second(first: Row, row: Row, language: Language) -> Iterator[Problem]:
    place = first.place if first.file != row.file else f"line {first.line}"
    other = _OTHER[language]
    if _key(first, other) == _key(row, other):
        if language == "en":
            elsewhere = first.file != row.file
            level: Level = "warning" if elsewhere else "error"
            yield _at(row, f'"{row.en}" is in {place} already.', level)
    else:
        message = (
            f'"{row.side(language)}" is "{row.side(other)}" here and "{first.side(other)}" in '
            f"{place}; the first is used."
        )
        yield _at(row, message, "error" if language == "en" else "warning")


def _key(row: Row, language: Language) -> str:
    if row.kind == "pair":
        return normal(row.side(language), language)
    return repr(Side(row.side(language), language).elements)


def _sides_of_the_holdout(rows: Sequence[Row]) -> Iterator[Problem]:
    """One pair in ten stands apart, to measure with; where a folder keeps such a file."""
    for row in rows:
        file = Path(row.file)
        if not (file.name == HELDOUT or file.with_name(HELDOUT).is_file()):
            continue
        if is_held_out(row) != (file.name == HELDOUT):
            where = "belongs into" if is_held_out(row) else "does not belong into"
            yield _at(row, f"this pair {where} {HELDOUT}: run scripts/hold_out.py.")


def _slots(row: Row) -> Iterator[Problem]:
    """Slots that are unknown, missing on a side, or too many."""
    if row.kind == "pair":
        if "{" in row.en + row.es or "}" in row.en + row.es:
            yield _at(row, "a pair has no slots: make its kind template.")
        return
    sides = [Side(row.side(language), language) for language in LANGUAGES]
    for side in sides:
        wrong = (*_wrong_slots(side), *_wrong_choices(side))
        yield from (_at(row, message) for message in wrong)
    slots = [Counter(side.slots) for side in sides]
    if slots[0] != slots[1]:
        shown = [", ".join(sorted(each)) or "none" for each in slots]
        yield _at(row, f"the slots differ: {shown[0]} in English, {shown[1]} in Spanish.")


def _wrong_slots(side: Side) -> Iterator[str]:
    slots = [each for each in side.elements if isinstance(each, Slot)]
    yield from (
        f"there is no slot {{{slot.name}}}; slots are {', '.join(KINDS)}."
        for slot in slots
        if slot.kind not in KINDS
    )
    if re.search(r"[{}]", SLOT.sub("", side.text)):
        yield f'a brace is left over in "{side.text}"; slots look like {{n}}, {{n2}}, {{n|a|b}}.'
    if not slots:
        yield f'"{side.text}" has no slot: make its kind pair.'
    elif all(isinstance(each, Slot) for each in side.elements):
        yield f'"{side.text}" has no words besides its slots: it would fit any line.'
    if sum(slot.kind == "x" for slot in slots) > 1:
        yield f'"{side.text}" has more than one {{x}}.'
    for name, times in Counter(slot.name for slot in slots).items():
        if times > 1:
            yield f"the slot {{{name}}} is there twice; number the second: {{{name}2}}."


def _wrong_choices(side: Side) -> Iterator[str]:
    for choice in (each for each in side.elements if isinstance(each, Choice)):
        words = "|".join(choice.texts)
        if choice.name not in side.slots or not choice.name.startswith("n"):
            yield f"there is no number {{{choice.name}}} to choose {words} by."
        if len(choice.texts) != 2:
            yield f"{words} needs two words: for one, and for more."


def _numbers(row: Row) -> Iterator[Problem]:
    """Numbers that only one side has: figures are an error, words may have been put otherwise."""
    figures, words = zip(*(_numbers_of(row.side(each), each) for each in LANGUAGES), strict=True)
    if figures[0] + words[0] == figures[1] + words[1]:
        return
    if figures[0] != figures[1] and not _by_words(figures, words):
        shown = [", ".join(map(str, sorted(each.elements()))) or "none" for each in figures]
        yield _at(row, f"the numbers differ: {shown[0]} in English, {shown[1]} in Spanish.")
    elif words[0] != words[1]:
        shown = [", ".join(map(str, sorted(each.elements()))) or "none" for each in words]
        message = f"the numbers in words differ: {shown[0]} in English, {shown[1]} in Spanish."
        yield _at(row, message, "warning")


def _by_words(figures: Sequence[Counter[int]], words: Sequence[Counter[int]]) -> bool:
    """Whether figures on one side are words on the other: 13 and *decimotercero*, 2 and *dos*."""
    return figures[0] - figures[1] <= words[1] and figures[1] - figures[0] <= words[0]


def _numbers_of(text: str, language: Language) -> tuple[Counter[int], Counter[int]]:
    keys = tokens(SLOT.sub(" ", text), language).keys
    figures = Counter(int(key) for key in keys if key.isdecimal())
    known = tables.numbers(language)
    values = (known[key,].value for key in keys if (key,) in known)
    return figures, Counter(value for value in values if value != _ONE)


def _names(row: Row) -> Iterator[Problem]:
    """Addresses and amounts, and acronyms, that only one side has."""
    kept = [
        Counter(s.text for s in protected_spans(row.side(each)) if s.kind != "phone")
        for each in LANGUAGES
    ]
    for text in (kept[0] - kept[1]) + (kept[1] - kept[0]):
        yield _at(row, f'"{text}" stands on one side only.')
    acronyms = [set(_ACRONYM.findall(SLOT.sub(" ", row.side(each)))) for each in LANGUAGES]
    for language, own, others in zip(LANGUAGES, acronyms, reversed(acronyms), strict=True):
        terms = " ".join(
            match.text for match in _matcher().find(SLOT.sub(" ", row.side(language)), language)
        )
        unknown = sorted(name for name in own - others if name not in terms)
        if unknown and not row.side(language).isupper():
            message = f"{', '.join(unknown)} stands on the {_called(language)} side only."
            yield _at(row, message, "warning")


def _languages(row: Row) -> Iterator[Problem]:
    """A side in another language: surely so in a sentence, perhaps in a few words."""
    for language in LANGUAGES:
        text = _plain(row.side(language))
        found = detect(text).language
        if found in {language, "und"}:
            continue
        sure = found == _OTHER[language] and len(text.split()) >= _LEAST_WORDS
        message = f'the {_called(language)} side looks like another language ({found}): "{text}".'
        yield _at(row, message, "error" if sure else "warning")


def _lengths(row: Row) -> Iterator[Problem]:
    filled = [SLOT.sub(lambda slot: "" if slot[3] else _FILLING, row.side(x)) for x in LANGUAGES]
    english, spanish = map(len, filled)
    if max(english, spanish) < _LEAST_LENGTH:
        return
    ratio = spanish / max(1, english)
    if not _RATIO[0] <= ratio <= _RATIO[1]:
        message = f"the Spanish side has {ratio:.1f} times the length of the English one."
        yield _at(row, message, "warning")


def _terms(row: Row) -> Iterator[Problem]:
    """The glossary's terms that one side has and the other has not, and what is to be avoided."""
    matcher = _matcher()
    for language in LANGUAGES:
        own, other = row.side(language), row.side(_OTHER[language])
        for each in avoided(matcher, own, language):
            wrong = own[each.start : each.end]
            yield _at(row, f'the glossary avoids "{wrong}"; it has "{each.after}".')
        matches = [each for each in matcher.find(own, language) if _is_binding(each, language)]
        for term in settle(matcher, matches, other, _OTHER[language]).terms:
            if term.outcome == "violated":
                here, there = (term.en, term.es)[:: 1 if language == "en" else -1]
                message = f'the glossary has "{there}" for "{here}"; the other side has not.'
                yield _at(row, message, "warning")


def _is_binding(match: Match, language: Language) -> bool:
    """Whether a term is said in one way only: formulas vary, and so do single Spanish words."""
    if match.entry.pos in {"phrase", "verb"}:
        return False
    return language == "en" or match.entry.pos == "name" or " " in match.entry.es


def _headings(row: Row) -> Iterator[Problem]:
    """What the table of headings, which is asked first, says otherwise."""
    if row.kind == "template":
        return
    for language in LANGUAGES:
        own, other = edges(row.side(language)).core, row.side(_OTHER[language])
        head = known_head(own, language)
        if head is None or head.words != own:
            continue
        if normal(head.translation, _OTHER[language]) != normal(other, _OTHER[language]):
            message = (
                f'the table of headings has "{head.translation}" for "{own}", and is asked first.'
            )
            yield _at(row, message, "warning")


def _formulas(row: Row) -> Iterator[Problem]:
    for name, cell in (("en", row.en), ("es", row.es), ("note", row.note)):
        if is_formula(cell):
            yield _at(row, f"{name} begins with {cell[0]!r}, which spreadsheets run.")


@cache
def _matcher() -> Matcher:
    return Matcher(load())


def _plain(text: str) -> str:
    """A side without its slots."""
    chosen = SLOT.sub(lambda slot: slot[3].split("|")[1] if slot[3] else " ", text)
    return " ".join(chosen.split())


def _called(language: Language) -> str:
    return "English" if language == "en" else "Spanish"


TOGETHER: tuple[Callable[[Sequence[Row]], Iterable[Problem]], ...] = (
    _duplicates,
    _sides_of_the_holdout,
)
"""Rules on rows beside each other."""

ALONE: tuple[Callable[[Row], Iterable[Problem]], ...] = (
    _numbers,
    _names,
    _languages,
    _lengths,
    _terms,
    _headings,
    _formulas,
)
"""Rules on one row whose slots are right."""
