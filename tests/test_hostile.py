"""Five hundred hostile inputs: each gives a result, or is refused with a reason; nothing else."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, Run, Silent

from fuzz import inputs, markup
from fuzz.targets import TARGETS, accepts
from harmonize.config import Config
from harmonize.engines import packs
from harmonize.errors import PackError, UsageError
from harmonize.glossary import exchange, load
from harmonize.job import run_job
from harmonize.memory import tmx
from harmonize.pipeline import draft
from harmonize.read import Input, find_inputs, read_posting

INPUTS = 500
STAGE_SECONDS = 10.0
"""Processor time for one large input, generous: the machine may be busy, a hang is none."""


@pytest.mark.parametrize("name", TARGETS)
def test_the_fixed_corpus(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packs"))
    target = TARGETS[name]
    here = tmp_path / "here"
    here.mkdir()
    count = -(-INPUTS * target.share // 1000)
    taken = 0
    for number in range(count):
        taken += accepts(target, target.family(inputs.Chance(f"fixed:{name}:{number}")), here)
    assert sorted(path.name for path in tmp_path.iterdir()) in (["here"], ["here", "packs"])
    assert taken or name == "pack"  # none of those holds a model


def large(text: str) -> float:
    """Processor seconds for all that needs no engine."""
    from harmonize.records import RawPosting

    raw = RawPosting(
        id="x", path="x", sha256="", media_type="text/plain", encoding="utf-8", text=text
    )
    begin = time.process_time()
    draft(raw)
    return time.process_time() - begin


LARGE: dict[str, Callable[[], str]] = {
    "one word": lambda: "a" * 100_000,
    "one line": lambda: "word " * 10_000,
    "no end of spaces": lambda: "Field officer" + " " * 100_000 + "x",
    "no end of lines": lambda: "\n" * 100_000 + "x",
    "brackets": lambda: "(" * 20_000 + ")" * 20_000,
    "quotes": lambda: "“ " * 20_000,
    "stars": lambda: "*" * 50_000,
    "marks": lambda: "\u0301" * 20_000,
    "digits": lambda: "1" * 50_000,
    "at signs": lambda: "a@" * 20_000,
    "entities": lambda: "&amp;" * 10_000,
    "bidi": lambda: "\u202e\u2066" * 10_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_large_inputs_take_their_time_and_no_more(name: str) -> None:
    assert large(LARGE[name]()) < STAGE_SECONDS


def test_a_file_that_is_too_large_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(10_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Exception, match="more than"):
        read_posting(Input(str(file), "huge"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


@pytest.mark.parametrize("trap", markup.ENTITIES)
def test_xml_that_defines_entities_is_refused(trap: Callable[[str], str], tmp_path: Path) -> None:
    for root, read in XML_READERS.items():
        (tmp_path / root).write_text(trap(root))
        begin = time.process_time()
        with pytest.raises(UsageError):
            read(tmp_path / root)
        assert time.process_time() - begin < STAGE_SECONDS


@pytest.mark.parametrize("trap", markup.FETCHING)
def test_xml_fetches_nothing(trap: Callable[[str], str], tmp_path: Path) -> None:
    for root, read in XML_READERS.items():
        (tmp_path / root).write_text(trap(root))
        assert read(tmp_path / root) == 0


def read_tbx(file: Path) -> int:
    return len(exchange.read(file.read_bytes(), "tbx", file.name))


def read_tmx(file: Path) -> int:
    with file.open("rb") as data:
        return len(list(tmx.read(data, file.name)))


XML_READERS = {"martif": read_tbx, "tmx": read_tmx}


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (archive(**{"p/metadata.json": b"{}", "p/../../x": b"x"}), "outside"),
        (archive(**{"p/metadata.json": b"{}", "/x": b"x"}), "outside"),
        (archive(**{"p/metadata.json": b"{}", "p/zeros": bytes(60_000_000)}), "swells"),
        (archive(**{"p/metadata.json": b"{}", **{f"p/{n}": b"" for n in range(6000)}}), "large"),
        (archive(**{"p/metadata.json": b"{}"})[:-30], "not an Argos pack"),
    ],
)
def test_packs_that_are_traps_are_refused(
    data: bytes, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packs"))
    (tmp_path / "x.argosmodel").write_bytes(data)
    with pytest.raises(PackError, match=reason):
        packs.install(str(tmp_path / "x.argosmodel"))
    assert not (tmp_path / "x").exists()


def test_a_glossary_without_end_and_one_cell_without_end_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    for content in ('en,es\n"' + "a\n" * 200_000, "en,es\n" + "a" * 200_000 + ",b\n"):
        file.write_text(content)
        begin = time.process_time()
        with pytest.raises(UsageError):
            load([file])
        assert time.process_time() - begin < STAGE_SECONDS


def test_formulas_never_leave_for_a_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text("en,es\nwage,=cmd|' /C calc'!A0\n")
    for name in exchange.FORMATS:
        with pytest.raises(UsageError, match="spreadsheets run"):
            exchange.export(load([file]).entries, exchange.named(name))


def test_names_and_links_write_nothing_outside_of_the_output(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (
        "..%2f..%2fx.txt",
        "CON.txt",
        "a\\..\\..\\b.txt",
        "index.txt",
        "\u202etxt.exe.txt",
    ):
        (folder / name).write_text("Field officer\n\nVisit the growers.\n")
    (tmp_path / "secret.txt").write_text("Nobody's business\n\nKeep out of here.\n")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    before = {path for path in tmp_path.rglob("*") if "home" not in path.parts}
    done = run("translate", "in", "-o", "out", "--engine", "fake")
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    new = set(tmp_path.iterdir()) - before
    assert {path.name for path in new} <= {"out", "home"}
    assert all(
        path.resolve().is_relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*")
    )


def test_a_link_is_followed_where_it_is_named_and_not_out_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("Nobody's business.")
    (folder / "a.txt").write_text("Field officer")
    (folder / "inner.txt").symlink_to("a.txt")
    (folder / "outer.txt").symlink_to("../secret.txt")
    (folder / "down").mkdir()
    (folder / "down/outer.txt").symlink_to("/etc/hostname")
    (tmp_path / "linked").symlink_to(folder)
    for given in (folder, tmp_path / "linked"):
        found, problems = find_inputs([str(given)])
        assert [Path(item.path).name for item in found] == ["a.txt", "inner.txt"]
        assert [Path(each.source).name for each in problems] == ["outer.txt"] * 2
        assert all("leads out of its folder" in each.reason for each in problems)
    found, problems = find_inputs([str(folder / "outer.txt")])
    assert [item.id for item in found] == ["outer"]
    assert not problems


def test_a_posting_that_is_a_link_in_the_output_is_not_followed_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text("Field officer\n\nVisit the growers.\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/job").symlink_to(elsewhere)
    config = Config(engine="fake", sector_memory=False)
    with pytest.raises(UsageError, match="link"):
        run_job([str(tmp_path / "job.txt")], tmp_path / "out", config, Silent())
    assert list(elsewhere.iterdir()) == []


def test_the_run_says_nothing_of_what_postings_say(run: Run, tmp_path: Path) -> None:
    person = "Zuleika Quintanilla-Xoconostle"
    (tmp_path / "in").mkdir()
    for number in range(3):
        text = f"Field officer\n\nWrite to {person}, zq{number}@example.org.\n"
        (tmp_path / f"in/p{number}.txt").write_text(text)
    (tmp_path / "in/bad.txt").write_bytes(person.encode() + b"\x00\xff\xfe" * 9)
    done = run("translate", "in", "-o", "out", "--engine", "fake")
    said = done.stderr + (tmp_path / "out/rejects.jsonl").read_text()
    said += (tmp_path / "out/run.json").read_text() + done.stdout
    assert "Rejected" in said
    assert all(word not in said for word in (*person.split(), "zq1", "example.org"))


def test_the_whole_corpus_stays_in_memory() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); from fuzz.run import limit, trial; limit()\n"
        "import json; print(json.dumps(trial('whole', 0, 20)[1]))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert json.loads(done.stdout) == [], done.stderr.decode()
