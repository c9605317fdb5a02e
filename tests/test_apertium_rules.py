"""What a rule says that it needs is true: where that is missing, it changes nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from harmonize.engines.apertium import surfaces
from harmonize.engines.apertium.engine import ApertiumEngine
from harmonize.engines.apertium.into_english import pairs
from harmonize.engines.apertium.into_spanish import cells
from harmonize.engines.apertium.rules import Needs
from harmonize.engines.base import Pair, Request

DIRECTIONS: tuple[Pair, ...] = (("en", "es"), ("es", "en"))
STEP = 5
"""Of the lines that come with harmonize, every fifth."""


def lines(language: str) -> Iterator[str]:
    for case in json.loads((Path(__file__).parent / "cases/apertium.json").read_text()):
        if case["from"] == language:
            yield case["text"]
    for file in sorted((ROOT / "memories").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from list(filter(None, (row[language] for row in csv.DictReader(rows))))[::STEP]


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
def test_a_rule_that_is_passed_by_would_have_changed_nothing(
    monkeypatch: pytest.MonkeyPatch, source: str, target: str
) -> None:
    passed: set[str] = set()
    wrong: set[str] = set()

    def checked(
        listed: Collection[Callable[[list[Any]], list[Any]]],
        units: list[Any],
        needed: Needs,
        signs: Callable[[Any], Collection[str]],
        gone: Any = None,
    ) -> list[Any]:
        for rule in listed:
            there = {sign for unit in units for sign in signs(unit)}
            made = [each for each in rule(units) if each is not gone]
            groups = needed.get(getattr(rule, "func", rule), ())
            if any(there.isdisjoint(group) for group in groups):
                (passed if made == units else wrong).add(getattr(rule, "func", rule).__name__)
            units = made
        return units

    for module in (cells, pairs, surfaces):
        monkeypatch.setattr(module, "in_turn", checked)
    engine = ApertiumEngine()
    texts = list(lines(source))
    for kind, duty in (("paragraph", False), ("bullet", True)):
        engine.translate([Request(text, kind, duty) for text in texts], source, target)  # type: ignore[arg-type]
    engine.close()
    assert not wrong, "they do something where what they need is missing"
    assert len(passed) > 20
