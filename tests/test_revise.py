"""Finished postings held against a glossary again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import Run

from harmonize.engines.base import Request, Result
from harmonize.engines.fake import FakeEngine
from harmonize.pipeline import Harmonizer
from harmonize.records import Posting, Side
from harmonize.repairs.edits import Edit, replay
from harmonize.revise import reapplied, revisions, with_side

TEXT = """Program Officer

Responsibilities

- Promote the goals of the trade union in every region.
- Send a life sheet to the office.

Requisitos

- Experiencia en el gremio y en la oficina.
"""


class Words(FakeEngine):
    """An engine that knows a few words, and of which it can be asked what it was asked."""

    asked: Sequence[str] = ()
    union = "gremio"

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        Words.asked = [*Words.asked, *(request.text for request in batch)]
        results = []
        for request in batch:
            text = request.text.replace("trade union", Words.union).replace("goals", "goles")
            results.append(Result(text=f"{target}: {text}"))
        return results


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> type[Words]:
    monkeypatch.setattr(FakeEngine, "translate", Words.translate)
    monkeypatch.setattr(Words, "asked", ())
    monkeypatch.setattr(Words, "union", "gremio")
    return Words


def glossary(folder: Path, *rows: str) -> str:
    file = folder / f"terms{len(list(folder.glob('*.csv')))}.csv"
    file.write_text("\n".join(["en,es,pos,gender,avoid_en,avoid_es", *rows]) + "\n")
    return str(file)


def harmonizer(*files: str) -> Harmonizer:
    return Harmonizer("fake", glossary=list(files), sector_memory=False)


def finished(text: str = TEXT, *files: str) -> Posting:
    with harmonizer(*files) as made:
        return made.run_text(text, "x")


def test_words_to_be_avoided_go_without_translating(engine: type[Words], tmp_path: Path) -> None:
    before = finished()
    engine.asked = ()
    with harmonizer(glossary(tmp_path, "goal,objetivo,noun,m,,gol")) as again:
        after = reapplied(before, again)
        assert after.signature == again.signature
    assert engine.asked == ()
    assert [(each.language, each.after) for each in revisions(before, after)] == [
        ("es", "Es: Promote the objetivos of the gremio in every region.")
    ]
    assert [(t.en, t.outcome) for s in after.segments for t in s.terms] == [("goal", "enforced")]


def test_only_what_does_not_agree_is_translated_again(engine: type[Words], tmp_path: Path) -> None:
    before = finished()
    engine.asked, engine.union = (), "sindicato"
    with harmonizer(glossary(tmp_path, "trade union,sindicato,noun,m,,")) as again:
        after = reapplied(before, again)
        assert reapplied(after, again) == after
    assert engine.asked == ["Promote the goals of the trade union in every region."]
    assert [each.after for each in revisions(before, after)] == [
        "Es: Promote the goles of the sindicato in every region."
    ]


def test_what_an_engine_cannot_put_right_is_flagged(engine: type[Words], tmp_path: Path) -> None:
    with harmonizer(glossary(tmp_path, "trade union,sindicato,noun,m,,")) as again:
        after = reapplied(finished(), again)
    rules = [each.rule for segment in after.segments for each in segment.flags]
    assert "term-violated" in rules


def test_the_author_s_avoided_words_are_replaced_and_recorded(
    engine: type[Words], tmp_path: Path
) -> None:
    before = finished()
    file = glossary(tmp_path, "CV,CV,noun,m,life sheet,", "union,sindicato,noun,m,,gremio")
    with harmonizer(file) as again:
        after = reapplied(before, again)
    texts = [segment.en.text for segment in after.segments]
    assert "Send a CV to the office." in texts
    assert after.segments[-1].es.text == "Experiencia en el sindicato y en la oficina."
    made = [each for each in after.repairs if each.rule == "glossary"]
    assert [(each.before, each.after) for each in made] == [
        ("life sheet", "CV"), ("gremio", "sindicato"),
    ]  # fmt: skip
    edits = [Edit(c.start, c.end, c.after, c.rule, c.confidence) for c in after.repairs]
    assert "Send a CV to the office." in replay(TEXT, edits)


def test_what_a_person_wrote_stays_and_is_flagged(engine: type[Words], tmp_path: Path) -> None:
    before = finished()
    place = next(n for n, each in enumerate(before.segments) if "trade union" in each.en.text)
    human = Side(text="Promover las metas del gremio en cada región.", origin="human")
    segments = list(before.segments)
    segments[place] = with_side(segments[place], "es", human)
    before = before.model_copy(update={"segments": tuple(segments)})
    engine.asked = ()
    with harmonizer(glossary(tmp_path, "trade union,sindicato,noun,m,,gremio")) as again:
        after = reapplied(before, again)
    assert after.segments[place].es == human
    assert [each.rule for each in after.segments[place].flags] == ["term-avoided", "term-violated"]
    assert not [text for text in engine.asked if "Promote" in text]


def test_a_new_side_is_checked(engine: type[Words]) -> None:
    segment = finished("- Work for 5 years with our members.\n").segments[0]
    wrong = with_side(segment, "es", Side(text="Trabajar 6 años con la membresía.", origin="human"))
    assert {each.rule for each in wrong.flags} == {"section-guessed", "lost-number", "added-number"}
    right = with_side(wrong, "es", Side(text="Trabajar 5 años con la membresía.", origin="human"))
    assert {each.rule for each in right.flags} == {"section-guessed"}


def test_the_command_writes_the_files_that_are_there(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT)
    out = str(tmp_path / "out")
    first = run("translate", str(source), "-o", out, "--engine", "fake", "--no-glossary",
                    "--format", "txt,json")  # fmt: skip
    assert first.returncode == 0, first.stderr
    file = glossary(tmp_path, "office,despacho,noun,m,,", "CV,CV,noun,m,life sheet,")
    arguments = ("glossary", "apply", out, "--engine", "fake", "--glossary", file)
    before = (tmp_path / "out/a/en.txt").read_text()
    tried = run(*arguments, "--dry-run", "--json")
    assert "Send a CV to the office." in [each["after"] for each in json.loads(tried.stdout)]
    assert (tmp_path / "out/a/en.txt").read_text() == before
    done = run(*arguments)
    assert "+ Send a CV to the office." in done.stdout
    assert "Send a CV" in (tmp_path / "out/a/en.txt").read_text()
    assert sorted(path.name for path in (tmp_path / "out/a").iterdir()) == [
        "en.txt", "es.txt", "posting.json",
    ]  # fmt: skip
    again = run(*arguments)
    assert again.stdout == ""
    missing = run("glossary", "apply", str(tmp_path / "none"))
    assert missing.returncode == 2
    assert "There is no folder" in missing.stderr
