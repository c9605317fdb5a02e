"""Bytes into text: Unicode by its marks, old code pages by the language that comes out.

What charset-normalizer proposes is one candidate among few; which one it was is decided by how
many of the words beyond ASCII are Spanish or English words.  Bytes that are nobody's text are
refused, with their place.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from harmonize.errors import RejectedInput
from harmonize.repairs.evidence import naturalness

SAVE_AS_TEXT = "Save it as plain text (UTF-8) and try again."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARIES = (
    (b"PK\x03\x04", "ZIP archive or an office document"),
    (b"PK\x05\x06", "ZIP archive"),
    (b"%PDF-", "PDF file"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"BM", "BMP picture"),
    (b"II*\x00", "TIFF picture"),
    (b"MM\x00*", "TIFF picture"),
    (b"RIFF", "RIFF file (picture or sound)"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word, Excel or Outlook file"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"ID3", "sound file"),
    (b"OggS", "sound file"),
)
"""The first bytes of files that are not text, and what they are."""

_CODE_PAGES = ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp1250", "iso8859-2")
"""In order of preference; ISO-8859-1 is the part of cp1252 without the bytes 128–159."""

_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 200_000
"""Bytes that are judged; the rest follows."""
_LEAST_NATURAL, _LEAST_FOREIGN = 0.5, 0.35
"""How natural words beyond ASCII must be for a code page to be believed; less in a long text that
may be in a third language."""
_MANY_BYTES = 8


class Decoded(NamedTuple):
    """A text, and the encoding its bytes were in (``utf-8``, ``cp1252``, …)."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Turn bytes into text; no byte order mark is left in it.

    >>> decode("Función".encode("cp1252"))
    Decoded(text='Función', encoding='cp1252')
    >>> decode(b"Hola \\xff\\xfe mundo")
    Traceback (most recent call last):
        ...
    harmonize.errors.RejectedInput: Byte 5 (0xFF) belongs to no encoding that makes text of \
these bytes. Save it as plain text (UTF-8) and try again.
    """
    if not data.strip():
        raise RejectedInput("The file is empty.", "Check that the posting was saved.")
    decoded = _marked(data) or _unmarked_utf16(data)
    if decoded:
        return decoded
    _refuse_binary(data)
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        return _old_code_page(data, error.start)


def _marked(data: bytes) -> Decoded | None:
    """Text that says with its first bytes how it is encoded."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
            except UnicodeDecodeError as error:
                raise _refused(data, error.start, encoding) from error
    return None


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: every second byte of Western text is zero."""
    sample = data[:_SAMPLE]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(data) % 2 == 0 and len(zeros) > 1 and zeros.count(0) > 0.7 * len(zeros):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return Decoded(text, encoding) if text.count("\0") == 0 else None
    return None


def _refuse_binary(data: bytes) -> None:
    for magic, name in _BINARIES:
        sure = len(magic) > 3 or not magic.isascii() or _CONTROLS.search(data[:_SAMPLE])
        if data.startswith(magic) and sure:
            raise RejectedInput(f"This is binary data; it looks like a {name}.", SAVE_AS_TEXT)
    control = _CONTROLS.search(data[:_SAMPLE])
    if control and (b"\0" in data[:_SAMPLE] or not _is_utf8(data)):
        raise RejectedInput(
            f"This is binary data: byte {control.start()} is the control character"
            f" 0x{control.group()[0]:02X}.",
            SAVE_AS_TEXT,
        )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _old_code_page(data: bytes, place: int) -> Decoded:
    """The code page in which the bytes make the most natural words."""
    if _is_corrupt_utf8(data):
        raise RejectedInput(
            f"The text is UTF-8, but byte {place} (0x{data[place]:02X}) is broken.",
            "Repair or remove it, or save the text again as UTF-8.",
        )
    rated = sorted(
        ((_rate(data, encoding), -rank, encoding) for rank, encoding in enumerate(_pages(data))),
        reverse=True,
    )
    best, _, encoding = rated[0]
    beyond = sum(byte >= 0x80 for byte in data)
    if best < (_LEAST_FOREIGN if beyond >= _MANY_BYTES else _LEAST_NATURAL):
        raise _refused(data, place)
    return Decoded(data.decode(encoding), encoding)


def _is_corrupt_utf8(data: bytes) -> bool:
    """Whether most bytes beyond ASCII form whole UTF-8 characters: chance does not do that."""
    beyond = sum(byte >= 0x80 for byte in data)
    whole = sum(len(match.group()) for match in _MULTIBYTE.finditer(data))
    return 2 * whole >= beyond


def _pages(data: bytes) -> list[str]:
    """The code pages that define every byte, what charset-normalizer found among them."""
    from charset_normalizer import from_bytes

    found = [match.encoding.replace("_", "-") for match in from_bytes(data[:_SAMPLE])][:3]
    return list(dict.fromkeys([*_CODE_PAGES, *found]))


def _rate(data: bytes, encoding: str) -> float:
    try:
        return naturalness(data.decode(encoding)[:_SAMPLE])
    except (UnicodeDecodeError, LookupError):
        return 0.0


def _refused(data: bytes, place: int, encoding: str = "") -> RejectedInput:
    where = f"Byte {place} (0x{data[place]:02X})"
    if encoding:
        return RejectedInput(f"{where} is not {encoding}, as its mark says.", SAVE_AS_TEXT)
    return RejectedInput(
        f"{where} belongs to no encoding that makes text of these bytes.", SAVE_AS_TEXT
    )
