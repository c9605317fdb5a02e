"""Packs that come with harmonize are used where they lie: nothing is set up, fetched or written."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, Run

from harmonize.engines import packs
from harmonize.engines.argos.engine import ArgosEngine
from harmonize.engines.base import Request
from harmonize.errors import EngineFailed
from harmonize.shipped import shipped

ARCHIVES = sorted((ROOT / "tests/pack").glob("*.argosmodel"))
NAMES = [file.stem for file in ARCHIVES]
ENGLISH, SPANISH = (ROOT / "tests/pack/pairs.tsv").read_text().splitlines()[0].split("\t")
NOWHERE = {"ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/", "PATH": "/nowhere"}


@pytest.fixture(scope="session")
def ship() -> Iterator[Any]:
    """The script that lays packs where they come with harmonize."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "training"))
        import ship

        yield ship
        sys.modules.pop("ship")


@pytest.fixture(scope="session")
def laid(ship: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("shipped") / "packs"
    ship.ship(ARCHIVES, folder)
    return folder


@pytest.fixture
def folder(laid: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(laid, tmp_path / "packs"))


def contents(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in sorted(folder.rglob("*"))}


def test_they_translate_without_setup_network_or_any_other_engine(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    before = contents(folder)
    (tmp_path / "job.txt").write_text(f"{ENGLISH}\n")
    done = run("translate", "job.txt", "-o", "out", env=NOWHERE | {"HARMONIZE_PACKS": str(folder)})
    assert done.returncode == 0, done.stderr
    assert "engine argos" in done.stderr
    assert SPANISH in (tmp_path / "out/job/es.md").read_text()
    assert contents(folder) == before
    without = run("translate", "job.txt", "-o", "out2", env=NOWHERE)
    assert without.returncode == 3


def test_setup_says_where_they_come_from_and_needs_nothing(run: Run, folder: Path) -> None:
    env = NOWHERE | {"HARMONIZE_PACKS": str(folder)}
    done = run("setup", env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Ready: the language pack that came with harmonize (neural; ")
    assert "index" not in done.stdout + done.stderr
    assert run("doctor", env=env).returncode == 0
    doctor = {each["what"]: each for each in json.loads(run("doctor", "--json", env=env).stdout)}
    assert "(came with harmonize)" in doctor["engine argos"]["detail"]
    for name in NAMES:
        assert "came with harmonize" in doctor[f"pack {name}"]["detail"]
        assert str(folder) in doctor[f"pack {name}"]["detail"]


def test_they_are_listed_verified_and_not_removed(run: Run, folder: Path) -> None:
    env = {"HARMONIZE_PACKS": str(folder)}
    listed = json.loads(run("packs", "list", "--json", env=env).stdout)
    assert [(each["name"], each["origin"], each["used"]) for each in listed] == [
        (name, "shipped", True) for name in NAMES
    ]
    assert listed[0]["folder"] == str(folder / NAMES[0])
    shown = run("packs", "list", env=env | {"COLUMNS": "300"}).stdout
    assert "came with harmonize" in shown
    assert str(folder) in shown
    assert run("packs", "verify", env=env).returncode == 0
    refused = run("packs", "remove", NAMES[0], env=env)
    assert refused.returncode == 2
    assert "came with harmonize" in refused.stderr
    with (folder / NAMES[0] / "model/model.bin").open("ab") as model:
        model.write(b"!")
    assert run("packs", "verify", env=env).returncode == 1


def test_what_somebody_installed_comes_first(run: Run, folder: Path) -> None:
    env = {"HARMONIZE_PACKS": str(folder)}
    assert run("packs", "install", ARCHIVES[0], env=env).returncode == 0
    listed = json.loads(run("packs", "list", "--json", env=env).stdout)
    used = [(each["name"], each["origin"]) for each in listed if each["used"]]
    assert used == [(NAMES[1], "shipped"), (NAMES[0], "installed")]
    # One installed and one shipped: setup names the packs that are needed, and fetches nothing.
    done = run("setup", env=env | NOWHERE)
    assert done.stdout.startswith("Ready: the language pack that came with harmonize")
    run("packs", "install", ARCHIVES[1], env=env)
    assert run("setup", env=env | NOWHERE).stdout.startswith("Ready: an installed language pack")
    assert run("packs", "remove", NAMES[0], env=env).returncode == 0
    assert (folder / NAMES[0]).is_dir()


def test_archives_that_came_along_are_installed_by_setup_without_a_network(
    run: Run, tmp_path: Path
) -> None:
    env = NOWHERE | {"HARMONIZE_PACKS": str(ROOT / "tests/pack")}
    told = run("packs", "list", env=env).stderr
    assert f"{ARCHIVES[0]} came with harmonize. To install it: harmonize setup" in told
    done = run("setup", env=env)
    assert done.stdout.startswith("Ready: the language pack that came with harmonize")
    assert run("packs", "list", env=env).stderr == ""
    assert run("setup", env=env).stdout.startswith("Ready: an installed language pack")


def test_a_broken_one_is_no_reason_to_stop(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / NAMES[1] / "sentencepiece.model").unlink()
    (folder / "README.md").write_text("no pack")
    env = {"HARMONIZE_PACKS": str(folder)}
    findings = json.loads(run("doctor", "--json", env=env).stdout)
    broken = {each["what"]: each for each in findings}[f"pack {NAMES[1]}"]
    assert not broken["ok"]
    assert "reinstall" in broken["remedy"]
    (tmp_path / "job.txt").write_text(f"{ENGLISH}\n")
    done = run("translate", "job.txt", "-o", "out", env=env)
    assert "engine apertium, argos" in done.stderr or "engine argos" in done.stderr


# One model for both directions


@pytest.fixture
def twins(ship: Any, tmp_path: Path) -> list[Path]:
    """Two packs of one model, as our own are; the second has it from the first."""
    for name in ("first", "second"):
        with zipfile.ZipFile(ARCHIVES[0]) as archive:
            archive.extractall(tmp_path / "apart")
        (tmp_path / "apart" / NAMES[0]).rename(tmp_path / name)
    folders = [tmp_path / "first", tmp_path / "second"]
    ship.share(folders)
    return folders


def described(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, packs.Pack]:
    monkeypatch.setenv("HARMONIZE_PACKS", str(folder))
    return {pack.name: pack for pack in packs.shipped_packs()}


def test_of_one_model_there_is_one_file_and_both_packs_work(
    twins: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [(folder / "model/model.bin").exists() for folder in twins] == [True, False]
    found = described(tmp_path, monkeypatch)
    assert [found[each.name].problem for each in twins] == ["", ""]
    assert len({packs.model_digest(found[each.name]) for each in twins}) == 1
    said = [
        ArgosEngine({("en", "es"): found[each.name]}).translate([Request(ENGLISH)], "en", "es")
        for each in twins
    ]
    assert [each[0].text for each in said] == [SPANISH, SPANISH]


def test_a_pack_whose_model_is_not_beside_it_cannot_be_used(
    twins: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = described(tmp_path, monkeypatch)["second"]
    shutil.rmtree(twins[0])
    assert "first is not beside it" in described(tmp_path, monkeypatch)["second"].problem
    with pytest.raises(EngineFailed, match="second does not load"):
        ArgosEngine({("en", "es"): before}).translate([Request(ENGLISH)], "en", "es")


@pytest.mark.parametrize("name", ["../first", "..", "/etc", "."])
def test_a_model_is_never_looked_for_elsewhere(
    twins: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    metadata = twins[1] / "metadata.json"
    metadata.write_text(json.dumps(json.loads(metadata.read_text()) | {"model_of": name}))
    found = described(tmp_path, monkeypatch)["second"]
    assert found.numbers.parent.parent.parent == tmp_path


def test_a_pack_that_babbles_is_not_shipped(ship: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(ARCHIVES[0]) as archive:
        archive.extractall(tmp_path)
    metadata = tmp_path / NAMES[0] / "metadata.json"
    swapped = json.loads(metadata.read_text()) | {"from_code": "es", "to_code": "en"}
    metadata.write_text(json.dumps(swapped))
    with zipfile.ZipFile(tmp_path / f"{NAMES[0]}.argosmodel", "w") as archive:
        for file in (tmp_path / NAMES[0]).rglob("*"):
            archive.write(file, file.relative_to(tmp_path))
    with pytest.raises(packs.PackError, match="cannot be used"):
        ship.ship([tmp_path / f"{NAMES[0]}.argosmodel"], tmp_path / "into")


def test_they_lie_in_the_package_or_beside_it() -> None:
    assert shipped("packs") in (ROOT / "src/harmonize/packs", ROOT / "packs")
    assert shipped("glossaries") == ROOT / "glossaries"
