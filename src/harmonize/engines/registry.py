"""Which engines there are, and which one to use."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from harmonize.engines.base import BOTH, Engine, Pair
from harmonize.engines.canary import Trusted
from harmonize.errors import NoEngine, UsageError

GROUP = "harmonize.engines"
AUTO = "auto"
AUTO_ORDER = ("argos", "apertium")
"""From the best to the one that works everywhere."""


def engine_names() -> list[str]:
    """The names of all installed engines, by alphabet."""
    return sorted(entry.name for entry in _entries())


def make_engine(name: str) -> Engine:
    """The engine called *name*, not yet loaded; raises `UsageError` for a name that is none."""
    for entry in _entries():
        if entry.name == name:
            engine: Engine = entry.load()()
            return engine
    known = ", ".join([AUTO, *engine_names()])
    raise UsageError(f"There is no engine called {name}.", f"Engines: {known}.")


def choose_engines(name: str) -> dict[Pair, Engine]:
    """For each direction between English and Spanish the engine that serves it.

    *name* is an engine's, or ``auto`` for the best of each direction.  Raises `NoEngine` with what
    to type next where a direction has none; so does an engine at its first batch if it babbles.
    """
    names = AUTO_ORDER if name == AUTO else (name,)
    candidates = [_trusted(make_engine(each)) for each in names]
    chosen: dict[Pair, Engine] = {}
    for engine in candidates:
        for pair in engine.availability().pairs & BOTH:
            chosen.setdefault(pair, engine)
    missing = sorted(BOTH - chosen.keys())
    if missing:
        raise NoEngine(_cause(name, missing), _remedy(candidates, name))
    return chosen


def signature(engines: Iterable[Engine]) -> str:
    """The signatures of different engines, joined.

    >>> from harmonize.engines.fake import FakeEngine
    >>> signature([FakeEngine(), FakeEngine()])
    'fake-1'
    """
    return "+".join(sorted({engine.signature() for engine in engines}))


def _trusted(engine: Engine) -> Engine:
    """An engine that shows what it can before its first batch."""
    return engine if getattr(engine, "for_tests", False) else Trusted(engine)


def _cause(name: str, missing: list[Pair]) -> str:
    directions = " and ".join(f"{source}→{target}" for source, target in missing)
    which = "No engine on this machine translates" if name == AUTO else f"{name} cannot translate"
    return f"{which} {directions}."


def _remedy(candidates: list[Engine], name: str) -> str:
    if name == AUTO:
        return "Run: harmonize setup"
    found = candidates[0].availability()
    return f"({found.detail}.) Run: {found.remedy}" if found.remedy else "See: harmonize doctor"


@cache
def _entries() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=GROUP))
