"""The table of formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial

from harmonize.errors import UsageError
from harmonize.records import TARGETS, Posting
from harmonize.render.html import review_page
from harmonize.render.markdown import markdown
from harmonize.render.text import plain_text


def _json(posting: Posting) -> str:
    record = posting.model_dump(mode="json")
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, dict[str, Callable[[Posting], str]]] = {
    "md": {f"{language}.md": partial(markdown, language=language) for language in TARGETS},
    "html": {"review.html": review_page},
    "txt": {f"{language}.txt": partial(plain_text, language=language) for language in TARGETS},
    "json": {"posting.json": _json},  # last: with posting.json in place the posting is done
}
"""For each format the files that it consists of, and what writes their content."""

DEFAULT_FORMATS = ("md", "html", "json")


def writers(formats: Iterable[str]) -> dict[str, Callable[[Posting], str]]:
    """File names and their writers for *formats*.

    ``posting.json`` is always among them, and the last: it holds what the next run needs.

    >>> list(writers(["md"]))
    ['en.md', 'es.md', 'posting.json']
    """
    wanted = {*formats, "json"}
    return {
        file: write
        for name, files in FORMATS.items()
        if name in wanted
        for file, write in files.items()
    }


def check_formats(formats: Iterable[str]) -> None:
    """Raise `UsageError` for a format that is none.

    >>> check_formats(["md", "html"])
    """
    for name in sorted(set(formats) - FORMATS.keys()):
        raise UsageError(f"There is no format called {name}.", f"Formats: {', '.join(FORMATS)}.")
