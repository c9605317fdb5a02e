"""Faults in the middle: nothing finished is lost, and the same command goes on from there."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT, Run, Silent, until_full, writing_into

import harmonize.job
from harmonize import store
from harmonize.config import Config
from harmonize.engines.fake import FakeEngine
from harmonize.errors import FolderInUse, UsageError
from harmonize.glossary import Glossary, load, table
from harmonize.glossary.load import parse_entries
from harmonize.job import run_job
from harmonize.lock import FILE, alone_in
from harmonize.pipeline import Harmonizer

POSTINGS = 40
INTERRUPTIONS = 12


@pytest.fixture
def postings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(harmonize.job, "GROUP", 4)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(POSTINGS):
        text = f"Field officer {number}\n\nDuties\n\n- Visit cooperative {number} every month.\n"
        (folder / f"p{number:02}.txt").write_text(text)
    return folder


def job(postings: Path, out: Path, **settings: object) -> None:
    config = Config(engine="fake", sector_memory=False, **settings)  # type: ignore[arg-type]
    run_job([str(postings)], out, config, Silent())


def files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def test_a_full_disk_keeps_what_is_done_and_the_next_run_ends_the_same(
    postings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job(postings, tmp_path / "whole")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", until_full(37))
        with pytest.raises(UsageError, match="No space left on device"):
            job(postings, tmp_path / "out")
    left = files(tmp_path / "out")
    expected = files(tmp_path / "whole")
    assert left
    assert all(expected[name] == data for name, data in left.items())
    job(postings, tmp_path / "out")
    assert files(tmp_path / "out") == expected


def test_a_folder_that_is_read_only_is_an_error_with_a_remedy(
    postings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job(postings, tmp_path / "out")
    before = files(tmp_path / "out")

    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)  # root may write anywhere: chmod proves nothing
    with pytest.raises(UsageError, match=r"Read-only file system.*another folder"):
        job(postings, tmp_path / "out")
    monkeypatch.undo()
    assert files(tmp_path / "out") == before


WORDS = ("salario", "paga")
GLOSSARIES = {
    word: "en,es\n" + f"wage,{word}\n" + "".join(f"term {n},término {n}\n" for n in range(400))
    for word in WORDS
}
"""Two states of a file, of which every mixture and every part would be read as a glossary."""

SAVING = {
    "put in its place": """
    spare.write_text(state)
    spare.replace(file)
