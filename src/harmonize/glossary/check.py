"""What is wrong in glossary files: all of it at once, each with file and line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from harmonize.glossary import spanish, table
from harmonize.glossary.inflect import forms, head
from harmonize.glossary.load import find_files, parse_entries, problem
from harmonize.glossary.model import COLUMNS, Entry, Language, Level, Problem, fold
from harmonize.glossary.tables import tables

LANGUAGES: tuple[Language, ...] = ("en", "es")
_MEANT = {
    **{"english": "en", "inglés": "en", "spanish": "es", "español": "es"},
    **{"part of speech": "pos", "género": "gender", "notes": "note"},
}
"""What people call the columns; close spellings are found without a table."""
_FEMININE = re.compile(r"(?:[cstxg]ión|[td]ad|tud|umbre|iones|[td]ades)$")
_MASCULINE = re.compile(r"(?:o|os|aje|ajes)$")


def check(paths: Iterable[str | Path]) -> list[Problem]:
    """The problems of the files and folders in *paths*, by file and line.

    >>> check([])
    []
    """
    files = find_files(paths)
    problems: list[Problem] = []
    entries: list[Entry] = []
    for file in files:
        found, wrong = _check_file(file)
        entries += found
        problems += wrong
    for rule in RULES:
        problems += rule(entries)
    order = {str(file): number for number, file in enumerate(files)}
    return sorted(problems, key=lambda each: (order[each.file], each.line, each.message))


def check_entries(entries: Sequence[Entry]) -> list[Problem]:
    """What is wrong with entries beside each other and each by itself.

    >>> entry = Entry(en="CV", es="CV", pos="name", avoid_en=("cv",), file="my.csv", line=2)
    >>> str(check_entries([entry])[0])
    'my.csv:2: "cv" is to be avoided, but it is the term itself.'
    """
    return [each for rule in RULES for each in rule(entries)]


def _check_file(file: Path) -> tuple[list[Entry], list[Problem]]:
    data = table.read_bytes(file)
    if line := table.not_utf8(data):
        return [], [problem(str(file), line, table.NOT_UTF8)]
    text = data.decode("utf-8-sig")
    entries, problems = parse_entries(text, str(file))
    sheet = table.parse(text)
    for name in sheet.columns:
        if name not in COLUMNS:
            problems.append(problem(str(file), sheet.header_line, _unknown_column(name)))
    return entries, problems


def _unknown_column(name: str) -> str:
    near = [_MEANT[name]] if name in _MEANT else get_close_matches(name, COLUMNS, 1)
    meant = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(COLUMNS)}."
    return f'the column "{name}" is not known{meant}'


def _at(entry: Entry, message: str, level: Level = "error") -> Problem:
    return problem(entry.file, entry.line, message, level)


def _duplicates(entries: Sequence[Entry]) -> Iterator[Problem]:
    """The same English term twice: once too often, or with two meanings."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if first is entry:
            continue
        elsewhere = first.file != entry.file
        same = fold(first.es) == fold(entry.es)
        place = first.place if elsewhere else f"line {first.line}"
        if same:
            message = f'"{entry.en}" ({entry.pos}) is in {place} already.'
        else:
            message = (
                f'"{entry.en}" ({entry.pos}) is "{entry.es}" here and "{first.es}" in {place}'
                f"{'; this one is used.' if elsewhere else '; keep one of them.'}"
            )
        yield _at(entry, message, "warning" if elsewhere else "error")


def _avoids_itself(entries: Sequence[Entry]) -> Iterator[Problem]:
    for entry in entries:
        own = {"en": (entry.en, *entry.en_forms), "es": (entry.es, *forms(entry))}
        for language in LANGUAGES:
            folded = set(map(fold, own[language]))
            for avoided in entry.avoid(language):
                if fold(avoided) in folded:
                    yield _at(entry, f'"{avoided}" is to be avoided, but it is the term itself.')
                elif _inside(fold(avoided), fold(entry.term(language))):
                    message = f'"{avoided}" is to be avoided, but it is a part of the term.'
                    yield _at(entry, message, "warning")


