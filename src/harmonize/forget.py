"""A text removed for good from a folder of results: what of it holds the text, and what can go.

Decisions of reviews go at once.  Postings are finished work: they are named, and deleted whole only
where somebody says so.  All other files are people's own; they are named.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from harmonize.errors import UsageError
from harmonize.lock import FILE as LOCK
from harmonize.lock import alone_in
from harmonize.records import Record
from harmonize.review.decisions import FILE as LOG
from harmonize.review.decisions import Decisions
from harmonize.store import INDEX, POSTING, REJECTS, Store
from harmonize.whole import write_whole

Matches = Callable[[str], bool]

LARGEST = 50_000_000
"""Bytes of the largest file that is searched: many times a posting."""

AGAIN = "See that you may write there, then run the same command again."

_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


class Holder(Record):
    """A posting that holds a text, its files that have it, and the input that it was made of."""

    folder: str
    files: tuple[str, ...]
    source: str = ""


class Trace(Record):
    """What of a folder of results holds a text.

    ``decisions`` are of its reviews, ``rejects`` inputs that could not be used, ``files`` whatever
    else has it; ``unread`` are files that cannot be searched.
    """

    folder: str
    decisions: int = 0
    postings: tuple[Holder, ...] = ()
    rejects: int = 0
    files: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def results(self) -> tuple[str, ...]:
        """All files that hold it."""
        return (*(file for each in self.postings for file in each.files), *self.files)

    @property
    def is_gone(self) -> bool:
        """Whether nothing that can be searched holds it."""
        return not (self.decisions or self.postings or self.rejects or self.files)


def search(folder: Path, matches: Matches) -> Trace:
    """What of *folder* holds what *matches*; raises `UsageError` where there is no such folder."""
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Give the folder of a finished run.")
    homes = _homes(folder)
    holding: dict[Path, list[str]] = {home: [] for home in homes if matches(home.name)}
    others: list[str] = []
    unread: list[str] = []
    for file in _files(folder):
        home = folder / file.relative_to(folder).parts[0]
        holds = _holds(file, matches)
        if holds is None:
            unread.append(str(file))
        elif holds:
            (holding.setdefault(home, []) if home in homes else others).append(str(file))
    decisions, log = _decisions(folder / LOG, matches)
    return Trace(
        folder=str(folder),
        decisions=decisions,
        postings=tuple(_holder(home, found) for home, found in sorted(holding.items())),
        rejects=len(_rejects(folder)) - len(_rejects(folder, matches)),
        files=tuple(others),
        unread=(*unread, *log),
    )


def forget(folder: Path, matches: Matches, *, postings: bool = False) -> Trace:
    """Remove what *matches* from the reviews of *folder*; what holds it still.

    With *postings* those that hold it are deleted with all their files, and so are the lines of the
    rejects.  Raises `UsageError` while another program writes into the folder.
    """
    with alone_in(folder):
        found = search(folder, matches)
        if found.decisions:
            _forget_decisions(folder / LOG, matches)
        if postings:
            try:
                _delete(folder, found, matches)
            except OSError as error:
                raise UsageError(
                    f"{error.filename or folder} cannot be deleted: {error.strerror or error}.",
                    AGAIN,
                ) from error
        return search(folder, matches)


def _forget_decisions(file: Path, matches: Matches) -> None:
    try:
        with closing(Decisions(file)) as log:
            log.forget(matches)
    except sqlite3.Error as error:
        raise UsageError(f"{file} cannot be rewritten: {error}.", AGAIN) from error


def _delete(folder: Path, found: Trace, matches: Matches) -> None:
    for each in found.postings:
        home = Path(each.folder)
        # The record goes last: as long as it is there, an interrupted deletion is found again.
        for path in home.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != POSTING:
                path.unlink()
        shutil.rmtree(home)
    if found.rejects:
        write_whole(folder / REJECTS, "".join(_rejects(folder, matches)))
    if found.postings or found.rejects or str(folder / INDEX) in found.files:
        Store(folder).index()


def _homes(folder: Path) -> set[Path]:
    """The folders of postings; one that is a link leads elsewhere and is none of them."""
    return {home for id_ in Store(folder).ids() if not (home := folder / id_).is_symlink()}


def _holder(home: Path, files: list[str]) -> Holder:
    posting = Store(home.parent).posting(home.name)
    return Holder(
        folder=str(home), files=tuple(files), source=posting.source.path if posting else ""
    )


def _files(folder: Path) -> Iterator[Path]:
    """All files but the lock, and the log of reviews with what SQLite keeps beside it."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not (file.parent == folder and file.name.startswith((LOCK, LOG))):
            yield file


def _decisions(file: Path, matches: Matches) -> tuple[int, tuple[str, ...]]:
    """How many decisions hold it; the log itself where it cannot be read."""
    if not file.is_file():
        return 0, ()
    try:
        with closing(Decisions(file)) as log:
            return len(log.holding(matches)), ()
    except (UsageError, sqlite3.Error):
        return 0, (str(file),)


def _rejects(folder: Path, unless: Matches = lambda _: False) -> list[str]:
    """The lines of the rejects, without those that match *unless*."""
    try:
        lines = (folder / REJECTS).read_text("utf-8", errors="replace").splitlines(keepends=True)
    except OSError:
        return []
    return [line for line in lines if not any(map(unless, _strings(line)))]


def _holds(file: Path, matches: Matches) -> bool | None:
    """Whether a file, or its name, has it; None where what is in it cannot be searched."""
    if matches(file.name):
        return True
    try:
        texts = _texts(file)
        return None if texts is None else any(map(matches, texts))
    except (OSError, zipfile.BadZipFile, RuntimeError):
        return None


def _texts(file: Path) -> Iterator[str] | None:
    """What a file says, as people read it and as it is written; None for what is no text."""
    if file.suffix == ".docx":
        return _packed(file)
    if file.suffix == ".jsonl":
        return _lines(file)
    if file.stat().st_size > LARGEST or b"\0" in (data := file.read_bytes()):
        return None
    text = data.decode("utf-8", errors="replace")
    return _strings(text) if file.suffix in {".json", ".jsonld"} else _plain(text)


def _packed(file: Path) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            if part.file_size <= LARGEST:
                yield from _plain(archive.read(part).decode("utf-8", errors="replace"))


def _lines(file: Path) -> Iterator[str]:
    """What stands in a file with a JSON value on each line; it may be of any size."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield from _strings(line)


def _plain(text: str) -> Iterator[str]:
    """A text by lines and whole; and without tags, entities and the marks that Markdown needs."""
    bare = _ESCAPED.sub("", html.unescape(_TAG.sub("", text)))
    for each in dict.fromkeys((text, bare)):
        yield from each.splitlines()
        yield each


def _strings(text: str) -> Iterator[str]:
    """All strings of a JSON value; the text itself where it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield from _plain(text)
    else:
        yield from _leaves(value)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str):
        yield value
