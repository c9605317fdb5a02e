"""What a glossary is made of: entries, and the problems that a file can have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from harmonize.records import Record

Language = Literal["en", "es"]
Pos = Literal["noun", "adj", "verb", "phrase", "name"]
Gender = Literal["", "m", "f", "mf"]
Status = Literal["preferred", "keep", "draft"]
Level = Literal["error", "warning"]

COLUMNS = (
    *("en", "es", "pos", "gender", "es_forms", "en_forms", "status"),
    *("avoid_en", "avoid_es", "domain", "note", "source"),
)
"""Every column that a glossary file may have, in the order in which new files get them."""

LISTS = ("es_forms", "en_forms", "avoid_en", "avoid_es")
"""Columns whose cells hold several values."""

SEPARATOR = "|"
"""What stands between the values of such a cell."""

FORMS = 4
"""How many forms ``es_forms`` has: masculine and feminine singular, then both plurals."""


class Entry(Record):
    """One term: a row of a glossary file, and where it stands there.

    >>> entry = Entry(en="shop steward", es="delegado sindical", gender="mf")
    >>> entry.term("es"), entry.pos, entry.applied
    ('delegado sindical', 'noun', True)
    """

    en: str
    es: str
    pos: Pos = "noun"
    gender: Gender = ""
    es_forms: tuple[str, ...] = ()
    en_forms: tuple[str, ...] = ()
    status: Status = "preferred"
    avoid_en: tuple[str, ...] = ()
    avoid_es: tuple[str, ...] = ()
    domain: str = ""
    note: str = ""
    source: str = ""
    file: str = ""
    line: int = 0

    @property
    def applied(self) -> bool:
        """Whether this entry is used; drafts are listed only."""
        return self.status != "draft"

    @property
    def place(self) -> str:
        """Where it stands, as ``file:line``."""
        return f"{self.file}:{self.line}"

    def term(self, language: Language) -> str:
        """The citation form in *language*."""
        return self.en if language == "en" else self.es

    def avoid(self, language: Language) -> tuple[str, ...]:
        """The renderings in *language* that must not appear."""
        return self.avoid_en if language == "en" else self.avoid_es

    def cells(self) -> dict[str, str]:
        """Its filled cells, by column, as a file has them.

        >>> Entry(en="CV", es="CV", avoid_en=("Life Sheet", "resume")).cells()["avoid_en"]
        'Life Sheet|resume'
        """
        values = {name: getattr(self, name) for name in COLUMNS}
        shown = {
            name: SEPARATOR.join(value) if name in LISTS else value
            for name, value in values.items()
        }
        return {name: cell for name, cell in shown.items() if cell}

    @property
    def key(self) -> tuple[str, str]:
        """What an entry of a later file replaces: the same English term as the same part of speech.

        >>> Entry(en="Cover  Letter", es="carta").key
        ('cover letter', 'noun')
        """
        return fold(self.en), self.pos


class Problem(Record):
    """Something wrong in a glossary file, with what to do about it."""

    file: str
    line: int
    level: Level
    message: str

    def __str__(self) -> str:
        mark = "" if self.level == "error" else "warning: "
        return f"{self.file}:{self.line}: {mark}{self.message}"


class Glossary(Record):
    """The entries of one or more files, in their order; later files have replaced earlier ones.

    >>> draft = Entry(en="band", es="banda", status="draft")
    >>> glossary = Glossary(entries=(Entry(en="CV", es="CV"), draft))
    >>> len(glossary.entries), len(glossary.applied)
    (2, 1)
    """

    entries: tuple[Entry, ...] = ()
    files: tuple[str, ...] = ()

    @cached_property
    def applied(self) -> tuple[Entry, ...]:
        """The entries that are used, the most binding first: those of the last file."""
        rank = {file: -number for number, file in enumerate(self.files)}
        used = [entry for entry in self.entries if entry.applied]
        return tuple(sorted(used, key=lambda entry: rank.get(entry.file, 0)))

    @cached_property
    def hash(self) -> str:
        """Twelve digits that change with every change that can change a translation.

        >>> first, again, other = (Glossary(entries=(Entry(en="CV", es=es, note=note),))
        ...     for es, note in (("CV", ""), ("CV", "as in Spain"), ("currículum", "")))
        >>> first.hash == again.hash, first.hash == other.hash
        (True, False)
        """
        without = {"file", "line", "domain", "note", "source"}
        rows = [entry.model_dump(exclude=without) for entry in self.applied]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:12]


def fold(term: str) -> str:
    """A term as it is compared: small letters, single spaces, straight apostrophes.

    >>> fold("Workers’  Rights ")
    "workers' rights"
    """
    return " ".join(term.replace("’", "'").casefold().split())


def merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The last entry for each key, each where the first of its key stood."""
    kept: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        kept[entry.key] = entry
    return tuple(kept.values())
