"""What the room knows beforehand: headings, page furniture, and lists of words.  All data files."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from harmonize.again import once
from harmonize.letters import without_accents
from harmonize.records import SectionName

_SLOT = " {x}"
_SLOT_WORDS = 8
_SHAPE_WORDS = 12
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_LETTERED = re.compile(r"^\W{0,3}(?:[A-Z][.)]|\d{1,2}(?:\.\d{1,2})?)\s+(?=[A-ZÁÉÍÓÚÑ¿])")
_NO_WORDS = re.compile(r"[^\w\s]{3}|[^\s]{30}")
"""What no heading has: signs in a row, and words without an end."""
_SPACES = re.compile(r"[\s*_]+")
_AND = re.compile(r",? (?:and|y|e) |, ")
_NETWORKS = re.compile(
    r"(?:(?:facebook|twitter|linked ?in|instagram|you ?tube|whats ?app|telegram|tik ?tok|e-?mail)"
    r"[\s|,·/]*){2,9}",
    re.IGNORECASE,
)
_LONGEST = 120
_AS_WRITTEN = frozenset({"camel", "verbs"})
"""Lists in which an accent tells two words apart: "está" is a verb, "esta" is none."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A known heading: its section, and the languages it is written in (both for "Supervisor")."""

    section: SectionName
    languages: frozenset[Literal["en", "es"]]


@once(8_192)
def key(text: str) -> str:
    """*text* as the tables spell it: small letters, no accents, no punctuation at the edges.

    >>> key("**Función  Principal:**")
    'funcion principal'
    """
    plain = without_accents(text.casefold().replace("’", "'").replace("&", " and "))
    return _EDGES.sub("", _SPACES.sub(" ", plain))


@lru_cache(maxsize=4096)
def heading(text: str) -> Cue | None:
    """The known heading that *text* is, however it is written; None for any other text.

    >>> heading("FUNCIÓN PRINCIPAL:").section, heading("About CLAC").section
    ('duties', 'about')
    >>> heading("What we'd love to see in you").section, heading("Lo que te llevas").section
    ('requirements', 'benefits')
    >>> heading("Draft reports") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    wanted = key(unlettered(text))
    whole, openings = _headings()
    known = whole.get(wanted) or _shaped(wanted)
    return known or _series(wanted, whole) or _opening(wanted, openings)


def _shaped(wanted: str) -> Cue | None:
    """The cue of a heading in words of its author: "What we'd like to see in you"."""
    if len(wanted.split()) > _SHAPE_WORDS or not wanted or _NO_WORDS.search(wanted):
        return None
    found = ((cue, rule.fullmatch(wanted)) for rule, cue in _shapes())
    return next((cue for cue, match in found if match), None)


def shaped_title(text: str, source: str) -> str:
    """What a heading in its author's own words is called in the language that is not *source*.

    A dictionary makes nonsense of "The role in a nutshell".  Empty where no shape fits.

    >>> shaped_title("What we'd love to see in you", "en"), shaped_title("Lo que te llevas", "es")
    ('Requisitos', 'What we offer')
    """
    cue = _shaped(key(unlettered(text))) if len(text) <= _LONGEST else None
    if cue is None or source not in cue.languages:
        return ""
    english, spanish = _titles().get(cue.section, ("", ""))
    return spanish if source == "en" else english


@cache
def _titles() -> dict[str, tuple[str, str]]:
    return {name: (en, es) for name, (en, es) in _shape_table()["titles"].items()}


@cache
def _shape_table() -> dict[str, Any]:
    return tomllib.loads(_data("heading_shapes.toml"))


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], Cue], ...]:
    table = _shape_table()
    parts: dict[str, str] = {}
    for name, pattern in table["parts"].items():
        parts[name] = _filled(pattern, parts)
    return tuple(
        (
            re.compile("|".join(_filled(pattern, parts) for pattern in shape["patterns"])),
            Cue(shape["section"], frozenset({shape["language"]})),
        )
        for shape in table["shape"]
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda part: parts[part[1]], pattern)


def unlettered(text: str) -> str:
    """*text* without the capital letter, or the number without a stop, that numbers it.

    >>> unlettered("B. Summary of functions"), unlettered("3 Deliverables"), unlettered("A place")
    ('Summary of functions', 'Deliverables', 'A place')
    """
    return _LETTERED.sub("", text)


def _series(wanted: str, whole: dict[str, Cue]) -> Cue | None:
    """The cue of "knowledge, skills and experience": its parts are known, the first decides."""
    parts = [whole.get(part) for part in _AND.split(wanted)]
    cues = [cue for cue in parts if cue]
    if len(cues) < len(parts) or len(cues) < 2:
        return None
    languages = frozenset.intersection(*(cue.languages for cue in cues))
    return Cue(cues[0].section, languages) if languages else None


def _opening(wanted: str, openings: dict[str, Cue]) -> Cue | None:
    words = wanted.split()
    if len(words) > _SLOT_WORDS or "." in wanted:
        return None
    found = (openings.get(" ".join(words[:count])) for count in range(1, len(words)))
    return next((cue for cue in found if cue), None)


@cache
def _headings() -> tuple[dict[str, Cue], dict[str, Cue]]:
    whole: dict[str, Cue] = {}
    openings: dict[str, Cue] = {}
    for row in table_rows("headings.csv"):
        for language in ("en", "es"):
            table = openings if row[language].endswith(_SLOT) else whole
            name = key(row[language].removesuffix(_SLOT))
            cue = Cue(cast("SectionName", row["section"]), frozenset({language}))
            earlier = table.get(name)
            table[name] = (
                Cue(earlier.section, earlier.languages | cue.languages) if earlier else cue
            )
    return whole, openings


def furniture(text: str) -> Literal["sure", "weak", ""]:
    """Whether *text* belongs to the page and not to the posting; weak if only in such company.

    >>> furniture("Printer-friendly version"), furniture("Search"), furniture("Duties")
    ('sure', 'weak', '')
    """
    whole, starts = _furniture()
    if text.lstrip("*_ ").casefold().startswith(starts) or _NETWORKS.fullmatch(text):
        return "sure"
    return whole.get(key(text), "") if len(text) <= _LONGEST else ""


@cache
def _furniture() -> tuple[dict[str, Literal["sure", "weak"]], tuple[str, ...]]:
    rows = table_rows("boilerplate.csv")
    whole: dict[str, Literal["sure", "weak"]] = {
        key(row["text"]): "sure" if row["how"] == "whole" else "weak"
        for row in rows
        if row["how"] != "start"
    }
    return whole, tuple(row["text"].casefold() for row in rows if row["how"] == "start")


@cache
def words(name: str) -> frozenset[str]:
    """One of the word lists of `data/shapes.toml`, ready to be asked with `key`; two as written.

    >>> "job title" in words("titles"), "envie" in words("asks"), "está" in words("verbs")
    (True, True, True)
    """
    lists = tomllib.loads(_data("shapes.toml"))
    return frozenset(word if name in _AS_WRITTEN else key(word) for word in lists[name])


def table_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the room's CSV tables.

    >>> sorted(table_rows("headings.csv")[0])
    ['en', 'es', 'section']
    """
    return list(csv.DictReader(_data(name).splitlines()))


def _data(name: str) -> str:
    return files("harmonize.segments").joinpath("data", name).read_text(encoding="utf-8")
