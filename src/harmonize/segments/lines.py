"""The physical lines of a posting, and the list marker that each may start with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SIGN = "✅☑✦★➜→•▪◦●○■□◆►▶➢➤✓✔❖‣⁃∙·*+\uf0b7\uf0a7–—-"
_MARKER = re.compile(
    rf"(?P<sign>[{re.escape(_SIGN)}]|[oO](?=\t)|o(?= +(?:[A-ZÁÉÍÓÚÑ]|\d+\+))"
    r"|\(?(?:\d{1,2}|[a-zñ]|[ivx]{1,4})\)"
    r"|(?:\d{1,2}|[a-zñ]|[ivx]{1,4}|[IVX]{1,4})\.(?!\d)"
    r"|\d{1,2}\.\d{1,2}\.?(?=\s+[A-ZÁÉÍÓÚÑ]))(?:\s+|$)"
    r"|(?P<tight>[✅☑•▪◦●■►➢✓✔❖‣](?=\w)|[–-](?=[A-ZÁÉÍÓÚÑ¿\d]))"
)
_PICTURE = re.compile(
    "(?P<sign>[\\u2190-\\u21ff\\u2300-\\u23ff\\u25a0-\\u27bf\\u2900-\\u297f\\u2b00-\\u2bff"
    "\\U0001f000-\\U0001faff])[\\U0001f3fb-\\U0001f3ff]?\\ufe0f?\\s+(?=[\\w¿¡*(])"
)
"""Emoji and the like before an item of a list."""
_TAB_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a part of one, without the white space around it; offsets in code points.

    ``body`` is where the text after the marker starts; ``indent`` is the column of the first
    character; ``gap`` is how many blank lines stand before; ``glued`` says that no line break does.
    """

    start: int
    body: int
    end: int
    marker: str = ""
    indent: int = 0
    gap: int = 0
    glued: bool = False

    def words(self, text: str) -> str:
        """What follows the marker."""
        return text[self.body : self.end]


def lines(text: str) -> Iterator[Line]:
    """The lines of *text* that are not blank.

    >>> text = "Duties\\n\\n  • Draft reports"
    >>> [(line.marker, line.words(text), line.indent, line.gap) for line in lines(text)]
    [('', 'Duties', 0, 0), ('•', 'Draft reports', 2, 1)]
    >>> [line.marker for line in lines("✊ Duties\\n✊ Draft\\n✊ Plan")]
    ['', '✊', '✊']
    """
    seen, breaks = 0, 0
    found = [line for line in _LINE.finditer(text) if line.group().strip()]
    pictures = _listed([_PICTURE.match(line.group().strip()) is not None for line in found])
    for line, listed in zip(found, pictures, strict=True):
        breaks = _breaks(text[seen : line.start()])
        seen = line.end()
        body = line.group().strip()
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        whole = _line(text, start, start + len(body), line.start(), max(0, breaks - 1))
        yield _pictured(text, whole) if listed and not whole.marker else whole


def _listed(pictured: Sequence[bool]) -> list[bool]:
    """Which lines that begin with a picture are items: those beside another, not the first."""
    beside = zip([False, *pictured], pictured, [*pictured[1:], False], strict=False)
    return [at > 0 and own and (before or after) for at, (before, own, after) in enumerate(beside)]


def _breaks(between: str) -> int:
    return between.count("\n") + between.count("\r") - between.count("\r\n")


def glued(text: str, start: int, before: Line) -> Line:
    """The end of the line *before*, from *start* on, as a line of its own.

    >>> glued("Duties:- Train", 7, Line(0, 0, 14)).marker
    '-'
    """
    while start < before.end and text[start].isspace():
        start += 1
    return replace(_line(text, start, before.end, start, 0), indent=before.indent, glued=True)


def _pictured(text: str, line: Line) -> Line:
    """*line* with the picture that it begins with as its marker."""
    found = _PICTURE.match(text, line.start, line.end)
    return replace(line, body=found.end(), marker=found["sign"]) if found else line


def _line(text: str, start: int, end: int, margin: int, gap: int) -> Line:
    marker = _MARKER.match(text, start, end)
    indent = len(text[margin:start].expandtabs(_TAB_WIDTH))
    if marker is None or (end - start < 200 and is_rule(text[start:end])):
        return Line(start, start, end, indent=indent, gap=gap)
    sign = marker["sign"] or marker["tight"]
    return Line(start, marker.end(), end, sign, indent, gap)


def is_rule(words: str) -> bool:
    """Whether *words* only draw a line.

    >>> is_rule("-----"), is_rule("* * *"), is_rule("-")
    (True, True, False)
    """
    return len(words) > 2 and not words.strip("-=_*~—–#. ")


def family(marker: str) -> str:
    """What kind of list a marker belongs to: a sign, or ``1``, ``a``, ``I`` with its bracket.

    >>> family("12."), family("b)"), family("•")
    ('1.', 'a)', '•')
    """
    if len(marker) == 1:
        return marker if marker in _SIGN or marker.isalnum() else "•"
    plain = re.sub(r"[a-zñ]+", "a", re.sub(r"\d+", "1", marker)).replace("1.1.", "1.1")
    return re.sub(r"[IVX]+", "I", plain)
