"""The page that shows what changed between two outputs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from harmonize.diff import aligned
from harmonize.errors import RejectedInput
from harmonize.glossary.model import Language
from harmonize.records import Bilingual, Posting
from harmonize.render.inline import visible
from harmonize.render.repaired import Run
from harmonize.review.site import Site
from harmonize.review.steps import LANGUAGES
from harmonize.store import POSTING, Store


class Row(NamedTuple):
    """A row in both outputs, word by word in each language."""

    id: str
    changed: bool
    source: str
    sides: tuple[tuple[Language, tuple[Run, ...]], ...]


class Compared(NamedTuple):
    """A posting in both outputs; ``state`` is changed, same, added or removed."""

    id: str
    title: Bilingual
    state: str
    changed: int
    rows: tuple[Row, ...]


def compare_page(site: Site, request: Request) -> Response:
    """``/diff?a=…&b=…``: two folders, or two postings, below the folders that were allowed."""
    asked = request.query_params
    whole = asked.get("all") == "1"
    found: list[Compared] = []
    if asked.get("a") and asked.get("b"):
        found = compared(_allowed(site, asked["a"]), _allowed(site, asked["b"]), whole)
    return site.answer(
        request,
        "diff.html",
        a=asked.get("a", ""),
        b=asked.get("b", ""),
        all=whole,
        roots=[str(root) for root in site.roots],
        asked=bool(asked.get("a") and asked.get("b")),
        found=found,
    )


def compared(a: Path, b: Path, whole: bool = False) -> list[Compared]:
    """The postings of two folders beside each other; without *whole* only what changed."""
    old, new = _postings(a), _postings(b)
    if len(old) == len(new) == 1:  # two postings: their names need not be the same
        return [_both(next(iter(old.values())), next(iter(new.values())), whole)]
    rows = []
    for id_ in sorted(old.keys() | new.keys()):
        if id_ in old and id_ in new:
            rows.append(_both(old[id_], new[id_], whole))
        else:
            there = old.get(id_) or new[id_]
            state = "removed" if id_ in old else "added"
            rows.append(Compared(id_, there.title, state, 0, ()))
    return [each for each in rows if whole or each.state != "same"]


def _both(old: Posting, new: Posting, whole: bool) -> Compared:
    rows = [
        Row(
            id=pair.there.id,
            changed=pair.changed,
            source=visible(pair.there.source.text),
            sides=tuple((language, tuple(pair.runs(language))) for language in LANGUAGES),
        )
        for pair in aligned(old, new)
        if whole or pair.changed
    ]
    changed = sum(row.changed for row in rows)
    return Compared(new.id, new.title, "changed" if changed else "same", changed, tuple(rows))


def _postings(folder: Path) -> dict[str, Posting]:
    if (folder / POSTING).is_file():
        posting = Store(folder.parent).load(folder.name)
        return {posting.id: posting}
    return {posting.id: posting for posting in Store(folder).postings()}


def _allowed(site: Site, text: str) -> Path:
    """The folder that *text* names, if it is one of those that may be compared or below one."""
    try:
        path = Path(text).resolve()
        there = path.is_dir()
    except (OSError, ValueError):
        there = False
    if not there or not any(path == root or root in path.parents for root in site.roots):
        roots = ", ".join(map(str, site.roots))
        raise RejectedInput(
            "This folder may not be compared.",
            f"Folders: {roots}; start harmonize review with --with FOLDER to allow another.",
        )
    return path
