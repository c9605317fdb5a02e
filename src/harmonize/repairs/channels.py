"""The ways a text is garbled on its journey, and the way back.

Two kinds: *utf8*, where UTF-8 was read as a single-byte code page ("FunciÃ³n"), and *mixed*,
where one single-byte code page was read as another ("FunciÛn").  A way back is a pure function
from a string to a string; whether it leads to better text is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

UTF8_READ_AS = (
    "cp1252", "cp1250", "iso8859-2", "cp1251", "cp1254", "mac-roman", "cp437", "cp850",
    "iso8859-15", "cp1253",
)  # fmt: skip
"""Code pages that UTF-8 is read as by mistake."""

MIXED = (
    ("cp1252", "mac-roman"), ("cp1252", "cp850"), ("cp850", "cp1252"), ("mac-roman", "cp1252"),
    ("cp1252", "cp1250"), ("cp1252", "cp437"), ("cp437", "cp1252"), ("cp1252", "cp1251"),
)  # fmt: skip
"""Code pages that Spanish and English are written in, and what they are read as by mistake."""
RARELY_MIXED = (("mac-roman", "cp850"), ("cp850", "mac-roman"))

LETTERS = "áéíóúñü"
SIGNS = "¿¡“”‘’«»–—…•€°ºª"
"""What Spanish and English texts hold beyond ASCII: all that swapping code pages is to lead to."""

LOSING_BYTES = ("cp1252", "cp1250", "iso8859-2", "cp1251", "cp1254", "iso8859-15")
LOST_BYTES = (0xAD, 0xA0, 0x81, 0x8D)
"""Second bytes of UTF-8 letters that get lost: read as soft hyphen, no-break space, nothing."""

_DOS_OR_MAC = {"mac-roman", "cp437", "cp850"}


class Channel(NamedTuple):
    """One way back: ``fix`` gives a string as it was before ``name`` happened to it."""

    name: str
    kind: Literal["utf8", "lost", "mixed", "rare"]
    """*lost*: UTF-8 some bytes of which are gone; *rare*: code pages that seldom meet."""
    chars: frozenset[str]
    """Only a string with one of these characters can have come this way."""
    fix: Callable[[str], str]

    @property
    def swaps(self) -> bool:
        """Whether single characters are swapped for single characters."""
        return self.kind in {"mixed", "rare"}


@cache
def channels() -> tuple[Channel, ...]:
    """All ways back, the commonest first.

    >>> next(c for c in channels() if c.name == "utf8 as cp1250").fix("FunciĂłn")
    'Función'
    """
    whole = [_utf8(codec) for codec in UTF8_READ_AS]
    lost = [_lost(codec, byte) for byte in LOST_BYTES for codec in LOSING_BYTES]
    mixed = [_mixed(written, read) for written, read in (*MIXED, *RARELY_MIXED)]
    return (*whole, *lost, *mixed)


@cache
def _to_bytes(codec: str) -> dict[str, int]:
    """The byte that each character stands for, for bytes 128–255 of a code page.

    Bytes that a Windows or ISO page leaves undefined, or that hold control characters, also go
    by the names that Latin-1 and cp1252 give them: programs pass them through either way.
    """
    table: dict[str, int] = {}
    names = [codec] if codec in _DOS_OR_MAC else [codec, "latin-1", "cp1252"]
    for name in names:
        highest = 256 if name == codec else 0xA0
        for byte in range(128, highest):
            char = bytes([byte]).decode(name, errors="ignore")
            if char:
                table.setdefault(char, byte)
    return table


def _utf8(codec: str) -> Channel:
    table = _to_bytes(codec)
    sequence = re.compile(
        f"{_class(table, 0xC2, 0xDF)}{_class(table, 0x80, 0xBF)}"
        f"|{_class(table, 0xE0, 0xEF)}{_class(table, 0x80, 0xBF)}{{2}}"
        f"|{_class(table, 0xF0, 0xF4)}{_class(table, 0x80, 0xBF)}{{3}}"
    )

    def decode(match: re.Match[str]) -> str:
        data = bytes(table[char] for char in match.group())
        try:
            return data.decode()
        except UnicodeDecodeError:
            return match.group()

    first = frozenset(char for char, byte in table.items() if 0xC2 <= byte <= 0xF4)
    return Channel(f"utf8 as {codec}", "utf8", first, lambda text: sequence.sub(decode, text))


def _lost(codec: str, byte: int) -> Channel:
    """Put back a lost second byte after the first bytes C2 and C3."""
    table = _to_bytes(codec)
    leads = "".join(char for char, value in table.items() if value in (0xC2, 0xC3))
    bare = re.compile(f"([{leads}])(?!{_class(table, 0x80, 0xBF)})")
    restored = next(char for char, value in table.items() if value == byte)
    whole = _utf8(codec)
    return Channel(
        f"utf8 as {codec}, {byte:02X} lost",
        "lost",
        frozenset(leads),
        lambda text: whole.fix(bare.sub(rf"\1{restored}", text)),
    )


def _mixed(written: str, read: str) -> Channel:
    wanted = set(LETTERS + LETTERS.upper() + SIGNS)
    table = {
        char: original
        for char, byte in _to_bytes(read).items()
        if (original := bytes([byte]).decode(written, errors="ignore")) in wanted
        and original != char
    }
    swap = str.maketrans(table)
    return Channel(
        f"{written} as {read}",
        "mixed" if (written, read) in MIXED else "rare",
        frozenset(table),
        lambda text: text.translate(swap),
    )


@cache
def suspicion() -> re.Pattern[str]:
    """Where text may be garbled: a quick look that lets nearly all clean text pass.

    >>> suspicion().search("łódź, señoría"), bool(suspicion().search("seÒor"))
    (None, True)
    """
    tables = [_to_bytes(codec) for codec in UTF8_READ_AS]
    first = {c for t in tables for c, byte in t.items() if byte in _FIRST_BYTES}
    later = {c for t in tables for c, byte in t.items() if 0x80 <= byte <= 0xBF}
    lone = {c for t in tables[:5] for c, byte in t.items() if byte in (0xC2, 0xC3)}
    lower, upper, signs = (_images(wanted) for wanted in (LETTERS, LETTERS.upper(), SIGNS))
    letter = "A-Za-zÀ-ÿ"
    places = (
        f"{_set(first)}(?={_set(later)})",
        f"{_set(lone)}(?:(?<=[a-zà-ÿ].)|(?<=[A-Z].)(?=[a-z])|(?<![^\\W\\d_].)(?=[a-z]))",
        f"{_set(lower)}(?:(?<=[{letter}].)|(?=[{letter}]))",
        f"{_set(upper)}(?:(?<=[A-Z].)|(?=[A-Z])|(?<![^\\W\\d_].)(?=[a-z]))",
        f"{_set(signs)}(?:(?<!\\w.)(?=[A-Za-z0-9])|(?<=[a-z,.!?].)(?!\\w)|(?<!\\S.)(?= )"
        r"|(?=(?:s|t|re|ve|ll|d|m)\b))",
    )
    anything = _set(first | lone | lower | upper | signs)
    return re.compile(f"(?={anything})(?:{'|'.join(places)})")


_FIRST_BYTES = (0xC2, 0xC3, 0xC4, 0xC5, 0xCB, 0xCC, 0xCE, 0xD0, 0xD1, 0xE2, 0xF0)
"""First bytes of Latin, Greek and Cyrillic letters, accents, signs and emoji in UTF-8."""


def _images(wanted: str) -> set[str]:
    """What *wanted* characters turn into when code pages are swapped, ASCII apart."""
    return {
        char
        for written, read in (*MIXED, *RARELY_MIXED)
        for char, byte in _to_bytes(read).items()
        if bytes([byte]).decode(written, errors="ignore") in set(wanted) - {char}
    }


def _set(chars: set[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(chars)))}]"


def _class(table: dict[str, int], low: int, high: int) -> str:
    """A regular-expression class of the characters that stand for bytes *low* to *high*."""
    return f"[{''.join(re.escape(char) for char, byte in table.items() if low <= byte <= high)}]"
