"""How the translations are written: the choices of `style.toml`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from harmonize.errors import UsageError
from harmonize.pipeline import Harmonizer
from harmonize.style import Style, load_style, styled
from harmonize.style.habits import in_habit
from harmonize.style.inclusive import inclusive
from harmonize.style.model import Inclusive, Spanish

CASES = json.loads((ROOT / "tests/cases/style/inclusive.json").read_text())
WORDS = (
    "los las el la del al un todos nuevos trabajadores trabajador trabajadora jóvenes líderes "
    "director técnico equipo y o / a as , . son serán no capacitados afiliados migrantes Juan"
).split()
POLICIES: tuple[Inclusive, ...] = ("slash", "neutral")


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_people_of_either_gender(case: dict[str, str], policy: Inclusive) -> None:
    assert inclusive(case["text"], policy) == case[policy]
    assert inclusive(case["text"], "masculine") == case["text"]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from(POLICIES))
def test_written_twice_is_written_once(text: str, policy: Inclusive) -> None:
    once = inclusive(text, policy)
    assert inclusive(once, policy) == once


@given(
    st.text(alphabet="0123456789.,/- $£\N{NO-BREAK SPACE}deabril", max_size=40),
    st.sampled_from(("words", "iso", "keep")),
    st.sampled_from(("point", "comma", "space", "keep")),
)
def test_a_habit_is_stable_and_keeps_every_digit_of_a_number(
    text: str, dates: str, numbers: str
) -> None:
    once = in_habit(text, "es", dates, numbers)  # type: ignore[arg-type]
    assert in_habit(once, "es", dates, numbers) == once  # type: ignore[arg-type]
    if dates == "keep":
        assert [c for c in once if c.isdigit()] == [c for c in text if c.isdigit()]


@pytest.mark.parametrize(
    ("text", "dates", "numbers", "expected"),
    [
        ("El 28/04/2025, 03/04/2025", "words", "keep", "El 28 de abril de 2025, 03/04/2025"),
        ("Cierre: 2025-04-28", "words", "keep", "Cierre: 28 de abril de 2025"),
        ("Cierre: 28-04-2025", "iso", "keep", "Cierre: 2025-04-28"),
        ("El 31/02/2025", "words", "keep", "El 31/02/2025"),
        ("USD 1,200.50 y 33.678 quetzales", "keep", "comma", "USD 1.200,50 y 33.678 quetzales"),
        ("USD 1.200.000,5", "keep", "point", "USD 1,200,000.5"),
        ("tel. 2222-3344, https://x.org/1,200 y 3.5 %", "keep", "comma",
         "tel. 2222-3344, https://x.org/1,200 y 3.5 %"),
    ],
)  # fmt: skip
def test_habits_where_asked_for(text: str, dates: str, numbers: str, expected: str) -> None:
    assert in_habit(text, "es", dates, numbers) == expected  # type: ignore[arg-type]


def test_headings_in_sentence_case() -> None:
    style = Style()
    shown = styled(
        "Key Duties at Fairtrade", "Funciones Principales en Fairtrade", "es", "heading", style
    )
    assert shown == "Funciones principales en Fairtrade"
    sentence = "La Alianza Internacional"
    assert styled("The Alliance", sentence, "es", "paragraph", style) == sentence


def test_the_bundled_file_says_what_holds_without_any() -> None:
    assert load_style() == Style() == load_style([])


def test_a_file_beside_the_glossary_chooses(tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_text('[spanish]\ninclusive = "slash"\n')
    assert load_style(["bundled", tmp_path]) == Style(spanish=Spanish(inclusive="slash"))


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('[spanish]\ninclusive = "x"\n', "spanish.inclusive"),
        ("[french]\n", "french"),
        ("[spanish\n", "TOML"),
    ],
)
def test_a_wrong_choice_is_named(tmp_path: Path, content: str, named: str) -> None:
    file = tmp_path / "style.toml"
    file.write_text(content)
    with pytest.raises(UsageError, match=named):
        load_style([file])


def test_a_run_is_written_in_the_style_chosen(tmp_path: Path) -> None:
    file = tmp_path / "style.toml"
    file.write_text('[spanish]\ninclusive = "slash"\nnumbers = "comma"\n')
    text = "Fluent Spanish. Pay the 1,200.50 to: los nuevos trabajadores."
    with Harmonizer("fake", glossary=["bundled", str(file)]) as chosen, Harmonizer("fake") as plain:
        assert chosen.signature != plain.signature
        written = chosen.translate(text, "en", "es").text
        assert "los/las nuevos/as trabajadores/as" in written
        assert "1.200,50" in written
        assert "los nuevos trabajadores" in plain.translate(text, "en", "es").text
