"""The glossary room: reading files, inflecting terms, finding them in texts."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from harmonize.errors import UsageError
from harmonize.glossary import (
    Entry,
    Glossary,
    Match,
    Matcher,
    article,
    avoided,
    contract,
    english,
    forms,
    in_english,
    inflect,
    load,
)
from harmonize.glossary.inflect import forms_of
from harmonize.glossary.load import bundled
from harmonize.glossary.model import Language
from harmonize.glossary.settle import replaced

CASES = ROOT / "tests/cases/glossary"
INFLECTION = json.loads((CASES / "inflection.json").read_text())
MATCHING = json.loads((CASES / "matching.json").read_text())
AVOIDED = json.loads((CASES / "avoided.json").read_text())


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load([CASES / "terms.csv"]))


@pytest.mark.parametrize(("term", "pos", "gender", "expected"), INFLECTION["spanish_forms"])
def test_spanish_forms(term: str, pos: Any, gender: Any, expected: str) -> None:
    assert "|".join(forms_of(term, pos, gender)) == expected


@pytest.mark.parametrize(("term", "expected"), INFLECTION["spanish_plurals"])
def test_spanish_plurals(term: str, expected: str) -> None:
    assert forms_of(term).m_pl == expected


@pytest.mark.parametrize(("phrase", "number", "gender", "the", "a"), INFLECTION["articles"])
def test_articles(phrase: str, number: str, gender: str, the: str, a: str) -> None:
    assert article(phrase, number, gender) == the
    assert article(phrase, number, gender, definite=False) == a


@pytest.mark.parametrize(("text", "expected"), INFLECTION["contractions"])
def test_contractions(text: str, expected: str) -> None:
    assert contract(text) == expected


@pytest.mark.parametrize(("term", "expected"), INFLECTION["english_plurals"])
def test_english_plurals_both_ways(term: str, expected: str) -> None:
    assert english.plural(term) == expected
    assert english.plural(expected) == expected
    assert english.singular(expected) == term


@pytest.mark.parametrize(("term", "expected"), INFLECTION["possessives"])
def test_possessives_both_ways(term: str, expected: str) -> None:
    assert english.possessive(term) == expected
    assert english.unpossessive(expected) == term


@pytest.mark.parametrize(("verb", "expected"), INFLECTION["verbs"])
def test_english_verbs(verb: str, expected: str) -> None:
    assert "|".join(english.verb_forms(verb)) == expected


@pytest.mark.parametrize(("british", "american"), INFLECTION["spellings"])
def test_both_spellings_come_to_one(british: str, american: str) -> None:
    assert english.one_spelling(british) == english.one_spelling(american)


def test_the_entry_s_own_forms_win() -> None:
    entry = Entry(en="clerk", es="oficial", gender="mf", es_forms=("", "oficiala", "", "oficialas"))
    assert forms(entry) == ("oficial", "oficiala", "oficiales", "oficialas")
    assert inflect(entry, "pl", "f") == "oficialas"


def test_a_noun_of_one_gender_may_have_its_forms_in_either_column() -> None:
    for given in (("", "la OIT", "", "las OIT"), ("la OIT", "", "las OIT", "")):
        entry = Entry(en="ILO", es="OIT", gender="f", es_forms=given)
        assert forms(entry) == ("la OIT", "la OIT", "las OIT", "las OIT")


def test_english_in_number_and_possessive() -> None:
    entry = Entry(en="head of department", es="jefe de departamento")
    assert in_english(entry, "pl") == "heads of department"
    assert in_english(Entry(en="worker", es="trabajador"), "pl", possessive=True) == "workers'"


def check(found: list[Match], text: str, expected: list[list[str]]) -> None:
    assert [[match.text, match.entry.en] for match in found] == [row[:2] for row in expected]
    for match, (_, _, number, *more) in zip(found, expected, strict=True):
        assert text[match.start : match.end] == match.text
        assert match.number == number
        assert match.possessive == ("possessive" in more)
        assert match.gender in (more if more and more[0] in ("m", "f", "") else ("m", "f", ""))


@pytest.mark.parametrize(("text", "expected"), MATCHING["en"])
def test_terms_in_english(matcher: Matcher, text: str, expected: list[list[str]]) -> None:
    check(matcher.find(text, "en"), text, expected)


@pytest.mark.parametrize(("text", "expected"), MATCHING["es"])
def test_terms_in_spanish(matcher: Matcher, text: str, expected: list[list[str]]) -> None:
    check(matcher.find(text, "es"), text, expected)


@pytest.mark.parametrize(("language", "text", "expected"), MATCHING["avoided"])
def test_renderings_to_avoid(
    matcher: Matcher, language: Any, text: str, expected: list[list[str]]
) -> None:
    check(matcher.find_avoided(text, language), text, expected)


def test_a_match_tells_its_case_and_what_else_it_may_be(matcher: Matcher) -> None:
    cases = {"Living Wage": "title", "living wage": "lower", "Living wage": "first"}
    for text, case in cases.items():
        assert matcher.find(text, "en")[0].case == case
    assert [other.pos for other in matcher.find("report", "en")[0].others] == ["verb"]


def test_an_entry_is_seen_inside_a_longer_term(matcher: Matcher) -> None:
    premium = next(entry for entry in matcher.glossary.entries if entry.en == "premium")
    text = "la Prima Fairtrade y las primas"
    assert [match.text for match in matcher.occurrences(text, "es", premium)] == ["Prima", "primas"]
    assert len(matcher.find(text, "es")) == 2


def test_the_last_file_wins(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("en,es\npremium,premio\nwage,salario\nband,banda\n")
    (tmp_path / "b.csv").write_text("en,es,status\nPremium,prima,\nBand,banda,draft\n")
    glossary = load([tmp_path])
    assert [entry.es for entry in glossary.entries] == ["prima", "salario", "banda"]
    assert [entry.en for entry in glossary.applied] == ["Premium", "wage"]
    assert glossary.hash != load([tmp_path / "a.csv"]).hash


def test_the_last_file_comes_first_from_spanish_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("en,es\nfarm worker,trabajador agrícola\n")
    (tmp_path / "b.csv").write_text("en,es\nfarmworker,trabajador agrícola\n")
    match = Matcher(load([tmp_path])).find("trabajador agrícola", "es")[0]
    assert (match.entry.en, [other.en for other in match.others]) == ("farmworker", ["farm worker"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("en,es\nwage,\n", ':2: the "es" side is empty.'),
        ("en,es\n# fine\n\n?,salario\n", ':4: the "en" side is empty.'),
        ("term,translation\n", ":1: the first line must name the columns"),
        ("en,es,en\n", ':1: the column "en" is there twice.'),
        ("", ":1: the first line must name the columns"),
        ("en,es,gender\nwage,salario,n\n", ':2: gender is "n"; it can be m, f, mf or empty.'),
        ("en,es,pos\nwage,salario,nuon\n", ':2: pos is "nuon"; it can be noun, adj, verb'),
        ("en,es,status\nwage,salario,yes\n", ':2: status is "yes"'),
        ("en,es,es_forms\nwage,salario,a|b\n", ":2: es_forms has 2 forms; it needs 4"),
        ("en,es\nwages, hours,salarios\n", ":2: 3 cells under 2 columns"),
        ('en,es,note\na,b,"two\nlines"\nc,,\n', ':4: the "es" side is empty.'),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(content)
    with pytest.raises(UsageError) as raised:
        load([file])
    assert str(file) + message in raised.value.cause
    assert "glossary check" in raised.value.remedy


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no glossary"):
        load([tmp_path / "nothing.csv"])
    (tmp_path / "old.csv").write_bytes("en,es\nwage,salario\nyear,año\n".encode("cp1252"))
    with pytest.raises(UsageError, match=r"old\.csv:3: the file is not UTF-8"):
        load([tmp_path])


def test_spreadsheets_may_write_semicolons_and_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_bytes(b"\xef\xbb\xbfES;EN;Note\r\nsalario; wage ;a, b\r\n")
    entry = load([file]).entries[0]
    assert (entry.en, entry.es, entry.note, entry.line) == ("wage", "salario", "a, b", 2)


def test_the_bundled_folder_is_found() -> None:
    assert bundled() == ROOT / "glossaries"
    assert load(["bundled"]) == load()


def test_ten_thousand_entries_and_a_megabyte(matcher: Matcher) -> None:
    words = [f"{a}{b}{c}ing" for a in "bcdfglmn" for b in "aeiou" for c in "bcdfglmnprst" * 5]
    rows = [
        Entry(en=f"{first} {second}", es=f"{second} {first}")
        for first in words[:100]
        for second in words[-100:]
    ]
    big = Matcher(Glossary(entries=(*matcher.glossary.entries, *rows)))
    text = "\n\n".join(file.read_text() for file in sorted((ROOT / "seeds").glob("*.txt")))
    text = (text * (1_000_000 // len(text) + 1))[:1_000_000]
    big.find("", "en")
    begun = time.process_time()
    assert len(big.find(text, "en")) > 5000
    assert time.process_time() - begun < 2  # under one on a quiet machine


@pytest.mark.parametrize(("language", "cells", "text", "expected"), AVOIDED)
def test_what_the_author_should_not_have_written_is_replaced_with_what_agrees(
    language: Language, cells: list[str], text: str, expected: str
) -> None:
    en, es, gender, wrong = cells
    row = {"en": en, "es": es, "gender": gender, f"avoid_{language}": (wrong,)}
    matcher = Matcher(Glossary(entries=(Entry.model_validate(row),)))
    assert replaced(text, avoided(matcher, text, language)) == expected
