"""Garbled, mixed-language job postings in; clean, parallel English and Spanish out.  Offline.

>>> import harmonize
>>> harmonize.detect("Función principal del puesto").language
'es'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harmonize.errors import HarmonizeError
    from harmonize.language import detect
    from harmonize.pipeline import Harmonizer
    from harmonize.records import Change, Detection, Flag, Posting, Repaired, Segment, Side, Term
    from harmonize.repairs import repair

# Loaded on use: `harmonize --help` must not wait for libraries that it does not need.
_HOMES = {
    "Change": "records",
    "Detection": "records",
    "Flag": "records",
    "HarmonizeError": "errors",
    "Harmonizer": "pipeline",
    "Posting": "records",
    "Repaired": "records",
    "Segment": "records",
    "Side": "records",
    "Term": "records",
    "detect": "language",
    "repair": "repairs",
}

__all__ = [
    "Change",
    "Detection",
    "Flag",
    "HarmonizeError",
    "Harmonizer",
    "Posting",
    "Repaired",
    "Segment",
    "Side",
    "Term",
    "detect",
    "repair",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'harmonize' has no attribute {name!r}")
    return getattr(import_module(f"harmonize.{_HOMES[name]}"), name)
