"""Spanish headings have a capital at the start and in names, not in every word."""

from __future__ import annotations

import re

import simplemma

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ACRONYM = 4
_SMALL = frozenset(
    "a al con de del e el en la las los o para por que sin su sus u un una y".split()
)


def sentence_case(source: str, heading: str) -> str:
    """A Spanish heading in Title Case made sentence case; *source* tells what are names.

    A name stands in the source as it does here, and a word that no dictionary has may be one.

    >>> sentence_case("Key Duties at Fairtrade", "Principales Responsabilidades en Fairtrade")
    'Principales responsabilidades en Fairtrade'
    >>> sentence_case("PAY AND LEAVE", "SALARIO Y LICENCIAS")
    'SALARIO Y LICENCIAS'
    >>> sentence_case("FIELD OFFICER (Kenya)", "OFICIAL DE CAMPO (Kenia)")
    'OFICIAL DE CAMPO (Kenia)'
    """
    words = [word for word in _WORD.finditer(heading) if word[0].lower() not in _SMALL]
    loud = sum(word[0].isupper() and len(word[0]) > _ACRONYM for word in words) > 1
    if (
        loud
        or heading.isupper()
        or len(words) < 2
        or not all(word[0][0].isupper() for word in words)
    ):
        return heading
    kept = {word[0] for word in _WORD.finditer(source)}
    first = words[0].start()

    def lowered(word: re.Match[str]) -> str:
        text = word[0]
        if word.start() <= first or text in kept or text[1:] != text[1:].lower():
            return text
        return text.lower() if simplemma.is_known(text.lower(), lang="es") else text

    return _WORD.sub(lowered, heading)
