"""Cutting postings into blocks: the seeds, and more postings written for these tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harmonize.records import Block
from harmonize.segments import segment, sentences
from harmonize.segments.tables import furniture, heading

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "segment"


def _postings() -> list[Path]:
    return sorted(CASES.glob("*.json"))


def _text(path: Path, case: dict[str, Any]) -> str:
    """The posting of a case; seeds stand elsewhere, and some of their letters are garbled."""
    source = ROOT / case["source"] if "source" in case else path.with_suffix(".txt")
    text = source.read_text(encoding="utf-8")
    for garbled, letter in case.get("replace", {}).items():
        text = text.replace(garbled, letter)
    return text


@pytest.mark.parametrize("path", _postings(), ids=lambda path: path.stem)
def test_a_posting_is_cut_as_its_reader_would(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    blocks = segment(_text(path, case))
    assert [_shown(block, at, case["expected"]) for at, block in enumerate(blocks)] == case[
        "expected"
    ]


def _shown(block: Block, at: int, expected: list[list[str]]) -> list[str]:
    """Kind and first words of *block*, as many as the case names."""
    length = len(expected[at][1]) if at < len(expected) else None
    return [block.kind, block.text[:length]]


HEADINGS = json.loads((ROOT / "tests/cases/headings.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("words", "section"), HEADINGS)
def test_headings_in_words_of_their_author_are_known(words: str, section: str | None) -> None:
    found = heading(words)
    assert (found and found.section) == section
    again = heading(words.upper() + ":")
    assert (again and again.section) == section


def test_there_are_enough_postings() -> None:
    own = [path for path in _postings() if not path.stem.startswith("seed-")]
    assert len(own) >= 10
    assert len(_postings()) - len(own) == len(list((ROOT / "seeds").glob("*.txt")))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("- a:\n  - b\n  - c\n- d", [0, 1, 1, 0]),
        ("• Support teams to:\n    o\tplan\n    o\tact\n• Report", [0, 1, 1, 0]),
        ("1) First:\na) one\nb) two\n2) Second", [0, 1, 1, 0]),
        ("o Sage\no Excel\n✅ Word", [0, 0, 0]),
        ("1. First:\na) one\nb) two\n2. Second", [0, 1, 1, 0]),
        ("  • one\n  • two\n  • three", [0, 0, 0]),
        ("- a\n  - b\n    - c\n- d", [0, 1, 2, 0]),
    ],
)
def test_lists_are_nested_where_they_look_nested(text: str, levels: list[int]) -> None:
    blocks = segment(text)
    assert [block.level for block in blocks] == levels
    assert {block.kind for block in blocks} == {"bullet"}


@pytest.mark.parametrize(
    "text",
    [
        "We use PowerPoint, SharePoint and LinkedIn every day at our offices.",
        "Our Ph.D. fellows work in the U.S. and abroad, e.g. in Lima.",
        "The lines of work are: 1) train members, 2) open markets, 3) write reports.",
        "Write to first.last@example.org. Please add the code v2.Next to the subject.",
        "McDonald and O’Brien met DeVos; iPhone users at UnionJobs.com agreed.",
        "Salary: £33,678 - £43,859",
    ],
)
def test_sound_text_stays_whole(text: str) -> None:
    assert [block.text for block in segment(text)] == [text]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("We organise the associ-\nations of producers in the highlands", "the associations of"),
        ("Knowledge of non-\nprofit accounting is an asset in this post", "of non-profit acc"),
        ("Experience with worker-\nled monitoring in the field is essential", "worker-led mon"),
        ("Trabajo con organi\u00ad\nzaciones de base en la región andina", "con organizaciones de"),
    ],
)
def test_words_cut_at_a_line_end_are_mended(text: str, joined: str) -> None:
    (block,) = segment(text)
    assert joined in block.text


@pytest.mark.parametrize("name", ["headings.csv", "boilerplate.csv"])
def test_tables_say_each_thing_once(name: str) -> None:
    lines = (ROOT / "src/harmonize/segments/data" / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines))


def test_headings_are_known_however_they_are_written() -> None:
    for text in (
        "How to apply",
        "HOW TO APPLY:",
        "**Cómo postular**",
        "Como  Postular",
        "To Apply:",
    ):
        cue = heading(text)
        assert cue is not None, text
        assert cue.section == "how_to_apply"


@pytest.mark.parametrize(
    "text",
    ["Search for new markets", "Home visits to families", "Save the date", "Print media skills"],
)
def test_content_is_no_furniture(text: str) -> None:
    assert furniture(text) == ""


SENTENCES = json.loads((CASES.parent / "sentences.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["sentences"][0][:30])
def test_sentences_end_where_a_reader_ends_them(case: dict[str, Any]) -> None:
    text = " ".join(case["sentences"])
    found = sentences(text, case["language"])
    assert [sentence.rstrip() for sentence in found] == case["sentences"]
    assert "".join(found) == text
