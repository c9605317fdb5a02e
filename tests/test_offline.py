"""Without a network everything is as with one: each command runs again where there is none."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import ROOT, SEEDS

PACKS = ROOT / "tests/pack"
ALONE = ("unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)))


def may_unshare() -> bool:
    """Whether this machine lets us make an empty network namespace."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not may_unshare(), reason="an empty network namespace (unshare --net) is not permitted here"
)


def harmonize(
    home: Path, *arguments: str, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """The command line in a home of its own, behind *before*."""
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [*before, sys.executable, "-m", "harmonize", *arguments],
        cwd=home,
        env=os.environ
        | {
            "HOME": str(home),
            "ARGOS_PACKAGES_DIR": str(home / "packs"),
            "PYTHONPATH": str(ROOT / "src"),
            **{f"XDG_{kind}_HOME": str(home / kind) for kind in ("DATA", "CONFIG", "CACHE")},
        },
        capture_output=True,
        timeout=300,
        check=False,
    )


def results(folder: Path) -> dict[str, bytes]:
    """What a run left, but the account with its times."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json" and ".docx" not in path.name
    }


def test_the_namespace_has_no_network() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([*ALONE, sys.executable, "-c", code], capture_output=True, check=False)
    assert b"unreachable" in done.stderr
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection({server.getsockname()!r}, 1)"
        command = [sys.executable, "-c", code]
        assert subprocess.run(command, check=False).returncode == 0
        alone = subprocess.run([*ALONE, *command], capture_output=True, check=False)
        assert alone.returncode != 0


def test_every_command_does_the_same_without_a_network(tmp_path: Path) -> None:
    seed = str(SEEDS / "wsr-coordinator.txt")
    assert Path(seed).exists()
    pairs = (PACKS / "pairs.tsv").read_text().splitlines()[:5]
    commands: list[tuple[str, ...]] = [
        ("packs", "install", str(PACKS)),
        ("packs", "verify"),
        ("translate", seed, "-o", "argos", "--engine", "argos"),
        ("translate", seed, "-o", "apertium", "--engine", "apertium"),
        ("export", "apertium", "--format", "tmx,xliff,docx,jsonld,txt"),
        ("repair", "--explain", seed),
        ("detect", "--json", seed),
        ("glossary", "check"),
        ("glossary", "list", "union", "--json"),
        ("glossary", "export", "terms.tbx"),
        ("glossary", "suggest", seed, "--least", "1"),
        ("glossary", "apply", "apertium", "--engine", "apertium"),
        ("evaluate", "five.tsv", "--engine", "apertium", "--json"),
        ("doctor", "--json"),
    ]
    homes = tmp_path / "a", tmp_path / "b"
    for home in homes:
        home.mkdir()
        (home / "five.tsv").write_text("\n".join(pairs) + "\n")
    for command in commands:
        online, alone = (
            harmonize(home, *command, before=before)
            for home, before in zip(homes, ((), ALONE), strict=True)
        )
        told = alone.stdout.replace(str(homes[1]).encode(), str(homes[0]).encode())
        assert (alone.returncode, told) == (online.returncode, online.stdout), command
        assert b"Traceback" not in alone.stderr
    for folder in ("argos", "apertium"):
        assert results(homes[1] / folder) == results(homes[0] / folder) != {}


WATCH = """
import socket, sys
def tell(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        print("CALLED", event, arguments, file=sys.stderr)
sys.addaudithook(tell)
from harmonize.cli import main
main()
"""


@pytest.mark.parametrize("engine", ["fake", "apertium"])
def test_nothing_even_tries_to_call(tmp_path: Path, engine: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, "translate", str(SEEDS), "-o", "out", "--engine", engine],
        cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1)
    assert (tmp_path / "out/index.html").exists()
    assert b"CALLED" not in done.stderr
