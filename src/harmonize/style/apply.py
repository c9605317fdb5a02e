"""A translation written as the style asks."""

from __future__ import annotations

from harmonize.glossary.model import Language
from harmonize.records import Kind
from harmonize.style.case import sentence_case
from harmonize.style.habits import in_habit
from harmonize.style.inclusive import inclusive
from harmonize.style.marks import opened
from harmonize.style.model import Style

_HEADINGS = ("heading", "title")


def styled(source: str, translated: str, target: Language, kind: Kind, style: Style) -> str:
    """*translated* (the version of *source* in *target*) as *style* asks.

    Doing it twice is doing it once.

    >>> from harmonize.style.model import Spanish
    >>> slash = Style(spanish=Spanish(inclusive="slash"))
    >>> styled("Train workers.", "Capacitar a los trabajadores.", "es", "bullet", slash)
    'Capacitar a los/las trabajadores/as.'
    """
    choices = style.spanish if target == "es" else style.english
    written = in_habit(translated, target, choices.dates, choices.numbers)
    if target == "en":
        return written
    if style.spanish.headings == "sentence" and kind in _HEADINGS:
        written = sentence_case(source, written)
    return inclusive(opened(written), style.spanish.inclusive)
