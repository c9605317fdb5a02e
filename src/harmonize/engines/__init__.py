"""Engines: what translates, behind one small seam."""

from harmonize.engines.base import Availability, Engine, Pair, Request, Result
from harmonize.engines.registry import AUTO, choose_engines, engine_names, make_engine, signature

__all__ = [
    "AUTO",
    "Availability",
    "Engine",
    "Pair",
    "Request",
    "Result",
    "choose_engines",
    "engine_names",
    "make_engine",
    "signature",
]
