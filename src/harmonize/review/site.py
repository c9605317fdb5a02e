"""What all pages share: who is asking, in which language, and how a template becomes an answer."""

from __future__ import annotations

import getpass
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from harmonize.errors import FolderInUse, UsageError
from harmonize.glossary.model import Language
from harmonize.pipeline import Harmonizer
from harmonize.records import Bilingual
from harmonize.render.inline import plain, visible
from harmonize.review.desk import Desk, Who
from harmonize.review.steps import LANGUAGES
from harmonize.review.terms import Terms
from harmonize.review.words import preferred, say

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGE, NAME = "harmonize-language", "harmonize-name"
TAB = "X-Harmonize-Tab"
_FIELDS = 64
"""Fields of the largest form."""

Form = Mapping[str, str]


class Site:
    """What the addresses work with.  *roots* are the folders that may be compared."""

    def __init__(
        self, desk: Desk, terms: Terms, *, engine: str = "auto", roots: Sequence[Path] = ()
    ) -> None:
        self.desk = desk
        self.terms = terms
        self.token = secrets.token_urlsafe(24)
        self.roots = [desk.store.folder.resolve(), *(root.resolve() for root in roots)]
        self._engine = engine

    def harmonizer(self) -> Harmonizer:
        """What translates again where a changed term asks for it; made for one use."""
        memory = self.desk.memory.path if self.desk.memory else None
        return Harmonizer(self._engine, glossary=self.terms.paths, memory=memory)

    def warm(self) -> None:
        """Do what the first visitor would have to wait for."""
        self.desk.summaries()  # the list first: it is what a visitor sees first
        if matcher := self.terms.matcher():
            for language in LANGUAGES:
                matcher.find("", language)

    def answer(
        self, request: Request, template: str, code: int = 200, said: str = "", **given: Any
    ) -> Response:
        """What *template* makes: a page or a part of one; *said* is read out when it is there."""
        language = language_of(request)
        html = (
            _environment()
            .get_template(template)
            .render(
                t=partial(say, language),
                language=language,
                pick=partial(_pick, language),
                token=self.token,
                name=who_of(request).name,
                folder=self.desk.store.folder.name or str(self.desk.store.folder.resolve()),
                here=request.scope["path"],  # request.url fails on queries that are not UTF-8
                compares=len(self.roots) > 1,
                problem=self._problem(language),
                **given,
            )
        )
        response = HTMLResponse(html, code)
        if said:
            response.headers["HX-Trigger"] = json.dumps({"said": said})
        return response

    def _problem(self, language: Language) -> str:
        """What a visitor should know: what could not be written, read or remembered."""
        writing = self.desk.writer.problem
        if isinstance(writing, FolderInUse):
            return say(language, "waiting", process=writing.process)
        return str(writing or "") or self.terms.problem or self.desk.memory_problem


def language_of(request: Request) -> Language:
    """The language that the visitor chose, else the one that the browser asks for."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in {"en", "es"}:
        return "es" if chosen == "es" else "en"
    return preferred(request.headers.get("accept-language", ""))


def who_of(request: Request) -> Who:
    """Who decides: the name that the visitor gave, else that of the account."""
    name = unquote(request.cookies.get(NAME, "")).strip()[:80]
    return Who(name or _account(), request.headers.get(TAB, "")[:40])


def with_choices(response: Response, form: Form) -> Response:
    """*response* that has the browser remember a language or a name."""
    if form.get("language") in {"en", "es"}:
        _remember(response, LANGUAGE, form["language"])
    if "name" in form:
        _remember(response, NAME, quote(" ".join(form["name"].split())[:80]))
    return response


def changing(
    work: Callable[[Request, Form], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads a form and does *work* aside, so that no other request waits."""

    async def endpoint(request: Request) -> Response:
        body = (await request.body()).decode("utf-8", "strict")
        form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS))
        return await run_in_threadpool(work, request, form)

    return endpoint


def number_in(form: Form, name: str) -> int:
    """A number of a form; `UsageError` where it is none."""
    text = form.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise UsageError("This page is not of this review.", "Reload it.")
    return int(text)


def language_in(form: Form) -> Language:
    """The side that a form is about."""
    text = form.get("language", "")
    if text not in {"en", "es"}:
        raise UsageError("This page is not of this review.", "Reload it.")
    return "es" if text == "es" else "en"


def _remember(response: Response, name: str, value: str) -> None:
    year = 365 * 24 * 3600
    response.set_cookie(name, value, max_age=year, httponly=True, samesite="strict")


def _pick(language: Language, both: Bilingual) -> str:
    return visible(getattr(both, language))


@cache
def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("harmonize.review"),
        autoescape=True,  # postings are other people's text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain, "visible": visible, "day": _day, "json": json.dumps}
    return environment


def _day(at: str) -> str:
    """A moment of the log as people read it, in this machine's time."""
    from datetime import datetime

    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
