"""The Argos path for real: small packs trained for these tests, installed and used."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import threading
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from support import Run

from harmonize.engines.argos.decode import BATCH_TOKENS, LEAST_TOKENS, batch_tokens
from harmonize.engines.argos.engine import ArgosEngine
from harmonize.engines.base import Request
from harmonize.engines.packs import Pack
from harmonize.glossary import Matcher, load, settle
from harmonize.glossary.model import Language
from harmonize.machine import cores_given
from harmonize.segments import segment

PACKS = sorted((Path(__file__).parent / "pack").glob("*.argosmodel"))
PAIRS = [
    line.split("\t") for line in (Path(__file__).parent / "pack/pairs.tsv").read_text().splitlines()
]
MATCHER = Matcher(load())
NAMES = ["translate-en_es-0_1", "translate-es_en-0_1"]


@pytest.fixture
def installed(run: Run) -> Run:
    for pack in PACKS:
        done = run("packs", "install", pack)
        assert done.returncode == 0, done.stderr
    return run


def posting_of(lines: list[str]) -> str:
    return "\n\n".join(lines) + "\n"


def follows_the_glossary(source: str, target: str, language: Language) -> bool:
    """Whether the bundled glossary has nothing against a trained line, and lets it come back."""
    other: Language = "es" if language == "en" else "en"
    settled = settle(MATCHER, MATCHER.find(source, language), target, other)
    return settled.text == target and all(term.outcome == "enforced" for term in settled.terms)


@pytest.mark.parametrize(("source", "target"), [(0, 1), (1, 0)], ids=["en-es", "es-en"])
def test_trained_lines_come_back_right(
    installed: Run, tmp_path: Path, source: int, target: int
) -> None:
    # Lines that the segmenter keeps whole and whose language is beyond doubt.
    language: Language = "en" if source == 0 else "es"
    chosen = [
        pair
        for pair in PAIRS
        if len(pair[source].split()) >= 6
        and follows_the_glossary(pair[source], pair[target], language)
    ][:60]
    assert len(chosen) == 60
    (tmp_path / "job.txt").write_text(posting_of([pair[source] for pair in chosen]))
    done = installed("translate", "job.txt", "-o", "out", "--engine", "argos")
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "out/job/posting.json").read_text())
    languages = ("en", "es")
    expected = {pair[source]: pair[target] for pair in chosen}
    got = {
        each[languages[source]]["text"]: each[languages[target]]["text"]
        for each in record["segments"]
        if each[languages[target]]["origin"] == "machine"
    }
    right = sum(expected.get(text) == translation for text, translation in got.items())
    assert right >= 57, [item for item in got.items() if expected.get(item[0]) != item[1]]
    assert "engine:argos-" in record["signature"]


def test_auto_prefers_an_installed_pack(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text(posting_of([PAIRS[0][0], PAIRS[1][0]]))
    done = installed("translate", "job.txt", "-o", "out")
    assert "engine argos" in done.stderr
    assert installed("setup").stdout.startswith("Ready: an installed language pack")


def test_addresses_survive_an_engine_that_does_not_know_them(
    installed: Run, tmp_path: Path
) -> None:
    text = "Send your application to talento@cooperativa.org before the deadline of this call."
    (tmp_path / "job.txt").write_text(text)
    installed("translate", "job.txt", "-o", "out", "--engine", "argos")
    assert (tmp_path / "out/job/es.md").read_text().count("talento@cooperativa.org") == 1


def test_packs_are_listed_verified_and_removed(installed: Run, tmp_path: Path) -> None:
    listed = json.loads(installed("packs", "list", "--json").stdout)
    assert [(pack["name"], pack["problem"]) for pack in listed] == [(name, "") for name in NAMES]
    assert installed("packs", "verify").returncode == 0
    folder = Path(listed[0]["folder"])
    with (folder / "model/model.bin").open("ab") as model:
        model.write(b"!")
    verified = installed("packs", "verify", "--json")
    assert verified.returncode == 1
    assert "not as it was installed" in json.loads(verified.stdout)[0]["problem"]
    assert installed("packs", "remove", NAMES[0]).returncode == 0
    assert not folder.exists()
    assert installed("packs", "remove", NAMES[0]).returncode == 2


def test_one_direction_is_filled_by_apertium(run: Run, tmp_path: Path) -> None:
    run("packs", "install", PACKS[0])
    (tmp_path / "job.txt").write_text(
        posting_of([PAIRS[0][0], "Contribuir al desarrollo de las organizaciones de productores."])
    )
    done = run("translate", "job.txt", "-o", "out")
    assert "engine apertium, argos" in done.stderr
    alone = run("translate", "job.txt", "-o", "out2", "--engine", "argos")
    assert alone.returncode == 3
    assert "es→en" in alone.stderr


def test_an_unpacked_pack_and_a_folder_of_packs_install_too(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(PACKS[0]) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert run("packs", "install", tmp_path / "unpacked" / NAMES[0]).returncode == 0
    again = run("packs", "install", PACKS[0])
    assert again.returncode == 2
    assert "already installed" in again.stderr
    shutil.copytree(PACKS[0].parent, tmp_path / "folder")
    run("packs", "remove", NAMES[0])
    assert run("packs", "install", tmp_path / "folder").stdout.count("Installed") == 2


def archive_with(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"../evil/metadata.json": b"{}"}, "outside of its folder"),
        ({"/etc/metadata.json": b"{}"}, "outside of its folder"),
        ({"a/metadata.json": b"{}", "b/x": b""}, "exactly one folder"),
        ({"a/model/model.bin": b""}, "no metadata.json"),
        ({"a/metadata.json": b"not json"}, "metadata.json is not readable"),
        ({"a/metadata.json": b"{}"}, "no CTranslate2 model"),
        (
            {"a/metadata.json": b"{}", "a/model/model.bin": b"x", "a/sentencepiece.model": b"x"},
            "does not load",
        ),
    ],
)
def test_bad_packs_are_refused_and_leave_nothing(
    run: Run, tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    done = run("packs", "install", archive_with(tmp_path / "bad.argosmodel", members))
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(run("packs", "list", "--json").stdout) == []
    assert not (tmp_path / "evil").exists()


def test_a_file_that_is_no_archive_and_a_name_that_is_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.argosmodel").write_text("hello")
    assert "not an Argos pack" in run("packs", "install", "x.argosmodel").stderr
    assert "no such file" in run("packs", "install", "nowhere.argosmodel").stderr


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """A package index on this machine, as the Argos project serves one."""
    folder = tmp_path / "index"
    folder.mkdir()
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    entries = []
    for pack in PACKS:
        shutil.copy(pack, folder)
        with zipfile.ZipFile(pack) as archive:
            metadata = json.loads(archive.read(f"{pack.stem}/metadata.json"))
        entries.append(metadata | {"links": [f"{url}/{pack.name}"]})
    (folder / "index.json").write_text(json.dumps(entries))
    yield url
    server.shutdown()
    server.server_close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def test_setup_gets_both_packs_from_the_index(run: Run, index: str) -> None:
    env = {"ARGOS_PACKAGE_INDEX": f"{index}/"}
    done = run("setup", env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Ready: the Argos index (neural")
    assert len(json.loads(run("packs", "list", "--json").stdout)) == 2


def test_a_pair_that_the_index_does_not_have(run: Run, index: str) -> None:
    done = run("packs", "install", "en-fr", env={"ARGOS_PACKAGE_INDEX": f"{index}/"})
    assert done.returncode == 2
    assert "no pack en-fr" in done.stderr


def test_without_a_network_setup_falls_back_and_says_so(run: Run) -> None:
    done = run("setup", env={"ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/"})
    assert done.returncode == 0
    assert done.stdout.startswith("Ready: Apertium")
    assert "index cannot be reached" in done.stdout
    install = run("packs", "install", "en-es", env={"ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/"})
    assert install.returncode == 2
    assert "copy a .argosmodel file" in install.stderr


def test_doctor_names_what_is_there_and_what_is_missing(run: Run) -> None:
    findings = {each["what"]: each for each in json.loads(run("doctor", "--json").stdout)}
    assert findings["engine apertium"]["ok"]
    assert not findings["engine argos"]["ok"]
    assert "packs install" in findings["engine argos"]["remedy"]
    assert run("doctor").returncode == 0
    assert run("doctor", env={"PATH": "/nowhere"}).returncode == 3


def test_long_lines_of_the_pairs_are_one_segment() -> None:
    for pair in PAIRS[:50]:
        assert len(segment(pair[0])) == 1


def test_a_pack_has_a_worker_for_each_core_it_may_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Programs that start several of us, Ray and our own workers, say how many cores each gets."""
    with zipfile.ZipFile(PACKS[0]) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / NAMES[0]
    pack = Pack(name=folder.name, folder=str(folder), source="en", target="es")
    engine = ArgosEngine({("en", "es"): pack})
    said = []
    for threads in ("1", "3"):
        monkeypatch.setenv("OMP_NUM_THREADS", threads)
        assert cores_given() == int(threads)
        engine.close()
        said.append(engine.translate([Request("Salary:"), Request("Languages:")] * 20, "en", "es"))
    assert said[0] == said[1]
    for nonsense in ("", "0", "many"):
        monkeypatch.setenv("OMP_NUM_THREADS", nonsense)
        assert 1 <= cores_given() <= (os.cpu_count() or 1)


def test_batches_are_equal_and_as_many_as_there_are_workers() -> None:
    for length, workers in product((1, 20, 400, 5000), (1, 2, 16)):
        sources = [["a"] * 10] * length
        tokens = batch_tokens(sources, workers)
        assert LEAST_TOKENS <= tokens <= BATCH_TOKENS
        batches = 10 * length / tokens
        assert batches <= workers or batches % workers < 0.2 or batches % workers > workers - 0.2
