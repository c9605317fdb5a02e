"""Letters without their accents, for words that are compared and not shown."""

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """*text* with the bare letter for each accented one, ñ among them.

    >>> without_accents("Función, año, vergüenza")
    'Funcion, ano, verguenza'
    """
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
