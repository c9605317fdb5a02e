"""Which reading an English word has: right where it is plain, one for each word, none made up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.engines.apertium.engine import ApertiumEngine
from harmonize.engines.apertium.into_spanish.clauses import plainer
from harmonize.engines.apertium.into_spanish.readings import well_read
from harmonize.engines.apertium.into_spanish.tagger import chosen, weights
from harmonize.engines.apertium.stream import after_analysis, encode
from harmonize.engines.apertium.surfaces import words_of
from harmonize.engines.apertium.words import words_for
from harmonize.engines.base import BOTH, Request

CASES = json.loads((Path(__file__).parent / "cases/readings.json").read_text())
READINGS = (
    "plan<n><sg> plan<vblex><inf> plan<vblex><pres> plan<vblex><pp> planned<adj> that<cnjsub> "
    "that<rel><an><mf><sp> to<pr> the<det><def><sp> will<vaux><inf> have<vbhaver><pres> "
    "have<vblex><pres> go<vblex><ger> go<vblex><subs> who<rel><an><mf><sp>"
).split()


@pytest.fixture(scope="module")
def engine() -> Iterator[ApertiumEngine]:
    engine = ApertiumEngine()
    if engine.availability().pairs != BOTH:
        pytest.skip("Apertium is not installed: harmonize setup")
    yield engine
    engine.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['word']}: {case['text'][:40]}")
def test_the_reading_that_a_reader_sees(engine: ApertiumEngine, case: dict[str, str]) -> None:
    [stream] = engine._parts_of(("en", "es")).analyse.run([encode(case["text"])])
    analysed = after_analysis(stream, (), "plain", words_for(("en", "es")))
    words, _ = words_of(chosen(well_read(analysed)))
    found = {word.surface: word.readings for word in words}
    assert case["tags"] in found[case["word"]][0], found[case["word"]]


@given(st.lists(st.lists(st.sampled_from(READINGS), min_size=1, max_size=5), max_size=12))
def test_one_reading_is_left_and_it_was_there(readings: list[list[str]]) -> None:
    units = "".join(f"^w{n}/{'/'.join(each)}$ " for n, each in enumerate(readings))
    before, _ = words_of(units)
    after, _ = words_of(chosen(units))
    assert [word.surface for word in after] == [word.surface for word in before]
    for one, several in zip(after, before, strict=True):
        assert len(one.readings) == 1
        assert one.readings[0] in several.readings


@given(st.lists(st.sampled_from(READINGS), max_size=12))
def test_no_word_is_lost_in_a_plainer_sentence(readings: list[str]) -> None:
    units = "".join(f"^w{n}/{each}$ " for n, each in enumerate(readings))
    surfaces = [word.surface for word in words_of(plainer(units))[0]]
    assert [each for each in surfaces if re.match(r"w\d", each)] == [
        f"w{n}" for n in range(len(readings))
    ]


def test_the_weights_are_whole() -> None:
    numbers, of = weights()
    assert len(of) > 50_000
    named = {pair.partition(":")[0] for line in list(of.values())[:2000] for pair in line.split()}
    assert named <= set(numbers.values())


def test_answers_do_not_depend_on_what_was_asked_before(engine: ApertiumEngine) -> None:
    text = Request(text="They agree on a plan which reflects the needs of members.")
    others = [Request(text=f"Plan {n} needs reports and visits.") for n in range(20)]
    alone = engine.translate([text], "en", "es")
    assert engine.translate([*others, text], "en", "es")[-1] == alone[0]
