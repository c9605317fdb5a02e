"""The language of headings, fragments, sentences and whole postings."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.language import detect, detect_blocks, resolve
from harmonize.language.mixed import spans
from harmonize.records import Row
from harmonize.segments import segment

CASES = Path(__file__).parent / "cases"
FLOORS = json.loads(
    (Path(__file__).parent.parent / "benchmarks" / "detect.floors.json").read_text()
)


def _lines(name: str) -> list[tuple[str, str]]:
    rows = (CASES / "language" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(language, text) for language, _, text in (row.partition("\t") for row in rows)]


@pytest.mark.parametrize(
    ("name", "floor", "change"),
    [
        ("headings", "headings", str),
        ("headings", "headings in capitals", str.upper),
        ("two-words", "two words", str),
        ("three-words", "three words", str),
        ("sentences", "sentences", str),
        ("foreign", "foreign sentences right", str),
        ("no-language", "no language", str),
    ],
)
def test_short_text_is_told_as_well_as_promised(
    name: str, floor: str, change: Callable[[str], str]
) -> None:
    lines = _lines(name)
    wrong = [(text, found) for code, text in lines if (found := _told(change(text))) != code]
    assert 100 * (1 - len(wrong) / len(lines)) >= FLOORS[floor], wrong


def _told(text: str) -> str:
    return detect(text).language


@pytest.mark.parametrize(("language", "text"), _lines("far"))
def test_a_language_outside_the_model_is_named(language: str, text: str) -> None:
    found = detect(text)
    assert found.language == language
    assert found.language in ("de", "nl") or found.decided_by == "langdetect"


@pytest.mark.parametrize(("language", "text"), _lines("mixed"))
def test_text_in_two_languages_is_mixed_and_cut(language: str, text: str) -> None:
    assert _told(text) == language
    rows = resolve(text, segment(text))
    assert sorted(row.detection.language for row in rows) == ["en", "es"]
    assert " ".join(row.block.text for row in rows) == text


@pytest.mark.parametrize(
    "text",
    [
        "The Coordinadora Latinoamericana y del Caribe de Pequeños Productores supports members.",
        "El puesto reporta a la Directora de Programas y coordina con Fair Trade USA.",
        "Gestionar el budget y el cash flow del proyecto con el equipo de finance.",
        "We seek a promotora de salud with experience in the camps.",
    ],
)
def test_a_name_or_a_loan_makes_no_mixture(text: str) -> None:
    assert spans(text) == []


def test_what_decided_is_recorded() -> None:
    decided = {
        "£33,678": "no-words",
        "Ana López": "names",
        "How to apply": "headings",
        "Draft reports": "words",
        "Send us your letter today. Las entrevistas serán en mayo.": "clauses",
        "Мы ищем человека с опытом работы в профсоюзах.": "langdetect",
    }
    assert {text: detect(text).decided_by for text in decided} == decided


def test_neighbours_decide_what_a_word_alone_does_not() -> None:
    spanish = "Perfil buscado\n- Título en derecho\n- Director regional\n- Manejo de Excel"
    english = "What we look for\n- Degree in law\n- Director regional\n- Good with Excel"
    for text, language in ((spanish, "es"), (english, "en")):
        found = detect_blocks(segment(text))[2]
        assert found.language == language


def test_a_foreign_paragraph_is_kept_and_never_forced() -> None:
    text = "Requisitos\n\nProcuramos uma pessoa com experiência em sindicatos rurais da região.\n"
    assert detect_blocks(segment(text))[1].language == "pt"


def _pairs(name: str) -> list[tuple[str, str]]:
    text = (CASES / "segment" / f"{name}.txt").read_text(encoding="utf-8")
    rows = resolve(text, segment(text))
    return [(row.block.text, row.translation.text) for row in rows if row.translation]


BILINGUAL = {
    "bilingual-paragraphs": 8,
    "two-halves": 9,
    "two-languages-marked": 13,
    "bilingual-fellow": 7,
}


@pytest.mark.parametrize(("name", "count"), BILINGUAL.items())
def test_a_posting_in_both_languages_becomes_aligned_rows(name: str, count: int) -> None:
    pairs = _pairs(name)
    assert len(pairs) == count
    assert all(_told(one) == "en" and _told(two) == "es" for one, two in pairs)


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((CASES / "segment").glob("*.txt")) if path.stem not in BILINGUAL],
    ids=lambda path: path.stem,
)
def test_what_only_resembles_is_never_merged(path: Path) -> None:
    assert _pairs(path.stem) == []


CONFLICTS = [
    (
        "We train 40 members of rural cooperatives.",
        "Capacitamos a 30 miembros de cooperativas rurales.",
    ),
    ("Write to ana@example.org for details.", "Escriba a luis@example.org para detalles."),
    (
        "Coordinate the technical team and its visits to producer organizations.",
        "Coordinar con comunicación la producción de materiales técnicos del proyecto.",
    ),
]


@pytest.mark.parametrize(("english", "spanish"), CONFLICTS)
def test_contradicting_neighbours_stay_apart(english: str, spanish: str) -> None:
    text = f"{english}\n\n{spanish}\n"
    assert len(resolve(text, segment(text))) == 2


PIECES = st.sampled_from(
    [
        "Duties / Funciones\n\n", "Send us your letter by May. ", "Las entrevistas serán en mayo. ",
        "• ", "- ", "\n", "\n\n", "Requisitos (Requirements)\n", "organi-\nzación de base ",
        "We train 40 members of unions.\n\n", "Capacitamos a 40 miembros de sindicatos.\n\n",
        "María López\n", "a\tb\tc\n", "|", "“¿", "Purpose — Propósito\n", "Trabalhamos com ",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=200, deadline=None)
def test_rows_are_in_the_text_and_lose_nothing(text: str) -> None:
    blocks = segment(text)
    rows = resolve(text, blocks)
    parts = [part for row in rows for part in (row.block, row.translation) if part]
    for part in parts:
        shown = _letters(part.text)
        assert shown in _letters(text[part.start : part.end]), "offsets lead to the words"
    before, after = (_letters("".join(p.text for p in some)) for some in (blocks, parts))
    assert sorted(after) == sorted(before), "every letter is in one row"
    assert all(row.detection.language in ("en", "es") for row in rows if row.translation)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@given(st.lists(st.sampled_from([text for _, text in _lines("two-words")]), max_size=8))
@settings(max_examples=50, deadline=None)
def test_the_order_of_questions_changes_no_answer(texts: list[str]) -> None:
    forwards = {text: detect(text) for text in texts}
    backwards = {text: detect(text) for text in reversed(texts)}
    assert forwards == backwards


def test_another_process_gives_the_same_answers() -> None:
    lines = [text for name in ("foreign", "far", "mixed") for _, text in _lines(name)]
    program = (
        "import json, sys\n"
        "from harmonize.language import detect\n"
        "print(json.dumps([detect(text).model_dump() for text in json.load(sys.stdin)]))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        input=json.dumps(lines[::-1]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(done.stdout)[::-1] == [detect(text).model_dump() for text in lines]


def test_importing_is_light() -> None:
    program = (
        "import sys, harmonize.segments, harmonize.language\n"
        "print([m for m in ('langdetect', 'lingua', 'sentencex', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_halves_of_a_line_keep_their_places() -> None:
    text = "- Duties / Funciones\n"
    (row,) = resolve(text, segment(text))
    assert isinstance(row, Row)
    assert row.translation is not None
    assert text[row.block.start : row.block.end] == "- Duties"
    assert text[row.translation.start : row.translation.end] == "Funciones"
