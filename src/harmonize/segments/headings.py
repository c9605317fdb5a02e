"""What a known heading is called in the other language."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from harmonize.segments.tables import key, shaped_title, table_rows

_LABEL = re.compile(r"[^:.;|]{2,60}:(?=\s)")
_PICTURE = re.compile(r"[^\w\s¡¿*#(\[\"'“«-]+\s+")
_SLOT = " {x}"
_OPENED_WORDS = 10
"""Most words of a heading such as "About the …": longer ones are sentences."""


class Head(NamedTuple):
    """A known beginning of a text, or all of it, and what it is called in the other language."""

    words: str
    translation: str


def known_head(text: str, source: str) -> Head | None:
    """The heading that *text* is, or the label or the opening that it begins with.

    Capitals throughout stay capitals; else the translation has the sentence case of the table.

    >>> known_head("How to Apply:", "en")
    Head(words='How to Apply:', translation='Cómo postularse:')
    >>> known_head("Reports to: the Head of Research", "en")
    Head(words='Reports to:', translation='Reporta a:')
    >>> known_head("About CLAC", "en"), known_head("Draft reports.", "en")
    (Head(words='About', translation='Sobre'), None)
    """
    names, openings = _tables(source)
    label = _LABEL.match(text)
    for words in (text, label[0] if label else ""):
        name = names.get(key(words))
        if name:
            return Head(words, _sign_of(words) + _like(words, name))
    opening = text.partition(" ")[0]
    name = openings.get(key(opening)) if len(text.split()) <= _OPENED_WORDS else None
    if not name or opening == text:
        return None
    return Head(opening, name.upper() if text.isupper() and len(opening) > 1 else name)


def shaped_head(text: str, source: str) -> Head | None:
    """What a heading is called that only its shape gives away; ask for headings only.

    >>> shaped_head("WHAT YOU'LL BE WORKING ON:", "en")
    Head(words="WHAT YOU'LL BE WORKING ON:", translation='FUNCIONES:')
    """
    title = "" if known_head(text, source) else shaped_title(text, source)
    if not title:
        return None
    before, core, after = text.partition(text.strip("*"))
    return Head(text, before + _sign_of(core) + _like(core, title) + after)


def _sign_of(words: str) -> str:
    """The picture or bullet that stands before a heading.

    >>> _sign_of("📅 Start:"), _sign_of("¿Qué ofrecemos?")
    ('📅 ', '')
    """
    found = _PICTURE.match(words)
    return found[0] if found else ""


def _like(words: str, name: str) -> str:
    colon = ":" if words.rstrip(" *_").endswith(":") else ""
    return (name.upper() if words.isupper() else name) + colon


@cache
def _tables(source: str) -> tuple[dict[str, str], dict[str, str]]:
    """Whole headings and openings; of several translations the first in the table counts."""
    target = "es" if source == "en" else "en"
    names: dict[str, str] = {}
    openings: dict[str, str] = {}
    for row in table_rows("headings.csv"):
        table = openings if row[source].endswith(_SLOT) else names
        name = key(row[source].removesuffix(_SLOT))
        table.setdefault(name, row[target].removesuffix(_SLOT))
    return names, openings
