"""The rules of the house, held against the code itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, Run

PACKAGE = ROOT / "src/harmonize"

FLOORS = (
    ("records", "errors", "rules", "whole", "machine", "again", "shipped", "letters"),
    ("dates", "flags", "lock", "rejected"),
    ("protect",),
    ("repairs", "segments"),
    ("read", "language"),
    ("glossary",),
    ("style", "recall"),
    ("engines", "sector", "own_name"),
    ("memory",),
    ("check", "harmonise", "units", "shared"),
    ("translate", "draft"),
    ("current", "assemble"),
    ("render",),
    ("pipeline", "config", "catalogue"),
    ("store", "provide", "diagnose", "revise", "diff"),
    ("worker",),
    ("crew",),
    ("job", "evaluate", "review", "batch"),
    ("forget",),
    ("cli",),
)
"""From the ground up: a room uses its own floor's rooms never, those below freely."""

COMMANDS = (
    "batch",
    *("translate", "repair", "detect", "setup", "doctor", "schema"),
    *("packs list", "packs install", "packs verify", "packs remove"),
    *("glossary list", "glossary show", "glossary add", "glossary check"),
    *("glossary import", "glossary export", "glossary suggest"),
    "glossary apply",
    "evaluate",
    "export",
    *("memory check", "memory stats", "memory import", "memory export", "memory forget"),
    *("review", "diff"),
)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports_of(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("harmonize."):
            found.add(node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.module == "harmonize":
            found |= {f"harmonize.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("harmonize.")}
    return found


def modules() -> list[Path]:
    return sorted(
        path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or "__" not in path.name
    )


@pytest.mark.parametrize("file", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(file: Path) -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    here = file.relative_to(PACKAGE).with_suffix("").parts[0]
    assert here in floor, f"{here} has no floor: draw it in FLOORS and in docs/architecture.md"
    for module in imports_of(file):
        there = room_of(module)
        assert there == here or floor[there] < floor[here], f"{file} imports {module}"


def test_every_room_is_in_the_picture() -> None:
    picture = (ROOT / "docs/architecture.md").read_text()
    for rooms in FLOORS:
        for room in rooms:
            assert room in picture


def test_modules_stay_readable() -> None:
    long = {str(file): len(file.read_text().splitlines()) for file in modules()}
    assert {file: lines for file, lines in long.items() if lines > 400} == {}


def test_the_public_names_are_sorted_and_there() -> None:
    import harmonize

    assert harmonize.__all__ == sorted(harmonize.__all__)
    assert all(getattr(harmonize, name) for name in harmonize.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = harmonize.nothing


def test_importing_writes_nothing_and_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = ["ctranslate2", "numpy", "sentencepiece", "argostranslate", "langdetect", "ftfy"]
    heavy += ["ahocorasick", "simplemma", "lxml"]
    rooms = "harmonize, harmonize.cli, harmonize.glossary"
    code = f"import sys, {rooms}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(
    run: Run, command: str
) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert "Example: harmonize" in done.stdout
    assert f"harmonize {command}" in (ROOT / "README.md").read_text()


def test_the_top_names_every_command(run: Run) -> None:
    shown = run("--help").stdout
    assert all(command.split()[0] in shown for command in COMMANDS)
    assert run("--version").stdout.startswith("harmonize ")
    assert run("nonsense").returncode == 2
