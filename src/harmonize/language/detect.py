"""langdetect, made steady: one seeded detector for each piece of text, and a prior.

The prior says what we know before reading: postings here are English or Spanish unless the words
say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from harmonize.records import UNDETERMINED, Block, Detection

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

SEED = 0
PRIOR_EACH = 0.45
"""Prior of English and of Spanish; the rest is shared by all other languages."""

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_LETTER = re.compile(r"[^\W\d_]")


def detect(text: str) -> Detection:
    """The language of *text*; ``und`` where it has no words.

    >>> detect("Función principal del puesto de trabajo").language
    'es'
    >>> detect("https://example.org").language
    'und'
    """
    words = _ADDRESS.sub(" ", text)
    if not _LETTER.search(words):
        return Detection(language=UNDETERMINED, confidence=1.0, decided_by="no-words")
    best = _probabilities(words)
    if not best:
        return Detection(language=UNDETERMINED, confidence=0.0, decided_by="langdetect")
    language, confidence = best[0]
    return Detection(
        language=language, confidence=round(min(confidence, 1.0), 4), decided_by="langdetect"
    )


def detect_blocks(blocks: Sequence[Block]) -> list[Detection]:
    """The language of each block of one posting, in order."""
    return [detect(block.text) for block in blocks]


def _probabilities(text: str) -> list[tuple[str, float]]:
    """Languages and their probabilities, the likeliest first; empty where langdetect gives up."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.seed = SEED
    detector.set_prior_map(_prior())
    detector.append(text.lower() if text.isupper() else text)
    try:
        return [(found.lang, found.prob) for found in detector.get_probabilities()]
    except LangDetectException:
        return []


@cache
def _factory() -> DetectorFactory:
    from langdetect import detector_factory

    detector_factory.init_factory()
    return detector_factory._factory


@cache
def _prior() -> dict[str, Any]:
    languages = _factory().get_lang_list()
    rest = (1 - 2 * PRIOR_EACH) / (len(languages) - 2)
    return {language: PRIOR_EACH if language in {"en", "es"} else rest for language in languages}
