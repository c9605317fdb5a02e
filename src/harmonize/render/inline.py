"""The text inside of a block, as every format needs it: nothing hidden, and the author's bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from harmonize.records import CELL

# No place in XML 1.0, or none that a reader sees: controls, surrogates, non-characters, and what
# turns the direction of writing round (Unicode's Bidi_Control, without the harmless marks).
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BOLD = re.compile(r"\*\*(?=[^\s*])((?:(?!\*\*).)+)(?<=[^\s*])\*\*")


class Piece(NamedTuple):
    """A stretch of text that is bold or not."""

    text: str
    bold: bool


def visible(text: str) -> str:
    r"""*text* with each character that cannot be shown or stored written as its number.

    >>> visible("ring \x07, turn \u202e round")
    'ring [U+0007], turn [U+202E] round'
    """
    shown = _LINE_END.sub("\n", text)
    return _HIDDEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", shown)


def on_one_line(text: str) -> str:
    r"""*text* with nothing hidden and a single space wherever it has white space.

    >>> on_one_line("an  hour,\x0ctwice")
    'an hour, twice'
    """
    return " ".join(visible(text).split())


def cells_of(text: str) -> list[str]:
    """The cells of a table row, each on one line; an empty cell keeps its place.

    >>> cells_of("Skills | Writing,  speaking |  | 1 | ")
    ['Skills', 'Writing, speaking', '', '1', '']
    """
    return [on_one_line(cell).strip() for cell in text.split(CELL)]


def pieces(text: str) -> Iterator[Piece]:
    """*text* cut where the author set it in bold; the stars themselves are left out.

    >>> [tuple(piece) for piece in pieces("**Duties:** visit 2 ** 3 farms")]
    [('Duties:', True), (' visit 2 ** 3 farms', False)]
    """
    done = 0
    if "**" not in text:
        yield from [Piece(text, False)] if text else []
        return
    for match in _BOLD.finditer(text):
        if match.start() > done:
            yield Piece(text[done : match.start()], False)
        yield Piece(match[1], True)
        done = match.end()
    if done < len(text):
        yield Piece(text[done:], False)


def plain(text: str) -> str:
    """*text* on one line, without the stars of bold.

    >>> plain("**Pay:** £20  an hour")
    'Pay: £20 an hour'
    """
    return "".join(piece.text for piece in pieces(on_one_line(text)))
