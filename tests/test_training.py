"""The recipe of the neural pack, as far as it needs no PyTorch; `make pack-smoke` runs the rest."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import importlib.util
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.engines.argos.decode import Erasure, Job, Loss
from harmonize.engines.argos.engine import ArgosEngine
from harmonize.engines.base import Request
from harmonize.engines.pack_terms import (
    ARROW,
    CLOSE,
    MARKS,
    OPEN,
    Annotation,
    annotated,
    reads_terms,
    without_marks,
)
from harmonize.engines.packs import Pack
from harmonize.glossary import Entry, Glossary, Matcher
from harmonize.protect import shield

ROOT = Path(__file__).parents[1]
TRAINING = ROOT / "training"
PAIRS = [line.split("\t") for line in (ROOT / "tests/pack/pairs.tsv").read_text().splitlines()]
LIGHT = "card corpus export sector_lines settings terms variants vocabulary weights".split()
"""Modules that need no PyTorch."""


def module(name: str) -> ModuleType:
    sys.path.insert(0, str(TRAINING))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(TRAINING))


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret


@pytest.mark.parametrize("name", LIGHT)
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(module(name)).failed == 0


# --- terms in the source ------------------------------------------------------------------

WORD = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(st.lists(WORD, min_size=1, max_size=12), st.data())
def test_annotated_text_holds_the_source_and_its_terms(
    parts: list[str], data: st.DataObject
) -> None:
    text = " ".join(parts)
    chosen = data.draw(st.sets(st.integers(0, len(parts) - 1)))
    starts = [len(" ".join(parts[:at])) + (at > 0) for at in range(len(parts))]
    terms = [Annotation(starts[at], starts[at] + len(parts[at]), f"t{at}") for at in sorted(chosen)]
    made = annotated(text, terms)
    source = re.sub(f"{ARROW}[^{CLOSE}]*{CLOSE}", "", made).replace(OPEN, "")
    assert source.removeprefix(" ") == text
    assert re.findall(f"{ARROW} ([^{CLOSE}]*){CLOSE}", made) == [t.translation for t in terms]
    assert not set(without_marks(made)) & set(MARKS)


@given(st.text())
def test_text_that_holds_marks_already_cannot_pass_for_annotated(text: str) -> None:
    made = annotated(text, [])
    assert not set(made) & set(MARKS)
    assert len(made) == len(text)


def test_marks_are_pieces_of_the_vocabulary_and_none_is_known_to_postings() -> None:
    assert module("vocabulary").MARKS == MARKS
    for seed in (ROOT / "seeds").rglob("*.txt"):
        assert not set(seed.read_text(encoding="utf-8", errors="replace")) & set(MARKS)


# --- which lines are learnt from ----------------------------------------------------------

REFUSED = [
    ("numbers differ", "We pay 1,500 for it here", "Aquí pagamos 1.600 por eso"),
    ("lengths differ", "Yes", "Sí, pero solo si todos los demás también están de acuerdo con ello"),
    ("broken characters", "Main function of the job", "FunciĂłn principal de la pÃ³liza"),
    ("other language", "El trabajo es de la red de ayuda", "El trabajo es de la red de ayuda, sí"),
    ("markup", "<b> [x] {y} </b> = run_it(a)", "<b> [x] {y} </b> = run_it(b)"),
    ("our own marks", f"with {OPEN} growers", "con productores"),
    ("not translated", "Fair World Project Ltd office", "Fair World Project Ltd office"),
]


@pytest.mark.parametrize(("reason", "en", "es"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refused_line_has_its_reason(reason: str, en: str, es: str) -> None:
    corpus = module("corpus")
    assert corpus.refusal(corpus.Pair("x", en, es), MARKS) == reason


def test_good_lines_are_taken_once() -> None:
    corpus = module("corpus")
    filter_ = corpus.Filter(corpus.Measured.of([]), MARKS)
    pairs = [corpus.Pair("tests", *pair) for pair in PAIRS]
    taken = [pair for pair in pairs if filter_.takes(pair)]
    assert len(taken) > 0.95 * len(pairs)
    assert not any(filter_.takes(pair) for pair in taken)


def test_nothing_that_is_measured_on_is_learnt() -> None:
    corpus, sector_lines, prepare = module("corpus"), module("sector_lines"), module("prepare")
    measured = list(prepare.measured_lines())
    filter_ = corpus.Filter(corpus.Measured.of(measured), MARKS)
    held = {tuple(corpus.words(pair.en)) for pair in sector_lines.held_out()}
    lines = [pair for pair in sector_lines.lines(1, chance(1)) if filter_.takes(pair)]
    assert len(held) > 100
    assert len(lines) > 3000
    assert not held & {tuple(corpus.words(pair.en)) for pair in lines}


def test_filled_templates_have_no_slots_and_equal_figures() -> None:
    corpus, sector_lines = module("corpus"), module("sector_lines")
    made = [p for p in sector_lines.lines(2, chance(2)) if p.source == "sector_templates"]
    assert not [pair for pair in made if set(pair.en + pair.es) & set("{}|")]
    reasons = [corpus.refusal(pair) for pair in made]
    assert reasons.count("numbers differ") < 0.01 * len(made)


def test_code_words_are_those_of_the_shields_and_stand_once_on_either_side() -> None:
    corpus, variants = module("corpus"), module("variants")
    form = re.compile(r"X[B-Z]Q[B-Z]Z")
    assert all(
        form.fullmatch(word) for word in shield("Pay $5 to a@b.org or +1 503 555 1234").words
    )
    made = [variants.with_codes(corpus.Pair("t", *pair), chance(3)) for pair in PAIRS]
    found = [pair for pair in made if pair]
    assert found
    for pair in found:
        words = form.findall(pair.en)
        assert len(set(words)) == len(words) > 0
        assert sorted(words) == sorted(form.findall(pair.es))


def test_every_source_has_a_rule() -> None:
    settings = module("settings").read(TRAINING / "pack.toml")
    sector, programming = settings.share_of("sector_pairs"), settings.share_of("php_docs")
    assert sector.weight >= 10 * settings.share_of("anything_else").weight
    assert programming.weight < 1
    assert settings.training.lengths == tuple(sorted(settings.training.lengths))


# --- weights and packs --------------------------------------------------------------------


def test_parts_come_together_and_damage_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = module("weights")
    monkeypatch.setattr(weights, "PART", 1000)
    arrays = {"matrix": np.linspace(-1, 1, 4000, dtype=np.float32).reshape(40, 100)}
    arrays["bias"] = np.arange(3, dtype=np.float32)
    weights.split(weights.to_bytes(arrays), tmp_path)
    again = weights.from_bytes(weights.joined(tmp_path))
    assert len(list(tmp_path.glob("weights.*"))) > 3
    assert np.abs(again["matrix"] - arrays["matrix"]).max() <= 0.5 / 127
    assert again["bias"].tolist() == [0, 1, 2]
    (tmp_path / "weights.1").write_bytes(b"damaged")
    with pytest.raises(ValueError, match=r"weights\.1 is missing or damaged"):
        weights.joined(tmp_path)


def random_weights(width: int, inner: int, pieces: int) -> dict[str, np.ndarray]:
    """Weights under the names that the model gives them: one layer each."""
    draw = np.random.default_rng(4)
    shapes: dict[str, tuple[int, ...]] = {"embedding.weight": (pieces, width), "bias": (pieces,)}

    def linear(name: str, rows: int, columns: int) -> None:
        shapes.update({f"{name}.weight": (rows, columns), f"{name}.bias": (rows,)})

    def norm(name: str) -> None:
        shapes.update({f"{name}.weight": (width,), f"{name}.bias": (width,)})

    for side, attentions in (
        ("encoder", ("self_attention",)),
        ("decoder", ("self_attention", "attention")),
    ):
        norm(f"{side}_norm")
        for name in attentions:
            sizes = [3 * width, width] if name == "self_attention" else [width, 2 * width, width]
            norm(f"{side}.0.{name}.norm")
            for number, size in enumerate(sizes):
                linear(f"{side}.0.{name}.linear.{number}", size, width)
        norm(f"{side}.0.ffn.norm")
        linear(f"{side}.0.ffn.linear_0", inner, width)
        linear(f"{side}.0.ffn.linear_1", width, inner)
    return {n: draw.normal(size=s).astype(np.float32) * 0.1 for n, s in shapes.items()}


def test_packs_load_and_say_that_they_read_terms(tmp_path: Path) -> None:
    settings_file, vocabulary = module("settings"), module("vocabulary")
    settings = settings_file.read(TRAINING / "pack-smoke.toml")
    shape = settings_file.Shape(width=16, heads=2, inner=32, encoder=1, decoder=1, dropout=0.0)
    settings = dataclasses.replace(settings, shape=shape, pieces=800)
    pieces = vocabulary.train([side for pair in PAIRS for side in pair], 800, 1)
    made = module("export").write_packs(
        random_weights(16, 32, 800), settings, pieces, "card", tmp_path
    )
    assert [pack.name for pack in made] == [
        "translate-en_es-0_1.argosmodel",
        "translate-es_en-0_1.argosmodel",
    ]
    models = set()
    started = {}
    for source, target, pack in (("en", "es", made[0]), ("es", "en", made[1])):
        with zipfile.ZipFile(pack) as archive:
            archive.extractall(tmp_path)
        folder = tmp_path / pack.stem
        assert reads_terms(folder)
        engine = ArgosEngine({(source, target): Pack(name=pack.stem, folder=str(folder))})
        answers = engine.translate([Request("Lima"), Request("")], source, target)
        assert len(answers) == 2
        models.add((folder / "model" / "model.bin").read_bytes())
        config = json.loads((folder / "model" / "config.json").read_text())
        started[target] = config["decoder_start_token"]
    assert started == {"en": "<2en>", "es": "<2es>"}
    assert len(models) == 1


class Recorder:
    """A model that says its source again, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def decode(self, jobs: Sequence[Job], best: int = 1) -> list[list[str]]:
        self.asked += [job.source for job in jobs]
        return [["los pequeños productores"] for _ in jobs]

    def losses(self, erasures: Sequence[Erasure]) -> list[list[Loss]]:
        return [[] for _ in erasures]


