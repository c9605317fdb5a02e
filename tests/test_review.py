"""The review without a browser: decisions, what they write and teach, who is let in."""

from __future__ import annotations

import csv
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from support import Run, Silent, writing_into

from harmonize.config import Config
from harmonize.errors import RejectedInput, UsageError
from harmonize.job import run_job
from harmonize.lock import FILE as LOCK
from harmonize.memory import TranslationMemory
from harmonize.records import Change, Posting, Side
from harmonize.review.app import hosts_of, listen, make_app
from harmonize.review.decisions import FILE, Decisions, Stale
from harmonize.review.desk import Desk, Where, Who
from harmonize.review.guard import HEADERS, LARGEST, TOKEN
from harmonize.review.site import Site
from harmonize.review.steps import typed
from harmonize.review.terms import Terms
from harmonize.review.views import chapters
from harmonize.review.words import words
from harmonize.revise import carried
from harmonize.store import Store
from review_cases import finished, glossary, postings

ANA, LUIS = Who("Ana", "tab 1"), Who("Luis", "tab 2")
BETTER = "Redactar informes para el comité."


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    glossary(folder / "my-terms.csv")
    finished(folder / "out", folder / "my-terms.csv")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "at")
    return tmp_path / "at"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    opened = a_desk(folder)
    yield opened
    opened.close()


def a_desk(folder: Path) -> Desk:
    terms = Terms([str(folder / "my-terms.csv")], folder / "out")
    memory = TranslationMemory(folder / "memory.sqlite")
    out = folder / "out"
    return Desk(Store(out), Decisions(out / FILE), terms.matcher, memory)


def where(desk: Desk, words_: str = "Write reports", id_: str = "officer") -> Where:
    opened = desk.open(id_)
    found = next(each for each in opened.posting.segments if words_ in each.source.text)
    return Where(id_, found.id, opened.version(found))


def spanish(desk: Desk, at: Where) -> Side:
    return desk.segment(desk.open(at.posting), at.segment).side("es")


def status(desk: Desk, at: Where) -> str:
    opened = desk.open(at.posting)
    return opened.status(desk.segment(opened, at.segment))


def test_edit_accept_and_step_by_step_back(desk: Desk) -> None:
    first = where(desk)
    engine = spanish(desk, first)
    desk.edit(first, ANA, "es", "Redactar")
    desk.edit(where(desk), ANA, "es", BETTER)  # more typing: the same entry of the log
    assert [each.version for each in desk.history("officer", first.segment)] == [2]
    desk.accept(where(desk), ANA, {})
    assert (spanish(desk, first), status(desk, first)) == (
        Side(text=BETTER, origin="human"), "accepted",
    )  # fmt: skip
    assert desk.memory
    assert desk.memory.exact("Write reports for the committee.", "en", "es")
    desk.undo(where(desk), ANA)
    assert status(desk, first) == "edited"
    assert desk.memory.exact("Write reports for the committee.", "en", "es") is None
    desk.undo(where(desk), ANA)
    assert (spanish(desk, first), status(desk, first)) == (engine, "open")
    assert desk.undo(where(desk), ANA) is None


def test_back_to_the_engine_with_what_it_said(desk: Desk) -> None:
    at = where(desk, "Coordinate 5")
    before = desk.segment(desk.open("officer"), at.segment)
    assert desk.reject(at, ANA) is None
    desk.copy_source(at, ANA)
    assert spanish(desk, at).text.startswith("Coordinate 5")
    desk.accept(where(desk, "Coordinate 5"), ANA, {"es": "Coordinar 5 talleres."})
    desk.reject(where(desk, "Coordinate 5"), LUIS)
    assert desk.segment(desk.open("officer"), at.segment) == before
    assert desk.memory
    assert desk.memory.exact(before.en.text, "en", "es") is None
    log = [(each.who, each.action) for each in desk.history("officer", at.segment)]
    assert log == [("Ana", "copy"), ("Ana", "accept"), ("Luis", "reject")]


def test_an_edit_after_accepting_is_forgotten_until_it_is_accepted_too(desk: Desk) -> None:
    at = where(desk)
    desk.accept(at, ANA, {"es": BETTER})
    desk.edit(where(desk), ANA, "es", "Escribir.")
    assert desk.memory
    assert desk.memory.exact("Write reports for the committee.", "en", "es") is None
    desk.undo(where(desk), ANA)
    known = desk.memory.exact("Write reports for the committee.", "en", "es")
    assert known
    assert (known.target, known.reviewer) == (BETTER, "Ana")


