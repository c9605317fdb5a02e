"""Keeping glossary files: checks, adding by hand and by command, other programs' formats."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, SEEDS, Run

from harmonize.errors import UsageError
from harmonize.glossary import Entry, Glossary, Matcher, exchange, load
from harmonize.glossary.check import check, is_formula
from harmonize.glossary.edit import Sheet, entry_of
from harmonize.glossary.load import parse_entries
from harmonize.glossary.model import COLUMNS
from harmonize.glossary.suggest import Passage, suggest
from harmonize.records import Posting, Side
from harmonize.review.decisions import FILE, Decision, Decisions, State, row_of

CASES = ROOT / "tests/cases/glossary"
CHECKS = json.loads((CASES / "checks.json").read_text())

HELD = {
    "deepl": ("en", "es"),
    "omegat": ("en", "es", "note"),
    "tsv": COLUMNS,
    "tbx": tuple(column for column in COLUMNS if column != "es_forms"),
    "tbx3": tuple(column for column in COLUMNS if column != "es_forms"),
}
"""What each format can hold."""

WORDS = st.text(string.ascii_letters + "áéíñóúü'’", min_size=1, max_size=8).filter(
    lambda word: any(map(str.isalnum, word))
)
TERMS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
NOTES = st.text(max_size=20).map(lambda text: " ".join(text.replace("\0", "").split()))
LISTS = st.lists(TERMS, max_size=2).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    pos = draw(st.sampled_from(("noun", "adj", "verb", "phrase")))
    note = draw(NOTES.filter(lambda text: not is_formula(text) and text.isprintable()))
    return Entry(
        en=draw(TERMS),
        es=draw(TERMS),
        pos=pos,
        gender=draw(st.sampled_from(("", "m", "f", "mf"))),
        status=draw(st.sampled_from(("preferred", "draft"))),
        en_forms=draw(LISTS),
        avoid_en=draw(LISTS),
        avoid_es=draw(LISTS),
        domain=draw(TERMS),
        note=note,
    )


@pytest.mark.parametrize(("content", "message"), CHECKS)
def test_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my.csv").write_text(content)
    assert f"my.csv:{message}" in map(str, check(["my.csv"]))


def test_a_file_that_is_not_utf_8_is_a_problem_too(tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes("en,es\nwage,salario\nyear,año\n".encode("cp1252"))
    assert [(each.line, each.level) for each in check([file])] == [(3, "error")]


def test_the_same_term_in_two_files_is_only_worth_a_warning(tmp_path: Path) -> None:
    for name, es in (("a", "salario"), ("b", "sueldo")):
        (tmp_path / f"{name}.csv").write_text(f"en,es,gender\nwage,{es},m\n")
    (found,) = check([tmp_path])
    assert (found.level, Path(found.file).name) == ("warning", "b.csv")
    assert found.message.endswith("this one is used.")


def test_the_bundled_glossaries_have_no_errors() -> None:
    assert [str(each) for each in check([ROOT / "glossaries"]) if each.level == "error"] == []


@given(st.lists(entries(), max_size=4), st.sampled_from(exchange.FORMATS))
def test_what_a_format_can_hold_comes_back(rows: list[Entry], name: Any) -> None:
    held = HELD[name]
    kept = [row for row in rows if row.applied or "status" in held]
    if name == "deepl":  # has each English term once
        firsts: dict[str, Entry] = {}
        for row in kept:
            firsts.setdefault(row.en, row)
        kept = list(firsts.values())
    back = exchange.read(exchange.export(rows, name).encode(), name)
    assert [row.model_dump(include=set(held)) for row in back] == [
        row.model_dump(include=set(held)) for row in kept
    ]


@given(st.lists(entries(), max_size=3, unique_by=lambda entry: entry.key), st.data())
def test_adding_leaves_every_other_line_as_it_is(rows: list[Entry], data: st.DataObject) -> None:
    newline = data.draw(st.sampled_from(("\n", "\r\n")))
    lines = ["# mine; do not sort", "es,en,note", "", 'año, year ,"two\u2028, words"', "#end"]
    before = newline.join(lines) + data.draw(st.sampled_from(("", newline)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("harmonize.glossary.edit.check_entries", lambda _: [])
        after = _added(before, rows)
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    assert [line.rstrip("\r\n") for line in new[2 : len(old)]] == [
        line.rstrip("\r\n") for line in old[2:]
    ]
    assert new[0] == old[0]
    assert new[1].startswith("es,en,note")
    assert after.count("\r") == (after.count("\n") if newline == "\r\n" else 0)
    back = parse_entries(after)[0][1:]
    ignored = {"file", "line"}
    assert [row.model_dump(exclude=ignored) for row in back] == [
        row.model_dump(exclude=ignored) for row in rows
    ]


def _added(before: str, rows: list[Entry]) -> str:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / "my.csv"
        file.write_bytes(before.encode())
        if rows:
            Sheet(file).add(rows)
        return file.read_bytes().decode()


def test_a_file_that_somebody_changed_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "my.csv"
    file.write_text("en,es\nwage,salario\n")
    sheet = Sheet(file)
    file.write_text("en,es\nwage,salario\nband,banda\n")
    with pytest.raises(UsageError, match="changed by somebody else") as raised:
        sheet.add([Entry(en="union", es="sindicato")])
    assert raised.value.remedy.startswith("Run the same command again")
    assert file.read_text() == "en,es\nwage,salario\nband,banda\n"
    assert [each.name for each in tmp_path.iterdir()] == ["my.csv"]


def test_what_is_wrong_is_not_added(tmp_path: Path) -> None:
    file = tmp_path / "my.csv"
    file.write_text("en,es\nwage,salario\n")
    for wrong in (
        Entry(en="Wage", es="paga"),
        Entry(en="note", es="nota", note="=1+1"),
        Entry(en="CV", es="CV", avoid_en=("CV",)),
    ):
        with pytest.raises(UsageError, match="is not added"):
            Sheet(file).add([wrong])
    with pytest.raises(UsageError, match='gender is "x"'):
        entry_of(en="a", es="b", gender="x")
    assert file.read_text() == "en,es\nwage,salario\n"


def test_of_one_term_twice_the_first_is_imported(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "my.csv")
    rows = exchange.read(b"wage\tsalario\nwage\tpaga\n", "omegat")
    assert [row.es for row in sheet.missing(rows)] == ["salario"]


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("en,es\n")
    real.chmod(0o640)
    link.symlink_to(real)
    Sheet(link).add([Entry(en="wage", es="salario")])
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert load([link]).entries[0].es == "salario"


def test_translate_toolkit_reads_our_tbx() -> None:
    from translate.storage.tbx import tbxfile

    rows = load([CASES / "terms.csv"]).entries
    # It reads version 2 only; version 3 is held by the round trip above.
    store = tbxfile.parsestring(exchange.export(rows, "tbx").encode())
    assert [(unit.source, unit.target) for unit in store.units] == [
        (row.en, row.es) for row in rows
    ]


def test_deepl_files_in_either_direction_and_with_a_header() -> None:
    content = "wage\tsalario\n"
    assert exchange.read(content.encode(), "tsv")[0].es == "salario"
    for content in (
        "English,Spanish\nwage,salario\n",
        "en,es\nwage,salario\n",
        "es,en\nsalario,wage\n",
        "salario,wage,ES,EN\n",
    ):
        (entry,) = exchange.read(content.encode(), "deepl")
        assert (entry.en, entry.es) == ("wage", "salario")
    with pytest.raises(UsageError, match="x:2: a term and its translation"):
        exchange.read(b"wage,salario\nband\n", "deepl", "x")


LAUGHS = """<?xml version="1.0"?><!DOCTYPE martif [<!ENTITY a "lol">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<martif><text><body><termEntry><langSet xml:lang="en"><tig><term>&c;</term></tig></langSet>
<langSet xml:lang="es"><tig><term>x</term></tig></langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAUGHS, "defines XML entities"),
        (LAUGHS.replace('"lol"', 'SYSTEM "file:///etc/passwd"'), "defines XML entities"),
        ("<martif><text>", "not XML"),
        ("<html/>", "not TBX, but <html>"),
        ("", "not XML"),
    ],
)
def test_xml_that_is_refused(content: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        exchange.read(content.encode(), "tbx", "bad.tbx")


def test_tbx_of_others() -> None:
    content = """<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
    <martif type="TBX-Basic" xml:lang="en"><text><body>
    <termEntry><langSet xml:lang="ES-419"><ntig><termGrp><term>sindicato</term>
    <termNote type="grammaticalGender">masculine</termNote></termGrp></ntig></langSet>
    <langSet xml:lang="en-US"><tig><term>labor <hi>union</hi></term></tig></langSet></termEntry>
    <termEntry><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
    </body></text></martif>"""
    (entry,) = exchange.read(content.encode(), "tbx", "other.tbx")
    assert (entry.en, entry.es, entry.gender) == ("labor union", "sindicato", "m")


def test_suggestions() -> None:
    known = Matcher(Glossary(entries=(Entry(en="trade union", es="sindicato"),)))
    passages = [
        Passage("a", "en", "Manage field offices, and the trade union. Field office rent 2024."),
        Passage("b", "en", "The field office of trade unions."),
        Passage("b", "es", "la oficina regional de apoyo"),
        Passage("c", "es", "una oficina regional, la oficina regional"),
    ]
    found = suggest(passages, known)
    assert [(each.term, each.language, each.files, each.count) for each in found] == [
        ("field office", "en", 2, 3),
        ("oficina regional", "es", 2, 3),
    ]
    assert suggest(passages, known, least=3) == []


@given(st.text(alphabet="smalproducets' ’-.\n@/:Ññáé", max_size=60), st.sampled_from(["en", "es"]))
def test_matches_never_overlap_and_lead_back(text: str, language: Any) -> None:
    rows = ("small", "producer", "small producer", "producers' set", "data", "to pace")
    matcher = Matcher(Glossary(entries=tuple(Entry(en=row, es=row) for row in rows)))
    end = 0
    for match in matcher.find(text, language):
        assert end <= match.start < match.end
        assert text[match.start : match.end] == match.text
        end = match.end


def test_the_commands(run: Run, tmp_path: Path) -> None:
    assert run("glossary", "add", "hired hand", "jornalero", "--gender", "mf").returncode == 0
    added = run(
        "glossary",
        "add",
        "shop steward",
        "delegado sindical",
        "--avoid-es",
        "mayordomo",
        "--gender",
        "mf",
    )
    assert "my-terms.csv:3" in added.stderr
    assert run("glossary", "add", "hired hand", "peón").returncode == 2

    listed = run("glossary", "list", "steward", "--glossary", "my-terms.csv", "--json")
    assert [row["en"] for row in json.loads(listed.stdout)] == ["shop steward"]
    assert "hired hand" in run("glossary", "list", "--glossary", "my-terms.csv").stdout
    shown = run("glossary", "show", "jornaleras", "--glossary", "my-terms.csv")
    assert "jornalero, jornalera, jornaleros, jornaleras" in " ".join(shown.stdout.split())
    described = run("glossary", "show", "mayordomo", "--glossary", "my-terms.csv", "--json")
    assert json.loads(described.stdout)[0]["place"] == "my-terms.csv:3"
    assert run("glossary", "show", "nothing", "--glossary", "my-terms.csv").returncode == 1

    assert run("glossary", "check", "my-terms.csv").returncode == 0
    for name in ("deepl.csv", "omegat.txt", "plain.tsv", "terms.tbx"):
        assert run("glossary", "export", name, "--glossary", "my-terms.csv").returncode == 0
        done = run("glossary", "import", name, "--file", f"from-{name}.csv")
        assert "2 added" in done.stderr, done.stderr
    again = run("glossary", "import", "terms.tbx", "--file", "my-terms.csv")
    assert "0 added to my-terms.csv; 2 were there already" in again.stderr
    shown = run("glossary", "export", "-", "--format", "tbx3", "--glossary", "my-terms.csv")
    assert shown.stdout.count("<conceptEntry") == 2

    with (tmp_path / "my-terms.csv").open("a") as file:
        file.write("hired hand,peón,noun,m\n")
    checked = run("glossary", "check", "my-terms.csv")
    assert checked.returncode == 1
    assert checked.stdout.startswith('my-terms.csv:4: "hired hand" (noun) is "peón" here')
    rows = json.loads(run("glossary", "check", "my-terms.csv", "--json").stdout)
    assert rows[0]["level"] == "error"

    found = run("glossary", "suggest", SEEDS, "--json")
    assert json.loads(found.stdout)[0]["files"] >= 2
    assert run("glossary", "export", "x.doc").returncode == 2
    assert run("glossary", "export", "x.csv", "--format", "word").returncode == 2


def test_pairs_are_suggested_from_what_reviewers_corrected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Duties\n\n- Train hired hands in the field.\n- Pay the hired hands on Fridays.\n"
    )
    out = tmp_path / "out"
    done = run("translate", str(tmp_path / "a.txt"), "-o", str(out), "--engine", "fake")
    assert done.returncode == 0, done.stderr
    none = run("glossary", "suggest", str(out), "--edits")
    assert none.returncode == 2
    assert "harmonize review" in none.stderr
    log = Decisions(out / FILE)
    posting = Posting.model_validate_json((out / "a/posting.json").read_bytes())
    for segment in posting.segments[1:]:
        text = segment.es.text.replace("hired hands", "jornaleros")
        before = State(en=segment.en, es=segment.es)
        after = State(en=segment.en, es=Side(text=text, origin="human"), status="accepted")
        row = row_of("a", segment)
        log.add(
            Decision(who="Ana", **row._asdict(), action="accept", before=before, after=after), 0
        )
    log.close()
    found = json.loads(run("glossary", "suggest", str(out), "--edits", "--json").stdout)
    assert [(each["term"], each["better"], each["times"]) for each in found] == [
        ("hired hands", "jornaleros", 2)
    ]
