"""The page of all postings: OUT/index.html."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import NamedTuple

from harmonize.records import Posting
from harmonize.render.view import count_flags


class Entry(NamedTuple):
    """A posting in the index, and which of its files are there."""

    posting: Posting
    files: tuple[str, ...] = ()


def index_page(entries: Iterable[Entry], rejects: Sequence[dict[str, str]]) -> str:
    """All postings of a folder with their flags, and what was rejected.

    Everything is listed without the script; with it the list can be searched, filtered and sorted.
    """
    from markupsafe import Markup

    from harmonize.render.page import page

    script = (resources.files("harmonize.render") / "templates/index.js").read_text("utf-8")
    rows = [(each.posting, each.files, count_flags(each.posting)) for each in entries]
    return page(
        "index.html",
        rows=rows,
        rejects=rejects,
        organizations=sorted({row[0].organization for row in rows if row[0].organization}),
        languages=sorted({language for row in rows for language in row[0].languages}),
        script=Markup(script),  # noqa: S704 - our own file, not a posting's words
        script_hash=_hash(script),
    )


def _hash(script: str) -> str:
    """A script's hash as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
