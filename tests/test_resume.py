"""A run that is killed, or meets a full disk, loses nothing, doubles nothing and repeats little."""

from __future__ import annotations

import json
import multiprocessing
import random
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import Silent, until_full

import harmonize.job
from harmonize import translate
from harmonize.config import Config
from harmonize.engines import registry
from harmonize.engines.base import Request, Result
from harmonize.engines.fake import FakeEngine
from harmonize.errors import MemoryFailed, UsageError
from harmonize.job import run_job
from harmonize.memory import TranslationMemory
from harmonize.memory.database import Database

POSTINGS = 30
GROUP = 8
BATCH = 12
MOMENTS = 30
VERBS = "Visit Train Support Advise Register Interview Map Organise Monitor Protect".split()
WHOM = "growers weavers unions pickers cooperatives auditors drivers packers".split()


class Counting(FakeEngine):
    """Writes down every batch that it is asked for."""

    name = "counting"
    log = Path()

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        if batch:
            with self.log.open("a") as log:
                log.write(json.dumps([request.text for request in batch]) + "\n")
        return super().translate(batch, source, target)


class Entry:
    name = "counting"
    load = staticmethod(lambda: Counting)


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small postings with lines of their own and lines that others have too."""
    monkeypatch.setattr(registry, "_entries", lambda: (Entry,))
    monkeypatch.setattr(translate, "BATCH_UNITS", BATCH)
    monkeypatch.setattr(harmonize.job, "GROUP", GROUP)
    chance = random.Random(5)  # noqa: S311
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(POSTINGS):
        lines = [f"Field officer {chance.choice(WHOM)} {number}", "", "Duties", ""]
        lines += [
            f"- {chance.choice(VERBS)} the {chance.choice(WHOM)} of the valley every "
            f"{chance.choice(('month', 'week', f'{number % 20} days'))}"
            for _ in range(4)
        ]
        (folder / f"p{number:03}.txt").write_text("\n".join(lines) + "\n")
    return folder


def job(inputs: Path, home: Path) -> None:
    """One run, into *home*."""
    Counting.log = home / "log"
    config = Config(
        engine="counting",
        memory=str(home / "memory.sqlite"),
        sector_memory=False,
        format=("md", "json"),
    )
    run_job([str(inputs)], home / "out", config, Silent())


def files(folder: Path) -> dict[str, bytes]:
    """Everything in OUT but the account of the run, which has its times."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "run.json"
    }


def batches(home: Path) -> list[list[str]]:
    log = home / "log"
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def flat(batches: list[list[str]]) -> list[str]:
    return [text for batch in batches for text in batch]


def killed(inputs: Path, home: Path, seconds: float) -> bool:
    """Kill a run after *seconds* as nothing can be caught: whether it was still going."""
    child = multiprocessing.get_context("fork").Process(target=job, args=(inputs, home))
    child.start()
    child.join(seconds)
    going = child.is_alive()
    child.kill()
    child.join()
    return going


def test_a_killed_run_goes_on_and_repeats_at_most_one_batch(inputs: Path, tmp_path: Path) -> None:
    for home in (tmp_path / "first", whole := tmp_path / "whole"):  # the first loads the tables
        home.mkdir()
        begin = time.perf_counter()
        job(inputs, home)
        spent = time.perf_counter() - begin
    expected, asked = files(whole / "out"), flat(batches(whole))
    assert len(asked) == len(set(asked)) > 4 * BATCH
    chance = random.Random(11)  # noqa: S311
    stopped = 0
    for number in range(MOMENTS):
        home = tmp_path / f"k{number}"
        home.mkdir()
        going = killed(inputs, home, chance.uniform(0.05, 0.95) * spent)
        stopped += going
        spent *= 1 if going else 0.8  # the first runs were slower: the machine had other work
        before = batches(home)
        job(inputs, home)
        assert files(home / "out") == expected
        again = flat(batches(home)[len(before) :])
        known = set(flat(before))
        assert known & set(again) <= set(before[-1] if before else [])
        assert known | set(again) == set(asked)
    assert stopped > MOMENTS / 3


def test_a_full_disk_under_the_results_is_said_and_the_next_run_goes_on(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, home = tmp_path / "whole", tmp_path / "full"
    for folder in (whole, home):
        folder.mkdir()
    job(inputs, whole)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", until_full(31))
        with pytest.raises(UsageError, match=r"No space left on device.*goes on from here"):
            job(inputs, home)
    left_there = files(home / "out")
    assert 0 < len(left_there) < len(files(whole / "out"))
    expected = files(whole / "out")
    assert all(expected[name] == data for name, data in left_there.items())
    before = flat(batches(home))
    job(inputs, home)
    assert files(home / "out") == expected
    again = flat(batches(home))[len(before) :]
    assert not set(before) & set(again)


def test_a_full_disk_under_the_memory_is_said_and_the_next_run_goes_on(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, home = tmp_path / "whole", tmp_path / "full"
    for folder in (whole, home):
        folder.mkdir()
    job(inputs, whole)
    memory = TranslationMemory(home / "memory.sqlite")
    pages = memory.database.read(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    memory.close()
    prepare = Database._prepare

    def small(self: Database, connection: sqlite3.Connection) -> None:
        prepare(self, connection)
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_prepare", small)
        with pytest.raises(MemoryFailed, match=r"disk is full.*goes on from here"):
            job(inputs, home)
    before = batches(home)
    job(inputs, home)
    assert files(home / "out") == files(whole / "out")
    again = flat(batches(home)[len(before) :])
    assert set(flat(before)) & set(again) <= set(before[-1])
