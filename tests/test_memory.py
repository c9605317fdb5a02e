"""The translation memory: what it finds, who wins, what survives and what is forgotten for good."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, SEEDS, Run, Silent
from translate.storage.tmx import tmxfile

from harmonize.config import Config
from harmonize.current import lines_of
from harmonize.errors import MemoryFailed, UsageError
from harmonize.glossary.model import Language
from harmonize.job import run_job
from harmonize.memory import Entry, Maker, TranslationMemory, schema, tmx
from harmonize.memory.exchange import export_tmx, import_tmx
from harmonize.memory.forget import matcher
from harmonize.memory.keys import can_be_kept, folded, key_of
from harmonize.pipeline import Harmonizer
from harmonize.recall import Context, Line, Text, mark, text_at
from harmonize.records import Flag, Posting, Term

CASES = json.loads((ROOT / "tests/cases/memory.json").read_text())


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[TranslationMemory]:
    opened = TranslationMemory(tmp_path / "memory.sqlite")
    yield opened
    opened.close()


def recalled(memory: TranslationMemory, words: str, source: Language = "en") -> str | None:
    (found,) = memory.recall([Text(words)], source, "es" if source == "en" else "en")
    return found and found.text


# What is found


@pytest.mark.parametrize("case", CASES["exact"], ids=lambda case: case["why"])
def test_exact_hits_are_written_as_the_text_that_asks(
    memory: TranslationMemory, case: dict[str, str]
) -> None:
    source, target = ("es", "en") if case.get("from") == "es" else ("en", "es")
    memory.confirm(case["source"], case["target"], source, target)  # type: ignore[arg-type]
    assert recalled(memory, case["asked"], source) == case["found"]  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES["fuzzy"], ids=lambda case: case["why"])
def test_fuzzy_candidates_are_shown_and_never_used(
    memory: TranslationMemory, case: dict[str, object]
) -> None:
    for number, line in enumerate(CASES["lines"]):
        memory.confirm(line, f"línea {number}", "en", "es")
    asked = str(case["asked"])
    shown = memory.fuzzy(asked, "en", "es")
    assert [each.entry.source for each in shown][:1] == case["first"]
    assert all(0.75 <= each.score < 1 for each in shown)
    assert [each.score for each in shown] == sorted((each.score for each in shown), reverse=True)
    assert recalled(memory, asked) is None
    assert memory.fuzzy(asked, "es", "en") == []


def test_an_entry_from_the_same_surroundings_wins(memory: TranslationMemory) -> None:
    duties = [Line("Duties", "heading", "duties"), Line("Report", "bullet", "duties")]
    contents = [Line("Contents", "heading", "about"), Line("Report", "bullet", "about")]
    memory.confirm(text_at(duties, 1), "Informar", "en", "es")
    memory.confirm(text_at(contents, 1), "Informe", "en", "es")
    for lines, expected in ((duties, "Informar"), (contents, "Informe")):
        entry = memory.exact(text_at(lines, 1), "en", "es")
        assert entry is not None
        assert entry.target == expected
    memory.confirm("Report", "Reporte", "en", "es")
    assert memory.exact("Report", "en", "es").target == "Reporte"  # type: ignore[union-attr]
    assert memory.exact(text_at(duties, 1), "en", "es").target == "Informar"  # type: ignore[union-attr]


def test_a_person_wins_over_an_engine_and_an_engine_serves_only_under_the_same_rules(
    memory: TranslationMemory,
) -> None:
    maker = Maker("engine-1", "glossary-1", "rules-1")
    text = Text("Draft reports", "bullet", duty=True)
    done = Harmonizer("fake", glossary=[], sector_memory=False).translate_many(["x"], "en", "es")
    assert done[0].origin == "machine"
    memory.results(maker).keep({text: _result("Redacte informes")}, "en", "es")
    assert memory.results(maker).known([text], "en", "es")[text].text == "Redacte informes"
    for other in (
        maker._replace(engine="2"),
        maker._replace(glossary=""),
        maker._replace(rules=""),
    ):
        assert memory.results(other).known([text], "en", "es") == {}
    assert memory.results(maker, fresh=True).known([text], "en", "es") == {}
    assert memory.results(maker).known([text._replace(duty=False)], "en", "es") == {}
    assert recalled(memory, "Draft reports") is None
    assert memory.exact(text, "en", "es").who == "machine"  # type: ignore[union-attr]
    memory.confirm("Draft reports", "Redactar informes", "en", "es")
    assert memory.exact(text, "en", "es").who == "human"  # type: ignore[union-attr]
    assert recalled(memory, "Draft reports") == "Redactar informes"
    states = [
        (share.who, share.state)
        for now in (maker, maker._replace(glossary="glossary-2"))
        for share in memory.stats({"en-es": now}).shares
    ]
    assert states == [
        *(("human", "current"), ("machine", "current")),
        *(("human", "current"), ("machine", "stale")),
    ]
    memory.results(maker._replace(glossary="glossary-2")).keep(
        {text: _result("Escriba informes")}, "en", "es"
    )
    assert [each.target for each in memory.entries()] == ["Escriba informes", "Redactar informes"]


def _result(text: str, *flags: str) -> object:
    from harmonize.engines.base import Result

    told = tuple(Flag(rule=rule, severity="error", message="") for rule in flags)
    return Result(text=text, flags=told, terms=(Term(en="a", es="b", outcome="kept"),))


def test_results_of_a_failed_engine_and_what_cannot_be_exported_are_not_kept(
    memory: TranslationMemory,
) -> None:
    results = memory.results(Maker("e"))
    texts = [Text("Failed"), Text("Bell\x07"), Text("Right")]
    made = dict(
        zip(texts, [_result("x", "engine-failed"), _result("x"), _result("y")], strict=True)
    )
    results.keep(made, "en", "es")  # type: ignore[arg-type]
    known = results.known(texts, "en", "es")
    assert list(known.values()) == [_result("y")]


def test_a_confirmation_is_undone_step_by_step(memory: TranslationMemory) -> None:
    first = memory.confirm("Pay", "Paga", "en", "es", reviewer="Ana")
    assert memory.confirm("Pay", "Paga", "en", "es", reviewer="Eva").id == first.id
    second = memory.confirm("Pay", "Salario", "en", "es")
    third = memory.confirm("Pay", "Paga", "en", "es")
    assert [each.target for each in memory.entries()] == ["Paga"]
    for entry, left in ((third, "Salario"), (second, "Paga"), (first, None)):
        assert memory.withdraw(entry.id)
        assert recalled(memory, "Pay") == left
    assert not memory.withdraw(first.id)
    for bad in ("", " ", "a\x00b", "x" * 10_001):
        with pytest.raises(UsageError):
            memory.confirm("Pay", bad, "en", "es")


@given(st.text(alphabet='aZñÉ ’"-–.;•12\u00a0', max_size=30))
def test_what_does_not_count_changes_no_key(text: str) -> None:
    assert folded(text.upper()) == folded(text) or "’" in text or "É" in text or "ñ" in text
    assert folded(f"• {text.replace(' ', '  ')};") == folded(f"• {text};")


# In the pipeline


def test_confirmed_words_reach_the_posting_and_a_posting_is_made_anew_only_where_they_change(
    tmp_path: Path,
) -> None:
    for name, line in (("a", "Visit the farms of the valley."), ("b", "Write to the growers.")):
        (tmp_path / f"{name}.txt").write_text(f"Field officer\n\nDuties\n\n- {line}\n- Sing.\n")
    file = tmp_path / "memory.sqlite"
    config = Config(engine="fake", memory=str(file), sector_memory=False)

    def run() -> tuple[int, int]:
        summary = run_job([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], out, config, Silent())
        return summary.translated, summary.unchanged

    def spanish(name: str) -> Posting:
        return Posting.model_validate_json((out / name / "posting.json").read_bytes())

    out = tmp_path / "out"
    assert [run(), run()] == [(2, 0), (0, 2)]
    memory = TranslationMemory(file)
    entry = memory.confirm("Visit the farms of the valley", "Visitar las fincas", "en", "es")
    assert [run(), run()] == [(1, 1), (0, 2)]
    (segment,) = [each for each in spanish("a").segments if "Visit" in each.en.text]
    assert (segment.es.text, segment.es.origin) == ("Visitar las fincas.", "memory")
    assert segment.es.memory == (entry.identity,)
    memory.withdraw(entry.id)
    assert [run(), run()] == [(1, 1), (0, 2)]
    memory.confirm("Sing.", "Cantar.", "en", "es")
    assert [run(), run()] == [(2, 0), (0, 2)]
    assert [entry.used for entry in memory.entries() if entry.who == "human"] == [2]
    memory.close()


def test_what_a_person_wants_comes_before_headings_and_the_sectors_lines(tmp_path: Path) -> None:
    with Harmonizer("fake", memory=tmp_path / "m") as job:
        assert job.memory is not None
        text = "Duties\n\n- Fluent Spanish\n- Sing.\n"
        before = job.run_text(text, id="x")
        assert [each.es.origin for each in before.segments] == ["machine", "memory", "machine"]
        for number, wanted in enumerate(("Lo que harás", "Castellano", "Cantar.")):
            job.memory.confirm(text_at(lines_of(before), number), wanted, "en", "es")
        after = job.run_text(text, id="x")
        assert [each.es.text for each in after.segments] == [
            "Lo que harás",
            "Castellano",
            "Cantar.",
        ]
        assert {each.es.origin for each in after.segments} == {"memory"}
        assert not job.is_current(before)
        assert job.is_current(after)


def test_confirmed_words_against_a_new_glossary_are_flagged_and_stay(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("en,es,avoid_es\nhandbook,manual,cartilla\n")
    with Harmonizer("fake", glossary=[str(tmp_path / "g.csv")], memory=tmp_path / "m") as job:
        assert job.memory is not None
        job.memory.confirm("Write the handbook.", "Escribir la cartilla.", "en", "es")
        done = job.translate("Write the handbook.", "en", "es")
    assert done.text == "Escribir la cartilla."
    assert [flag.rule for flag in done.flags] == ["term-avoided", "term-violated"]


def test_a_second_folder_needs_no_engine_and_fresh_asks_it_again(tmp_path: Path) -> None:
    units = []
    for out, fresh in (("a", False), ("b", False), ("c", True)):
        config = Config(engine="fake", memory=str(tmp_path / "m.sqlite"))
        run_job([str(SEEDS)], tmp_path / out, config, Silent(), fresh=fresh)
        memory = TranslationMemory(tmp_path / "m.sqlite")
        units.append(sum(entry.used for entry in memory.entries() if entry.who == "machine"))
        memory.close()
    assert units[0] == 0 < units[1] == units[2]
    for name in ("b", "c"):
        for file in (tmp_path / "a").glob("*/*"):
            assert (
                file.read_bytes() == (tmp_path / name / file.parent.name / file.name).read_bytes()
            )


def test_the_command_line_has_a_memory_unless_told_otherwise(run: Run, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text("Officer\n\nVisit the farms of the valley.\n")
    home = tmp_path / "home/data/harmonize/memory.sqlite"
    run("translate", "job.txt", "-o", "o1", "--engine", "fake", "--no-memory")
    run("translate", "job.txt", "-o", "o2", "--engine", "fake", "--memory", "m1")
    run("translate", "job.txt", "-o", "o3", "--engine", "fake", env={"HARMONIZE_MEMORY": "m2"})
    (tmp_path / "harmonize.toml").write_text('memory = "m3"\n')
    run("translate", "job.txt", "-o", "o4", "--engine", "fake")
    assert not home.exists()
    assert all((tmp_path / name).exists() for name in ("m1", "m2", "m3"))
    (tmp_path / "harmonize.toml").unlink()
    run("translate", "job.txt", "-o", "o5", "--engine", "fake")
    assert home.exists()


# The file


@pytest.mark.parametrize("damage", ["garbage", "cut", "pages", "empty table"])
def test_a_damaged_file_is_set_aside_and_what_can_be_read_is_kept(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "memory.sqlite"
    memory = TranslationMemory(file)
    memory.confirm("Pay", "Salario", "en", "es")
    memory.add([_entry(f"Line {number} of the list", who="machine") for number in range(3000)])
    memory.close()
    data = bytearray(file.read_bytes())
    if damage == "garbage":
        data = bytearray(b"Dear all, this is no database.\n" * 100)
    elif damage == "cut":
        del data[len(data) // 2 :]
    elif damage == "pages":
        data[40 * 4096 :] = b"\xff" * len(data[40 * 4096 :])
    else:
        data[4096 : 5 * 4096] = b"\xff" * 4096 * 4
    file.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        found = memory.fuzzy("Line 5 of the lists", "en", "es")
        found += memory.fuzzy("Line 2905 of the lists", "en", "es")
        memory.confirm("Bread", "Pan", "en", "es")
        list(memory.entries())
    assert recalled(memory, "Bread") == "Pan"
    aside = [path for path in tmp_path.glob("memory.sqlite.damaged-*") if path.stat().st_size]
    assert any(path.read_bytes()[:100] == data[:100] for path in aside)
    assert "was damaged. It is now memory.sqlite.damaged-" in caplog.text
    assert (recalled(memory, "Pay") == "Salario") == ("1 confirmed" in caplog.text)
    if damage == "pages":
        assert recalled(memory, "Pay") == "Salario"
    memory.close()


def _entry(source: str, target: str = "x", **fields: object) -> Entry:
    languages = {"source_language": "en", "target_language": "es"}
    return Entry.model_validate({"source": source, "target": target, **languages, **fields})


def test_a_damaged_memory_does_not_make_a_run_fail(run: Run, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text("Officer\n\nVisit the farms of the valley.\n")
    (tmp_path / "m").write_text("no database at all, and longer than a hundred characters" * 9)
    done = run("translate", "job.txt", "-o", "out", "--engine", "fake", "--memory", "m")
    assert done.returncode == 0
    assert "The translation memory m was damaged." in done.stderr
    assert "1 translated" in done.stderr


def test_files_that_are_not_ours_are_refused_and_left_alone(tmp_path: Path) -> None:
    later, other, folder = tmp_path / "later", tmp_path / "other", tmp_path / "folder"
    TranslationMemory(later).confirm("Pay", "Paga", "en", "es")
    for file, script in ((later, "PRAGMA user_version = 99"), (other, "CREATE TABLE places (x)")):
        connection = sqlite3.connect(file)
        connection.execute(script)
        connection.close()
    folder.mkdir()
    before = other.read_bytes()
    for file, said in (
        (later, "later version of harmonize"),
        (other, "another program"),
        (folder, "cannot be used"),
        (other / "deep" / "m", "cannot be made"),
    ):
        with pytest.raises(MemoryFailed, match=said):
            TranslationMemory(file).exact("Pay", "en", "es")
    assert other.read_bytes() == before


def test_a_file_of_an_earlier_version_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "memory.sqlite"
    memory = TranslationMemory(file)
    memory.confirm("Pay", "Paga", "en", "es")
    memory.close()
    steps = (*schema.MIGRATIONS, "ALTER TABLE entry ADD COLUMN mood TEXT NOT NULL DEFAULT '';\n")
    monkeypatch.setattr("harmonize.memory.database.MIGRATIONS", steps)
    assert recalled(memory, "Pay") == "Paga"
    rows = memory.database.read(lambda db: db.execute("SELECT mood FROM entry").fetchall())
    assert [tuple(row) for row in rows] == [("",)]
    assert memory.database.read(lambda db: db.execute("PRAGMA user_version").fetchone()[0]) == len(
        steps
    )
    memory.close()


def test_keys_are_made_anew_where_texts_are_compared_in_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = TranslationMemory(tmp_path / "memory.sqlite")
    memory.confirm("Pay", "Paga", "en", "es")
    memory.close()
    monkeypatch.setattr("harmonize.memory.keys.folded", lambda text: text[::-1].upper())
    monkeypatch.setattr("harmonize.memory.folding.fingerprint", lambda: "other")
    assert recalled(memory, "Pay") == "Paga"
    rows = memory.database.read(lambda db: db.execute("SELECT key FROM entry").fetchall())
    assert [row["key"] for row in rows] == [key_of("Pay", "en-es")]
    memory.close()


def test_a_locked_file_is_waited_for_and_then_named(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    memory = TranslationMemory(file, patience=0.3)
    memory.confirm("Pay", "Paga", "en", "es")
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    begin = time.monotonic()
    with pytest.raises(MemoryFailed, match=r"in use by another run \(waited 0 s\).*--no-memory"):
        memory.confirm("Bread", "Pan", "en", "es")
    assert time.monotonic() - begin >= 0.3
    assert recalled(TranslationMemory(file), "Bread") is None
    waiting = TranslationMemory(file, patience=20)
    timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    timer.start()
    waiting.confirm("Bread", "Pan", "en", "es")
    timer.join()
    assert recalled(memory, "Bread") == "Pan"
    other.close()


def _writer(file: Path, number: int) -> None:
    memory = TranslationMemory(file)
    results = memory.results(Maker("e"))
    for step in range(20):
        text = Text(f"Line {step} of all")
        results.keep({text: _result(f"línea {step}")}, "en", "es")  # type: ignore[dict-item]
        memory.confirm(f"Line {step} of {number}", f"línea {step}", "en", "es")
        memory.exact(f"Line {step} of {number}", "en", "es")


def test_processes_and_threads_share_a_file(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=_writer, args=(file, number)) for number in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0, 0]
    memory = TranslationMemory(file)
    threads = [
        threading.Thread(
            target=lambda number=number: [  # type: ignore[misc]
                memory.confirm(f"Thread {number} {step}", "hilo", "en", "es") for step in range(20)
            ]
        )
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    who = [entry.who for entry in memory.entries()]
    assert (who.count("machine"), who.count("human")) == (20, 3 * 20 + 4 * 20)
    check = memory.database.read(lambda db: db.execute("PRAGMA integrity_check").fetchone()[0])
    assert check == "ok"
    memory.close()


# Forgetting


def test_what_is_forgotten_is_nowhere_in_the_file(memory: TranslationMemory) -> None:
    for number in range(300):
        memory.confirm(
            f"Ask person {number} for the keys of the shed", "Pedir las llaves", "en", "es"
        )
    memory.confirm("Write to Xóchitl Quezada.", "Escriba a Xóchitl Quezada.", "en", "es")
    memory.confirm("Write to Xóchitl Quezada.", "Escríbale a Xóchitl Quezada.", "en", "es")
    file = memory.path
    found = list(memory.matching(matcher("XÓCHITL quez")))
    assert [entry.stands for entry in found] == [False, True]
    memory.remove(found, matcher("XÓCHITL quez"))
    for name in (file, *file.parent.glob(f"{file.name}-*")):
        data = name.read_bytes()
        for trace in ("Xóchitl", "chitl", "Quezada", "xóchitl", "quezada"):
            assert trace.encode() not in data, name
    assert memory.fuzzy("Write to Xóchitl Quezadas.", "en", "es") == []
    assert len(list(memory.entries())) == 300
    assert memory.fuzzy("Ask person 12 for the key of the shed", "en", "es")


def test_what_could_not_be_wiped_is_wiped_the_next_time(memory: TranslationMemory) -> None:
    entry = memory.confirm("Write to Xóchitl.", "Escriba a Xóchitl.", "en", "es")
    memory.database.patience = 0.2
    memory.close()
    memory.confirm("Pay", "Paga", "en", "es")
    other = sqlite3.connect(memory.path)
    reading = other.execute("SELECT source FROM entry")
    reading.fetchone()
    with pytest.raises(MemoryFailed):
        memory.remove([entry], matcher("xóchitl"))
    reading.close()
    other.close()
    memory.remove([], matcher("xóchitl"))
    files = [memory.path, *memory.path.parent.glob("memory.sqlite-*")]
    assert not any("chitl" in file.read_bytes().decode("utf-8", "replace") for file in files)
    assert [each.target for each in memory.entries()] == ["Paga"]


def test_a_pattern_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harmonize.memory.forget.SECONDS", 0.2)
    begin = time.monotonic()
    with pytest.raises(UsageError, match="takes too long"):
        matcher("(?:(?:x|xx)+)+[^x]$", regex=True)("x" * 100)
    assert time.monotonic() - begin < 30
    for bad in (" ", ""):
        with pytest.raises(UsageError, match="empty"):
            matcher(bad)
    with pytest.raises(UsageError, match="no regular expression"):
        matcher("(", regex=True)


def test_forget_on_the_command_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text("Officer\n\nSend your papers to ana@x.org before May.\n")
    run("translate", "job.txt", "-o", "out", "--engine", "fake", "--memory", "m")
    tried = run("memory", "forget", "ANA@", "--memory", "m", "--dry-run")
    assert "1 found, 0 removed" in tried.stderr
    refused = run("memory", "forget", "ANA@", "--memory", "m")
    assert refused.returncode == 2
    assert "Say --yes" in refused.stderr
    done = run("memory", "forget", "ANA@", "--memory", "m", "--yes", "--out", "out", "--json")
    told = json.loads(done.stdout)
    assert (len(told["found"]), told["removed"]) == (1, 1)
    assert "out/job/posting.json" in told["results"]
    assert b"ana@x.org" not in (tmp_path / "m").read_bytes()
    assert run("memory", "forget", "ana@", "--memory", "m", "--yes").returncode == 0


# TMX


def test_a_round_trip_loses_nothing(memory: TranslationMemory, tmp_path: Path) -> None:
    lines = [
        Line("Duties", "heading", "duties"),
        Line('  A <b> & "c"\t“d” ]]> é', "bullet", "duties"),
    ]
    memory.confirm(text_at(lines, 1), " Á <b>;\t", "en", "es", reviewer="Ana & Co")
    memory.confirm("Hola", "Hello", "es", "en", origin="old.tmx")
    made = memory.results(Maker("e", "g", "r"))
    made.keep({Text("Pay", "table", duty=True): _result("Paga", "unknown-word")}, "en", "es")  # type: ignore[dict-item]
    made.known([Text("Pay", "table", duty=True)], "en", "es")
    file, again = tmp_path / "m.tmx", TranslationMemory(tmp_path / "again.sqlite")
    with file.open("wb") as data:
        assert export_tmx(memory, data) == 3
    assert import_tmx(again, file).added == 3
    assert list(again.entries()) == list(memory.entries())
    assert import_tmx(again, file).merged == 3
    stored = tmxfile.parsefile(str(file))
    read = {unit.source: unit.target for unit in stored.units}
    assert read["Pay"] == "Paga"
    assert len(stored.units) == 3
    again.close()


OTHERS = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="Other" srclang="{srclang}"/><body>
<tu creationid="MARÍA" creationdate="20200102T030405Z" changedate="20210102T030405Z">
<tuv xml:lang="EN-GB"><seg>Draft <bpt i="1">&lt;b></bpt>weekly<ept i="1">&lt;/b></ept>
  reports<ph>&lt;br/></ph> for <hi>donors</hi>.</seg></tuv>
<tuv xml:lang="es-ES"><seg>Elaborar informes</seg></tuv>
<tuv xml:lang="es-419"><seg>Redactar informes<ut>{{\\i}}</ut> para donantes.</seg></tuv></tu>
<tu><tuv lang="en_US"><seg>Pay</seg></tuv><tuv lang="fr"><seg>Paie</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg> </seg></tuv><tuv xml:lang="es"><seg>Paga</seg></tuv></tu>
<tu><tuv xml:lang="es"><seg>Paga</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Draft weekly reports for donors.</seg></tuv>
<tuv xml:lang="es"><seg>Otra cosa</seg></tuv></tu>
</body></tmx>
"""


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
@pytest.mark.parametrize("srclang", ["en-US", "*all*"])
def test_files_of_other_programs(
    memory: TranslationMemory, tmp_path: Path, encoding: str, srclang: str
) -> None:
    file = tmp_path / "other.tmx"
    file.write_bytes(OTHERS.format(encoding=encoding, srclang=srclang).encode(encoding))
    found = import_tmx(memory, file)
    directions = 1 if srclang == "en-US" else 2
    assert found.added == 1 if directions == 1 else found.added == 3
    assert found.rejected["no Spanish"] == found.rejected["an empty side"] == 1
    assert found.rejected["no English"] == 1
    (entry,) = [each for each in memory.entries() if each.reviewer and each.source_language == "en"]
    assert entry.source == "Draft weekly reports for donors."
    assert entry.target == "Redactar informes para donantes."
    assert (entry.reviewer, entry.origin, entry.who) == ("MARÍA", "other.tmx", "human")
    assert time.strftime("%Y%m%d", time.gmtime(entry.changed)) == "20210102"
    assert import_tmx(memory, file).added == 0
    assert recalled(memory, "• draft weekly reports for donors;")


