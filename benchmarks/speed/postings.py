"""Postings to measure with, as many as wanted, the same ones in every run.

Their lines are put together from parts in `parts.toml`: some 100,000 different sentences in each
language.  `distinct` gives postings of which no two share a sentence; `repetitive` gives such as an
organisation's site has, where who we are, what we offer and how to apply come again and again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from harmonize.glossary.model import Language

STEP = 7919
"""A prime: neighbours among the numbers become sentences that are not alike."""

Table = dict[str, list[str]]


def distinct(count: int, lines: int = 8, first: int = 0) -> Iterator[tuple[str, str]]:
    """Names and texts of *count* postings, each with so many sentences that no other has.

    Those from *first* on share none with those before.
    """
    for number in range(first, first + count):
        language: Language = "es" if number % 4 == 3 else "en"
        yield f"posting-{number:05}", _text(number, language, _sentences(number, language, lines))


def repetitive(count: int, lines: int = 8) -> Iterator[tuple[str, str]]:
    """The same, with a third of the sentences new and the others as in many more postings."""
    for number in range(count):
        language: Language = "es" if number % 4 == 3 else "en"
        own = _sentences(number, language, lines)
        yield f"posting-{number:05}", _text(number, language, own, _common(number, language))


def sentences(count: int, language: Language) -> list[str]:
    """*count* different sentences."""
    return [_sentence(number, language) for number in range(count)]


def write(postings: Iterator[tuple[str, str]], folder: Path) -> None:
    """A file for each posting."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in postings:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


@cache
def _parts() -> dict[str, Table]:
    return tomllib.loads((Path(__file__).parent / "parts.toml").read_text(encoding="utf-8"))


def _sentence(number: int, language: Language) -> str:
    parts = _parts()[language]
    slots = [parts[name] for name in ("verbs", "objects", "partners", "places")]
    total = 1
    for slot in slots:
        total *= len(slot)
    rest = number * STEP % total
    words = []
    for slot in slots:
        rest, at = divmod(rest, len(slot))
        words.append(slot[at])
    return f"{' '.join(words)}."


def _sentences(number: int, language: Language, lines: int) -> list[str]:
    return [_sentence(number * lines + line, language) for line in range(lines)]


def _common(number: int, language: Language) -> dict[str, list[str]]:
    """What the postings of one organisation share; each organisation chooses its own."""
    parts = _parts()[language]
    house = number % 23
    return {
        "about": [parts["about"][house % len(parts["about"])]],
        "offer": _some(parts["offer"], house, 5),
        "requirements": _some(parts["requirements"], number % 11, 5),
        "apply": [parts["apply"][house % len(parts["apply"])]],
        "equal": [parts["equal"][house % len(parts["equal"])]],
    }


def _some(lines: Sequence[str], start: int, count: int) -> list[str]:
    return [lines[(start + step) % len(lines)] for step in range(count)]


def _text(
    number: int,
    language: Language,
    own: Sequence[str],
    common: dict[str, list[str]] | None = None,
) -> str:
    """A posting in Markdown as people paste it: headings, paragraphs, bullets."""
    parts = _parts()[language]
    heads = dict(zip(parts["order"], parts["headings"], strict=True))
    common = common or {}
    half = len(own) // 2
    sections = {
        "about": common.get("about", []),
        "duties": [f"• {line}" for line in own[: half + half * bool(common)]],
        "requirements": [f"• {line}" for line in common.get("requirements", own[half:])],
        "offer": [f"• {line}" for line in common.get("offer", [])],
        "apply": [*common.get("apply", []), *common.get("equal", [])],
    }
    title = f"{parts['titles'][number % len(parts['titles'])]} {number}"
    blocks = [title, *(_section(heads[name], sections[name]) for name in parts["order"])]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _section(heading: str, lines: Sequence[str]) -> str:
    return "\n\n".join([heading, "\n".join(lines)]) if lines else ""
