"""`harmonize memory forget`: what somebody asks to be forgotten is nowhere any more, or named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import Run, writing_into

from harmonize.errors import FolderInUse, UsageError
from harmonize.forget import Trace, forget, search
from harmonize.glossary import Glossary, Matcher
from harmonize.glossary.edited import Edited, suggest_pairs
from harmonize.memory import TranslationMemory
from harmonize.memory.forget import matcher
from harmonize.review.decisions import FILE, Decisions
from harmonize.review.desk import Desk, Where, Who
from harmonize.review.lessons import suggestions
from harmonize.review.repeats import same_elsewhere
from harmonize.store import Store

NAME = "Xóchitl Quezada"
TRACES = ("Xóchitl", "xóchitl", "chitl", "Quezada", "quezada", "QUEZADA", "\\u00f3chitl")
OFFICER = f"""Program Officer

Duties

- Send the reports to {NAME} every month.
- Ask {NAME} for the keys.
- Plan the assembly.
- Write the minutes of the assembly.
"""
DRIVER = (
    "Driver\n\nDuties\n\n- Keep the van clean and safe.\n- Write the minutes of the assembly.\n"
)
FORMATS = "md,html,json,jsonld,docx,tmx,xliff,txt"
REVIEWER = Who("Ana Pérez", "tab")
MATCHES = matcher("xóchitl quezada")


@pytest.fixture
def place(run: Run, tmp_path: Path) -> Path:
    """Two postings, reviewed; the name stands in one of them, in the reviews and in the memory."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/officer.txt").write_text(OFFICER)
    (tmp_path / "in/driver.txt").write_text(DRIVER)
    (tmp_path / "in/Xóchitl Quezada.txt").write_bytes(b"\0\1\2" * 400)
    arguments = ("--engine", "fake", "--memory", "m.sqlite", "--format", FORMATS)
    assert run("translate", "in", "-o", "out", *arguments).returncode == 1
    return tmp_path


@pytest.fixture
def desk(place: Path) -> Iterator[Desk]:
    opened = a_desk(place)
    decide(opened, "Send the reports", f"Enviar los informes a {NAME} cada mes.")
    decide(opened, "Ask", f"Pedirle las llaves a {NAME}.")
    decide(opened, "Plan", f"Planificar la asamblea con {NAME}.")
    decide(opened, "Plan", "Planificar la asamblea.")  # the name was taken out again
    decide(opened, "minutes", "Levantar el acta de la asamblea.")
    decide(opened, "clean", "Mantener limpia la camioneta.", who=Who(NAME, "tab 2"))
    yield opened
    opened.close()


def a_desk(place: Path) -> Desk:
    memory = TranslationMemory(place / "m.sqlite")
    return Desk(Store(place / "out"), Decisions(place / "out" / FILE), lambda: None, memory)


def at(desk: Desk, words: str) -> Where:
    for id_ in desk.store.ids():
        opened = desk.open(id_)
        for each in opened.posting.segments:
            if words in each.source.text:
                return desk.place(opened, each)
    raise LookupError(words)


def decide(desk: Desk, words: str, text: str, who: Who = REVIEWER) -> None:
    desk.accept(at(desk, words), who, {"es": text})


