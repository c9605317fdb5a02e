"""The sector memory: what is found in it, how it is written, and what becomes of it in a posting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import ROOT

from harmonize.recall import GAP
from harmonize.sector import SectorMemory

CASES = ROOT / "tests/cases/sector"
RECALL = json.loads((CASES / "recall.json").read_text())
OTHER = {"en": "es", "es": "en"}


@pytest.fixture(scope="module")
def memory() -> SectorMemory:
    return SectorMemory([CASES / "memory.csv"])


@pytest.mark.parametrize(("language", "text", "expected", "why"), RECALL)
def test_recall(memory: SectorMemory, language, text: str, expected: str | None, why: str) -> None:
    (found,) = memory.recall([text], language, OTHER[language])
    shown = None
    if found:
        shown = found.text
        for gap in found.gaps:
            shown = shown.replace(GAP, f"[{gap.words}]", 1)
            assert gap.words.lower() in text[gap.start : gap.end].lower()
    assert shown == expected, why
