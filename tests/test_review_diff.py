"""Texts and runs beside each other, word by word: in the terminal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Run

from harmonize.diff import aligned, marked, one_side, word_runs
from harmonize.records import Side
from harmonize.store import Store
from review_cases import finished

TEXT = st.text(alphabet="ab ,.\n", max_size=40)


@given(TEXT, TEXT)
def test_both_texts_are_in_their_difference(before: str, after: str) -> None:
    def plain(text: str) -> str:
        return "".join(text.replace("↵", "").split())

    runs = word_runs(before, after)
    assert plain("".join(run.text for run in one_side(runs, "out"))) == plain(before)
    assert plain("".join(run.text for run in one_side(runs, "in"))) == plain(after)
    if before == after:
        assert all(run.state == "kept" for run in runs)


def test_words_not_letters() -> None:
    assert marked(word_runs("Draft the reports", "Write the report")) == (
        "[-Draft-]{+Write+} the [-reports-]{+report+}"
    )
    assert marked(word_runs("a b c d", "x y z w")) == "[-a b c d-]{+x y z w+}"
    assert marked(word_runs("", "new")) == "{+new+}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    finished(folder / "a")
    shutil.copytree(folder / "a", folder / "b")
    store = Store(folder / "b")
    posting = store.load("officer")
    row = posting.segments[2]
    new = row.model_copy(
        update={"es": Side(text="Es: Promote the aims of the union.", origin="human")}
    )
    segments = (*posting.segments[:2], new, *posting.segments[4:])  # one changed, one gone
    store.revise(posting.model_copy(update={"segments": segments}))
    shutil.rmtree(folder / "b/driver")
    return folder


def test_rows_by_what_the_author_wrote(made: Path) -> None:
    old, new = Store(made / "a").load("officer"), Store(made / "b").load("officer")
    pairs = aligned(old, new)
    assert len(pairs) == len(old.segments)
    changed = [pair for pair in pairs if pair.changed]
    assert [(pair.there.id, pair.after is None) for pair in changed] == [
        ("s003", False), ("s004", True),
    ]  # fmt: skip


def test_repairs_of_a_posting(run: Run, made: Path) -> None:
    shown = run("diff", made / "a/officer").stdout
    assert "[-organizaciĂłn-]" in shown
    assert "{+organización+}" in shown
    assert "Write reports" not in shown
    every = run("diff", made / "a/officer", "--all").stdout
    assert "Write reports" in every


@pytest.mark.parametrize("width", ["80", "200"])
def test_both_columns_fit_the_window(run: Run, made: Path, width: str) -> None:
    shown = run("diff", made / "a/officer", "--what", "translation", env={"COLUMNS": width}).stdout
    lines = shown.splitlines()
    assert max(map(len, lines)) <= int(width)
    whole = "Es: Coordinate 5 workshops with the trade union each year."
    assert any(whole in line for line in lines) == (width == "200")
    for word in ("Coordinate", "workshops", "Responsibilities", "organización"):
        assert word in shown


def test_colours_only_where_they_are_wanted(run: Run, made: Path) -> None:
    seen = run("diff", made / "a/officer", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" in seen
    assert "[-" not in seen
    without = run("diff", made / "a/officer", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "[-organizaciĂłn-]" in without


def test_two_runs(run: Run, made: Path) -> None:
    shown = run("diff", made / "a", made / "b").stdout
    assert "[-goals-]" in shown
    assert "driver: only in" in shown
    found = json.loads(run("diff", made / "a/officer", made / "b/officer", "--json").stdout)
    assert [row["segment"] for row in found[0]["rows"]] == ["s003 es", "s004 en", "s004 es"]
    same = run("diff", made / "a", made / "a")
    assert same.stdout == ""
    assert "No difference" in same.stderr


def test_what_is_no_posting(run: Run, made: Path) -> None:
    for arguments in ((made / "a",), (made / "none",), (made / "a", made / "none")):
        done = run("diff", *arguments)
        assert done.returncode == 2, arguments
        assert "Give" in done.stderr
    assert run("diff", made / "a/officer", "--what", "nonsense").returncode == 2
