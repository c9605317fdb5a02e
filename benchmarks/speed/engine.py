"""An engine that costs what an Argos pack costs, for packs that say nothing.

It comes to harmonize as any other does, through the entry-point group ``harmonize.engines``, and
says that it is for tests, so the canary is not asked about it.  CTranslate2 does all of its work;
but what the random model says is thrown away and the text itself returned.  So code words come
back, as they do from a pack that knows a language, and no work is done twice for babble.  The terms
are not shown to the pack: where none of its words fit, putting them in would be all that is
measured.  What that costs is a figure of its own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from harmonize.engines.argos.engine import ArgosEngine
from harmonize.engines.base import Request, Result
from speed.kit import path

NAME = "stand-in"


class StandIn(ArgosEngine):
    """The installed packs, whatever they say; ``seen`` has the texts that they were given."""

    name = NAME
    for_tests = True
    seen: list[tuple[str, str]] = []  # noqa: RUF012 - of all that are made: they are made by name

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        """Let the pack work, and give the texts back."""
        self.seen.extend((source, request.text) for request in batch)
        super().translate([request._replace(terms=()) for request in batch], source, target)
        return [Result(text=request.text) for request in batch]


def register(folder: Path) -> None:
    """Make the engine known by its name, here and in processes started from here."""
    facts = folder / "speed_engines-0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: speed-engines\nVersion: 0\n")
    (facts / "entry_points.txt").write_text(f"[harmonize.engines]\n{NAME} = speed.engine:StandIn\n")
    os.environ["PYTHONPATH"] = path(folder)
    sys.path.insert(0, str(folder))


def use_packs(folder: Path) -> None:
    """Argos Translate's folders are in *folder* from now on; before it is first imported."""
    os.environ["ARGOS_PACKAGES_DIR"] = str(folder / "packages")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder / name.lower())
