"""Without a network everything is as with one: each command runs again where there is none."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from support import ROOT, SEEDS

SEED = "wsr-coordinator"
APERTIUM = ("--engine", "apertium")
PACKS = ROOT / "tests/pack"
ALONE = ("unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)))
WITH_LOOPBACK = """
import fcntl, os, socket, struct, sys
LENGTH, GET, SET, UP = 16, 0x8913, 0x8914, 1  # ifreq: a name, and behind it flags
with socket.socket() as any_socket:
    asked = struct.pack("16sh14x", b"lo", 0)
    (flags,) = struct.unpack_from("h", fcntl.ioctl(any_socket, GET, asked), LENGTH)
    fcntl.ioctl(any_socket, SET, struct.pack("16sh14x", b"lo", flags | UP))
os.execv(sys.argv[1], sys.argv[1:])
"""
ALONE_WITH_ITSELF = (*ALONE, sys.executable, "-c", WITH_LOOPBACK)
"""A namespace in which a program can talk to itself and to nobody else: its loopback is up."""


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
    return python(home, "-m", "harmonize", *arguments, before=before)


def python(
    home: Path, *arguments: str, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [*before, sys.executable, *arguments],
        cwd=home,
        env=os.environ
        | {
            "HOME": str(home),
            "ARGOS_PACKAGES_DIR": str(home / "packs"),
            "HARMONIZE_MEMORY": str(home / "memory.sqlite"),
            "PYTHONPATH": str(ROOT / "src"),
            **{f"XDG_{kind}_HOME": str(home / kind) for kind in ("DATA", "CONFIG", "CACHE")},
        },
        capture_output=True,
        timeout=300,
        check=False,
    )


def results(folder: Path) -> dict[str, bytes]:
    """What a run left, but what has times in it: the account, the log of decisions, Word files."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != "run.json"
        and ".docx" not in path.name
        and ".sqlite" not in path.name
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
    seed = str(SEEDS / f"{SEED}.txt")
    assert Path(seed).exists()
    pairs = (PACKS / "pairs.tsv").read_text().splitlines()[:5]
    commands: list[tuple[str, ...]] = [
        ("packs", "install", str(PACKS)),
        ("packs", "verify"),
        ("translate", seed, "-o", "argos", "--engine", "argos"),
        ("translate", seed, "-o", "apertium", *APERTIUM),
        ("export", "apertium", "--format", "tmx,xliff,docx,jsonld,txt"),
        ("repair", "--explain", seed),
        ("detect", "--json", seed),
        ("glossary", "check"),
        ("glossary", "list", "union", "--json"),
        ("glossary", "export", "terms.tbx"),
        ("glossary", "suggest", seed, "--least", "1"),
        ("glossary", "apply", "apertium", *APERTIUM),
        ("evaluate", "five.tsv", "--engine", "apertium", "--json"),
        ("evaluate", "five.tsv", "--engine", "argos", "--json", "--output", "five.txt"),
        *(batch_with(engine, "none") for engine in ("argos", "apertium")),
        ("memory", "stats"),
        ("memory", "check"),
        ("diff", f"apertium/{SEED}", "--what", "translation"),
        ("doctor", "--json"),
    ]
    homes = two_homes(tmp_path)
    for home in homes:
        (home / "five.tsv").write_text("\n".join(pairs) + "\n")
    for command in commands:
        same(homes, *(harmonize(home, *command, before=how) for home, how in ways(homes, ALONE)))
    for folder in ("argos", "apertium"):
        assert results(homes[1] / folder) == results(homes[0] / folder) != {}
        name = f"{folder}-none.jsonl"
        assert (homes[1] / name).read_bytes() == (homes[0] / name).read_bytes() != b""
    assert (homes[1] / "five.txt").read_bytes() == (homes[0] / "five.txt").read_bytes() != b""


def two_homes(folder: Path) -> tuple[Path, Path]:
    """One for runs with a network and one for those without, with the same in both."""
    homes = folder / "a", folder / "b"
    texts = [
        (SEEDS / f"{name}.txt").read_text("utf-8") for name in (SEED, "clac-banana-technician")
    ]
    for home in homes:
        home.mkdir()
        lines = [json.dumps({"id": f"r{n}", "text": text}) for n, text in enumerate(texts)]
        (home / "in.jsonl").write_text("\n".join(lines) + "\n")
    return homes


def ways(homes: tuple[Path, Path], alone: Sequence[str]) -> list[tuple[Path, Sequence[str]]]:
    return [(homes[0], ()), (homes[1], alone)]


def same(
    homes: tuple[Path, Path],
    online: subprocess.CompletedProcess[bytes],
    alone: subprocess.CompletedProcess[bytes],
) -> None:
    """Both runs of a command ended alike and printed the same, but for their homes."""
    told = alone.stdout.replace(str(homes[1]).encode(), str(homes[0]).encode())
    assert (alone.returncode, told) == (online.returncode, online.stdout), alone.args
    assert alone.returncode in (0, 1), (alone.args, alone.stderr)
    assert b"Traceback" not in alone.stderr


def batch_with(engine: str, ray: str) -> tuple[str, ...]:
    result = f"{engine}-{ray}.jsonl"
    return "batch", "in.jsonl", "-o", result, "--engine", engine, "--ray", ray, "--workers", "1"


@pytest.mark.skipif(not find_spec("ray"), reason="needs the extra [ray]: make test-batch")
@pytest.mark.parametrize("engine", ["argos", "apertium"])
def test_a_cluster_of_this_machine_needs_no_network(tmp_path: Path, engine: str) -> None:
    homes = two_homes(tmp_path)
    for home, how in ways(homes, ALONE_WITH_ITSELF):
        harmonize(home, "packs", "install", str(PACKS))
        done = harmonize(home, *batch_with(engine, "local"), before=how)
        assert done.returncode in (0, 1), done.stderr
    name = f"{engine}-local.jsonl"
    assert (homes[1] / name).read_bytes() == (homes[0] / name).read_bytes() != b""


def test_the_review_works_and_decides_without_a_network(tmp_path: Path) -> None:
    homes = two_homes(tmp_path)
    for home in homes:
        made = harmonize(home, "translate", str(SEEDS / f"{SEED}.txt"), "-o", "out", *APERTIUM)
        assert made.returncode in (0, 1)
    visit = str(ROOT / "tests/review_visit.py"), "out", SEED
    done = [python(home, *visit, before=how) for home, how in ways(homes, ALONE_WITH_ITSELF)]
    assert done[1].returncode == 0, done[1].stderr
    assert "Otras palabras." in done[1].stdout.decode()
    same(homes, *done)
    assert results(homes[1] / "out") == results(homes[0] / "out")
    spanish = (homes[1] / f"out/{SEED}/es.md").read_text("utf-8")
    assert "Otras palabras." in spanish
    assert "emprendimiento" in spanish


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
