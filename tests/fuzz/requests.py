"""Hostile requests to the review, and a small folder that they are sent to.

The app is called as its server calls it, so that what no client would send can be sent, too.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlencode

from starlette.types import ASGIApp

from fuzz.inputs import SNIPPETS, Chance, text
from harmonize.memory import TranslationMemory
from harmonize.pipeline import Harmonizer
from harmonize.review.app import make_app
from harmonize.review.decisions import FILE, Decisions
from harmonize.review.desk import Desk
from harmonize.review.site import Site
from harmonize.review.terms import Terms
from harmonize.store import Store

HOST = "127.0.0.1:8484"
ID = "x"
_TEXT = """Field officer

Duties

- Write reports for the trade union every month.
- Keep the van clean.

Requisitos

- Experiencia en organizaciĂłn sindical.
"""


class Asked(NamedTuple):
    """A request."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: str


class Answer(NamedTuple):
    """What the app answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@cache
def _files() -> dict[str, bytes]:
    """The posting's files; making them takes a while."""
    with (
        TemporaryDirectory() as folder,
        Harmonizer(engine="fake", glossary=[], sector_memory=False) as harmonizer,
    ):
        Store(Path(folder)).write(harmonizer.run_text(_TEXT, id=ID), ("md", "json"))
        return {file.name: file.read_bytes() for file in (Path(folder) / ID).iterdir()}


@contextmanager
def small_desk(folder: Path, log: bytes | None = None) -> Iterator[Desk]:
    """A desk over a folder with one posting, made anew below *folder*, with *log* as decisions."""
    out = small_folder(folder)
    if log is not None:
        (out / FILE).write_bytes(log)
    broken: list[BaseException | None] = []
    before, threading.excepthook = threading.excepthook, lambda each: broken.append(each.exc_value)
    with closing(TranslationMemory(folder / "desk.sqlite", patience=0.1)) as memory:
        try:
            desk = Desk(Store(out), Decisions(out / FILE), lambda: None, memory)
            with closing(desk):
                yield desk
        finally:
            threading.excepthook = before
    if broken:
        raise AssertionError("the writer's thread broke") from broken[0]


@contextmanager
def small_app(folder: Path, log: bytes | None = None) -> Iterator[tuple[ASGIApp, str]]:
    """The review of such a folder, and the token that its changes need."""
    with small_desk(folder, log) as desk:
        site = Site(desk, Terms([], desk.store.folder), engine="fake")
        yield make_app(site, [HOST]), site.token


