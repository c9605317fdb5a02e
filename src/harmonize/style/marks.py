"""The marks that open a Spanish question or exclamation."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"\S(?:[^.!?…]|[.!?…](?!\s|$))*(?:[.!?…]+[\"”»)*]*|$)")
_CLOSED = re.compile(r"([!?])[\"”»)*]*$")
_OPENING = {"!": "¡", "?": "¿"}
_LETTER = re.compile(r"[^\W\d_]")
_BEFORE = re.compile(r"(?:[\"“«(*]|[^\w\s¡¿]\s)*")


def opened(text: str) -> str:
    """*text* with ¡ and ¿ where a sentence has only the mark that closes it.

    >>> opened("Únase a nosotras! ¿Tiene dudas? Escriba a a@b.org")
    '¡Únase a nosotras! ¿Tiene dudas? Escriba a a@b.org'
    >>> opened("Si tiene dudas, ¿por qué no llama?"), opened("(!)")
    ('Si tiene dudas, ¿por qué no llama?', '(!)')
    """
    return _SENTENCE.sub(_opened, text) if "!" in text or "?" in text else text


def _opened(found: re.Match[str]) -> str:
    sentence = found.group()
    closed = _CLOSED.search(sentence)
    if not closed or not _LETTER.search(sentence) or _OPENING[closed[1]] in sentence:
        return sentence
    start = _BEFORE.match(sentence)
    at = start.end() if start else 0
    return f"{sentence[:at]}{_OPENING[closed[1]]}{sentence[at:]}"