@pytest.mark.parametrize(
    ("metadata", "asked"),
    [('{"terms": "inline"}', "the⟦ smallholders⟾ pequeño productor⟧"), ("{}", "the smallholders")],
)
def test_a_pack_that_reads_terms_gets_them(tmp_path: Path, metadata: str, asked: str) -> None:
    (tmp_path / "metadata.json").write_text(metadata)
    engine = ArgosEngine({("en", "es"): Pack(name="pack", folder=str(tmp_path))})
    engine._loaded["en", "es"] = recorder = Recorder()  # type: ignore[assignment]
    glossary = Glossary(entries=(Entry(en="smallholder", es="pequeño productor", gender="m"),))
    terms = tuple(Matcher(glossary).find("the smallholders", "en"))
    (answer,) = engine.translate([Request("the smallholders", terms=terms)], "en", "es")
    assert recorder.asked[0] == asked
    assert answer.text == "los pequeños productores"


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is here")
def test_a_machine_without_pytorch_is_told_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        [TRAINING / "device.sh", tmp_path / "corpus.tar", tmp_path / "out", "1"],
        env={
            "PYTHON": sys.executable,
            "PATH": "/usr/bin:/bin",
            "PACK_WORK": str(tmp_path / "work"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Missing on this machine: torch" in done.stderr
    assert not (tmp_path / "out").exists()
