"""Keeps strangers out: other machines, other sites in the same browser, and scripts in postings.

The app listens on this machine only.  What is left to do is what a browser on this machine could be
made to do by a page from elsewhere: to reach us under another name, to send us changes, to show us
in a frame, to run what stands in a posting.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 256 * 1024
"""Bytes of the largest request that is read."""

TOKEN = "X-Harmonize-Token"  # noqa: S105 - the header's name
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: browsers would then call the origin of our own forms null.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TOO_LONG = "This is too long."
_SAFE = {"GET", "HEAD"}


class Guard:
    """Wraps the app: refuses what is not for it, and puts `HEADERS` on every answer.

    *hosts* are the names and ports that the app answers to; *token* must come with every change.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], token: str) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        send = _with_headers(send, scope["path"])
        headers = Headers(scope=scope)
        if refused := self._refused(scope["method"], headers):
            status, reason = refused
            await PlainTextResponse(reason, status)(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            await PlainTextResponse(TOO_LONG, 413)(scope, receive, send)
        else:
            await self.app(scope, _again(body, receive), send)

    def _refused(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """Why a request is not let in."""
        if headers.get("host", "").lower() not in self.hosts:
            return 421, "harmonize review answers only under the address that it printed."
        if method in _SAFE:
            return None
        if not self._is_ours(headers):
            return 403, "This change came from another page. Reload the review and try again."
        given = headers.get(TOKEN, "")
        if not secrets.compare_digest(given.encode(), self.token.encode()):
            return 403, "harmonize review was started anew. Reload the page and try again."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return 413, TOO_LONG
        return None

    def _is_ours(self, headers: Headers) -> bool:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        own = {f"http://{host}" for host in self.hosts}
        return (origin is None or origin in own) and site in {None, "same-origin"}


def _with_headers(send: Send, path: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if not path.startswith("/static/"):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending


async def _read(receive: Receive) -> bytes | None:
    """The body of a request; None where it goes on for too long, whatever length it announced."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > LARGEST:
            return None
        if not message.get("more_body", False):
            return body


def _again(body: bytes, receive: Receive) -> Receive:
    """*receive* with the body that was read from it already."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving
