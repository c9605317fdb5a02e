"""What Spanish postings say to *usted*, and how they name persons, as English has it.

*Adjunte su currículum* is a request, not something that somebody attaches; *si le interesa el
puesto* is said of the reader; *la persona coordinadora* is the coordinator.
"""

from __future__ import annotations

import re

from harmonize.engines.apertium_units import UNIT

_PHRASES = (
    (re.compile(r"\b([Ss]i) (?:te|le) interesan?\b"), r"\1 usted está interesado en"),
    (re.compile(r"\bFavor de no (?=[a-záéíóú]+r\b)"), "No "),
    (re.compile(r"\b(F|f)avor de (?=[a-záéíóú]+r\b)"), "Por favor "),
    (re.compile(r"\b[Pp]ersonas? (?=[a-záéíóú]+(?:d|t|s)oras?\b|candidatas?\b)"), ""),
    (re.compile(r"\b([Ll])as y los\b|\b([Ll])os y las\b"), r"\1\2os"),
    (re.compile(r"\b([^\W\d_]{3,}?)(?:a|as) [yo] (\1(?:o|os|es)?)\b"), r"\2"),
    (re.compile(r"\b([^\W\d_]{3,}?)(?:o|os|es)? [yo] \1(as?)\b"), r"\1\2"),
    (re.compile(r"\b([Dd])e lunes a viernes\b"), r"\1esde lunes hasta viernes"),
    (re.compile(r"\bde (\d{1,2}:\d\d) a (?=\d{1,2}:\d\d)"), r"desde \1 hasta "),
)
_WHAT = re.compile(r"^Lo que (?=\w+[aei]mos\b)")
_PLEASE = re.compile(r"[Zz][b-df-hj-np-tv-x]{2}z<adv>")
_REQUEST = "<vblex><prs><p3><sg>"


def plain_spanish(text: str) -> str:
    """Spanish that says the same in words that the dictionary has.

    >>> plain_spanish("Si le interesa el puesto, escriba a la persona coordinadora.")
    'Si usted está interesado en el puesto, escriba a la coordinadora.'
    """
    text = _WHAT.sub("Lo que nosotros ", text)
    for pattern, plain in _PHRASES:
        text = pattern.sub(plain, text)
    return text


def requests(stream: str) -> str:
    """Requests as infinitives behind the dictionary, which English writes alike; *su* is *your*.

    >>> requests("^Adjuntar<vblex><prs><p3><sg>/Attach<vblex><prs><p3><sg>$")
    '^Adjuntar<vblex><inf>/Attach<vblex><inf>$'
    """
    asked = False
    last, before, opened = "", "", True

    def mend(unit: re.Match[str]) -> str:
        nonlocal asked, last, before, opened
        words = unit[1]
        source = words.partition("/")[0]
        opens = opened and not asked
        follows = asked and last == "<cnjcoo>"
        if _REQUEST in source and (opens or follows):
            words = words.replace(_REQUEST, "<vblex><inf>")
            asked = True
        if "<vblex><inf>" in source and opened and _PLEASE.match(before):
            asked = True
        before = source
        is_phrase = "<adv>" in source or "<cm>" in source
        opened = "<sent>" in source or (opened and is_phrase) or "<cm>" in source
        asked = asked and "<sent>" not in source
        last = "<cnjcoo>" if "<cnjcoo>" in source else "<cm>" if "<cm>" in source else ""
        if asked and source.lower().startswith("suyo<det>"):
            words = words.replace("his<", "your<").replace("their<", "your<")
        return f"^{words}$"

    return UNIT.sub(mend, stream)
