"""Sentences of a segment: sentencex, with the abbreviations and lists of postings on top.

sentencex needs no model and no network.  It takes "a.m." and "Ltda." for ends of sentences and
the "2)" of a running list for a beginning; what it cuts too much is put together again here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LIST_NUMBER = re.compile(r"(?<!\w)(?:\d{1,2}|[a-z])\)(?=\s)")
_END = re.compile(r"[.!?…:]['\"”’»)\]*]*$")
_SHORT = re.compile(
    r"(?<!\w)(?:[ap]\. ?m|Sr|Sra|Srta|Dr|Dra|Lic|Ing|Arq|Mtro|Mtra|Prof|Mr|Mrs|Ms|St|Gral|Cnel"
    r"|Av|Avda|Blvd|Col|Cd|Edif|Dpto|Depto|Dept|Apdo|Tel|Telf|Ext|No|Nos|N|Nro|Núm|núm|art|arts|Art"
    r"|inc|pág|págs|p\. ?ej|ej|Ej|e\.g|i\.e|vs|cf|aprox|approx|incl|Fig|Vol)\.$"
)
_DAY = re.compile(r"(?:Mon|Tues?|Wed|Thu|Fri|Sat|Sun)[a-z]*\b")
_AFTER_INITIALS = re.compile(
    r"(?<=[A-Z]\.[A-Z]\. )(?=(?:The|This|These|We|Our|You|They|It|Please|All|Applicants|Candidates"
    r"|El|La|Los|Las|Se|Este|Esta|Nuestr[ao]|Para|Si) )"
)
"""sentencex never ends a sentence at "U.S."; with such a word after it, one ended."""
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$")
"""No sentence ends inside an address."""
_CLOCK = re.compile(r"[ap]\. ?m\.$")


def sentences(text: str, language: str) -> list[str]:
    """Cut *text* into sentences; joined, they give *text* again.

    >>> sentences("Apply by mail. See U.S. law.", "en")
    ['Apply by mail. ', 'See U.S. law.']
    >>> sentences("De 8 a.m. a 5 p.m. en Café Sur Ltda. en Lima. Viajes.", "es")
    ['De 8 a.m. a 5 p.m. en Café Sur Ltda. en Lima. ', 'Viajes.']
    """
    import sentencex

    hidden = _LIST_NUMBER.sub(lambda found: "x" * len(found.group()), text)
    return list(_mended(_slices(text, sentencex.segment(language, hidden)))) if text else []


def _slices(text: str, pieces: Iterable[str]) -> Iterator[str]:
    start = 0
    for piece in pieces:
        yield from _AFTER_INITIALS.split(text[start : start + len(piece)])
        start += len(piece)


def _mended(pieces: Iterable[str]) -> Iterator[str]:
    """*pieces*, with those put together between which no sentence ends."""
    whole: list[str] = []
    for piece in pieces:
        if whole and _ends(whole[-1], piece):
            yield "".join(whole)
            whole = []
        whole.append(piece)
    if whole:
        yield "".join(whole)


def _ends(before: str, after: str) -> bool:
    """Whether a sentence ends between *before* and *after*."""
    before, after = before[-80:], after[:80]
    last, first = before.rstrip(), after.lstrip()
    if not last or not first:
        return False
    if last == before and first == after and _ADDRESS.search(last):
        return False
    if _AFTER_INITIALS.search(before + after, max(0, len(before) - 1)):
        return True
    if _CLOCK.search(last):
        return not (first[0].islower() or _DAY.match(first))
    if _SHORT.search(last):
        return False
    return _END.search(last) is not None and not (last.endswith(".") and first[0].islower())
