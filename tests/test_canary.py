"""Engines that babble are refused, before they are put in place and before their first batch."""

from __future__ import annotations

import json
import random
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import ROOT, Run

from harmonize.engines.apertium.engine import ApertiumEngine
from harmonize.engines.base import BOTH, Availability, Request, Result
from harmonize.engines.canary import Trusted, faults
from harmonize.engines.fake import FakeEngine
from harmonize.engines.registry import choose_engines
from harmonize.errors import EngineFailed, NoEngine
from harmonize.recall import Text
from harmonize.translate import Work

PACK = ROOT / "tests/pack/translate-en_es-0_1.argosmodel"
CASES = json.loads((ROOT / "tests/cases/canary.json").read_text())


@pytest.fixture
def babbling(tmp_path: Path) -> Path:
    """The tests' own pack with its words exchanged: it loads, and says what it does not mean."""
    file = tmp_path / "translate-en_es-0_2.argosmodel"
    with zipfile.ZipFile(PACK) as whole, zipfile.ZipFile(file, "w") as damaged:
        for name in whole.namelist():
            data = whole.read(name)
            if name.endswith("vocabulary.json"):
                words = json.loads(data)
                first, rest = words[:300], words[300:]
                random.Random(1).shuffle(rest)  # noqa: S311
                data = json.dumps([*first, *rest]).encode()
            damaged.writestr(name.replace("-0_1", "-0_2"), data)
    return file


def test_a_pack_that_babbles_is_not_installed(run: Run, babbling: Path, tmp_path: Path) -> None:
    done = run("packs", "install", babbling)
    assert done.returncode == 2
    for part in ("cannot be used: it babbles", "Asked for “", "it said “", "expected", "again"):
        assert part in done.stderr
    assert run("packs", "list", "--json").stdout.strip() == "[]"
    assert (
        list(tmp_path.rglob("translate-en_es-0_2")) == list(tmp_path.rglob(".installing-*")) == []
    )


def test_a_pack_that_was_put_there_by_hand_is_refused_before_the_first_line(
    run: Run, babbling: Path, tmp_path: Path
) -> None:
    assert run("packs", "install", PACK.with_name("translate-es_en-0_1.argosmodel")).returncode == 0
    (folder,) = (path.parent for path in tmp_path.rglob("translate-es_en-0_1"))
    with zipfile.ZipFile(babbling) as archive:
        archive.extractall(folder)
    (tmp_path / "job.txt").write_text("Officer\n\nVisit the farms of the valley every month.\n")
    done = run("translate", "job.txt", "-o", "out", "--engine", "argos")
    assert done.returncode == 3
    assert "argos babbles from en to es. Asked for “" in done.stderr
    assert "harmonize packs list" in done.stderr
    assert list(tmp_path.glob("out/job/*")) == []
    verified = run("packs", "verify", "--json")
    assert verified.returncode == 1
    assert "it babbles" in json.loads(verified.stdout)[0]["problem"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_counts_as_babble(case: dict[str, object]) -> None:
    answers = case["answers"]
    assert isinstance(answers, list)
    source, target = str(case["pair"]).split("-")
    found = faults(lambda texts: [*answers, *answers][: len(texts)], (source, target))
    assert [fault.what for fault in found][:1] == ([case["what"]] if case["what"] else [])


class Asked(FakeEngine):
    """Counts what it is asked, and knows the canary's lines where it is told to."""

    name = "asked"

    def __init__(self, answers: Sequence[str] | None) -> None:
        self.answers = answers
        self.batches = 0

    def signature(self) -> str:
        return "asked-1" if self.answers else "asked-2"

    def availability(self) -> Availability:
        return Availability(BOTH, "")

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        self.batches += 1
        return [Result(text=text) for text in (self.answers or ["la la la la"] * 5)[: len(batch)]]


def test_an_engine_is_asked_once_and_remembered(tmp_path: Path) -> None:
    good = next(case["answers"] for case in CASES if not case["what"] and case["pair"] == "en-es")
    passed = tmp_path / "deep/canary.json"
    for batches in (2, 1):
        inner = Asked(good)
        engine = Trusted(inner, passed)
        engine.translate([], "en", "es")
        inner.batches = 0
        engine.translate([Request("Pay")], "en", "es")
        assert inner.batches == batches
        engine.translate([Request("Pay")], "en", "es")
        assert inner.batches == batches + 1
    for _ in range(2):
        with pytest.raises(NoEngine, match="asked babbles from en to es"):
            Trusted(Asked(None), passed).translate([Request("Pay")], "en", "es")
    passed.write_text("[1, {")
    assert Trusted(Asked(good), passed).translate([Request("Pay")], "en", "es")


class Stopping(Asked):
    """Fails on every batch, or only on those with a certain word in them."""

    def __init__(self, answers: Sequence[str] | None, word: str) -> None:
        super().__init__(answers)
        self.word = word

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        if any(self.word in request.text for request in batch):
            self.batches += 1
            raise EngineFailed("No answer for 20 s.")
        return super().translate(batch, source, target)


def test_an_engine_that_never_answers_is_given_up_at_once(tmp_path: Path) -> None:
    good = next(case["answers"] for case in CASES if not case["what"] and case["pair"] == "en-es")
    engine = Trusted(Stopping(good, "Poison"), tmp_path / "canary.json")
    engine.translate([Request("Pay")], "en", "es")
    with pytest.raises(EngineFailed):  # of this text: it answers others
        engine.translate([Request("Poison")], "en", "es")
    for passed in ("canary.json", "none.json"):  # it worked once, or never did
        inner = Stopping(good, "")
        work = Work(Trusted(inner, tmp_path / passed), "en", "es")
        with pytest.raises(NoEngine, match="does not answer"):
            work.translate([Text(f"Pay {number}") for number in range(500)])
        assert inner.batches <= 2


def test_apertium_passes_and_its_second_start_costs_nothing(tmp_path: Path) -> None:
    passed = tmp_path / "canary.json"
    for pair in sorted(BOTH):
        engine = Trusted(ApertiumEngine(), passed)
        engine.translate([Request("Write the report.")], *pair)
        engine.close()
    assert len(json.loads(passed.read_text())) == 2
    begin = time.perf_counter()
    engine = Trusted(ApertiumEngine(), passed)
    engine._try(("en", "es"))
    assert time.perf_counter() - begin < 0.5


def test_engines_for_tests_are_not_asked() -> None:
    assert isinstance(choose_engines("fake")["en", "es"], FakeEngine)
    assert isinstance(choose_engines("apertium")["en", "es"], Trusted)
