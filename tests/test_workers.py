"""Several processes do what one does: the same bytes, each text once, whatever happens to them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from support import ROOT, SEEDS, Run, Silent

import harmonize.job
from harmonize import machine
from harmonize.config import Config, load_config
from harmonize.engines import registry
from harmonize.engines.base import Result
from harmonize.errors import EngineFailed, NoEngine, UsageError
from harmonize.job import Summary, run_job
from harmonize.memory import TranslationMemory
from harmonize.recall import Text
from harmonize.records import Posting
from harmonize.rejected import FIRST
from harmonize.shared import Recent, Shared, Wanted
from harmonize.store import Store

POSTINGS = 36
WHOM = "growers weavers unions pickers cooperatives auditors drivers packers".split()
BLURB = "We are a network of small producers and of those who work for them."

ENGINE = '''
"""An engine of tests, found as users' engines are; what it does hangs on the words it is given."""
import json, os, signal, time
from pathlib import Path
from harmonize.engines.fake import FakeEngine
from harmonize.errors import NoEngine

class Scripted(FakeEngine):
    name = "scripted"

    def translate(self, batch, source, target):
        texts = [request.text for request in batch]
        with open(os.environ["SCRIPTED_LOG"], "a") as log:
            log.write(json.dumps([source, os.getpid(), texts]) + "\\n")
        words = " ".join(texts)
        if "DIE" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "FALL" in words and not Path(os.environ["SCRIPTED_LOG"] + ".fell").exists():
            Path(os.environ["SCRIPTED_LOG"] + ".fell").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "NONE" in words:
            raise NoEngine("It babbles.", "Take another.")
        time.sleep(float(os.environ.get("SCRIPTED_SECONDS", 0)))
        return super().translate(batch, source, target)
