"""What Spanish postings ask of *usted*, as English has it.

*Adjunte su currículum* is a request, not something that somebody attaches.
"""

from __future__ import annotations

import re

from harmonize.engines.apertium.units import UNIT

_PLEASE = re.compile(r"[Zz][b-df-hj-np-tv-x]{2}z<adv>")
_REQUEST = "<vblex><prs><p3><sg>"


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
