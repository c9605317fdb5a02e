"""The three laws of repair, on text of every kind: replay, idempotence, clean text unchanged."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize.repairs import apply_changes, repair
from harmonize.repairs.edits import Edit, compose, replay

CASES = Path(__file__).parent / "cases" / "repair"


def _read(group: str, field: str) -> list[str]:
    return [c[field] for c in json.loads((CASES / f"{group}.json").read_text(encoding="utf-8"))]


DAMAGED = _read("in_the_wild", "before") + _read("synthetic", "before")
CLEAN = _read("must_not_change", "text")

PIECES = st.sampled_from([
    "Ă", "Ã", "Â", "Ð", "ł", "©", "\u00ad", "\u00a0", "?", "\ufffd", "¿", "“", "”", "’", "–",
    "—", "…", "·", "ß", "Û", "¾", "├", "│", "√", "≥", "Г", "і", "<p>", "</p>", "<b>", "<li>",
    "<br>", "<td>", "\t", "**", "*", "&amp;", "&lt;", "&oacute;", "&#243;", ".", ":", ";", "!",
    ",", "(", ")", "\u0301", "\u200b", "ﬁ", "\r", "\x85", "\x00", "\ud800", "\n", " ", "  ",
    "Funci", "n", "gesti", "Word", "word", "The", "the", "a", "A", "Mexico", "region", "1",
    "2021", "®", "http://", "@", "#", "é", "ñ", "í", "Ó",
])  # fmt: skip
TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(PIECES, max_size=20).map(" ".join),
    st.lists(st.sampled_from(DAMAGED), min_size=1, max_size=3).map("\n".join),
    st.lists(st.sampled_from(DAMAGED + CLEAN), min_size=2, max_size=3).map(" ".join),
)
BOUNDED = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@BOUNDED
@given(TEXT)
def test_changes_lead_from_the_input_to_the_output(text: str) -> None:
    repaired = repair(text)
    assert apply_changes(text, repaired.changes) == repaired.text
    assert all(text[c.start : c.end] == c.before for c in repaired.changes)
    assert all(
        one.end <= other.start
        for one, other in zip(repaired.changes, repaired.changes[1:], strict=False)
    )


@BOUNDED
@given(TEXT)
def test_repaired_text_needs_no_repair(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@BOUNDED
@given(st.lists(st.sampled_from([c for c in CLEAN if "\ufffd" not in c]), min_size=1, max_size=8))
def test_clean_text_stays_as_it_is(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert repair(text).text == text


@st.composite
def _edits(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(
        draw(st.lists(st.integers(0, len(text)), max_size=8).filter(lambda c: not len(c) % 2))
    )
    pairs = list(zip(cuts[::2], cuts[1::2], strict=True))
    places = [p for i, p in enumerate(pairs) if i == 0 or p[0] > pairs[i - 1][1]]
    return [Edit(a, b, draw(st.text("xyz", max_size=3)), "rule", 1.0) for a, b in places]


@BOUNDED
@given(st.data())
def test_composed_edits_do_what_both_do(data: st.DataObject) -> None:
    text = data.draw(st.text("abc", max_size=20))
    first = data.draw(_edits(text))
    middle = replay(text, first)
    second = data.draw(_edits(middle))
    assert replay(text, compose(first, second, middle)) == replay(middle, second)
