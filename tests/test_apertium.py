"""Apertium, the real program: what it must not break, and what happens when it breaks."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SEEDS

from harmonize.engines.apertium.engine import ApertiumEngine, Parts, read_mode
from harmonize.engines.apertium.into_english.phrases import with_phrases
from harmonize.engines.apertium.into_english.readings import well_read_spanish
from harmonize.engines.apertium.into_spanish.readings import well_read
from harmonize.engines.apertium.into_spanish.tagger import chosen
from harmonize.engines.apertium.pipe import Pipe
from harmonize.engines.apertium.stream import after_analysis, encode
from harmonize.engines.apertium.style import (
    gerunds,
    participles,
    prepositions,
    trained,
    verbs_first,
)
from harmonize.engines.apertium.terms import TermWords, encode_terms
from harmonize.engines.apertium.words import load, load_phrases, words_for
from harmonize.engines.base import BOTH, Request
from harmonize.errors import EngineFailed
from harmonize.glossary import Entry, Glossary, Matcher
from harmonize.glossary import load as load_glossary
from harmonize.translate import Text, Work, translate_texts

CASES = json.loads((Path(__file__).parent / "cases/apertium.json").read_text())
TERMS = json.loads((Path(__file__).parent / "cases/apertium_terms.json").read_text())


@pytest.fixture(scope="module")
def engine() -> Iterator[ApertiumEngine]:
    engine = ApertiumEngine()
    assert engine.availability().pairs == BOTH, "install it: harmonize setup"
    yield engine
    engine.close()


def translated(engine: ApertiumEngine, case: dict[str, str]) -> str:
    source, target = case["from"], "es" if case["from"] == "en" else "en"
    text = Text(case["text"], case.get("kind", "paragraph"), duty="duty" in case)
    return translate_texts([text], Work(engine, source, target))[0].text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_what_comes_out(engine: ApertiumEngine, case: dict[str, str]) -> None:
    assert translated(engine, case) == case["expected"]


@pytest.mark.parametrize("case", TERMS, ids=lambda case: case["text"][:40])
def test_terms_come_out_in_their_forms(engine: ApertiumEngine, case: dict[str, Any]) -> None:
    names = ("en", "es", "pos", "gender", "en_forms", "status")
    entries = []
    for cells in case["entries"]:
        row = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
        row["en_forms"] = tuple(filter(None, [row.get("en_forms")]))
        entries.append(Entry.model_validate(row))
    work = Work(
        engine,
        case["from"],
        "es" if case["from"] == "en" else "en",
        matcher=Matcher(Glossary(entries=tuple(entries))),
    )
    (done,) = translate_texts([Text(case["text"], duty="duty" in case)], work)
    assert done.text == case["expected"]
    assert [term.outcome for term in done.terms] == [case.get("outcome", "enforced")]
    assert done.flags == ()


@pytest.mark.parametrize("sign", "!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~«»“”‘’–—…•·©®™°€£¥§×±≥→✓½")
def test_no_sign_is_lost(engine: ApertiumEngine, sign: str) -> None:
    for text in (f"The house {sign} is green", f"The house is green ({sign}10)"):
        [result] = translate_texts([Text(text)], Work(engine, "en", "es"))
        assert result.text.count(sign) == text.count(sign), result.text


def test_segments_do_not_bleed_into_each_other(engine: ApertiumEngine) -> None:
    words = ["the workers of the", "cooperative", "", "How to apply", "the farm of the"]
    together = engine.translate([Request(text=word) for word in words], "en", "es")
    alone = [engine.translate([Request(text=word)], "en", "es")[0] for word in words]
    assert together == alone


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_comes_back_with_one_answer(text: str) -> None:
    engine = SHARED
    before = engine.translate([Request(text="The farm is green.")], "en", "es")
    both = [Request(text=text), Request(text="The farm is green.")]
    assert engine.translate(both, "en", "es")[1] == before[0]


SHARED = ApertiumEngine()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_tagger_meets_no_choice_that_it_has_not_seen(
    engine: ApertiumEngine, language: str
) -> None:
    """A new one would change its answers to all later texts: results would depend on the order."""
    pair = ("en", "es") if language == "en" else ("es", "en")
    lines = [line for path in SEEDS.glob("*.txt") for line in path.read_text().splitlines()]
    terms = [entry.term(language) for entry in load_glossary().applied]
    phrases = load_phrases() if language == "es" else []
    listed = [word.citation(language) for word in (*load(), *phrases)]
    known = ["known", "Near", "THANKS", "span", "apenas", "vela", "vale"]
    frames = ("The {} is good.", "We {} it.", "It is {}.") if language == "en" else ("El {} es.",)
    texts = [frame.format(word) for frame in frames for word in (*listed, *terms, *known)]
    matcher, words = Matcher(load_glossary()), words_for(pair)
    coded = [encode_terms(text, matcher.find(text, language), language) for text in lines + texts]
    parts = engine._parts_of(pair)
    analysed = parts.analyse.run([encode(each.text) for each in coded])
    filtered = [
        trained(after_analysis(units, (), "plain", TermWords.over(words, each)), language)
        for units, each in zip(analysed, coded, strict=True)
    ]
    if language == "en":
        filtered = [prepositions(participles(gerunds(units))) for units in filtered]
        filtered += [verbs_first(units) for units in filtered]
        filtered += [well_read(units, is_item=True) for units in filtered]
        filtered = [chosen(units) for units in filtered]
    else:
        filtered += [well_read_spanish(with_phrases(units)) for units in filtered]
    tagger = next(stage for stage in parts.look_up.stages if stage[0] == "apertium-tagger")
    done = subprocess.run(
        ["apertium-tagger", "-d", "-g", tagger[-1]],
        input="".join(filtered),
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(set(re.findall("New ambiguity class: (.*)", done.stderr))) == []


def test_unknown_words_stay_and_are_flagged(engine: ApertiumEngine) -> None:
    result = engine.translate([Request(text="They use a flurbish tool.")], "en", "es")[0]
    assert "flurbish" in result.text
    assert [flag.rule for flag in result.flags] == ["unknown-word"]
    assert "flurbish" in result.flags[0].message


@pytest.mark.parametrize("place", range(4))
def test_a_dead_pipe_is_started_again(engine: ApertiumEngine, place: int) -> None:
    request = [Request(text="The farm is green.")]
    before = engine.translate(request, "en", "es")
    pipe = engine._parts[("en", "es")][place]
    os.kill(pipe._processes[0].pid, signal.SIGKILL)
    assert engine.translate(request, "en", "es") == before


def test_a_hung_pipe_is_given_up_after_one_more_try(engine: ApertiumEngine) -> None:
    hung = ApertiumEngine()
    hung._parts[("en", "es")] = Parts(*[Pipe([("sleep", "60")], silence=0.2)] * 4)
    request = [Request(text="The farm is green.")]
    assert hung.translate(request, "en", "es") == engine.translate(request, "en", "es")
    pipe = Pipe([("sleep", "60")], silence=0.2)
    with pytest.raises(EngineFailed, match=r"no answer for 0\.2 s"):
        pipe.run(["a" * 1_000_000])


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(EngineFailed, match="cannot be started"):
        Pipe([("no-such-program",)]).run(["x"])


def test_a_mode_without_its_programs_is_refused() -> None:
    with pytest.raises(EngineFailed, match="no lt-proc -b"):
        Parts.of(read_mode("lt-proc a | cat"))


def test_nothing_is_available_where_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ApertiumEngine(tmp_path).availability().pairs == frozenset()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt-get install" in ApertiumEngine().availability().remedy
