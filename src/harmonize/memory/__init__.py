"""The translation memory: what was translated before, by people and by engines, in one file."""

from harmonize.memory.entries import Candidate, Entry, Maker, confirmed
from harmonize.memory.place import default_memory
from harmonize.memory.store import NOBODY_YET, TranslationMemory

__all__ = [
    "NOBODY_YET",
    "Candidate",
    "Entry",
    "Maker",
    "TranslationMemory",
    "confirmed",
    "default_memory",
]
