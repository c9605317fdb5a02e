"""What is wrong is found, and what is right is left in peace."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from harmonize.check import CHECKED, CHECKS, Bitext, check, posting_score, segment_score, terms_of
from harmonize.check.values import values
from harmonize.flags import flag, wordings
from harmonize.glossary import Entry, Glossary, Matcher
from harmonize.records import Segment, SegmentSource, Side

CASES = ROOT / "tests/cases/check"
FALSE_ALARMS = 0.01
"""Share of good human pairs that may be flagged; the goal of the project is 0.03."""

BAD = json.loads((CASES / "bad.json").read_text())
GOOD = json.loads((CASES / "good.json").read_text())


def rules(case: dict[str, str]) -> list[str]:
    return [each.rule for each in check(Bitext(case["en"], case["es"]))]


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["es"])
def test_what_is_wrong_is_found(case: dict[str, str]) -> None:
    assert rules(case) == case["rules"]


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["en"])
def test_what_is_right_is_left_in_peace(case: dict[str, str]) -> None:
    assert rules(case) == []
    back = check(Bitext(case["es"], case["en"], "es", "en"))
    assert [each.rule for each in back] == []


def test_every_check_has_a_case_and_every_flag_two_messages() -> None:
    seen = {rule for case in BAD for rule in case["rules"]}
    assert seen == CHECKED
    assert len(CHECKS) == 21
    for rule, wording in wordings().items():
        assert wording.en.endswith(".") and wording.es.endswith("."), rule
        assert wording.en != wording.es, rule
        assert wording.severity in {"info", "warning", "error"}, rule


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_pair_of_texts_breaks_a_check(source: str, target: str) -> None:
    for ways in (("en", "es"), ("es", "en")):
        check(Bitext(source, target, *ways))  # type: ignore[arg-type]


@given(st.text(max_size=80))
def test_a_text_says_what_it_says(text: str) -> None:
    same = check(Bitext(text, text))
    told = {"untranslated", "garbled", "wrong-language", "quotes", "inverted-marks", "engine-mark"}
    assert {each.rule for each in same} <= told
    assert all(value.text in text for value in values(text))


def test_a_segment_is_ready_to_be_looked_at_or_to_be_rewritten() -> None:
    assert segment_score([]).verdict == "ready"
    assert segment_score([flag("capitals", source="A", target="b")]).verdict == "ready"
    assert segment_score([flag("quotes")] * 5).verdict == "look"
    assert segment_score([flag("empty")]).verdict == "rewrite"
    assert segment_score([flag("quotes")], human=True).verdict == "ready"
    assert segment_score([flag("empty")], human=True).verdict == "rewrite"


def test_a_posting_is_as_ready_as_its_segments() -> None:
    good, bad = segment(""), segment("empty")
    assert posting_score([good] * 9).verdict == "ready"
    assert posting_score([*[good] * 9, bad]).verdict == "look"
    assert posting_score([good, bad]).verdict == "rewrite"
    assert posting_score([*[good] * 9, bad]).score == 94


def segment(rule: str) -> Segment:
    place = SegmentSource(text="Draft reports", language="en", confidence=1, start=0, end=13)
    return Segment(
        id="s001",
        kind="bullet",
        section="duties",
        source=place,
        en=Side(text="Draft reports", origin="source"),
        es=Side(text="Redactar informes", origin="machine"),
        flags=(flag(rule),) if rule else (),
    )


def test_what_people_wrote_is_held_against_the_glossary_and_stays() -> None:
    entries = (
        Entry(en="goal", es="objetivo", avoid_es=("gol",)),
        Entry(en="cover letter", es="carta de presentación", gender="f"),
    )
    matcher = Matcher(Glossary(entries=entries))
    terms, flags = terms_of(matcher, "Goals and a cover letter", "Goles y una carta", ("en", "es"))
    assert [term.outcome for term in terms] == ["violated", "violated"]
    assert [each.rule for each in flags] == ["term-avoided", "term-violated", "term-violated"]
    terms, flags = terms_of(
        matcher, "Goals and a cover letter", "Objetivos y carta de presentación", ("en", "es")
    )
    assert [term.outcome for term in terms] == ["enforced", "enforced"]
    assert flags == ()


def test_few_false_alarms_on_what_people_translated_well() -> None:
    pairs = [
        (row["en"], row["es"])
        for file in sorted((ROOT / "memories").glob("*.csv"))
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
        if row["kind"] == "pair"
    ]
    assert len(pairs) > 3000
    for ways in ("en", "es"), ("es", "en"):
        flagged = [
            pair
            for pair in pairs
            if check(Bitext(*(pair if ways[0] == "en" else pair[::-1]), *ways))  # type: ignore[arg-type]
        ]
        assert len(flagged) <= FALSE_ALARMS * len(pairs), flagged
