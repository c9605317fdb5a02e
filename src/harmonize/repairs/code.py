"""Telling lines of programs from lines of prose: what is damage in one is meant in the other."""

from __future__ import annotations

import re

_CODE = re.compile(
    r"[{};]\s*$"
    r"|^\s*(?:def|class|import|from|return|const|let|var|public|private|function|if|for|while)\b"
    r"[^.]{0,200}[(={:]\s*\S*.{0,80}$"
    r"|\w\((?:[^()\n]{0,80}[=\"',*][^()\n]{0,80})?\)"
    r"|[!=]==?\s|\s[-+*/|&]?=\s|=>|->|::|&&|\|\||#include|</?\w+/>|\$\w|^\s*(?://|#!|\$ |>>> )"
)
_SHOWN = 400
"""Code points of a line that are looked at: programs have short lines."""


def is_code(line: str) -> bool:
    """Whether a line looks like a program's.

    >>> is_code("total = f(**kwargs)"), is_code("Gestionar la(s) región(es) del programa")
    (True, False)
    """
    return len(line) <= _SHOWN and bool(_CODE.search(line))
