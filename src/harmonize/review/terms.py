"""The glossary from here: the user's own file, and what a new term would be."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from harmonize.errors import HarmonizeError, UsageError
from harmonize.glossary import Glossary, Matcher, english, forms, load, spanish
from harmonize.glossary.check import check, check_entries
from harmonize.glossary.edit import Sheet, entry_of
from harmonize.glossary.inflect import head
from harmonize.glossary.load import BUNDLED, find_files
from harmonize.glossary.model import Entry, Language, Problem, fold
from harmonize.glossary.words import lemma

OWN = "my-terms.csv"
FIELDS = (
    *("en", "es", "pos", "gender", "es_forms", "en_forms", "status"),
    *("avoid_en", "avoid_es", "domain", "note"),
)
"""The columns that the form of a term has."""


class Loaded(NamedTuple):
    """A glossary, and what finds its terms; None where it has none."""

    glossary: Glossary
    matcher: Matcher | None


class Proposal(NamedTuple):
    """An entry as it would be added, its Spanish forms, and what is to be said against it."""

    entry: Entry
    forms: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def possible(self) -> bool:
        """Whether it can be added."""
        return not any(each.level == "error" for each in self.problems)


class Terms:
    """The glossaries of a review: those given, and the user's own file, read again when changed.

    *given* is None for the bundled files and empty for none.  The own file is the first of *given*
    that can be written, else ``my-terms.csv`` in *folder*.
    """

    def __init__(self, given: Sequence[str] | None, folder: Path) -> None:
        paths = [BUNDLED] if given is None else list(given)
        own = next((Path(each) for each in paths if _is_writable_file(Path(each))), None)
        self.own = own or folder / OWN
        self._paths = [each for each in paths if Path(each) != self.own]
        self._lock = threading.Lock()
        self._mark: object = None
        self._loaded = Loaded(Glossary(), None)
        self.problem = ""
        self.now()
        if self.problem:
            raise UsageError(self.problem, "harmonize glossary check lists all that is wrong.")

    @property
    def paths(self) -> list[str]:
        """All files and folders in force, the user's own the last."""
        return [*self._paths, *([str(self.own)] if self.own.exists() else [])]

    def now(self) -> Loaded:
        """The glossary as its files are; as it was where one is wrong (``problem`` tells)."""
        with self._lock:
            mark = self._files_mark()
            if mark != self._mark:
                self._mark = mark
                try:
                    glossary = load(self.paths)
                    matcher = Matcher(glossary) if glossary.applied else None
                    self._loaded, self.problem = Loaded(glossary, matcher), ""
                except HarmonizeError as error:
                    self.problem = str(error)
            return self._loaded

    def matcher(self) -> Matcher | None:
        """What finds the terms of all files."""
        return self.now().matcher

    def listed(self, word: str) -> list[Entry]:
        """The entries with *word* in them, the user's own first."""
        wanted = fold(word)
        found = [
            entry
            for entry in self.now().glossary.entries
            if wanted in fold(entry.en) or wanted in fold(entry.es)
        ]
        return sorted(found, key=lambda each: (not self.is_own(each), fold(each.en)))

    def is_own(self, entry: Entry) -> bool:
        """Whether *entry* stands in the file that can be changed here."""
        return bool(entry.file) and Path(entry.file).resolve() == self.own.resolve()

    def problems(self) -> list[Problem]:
        """What is wrong in the user's own file, also beside the others."""
        try:
            return [each for each in check(self.paths) if Path(each.file) == self.own]
        except HarmonizeError:
            return []

    def entry(self, line: int) -> Entry | None:
        """The entry of the own file that begins on *line*."""
        own = (each for each in self.now().glossary.entries if self.is_own(each))
        return next((each for each in own if each.line == line), None)

    def proposal(self, cells: Mapping[str, str], line: int = 0) -> Proposal:
        """The entry with *cells*, completed, beside all others but the one on *line*."""
        entry = completed(cells)
        others = [
            each
            for each in self.now().glossary.entries
            if not (line and self.is_own(each) and each.line == line)
        ]
        placed = entry.model_copy(update={"file": str(self.own), "line": -1})
        found = [each for each in check_entries([*others, placed]) if each.line == -1]
        return Proposal(entry, _distinct(entry), tuple(found))

    def save(self, cells: Mapping[str, str], line: int = 0) -> Entry:
        """Write an entry to the own file, in the place of the one on *line* if there is one."""
        entry = completed(cells)
        sheet = Sheet(self.own)
        if line:
            sheet.change(line, entry)
        else:
            line = sheet.add([entry])[0]
        return entry.model_copy(update={"file": str(self.own), "line": line})

    def remove(self, line: int) -> None:
        """Take the entry on *line* out of the own file."""
        Sheet(self.own).change(line, None)

    def _files_mark(self) -> object:
        try:
            files = find_files(self.paths)
            return [(file, file.stat().st_mtime_ns, file.stat().st_size) for file in files]
        except (HarmonizeError, OSError) as error:
            return str(error)


def completed(cells: Mapping[str, str]) -> Entry:
    """The entry that a form's *cells* give, with the gender that its ending gives.

    >>> completed({"en": "grievance", "es": "queja"}).gender
    'f'
    """
    filled = {name: cells.get(name, "").strip() for name in FIELDS}
    entry = entry_of(**{name: cell for name, cell in filled.items() if cell})
    if entry.pos == "noun" and not entry.gender:
        gender = spanish.gender_of(head(entry.es))
        entry = entry.model_copy(update={"gender": gender})
    return entry


def citation(words: str, language: Language) -> str:
    """Selected *words* as a glossary has them: in the singular, in small letters but for names.

    >>> citation("Trade unions,", "en"), citation("pequeños productores", "es")
    ('trade union', 'pequeño productor')
    >>> citation("recursos", "es"), citation("OPP", "es")
    ('recurso', 'OPP')
    """
    term = " ".join(words.split()).strip(" \t.,;:·•()[]“”\"'¿?¡!")
    if not term or spanish.is_acronym(term):
        return term
    if not any(word[:1].isupper() for word in term.split()[1:]):
        term = term[:1].lower() + term[1:]
    if language == "en":
        return english.singular(term)
    parts = term.split(" ")
    if spanish.is_plural(head(term).lower()):
        parts = [lemma(word, "es") if spanish.is_plural(word) else word for word in parts]
    return " ".join(parts)


def _distinct(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, forms(entry))))


def _is_writable_file(path: Path) -> bool:
    if path.suffix.lower() != ".csv":
        return False
    return os.access(path, os.W_OK) if path.exists() else path.parent.is_dir()
