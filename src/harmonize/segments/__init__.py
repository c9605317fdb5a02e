"""Cutting a posting into segments, and a segment into sentences."""

from harmonize.segments.blocks import segment
from harmonize.segments.headings import Head, known_head, shaped_head
from harmonize.segments.sentences import sentences

__all__ = ["Head", "known_head", "segment", "sentences", "shaped_head"]