def _avoided_twice(entries: Sequence[Entry]) -> Iterator[Problem]:
    """One rendering that two entries want replaced, each by its own term."""
    for language in LANGUAGES:
        wants: dict[str, Entry] = {}
        for entry in entries:
            for avoided in entry.avoid(language):
                other = wants.setdefault(fold(avoided), entry)
                if fold(other.term(language)) != fold(entry.term(language)):
                    yield _at(
                        entry,
                        f'"{avoided}" is to be avoided here for "{entry.term(language)}" and in '
                        f'{other.place} for "{other.term(language)}"; keep one of them.',
                    )


def _avoids_a_term(entries: Sequence[Entry]) -> Iterator[Problem]:
    """A rendering to avoid that is another entry's term; worse, one that leads back."""
    for language in LANGUAGES:
        terms: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            terms[fold(entry.term(language))].append(entry)
        leads = {
            term: {fold(avoided) for entry in same for avoided in entry.avoid(language)} - {term}
            for term, same in terms.items()
        }
        for entry in entries:
            for avoided in entry.avoid(language):
                yield from _avoids_another(entry, avoided, language, terms, leads)


def _avoids_another(
    entry: Entry,
    avoided: str,
    language: Language,
    terms: dict[str, list[Entry]],
    leads: dict[str, set[str]],
) -> Iterator[Problem]:
    here, there = fold(entry.term(language)), fold(avoided)
    if there == here or there not in terms:
        return
    other = terms[there][0]
    if here in _reachable(there, leads):
        yield _at(entry, f'"{avoided}" is to be avoided, and {other.place} leads back to this one.')
    else:
        message = f'"{avoided}" is to be avoided, but it is a term in {other.place}.'
        yield _at(entry, message, "warning")


def _reachable(start: str, leads: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = leads.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _genders(entries: Sequence[Entry]) -> Iterator[Problem]:
    for entry in entries:
        if entry.pos != "noun":
            if entry.gender and entry.pos != "name":
                yield _at(entry, f"only nouns have a gender; this is a {entry.pos}.", "warning")
        elif not entry.gender:
            guess = spanish.gender_of(head(entry.es))
            yield _at(entry, f'"{entry.es}" has no gender; {guess} is taken.', "warning")
        elif (sure := _certain_gender(head(entry.es))) and entry.gender not in (sure, "mf"):
            yield _at(entry, f'gender is {entry.gender}, but "{head(entry.es)}" is {sure}.')


def _certain_gender(noun: str) -> str:
    """The gender that an ending leaves no doubt about."""
    words, small = tables("es"), noun.lower()
    if spanish.is_acronym(noun) or not noun.islower():
        return ""
    if small in words["either_gender"]:
        return ""
    if small in words["masculine"]:
        return "m"
    if small in words["feminine"] or _FEMININE.search(small):
        return "f"
    return "m" if _MASCULINE.search(small) else ""


def _forms(entries: Sequence[Entry]) -> Iterator[Problem]:
    for entry in entries:
        for form in entry.en_forms:
            if fold(form) == fold(entry.en):
                yield _at(entry, f'en_forms has the term "{form}" itself.', "warning")
        if any(entry.es_forms) and entry.pos not in ("noun", "adj", "name"):
            yield _at(entry, f"es_forms are of no use to a {entry.pos}.", "warning")


def _formulas(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Cells that a spreadsheet takes for a formula and runs."""
    for entry in entries:
        for column, cell in entry.cells().items():
            if is_formula(cell):
                yield _at(entry, f"{column} begins with {cell[0]!r}, which spreadsheets run.")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would take *cell* for a formula.

    >>> is_formula("=1+1"), is_formula("@SUM(A1)"), is_formula("-5 %"), is_formula("wage")
    (True, True, True, False)
    """
    return cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def _inside(part: str, whole: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole))


RULES: tuple[Callable[[Sequence[Entry]], Iterable[Problem]], ...] = (
    _duplicates,
    _avoids_itself,
    _avoided_twice,
    _avoids_a_term,
    _genders,
    _forms,
    _formulas,
)
"""Every rule on entries; one on files is what `load` refuses."""
