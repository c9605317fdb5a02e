"""Apertium, the rule-based engine: what stands in the cuts of its pipe, a room for each target."""

from harmonize.engines.apertium.engine import ApertiumEngine

__all__ = ["ApertiumEngine"]
