"""A posting as blocks: title, headings, bullets, table rows, paragraphs, contacts, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmonize.records import Block, Kind
from harmonize.segments import glue, tabular
from harmonize.segments.join import Part, join
from harmonize.segments.kinds import kinds
from harmonize.segments.levels import levels
from harmonize.segments.lines import lines

_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
"""What Markdown writes before a heading."""


def segment(text: str) -> list[Block]:
    """Cut repaired *text* into blocks, in order; only white space is outside of them.

    >>> text = "Field Officer\\n\\nDuties:\\n\\n• Draft reports.\\n"
    >>> [(b.kind, b.marker, b.text) for b in segment(text)]
    [('title', '', 'Field Officer'), ('heading', '', 'Duties:'), ('bullet', '•', 'Draft reports.')]
    >>> [(b.marker, b.text) for b in segment("## Duties ##\\n\\n- Draft")]
    [('##', 'Duties'), ('-', 'Draft')]
    """
    cut = glue.cut_solid(text, [part for line in lines(text) for part in glue.cut(text, line)])
    rows = tabular.rows(text, cut)
    row_starts = {line.start for line, row in zip(cut, rows, strict=True) if row}
    parts = join(text, cut, rows)
    found = kinds(parts, [part.first.start in row_starts for part in parts])
    depths = levels(parts, [kind == "bullet" for kind in found])
    return list(_merged(map(_block, [text] * len(parts), parts, found, depths)))


def _block(text: str, part: Part, kind: Kind, level: int) -> Block:
    start, end, words, marker = part.first.start, part.end, part.text, part.first.marker
    if kind == "table":
        start, end = tabular.wide(text, part.first)
        words, marker = tabular.row_text(text[start:end]), ""  # a row's first cell has it
    hashes = _HASHES.match(words) if kind in ("heading", "title") else None
    if hashes and not marker:
        words, marker = words[hashes.end() :].rstrip("# ") or words, hashes[1]
    if not words:  # a sign that nothing follows
        kind = "boilerplate"
    return Block(kind=kind, text=words, start=start, end=end, marker=marker, level=level)


def _merged(blocks: Iterator[Block]) -> Iterator[Block]:
    """*blocks*, with the line drawn under the head of a table given to the head."""
    last: Block | None = None
    for block in blocks:
        if last and last.kind == block.kind == "table" and tabular.is_ruling(block.text):
            last = last.model_copy(update={"end": block.end})
            continue
        if last:
            yield last
        last = block
    if last:
        yield last
