"""Laws of cutting: true of every text, however strange."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harmonize.records import CELL
from harmonize.segments import segment, sentences

PIECES = st.sampled_from(
    [
        "Duties:", "Requisitos", "• ", "- ", "1. ", "a) ", "o\t", "\t", "|", " | ", "\n",
        "\n\n", "\r\n", "  ", "Draft reports", "visitas de campo.", "Reports to: Head", "organi-\n",
        "sation", "economy.Summary of Position: The", "©", "www.example.org", "a@b.org", "£33,678",
        "-----", "|---|---|", "\u2028", "\u00a0", "**Lead:** text", "# Title", "SkillsGood",
        "p. ej.", "8 a.m.", "U.S. ", "¿Qué?", "(", ")", "É", "ñ", ":", ";", ".", "A.B.C.",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=80))


@given(TEXTS)
@example("\u200b")
@example("a\x1cb\x85c\n|\n-\n1.\n")
@settings(max_examples=300, deadline=None)
def test_blocks_and_white_space_make_up_the_text(text: str) -> None:
    rebuilt = 0
    for block in segment(text):
        assert block.start >= rebuilt, "blocks are in order and do not overlap"
        assert text[rebuilt : block.start].strip() == ""
        assert block.start < block.end
        assert text[block.start : block.end].strip() != ""
        rebuilt = block.end
    assert text[rebuilt:].strip() == ""


@example("Duties:o\torgani-\np. ej.o\t")
@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_blocks_text_is_its_source_on_one_line(text: str) -> None:
    for block in segment(text):
        assert "\n" not in block.text
        source = _letters(text[block.start : block.end])
        shown = _letters(block.marker + block.text.replace(CELL, ""))
        assert shown == source or (block.kind == "table" and shown in source)


def _letters(text: str) -> str:
    """*text* without white space, and without what drawing and hyphenation add."""
    return "".join(text.split()).replace("-", "").replace("\u00ad", "").replace("|", "")


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_cutting_twice_gives_the_same(text: str) -> None:
    assert segment(text) == segment(text)


@given(TEXTS, st.sampled_from(["en", "es", "pt", "und", "mixed"]))
@settings(max_examples=300, deadline=None)
def test_sentences_make_up_the_text(text: str, language: str) -> None:
    assert "".join(sentences(text, language)) == text


@given(
    st.lists(
        st.lists(st.sampled_from(["", "Spanish", "3", "yes, fluent"]), min_size=2, max_size=2),
        min_size=2,
        max_size=6,
    )
)
def test_a_table_keeps_its_cells(rows: list[list[str]]) -> None:
    rows = [["Skill", "Level", *row] for row in rows]
    blocks = segment("\n".join("\t".join(row) for row in rows))
    assert [block.text.split(CELL) for block in blocks] == rows


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "A:" * 300_000,
        "word " * 400_000,
        "economy.Summary " * 50_000,
        "• item\n" * 100_000,
        "  " * 500_000 + "x",
        "aB" * 100_000,
        "cell\t" * 200_000,
        "• a • b " * 50_000,
        "a@" * 300_000,
        "- x\n\n" * 50_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_long_texts_are_cut_in_linear_time(text: str) -> None:
    start = time.perf_counter()
    segment(text)
    assert time.perf_counter() - start < 20
