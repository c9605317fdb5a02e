"""Markdown of one language's version, block for block as in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harmonize.records import Posting, Segment
from harmonize.render.inline import cells_of, on_one_line, pieces
from harmonize.render.view import Group, Language, groups, shown, words_of

# What begins a heading, a quotation, a list, a rule, a table; the definition of a link, which a
# reader never sees.
_STRUCTURE = re.compile(r"[#>+=|-]|\[[^\]]*\]:")
_ORDERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_CLOSING = re.compile(r"(?<=\s)#(?=#*$)")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# A picture would be fetched; a link may lead to the web, to an address or to a telephone only.
_PICTURE = re.compile(r"!(?=\[)")
_UNSAFE_LINK = re.compile(r"\](?=\((?!<?(?:https?://|mailto:|tel:))|\[)", re.IGNORECASE)
# A star is emphasis, and so is a line below at the edge of a word; addresses have both as letters.
_WORD = re.compile(r"(?<!\S)(?!\S*(?:://|www\.|@))\S+")
_MARK = re.compile(r"[*`]|~(?=~)|(?<![^\W_])_|_(?![^\W_])")
_MARKS = re.compile(r"[*`~_]")
_NUMBER = re.compile(r"\d{1,9}[.)]$")
_LETTER = re.compile(r"[^\W\d_]{1,4}[.)]$")


def markdown(posting: Posting, language: Language) -> str:
    """The version of *posting* in *language*; one block for each segment, boilerplate left out."""
    blocks = [_block(group, language) for group in groups(shown(posting))]
    return "\n\n".join(blocks) + "\n"


def _block(group: Group, language: Language) -> str:
    texts = [words_of(segment, language) for segment in group.segments]
    if group.kind == "table":
        return "\n".join(_table([cells_of(text) for text in texts]))
    texts = [on_one_line(text) for text in texts]
    if group.kind == "bullet":
        return "\n".join(_bullets(group.segments, texts))
    mark = {"title": "# ", "heading": "## "}.get(group.kind, "")
    return mark + _CLOSING.sub(r"\#", escaped(texts[0]))


def _bullets(segments: Sequence[Segment], texts: Sequence[str]) -> Iterator[str]:
    depth = -1
    for segment, text in zip(segments, texts, strict=True):
        depth = min(segment.level, depth + 1)  # deeper than one step would be a code block
        marker = segment.marker if _NUMBER.match(segment.marker) else "-"
        lettered = f"{segment.marker} " if _LETTER.match(segment.marker) else ""
        yield "   " * depth + f"{marker} {lettered}{escaped(text)}"


def _table(rows: list[list[str]]) -> Iterator[str]:
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        cells = [_inline(cell).replace("|", "\\|") for cell in row]
        yield "| " + " | ".join([*cells, *[""] * (width - len(row))]) + " |"
        if number == 0:
            yield "|" + " --- |" * width


def escaped(text: str) -> str:
    r"""*text* without accidental Markdown: no structure at its start, no HTML, no unsafe link.

    >>> print(escaped("# 5 <b> [a](javascript:x) [b](https://x.org) ![c](https://x.org)"))
    \# 5 \<b> [a\](javascript:x) [b](https://x.org) !\[c](https://x.org)
    """
    text = _inline(text.strip())
    ordered = _ORDERED.match(text)
    if ordered:
        return f"{ordered[1]}\\{text[ordered.end(1) :]}"
    return "\\" + text if _STRUCTURE.match(text) else text


def _inline(text: str) -> str:
    """*text* with the author's bold, and every other sign as the sign that it is."""
    return "".join(
        f"**{_literal(piece.text)}**" if piece.bold else _literal(piece.text)
        for piece in pieces(text)
    )


def _literal(text: str) -> str:
    text = _ENTITY.sub(r"\&", _BACKSLASH.sub(r"\\\\", text)).replace("<", "\\<")
    text = _UNSAFE_LINK.sub(r"\\]", _PICTURE.sub(r"!\\", text))
    if not _MARKS.search(text):
        return text
    return _WORD.sub(lambda word: _MARK.sub(r"\\\g<0>", word.group()), text)
