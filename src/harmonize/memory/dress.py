"""A remembered translation, written as the text that asks for it is written."""

from __future__ import annotations

from harmonize.memory.entries import Entry
from harmonize.protect import pieces_around
from harmonize.sector.memory import is_upper, like_start
from harmonize.sector.normal import edges, tail_in


def dressed(entry: Entry, words: str) -> str:
    """The entry's translation with the list mark, the capitals and the final stop of *words*.

    >>> entry = Entry(source="Draft reports.", target="Redactar informes.", source_language="en",
    ...               target_language="es")
    >>> dressed(entry, "• DRAFT REPORTS; and"), dressed(entry, "Draft reports.")
    ('• REDACTAR INFORMES; y', 'Redactar informes.')
    """
    if words == entry.source:
        return entry.target
    asked, own, target = edges(words), edges(entry.source), edges(entry.target)
    upper = is_upper(asked.core, own.core)
    core = _upper(target.core) if upper else like_start(asked.core, target.core, own.core)
    same = asked.tail == own.tail
    tail = target.tail if same else tail_in(asked.tail, entry.target_language)
    return asked.lead + core + (tail[1:] if core.endswith(".") and tail[:1] == "." else tail)


def _upper(text: str) -> str:
    """*text* in capitals, but for addresses and the like."""
    pieces = pieces_around(text)
    return "".join(piece if protected else piece.upper() for piece, protected in pieces)
