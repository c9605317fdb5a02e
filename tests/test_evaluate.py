"""Scores of engines on references."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sacrebleu.metrics.chrf import CHRF
from support import Run

from harmonize.errors import UsageError
from harmonize.evaluate import evaluate, read_bitext, translations
from harmonize.glossary import Entry, Glossary, Matcher

LINES = [
    ("The trade union negotiates wages.", "El sindicato negocia salarios."),
    ("Our trade unions meet every week.", "Nuestros sindicatos se reúnen cada semana."),
    ("Workers demand better working conditions.", "Las trabajadoras exigen mejores condiciones."),
    ("The office is closed on Fridays.", "La oficina cierra los viernes."),
] * 5
TSV = "".join(f"{source}\t{reference}\n" for source, reference in LINES)


def test_a_perfect_system_has_full_marks_and_a_worse_one_is_told_apart() -> None:
    bitext = read_bitext(TSV, "x.tsv")
    assert (bitext.source, bitext.target) == ("en", "es")
    worse = [line.replace("sindicato", "gremio") for line in bitext.references]
    matcher = Matcher(Glossary(entries=(Entry(en="trade union", es="sindicato"),)))
    done = evaluate(bitext, [("good", bitext.references), ("worse", worse)], matcher)
    good, bad = done.systems
    assert (good.bleu, good.chrf, good.terms, good.term_accuracy) == (100, 100, 10, 1)
    assert bad.term_accuracy == 0
    assert good.chrf_p is None
    assert bad.chrf_p is not None and bad.chrf_p < 0.05
    expected = CHRF().corpus_score(worse, [list(bitext.references)]).score
    assert bad.chrf == pytest.approx(expected, abs=0.01)
    assert "version:" in done.signatures["BLEU"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("one\ttwo\nthree\n", "x.tsv:2"),
        ("one\t\n", "x.tsv:1"),
        ("", "no lines"),
        ("Der Hund bellt laut im Garten\tx\n" * 9, "not in English or Spanish"),
    ],
)
def test_a_bitext_that_is_none_is_refused(text: str, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        read_bitext(text, "x.tsv")


def test_systems_are_engines_or_files(tmp_path: Path) -> None:
    bitext = read_bitext("Draft reports for us.\tRedactar informes.\n", "x.tsv", "en")
    assert translations(bitext, "fake", []) == ["Es: Draft reports for us."]
    file = tmp_path / "other.txt"
    file.write_text("Redactar informes.\n")
    assert translations(bitext, str(file), []) == ["Redactar informes."]
    file.write_text("a\nb\n")
    with pytest.raises(UsageError, match="2 lines, the bitext 1"):
        translations(bitext, str(file), [])
    with pytest.raises(UsageError, match="no engine and no file"):
        translations(bitext, "nothing", [])


def test_the_command_prints_a_table_and_json(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dev.tsv"
    file.write_text(TSV)
    other = tmp_path / "other.txt"
    other.write_text("".join(f"{reference}\n" for _, reference in LINES))
    arguments = ("evaluate", str(file), "--engine", "fake", "--against", str(other))
    shown = run(*arguments)
    assert shown.returncode == 0, shown.stderr
    assert "100.0" in shown.stdout
    assert "nrefs:1" in shown.stderr
    read = json.loads(run(*arguments, "--json").stdout)
    assert [each["system"] for each in read["systems"]] == ["fake", str(other)]
    assert read["systems"][1]["chrf_p"] < 0.05
    missing = run("evaluate", str(tmp_path / "none.tsv"))
    assert missing.returncode == 2
    assert "cannot be read" in missing.stderr


def test_the_same_output_differs_by_chance_alone() -> None:
    bitext = read_bitext("Source\tReference\n" + TSV, "x.tsv")
    assert len(bitext.sources) == len(LINES)
    same = [("first", bitext.references), ("second", bitext.references)]
    second = evaluate(bitext, same, None).systems[1]
    assert (second.bleu_p, second.chrf_p) == (1.0, 1.0)


def test_what_cannot_be_read_or_written_is_said_before_the_work(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("The trade union\tEl sindicato\n", encoding="utf-8")
    (tmp_path / "y.txt").write_bytes(b"\xff\n")
    done = run("evaluate", "x.tsv", "--engine", "fake", "--against", "y.txt")
    assert (done.returncode, "y.txt is not UTF-8" in done.stderr) == (2, True)
    done = run("evaluate", "x.tsv", "--engine", "fake", "-o", "none/out.txt")
    assert (done.returncode, "no folder none" in done.stderr) == (2, True)
