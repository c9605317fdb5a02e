"""How long `harmonize review` takes with 200 postings of 100 segments each.

    python benchmarks/review.py            # prints, and writes benchmarks/results/review.json

Times are those of the answer, asked over HTTP from a server of its own process; with chromium and
playwright also those until a browser has drawn the page.  The list is asked for the first time
after the start (nothing is in memory), then again; saving is what typing in a row waits for.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from harmonize.engines.fake import FakeEngine
from harmonize.pipeline import Harmonizer
from harmonize.store import Store

POSTINGS, ROWS = 200, 100
RESULTS = Path(__file__).parent / "results/review.json"
LINES = (
    "Coordinate {n} workshops with the trade union and its member organizations each year.",
    "Write reports for the committee in English and Spanish, and send them by the {n}th.",
    "Apoyar a las organizaciones de pequeĂ±os productores en {n} comunidades.",
    "Support workers in {n} factories with collective bargaining and grievance handling.",
)


def text(number: int) -> str:
    """A posting of `ROWS` segments, like no other."""
    rows = [LINES[row % len(LINES)].format(n=number * ROWS + row) for row in range(ROWS - 2)]
    return "\n".join([f"Officer {number}", "", "Duties", "", *(f"- {row}" for row in rows)]) + "\n"


def make(out: Path) -> None:
    """The folder that is reviewed."""
    store = Store(out)
    with Harmonizer(FakeEngine.name, sector_memory=False) as harmonizer:
        for number in range(POSTINGS):
            posting = harmonizer.run_text(text(number), f"posting-{number:03}")
            store.write(posting, ("md", "html", "json"))
    store.index()


def start(out: Path, folder: Path) -> tuple[subprocess.Popen[str], str]:
    """A server, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "harmonize", "review", str(out), "--port", "0", "--no-browser",
         "--engine", "fake", "--memory", str(folder / "memory.sqlite")],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ,
    )  # fmt: skip
    assert process.stdout  # noqa: S101
    return process, process.stdout.readline().strip()


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def get(address: str) -> str:
    """A page."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
        page: str = answer.read().decode()
    return page


def typing(address: str, times: int = 20) -> list[float]:
    """How long each of several savings of one row takes."""
    found = re.search(r"X-Harmonize-Token[^\w]+([\w-]+)", get(address))
    assert found  # noqa: S101
    spent = []
    for version in range(times):
        form = {"version": version, "language": "es", "text": f"Redactar {version} informes."}
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{address}posting/posting-100/rows/s010/save",
            urllib.parse.urlencode(form).encode(),
            {"X-Harmonize-Token": found[1]},
        )
        spent.append(seconds(lambda: urllib.request.urlopen(request).read()))  # noqa: B023, S310
    return spent


def drawn(address: str) -> dict[str, float]:
    """Seconds until a browser has drawn the list and a posting; nothing without a browser."""
    path = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if not path:
        return {}
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, where in (("list", ""), ("posting", "posting/posting-050")):
            spent = []
            for _ in range(3):
                page = browser.new_page()
                page.goto(address + where, wait_until="load")
                timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
                spent.append(page.evaluate(timing) / 1000)
                page.close()
            found[name] = round(statistics.median(spent), 3)
        browser.close()
    return found


def main() -> None:
    """Measure, print and write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "out"
        make(out)
        process, address = start(out, folder)
        try:
            result = {
                "postings": POSTINGS,
                "segments each": ROWS,
                "list, first time": round(seconds(lambda: get(address)), 3),
                "list": round(
                    statistics.median(seconds(lambda: get(address)) for _ in range(9)), 3
                ),
                "posting, first time": round(
                    seconds(lambda: get(f"{address}posting/posting-000")), 3
                ),
                "posting": round(
                    statistics.median(
                        seconds(lambda: get(f"{address}posting/posting-{number:03}"))  # noqa: B023
                        for number in range(1, 12)
                    ),
                    3,
                ),
                "saving while typing": round(statistics.median(typing(address)), 3),
                "drawn by chromium": drawn(address),
                "machine": f"{platform.machine()}, {os.cpu_count()} processors",
                "python": platform.python_version(),
            }
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
    written = json.dumps(result, indent=2) + "\n"
    RESULTS.write_text(written)
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
