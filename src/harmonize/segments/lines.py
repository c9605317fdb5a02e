"""The physical lines of a posting, and the list marker that each may start with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SIGN = "✅☑✦★➜→•▪◦●○■□◆►▶➢➤✓✔❖‣⁃∙·*+\uf0b7\uf0a7–—-"
_MARKER = re.compile(
    rf"(?P<sign>[{re.escape(_SIGN)}]|[oO](?=\t)|o(?= +[A-ZÁÉÍÓÚÑ])"
    r"|\(?(?:\d{1,2}|[a-zñ]|[ivx]{1,4})\)"
    r"|(?:\d{1,2}|[a-zñ]|[ivx]{1,4}|[IVX]{1,4})\.(?!\d)"
    r"|\d{1,2}\.\d{1,2}\.?(?=\s+[A-ZÁÉÍÓÚÑ]))(?:\s+|$)"
    r"|(?P<tight>[✅☑•▪◦●■►➢✓✔❖‣](?=\w)|[–-](?=[A-ZÁÉÍÓÚÑ¿\d]))"
)
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
    """
    seen, breaks = 0, 0
    for found in _LINE.finditer(text):
        breaks += _breaks(text[seen : found.start()])
        seen = found.end()
        body = found.group().strip()
        if not body:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        yield _line(text, start, start + len(body), found.start(), max(0, breaks - 1))
        breaks = 0


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
        return marker
    plain = re.sub(r"[a-zñ]+", "a", re.sub(r"\d+", "1", marker)).replace("1.1.", "1.1")
    return re.sub(r"[IVX]+", "I", plain)
