"""How fast is harmonize, beside what people would use instead?  All of it in one table.

    make bench
    python benchmarks/bench.py [--quick] [--only NAME]... [--set-floors] [--page]

Each measure runs in a process of its own and writes `results/speed-NAME.json`; then the tables of
`docs/scale.md` are written anew.  With ``--quick`` everything runs on next to nothing, to show that
it runs.  With ``--results FOLDER`` the results go there, and the page stays.  ``--page`` measures
nothing and only writes the page.  Exit status 1 says that a ratio fell under its floor.

What the translation memory and the review take has bounds in seconds, and benchmarks of its own:
`memory_store.py`, `review.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from speed import page, report
from speed.kit import Figure, Measured, by_name, machine, path

MEASURES = {
    "argos": "speed.argos:measure",
    "apertium": "speed.apertium:measure",
    "repair": "speed.texts:measure_repair",
    "detection": "speed.texts:measure_detection",
    "glossary": "speed.texts:measure_glossary",
    "second-run": "speed.jobs:measure_second_run",
    "growth": "speed.jobs:measure_growth",
    "stages": "speed.stages:measure",
    "batch": "speed.batch:measure",
}


def main() -> int:
    """Measure, print, write; 1 where a floor does not hold."""
    chosen = _arguments()
    if chosen.measure:
        print(json.dumps(_measured(chosen.measure, chosen.quick)))
        return 0
    if chosen.page:
        page.refresh()
        return 0
    facts = machine()
    folder = chosen.results or (None if chosen.quick else report.RESULTS)
    figures: list[Figure] = []
    for name in by_name(chosen.only, list(MEASURES)):
        found = _in_own_process(name, quick=chosen.quick)
        figures += found.figures
        if folder:
            report.save(name, found, facts, folder)
    rows = report.held(figures, report.read_floors())
    if chosen.quick:
        report.show(each._replace(met=None, kept=True) for each in rows)
        return 0
    report.show(rows)
    if chosen.set_floors:
        report.set_floors(figures)
    if folder == report.RESULTS:
        page.refresh()
    return int(not all(each.kept for each in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only show that everything runs")
    parser.add_argument("--only", action="append", default=[], help="a measure; may be repeated")
    parser.add_argument("--results", type=Path, help="the folder for the results")
    parser.add_argument("--set-floors", action="store_true", help="what is measured is the floor")
    parser.add_argument("--page", action="store_true", help="only write docs/scale.md anew")
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(name: str, quick: bool) -> list[object]:
    from importlib import import_module

    module, _, function = MEASURES[name].partition(":")
    found: Measured = getattr(import_module(module), function)(quick)
    return [found.figures, found.details]


def _in_own_process(name: str, *, quick: bool) -> Measured:
    """One measure; what it loads and where it looks for packs ends with it."""
    begin = time.perf_counter()
    sys.stderr.write(f"{name} …")
    sys.stderr.flush()
    command = [sys.executable, __file__, "--measure", name, *["--quick"] * quick]
    environment = os.environ | {"PYTHONPATH": path()}
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True)
    figures, details = json.loads(done.stdout.splitlines()[-1])
    sys.stderr.write(f" {time.perf_counter() - begin:.0f} s\n")
    return Measured([Figure(*each) for each in figures], details)


if __name__ == "__main__":
    sys.exit(main())
