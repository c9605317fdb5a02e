"""Repair, case by case.  The cases are data: ``tests/cases/repair/*.json``."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from harmonize.repairs import RepairOptions, apply_changes, repair

CASES = Path(__file__).parent / "cases" / "repair"
SEEDS = Path(__file__).parent.parent / "seeds"
FLOORS = Path(__file__).parent.parent / "benchmarks" / "repair_floors.json"


def cases(group: str) -> list[Any]:
    found = json.loads((CASES / f"{group}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{case['name']}-{i}") for i, case in enumerate(found)]


@pytest.mark.parametrize("case", cases("in_the_wild") + cases("synthetic"))
def test_restored(case: dict[str, str]) -> None:
    repaired = repair(case["before"])
    assert repaired.text == case["after"]
    assert apply_changes(case["before"], repaired.changes) == repaired.text
    assert repair(repaired.text).text == repaired.text


@pytest.mark.parametrize("case", cases("must_not_change"))
def test_left_alone(case: dict[str, str]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case["text"]
    assert repaired.changes == ()


@pytest.mark.parametrize("case", cases("known_failures"))
def test_known_failure_still_fails(case: dict[str, str]) -> None:
    message = "This known failure passes now: move it to another group."
    assert repair(case["before"]).text != case["after"], message


def test_there_are_enough_cases() -> None:
    groups = ("in_the_wild", "synthetic", "must_not_change", "known_failures")
    assert sum(len(cases(group)) for group in groups) >= 300


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_real_posting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    repaired = repair(text)
    assert apply_changes(text, repaired.changes) == repaired.text
    assert repair(repaired.text).text == repaired.text
    for change in repaired.changes:
        assert text[change.start : change.end] == change.before != change.after
    starts = [change.start for change in repaired.changes]
    assert starts == sorted(starts)


def test_a_tie_leaves_the_text_alone_and_says_why() -> None:
    repaired = repair("La silla est\ufffd en la ca\ufffda.")
    assert repaired.changes == ()
    reasons = [note.reason for note in repaired.notes]
    assert reasons == ["what fits: está and esté", "what fits: caía and caña"]


def test_a_guess_is_marked_by_its_rule_and_confidence() -> None:
    (change,) = repair("La funci?n principal").changes
    assert change.rule.startswith("lost-letter")
    assert change.confidence < 0.8


@pytest.mark.parametrize(
    ("switch", "text"),
    [
        ("entities", "gesti&oacute;n"),
        ("ftfy", "a\r\nb"),
        ("nfc", "gestio\u0301n"),
        ("redecode", "FunciĂłn"),
        ("lost_letters", "Funci?n"),
        ("html", "<b>a</b>"),
        ("quote_marks", "FYI\n> Field officer\n>\n> Visit the farms."),
        ("markdown", "**Internal"),
        ("repeats", "We grow the skills of our teams, we grow the skills of our teams, always."),
        ("glued", "the global economy.Summary of Position: The Senior"),
        ("ligatures", "o\ufb01cina"),
        ("invisible", "sindi\u00adcato"),
        ("no_break_spaces", "rights\u00a0of workers"),
        ("double_spaces", "one  two"),
        ("quote_spaces", "“ Practices ”"),
        ("stray_quotes", f'"{"Many words. " * 40}"'),
    ],
)
def test_each_rule_has_its_switch(switch: str, text: str) -> None:
    others = dict.fromkeys(RepairOptions.model_fields, False)
    assert repair(text, RepairOptions(**{**others, switch: True})).text != text
    assert repair(text, RepairOptions(**others)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "?" * 10_000_000,
        "a" * 1_000_000,
        "Funci?n " * 40_000,
        "FunciĂłn" * 20_000,
        "Ă" * 200_000,
        "a?" * 200_000,
        "<" * 200_000,
        "<p " * 100_000,
        "<script>" * 20_000,
        "&amp;" * 100_000,
        "**" * 100_000,
        "“ " * 100_000,
        "word.Word" * 50_000,
        "one two three four five six " * 20_000,
        "a  " * 60_000,
        "\u0301" * 100_000,
        "<p>a</p>" * 30_000,
        "WordWord" * 50_000,
        "wordWord. " * 100_000,
        "a?b" * 300_000,
        "\u00d0\u009f\u00d1\u0080" * 30_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_long_lines_take_time_in_proportion(text: str) -> None:
    start = time.process_time()
    repair(text)
    assert time.process_time() - start < 20


def test_text_that_does_not_settle_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harmonize.repairs.plan._ROUNDS", 1)
    repaired = repair("FunciĂłn")
    assert repaired.text == "FunciĂłn"
    assert "settle" in repaired.notes[0].reason


def test_floors_are_what_was_promised() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert sum(floors.values()) / len(floors) >= 0.97
    for channel, floor in floors.items():
        assert floor >= (0.8 if channel[0] in "?U" and "letter" in channel else 0.9), channel