'''


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The engine `scripted`, installed as a package of its own, and where it writes its batches."""
    plug = tmp_path / "plug"
    about = plug / "scripted-1.dist-info"
    about.mkdir(parents=True)
    (plug / "scripted.py").write_text(ENGINE)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: scripted\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[harmonize.engines]\nscripted=scripted:Scripted\n")
    monkeypatch.syspath_prepend(str(plug))
    monkeypatch.setenv("SCRIPTED_LOG", str(tmp_path / "log"))
    monkeypatch.setattr(harmonize.job, "GROUP", 4)
    registry._entries.cache_clear()
    yield tmp_path / "log"
    registry._entries.cache_clear()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Small postings with lines of their own and lines that others have too."""
    chance = random.Random(4)  # noqa: S311
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(POSTINGS):
        lines = [f"Field officer {number}", "", "About us", "", BLURB, "", "Duties", ""]
        lines += [
            f"- Visit the {chance.choice(WHOM)} of the valley every {chance.randrange(30)} days"
            for _ in range(4)
        ]
        (folder / f"p{number:03}.txt").write_text("\n".join(lines) + "\n")
    return folder


def job(inputs: Path, out: Path, workers: int, **more: str) -> Summary:
    return run_job([str(inputs)], out, config(workers, **more), Silent())


def config(workers: int, engine: str = "scripted", memory: str = "") -> Config:
    """Settings with which a worker begins fast."""
    return Config(engine=engine, workers=workers, memory=memory, glossary=(), sector_memory=False)


def files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != "run.json"
    }


def asked(log: Path) -> list[tuple[str, str]]:
    """Every text that an engine was given, with its language."""
    rows = map(json.loads, log.read_text().splitlines()) if log.exists() else ()
    return [(source, text) for source, _, texts in rows for text in texts]


def test_any_number_of_workers_leaves_the_same_bytes_and_asks_for_each_text_once(
    inputs: Path, tmp_path: Path, log: Path
) -> None:
    (inputs / "p007.txt").write_text("")
    (inputs / "p020.txt").write_bytes(b"\x00\x01\x02" * 50)
    for number in range(3):
        (inputs / f"c{number}.txt").write_text("Oficial\n\nVisitar las fincas del valle.\n")
    whole: dict[str, bytes] = {}
    for workers in (1, 2, 3):
        log.unlink(missing_ok=True)
        home = tmp_path / f"w{workers}"
        summary = job(inputs, home, workers, memory=str(tmp_path / f"m{workers}"))
        assert (summary.translated, summary.rejected, summary.workers) == (37, 2, workers)
        assert Counter(asked(log)).most_common(1)[0][1] == 1
        whole = whole or files(home)
        assert files(home) == whole
    assert [json.loads(line)["source"][-8:] for line in whole["rejects.jsonl"].splitlines()] == [
        "p007.txt",
        "p020.txt",
    ]


@pytest.mark.parametrize("fresh", [False, True])
def test_without_a_memory_and_with_fresh_each_text_is_still_asked_for_once(
    inputs: Path, tmp_path: Path, log: Path, fresh: bool
) -> None:
    memory = str(tmp_path / "m") if fresh else ""
    for workers in (1, 2):
        log.unlink(missing_ok=True)
        settings = config(workers, memory=memory)
        run_job([str(inputs)], tmp_path / f"w{workers}", settings, Silent(), fresh=fresh)
        counted = Counter(asked(log))
        assert counted["en", BLURB] == 1
        assert counted.most_common(1)[0][1] == 1
    assert files(tmp_path / "w1") == files(tmp_path / "w2")


def test_a_real_engine_gives_the_same_bytes_in_two_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harmonize.job, "GROUP", 2)
    for workers in (1, 2):
        settings = Config(engine="apertium", workers=workers)
        run_job([str(SEEDS)], tmp_path / f"w{workers}", settings, Silent())
    assert files(tmp_path / "w1") == files(tmp_path / "w2")


def test_a_second_run_opens_no_posting_and_needs_no_worker(
    inputs: Path, tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    first = job(inputs, out, 2)
    stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    with monkeypatch.context() as patch:
        patch.setattr(Posting, "model_validate_json", None)
        second = job(inputs, out, 2)
    assert (second.unchanged, second.translated, second.workers) == (POSTINGS, 0, 1)
    assert (second.segments, second.warnings) == (first.segments, first.warnings)
    assert stamps == {path: path.stat().st_mtime_ns for path in out.rglob("*")}


def test_the_folder_is_listed_a_few_times_in_a_run_however_many_postings_there_are(
    inputs: Path, tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, calls = Store.ids, 0

    def counted(store: Store) -> list[str]:
        nonlocal calls
        calls += 1
        return ids(store)

    monkeypatch.setattr(Store, "ids", counted)
    job(inputs, tmp_path / "out", 1)
    assert 0 < calls < 5


def test_what_the_catalogue_does_not_know_or_has_wrong_is_read(
    inputs: Path, tmp_path: Path, log: Path
) -> None:
    out = tmp_path / "out"
    job(inputs, out, 1)
    whole = files(out)
    catalogue = out / ".catalogue.jsonl"
    lines = catalogue.read_bytes().splitlines(keepends=True)
    for damaged in (b"", b"\x00{[\n" * 9, b"".join(lines[: POSTINGS // 2]) + lines[-1][:40]):
        catalogue.write_bytes(damaged)
        assert job(inputs, out, 1).unchanged == POSTINGS
        assert files(out) == whole
    record = out / "p003/posting.json"
    record.write_bytes(record.read_bytes().replace(b'"es": "Field', b'"es": "The field'))
    (inputs / "p004.txt").write_text("Accountant\n\nKeep the books of the members.\n")
    assert job(inputs, out, 1).translated == 1
    index = (out / "index.html").read_text()
    assert "The field officer 3" in index
    assert "Accountant" in index


def test_what_people_confirm_is_seen_though_nothing_else_changed(
    inputs: Path, tmp_path: Path, log: Path
) -> None:
    out, file = tmp_path / "out", str(tmp_path / "memory")
    job(inputs, out, 2, memory=file)
    memory = TranslationMemory(file)
    entry = memory.confirm("Field officer 5", "Oficial de campo 5", "en", "es")
    assert job(inputs, out, 2, memory=file).translated == 1
    assert "Oficial de campo 5" in (out / "p005/es.md").read_text()
    assert job(inputs, out, 2, memory=file).unchanged == POSTINGS
    memory.withdraw(entry.id)
    memory.close()
    assert job(inputs, out, 2, memory=file).translated == 1
    assert "Oficial de campo" not in (out / "p005/es.md").read_text()


def test_a_worker_that_dies_once_costs_nothing(inputs: Path, tmp_path: Path, log: Path) -> None:
    line = "- FALL back on the members when the office is closed"
    with (inputs / "p011.txt").open("a") as file:
        file.write(line + "\n")
    summary = job(inputs, tmp_path / "out", 2)
    assert Path(f"{log}.fell").exists()
    assert (summary.translated, summary.rejected) == (POSTINGS, 0)
    job(inputs, tmp_path / "whole", 1)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_the_posting_that_ends_its_worker_again_is_rejected_and_no_other(
    inputs: Path, tmp_path: Path, log: Path
) -> None:
    with (inputs / "p011.txt").open("a") as file:
        file.write("- DIE of it\n")
    summary = job(inputs, tmp_path / "out", 2)
    assert summary.translated == POSTINGS - 1
    assert [(Path(each.source).name, "SIGKILL" in each.reason) for each in summary.rejects] == [
        ("p011.txt", True)
    ]
    (inputs / "p011.txt").unlink()
    again = job(inputs, tmp_path / "out", 2)
    assert (again.translated, again.unchanged) == (0, POSTINGS - 1)


def test_workers_that_all_die_end_the_run_with_what_to_do(
    inputs: Path, tmp_path: Path, log: Path
) -> None:
    for file in inputs.glob("*.txt"):
        file.write_text(f"Officer\n\nDIE of it, {file.stem}.\n")
    with pytest.raises(EngineFailed, match=r"SIGKILL.*--workers 1"):
        job(inputs, tmp_path / "out", 2)


def test_an_error_that_stops_a_worker_stops_the_run_as_it_is(
    inputs: Path, tmp_path: Path, log: Path
) -> None:
    (inputs / "p020.txt").write_text("Officer\n\nNONE of it is right.\n")
    with pytest.raises(NoEngine) as caught:
        job(inputs, tmp_path / "out", 2)
    assert (caught.value.cause, caught.value.remedy) == ("It babbles.", "Take another.")
    assert list((tmp_path / "out").rglob("*.part")) == []


class command:  # noqa: N801 - reads as a statement
    """A run on the command line with processes of its own, all of them marked."""

    def __init__(self, folder: Path, out: str, seconds: float) -> None:
        self.mark = f"MARK={uuid4()}"
        options = ["--engine", "scripted", "--workers", "2", "--no-memory", "--no-sector-memory"]
        options += ["--no-glossary"]
        code = (
            "import harmonize.job; harmonize.job.GROUP = 4; from harmonize.cli import main; main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "translate", "in", "-o", out, *options],
            cwd=folder,
            env=os.environ
            | dict([self.mark.split("=")])
            | {
                "PYTHONPATH": f"{ROOT / 'src'}:{folder / 'plug'}",
                "HOME": str(folder),
                "SCRIPTED_SECONDS": str(seconds),
            },
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def alive(self) -> list[int]:
        """Every process that this run began and that is not over."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def all_over(self) -> bool:
        """Whether within some seconds none is left."""
        end = time.monotonic() + 10
        while self.alive() and time.monotonic() < end:
            time.sleep(0.05)
        return not self.alive()


def workers_of(log: Path, count: int = 1) -> list[int]:
    """The first *count* processes that ask an engine."""
    found: dict[int, None] = {}
    while len(found) < count:
        time.sleep(0.02)
        lines = log.read_text().splitlines() if log.exists() else []
        found = dict.fromkeys(json.loads(line)[1] for line in lines)
    return list(found)


pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up there")


def test_ctrl_c_ends_all_processes_and_the_next_run_goes_on(
    inputs: Path, tmp_path: Path, log: Path
) -> None:
    running = command(tmp_path, "out", seconds=0.3)
    workers_of(log)
    time.sleep(0.5)
    os.killpg(running.process.pid, signal.SIGINT)  # as a terminal does: to all of them
    begin = time.monotonic()
    said = running.process.communicate(timeout=60)[1].decode()
    assert running.process.returncode == 130
    assert time.monotonic() - begin < 5
    assert "Run the same command again" in said
    assert "Traceback" not in said
    assert running.all_over()
    left = files(tmp_path / "out")
    assert not [name for name in left if name.endswith((".part", ".lock"))]
    again = command(tmp_path, "out", seconds=0)
    again.process.communicate(timeout=60)
    assert again.process.returncode == 0
    job(inputs, tmp_path / "whole", 1)
    done = files(tmp_path / "out")
    assert all(done[name] == data for name, data in left.items())
    assert done.keys() == files(tmp_path / "whole").keys()


def test_a_worker_killed_from_outside_is_replaced(inputs: Path, tmp_path: Path, log: Path) -> None:
    running = command(tmp_path, "out", seconds=0.05)
    os.kill(workers_of(log)[0], signal.SIGKILL)
    said = running.process.communicate(timeout=120)[1].decode()
    assert running.process.returncode == 0, said
    assert f"{POSTINGS} translated, 0 unchanged, 0 rejected" in said
    assert len(workers_of(log, 2)) >= 2


def test_workers_of_a_run_that_is_killed_end_too(inputs: Path, tmp_path: Path, log: Path) -> None:
    running = command(tmp_path, "out", seconds=0.1)
    workers_of(log)
    running.process.kill()
    running.process.communicate(timeout=60)
    assert running.all_over()
    assert list((tmp_path / "out").rglob("*.part")) == []


def test_all_rejects_are_counted_and_written_and_the_first_are_told(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(FIRST + 20):
        (tmp_path / f"in/e{number:04}.txt").write_text("")
    done = run("translate", "in", "-o", "out", "--engine", "fake")
    assert done.returncode == 1
    assert f"{FIRST + 20} rejected" in done.stderr
    assert "Rejected 20 more: see out/rejects.jsonl" in done.stderr
    lines = (tmp_path / "out/rejects.jsonl").read_text().splitlines()
    sources = [json.loads(line)["source"] for line in lines]
    assert sources == sorted(sources)
    assert len(sources) == FIRST + 20
    assert (tmp_path / "out/index.html").read_text().count("The file is empty") == FIRST + 20


def test_the_number_of_workers_is_a_setting_like_the_others(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (Config().workers, load_config().workers) == (1, 0)
    (tmp_path / "harmonize.toml").write_text("workers = 3\n")
    assert load_config().workers == 3
    monkeypatch.setenv("HARMONIZE_WORKERS", "4")
    assert load_config().workers == 4
    assert load_config(workers=5).workers == 5
    with pytest.raises(UsageError, match="workers"):
        load_config(workers=-1)
    (tmp_path / "a.txt").write_text("Officer\n\nVisit the farms of the valley.\n")
    done = run("translate", "a.txt", "-o", "out", "--engine", "fake", "--workers", "2")
    assert done.returncode == 0
    assert json.loads((tmp_path / "out/run.json").read_text())["workers"] == 1  # one posting
    assert run("translate", "a.txt", "-o", "out", "--workers", "many").returncode == 2


def test_workers_fit_the_container_and_its_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_CGROUP", tmp_path)
    monkeypatch.setattr(machine, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    assert machine.fitting_workers() == 16
    (tmp_path / "meminfo").write_text(f"MemTotal: 99 kB\nMemAvailable: {6 << 20} kB\n")
    assert machine.fitting_workers() == 6
    (tmp_path / "cpu.max").write_text("400000 100000\n")
    assert machine.fitting_workers() == 4
    (tmp_path / "memory.max").write_text(f"{4 << 30}\n")
    (tmp_path / "memory.current").write_text(f"{3 << 30}\n")
    (tmp_path / "memory.stat").write_text(f"anon 5\ninactive_file {1 << 30}\n")
    assert machine.fitting_workers() == 2
    (tmp_path / "memory.current").write_text(f"{4 << 30}\n")
    (tmp_path / "memory.stat").write_text("")
    assert machine.fitting_workers() == 1
    for name in ("memory.max", "cpu.max"):
        (tmp_path / name).write_text("max 100000\n")
    assert machine.fitting_workers() == 6


def test_what_one_worker_is_making_is_waited_for_and_what_it_leaves_is_made_by_another() -> None:
    shared = Shared(Recent())
    one, two, three = (Text(words) for words in ("one", "two", "three"))
    paid = Result(text="uno")
    assert shared.known("Ana", Wanted((one, two), "en", "es")) == {}
    assert shared.known("Luis", Wanted((one, three), "en", "es")) == {one: None}
    assert shared.known("Luis", Wanted((one,), "es", "en")) == {}  # another direction
    shared.keep("Luis", {three: paid}, "en", "es")
    assert shared.known("Luis", Wanted((one,), "en", "es")) is None
    shared.keep("Ana", {one: paid}, "en", "es")
    assert shared.known("Luis", Wanted((one, two), "en", "es")) == {one: paid, two: None}
    shared.release("Ana")
    assert shared.known("Luis", Wanted((two,), "en", "es")) == {}
    assert shared.known("Ana", Wanted((), "en", "es")) == {}
