"""Which language a piece of text is in.

First version: langdetect, seeded, with a prior for English and Spanish.
"""

from harmonize.language.detect import detect, detect_blocks

__all__ = ["detect", "detect_blocks"]
