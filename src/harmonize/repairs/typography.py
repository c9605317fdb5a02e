"""Typographic noise: spaces, quotes and invisible characters that say nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from harmonize.repairs.code import is_code
from harmonize.repairs.edits import Edit
from harmonize.repairs.notes import Findings

_NBSP = "\N{NO-BREAK SPACE}"
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
"""Ligatures that PDF files leave; letters such as ``ĳ`` or ``ǆ`` belong to their languages."""
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060]+(?=[^\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]|$)")
"""Soft hyphens and zero-width spaces; scripts without spaces use the latter to part words."""
_ACCENTS = re.compile("[\u0300-\u036f]+")
_DOUBLE = re.compile(f"(?<=\\S)[ {_NBSP}]{{2,}}(?=\\S)")
_COLUMNS = re.compile(r"\S {3,}\S.*\S {3,}\S")
_NO_BREAK = re.compile(_NBSP)
_KEPT_AFTER = re.compile(r"(?:^|.*[\W_])(?:\w|«|\d+|\w{1,4}\.)$", re.DOTALL)
_KEPT_BEFORE = frozenset("?!:;»%€$°…–—/0123456789")
_PADDED = re.compile(
    f"“[ {_NBSP}]{{1,9}}([^“”\\n]{{1,300}}?)[ {_NBSP}]{{0,9}}”"
    f"|“([^“”\\n]{{1,300}}?)[ {_NBSP}]{{1,9}}”"
)
_WHOLE = re.compile(r'\s*(")[^"]{300,}(")\s*')


def compose_accents(text: str) -> Findings:
    """Join a letter and the accent that follows it (NFC), where one character holds both.

    >>> [edit.after for edit in compose_accents("region de Boyaca\u0301").edits]
    ['á']
    """
    edits = []
    for match in _ACCENTS.finditer(text) if not text.isascii() else ():
        start = max(0, match.start() - 1)
        before = text[start : match.end()]
        after = unicodedata.normalize("NFC", before)
        if after != before and before[0].isalpha():
            edits.append(Edit(start, match.end(), after, "nfc", 0.99))
    return Findings(edits)


def split_ligatures(text: str) -> Findings:
    """Write ligatures of printing as the letters they show.

    >>> [edit.after for edit in split_ligatures("certi\ufb01cado").edits]
    ['fi']
    """
    if text.isascii():
        return Findings()
    return _edits(_LIGATURE, text, "ligature", lambda match: _LIGATURES[match.group()])


def drop_invisible(text: str) -> Findings:
    """Remove soft hyphens and zero-width spaces.

    >>> [edit.start for edit in drop_invisible("sindi\u00adcato").edits]
    [5]
    """
    if text.isascii():
        return Findings()
    return _edits(_INVISIBLE, text, "invisible", lambda _: "")


def loosen_spaces(text: str) -> Findings:
    """Make no-break spaces plain, except where writers put them: before ``?``, in numbers…

    >>> [edit.start for edit in loosen_spaces("of\u00a0the 10\u00a0000").edits]
    [2]
    """
    edits = [
        Edit(match.start(), match.end(), " ", "no-break-space", 0.9)
        for match in _NO_BREAK.finditer(text)
        if not _is_meant(text, match.start())
    ]
    return Findings(edits)


def _is_meant(text: str, place: int) -> bool:
    before, after = text[max(0, place - 12) : place], text[place + 1 : place + 2]
    if not before.strip() or not after.strip() or before[-1].isspace():
        return False
    return after in _KEPT_BEFORE or bool(_KEPT_AFTER.match(before.rpartition("\n")[2]))


def single_spaces(text: str) -> Findings:
    """Make one space of several inside a line; columns and programs keep theirs.

    >>> [edit.start for edit in single_spaces("  Start  Date").edits]
    [7]
    """
    edits: list[Edit] = []
    offset = 0
    for line in text.splitlines(keepends=True) if _has_double(text) else ():
        if _has_double(line) and not _COLUMNS.search(line) and not is_code(line):
            edits += (
                Edit(offset + m.start(), offset + m.end(), " ", "double-space", 0.95)
                for m in _DOUBLE.finditer(line)
            )
        offset += len(line)
    return Findings(edits)


def _has_double(text: str) -> bool:
    return "  " in text or _NBSP in text


def hug_quotes(text: str) -> Findings:
    """Remove the spaces inside a pair of curly quotes.

    >>> [edit.after for edit in hug_quotes("“ Practices ”").edits]
    ['“Practices”']
    """
    if "“" not in text:
        return Findings()
    return _edits(_PADDED, text, "quote-space", lambda m: f"“{(m[1] or m[2]).strip()}”")


def drop_stray_quotes(text: str) -> Findings:
    """Remove a pair of straight quotes round a whole posting, as table cells leave it.

    >>> len(drop_stray_quotes('"' + 30 * "Ten words. " + '"').edits)
    2
    """
    match = _WHOLE.fullmatch(text)
    if not match:
        return Findings()
    return Findings([Edit(*match.span(group), "", "stray-quote", 0.9) for group in (1, 2)])


def _edits(
    pattern: re.Pattern[str], text: str, rule: str, after: Callable[[re.Match[str]], str]
) -> Findings:
    return Findings(
        [Edit(m.start(), m.end(), after(m), rule, 0.95) for m in pattern.finditer(text)]
    )
