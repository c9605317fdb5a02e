"""The main job on real input: the five postings in, parallel English and Spanish out."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import jsonschema
import pytest
from support import ROOT, SEEDS, Run, Silent

from harmonize.protect import pieces_around, protected_spans
from harmonize.records import Posting


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds translated once, with the engine that every machine can have."""
    from harmonize.config import Config
    from harmonize.job import run_job

    folder = tmp_path_factory.mktemp("out")
    summary = run_job([str(SEEDS)], folder, Config(engine="apertium"), Silent())
    assert summary.translated == 5
    assert summary.all_well, summary
    return folder


def posting(out: Path, name: str) -> Posting:
    return Posting.model_validate_json((out / name / "posting.json").read_bytes())


def names() -> list[str]:
    return sorted(path.stem for path in SEEDS.glob("*.txt"))


@pytest.mark.parametrize("name", names())
def test_every_address_of_the_source_is_in_both_versions(out: Path, name: str) -> None:
    source = (SEEDS / f"{name}.txt").read_text()
    addresses = {
        span.text for span in protected_spans(source) if span.kind in {"email", "url", "domain"}
    }
    for language in ("en", "es"):
        version = (out / name / f"{language}.md").read_text()
        assert [address for address in addresses if address not in version] == []


@pytest.mark.parametrize("name", names())
def test_both_versions_have_the_same_blocks(out: Path, name: str) -> None:
    shapes = [
        [re.match(r"#+ |\s*(?:-|\d+[.)]) |\||", block)[0] for block in text.split("\n")]
        for text in ((out / name / f"{language}.md").read_text() for language in ("en", "es"))
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", names())
def test_the_record_is_valid_and_leads_back_to_the_source(out: Path, name: str, run: Run) -> None:
    record = json.loads((out / name / "posting.json").read_text())
    jsonschema.validate(record, json.loads(run("schema").stdout))
    source = (SEEDS / f"{name}.txt").read_text()
    done = 0
    for segment in record["segments"]:
        place = segment["source"]
        assert source[place["start"] : place["end"]] == place["text"]
        assert place["start"] >= done
        done = place["end"]
    repaired = "".join(source)
    for change in reversed(record["repairs"]):
        assert repaired[change["start"] : change["end"]] == change["before"]
        repaired = repaired[: change["start"]] + change["after"] + repaired[change["end"] :]


@pytest.mark.parametrize("name", names())
def test_the_authors_own_side_is_never_translated(out: Path, name: str) -> None:
    for segment in posting(out, name).segments:
        if segment.source.language in {"en", "es"}:
            own = segment.en if segment.source.language == "en" else segment.es
            assert own.origin == "source"


def test_a_spanish_section_is_spanish_in_one_version_and_english_in_the_other(out: Path) -> None:
    spanish = (out / "clac-banana-technician/es.md").read_text()
    english = (out / "clac-banana-technician/en.md").read_text()
    sentence = "Gestionar los componentes técnicos y presupuestarios del proyecto PIP"
    assert sentence in spanish
    assert sentence not in english
    assert "Manage technical and budgetary components" in english


def test_no_engine_marks_are_left(out: Path) -> None:
    for name in names():
        for segment in posting(out, name).segments:
            for side in (segment.en, segment.es):
                text = "".join(
                    piece for piece, protected in pieces_around(side.text) if not protected
                ).replace("**", "")
                assert side.origin == "source" or not re.search(
                    r"[*@#][^\W\d_]|[▁\ue000-\uf8ff]", text
                )


def test_the_pages_are_self_contained_and_inert(run: Run, tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> & \"quotes\" 'and' </td>"
    (tmp_path / "x.txt").write_text(f"Title <b>\n\n{hostile} for everyone to read in English.\n")
    assert run("translate", "x.txt", "-o", "out", "--engine", "fake").returncode == 0
    for page in ((tmp_path / "out/x/review.html"), (tmp_path / "out/index.html")):
        text = page.read_text()
        assert "<script>alert" not in text
        assert not re.search(r"(src|href)=[\"']?https?:", text)


def test_a_second_run_does_nothing(run: Run, tmp_path: Path) -> None:
    command = ("translate", SEEDS, "-o", "out", "--engine", "fake", "--format", "md,html,json,txt")
    first = run(*command)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    second = run(*command)
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    assert "5 translated, 0 unchanged" in first.stderr
    assert "0 translated, 5 unchanged" in second.stderr
    assert before == after
    assert first.stdout == second.stdout == ""


def test_an_edited_version_survives_the_next_run_and_a_lost_one_comes_back(
    run: Run, tmp_path: Path
) -> None:
    run("translate", SEEDS, "-o", "out", "--engine", "fake")
    edited, lost = tmp_path / "out/wsr-coordinator/es.md", tmp_path / "out/wsr-coordinator/en.md"
    edited.write_text("Corregido a mano.\n")
    lost.unlink()
    run("translate", SEEDS, "-o", "out", "--engine", "fake")
    assert edited.read_text() == "Corregido a mano.\n"
    assert lost.exists()
    run("translate", SEEDS, "-o", "out", "--engine", "fake", "--fresh")
    assert edited.read_text() != "Corregido a mano.\n"


def test_a_changed_source_is_translated_again_under_its_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Field officer\n\nVisit the farms every month.\n")
    run("translate", "a.txt", "-o", "out", "--engine", "fake")
    (tmp_path / "a.txt").write_text("Field officer\n\nVisit the farms every week.\n")
    assert (
        "1 translated"
        in run("translate", tmp_path / "a.txt", "-o", "out", "--engine", "fake").stderr
    )
    assert "week" in (tmp_path / "out/a/en.md").read_text()
    assert [path.name for path in (tmp_path / "out").iterdir() if path.is_dir()] == ["a"]


def test_postings_of_the_same_name_do_not_overwrite_each_other(run: Run, tmp_path: Path) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "job.txt").write_text(
            f"Officer\n\nWork in the {folder} of the country.\n"
        )
    run("translate", "north", "-o", "out", "--engine", "fake")
    run("translate", "south", "-o", "out", "--engine", "fake")
    assert "north" in (tmp_path / "out/job/en.md").read_text()
    assert "south" in (tmp_path / "out/job-2/en.md").read_text()
    assert (
        "2 unchanged" in run("translate", "north", "south", "-o", "out", "--engine", "fake").stderr
    )


def test_standard_input_is_a_posting(run: Run, tmp_path: Path) -> None:
    run(
        "translate",
        "-",
        "-o",
        "out",
        "--engine",
        "fake",
        stdin="Field officer\n\nVisit the farms.\n",
    )
    run("translate", "-", "-o", "out", "--engine", "fake", stdin="Accountant\n\nKeep the books.\n")
    assert len(list((tmp_path / "out").glob("stdin-*/en.md"))) == 2


def test_a_folder_leaves_out_readmes_hidden_files_and_its_own_output(
    run: Run, tmp_path: Path
) -> None:
    for name in ("a.txt", "README.md", ".hidden.txt", "deep/b.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("Field officer\n\nVisit the farms every month.\n")
    run("translate", "in", "-o", "in/out", "--engine", "fake")
    again = run("translate", "in", "-o", "in/out", "--engine", "fake")
    assert "0 translated, 2 unchanged, 0 rejected" in again.stderr


def test_an_interrupted_run_says_so_and_the_next_one_goes_on(tmp_path: Path) -> None:
    text = (SEEDS / "wsr-coordinator.txt").read_text()
    (tmp_path / "in").mkdir()
    for number in range(90):
        (tmp_path / f"in/p{number:02}.txt").write_text(text.replace("WSR", f"WSR{number}"))
    command = [
        sys.executable,
        "-m",
        "harmonize",
        "translate",
        "in",
        "-o",
        "out",
        "--engine",
        "fake",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background jobs, and so tests in one, ignore Ctrl-C; a user's command does not.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as first:
        while not list(tmp_path.glob("out/*/posting.json")):
            time.sleep(0.02)
        first.send_signal(signal.SIGINT)
        said = first.communicate(timeout=60)[1]
    assert first.returncode == 130
    assert "Run the same command again" in said
    done = len(list(tmp_path.glob("out/*/posting.json")))
    assert 0 < done < 90
    second = subprocess.run(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, check=True
    )
    assert f"{90 - done} translated, {done} unchanged" in second.stderr
    assert list(tmp_path.glob("out/**/*.part")) == []


BOTH = """Field Promoter

We are looking for a person who visits 25 cooperatives every month.

Buscamos una persona que visite 25 cooperativas cada mes.

Requirements / Requisitos

- Driving licence and three years of experience in rural areas
- Licencia de conducir y tres años de experiencia en zonas rurales

Apply by writing to empleo@cooperativa.org before May 5, 2024.

Postule escribiendo a empleo@cooperativa.org antes del 5 de mayo de 2024.
"""


def test_what_the_author_wrote_in_both_languages_is_not_translated_again(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "job.txt").write_text(BOTH)
    run("translate", "job.txt", "-o", "out", "--engine", "fake")
    english, spanish = (
        (tmp_path / f"out/job/{language}.md").read_text() for language in ("en", "es")
    )
    assert "We are looking for" in english
    assert "Buscamos" not in english
    assert "Buscamos una persona que visite 25 cooperativas cada mes." in spanish
    assert english.count("empleo@cooperativa.org") == spanish.count("empleo@cooperativa.org") == 1
    record = posting(tmp_path / "out", "job")
    paired = [segment for segment in record.segments if segment.parallel]
    assert len(paired) >= 3
    for segment in paired:
        place = segment.parallel
        assert place is not None
        assert BOTH[place.start : place.end] == place.text
        assert segment.en.origin == segment.es.origin == "source"
    assert "Buscamos una persona" in (tmp_path / "out/job/review.html").read_text()


def test_detect_gives_a_line_for_each_paragraph(run: Run) -> None:
    done = run("detect", "-", "--json", stdin=BOTH)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["index"] for row in rows] == list(range(len(rows)))
    assert {row["text"]: row["language"] for row in rows}[
        "Buscamos una persona que visite 25 cooperativas cada mes."
    ] == "es"
    assert set(rows[0]) == {"index", "language", "confidence", "kind", "text"}
    assert "Field Promoter" in run("detect", "-", stdin=BOTH).stdout


def test_repair_prints_the_text_or_its_changes(run: Run) -> None:
    garbled = "FunciĂłn Principal\n  de la membresĂa\n"
    assert run("repair", "-", stdin=garbled).stdout == "Función Principal\n  de la membresía\n"
    changes = [
        json.loads(line)
        for line in run("repair", "-", "--explain", stdin=garbled).stdout.splitlines()
    ]
    assert [(c["before"], c["after"]) for c in changes] == [
        ("FunciĂłn", "Función"),
        ("membresĂa", "membresía"),
    ]
    assert set(changes[0]) == {"start", "end", "before", "after", "rule", "confidence"}
