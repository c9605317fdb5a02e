"""Bad input: a reason for its owner, the other postings done, exit status 1, no traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import Run, Silent

from harmonize.config import Config
from harmonize.job import run_job
from harmonize.records import Bilingual, Segment

GOOD = "Field officer\n\nVisit the cooperatives every month and report.\n"

BAD = {
    "binary.txt": (b"\x7fELF\x02\x01\x00\x00" + bytes(range(256)), "binary"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "long.txt": (b"a" * 50_000_000, "bytes"),
    "page.html": (b"<!DOCTYPE html><html><body>Job</body></html>", "markup"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_rejected_with_a_reason_and_the_others_done(
    run: Run, tmp_path: Path, name: str
) -> None:
    data, reason = BAD[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.txt").write_text(GOOD)
    (tmp_path / "in" / name).write_bytes(data)
    done = run("translate", "in", "-o", "out", "--engine", "fake")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    [reject] = map(json.loads, (tmp_path / "out/rejects.jsonl").read_text().splitlines())
    assert reject["source"] == f"in/{name}"
    assert reason in reject["reason"]
    assert reject["reason"] in done.stderr
    assert (tmp_path / "out/good/es.md").exists()
    assert [path.name for path in (tmp_path / "out").iterdir() if path.is_dir()] == ["good"]


@pytest.mark.parametrize(
    ("argument", "reason"),
    [("nowhere.txt", "No such file"), ("*.nothing", "pattern"), ("hollow", "No postings")],
)
def test_inputs_that_name_nothing(run: Run, tmp_path: Path, argument: str, reason: str) -> None:
    (tmp_path / "hollow").mkdir()
    (tmp_path / "good.txt").write_text(GOOD)
    done = run("translate", argument, "good.txt", "-o", "out", "--engine", "fake")
    assert done.returncode == 1
    assert reason in done.stderr
    assert (tmp_path / "out/good/en.md").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(GOOD)
    (tmp_path / "secret.txt").chmod(0)
    done = run("translate", "secret.txt", "-o", "out", "--engine", "fake")
    assert done.returncode == 1
    assert "cannot be read" in done.stderr


def test_a_file_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pipe.txt").mkdir()
    os.mkfifo(tmp_path / "fifo.txt")
    done = run("translate", "fifo.txt", "-o", "out", "--engine", "fake")
    assert done.returncode == 1
    assert "not a regular file" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "nope"], "There is no engine called nope"),
        (["--format", "pdf"], "There is no format called pdf"),
        (["--config", "missing.toml"], "missing.toml cannot be read"),
        (["--config", "wrong.toml"], "Setting colour"),
        (["--config", "broken.toml"], "not valid TOML"),
    ],
)
def test_wrong_usage_is_exit_status_2(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "wrong.toml").write_text('colour = "red"\n')
    (tmp_path / "broken.toml").write_text("engine = \n")
    done = run("translate", "good.txt", "-o", "out", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_no_engine_is_exit_status_3_with_the_command_that_mends_it(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    done = run("translate", "good.txt", "-o", "out", env={"PATH": "/nowhere"})
    assert done.returncode == 3
    assert "Run: harmonize setup" in done.stderr


def test_an_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    done = run("translate", "good.txt", "-o", "good.txt", "--engine", "fake")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_hostile_names_stay_inside_the_output(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("con.txt", "a b\n.txt", "índice–ñ.txt", "-rf.txt", "x" * 200 + ".txt"):
        (folder / name).write_text(GOOD)
    done = run("translate", "in", "-o", "out", "--engine", "fake")
    assert done.returncode == 0
    made = {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()}
    assert len(made) == 5
    assert all(len(name) <= 90 and "/" not in name and not name.startswith(".") for name in made)


def test_settings_come_from_file_environment_and_flags_in_this_order(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "harmonize.toml").write_text('engine = "nope"\nformat = ["txt"]\n')
    assert run("translate", "good.txt", "-o", "out").returncode == 2
    assert (
        run("translate", "good.txt", "-o", "out", env={"HARMONIZE_ENGINE": "fake"}).returncode == 0
    )
    assert sorted(path.name for path in (tmp_path / "out/good").iterdir()) == [
        "en.txt",
        "es.txt",
        "posting.json",
    ]


def test_a_fault_of_our_own_in_one_posting_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harmonize import assemble

    title_of = assemble.title_of

    def faulty(segments: Sequence[Segment], fallback: str, hirer: str | None) -> Bilingual:
        if fallback == "bad":
            raise RuntimeError("a fault")
        return title_of(segments, fallback, hirer)

    monkeypatch.setattr(assemble, "title_of", faulty)
    for name in ("bad", "good", "other"):
        (tmp_path / f"{name}.txt").write_text(GOOD)
    inputs = [str(tmp_path / f"{name}.txt") for name in ("bad", "good", "other")]
    summary = run_job(inputs, tmp_path / "out", Config(engine="fake"), Silent())
    assert summary.translated == 2
    assert [reject.reason for reject in summary.rejects] == [
        "harmonize failed on it (RuntimeError: a fault). Please report it."
    ]
