"""Names of organisations that no glossary knows: they stay as they are written.

"Threads of Dignity Alliance" is no alliance of dignity; *Red Hondureña de Maquilas Limpias* signs
with that name in English, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_ENGLISH_KINDS = (
    "Alliance Association Center Centre Coalition Collaborative Company Consortium Council "
    "Federation Foundation Institute Network Society Trade Trust"
)
_SPANISH_KINDS = (
    "Alianza Asociación Central Centro Coalición Colectivo Confederación Consejo Cooperativa "
    "Coordinadora Federación Fundación Instituto Red Sindicato Unión"
)
_BIG = r"[A-ZÁÉÍÓÚÑ][\w’'-]+"
_NAMES = {
    "en": re.compile(
        rf"\b(?!The\b|Our\b|Your\b|This\b)(?:{_BIG} (?:(?:of|for|and|&|the) ){{0,2}}){{1,6}}"
        rf"(?<!Fair )(?<!Free )(?:{'|'.join(_ENGLISH_KINDS.split())})\b"
    ),
    "es": re.compile(
        rf"\b(?:{'|'.join(_SPANISH_KINDS.split())})"
        rf"(?: (?:(?:a|al|de|del|e|el|la|las|los|para|por|y) ){{0,2}}{_BIG}){{2,8}}"
    ),
}


_KINDS = frozenset(f"{_ENGLISH_KINDS} {_SPANISH_KINDS}".split())
_CODES = "BCDFGHJKLM"


def without_names(text: str, language: str, terms: Collection[str]) -> tuple[str, dict[str, str]]:
    """*text* with code words for the names of organisations, and the names by their code words.

    A name that holds one of *terms*, beside its kind, is left, for the glossary speaks of it.

    >>> without_names("We are Threads of Dignity Alliance.", "en", [])
    ('We are YNBZ.', {'YNBZ': 'Threads of Dignity Alliance'})
    >>> without_names("La Red Hondureña de Maquilas Limpias busca", "es", ["maquila"])
    ('La YNBZ busca', {'YNBZ': 'Red Hondureña de Maquilas Limpias'})
    """
    kept: dict[str, str] = {}
    for found in _NAMES[language].finditer(text):
        name = found[0]
        code = f"YN{_CODES[len(kept) % len(_CODES)]}Z"
        held = any(term in name and term not in _KINDS for term in terms)
        if not held and code not in text and len(kept) < len(_CODES) and name not in kept.values():
            kept[code] = name
    for code, name in kept.items():
        text = text.replace(name, code)
    return text, kept
