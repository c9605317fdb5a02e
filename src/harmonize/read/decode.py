"""From bytes to text.

First version: UTF-8 and UTF-16 with their marks; anything else is rejected with the place.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from harmonize.errors import RejectedInput


class Decoded(NamedTuple):
    """A text and the encoding that it was read with."""

    text: str
    encoding: str


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> Decoded:
    """Read *data* as text, or raise `RejectedInput` with the reason.

    >>> decode("Función".encode())
    Decoded(text='Función', encoding='utf-8')
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in data:
        raise RejectedInput("This is a binary file, not text.", "Save it as plain text (UTF-8).")
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise RejectedInput(
            f"Not valid {encoding.upper()}: {byte}.",
            "Save the file as plain text in UTF-8.",
        ) from error
