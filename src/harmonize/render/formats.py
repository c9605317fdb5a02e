"""The table of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import NamedTuple

from harmonize.errors import UsageError
from harmonize.records import TARGETS, Posting

Writer = Callable[[Posting], str | bytes]


class File(NamedTuple):
    """A file of a format: its name, the function that writes it, and in which language."""

    name: str
    function: str
    language: str = ""

    def writer(self) -> Writer:
        """The function itself; its module, and the libraries that it needs, are loaded here."""
        module, _, name = self.function.partition(":")
        write: Callable[..., str | bytes] = getattr(
            import_module(f"harmonize.render.{module}"), name
        )
        return partial(write, language=self.language) if self.language else write


def _in_both(ending: str, function: str) -> tuple[File, ...]:
    return tuple(File(f"{language}.{ending}", function, language) for language in TARGETS)


FORMATS: dict[str, tuple[File, ...]] = {
    "md": _in_both("md", "markdown:markdown"),
    "html": (File("review.html", "html:review_page"),),
    "jsonld": _in_both("jsonld", "jsonld:json_ld"),
    "docx": (File("posting.docx", "docx:docx_file"),),
    "tmx": (File("posting.tmx", "tmx:tmx"),),
    "xliff": (File("posting.xlf", "xliff:xliff"),),
    "txt": _in_both("txt", "text:plain_text"),
    "json": (File("posting.json", "record:record"),),  # last: with it the posting is done
}
"""The files that each format consists of."""

DEFAULT_FORMATS = ("md", "html", "json")


def writers(formats: Iterable[str]) -> dict[str, Writer]:
    """File names and their writers for *formats*, ``posting.json`` last.

    >>> list(writers(["json", "md"]))
    ['en.md', 'es.md', 'posting.json']
    """
    wanted = set(formats)
    return {
        file.name: file.writer()
        for name, files in FORMATS.items()
        if name in wanted
        for file in files
    }


def check_formats(formats: Iterable[str]) -> None:
    """Raise `UsageError` for a format that is none.

    >>> check_formats(["md", "html"])
    """
    for name in sorted(set(formats) - FORMATS.keys()):
        raise UsageError(f"There is no format called {name}.", f"Formats: {', '.join(FORMATS)}.")
