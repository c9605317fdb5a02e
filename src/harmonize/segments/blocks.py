"""The lines of a posting as blocks: title, headings, bullets, table rows, paragraphs, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmonize.records import CELL, Block, Kind

_LINE = re.compile(r"[^\n]+")
_MARKER = re.compile(r"\s*(?P<marker>[•▪◦●*–-]|\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_CONTACT = re.compile(r"^(?:\S+@\S+|https?://\S+|www\.\S+)$")
_HEADING_WORDS = 8


def segment(text: str) -> list[Block]:
    """Cut repaired *text* into blocks, in order; only white space is outside of them.

    >>> [(b.kind, b.marker, b.text) for b in segment("Duties:\\n\\n• Draft reports.\\n")]
    [('heading', '', 'Duties:'), ('bullet', '•', 'Draft reports.')]
    """
    blocks = list(_blocks(text))
    if blocks and blocks[0].kind == "heading" and not blocks[0].text.endswith(":"):
        blocks[0] = blocks[0].model_copy(update={"kind": "title"})
    return blocks


def _blocks(text: str) -> Iterator[Block]:
    for line in _LINE.finditer(text):
        body = line.group().rstrip()
        if not body.strip():
            continue
        start = line.start() + len(body) - len(body.lstrip())
        marker = _MARKER.match(body)
        words = body[marker.end() :] if marker else body.strip()
        yield Block(
            kind=_kind(words, bool(marker), "\t" in body.strip()),
            text=_one_line(words),
            start=start,
            end=line.start() + len(body),
            marker=marker["marker"] if marker else "",
        )


def _one_line(words: str) -> str:
    cells = [" ".join(cell.split()) for cell in words.split("\t")]
    return CELL.join(cells) if len(cells) > 1 else cells[0]


def _kind(words: str, marked: bool, tabbed: bool) -> Kind:
    if tabbed and not marked:
        return "table"
    if _CONTACT.match(words.strip()):
        return "contact"
    short = len(words.split()) <= _HEADING_WORDS and not words.rstrip().endswith((".", ";", ","))
    if short and (not marked or words.istitle()):
        return "heading"
    return "bullet" if marked else "paragraph"
