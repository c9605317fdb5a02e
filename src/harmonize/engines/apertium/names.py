"""Names of organisations that no glossary knows: they stay as they are written.

"Threads of Dignity Alliance" is no alliance of dignity; *Red Hondureña de Maquilas Limpias* signs
with that name in English, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_ENGLISH_KINDS = (
    "Alliance Association Center Centre Coalition Collaborative Company Consortium Council "
    "Consulting Federation Foundation Institute Network Society Trade Trust"
)
_KINDS_OF_LONG_NAMES = "Certification Fund Initiative International Partnership Union"
"""With one word before them these are as often no names: "Pension Fund", "Trade Union"."""
_FIRST_KINDS = "Alliance Association Campaign Center Centre Coalition Council Federation Foundation"
_NO_NAMES = (
    "The Our Your This These At In For With By From Since As About And Or If Join Visit Contact "
    "Email Call Support"
)
_SPANISH_KINDS = (
    "Alianza Asociación Central Centro Coalición Colectivo Confederación Consejo Cooperativa "
    "Coordinadora Federación Fundación Instituto Red Sindicato Unión"
)
_BIG = r"[A-ZÁÉÍÓÚÑ][\w’'-]+"
_LITTLE = r"(?:(?:of|for|and|&) (?:the )?)?"
_NAMES = {
    "en": re.compile(
        rf"\b(?!(?:{'|'.join(_NO_NAMES.split())})\b)"
        rf"(?:(?:{_BIG} {_LITTLE}){{1,6}}(?<!Fair )(?<!Free )(?:{'|'.join(_ENGLISH_KINDS.split())})"
        rf"|(?:{_BIG} {_LITTLE}){{2,6}}(?<!Trade )(?:{'|'.join(_KINDS_OF_LONG_NAMES.split())})"
        rf"|(?:{'|'.join(_FIRST_KINDS.split())}) (?:for|of|against) {_BIG}"
        rf"(?: {_LITTLE}{_BIG}){{0,6}}"
        rf"|(?:La|Las|Los|(?!El Salvador)El|San|Santa|Santo) {_BIG}(?: de(?: la| los)? {_BIG})?)"
        r"(?![\w’'-])"
    ),
    "es": re.compile(
        rf"\b(?:{'|'.join(_SPANISH_KINDS.split())})"
        rf"(?: (?:(?:a|al|de|del|e|el|la|las|los|para|por|y) ){{0,2}}{_BIG}){{2,8}}"
    ),
}


_KINDS = frozenset(f"{_ENGLISH_KINDS} {_SPANISH_KINDS}".split())
_CODES = "BCDFGHJKLM"


FEMININE = "YF"
"""How the code words begin of names that are feminine in Spanish: "la Clean Cotton Network"."""
_FEMININE = re.compile(
    r"Alliance|Association|Campaign|Certification|Coalition|Federation|Foundation|Initiative|"
    r"Network|Partnership|Society|Union"
)


def _is_feminine(name: str) -> bool:
    """Whether an English name is that of a kind which is feminine in Spanish."""
    first, *_, last = name.split() if " " in name else (name, name)
    kind = first if re.search(r" (?:of|for|against) ", name) and first in _FIRST_KINDS else last
    return bool(_FEMININE.fullmatch(kind))


def without_names(
    text: str, language: str, terms: Collection[str], *, is_item: bool = False
) -> tuple[str, dict[str, str]]:
    """*text* with code words for the names of organisations, and the names by their code words.

    A name that holds one of *terms*, beside its kind, is left, for the glossary speaks of it; and
    no name begins with the first word of an item, which has a capital anyway.

    >>> without_names("We are Threads of Dignity Alliance.", "en", [])
    ('We are YFBZ.', {'YFBZ': 'Threads of Dignity Alliance'})
    >>> without_names("La Red Hondureña de Maquilas Limpias busca", "es", ["maquila"])
    ('La YNBZ busca', {'YNBZ': 'Red Hondureña de Maquilas Limpias'})
    """
    kept: dict[str, str] = {}
    start = text.find(" ") + 1 if is_item else 0
    for found in _NAMES[language].finditer(text, start):
        name = found[0]
        is_feminine = language == "en" and _is_feminine(name)
        code = f"{FEMININE if is_feminine else 'YN'}{_CODES[len(kept) % len(_CODES)]}Z"
        last = name.rpartition(" ")[2]
        own = name.partition(" ")[0] not in terms and last not in terms and name.count(" ") > 1
        held = any(term in name and term not in _KINDS for term in terms) and not own
        if not held and code not in text and len(kept) < len(_CODES) and name not in kept.values():
            kept[code] = name
    for code, name in kept.items():
        text = text.replace(name, code)
    return text, kept