def test_imported_machines_are_shown_and_not_used(
    memory: TranslationMemory, tmp_path: Path
) -> None:
    file = tmp_path / "other.tmx"
    file.write_text(OTHERS.format(encoding="UTF-8", srclang="en"))
    import_tmx(memory, file, "machine", both_ways=True)
    assert recalled(memory, "Draft weekly reports for donors.") is None
    assert memory.fuzzy("Draft weekly report for donors", "en", "es")
    assert memory.exact("Redactar informes para donantes", "es", "en")
    assert {share.state for share in memory.stats().shares} == {"shown"}


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<tmx><body><tu>", "not whole XML"),
        ("", "not whole XML"),
        ("plain words", "not whole XML"),
        ("<martif><text/></martif>", "not TMX, but <martif>"),
        (f'{BOMB}<tmx version="1.4"><body/></tmx>', "defines XML entities"),
        ("<tmx>" + "<a>" * 300 + "</a>" * 300 + "</tmx>", "not whole XML"),
    ],
)
def test_files_that_are_no_tmx(
    memory: TranslationMemory, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "bad.tmx"
    file.write_text(text)
    with pytest.raises(UsageError, match=said):
        import_tmx(memory, file)
    with pytest.raises(UsageError, match="cannot be read"):
        import_tmx(memory, tmp_path / "none.tmx")


def test_an_outside_entity_is_not_fetched(memory: TranslationMemory, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    file = tmp_path / "x.tmx"
    file.write_text(
        f'<!DOCTYPE tmx [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]><tmx><body>'
        '<tu srclang="en"><tuv xml:lang="en"><seg>&s;</seg></tuv>'
        '<tuv xml:lang="es"><seg>y</seg></tuv></tu></body></tmx>'
    )
    with pytest.raises(UsageError, match="defines XML entities"):
        import_tmx(memory, file)
    assert list(memory.entries()) == []


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from harmonize.memory import tmx\n"
        "base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "count = sum(1 for _ in tmx.read(open(sys.argv[1], 'rb'), 'x'))\n"
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)\n"
    )
    file = tmp_path / "large.tmx"
    unit = (
        '<tu srclang="en"><tuv xml:lang="en"><seg>Draft the report number {}, and many more words '
        "so that it is long.</seg></tuv>"
        '<tuv xml:lang="es"><seg>Redactar el informe.</seg></tuv></tu>\n'
    )
    with file.open("w") as data:
        data.write("<tmx version='1.4'><header srclang='en'/><body>\n")
        data.writelines(unit.format(number) for number in range(60_000))
        data.write("</body></tmx>")
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    count, grown = map(int, done.stdout.split())
    assert count == 60_000
    assert grown < 12_000, "kilobytes"


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=40
).filter(can_be_kept)


