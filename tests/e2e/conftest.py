"""A real browser and a real review for the end-to-end tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from review_cases import PATIENCE, finished, glossary

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; without one the tests are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("there is no chromium: make browser installs it")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Review:
    """A running `harmonize review`, and what is needed to look at it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.memory = folder / "memory.sqlite"
        self.own = folder / "my-terms.csv"
        self.options = options
        self.start()

    def start(self, port: str = "0") -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "HOME": str(self.folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harmonize", "review", str(self.out), "--port", port,
             "--no-browser", "--memory", str(self.memory), "--glossary", str(self.own),
             "--engine", "fake", *self.options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("http://127.0.0.1:"), self.process.stderr

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(20) == 0
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def page(self, id_: str) -> str:
        return f"{self.address}posting/{id_}"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Finished postings, made once."""
    folder = tmp_path_factory.mktemp("made")
    glossary(folder / "my-terms.csv")
    finished(folder / "out", folder / "my-terms.csv")
    return folder


@pytest.fixture
def review(made: Path, tmp_path: Path) -> Iterator[Review]:
    shutil.copytree(made, tmp_path / "at")
    running = Review(tmp_path / "at", "--with", str(made))
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open an address in a browser of its own; what goes wrong in the page fails the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def visit(address: str, **options: object) -> Any:
        chosen = {"locale": "en-US", "viewport": {"width": 1400, "height": 900}} | options
        context = chromium.new_context(**chosen)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on(
            "console",
            lambda said: wrong.append(said.text) if "Content Security" in said.text else None,
        )
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []
