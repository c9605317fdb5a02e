"""No input takes the machine: what is too large is refused, what is not has its time and memory."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, Silent

from harmonize import job
from harmonize.config import Config
from harmonize.crew import Group
from harmonize.errors import UsageError
from harmonize.memory import TranslationMemory
from harmonize.memory.exchange import export_to
from harmonize.read.limits import GROUP_CHARACTERS, MAX_CHARACTERS, MAX_LINES
from harmonize.review import decisions
from harmonize.review.decisions import FILE, Decisions
from harmonize.store import Store
from harmonize.whole import write_whole
from harmonize.worker import Made, Worker
from review_cases import finished

MEMORY = 1_000_000_000
"""Bytes for data that the process may have, and each program that it starts."""

CPU_SECONDS = 120
"""Generous: it needs a tenth; what hangs is ended by the kernel, and the test fails."""

BULLET = "- Visit farm {} and write a report for the workers' committee.\n"

TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "a line of 10 MB": lambda: b"word " * 2_000_000,
    "100,000 bullets": lambda: "".join(map(BULLET.format, range(100_000))).encode(),
    "100,000 short bullets": lambda: b"- Visits\n" * 100_000,
    "50 MB": lambda: bytes(50_000_000),
    "a million characters and one": lambda: b"a" * (MAX_CHARACTERS + 1),
    "too many lines": lambda: b"a\n\n" * (MAX_LINES + 1),
}
LARGE: dict[str, Callable[[], bytes]] = {
    "one word": lambda: b"Field officer\n\n" + b"a" * 200_000,
    "one line": lambda: b"Visit the farms and " * 15_000,
    "tags in tags": lambda: b"<div>" * 20_000 + b"Field officer" + b"</div>" * 20_000,
    "brackets in brackets": lambda: b"[" * 100_000 + b"]" * 100_000,
    "garbled": lambda: "Función señor ".encode().decode("latin-1").encode() * 5_000,
    "bullets": lambda: "".join(map(BULLET.format, range(1_000))).encode(),
    "empty lines": lambda: b"\n" * 400_000 + b"Field officer",
}


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT / "src")}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def test_large_inputs_are_translated_or_refused(tmp_path: Path) -> None:
    for name, made in {**TOO_LARGE, **LARGE}.items():
        (tmp_path / f"{name}.txt").write_bytes(made())
    done = subprocess.run(
        [sys.executable, "-m", "harmonize", "translate", "*.txt", "-o", "out"],
        cwd=tmp_path,
        env=environment(tmp_path) | {"HARMONIZE_ENGINE": "apertium"},
        preexec_fn=limited,
        capture_output=True,
        timeout=500,
        check=False,
    )
    said = done.stderr.decode()
    assert done.returncode == 1, said
    lines = (tmp_path / "out/rejects.jsonl").read_text().splitlines()
    rejects = {each["source"]: each["reason"] for each in map(json.loads, lines)}
    assert sorted(rejects) == sorted(f"{name}.txt" for name in TOO_LARGE)
    assert all("It has more than" in reason for reason in rejects.values())
    assert f"{len(LARGE)} translated" in said


def test_no_more_is_held_at_once_than_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = [*[900_000] * 3, *[10] * 40, 900_000, *[400_000] * 3]
    for number, size in enumerate(sizes):
        (tmp_path / f"p{number:02}.txt").write_text("a" * size)
    groups: list[list[int]] = []

    def noted(_: object, group: Group) -> Made:
        groups.append([len(item.raw.text) for item in group])
        return Made((), (), {})

    monkeypatch.setattr(Worker, "make", noted)
    job.run_job([str(tmp_path)], tmp_path / "out", Config(engine="fake"), Silent())
    assert [size for group in groups for size in group] == sizes
    assert all(len(group) <= job.GROUP and sum(group) <= GROUP_CHARACTERS for group in groups)


# Links in folders that somebody else has filled


def test_an_unfinished_file_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Nobody's business.")
    (tmp_path / "out").mkdir()
    for name in ("en.md", "dead.md"):
        (tmp_path / f"out/.{name}.part").symlink_to(secret if name == "en.md" else "nowhere")
        assert write_whole(tmp_path / "out" / name, "# Officer\n")
        assert (tmp_path / "out" / name).read_text() == "# Officer\n"
        assert not (tmp_path / "out" / name).is_symlink()
    (tmp_path / "out/.m.tmx.part").symlink_to(secret)
    memory = TranslationMemory(tmp_path / "m.sqlite")
    export_to(memory, tmp_path / "out/m.tmx")
    memory.close()
    assert secret.read_text() == "Nobody's business."
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("dead.md", "en.md", "m.tmx"),
    ]
    assert not (tmp_path / "nowhere").exists()


def test_a_result_that_is_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Nobody's business.")
    (tmp_path / "index.html").symlink_to(tmp_path / "secret")
    write_whole(tmp_path / "index.html", "<p>")
    assert (tmp_path / "secret").read_text() == "Nobody's business."
    assert not (tmp_path / "index.html").is_symlink()


def test_a_log_of_decisions_that_is_a_link_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (x)")
    before = other.read_bytes()
    (tmp_path / FILE).symlink_to(other)
    with pytest.raises(UsageError, match="a link to somewhere else"):
        Decisions(tmp_path / FILE)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).write_bytes(before)
    with pytest.raises(UsageError, match="of another program"):
        Decisions(tmp_path / FILE)
    assert other.read_bytes() == before == (tmp_path / FILE).read_bytes()


def test_a_log_of_decisions_that_another_program_holds_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "PATIENCE", 0.1)
    Decisions(tmp_path / FILE).close()
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    begin = time.monotonic()
    with pytest.raises(UsageError, match="locked"):
        Decisions(tmp_path / FILE)
    assert time.monotonic() - begin < 5
    holder.execute("ROLLBACK")
    log = Decisions(tmp_path / FILE)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UsageError, match="locked"):
        log.marks()
    holder.execute("ROLLBACK")
    assert log.marks() == {}
    log.close()
    holder.close()


# The review behind its real server

HOST = b"Host: 127.0.0.1:%d\r\n"
GARBAGE: dict[str, bytes] = {
    "nothing": b"",
    "bytes": bytes(range(256)) * 50,
    "no version": b"GET /\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\n\r\n",
    "a path without end": b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\n\r\n",
    "headers without end": b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
    "half a request": b"POST /terms/save HTTP/1.1\r\nContent-Length: 99999\r\n\r\nen=x",
    "a length that lies": b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    "both lengths": b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0",
    "chunks": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
    "a path of bytes": b"GET /posting/%ff%00%0d%0aX:y/\xff HTTP/1.1\r\n" + HOST + b"\r\n",
    "an upgrade": b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
}


def test_the_server_of_the_review_outlives_garbage(tmp_path: Path) -> None:
    finished(tmp_path / "out")
    command = [sys.executable, "-m", "harmonize", "review", "out", "--port", "0", "--no-browser"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as review:
        assert review.stdout
        assert review.stderr
        try:
            port = int(review.stdout.readline().decode().rstrip("/\n").rpartition(":")[2])
            for name, data in GARBAGE.items():
                asked(port, data.replace(HOST, HOST % port), seconds=1)
                good = b"GET / HTTP/1.1\r\n" + HOST % port + b"Connection: close\r\n\r\n"
                assert asked(port, good, seconds=60).startswith(b"HTTP/1.1 200"), name
        finally:
            review.send_signal(signal.SIGINT)
        said = review.stderr.read().decode()
    assert review.returncode == 0
    assert "Traceback" not in said
    assert len(list(Store(tmp_path / "out").postings())) == 3


def asked(port: int, data: bytes, seconds: float) -> bytes:
    """What the server answers within so many *seconds*, as far as it does."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            connection.sendall(data)
            while part := connection.recv(65_536):
                answer += part
        except OSError:
            pass  # it has hung up, or waits for more
    return answer