@given(WORDS, WORDS)
def test_any_words_survive_tmx(source: str, target: str) -> None:
    entry = _entry(source, target, section="duties", before=mark("x"), created=5, changed=6)
    file = BytesIO()
    tmx.write([entry], file)
    file.seek(0)
    assert list(tmx.read(file, "x")) == [entry]


@pytest.mark.parametrize("command", ["stats", "check", "import", "export", "forget"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    done = run("memory", command, "--help")
    assert done.returncode == 0
    assert f"Example: harmonize memory {command}" in done.stdout


def test_the_memory_commands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.tmx").write_text(OTHERS.format(encoding="UTF-8", srclang="en"))
    done = run("memory", "import", "other.tmx", "--memory", "m", "--json")
    assert json.loads(done.stdout)[0]["added"] == 1
    shown = run("memory", "stats", "--memory", "m", "--engine", "fake")
    assert "en→es" in shown.stdout
    counted = json.loads(run("memory", "stats", "--memory", "m", "--json").stdout)
    assert [share["entries"] for share in counted["shares"]] == [1]
    assert run("memory", "export", "copy.tmx", "--memory", "m", "--as", "human").returncode == 0
    assert "Redactar informes para donantes." in (tmp_path / "copy.tmx").read_text()
    assert run("memory", "export", "-", "--memory", "m").stdout.startswith("<?xml")
    assert run("memory", "export", "no/such/x.tmx", "--memory", "m").returncode == 2
    assert run("memory", "stats", env={"HARMONIZE_MEMORY": ""}).returncode == 0


def test_a_million_would_do(memory: TranslationMemory) -> None:
    """The benchmark has the million; here the search is right with many that are alike."""
    chance = random.Random(2)  # noqa: S311
    words = "farm union wage audit grower report valley week training field".split()
    lines = list({" ".join(chance.choices(words, k=9)) for _ in range(3000)})
    memory.add([_entry(line, who="machine") for line in lines])
    for line in chance.sample(lines, 20):
        (best, *_) = memory.fuzzy(line.replace(line.split()[4], "house", 1), "en", "es")
        assert best.score > 0.8
    assert all(memory.exact_many(lines, "en", "es"))


def test_contexts_are_those_of_the_posting() -> None:
    text = text_at([Line("A", "heading", "duties"), Line("B", "bullet", "duties")], 1)
    assert text == Text("B", "bullet", True, Context("duties", mark("a"), ""))
