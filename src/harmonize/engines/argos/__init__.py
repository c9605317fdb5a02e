"""Packs of Argos Translate, run directly over CTranslate2, with terms enforced in the decoder."""

from harmonize.engines.argos.engine import ArgosEngine

__all__ = ["ArgosEngine"]