def states(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def traces(*files: Path) -> list[str]:
    """In which of *files* some part of the name stands, as bytes."""
    return [file.name for file in files if any(t.encode() in file.read_bytes() for t in TRACES)]


def logs(place: Path) -> list[Path]:
    return [*place.glob("m.sqlite*"), *place.glob(f"out/{FILE}*")]


def test_first_it_is_only_shown(run: Run, place: Path, desk: Desk) -> None:
    desk.close()
    before = states(place)
    tried = run(
        *("memory", "forget", NAME, "--memory", "m.sqlite", "--out", "out"),
        *("--delete-postings", "--dry-run"),
    )
    assert tried.returncode == 0
    shown = " ".join(tried.stderr.split())
    assert "Still in out/officer, made of " in shown
    for name in ("posting.json", "en.md", "es.md", "review.html", "posting.docx", "posting.tmx"):
        assert f"out/officer/{name}" in shown or name not in {
            file.name for file in (place / "out/officer").iterdir()
        }
    assert "out/driver" not in shown
    assert "5 decisions of reviews found, 0 removed" in shown
    assert "0 removed." in shown.splitlines()[-1]
    after = states(place)
    assert {n: d for n, d in after.items() if "sqlite" not in n} == {
        n: d for n, d in before.items() if "sqlite" not in n
    }
    refused = run("memory", "forget", NAME, "--memory", "m.sqlite", "--out", "out")
    assert refused.returncode == 2
    assert "5 decisions" in refused.stderr
    assert "Say --yes" in refused.stderr


def test_memory_and_reviews_are_without_a_trace_and_the_rest_is_named(
    run: Run, place: Path, desk: Desk
) -> None:
    desk.close()
    assert {"m.sqlite", FILE} <= set(traces(*logs(place)))
    done = run("memory", "forget", NAME, "--memory", "m.sqlite", "--out", "out", "--yes", "--json")
    assert done.returncode == 1  # finished postings hold it still
    assert traces(*logs(place)) == []
    told = json.loads(done.stdout)
    (left,) = told["left"]
    assert [each["folder"] for each in left["postings"]] == ["out/officer"]
    assert left["postings"][0]["source"].endswith("in/officer.txt")
    holding = {file.name for file in (place / "out/officer").iterdir()}
    assert {Path(file).name for file in left["postings"][0]["files"]} == holding
    assert (left["decisions"], left["rejects"]) == (0, 1)
    assert {Path(file).name for file in left["files"]} == {"index.html", "rejects.jsonl"}
    assert "out/officer/posting.json" in told["results"]
    assert (place / "out/officer/es.md").exists()


def test_what_people_decided_otherwise_stays(place: Path, desk: Desk) -> None:
    forget(place / "out", MATCHES)
    assert desk.history("officer", at(desk, "Send").segment) == []
    assert desk.history("officer", at(desk, "Ask").segment) == []
    plan = at(desk, "Plan")
    (kept,) = desk.history("officer", plan.segment)
    assert kept.after.es.text == kept.before.es.text == "Planificar la asamblea."
    opened = desk.open("officer")
    assert opened.status(desk.segment(opened, plan.segment)) == "accepted"
    desk.undo(plan, REVIEWER)  # nothing to go back to
    after = desk.segment(desk.open("officer"), plan.segment)
    assert after.es.text == "Planificar la asamblea."
    (minutes,) = desk.history("driver", at(desk, "minutes").segment)
    assert (minutes.who, minutes.after.es.text) == (
        "Ana Pérez",
        "Levantar el acta de la asamblea.",
    )
    (clean,) = desk.history("driver", at(desk, "clean").segment)
    assert (clean.who, clean.after.es.text) == ("", "Mantener limpia la camioneta.")


def test_postings_are_deleted_when_somebody_says_so(run: Run, place: Path, desk: Desk) -> None:
    desk.close()
    driver = states(place / "out/driver")
    command = ("memory", "forget", NAME, "--memory", "m.sqlite", "--out", "out", "--yes")
    done = run(*command, "--delete-postings")
    assert done.returncode == 0, done.stderr
    assert "Deleted out/officer. If " in done.stderr
    assert not (place / "out/officer").exists()
    assert states(place / "out/driver") == driver
    assert traces(*(file for file in (place / "out").rglob("*") if file.is_file())) == []
    assert "driver" in (place / "out/index.html").read_text()
    assert "officer" not in (place / "out/index.html").read_text()
    assert (place / "out/rejects.jsonl").read_text() == ""
    assert not (place / "out/.lock").exists()
    assert "0 found" in run(*command).stderr


def test_it_never_shows_up_again(place: Path, desk: Desk) -> None:
    forget(place / "out", MATCHES, postings=True)
    assert desk.memory is not None
    desk.memory.remove(list(desk.memory.matching(MATCHES)), MATCHES)
    assert [each.id for each in desk.summaries()] == ["driver"]  # in a review that is open
    for words in ("Write the minutes", "Driver"):
        row = desk.segment(desk.open("driver"), at(desk, words).segment)
        assert same_elsewhere(desk, row) in ([], [at(desk, words)])
        assert not any("Xóchitl" in str(each) for each in suggestions(desk.memory, row))
    edits = [Edited(b.en.text, "es", b.es.text, a.es.text) for b, a in desk.decisions.edits()]
    assert not any(NAME in text for edit in edits for text in edit)
    assert not any("Xóchitl" in str(p) for p in suggest_pairs(edits, Matcher(Glossary()), 1))
    assert desk.memory.fuzzy(f"Ask {NAME} for the keys.", "en", "es", least=0.5) == []
    desk.writer.close()
    assert desk.writer.problem is None
    assert not (place / "out/officer").exists()


def test_a_posting_made_anew_gets_back_what_was_decided_about_its_other_lines(
    run: Run, place: Path, desk: Desk
) -> None:
    desk.close()
    run("memory", "forget", NAME, "--memory", "m.sqlite", "--out", "out", "--yes",
        "--delete-postings")  # fmt: skip
    (place / "in/officer.txt").write_text(OFFICER.replace(NAME, "the coordinator"))
    (place / "in/Xóchitl Quezada.txt").unlink()
    run("translate", "in", "-o", "out", "--engine", "fake", "--memory", "m.sqlite")
    again = a_desk(place)
    opened = again.open("officer")
    assert opened.status(again.segment(opened, at(again, "Plan").segment)) == "accepted"
    again.close()
    assert "Planificar la asamblea." in (place / "out/officer/es.md").read_text()
    assert search(place / "out", MATCHES).is_gone


def test_while_a_run_writes_nothing_is_removed(place: Path, desk: Desk, run: Run) -> None:
    desk.close()
    before = states(place / "out")
    with writing_into(place / "out") as process:
        done = run("memory", "forget", NAME, "--memory", "m.sqlite", "--out", "out", "--yes")
        assert done.returncode == 2
        assert f"process {process}" in done.stderr
        assert list(desk.memory.matching(MATCHES) if desk.memory else ())
        with pytest.raises(FolderInUse):
            forget(place / "out", MATCHES, postings=True)
    assert states(place / "out") == before


def test_a_deletion_that_stops_half_way_is_finished_by_the_same_command(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, left = Path.unlink, 3

    def refused(path: Path, missing_ok: bool = False) -> None:
        nonlocal left
        left -= 1
        if left < 0 and path.suffix:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        with pytest.raises(UsageError, match=r"cannot be deleted: Permission denied.*again"):
            forget(place / "out", MATCHES, postings=True)
    assert (place / "out/officer/posting.json").exists()
    assert forget(place / "out", MATCHES, postings=True).is_gone


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.md", r"Ask X\_a\-b\! Ana\. Write to ana\_lópez@x\.org"),
        ("page.html", "<p>ana_<b>l&oacute;pez</b>&#64;x.org</p>"),
        ("data.json", '{"a": [{"b": "\\u0061na_l\\u00f3pez@x.org"}]}'),
        ("data.jsonl", '{"a": 1}\n{"b": "ana_l\\u00f3pez@x.org"}\nnot json\n'),
        ("broken.json", '{"a": "ana_lópez@x.org'),
        ("my-terms.csv", "en,es\nmail,ANA_LÓPEZ@X.ORG\n"),
        (".index.html.part", "<li>ana_lópez@x.org"),
        ("ana_lópez@x.org.txt", "Nothing"),
        ("wrapped.txt", "Write to ana_lópez@x.org"),
    ],
)
def test_however_it_is_written_it_is_found(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    (tmp_path / "other.txt").write_text("anna_lopez@x.org, l&oacute;pez")
    assert search(tmp_path, matcher("ana_lópez@x.org")).files == (str(tmp_path / name),)


def test_a_name_over_two_lines_is_found_and_a_part_of_a_word_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Write to Ana\n   López.")
    (tmp_path / "b.txt").write_text("Banana López")
    assert search(tmp_path, matcher("ana lópez")).files == tuple(
        str(tmp_path / name) for name in ("a.txt", "b.txt")
    )
    assert search(tmp_path, matcher(" ana lópez")).files == (str(tmp_path / "a.txt"),)
    assert search(tmp_path, matcher(r"\bana\s+lópez", regex=True)).files == (
        str(tmp_path / "a.txt"),
    )


def test_what_cannot_be_searched_is_named(tmp_path: Path) -> None:
    (tmp_path / "part-0.parquet").write_bytes(b"PAR1\0\0ana")
    (tmp_path / "bad.docx").write_bytes(b"PK no archive")
    (tmp_path / FILE).write_bytes(b"no log" * 1000)
    (tmp_path / "away").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "away")
    found = search(tmp_path, matcher("ana"))
    assert {Path(file).name for file in found.unread} == {"part-0.parquet", "bad.docx", FILE}
    assert found.is_gone
    with pytest.raises(UsageError, match="no folder"):
        search(tmp_path / "none", matcher("ana"))