def test_who_comes_second_is_told_and_nothing_is_overwritten(desk: Desk) -> None:
    seen = where(desk)
    desk.edit(seen, ANA, "es", BETTER)
    with pytest.raises(Stale) as clash:
        desk.edit(seen, LUIS, "es", "Escribir reportes.")
    assert clash.value.now.who == "Ana"
    assert spanish(desk, seen).text == BETTER
    with pytest.raises(Stale):
        desk.undo(seen, LUIS)


def test_two_programs_at_once_lose_nothing(folder: Path) -> None:
    """Every change of either is refused or it is in the log: never both, never none."""
    desks = [a_desk(folder), a_desk(folder)]
    refused: list[str] = []

    def work(desk: Desk, name: str) -> None:
        for number in range(15):
            try:
                desk.edit(where(desk), Who(name, f"{name}{number}"), "es", f"{name} {number}")
            except Stale:
                refused.append(name)

    threads = [
        threading.Thread(target=work, args=pair) for pair in zip(desks, ("a", "b"), strict=True)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    history = desks[0].history("officer", where(desks[0]).segment)
    assert len(history) + len(refused) == 30
    assert [each.version for each in history] == list(range(1, len(history) + 1))
    for old, new in pairwise(history):
        assert new.before == old.after
    for desk in desks:
        desk.close()


def test_a_posting_is_written_by_one_thread_at_a_time(desk: Desk) -> None:
    """Rows are checked anew while the writer follows another decision."""
    failed: list[Exception] = []

    def again(work: Callable[[int], object]) -> None:
        try:
            for number in range(30):
                work(number)
        except Exception as error:  # noqa: BLE001 - a thread's failure is the test's
            failed.append(error)

    def written(number: int) -> None:
        desk.edit(where(desk), ANA, "es", f"Redactar {number} informes.")
        desk._write("officer")

    def checked(number: int) -> None:
        change = Change(start=0, end=1, before="W", after="W", rule=f"round {number}", confidence=1)
        desk.recheck("officer", {where(desk).segment}, (change,))

    threads = [threading.Thread(target=again, args=[each]) for each in (written, checked)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    found = desk.store.load("officer")
    assert [each.rule for each in found.repairs] == ["round 29"]
    assert spanish(desk, where(desk)).text == "Redactar 29 informes."


def test_what_is_accepted_once_can_be_accepted_everywhere(client: Client) -> None:
    desk = client.desk
    at = where(desk)
    path = f"/posting/officer/rows/{at.segment}"
    assert client.post(f"{path}/same").status_code == 422  # it is not accepted itself
    accepted = client.post(f"{path}/accept", {"version": "0", "text": BETTER, "language": "es"})
    assert f"{path}/same" in accepted.text
    assert client.post(f"{path}/same").status_code == 200
    there = where(desk, id_="driver")
    assert (spanish(desk, there).text, status(desk, there)) == (BETTER, "accepted")
    assert "/same" not in client.post(f"{path}/undo", {"version": "1"}).text
    assert status(desk, there) == "accepted"


def test_files_follow_and_a_cut_off_review_is_finished_by_the_next(folder: Path) -> None:
    desk = a_desk(folder)
    at = where(desk)
    desk.accept(at, ANA, {"es": BETTER})
    assert desk.decisions.unwritten() in (["officer"], [])
    desk.close()
    for name in ("es.md", "es.txt", "review.html", "posting.json"):
        assert BETTER in (folder / "out/officer" / name).read_text()
    assert sorted(path.name for path in (folder / "out/officer").iterdir()) == [
        "en.md", "en.txt", "es.md", "es.txt", "posting.json", "review.html",
    ]  # fmt: skip
    cut = a_desk(folder)
    cut.writer.close()
    cut.writer.soon = cut.writer.now = lambda posting: None  # type: ignore[method-assign]
    cut.edit(where(cut, "Promote"), ANA, "es", "Promover.")
    again = a_desk(folder)
    assert spanish(again, where(again, "Promote")).text == "Promover."
    again.close()
    assert "Promover." in (folder / "out/officer/es.md").read_text()


def test_files_that_a_run_wrote_again_follow_the_log(desk: Desk, folder: Path) -> None:
    before = desk.store.load("officer")
    at = where(desk, "Coordinate 5")
    desk.edit(at, ANA, "en", "Coordinate five workshops with the trade union each year.")
    desk.writer.close()
    assert "five workshops" in (folder / "out/officer/en.md").read_text()
    desk.store.revise(before)  # as a run does that knows nothing of the author's corrected words
    again = a_desk(folder)
    assert again.segment(again.open("officer"), at.segment).en.origin == "source"
    again.close()
    assert "five workshops" in (folder / "out/officer/en.md").read_text()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_run_into_the_folder_makes_files_wait_and_nobody_else(
    client: Client, folder: Path
) -> None:
    desk: Desk = client.site.desk
    file = folder / "out/officer/es.md"
    with writing_into(folder / "out") as process:
        at = where(desk)
        desk.accept(at, ANA, {"es": BETTER})
        until(lambda: desk.writer.problem is not None)
        shown = client.get("/").text
        assert f"process {process}" in shown
        assert "Your decisions are kept" in shown
        assert BETTER in client.get("/posting/officer").text
        assert BETTER not in file.read_text()
        assert desk.decisions.unwritten() == ["officer"]
    until(lambda: BETTER in file.read_text())
    until(lambda: desk.writer.problem is None)
    assert "Your decisions are kept" not in client.get("/").text
    until(lambda: not (folder / "out" / LOCK).exists())


def test_a_review_that_ends_while_a_run_writes_is_finished_by_the_next(folder: Path) -> None:
    desk = a_desk(folder)
    with writing_into(folder / "out"):
        desk.accept(where(desk), ANA, {"es": BETTER})
        begin = time.monotonic()
        desk.close()
        assert time.monotonic() - begin < 2
    assert BETTER not in (folder / "out/officer/es.md").read_text()
    a_desk(folder).close()
    assert BETTER in (folder / "out/officer/es.md").read_text()


def test_an_open_review_hinders_no_run(desk: Desk, folder: Path) -> None:
    desk.accept(where(desk), ANA, {"es": BETTER})
    until(lambda: not desk.decisions.unwritten())
    (folder / "new.txt").write_text("Cook\n\nCook for the committee.\n")
    config = Config(engine="fake", sector_memory=False, glossary=(str(folder / "my-terms.csv"),))
    done = run_job([str(folder / "new.txt")], folder / "out", config, Silent())
    assert done.translated == 1
    assert "new" in [each.id for each in desk.summaries()]


def test_a_changed_term_waits_whole_for_a_run(client: Client, folder: Path) -> None:
    term = {"en": "committee", "es": "junta", "pos": "noun", "avoid_es": "committee"}
    key = re.findall(r"/terms/impact/([\w-]+)", client.post("/terms/save", term).text)[0]
    impact = client.get(f"/terms/impact/{key}").text
    found = {"key": re.findall(r'"key": "([\w-]+)"', impact)[0]}
    before = client.site.desk.decisions.marks()
    with writing_into(folder / "out") as process:
        refused = client.post("/terms/apply", found)
        assert refused.status_code == 422
        assert f"process {process}" in refused.text
        assert client.site.desk.decisions.marks() == before
    assert client.post("/terms/apply", found).status_code == 200
    assert client.site.desk.decisions.marks() != before


def test_a_posting_that_is_deleted_meanwhile_is_no_trouble(desk: Desk, folder: Path) -> None:
    desk.edit(where(desk), ANA, "es", BETTER)
    shutil.rmtree(folder / "out/officer")
    desk.writer.now("officer")
    desk.writer.close()
    assert desk.writer.problem is None
    assert not (folder / "out/officer").exists()


def test_a_title_goes_along(desk: Desk) -> None:
    title = where(desk, "Program Officer")
    desk.accept(title, ANA, {"es": "Oficial de Programas"})
    assert desk.open("officer").posting.title.es == "Oficial de Programas"


def test_a_later_run_keeps_what_people_wrote(run: Run, folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "officer.txt"
    source.write_text("Officer\n\n- Write reports.\n- Keep records.\n- Write reports.\n")
    out = tmp_path / "out"
    translate = ("translate", source, "-o", out, "--engine", "fake", "--no-glossary", "--no-memory")
    assert run(*translate).returncode == 0
    desk = Desk(Store(out), Decisions(out / FILE), lambda: None)
    rows = [each.id for each in desk.open("officer").posting.segments]
    desk.accept(Where("officer", rows[3], 0), ANA, {"es": "Escribir informes."})
    desk.close()
    assert run(*translate, "--fresh").returncode == 0
    texts = [each.es.text for each in _posting(out).segments]
    assert texts[1:] == ["Es: Write reports.", "Es: Keep records.", "Escribir informes."]
    source.write_text("Officer\n\n- Write more.\n- Keep records.\n- Write reports.\n")
    assert run(*translate).returncode == 0
    texts = [each.es.text for each in _posting(out).segments]
    assert texts[1:] == ["Es: Write more.", "Es: Keep records.", "Es: Write reports."]


def test_the_next_run_knows_what_was_accepted(run: Run, folder: Path, tmp_path: Path) -> None:
    desk = a_desk(folder)
    desk.accept(where(desk), ANA, {"es": BETTER})
    desk.close()
    (tmp_path / "clerk.txt").write_text("Clerk\n\n- Write reports for the committee.\n")
    out = tmp_path / "out"
    done = run("translate", tmp_path / "clerk.txt", "-o", out, "--engine", "fake",
               "--memory", folder / "memory.sqlite")  # fmt: skip
    assert done.returncode == 0, done.stderr
    row = Store(out).load("clerk").segments[-1]
    assert (row.es.text, row.es.origin) == (BETTER, "memory")
    again = Desk(Store(out), Decisions(out / FILE), lambda: None)
    assert status(again, where(again, id_="clerk")) == "accepted"
    again.close()


def test_people_s_words_are_carried_by_the_author_s() -> None:
    posting = postings()[0]
    row = posting.segments[3]
    human = row.model_copy(update={"es": Side(text="Coordinar 6 talleres al año.", origin="human")})
    segments = tuple(human if each.id == row.id else each for each in posting.segments)
    before = posting.model_copy(update={"segments": segments})
    after = carried(posting, before)
    assert after.segments[3].es == human.es
    assert "added-number" in {flag.rule for flag in after.segments[3].flags}
    assert carried(posting, posting) == posting


def _posting(out: Path) -> Posting:
    return Store(out).load("officer")


def test_what_is_typed_is_one_line_with_nothing_hidden_lost() -> None:
    assert typed(" a\r\nb\t c ") == "a b c"
    assert typed("[U+202E]x") == "\u202ex"
    assert typed("[U+0041] [U+ZZZZ] [U+FFFFF]") == "[U+0041] [U+ZZZZ] [U+FFFFF]"


def test_terms_stand_where_they_are(desk: Desk) -> None:
    shown = {
        part.text: part.outcome
        for chapter in chapters(desk.open("officer"), desk._matcher())
        for row in chapter.rows
        for cell in row.cells
        for part in cell.parts
        if part.term
    }
    assert shown["goals"] in {"violated", "agreed", "enforced"}


# Pages and their guard


class Client:
    """Asks the app as a browser on this machine would."""

    def __init__(self, folder: Path, *roots: Path) -> None:
        self.terms = Terms([str(folder / "my-terms.csv")], folder / "out")
        self.desk = a_desk(folder)
        self.site = Site(self.desk, self.terms, engine="fake", roots=roots)
        app = make_app(self.site, ["127.0.0.1:8484", "localhost:8484"])
        self.http = TestClient(app, base_url="http://127.0.0.1:8484", follow_redirects=False)
        self.headers = {TOKEN: self.site.token, "Origin": "http://127.0.0.1:8484"}

    def get(self, path: str, **headers: str) -> Any:
        return self.http.get(path, headers={"Accept-Language": "en"} | headers)

    def post(self, path: str, data: dict[str, str] | None = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.post(path, data=data or {}, headers=self.headers | named)


@pytest.fixture
def client(folder: Path, made: Path) -> Iterator[Client]:
    asking = Client(folder, made)
    yield asking
    asking.desk.close()


def test_strangers_are_kept_out(client: Client) -> None:
    path, data = "/posting/officer/rows/s003/accept", {"version": "0"}
    assert client.http.get("/", headers={"Host": "evil.example:8484"}).status_code == 421
    assert client.http.get("/", headers={"Host": "127.0.0.1:80"}).status_code == 421
    assert client.http.post(path, data=data).status_code == 403
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {TOKEN: "guess"},
        {TOKEN: "ñ"},
    ):
        coded = {name: value.encode() for name, value in headers.items()}
        assert client.post(path, data, **coded).status_code == 403, headers  # type: ignore[arg-type]
    assert client.http.put(path, headers=client.headers).status_code == 405
    assert client.desk.decisions.marks() == {}
    assert client.post(path, data, Sec_Fetch_Site="same-origin").status_code == 200


def test_every_answer_is_guarded(client: Client) -> None:
    pages = ("/", "/posting/officer", "/terms", "/diff", "/none", "/static/review.js")
    for path in pages:
        answer = client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, path
        if path.startswith("/static"):
            continue
        assert "onclick=" not in answer.text
        assert not re.search(r"<script(?! src=\"/static/)", answer.text), path
        assert not re.search(r"<style|\sstyle=", answer.text), path
        assert not re.search(r"(src|href)=\"(?!/|#)", answer.text), path


def test_too_much_is_refused(client: Client) -> None:
    path = "/posting/officer/rows/s003/save"
    assert client.post(path, {"text": "x" * LARGEST}).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST // 1024 + 2):
            yield b"x" * 1024

    answer = client.http.post(path, content=endless(), headers=client.headers)
    assert answer.status_code == 413
    long = {"text": "x" * 10_001, "language": "es", "version": "0"}
    assert client.post(path, long).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/posting/..%2fofficer", "/posting/%2e%2e", "/posting/none", "/posting/officer%00",
        "/posting/officer/rows/s999", "/posting/officer/rows/..%2f..", "/static/../app.py",
        "/static/%2e%2e/app.py", "/terms/impact/none", "/diff?a=/etc&b=/etc",
        "/diff?a=%00&b=x", "/posting/officer/rows/s003/history/x",
    ],
)  # fmt: skip
def test_nothing_outside_is_shown(client: Client, path: str) -> None:
    assert client.get(path).status_code in {404, 405, 422}


@pytest.mark.parametrize(
    "data",
    [
        {}, {"version": "x"}, {"version": "-1"}, {"version": "9" * 40},
        {"version": "0", "text": "x", "language": "fr"}, {"version": "٣"},
    ],
)  # fmt: skip
def test_a_form_that_is_none_of_ours(client: Client, data: dict[str, str]) -> None:
    assert client.post("/posting/officer/rows/s003/save", data).status_code == 422


def test_a_clash_shows_both(client: Client) -> None:
    path = "/posting/officer/rows/s003/save"
    one = {"version": "0", "text": "Uno.", "language": "es"}
    assert client.post(path, one).status_code == 200
    answer = client.post(path, {"version": "0", "text": "Dos <b>.", "language": "es"})
    assert answer.status_code == 409
    assert "Uno." in answer.text
    assert "Dos &lt;b&gt;." in answer.text
    assert "Dos <b>." not in answer.text


def test_what_a_later_run_wrote_is_not_accepted_unseen(client: Client) -> None:
    page = client.get("/posting/officer").text
    [shown] = re.findall(r'id="shown-s003" value="([^"]+)"', page)
    store = client.desk.store
    posting = store.load("officer")
    anew = [
        each.model_copy(update={"es": each.es.model_copy(update={"text": "Otra cosa."})})
        if each.id == "s003"
        else each
        for each in posting.segments
    ]
    store.revise(posting.model_copy(update={"segments": tuple(anew)}), index=False)
    path, seen = "/posting/officer/rows/s003/accept", {"version": "0", "shown": shown}
    answer = client.post(path, seen)
    assert answer.status_code == 409
    assert "Otra cosa." in answer.text
    assert client.desk.decisions.marks() == {}
    typed = {"text": "Lo mío.", "language": "es"}
    assert client.post(path, seen | typed).status_code == 200


def test_the_list_can_be_narrowed(client: Client) -> None:
    def names(query: str) -> list[str]:
        return re.findall(r'href="/posting/([a-z]+)"', client.get(f"/?{query}").text)

    assert names("") == ["driver", "hostile", "officer"]
    assert names("q=PROGRAM+officer") == ["officer"]
    assert names("show=done") == []
    assert names("show=open&order=looks")[0] in {"officer", "hostile", "driver"}
    assert names("show=nonsense&order=nonsense") == ["driver", "hostile", "officer"]


def test_names_and_languages_are_chosen(client: Client) -> None:
    assert 'lang="es"' in client.get("/", **{"Accept-Language": "es-SV,en;q=0.3"}).text[:60]
    answer = client.post("/choices", {"language": "es", "name": "Doña <Ana>"})
    assert answer.status_code == 204
    assert "HttpOnly" in answer.headers["set-cookie"]
    shown = client.get("/").text
    assert 'lang="es"' in shown[:60]
    assert "Doña &lt;Ana&gt;" in shown


def test_a_term_is_written_where_it_belongs(client: Client, folder: Path) -> None:
    form = client.get("/terms/form?en=Trade+Unions,&es=los+sindicatos").text
    assert 'value="Trade Union"' in form or 'value="trade union"' in form
    term = {"en": "trade union", "es": "sindicato", "pos": "noun", "note": 'a "note", too'}
    term["avoid_es"] = "trade union"
    shown = client.get("/terms/proposal?en=wage&es=paga&avoid_es=objetivo").text
    assert "objetivo" in shown
    answer = client.post("/terms/save", term)
    assert answer.status_code == 200
    rows = list(csv.DictReader((folder / "my-terms.csv").read_text().splitlines()))
    assert rows[-1]["gender"] == "m"
    key = re.findall(r"/terms/impact/([\w-]+)", answer.text)[0]
    assert "sindicato" in client.get(f"/terms/impact/{key}").text
    again = client.post("/terms/save", term)
    assert again.status_code == 422
    assert "Nothing was written" in again.text
    changed = client.post("/terms/save", term | {"line": "3", "es": "gremio"})
    assert changed.status_code == 200
    text = (folder / "my-terms.csv").read_text()
    assert "gremio" in text
    assert "sindicato" not in text
    assert client.post("/terms/remove", {"line": "3"}).status_code == 200
    assert (folder / "my-terms.csv").read_text().splitlines()[1:] == [
        line for line in text.splitlines()[1:] if "gremio" not in line
    ]
    assert client.post("/terms/remove", {"line": "3"}).status_code == 404


def test_a_glossary_that_breaks_meanwhile_is_told(client: Client, folder: Path) -> None:
    (folder / "my-terms.csv").write_text("en,es,gender\nwage,salario,x\n")
    answer = client.get("/terms")
    assert answer.status_code == 200
    assert "gender is" in answer.text


def test_the_own_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("en,es\nwage,salario\n")
    assert Terms(None, tmp_path).own == tmp_path / "my-terms.csv"
    assert Terms([str(tmp_path / "a.csv")], tmp_path).own == tmp_path / "a.csv"
    assert Terms(["bundled", str(tmp_path / "new.csv")], tmp_path).own == tmp_path / "new.csv"
    with pytest.raises(UsageError):
        Terms([str(tmp_path / "none/x.csv")], tmp_path)


def test_both_languages_of_the_interface_are_complete() -> None:
    folder = resources.files("harmonize.review") / "templates"
    used: set[str] = set()
    for file in folder.iterdir():
        used |= set(re.findall(r'\bt\("(\w+)"[,)]', file.read_text()))
    slots = re.compile(r"\{\w+\}")
    for key, both in words().items():
        assert both.en, key
        assert both.es, key
        assert sorted(slots.findall(both.en)) == sorted(slots.findall(both.es)), key
    assert used <= words().keys()


def test_this_machine_only() -> None:
    listening = listen(0)
    host, port = listening.getsockname()
    assert host == "127.0.0.1"
    assert hosts_of(listening) == [f"127.0.0.1:{port}", f"localhost:{port}"]
    with pytest.raises(UsageError, match="cannot be used"):
        listen(port)
    with pytest.raises(UsageError):
        listen(70_000)
    listening.close()


def test_what_is_not_there(run: Run, tmp_path: Path, desk: Desk) -> None:
    missing = run("review", tmp_path / "none")
    assert missing.returncode == 2
    assert "There is no folder" in missing.stderr
    with pytest.raises(RejectedInput):
        desk.accept(Where("none", "s001", 0), ANA, {})
    with pytest.raises(RejectedInput):
        desk.accept(Where("officer", "s999", 0), ANA, {})


def test_a_log_that_is_no_log(folder: Path) -> None:
    (folder / "out" / FILE).write_bytes(b"not a database, but long enough to be looked at" * 40)
    with pytest.raises(UsageError, match="decisions are kept"):
        Decisions(folder / "out" / FILE)
