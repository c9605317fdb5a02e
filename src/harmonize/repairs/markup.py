"""HTML left in plain text: entities become characters, tags become lines, bullets or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftfy.fixes import unescape_html

from harmonize.repairs.edits import Edit
from harmonize.repairs.notes import Findings

_ENTITY = re.compile(r"&(?:amp;){0,6}(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot",
    "thead", "tr", "ul",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "big", "button", "cite", "code", "em", "font", "i", "img", "ins", "label",
    "mark", "meta", "o:p", "s", "script", "small", "span", "strike", "strong", "style", "sub",
    "sup", "title", "tt", "u",
})  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _CELLS | _BLOCKS | _INLINE), key=len, reverse=True))
_TAG = rf"</?(?:{_NAMES})(?:\s[^<>]{{0,500}}=[^<>]{{0,500}})?\s?/?>"
_RUN = re.compile(
    rf"(?:(?<![ \u00a0])[ \u00a0]+)?(?:{_TAG}|<!--[^<>]{{0,500}}-->)(?:[^\S\t]{{0,20}}(?:{_TAG}))*",
    re.I,
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"<(/?)([\w:]+)")
_UNSEEN = re.compile(r"<(script|style)\b[^<>]{0,500}>", re.I)
_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href\s?=\s?[\"']?(?:mailto:|tel:)?([^\"'<>\s]{1,300})[^<>]{0,300}>"
    r"([^<>]{0,300})</a\s?>",
    re.I,
)
_FEW_TAGS = 3
"""Fewer tags than this, none of them closing, may be what a posting is about."""


def unescape(text: str) -> Findings:
    """Turn entities into characters, however often they were escaped.

    >>> [edit.after for edit in unescape("Organizaci&amp;oacute;n").edits]
    ['ó']
    """
    edits: list[Edit] = []
    for match in _ENTITY.finditer(text):
        entity = f"&{match[1]};"
        after = unescape_html(entity)
        if after not in {match.group(), "\N{REPLACEMENT CHARACTER}"}:
            edits.append(Edit(match.start(), match.end(), after, "html-entity", 0.97))
    return Findings(edits)


def strip_tags(text: str) -> Findings:
    """Turn tags into structure, or remove them.

    >>> [edit.after for edit in strip_tags("<p>One</p> <p>Two</p>").edits]
    ['', '\\n', '']
    """
    if "<" not in text or not _is_markup(text):
        return Findings()
    edits = list(_unseen(text)) or list(_links(text)) or list(_tags(text))
    return Findings(edits)


def _is_markup(text: str) -> bool:
    tags = [name for match in _RUN.finditer(text) for name in _NAME.findall(match.group())]
    closing = {name.lower() for slash, name in tags if slash}
    opening = {name.lower() for slash, name in tags if not slash}
    return len(tags) >= _FEW_TAGS or "br" in opening or not closing.isdisjoint(opening)


def _unseen(text: str) -> Iterator[Edit]:
    """Scripts and style sheets: what stands in them was never seen by a reader."""
    lowered = text.lower()
    done = 0
    for match in _UNSEEN.finditer(text):
        closing = f"</{match[1].lower()}>"
        end = lowered.find(closing, match.end()) if match.start() >= done else done
        if end < 0:
            return
        if match.start() >= done:
            done = end + len(closing)
            yield Edit(match.start(), done, "", "html-script", 0.9)


def _links(text: str) -> Iterator[Edit]:
    """A link's text, and its address where the text does not show it."""
    for match in _LINK.finditer(text):
        address, shown = match[1], match[2]
        known = address.rstrip("/") in shown or not re.match(r"https?:|www\.|\S+@\S", address)
        after = shown if known else f"{shown} ({address})"
        yield Edit(match.start(), match.end(), after, "html-link", 0.9)


def _tags(text: str) -> Iterator[Edit]:
    line_end, in_row = -1, False
    for match in _RUN.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == "`" or text[end : end + 1] == "`":
            continue
        while end < len(text) and text[end] in " \u00a0":
            end += 1
        if start > line_end:
            line_end, in_row = _line(text, start)
        yield Edit(start, end, _structure(text, start, end, in_row=in_row), "html-tag", 0.9)


def _structure(text: str, start: int, end: int, *, in_row: bool) -> str:
    """What a run of tags, and the space around it, becomes."""
    run = text[start:end]
    opened = [(name.lower(), slash) for slash, name in _NAME.findall(run)]
    names = {name for name, _ in opened}
    at_start = start == 0 or text[start - 1] in "\n\t"
    at_end = end == len(text) or text[end] in "\n\t"
    if "<!--" in run or not names & (_BLOCKS | _CELLS):
        spaced = any(map(str.isspace, _ANY_TAG.sub("", run)))
        return " " if spaced and not at_start and not at_end else ""
    if _CELLS & names and not {"tr", "table"} & names:
        return "" if at_start or at_end or len(opened) == 1 else "\t"
    bullet = "• " if ("li", "") in opened else ""
    if in_row:
        return "" if at_start or at_end else " "
    lines = "\n" * min(2, max(1, run.count("\n")))
    if at_end:
        return ""
    return bullet if at_start else lines + bullet


def _line(text: str, place: int) -> tuple[int, bool]:
    """Where a line ends, and whether it has tabs: then its paragraphs belong to cells."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    end = end if end >= 0 else len(text)
    return end, "\t" in text[start:end].strip()
