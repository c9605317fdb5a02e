"""`make bench` runs, and the page of its figures says what its results say.  Nothing is timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What a quick run of everything prints, and the folder of its results."""
    folder = tmp_path_factory.mktemp("results")
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "bench.py"), "--quick", "--results", str(folder)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


def test_every_figure_is_there_with_its_rival_or_says_why_not(results: tuple[str, Path]) -> None:
    goals = json.loads((BENCHMARKS / "speed_floors.json").read_text())
    rows = {
        row["key"]: row
        for file in results[1].glob("speed-*.json")
        for row in json.loads(file.read_text())["figures"]
    }
    # A quick run stops at a thousand entries, and at a few postings without a slow engine.
    assert goals.keys() - rows.keys() == {"glossary/10000", "growth/apertium"}
    for row in rows.values():
        assert row["skipped"] or (row["ours"] > 0 and row["theirs"] > 0 and row["rival"])
    assert rows["ray/2 workers"]["skipped"].startswith("needs Ray: make")


def test_the_table_has_a_line_for_each_and_the_results_name_the_machine(
    results: tuple[str, Path],
) -> None:
    printed, folder = results
    for word in ("ours", "rival", "ratio", "goal", "met", "argostranslate", "ftfy", "langdetect"):
        assert word in printed
    facts = json.loads((folder / "speed-repair.json").read_text())["machine"]
    assert facts["cores"] >= 1
    assert facts["cpu"]
    assert facts["python"].startswith("3.")


def test_a_quick_run_of_the_stages_knows_them_all(results: tuple[str, Path]) -> None:
    """A function that is renamed must not drop out of the page unseen."""
    spent = json.loads((results[1] / "speed-stages.json").read_text())["details"]["stages"]
    assert len(spent) == 10, spent


def test_the_page_says_what_the_results_say() -> None:
    code = (
        "from speed import page\n"
        "text = page.PAGE.read_text(encoding='utf-8')\n"
        "assert page.refreshed(text, page.RESULTS) == text, 'python benchmarks/bench.py --page'"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(BENCHMARKS), str(ROOT / "src")])},
        check=True,
    )


def test_goals_are_ratios() -> None:
    """Seconds would hold on one machine only."""
    goals = json.loads((BENCHMARKS / "speed_floors.json").read_text())
    assert {name for bounds in goals.values() for name in bounds} <= {
        "at_least",
        "at_most",
        "floor",
    }
