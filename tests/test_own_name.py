"""The hiring organisation's name stays as the organisation writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.pipeline import Harmonizer
from harmonize.records import Posting

TRUST = """Field Officer

About us
The Fair Threads Foundation is a charity. You will lead the team of the Fair Threads Foundation.

Fair Threads Foundation’s mission is to help garment workers.
"""
VALLEY = """Técnico de campo

Cooperativa Agraria Valle Verde

Quiénes somos
La Cooperativa Agraria Valle Verde es una organización de 400 familias. El equipo de la \
COOPERATIVA AGRARIA VALLE VERDE trabaja en Puno.
"""


def translated(text: str, memory: Path | None = None) -> Posting:
    with Harmonizer("apertium", memory=memory) as harmonizer:
        return harmonizer.run_text(text, id="x")


def version(posting: Posting, language: str) -> str:
    return "\n".join(getattr(each, language).text for each in posting.segments)


def test_into_spanish_with_the_article_that_fits() -> None:
    spanish = version(translated(TRUST), "es")
    assert "La Fair Threads Foundation es" in spanish
    assert "de la Fair Threads Foundation" in spanish
    assert "misión de Fair Threads Foundation" in spanish


def test_texts_in_capitals_are_read_as_others_and_stay_in_capitals() -> None:
    text = "AVISO\n\nEL SINDICATO BUSCA UNA ORGANIZADORA PARA VISITAR LAS FINCAS DE YORO."
    assert "TO VISIT THE FARMS OF YORO." in version(translated(text), "en")


def test_into_english_in_any_capitals_and_alone_on_a_line() -> None:
    posting = translated(VALLEY)
    english = version(posting, "en")
    assert "The Cooperativa Agraria Valle Verde is an organization" in english
    assert "COOPERATIVA AGRARIA VALLE VERDE works in Puno" in english
    line = next(each for each in posting.segments if each.source.text.startswith("Cooperativa"))
    assert line.en.text == line.es.text
    assert not [flag for flag in line.flags if flag.severity != "info"]


@pytest.mark.parametrize(
    ("line", "spanish"),
    [
        ("The Solidarity Center is an organization.", "El Centro de Solidaridad es"),
        ("The Ministry of Labour is an organization.", "El Ministerio de Trabajo es"),
    ],
)
def test_names_with_a_spanish_one_of_their_own_are_translated(line: str, spanish: str) -> None:
    posting = translated(f"Field Officer\n\nAbout us\n{line}\n")
    assert spanish in version(posting, "es")


def test_the_memory_tells_a_kept_name_from_other_words(tmp_path: Path) -> None:
    sentence = "People trust Northern Workers Bridge and its partners."
    named = f"Field Officer\n\nAbout us\nNorthern Workers Bridge is a charity.\n\n{sentence}\n"
    memory = tmp_path / "memory"
    before = [version(translated(text, memory), "es") for text in (sentence, named, sentence)]
    again = [version(translated(text, memory), "es") for text in (sentence, named)]
    assert "Northern Workers Bridge" in before[1]
    assert "Northern Workers Bridge" not in before[0]
    assert before == [*again, again[0]]
