"""A visit to the review: it is started, pages are fetched, decisions made, and all answers printed.

``python tests/review_visit.py OUT ID`` runs it; what differs from visit to visit is masked.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

COMMAND = ("review", "--port", "0", "--no-browser", "--engine", "apertium")
MASKED = re.compile(r'\d{4}-\d\d-\d\d \d\d:\d\d|/terms/impact/[\w-]+|"key": "[\w-]+"')


class Visit:
    """Asks the review at *address* as a browser would."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._open = build_opener(ProxyHandler({})).open
        self.token = _in(self.ask("/"), r'(?<="X-Harmonize-Token": ")[^"]+')

    def ask(self, path: str, **form: str) -> str:
        """The page at *path*; with a *form* what its change gives."""
        headers = {"X-Harmonize-Token": self.token, "Origin": self.address} if form else {}
        data = urlencode(form).encode() if form else None
        with self._open(Request(self.address + path, data, headers), timeout=60) as answer:  # noqa: S310
            text: str = answer.read().decode()
        return text

    def pages(self, id_: str) -> list[str]:
        """What a reviewer sees who accepts a row with other words and adds a term."""
        posting = f"/posting/{id_}"
        row = _in(self.ask(posting), rf"{posting}/rows/s\d+(?=/accept)")
        accepted = self.ask(f"{row}/accept", version="0", language="es", text="Otras palabras.")
        saved = self.ask("/terms/save", en="project", es="emprendimiento")
        shown = self.ask(_in(saved, r"/terms/impact/[\w-]+"))
        applied = self.ask("/terms/apply", key=_in(shown, r'(?<="key": ")[\w-]+'))
        paths = ("/", posting, f"{row}/history", "/terms", "/static/review.js")
        return [accepted, saved, shown, applied, *map(self.ask, paths)]


def _in(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[0]


def main(out: str, id_: str) -> None:
    """Start, visit, stop; fails where the review does."""
    command = [sys.executable, "-m", "harmonize", COMMAND[0], out, *COMMAND[1:]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as review:
        assert review.stdout
        try:
            visit = Visit(review.stdout.readline().strip())
            text = "\n".join(visit.pages(id_))
        finally:
            review.send_signal(signal.SIGINT)
    assert review.returncode == 0
    for moving in (visit.token, visit.address):
        text = text.replace(moving, "…")
    sys.stdout.write(MASKED.sub("…", text))


if __name__ == "__main__":
    main(*sys.argv[1:])
