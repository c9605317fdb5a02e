"""The sector memory: what postings say again and again, in both languages."""

from harmonize.sector.load import Row, heldout, is_held_out
from harmonize.sector.memory import SectorMemory

__all__ = ["Row", "SectorMemory", "heldout", "is_held_out"]
