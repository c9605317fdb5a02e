"""Which language a piece of text is in, and which blocks of a posting say the same in two."""

from harmonize.language.context import detect_blocks
from harmonize.language.detect import detect
from harmonize.language.rows import resolve

__all__ = ["detect", "detect_blocks", "resolve"]
