"""The page of all postings: OUT/index.html."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterator
from importlib import resources
from typing import NamedTuple

from harmonize.render.listed import Listed


class Entry(NamedTuple):
    """A posting in the index, and which of its files are there."""

    posting: Listed
    files: tuple[str, ...] = ()


def index_page(entries: Collection[Entry], rejects: Collection[dict[str, str]]) -> Iterator[str]:
    """All postings of a folder with their flags, and what was rejected, piece by piece.

    *entries* are gone through twice, and never held.
    Everything is listed without the script; with it the list can be searched, filtered and sorted.
    """
    from markupsafe import Markup

    from harmonize.render.page import pieces_of

    script = (resources.files("harmonize.render") / "templates/index.js").read_text("utf-8")
    organizations: set[str] = set()
    languages: set[str] = set()
    for each in entries:
        organizations |= {each.posting.organization} if each.posting.organization else set()
        languages |= each.posting.languages.keys()
    return pieces_of(
        "index.html",
        rows=entries,
        rejects=rejects,
        organizations=sorted(organizations),
        languages=sorted(languages),
        script=Markup(script),  # noqa: S704 - our own file, not a posting's words
        script_hash=_hash(script),
    )


def _hash(script: str) -> str:
    """A script's hash as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
