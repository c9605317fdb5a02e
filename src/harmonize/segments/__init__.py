"""Cutting a posting into segments, and a segment into sentences."""

from harmonize.segments.blocks import segment
from harmonize.segments.sentences import sentences

__all__ = ["segment", "sentences"]
