"""The local app: its addresses, its list of postings, and how it is served."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from harmonize.errors import HarmonizeError, RejectedInput, UsageError
from harmonize.glossary.model import fold
from harmonize.review.compare import compare_page
from harmonize.review.desk import Summary
from harmonize.review.glossary_pages import GlossaryPages
from harmonize.review.guard import Guard
from harmonize.review.rows import Rows
from harmonize.review.site import Form, Site, changing, with_choices

HERE = "127.0.0.1"
SHOWS: dict[str, Callable[[Summary], bool]] = {
    "all": lambda each: True,
    "look": lambda each: each.looks > 0,
    "open": lambda each: not each.done,
    "done": lambda each: each.done,
}
"""What the list can be narrowed to."""

ORDERS: dict[str, Callable[[Summary], tuple[object, ...]]] = {
    "name": lambda each: (each.id,),
    "score": lambda each: (each.score, each.id),
    "looks": lambda each: (-each.looks, each.id),
    "progress": lambda each: (each.accepted / max(1, each.rows), each.id),
}
"""What the list can be ordered by."""


def make_app(site: Site, hosts: Sequence[str]) -> ASGIApp:
    """The app with its guard; it answers under *hosts* (name and port) only."""
    static = Path(__file__).parent / "static"
    routes = [
        Route("/", partial(_list, site)),
        Route("/diff", partial(compare_page, site)),
        Route("/choices", changing(partial(_choose, site)), methods=["POST"]),
        *Rows(site).routes(),
        *GlossaryPages(site).routes(),
        Mount("/static", StaticFiles(directory=static)),
    ]
    problems = (HTTPException, HarmonizeError, UnicodeError, ValueError)
    app = Starlette(
        routes=routes, exception_handlers=dict.fromkeys(problems, partial(_problem, site))
    )
    return Guard(app, hosts, site.token)


def listen(port: int) -> socket.socket:
    """A socket on this machine only; port 0 takes any that is free."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HERE, port))
        listening.listen(128)  # who asks before we answer waits
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(
            f"Port {port} cannot be used: {error}.", "Choose another one, or --port 0 for any."
        ) from error
    return listening


def hosts_of(listening: socket.socket) -> list[str]:
    """The names under which the app may be asked for."""
    port = listening.getsockname()[1]
    return [f"{HERE}:{port}", f"localhost:{port}"]


def serve(site: Site, listening: socket.socket) -> None:
    """Answer until somebody stops it (Ctrl-C); what is to be written is written."""
    import uvicorn

    config = uvicorn.Config(
        make_app(site, hosts_of(listening)),
        log_level=logging.INFO if os.environ.get("HARMONIZE_DEBUG") else logging.CRITICAL,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    threading.Thread(target=site.warm, daemon=True).start()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        site.desk.close()


def _list(site: Site, request: Request) -> Response:
    """All postings, searched, narrowed and ordered."""
    asked = request.query_params
    everything = site.desk.summaries()
    show = asked["show"] if asked.get("show") in SHOWS else "all"
    order = asked["order"] if asked.get("order") in ORDERS else "name"
    words = fold(asked.get("q", "")[:200]).split()
    found = [each for each in everything if SHOWS[show](each) and _has(each, words)]
    alone = request.headers.get("HX-Target") == "postings"
    return site.answer(
        request,
        "_postings.html" if alone else "list.html",
        postings=sorted(found, key=ORDERS[order]),
        total=len(everything),
        rows=sum(each.rows for each in everything),
        accepted=sum(each.accepted for each in everything),
        looks=sum(each.looks for each in everything),
        q=asked.get("q", ""),
        show=show,
        shows=list(SHOWS),
        order=order,
        orders=list(ORDERS),
    )


def _has(summary: Summary, words: Sequence[str]) -> bool:
    title = summary.title
    text = fold(f"{summary.id} {title.en} {title.es} {summary.organization}")
    return all(word in text for word in words)


def _choose(site: Site, request: Request, form: Form) -> Response:
    """Remember a language or a name, and show the same page again."""
    response = with_choices(Response(status_code=204), form)
    response.headers["HX-Refresh"] = "true"
    return response


def _problem(site: Site, request: Request, error: Exception) -> Response:
    """An error in words, as a page or, to a part of a page, as a line."""
    cause, remedy, status = "", "", 400
    if isinstance(error, HTTPException):
        status = error.status_code
    elif isinstance(error, HarmonizeError):
        cause, remedy = error.cause, error.remedy
        status = 404 if isinstance(error, RejectedInput) else 422
    part = "HX-Request" in request.headers
    template = "_refused.html" if part else "error.html"
    said = f"{cause} {remedy}".strip()
    return site.answer(request, template, status, error=said, status=status)
