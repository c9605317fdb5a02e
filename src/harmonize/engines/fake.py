"""An engine for tests: deterministic, instant, and its output shows what it was given."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.base import BOTH, Availability, Request, Result


class FakeEngine:
    """Puts the target language in front of each text.

    >>> FakeEngine().translate([Request(text="Purpose")], "en", "es")[0].text
    'Es: Purpose'
    """

    name = "fake"
    for_tests = True
    """It does not translate: the canary's lines are not asked of it."""

    def availability(self) -> Availability:
        """Always there, in both directions."""
        return Availability(BOTH, "for tests only: it does not translate")

    def signature(self) -> str:
        """Constant: there is nothing that it depends on."""
        return "fake-1"

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        """Mark each text with *target*."""
        return [Result(text=f"{target.capitalize()}: {request.text}") for request in batch]

    def close(self) -> None:
        """Nothing to give back."""
