"""Sentences a second with Apertium: a whole run of ours, our engine alone, and Debian's own pipe.

Debian's pipe, `apertium -u eng-spa`, is started once for all sentences of a direction and gets them
as lines.  Its programs work side by side, as far as the machine has cores.  What a sixth of the
postings takes is taken off both, and its sentences with it: what is left has no start in it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from harmonize.engines.apertium.engine import INSTALL, MODES, ApertiumEngine
from harmonize.engines.base import Pair, Request
from speed.jobs import Turns, run
from speed.kit import Figure, Measured, seconds, side_by_side
from speed.postings import distinct, sentences, write

POSTINGS, FEW = 240, 40
QUICK_POSTINGS, QUICK_FEW = 3, 1
LINES = 8
ROUNDS = 3
PIPE = "apertium's own pipe"


def measure(quick: bool) -> Measured:
    """A run, and the engine alone."""
    what = "Apertium: sentences a second"
    if not shutil.which("apertium"):
        keys = ("apertium/run", "apertium/engine")
        return Measured([Figure(key, what, skipped=INSTALL) for key in keys])
    count, few, rounds = (QUICK_POSTINGS, QUICK_FEW, 1) if quick else (POSTINGS, FEW, ROUNDS)
    texts = _texts(count * LINES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(distinct(few, LINES), folder / "few")
        write(distinct(count, LINES), folder / "all")
        whole = Turns(lambda number: run(folder / "all", folder / f"out{number}", "apertium"))
        start = Turns(lambda number: run(folder / "few", folder / f"few{number}", "apertium"))
        engine = ApertiumEngine()
        alone = partial(_ours, engine, texts)
        alone()  # starts the programs
        ours, pipe = side_by_side(whole, partial(_pipe, texts), rounds)
        starts = side_by_side(start, partial(_pipe, _texts(few * LINES)), rounds)
        ours, pipe = (
            max(all_ - part, all_ / 100) for all_, part in zip((ours, pipe), starts, strict=True)
        )
        engine_alone = statistics.median(seconds(alone) for _ in range(rounds))
        engine.close()
    total = (count - few) * LINES
    return Measured(
        [
            Figure(
                "apertium/run", f"{what}, all stages on", "/s", total / ours, PIPE, total / pipe
            ),
            Figure(
                "apertium/engine",
                f"{what}, our engine alone",
                "/s",
                count * LINES / engine_alone,
                PIPE,
                total / pipe,
            ),
        ],
        {"sentences": total},
    )


def _texts(count: int) -> dict[Pair, list[str]]:
    """As many sentences of each language as the postings have."""
    return {
        ("en", "es"): sentences(count - count // 4, "en"),
        ("es", "en"): sentences(count // 4, "es"),
    }


def _pipe(texts: dict[Pair, list[str]]) -> None:
    for pair, lines in texts.items():
        subprocess.run(
            ["apertium", "-u", MODES[pair]],
            input="".join(f"{line}\n" for line in lines).encode(),
            stdout=subprocess.DEVNULL,
            check=True,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )


def _ours(engine: ApertiumEngine, texts: dict[Pair, Sequence[str]]) -> None:
    for (source, target), lines in texts.items():
        engine.translate([Request(line, "bullet", duty=True) for line in lines], source, target)
