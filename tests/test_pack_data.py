"""The tiny packs that the Argos tests stand on are sound, and still know their lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sentencex

PACK = Path(__file__).parent / "pack"
PACKS = {
    "en-es": PACK / "translate-en_es-0_1.argosmodel",
    "es-en": PACK / "translate-es_en-0_1.argosmodel",
}
NAMES = {"en": "English", "es": "Spanish"}


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    lines = (PACK / "pairs.tsv").read_text("utf-8").splitlines()
    return [(english, spanish) for english, spanish in (line.split("\t") for line in lines)]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `verify_pack.py` says of the packs, once it has installed them through Argos.

    It runs apart, because importing Argos Translate here would fix its folders for every
    other test.
    """
    run = subprocess.run(
        [sys.executable, str(PACK / "verify_pack.py")],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.stdout, run.stderr
    return json.loads(run.stdout)


def test_pairs_are_one_to_one(pairs: list[tuple[str, str]]) -> None:
    assert len(pairs) >= 300
    assert len({english for english, _ in pairs}) == len(pairs)
    assert len({spanish for _, spanish in pairs}) == len(pairs)


def test_pairs_are_single_sentences(pairs: list[tuple[str, str]]) -> None:
    cut = [
        line
        for pair in pairs
        for language, line in zip(("en", "es"), pair, strict=True)
        if len(list(sentencex.segment(language, line))) != 1 or line != line.strip()
    ]
    assert cut == []


def test_packs_are_small() -> None:
    sizes = [pack.stat().st_size for pack in PACKS.values()]
    assert max(sizes) < 1_000_000
    assert sum(sizes) < 2_000_000


@pytest.mark.parametrize("direction", PACKS)
def test_pack_members(reports: dict[str, Any], direction: str) -> None:
    """Exactly the files of an Argos pack, all inside the one folder named for it."""
    folder = PACKS[direction].stem
    assert reports[direction]["members"] == [
        f"{folder}/README.md",
        f"{folder}/metadata.json",
        f"{folder}/model/config.json",
        f"{folder}/model/model.bin",
        f"{folder}/model/shared_vocabulary.json",
        f"{folder}/sentencepiece.model",
    ]


@pytest.mark.parametrize("direction", PACKS)
def test_pack_metadata(reports: dict[str, Any], direction: str) -> None:
    source, target = direction.split("-")
    assert reports[direction]["metadata"] == {
        "package_version": "0.1",
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "type": "translate",
    }


@pytest.mark.parametrize("direction", PACKS)
def test_pack_knows_its_pairs(
    reports: dict[str, Any], pairs: list[tuple[str, str]], direction: str
) -> None:
    report = reports[direction]
    assert report["pairs"] == len(pairs)
    assert report["exact"] >= 0.98 * len(pairs), report["wrong"]