def test_a_folder_that_is_a_link_is_not_deleted(place: Path) -> None:
    shutil.move(place / "out/officer", place / "real")
    (place / "out/officer").symlink_to(place / "real")
    left = forget(place / "out", MATCHES, postings=True)
    assert isinstance(left, Trace)
    assert (place / "real/posting.json").exists()
    assert (place / "out/officer").is_symlink()


def test_reviewers_are_forgotten_but_not_what_they_confirmed(tmp_path: Path, run: Run) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    memory.confirm("Pay", "Paga", "en", "es", reviewer=NAME, origin="xóchitl quezada-2")
    memory.confirm("Wage", "Salario", "en", "es", reviewer="Ana", origin="job")
    memory.close()
    done = run("memory", "forget", NAME, "--memory", "m.sqlite", "--yes")
    assert done.returncode == 0
    assert traces(*tmp_path.glob("m.sqlite*")) == []
    kept = [(each.target, each.reviewer, each.origin) for each in memory.entries()]
    assert kept == [("Paga", "", ""), ("Salario", "Ana", "job")]
    memory.close()


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    # A review withdraws by number what it taught: it must not meet somebody else's entry.
    memory = TranslationMemory(tmp_path / "m.sqlite")
    memory.confirm("Pay", "Paga", "en", "es")
    first = memory.confirm(f"Ask {NAME}", "Preguntar", "en", "es")
    memory.remove(list(memory.matching(MATCHES)), MATCHES)
    second = memory.confirm("Wage", "Salario", "en", "es")
    assert second.id > first.id
    assert memory.withdraw(second.id)
    third = memory.confirm("Union", "Sindicato", "en", "es")
    assert third.id > second.id
    assert not memory.withdraw(first.id)
    memory.close()