def small_folder(folder: Path) -> Path:
    """The folder with the posting, as a run leaves it; what was there before is gone."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    (out / ID).mkdir(parents=True)
    for name, data in _files().items():
        (out / ID / name).write_bytes(data)
    return out


def _words(chance: Chance) -> str:
    return chance.choice((chance.choice(SNIPPETS), text(chance)[:200], "", "0", "es", "x"))


ACTIONS = ("save", "accept", "reject", "copy", "undo", "same", "history", "delete", "../x")
ROWS = ("s001", "s002", "s003", "s004", "s005", "s999", "..", "")
FOLDERS = ("/etc", "..", ".", "x", "out", "out/x", "/", "\0", "a" * 5000)


def _row(chance: Chance) -> tuple[str, str]:
    id_ = ID if chance.random() < 0.7 else chance.choice((*FOLDERS, _words(chance)))
    row = chance.choice(ROWS) if chance.random() < 0.9 else _words(chance)
    end = chance.choice(("", *(f"/{action}" for action in ACTIONS)))
    edit = chance.choice(("", "", f"edit={quote(_words(chance), errors='replace')}"))
    return f"/posting/{id_}/rows/{row}{end}", edit


def _posting(chance: Chance) -> tuple[str, str]:
    id_ = ID if chance.random() < 0.5 else chance.choice((*FOLDERS, _words(chance)))
    return f"/posting/{id_}{chance.choice(('', '/suggestions', '/undo', '/rows', '/'))}", ""


def _terms(chance: Chance) -> tuple[str, str]:
    places = ("", "/form", "/proposal", "/save", "/remove", "/apply", "/impact/x")
    return f"/terms{chance.choice(places)}", _form(chance)


def _list(chance: Chance) -> tuple[str, str]:
    pairs = [(name, _words(chance)) for name in chance.sample(("q", "show", "order", "x"), 2)]
    return chance.choice(("/", "/choices")), urlencode(pairs, errors="replace")


def _diff(chance: Chance) -> tuple[str, str]:
    pairs = [(name, chance.choice(FOLDERS)) for name in ("a", "b")]
    return "/diff", urlencode([*pairs, ("all", chance.choice("01"))])


def _static(chance: Chance) -> tuple[str, str]:
    name = chance.choice(("review.js", "../app.py", "%2e%2e/app.py", "/etc/passwd", "", ".", "\0"))
    return f"/static/{name}", ""


_FIELDS = (
    *("version", "text", "language", "close", "name", "key", "line", "q"),
    *("en", "es", "pos", "gender", "es_forms", "en_forms", "status", "avoid_en", "note"),
)


def _form(chance: Chance) -> str:
    """A form: of the right fields, of too many, of none, or no form at all."""
    kind = chance.random()
    if kind < 0.08:
        return chance.choice(("=&" * 5000, "a=b&" * 3000, "%" * 999, "&" * 9999, "x" * 300_000))
    if kind < 0.15:
        return text(chance)
    good = {"version": chance.choice("0012"), "language": chance.choice(("en", "es"))}
    good["text"] = _words(chance)
    if kind < 0.4:
        good |= {"en": "wage", "es": _words(chance), "line": chance.choice(("", "2", "3"))}
    for name in chance.sample(_FIELDS, chance.randint(0, 3)):
        good[name] = chance.choice((_words(chance), "9" * 15, "a" * 20_000))
    return urlencode(good, errors=chance.choice(("replace", "surrogatepass")))


_SITES = (_row, _row, _row, _posting, _terms, _terms, _list, _diff, _static)
_METHODS = ("GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "X" * 50)
_STRANGE = (
    ("host", "evil.example"), ("host", ""), ("origin", "http://evil.example"), ("origin", "null"),
    ("x-harmonize-token", "guess"), ("x-harmonize-token", "\xff"), ("sec-fetch-site", "cross-site"),
    ("content-length", "x"), ("content-length", "9" * 30), ("accept-language", "," * 5000),
    ("accept-language", "es;q=x,en;q=1e999"), ("hx-request", "true"), ("hx-target", "postings"),
    ("hx-target", "terms"), ("cookie", "harmonize-name=%FF%00%0D%0A" + "a" * 500),
    ("cookie", 'harmonize-language="\\"'), ("cookie", "=" * 3000), ("cookie", ";" * 3000),
    ("x-harmonize-tab", "\x00" * 90), ("range", "bytes=9-1,0-,-5"), ("if-modified-since", "x" * 99),
    ("content-type", "multipart/form-data; boundary=" + "-" * 999), ("te", "\x01\x02"),
)  # fmt: skip


def _asked(chance: Chance) -> Asked:
    path, query = chance.choice(_SITES)(chance)
    body = _form(chance)
    strange = chance.sample(_STRANGE, chance.choice((0, 0, 1, 1, 2)))
    return Asked(chance.choice(_METHODS), path, query, tuple(strange), body)


def session(chance: Chance) -> bytes:
    """Some requests, one after another, as JSON."""
    return json.dumps([_asked(chance) for _ in range(chance.randint(1, 4))]).encode()


def ask(app: Any, token: str, asked: Asked) -> Answer:
    """Send a request as the server would hand it on."""
    raw = quote(asked.path, safe="/%", errors="replace")
    known = {"host": HOST, "x-harmonize-token": token, "origin": f"http://{HOST}"}
    headers = known | {"content-type": "application/x-www-form-urlencoded"} | dict(asked.headers)
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": asked.method,
        "scheme": "http", "path": unquote(raw), "raw_path": raw.encode(), "root_path": "",
        "query_string": asked.query.encode("latin-1", "replace"),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8484),
    }  # fmt: skip
    body = asked.body.encode("utf-8", "surrogatepass")
    parts = [body[at : at + 65_536] for at in range(0, len(body), 65_536)] or [b""]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not parts:
            return {"type": "http.disconnect"}
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(dict(message))

    asyncio.run(app(scope, receive, send))
    first = sent[0]
    pairs = {name.decode().lower(): value.decode("latin-1") for name, value in first["headers"]}
    return Answer(first["status"], pairs, b"".join(each.get("body", b"") for each in sent[1:]))
