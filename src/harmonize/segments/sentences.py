"""Sentences of a segment, found by sentencex; it needs no model and no network."""

from __future__ import annotations

import sentencex


def sentences(text: str, language: str) -> list[str]:
    """Cut *text* into sentences; joined, they give *text* again.

    >>> sentences("Apply by mail. See U.S. law.", "en")
    ['Apply by mail. ', 'See U.S. law.']
    """
    return list(sentencex.segment(language, text)) if text else []
