"""The sector memory: what is found in it, how it is written, what becomes of it in a posting."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, Run

from harmonize.engines.base import BOTH, Availability, Request, Result
from harmonize.errors import UsageError
from harmonize.glossary import Entry, Glossary, Matcher, load
from harmonize.glossary.model import Language
from harmonize.pipeline import Harmonizer
from harmonize.recall import GAP, Recalled
from harmonize.sector import SectorMemory, heldout, is_held_out
from harmonize.sector.check import check
from harmonize.sector.load import bundled, memory_files
from harmonize.sector.normal import edges, normal
from harmonize.sector.templates import SLOT
from harmonize.translate import Text, Work, translate_texts

CASES = ROOT / "tests/cases/sector"
RECALL = json.loads((CASES / "recall.json").read_text())
CHECKS = json.loads((CASES / "checks.json").read_text())
OTHER: dict[Language, Language] = {"en": "es", "es": "en"}
FILE = CASES / "memory.csv"
VALUES = {
    "n": ("three", "tres"),
    "amount": ("US$ 1,200", "US$ 1,200"),
    "date": ("March 11, 2024", "11 de marzo de 2024"),
    "percent": ("50%", "50%"),
    "language": ("French", "francés"),
    "place": ("Quito", "Quito"),
    "organization": ("Acme Fund", "Acme Fund"),
    "role": ("Head of Finance", "Jefa de Finanzas"),
    "email": ("a@b.org", "a@b.org"),
    "url": ("www.x.org", "www.x.org"),
    "x": ("coffee farming", "cultivar café"),
}
PIECES = st.sampled_from(
    ["At least ", "3", " years", " of experience", " in ", "Support ", "the team", ". ", ", ", "(",
     ")", "• ", "Fluency in ", "Spanish", " and ", "May 3", "{x}", GAP, "US$ 5", "x@y.org", "\n"]
)  # fmt: skip


class Listening:
    """An engine that marks each text with ‹, and knows which batches it got."""

    name = "listening"

    def __init__(self) -> None:
        self.batches: list[list[Request]] = []

    def availability(self) -> Availability:
        return Availability(BOTH, "")

    def signature(self) -> str:
        return "listening"

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        self.batches.append(list(batch))
        return [Result(text=f"‹{request.text}") for request in batch]

    def close(self) -> None:
        pass


class Other:
    """A second memory: what it is made with, and nothing else."""

    def __init__(self, known: dict[str, Recalled]) -> None:
        self.known = known

    def signature(self) -> str:
        return "other"

    def recall(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> list[Recalled | None]:
        return [self.known.get(text.words) for text in texts]


@pytest.fixture(scope="module")
def memory() -> SectorMemory:
    return SectorMemory([FILE])


@pytest.mark.parametrize(("language", "text", "expected", "why"), RECALL)
def test_recall(
    memory: SectorMemory, language: Language, text: str, expected: str | None, why: str
) -> None:
    (found,) = memory.recall([Text(text)], language, OTHER[language])
    shown = found.text if found else None
    for gap in found.gaps if found else ():
        shown = (shown or "").replace(GAP, f"[{gap.words}]", 1)
        assert gap.verbs or gap.words[:3].lower() in text[gap.start : gap.end].lower()
    assert shown == expected, why


def test_every_pair_answers_both_ways(memory: SectorMemory) -> None:
    pairs = [row for row in memory.rows if row.kind == "pair"]
    for source, target in OTHER.items():
        found = memory.recall([Text(row.side(source)) for row in pairs], source, target)
        assert [each and each.text for each in found] == [row.side(target) for row in pairs]
        assert [each and each.identity for each in found] == [row.identity for row in pairs]


@given(st.lists(PIECES | st.text(max_size=4), max_size=10).map("".join))
def test_any_text_is_looked_up_safely(memory: SectorMemory, text: str) -> None:
    assert "".join(edges(text)) == text
    for source, target in OTHER.items():
        (found,) = memory.recall([Text(text)], source, target)
        if found:
            assert found.text.count(GAP) == len(found.gaps)
            assert all(text[gap.start : gap.end].strip() for gap in found.gaps)
            assert found.filled(["x"] * len(found.gaps), target).count(GAP) == 0


@given(st.sampled_from([row for row in SectorMemory([FILE]).rows if row.kind == "pair"]), st.data())
def test_what_does_not_count_changes_nothing(row: object, data: st.DataObject) -> None:
    text = row.en  # type: ignore[attr-defined]
    changed = data.draw(st.sampled_from((str.upper, str.lower, str.title)))(edges(text).core)
    mark = data.draw(st.sampled_from(("", "- ", "• ", "a) ", "12. ")))
    end = data.draw(st.sampled_from(("", ".", ";", ":", ",", "; and")))
    changed = mark + changed.replace(" ", data.draw(st.sampled_from((" ", "  ", "\u00a0")))) + end
    assert normal(changed, "en") == normal(text, "en")


def test_long_lines_do_not_take_long(memory: SectorMemory) -> None:
    nasty = ["At least 3 years of experience in " + "a (b, " * 150, "Support " * 120, "3 " * 450]
    begin = time.perf_counter()
    memory.recall([Text(each) for each in nasty * 3], "en", "es")
    assert time.perf_counter() - begin < 5


def work(memory: object, matcher: Matcher | None = None) -> tuple[Work, Listening]:
    engine = Listening()
    return Work(engine, "en", "es", matcher, memories=(memory,)), engine  # type: ignore[arg-type]


def test_a_whole_text_comes_from_the_memory_and_the_engine_is_not_asked(
    memory: SectorMemory,
) -> None:
    job, engine = work(memory)
    (done,) = translate_texts([Text("Our office is small. We share all tasks.")], job)
    assert done.text == "Nuestra oficina es pequeña. Compartimos todas las tareas."
    assert (done.origin, len(done.memory), engine.batches) == ("memory", 1, [])


def test_units_come_from_the_memory_and_the_rest_from_the_engine(memory: SectorMemory) -> None:
    job, engine = work(memory)
    texts = ["Paid holidays. Coffee for all.", "Paid holidays | **Fluent Spanish**", "Coffee."]
    mixed, remembered, neither = translate_texts(list(map(Text, texts)), job)
    assert mixed.text == "Vacaciones pagadas. ‹Coffee for all."
    assert (mixed.origin, len(mixed.memory)) == ("machine", 1)
    assert remembered.text == "Vacaciones pagadas | **Español fluido**"
    assert (remembered.origin, len(remembered.memory)) == ("memory", 2)
    assert (neither.origin, neither.memory) == ("machine", ())
    assert sorted(request.text for request in engine.batches[0]) == ["Coffee for all.", "Coffee."]


def test_gaps_go_to_the_engine_in_the_same_batch(memory: SectorMemory) -> None:
    job, engine = work(memory)
    texts = ["Ability to lift 20 kg;", "Coffee.", "You report to the Head of Programmes."]
    done = translate_texts(list(map(Text, texts)), job)
    assert [each.text for each in done] == [
        "Capacidad para ‹lift 20 kg;",
        "‹Coffee.",
        "Usted reporta al cargo de ‹Head of Programmes.",
    ]
    assert [each.origin for each in done] == ["memory", "machine", "memory"]
    (batch,) = filter(None, engine.batches)
    asked = {request.text: (request.kind, request.duty) for request in batch}
    assert asked["lift 20 kg"] == ("paragraph", True)
    assert asked["Head of Programmes"] == ("title", False)


def test_spanish_infinitives_become_forms_in_ing(memory: SectorMemory) -> None:
    text = "Al menos 3 años de experiencia en planificar y dirigir talleres"
    (found,) = memory.recall([Text(text)], "es", "en")
    assert found
    assert (found.gaps[0].words, found.gaps[0].duty) == ("planificar y dirigir talleres", True)
    filled = found.filled(["to plan and lead workshops"], "en")
    assert filled == "At least 3 years of experience in planning and leading workshops"


def test_known_headings_are_not_looked_up() -> None:
    known = Recalled("Otra cosa", "human", "1")
    job, _ = work(Other({"Requirements:": known, "Reports to: Ana": known}))
    heading, label = translate_texts([Text("Requirements:"), Text("Reports to: Ana")], job)
    assert (heading.text, heading.origin) == ("Requisitos:", "machine")
    assert (label.text, label.origin) == ("Otra cosa", "human")


def test_memories_are_asked_in_order(memory: SectorMemory) -> None:
    human = Other({"Paid holidays": Recalled("Vacaciones con goce de salario", "human", "h1")})
    machine = Other({"Coffee.": Recalled("Café.", "machine", "m1")})
    job = Work(Listening(), "en", "es", memories=(human, memory, machine))
    texts = ["Paid holidays", "Fluent Spanish", "Coffee.", "Paid holidays | Fluent Spanish"]
    done = translate_texts(list(map(Text, texts)), job)
    assert [each.origin for each in done] == ["human", "memory", "machine", "memory"]
    assert done[0].memory == ("h1",)
    assert done[2] == done[2]._replace(text="Café.", memory=("m1",))


@pytest.mark.parametrize(
    ("es", "avoided", "text", "origin"),
    [
        ("salario digno", (), "Pagamos un salario digno.", "memory"),
        ("sueldo vital", (), "‹We pay a living wage.", "machine"),
        ("sueldo vital", ("salario digno",), "Pagamos un sueldo vital.", "memory"),
    ],
)
def test_a_users_own_glossary_decides(
    memory: SectorMemory, es: str, avoided: tuple[str, ...], text: str, origin: str
) -> None:
    entry = Entry(en="living wage", es=es, gender="m", avoid_es=avoided)
    job, _ = work(memory, Matcher(Glossary(entries=(entry,))))
    (done,) = translate_texts([Text("We pay a living wage.")], job)
    assert (done.text, done.origin) == (text, origin)
    assert origin == "machine" or done.terms[0].outcome == "enforced"


def test_the_bundled_glossary_leaves_a_pair_its_own_words(memory: SectorMemory) -> None:
    job, _ = work(memory, Matcher(load()))
    (done,) = translate_texts([Text("Health and dental insurance")], job)
    assert (done.text, done.origin) == ("Seguro médico y dental", "memory")
    assert [(term.en, term.outcome) for term in done.terms] == [("dental insurance", "skipped")]
    assert done.flags == ()


def test_a_posting_tells_what_came_from_the_memory(memory: SectorMemory) -> None:
    text = "Requirements\n\n- Fluent Spanish\n- Experience with bees\n"
    with Harmonizer(engine="fake", glossary=[]) as with_it:
        with_it._memories = (memory,)
        posting = with_it.run_text(text, id="x")
    with Harmonizer(engine="fake", glossary=[], sector_memory=False) as without:
        bare = without.run_text(text, id="x")
    sides = [(each.es.text, each.es.origin, each.es.memory) for each in posting.segments]
    identity = next(row.identity for row in memory.rows if row.en == "Fluent Spanish")
    assert sides[1] == ("Español fluido", "memory", (identity,))
    assert sides[2][1:] == ("machine", ())
    assert [each.es.origin for each in bare.segments] == ["machine"] * 3
    assert f"memory:{memory.signature()}|" in posting.signature
    assert "memory:none|" in bare.signature


def test_the_command_line_can_do_without(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Requirements\n\n- Fluent in Spanish and English\n")
    assert run("translate", "x.txt", "-o", "a", "--engine", "fake").returncode == 0
    command = ("translate", "x.txt", "-o", "b", "--engine", "fake", "--no-sector-memory")
    assert run(*command).returncode == 0
    (tmp_path / "harmonize.toml").write_text("sector_memory = false\n")
    assert run("translate", "x.txt", "-o", "c", "--engine", "fake").returncode == 0
    signatures = [
        json.loads((tmp_path / out / "run.json").read_text())["signature"] for out in "abc"
    ]
    assert ["memory:none" in signature for signature in signatures] == [False, True, True]


def test_help_reads_no_memory() -> None:
    code = "import sys, harmonize.cli.app; print('harmonize.sector' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(("content", "message"), CHECKS)
def test_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my.csv").write_text(content)
    found = [str(each) for each in check(["my.csv"])]
    assert f"my.csv:{message}" in found if message else found == []


def test_a_file_that_is_not_utf_8_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes("en,es\nOne year,Un año\n".encode("cp1252"))
    done = run("memory", "check", "old.csv")
    assert (done.returncode, done.stdout[:23]) == (1, "old.csv:2: the file is ")
    (problem,) = json.loads(run("memory", "check", "--json", "old.csv").stdout)
    assert (problem["line"], problem["level"]) == (2, "error")
    assert run("memory", "check", "none.csv").returncode == 2


def test_a_memory_that_cannot_be_used_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("en,es,kind\nPay,Remuneración,twin\n")
    with pytest.raises(UsageError, match=r"bad\.csv:2: kind is"):
        SectorMemory([file]).recall([Text("Pay")], "en", "es")


@pytest.mark.parametrize(
    "row",
    [
        "{n} people,{m} personas", "{n} people,personas {n2}", "{z} people,{z} personas",
        "we {n|a|b},{n|a|b} vamos", "{n},{n}", "{x} and {x2},{x} y {x2}", "{n {n2} go,van {n2}",
        "{n} {n||} go,van {n} {n|a|b}", "go {n|a} {n},van {n} {n|b}",
    ],
)  # fmt: skip
def test_a_wrong_template_harms_no_other_line(tmp_path: Path, row: str) -> None:
    file = tmp_path / "my.csv"
    file.write_text(f"en,es,kind\n{row},template\nPay day,Día de pago,pair\n")
    memory = SectorMemory([file])
    lines = ["3 people", "we a 3", "3 5", "3 go", "go a 3", "coffee and tea", "{n 3 go"]
    for source, target in OTHER.items():
        assert len(memory.recall(list(map(Text, lines)), source, target)) == len(lines)
    (found,) = memory.recall([Text("Pay day")], "en", "es")
    assert found


def test_the_bundled_memory_has_no_errors() -> None:
    assert [str(each) for each in check() if each.level == "error"] == []


def test_every_bundled_template_answers_the_lines_that_it_is_made_for() -> None:
    memory = SectorMemory()
    rows = [row for row in memory.rows if row.kind == "template"]
    assert rows
    for source, target in OTHER.items():
        lines = [SLOT.sub(partial(_value, language=source), row.side(source)) for row in rows]
        found = memory.recall(list(map(Text, lines)), source, target)
        assert [line for line, each in zip(lines, found, strict=True) if not each] == []


def _value(slot: re.Match[str], language: Language) -> str:
    return slot[3].split("|")[-1] if slot[3] else VALUES[slot[1]][language == "es"]


def test_held_out_pairs_are_never_found() -> None:
    rows = heldout()
    files = memory_files(bundled())
    assert all(is_held_out(row) for row in rows)
    assert all(file.name != "heldout.csv" for file in files)


def test_holding_out_moves_each_pair_once(tmp_path: Path) -> None:
    shutil.copy(FILE, tmp_path / "lines.csv")
    before = SectorMemory([FILE]).rows
    command = [sys.executable, ROOT / "scripts/hold_out.py", tmp_path]
    first, again = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in "12"
    )
    held = heldout(tmp_path)
    wanted = [row.identity for row in before if is_held_out(row)]
    assert wanted
    assert [row.identity for row in held] == wanted
    kept = SectorMemory(memory_files(tmp_path)).rows
    assert [row.identity for row in kept] == [
        row.identity for row in before if row.identity not in wanted
    ]
    assert first.startswith(f"{len(wanted)} held out: {len(wanted)} new")
    assert again.startswith(f"{len(wanted)} held out: 0 new")
    assert not [each for each in check([tmp_path]) if "heldout.csv" in each.message]
    shutil.copy(FILE, tmp_path / "lines.csv")
    assert len([each for each in check([tmp_path]) if "belongs into" in each.message]) == len(
        wanted
    )