""",
    "emptied and written": """
    time.sleep(1.5)
    with file.open("w") as out:
        out.write(state[: len(state) // 3]); out.flush(); time.sleep(0.01)
        out.write(state[len(state) // 3 : -99]); out.flush(); time.sleep(0.04)
        out.write(state[-99:])
""",
    "written over": """
    time.sleep(1.5)
    with file.open("r+") as out:
        for start in range(0, len(state), 999):
            out.write(state[start : start + 999]); out.flush(); time.sleep(0.005)
        out.truncate()
""",
    "set aside and made anew": """
    time.sleep(1.5)
    file.replace(spare)
    with file.open("w") as out:
        out.write(state[:99]); out.flush(); time.sleep(0.03)
        out.write(state[99:])
""",
}
"""How programs save a file."""


@pytest.mark.parametrize("way", SAVING)
def test_a_glossary_is_read_as_it_is_at_one_moment_however_it_is_saved(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "CALM", 0.8)  # so that a busy machine's pauses are none
    file, spare = tmp_path / "terms.csv", tmp_path / "terms.csv.new"
    writer = (
        "import itertools, pathlib, time\n"
        f"file, spare = pathlib.Path({str(file)!r}), pathlib.Path({str(spare)!r})\n"
        f"for state in itertools.cycle({list(GLOSSARIES.values())!r}):{SAVING[way]}"
    )
    file.write_text(GLOSSARIES[WORDS[0]])
    hashes = {Glossary(entries=parse_entries(text)[0]).hash: w for w, text in GLOSSARIES.items()}
    seen: Counter[str] = Counter()
    with background(sys.executable, "-c", writer):
        end = time.monotonic() + 6
        while time.monotonic() < end or len(seen) < 2:
            assert time.monotonic() < end + 60
            with missing_is_fine():
                seen[hashes[load([file]).hash]] += 1  # KeyError: a state that never was
    assert set(seen) == set(WORDS)


@contextlib.contextmanager
def missing_is_fine() -> Iterator[None]:
    """Between two steps of saving there may be no file; that is said, and nothing read."""
    try:
        yield
    except UsageError as error:
        assert "There is no glossary" in str(error) or "is not a file" in str(error)


def test_a_run_goes_by_the_glossary_that_it_read(tmp_path: Path) -> None:
    (file := tmp_path / "terms.csv").write_text("en,es\nwage,salario\n")
    with Harmonizer("fake", glossary=[str(file)], sector_memory=False) as harmonizer:
        file.write_text("en,es\nwage,paga\n")
        posting = harmonizer.run_text("Officer\n\nPay the wage every month.", id="x")
        assert f"|glossary:{load([file]).hash}|" not in posting.signature
        assert f"|glossary:{harmonizer.glossary_hash}|" in posting.signature
        assert [term.es for each in posting.segments for term in each.terms] == ["salario"]
    file.write_text("en,es\nwage,salario\n")
    assert f"|glossary:{load([file]).hash}|" in posting.signature


def test_a_glossary_that_is_never_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "CALM", 0.2)
    monkeypatch.setattr(table, "PATIENCE", 0.5)
    (file := tmp_path / "terms.csv").write_text("en,es\nwage,salario\n")
    writer = (
        f"import pathlib, time\nout = pathlib.Path({str(file)!r}).open('a')\n"
        "while True: out.write('union,sindicato\\n'); out.flush(); time.sleep(0.01)"
    )
    with background(sys.executable, "-c", writer):
        before = file.stat().st_size
        while file.stat().st_size == before:
            time.sleep(0.01)
        with pytest.raises(UsageError, match=r"terms.csv is being written.*same command again"):
            load([file])
    assert load([file]).entries


def test_a_glossary_of_tomorrow_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "CALM", 1.0)
    (file := tmp_path / "terms.csv").write_text("en,es\nwage,salario\n")
    os.utime(file, (0, time.time() + 3600))
    begin = time.monotonic()
    assert load([file]).entries
    assert time.monotonic() - begin < table.CALM


class background:  # noqa: N801 - reads as a statement
    """A process that lasts as long as a block."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(command)

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def test_an_engine_process_killed_in_the_middle_is_started_again() -> None:
    from harmonize.engines.apertium.pipe import Pipe

    pipe = Pipe([("cat",), ("cat",)])
    assert pipe.run(["uno"]) == ["uno"]
    os.kill(pipe._processes[1].pid, signal.SIGKILL)
    pipe._processes[1].wait()
    assert pipe.run(["dos", "tres"]) == ["dos", "tres"]
    pipe.close()


def test_an_engine_that_dies_once_costs_no_posting(
    postings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harmonize.errors import EngineFailed

    translate, calls = FakeEngine.translate, 0

    def dying(self: FakeEngine, *arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise EngineFailed("It was killed.")
        return translate(self, *arguments)  # type: ignore[arg-type]

    job(postings, tmp_path / "whole")
    monkeypatch.setattr(FakeEngine, "translate", dying)
    job(postings, tmp_path / "out")
    assert calls > 3
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_ctrl_c_at_any_moment_is_130_and_the_next_run_ends_the_same(
    run: Run, postings: Path, tmp_path: Path
) -> None:
    arguments = ["translate", "in", "--engine", "fake", "--no-sector-memory", "-o"]
    begin = time.monotonic()
    assert run(*arguments, "whole").returncode == 0
    whole = time.monotonic() - begin
    chance = random.Random(3)  # noqa: S311
    stopped = 0
    for number in range(INTERRUPTIONS):
        out = tmp_path / f"out{number % 3}"
        status, said = interrupted([*arguments, out.name], tmp_path, chance.uniform(0, whole))
        assert status in (0, 130), said
        assert "Traceback" not in said
        stopped += status == 130
        left = files(out) if out.exists() else {}
        assert not [name for name in left if name.endswith((".part", FILE))]
    assert stopped
    for number in range(3):
        assert run(*arguments, f"out{number}").returncode == 0
        assert files(tmp_path / f"out{number}") == files(tmp_path / "whole")


def interrupted(arguments: list[str], folder: Path, seconds: float) -> tuple[int, str]:
    """Exit status and errors of a command that gets a Ctrl-C so long after it has begun."""
    # Before our first line is run a Ctrl-C is Python's own: the clock starts there.
    code = "import sys; from harmonize.cli import main; print('go', flush=True); main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.05 + seconds)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors.decode()


def test_two_runs_into_one_folder_the_second_is_refused_with_the_first_ones_number(
    run: Run, postings: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    with alone_in(tmp_path / "out"):
        done = run("translate", "in", "--engine", "fake", "-o", "out")
        assert done.returncode == 2
        assert f"process {os.getpid()}" in done.stderr
        assert list((tmp_path / "out").iterdir()) == [tmp_path / "out" / FILE]
    assert run("translate", "in", "--engine", "fake", "-o", "out").returncode == 0


@pytest.mark.parametrize(
    "command",
    ["export out --format txt", "export other -o out", "glossary apply out --engine fake"],
)
def test_whoever_else_writes_into_the_folder_is_refused_too(
    run: Run, postings: Path, tmp_path: Path, command: str
) -> None:
    for out in ("out", "other"):
        assert run("translate", "in/p00.txt", "--engine", "fake", "-o", out).returncode == 0
    (tmp_path / "my.csv").write_text("en,es,avoid_en\nfield technician,técnico,field officer\n")
    before = files(tmp_path / "out")
    words = [*command.split(), *(["--glossary", "my.csv"] if "apply" in command else [])]
    with writing_into(tmp_path / "out") as process:
        refused = run(*words)
        assert refused.returncode == 2
        assert f"process {process}" in refused.stderr
        assert "when it has ended" in refused.stderr
        assert files(tmp_path / "out") == {**before, FILE: f"{process}\n".encode()}
        if "apply" in command:  # who only looks is not in the way
            assert run(*words, "--dry-run").returncode == 0
    assert run(*words).returncode == 0
    assert not (tmp_path / "out" / FILE).exists()
    if "-o" not in command:
        assert files(tmp_path / "out") != before


def test_who_writes_for_a_moment_only_is_waited_for(tmp_path: Path) -> None:
    def write_for_a_moment() -> None:
        with alone_in(tmp_path):
            held.set()
            time.sleep(0.3)

    held = threading.Event()
    other = threading.Thread(target=write_for_a_moment)
    other.start()
    held.wait()
    with pytest.raises(FolderInUse), alone_in(tmp_path, patience=0):
        pass
    with alone_in(tmp_path):
        assert not other.join()
    assert list(tmp_path.iterdir()) == []


def test_many_who_write_at_once_write_one_after_the_other(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = f"""
import sys, time; from pathlib import Path; from harmonize.lock import alone_in
folder, log = Path({str(tmp_path / "out")!r}), Path({str(log)!r})
for _ in range(20):
    with alone_in(folder, patience=60), log.open("a") as told:
        print("in", file=told, flush=True); time.sleep(0.002); print("out", file=told)
"""
    (tmp_path / "out").mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    programs = [subprocess.Popen([sys.executable, "-c", code], env=environment) for _ in range(3)]
    assert [program.wait(120) for program in programs] == [0, 0, 0]
    assert log.read_text() == "in\nout\n" * 60
    assert list((tmp_path / "out").iterdir()) == []


def test_a_lock_whose_holder_was_killed_is_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from harmonize.lock import alone_in\n"
        f"with alone_in(Path({str(tmp_path)!r})): os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / FILE).exists()
    with alone_in(tmp_path):
        assert (tmp_path / FILE).read_text() == f"{os.getpid()}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def backwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ticks = iter(range(10**9, 0, -3600))
    monkeypatch.setattr(time, "time", lambda: float(next(ticks)))
    yield


@pytest.mark.usefixtures("backwards")
def test_a_clock_that_goes_back_changes_nothing(postings: Path, tmp_path: Path) -> None:
    job(postings, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        os.utime(path, (0, 2**32))
    before = files(tmp_path / "out")
    stamps = {path: path.stat().st_mtime for path in (tmp_path / "out").rglob("*.md")}
    job(postings, tmp_path / "out")
    assert files(tmp_path / "out") == before
    assert stamps == {path: path.stat().st_mtime for path in stamps}
    assert store.Store(tmp_path / "out").ids() == sorted(f"p{n:02}" for n in range(POSTINGS))
