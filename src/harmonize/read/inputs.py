"""Which files are postings, what each is called, and what its bytes say."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import NamedTuple

from harmonize.errors import RejectedInput
from harmonize.read.decode import decode
from harmonize.read.limits import MAX_BYTES, check_size
from harmonize.records import RawPosting, Reject

STDIN = "-"
_STRAY = "It is a link that leads out of its folder. If you mean that file, name it by itself."
_NOT_POSTINGS = re.compile(r"readme(\.|$)", re.IGNORECASE)
_NOT_SAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index|run|rejects)$", re.IGNORECASE)
_MARKUP = re.compile(r"\s*(<!doctype html|<html\b|<\?xml\b|\{\\rtf)", re.IGNORECASE)


class Input(NamedTuple):
    """One input before it is read: its path as given (``-`` for standard input) and its ID."""

    path: str
    id: str


def find_inputs(
    arguments: Sequence[str], output: Path | None = None, taken: Iterable[tuple[str, str]] = ()
) -> tuple[list[Input], list[Reject]]:
    """Every posting that *arguments* (files, folders, globs, ``-``) name, once, in a steady order.

    A folder means every file below it but hidden ones, ``README*`` and those below *output*; a link
    in it that leads out of it is a reject: whoever filled the folder may not mean well.
    *taken* are pairs of ID and path that earlier runs gave out: a path keeps its ID, and nobody
    else gets it while that file is there.  What cannot be found comes back as
    rejects, so that the others can go on.
    """
    paths: dict[str, None] = {}
    problems: list[Reject] = []
    for argument in arguments:
        found = list(_expand(argument, output))
        if not found:
            problems.append(_nothing(argument))
        strays = dict.fromkeys(path for path in found if _leads_out(path, argument))
        problems += [Reject(source=path, reason=_STRAY) for path in strays]
        paths.update(dict.fromkeys(path for path in found if path not in strays))
    known = {_absolute(path): id_ for id_, path in taken if Path(path).exists()}
    return _with_ids(paths, known), problems


def read_posting(item: Input) -> RawPosting:
    """Read one input whole, or raise `RejectedInput` saying why it cannot be used."""
    data = _read_bytes(item.path)
    if len(data) > MAX_BYTES:
        raise RejectedInput(
            f"It has more than {MAX_BYTES:,} bytes; a posting has some thousands.",
            "Cut it into one file for each posting.",
        )
    text, encoding = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    check_size(text)
    if not text.strip():
        raise RejectedInput("The file is empty.", "Check that the text was saved.")
    if _MARKUP.match(text):
        raise RejectedInput(
            "This is a web page or document with markup, not plain text.",
            "Copy the posting's text into a .txt file.",
        )
    sha256 = hashlib.sha256(data).hexdigest()
    return RawPosting(
        # Standard input has no name: without its content in the ID, one would overwrite another.
        id=f"{item.id}-{sha256[:8]}" if item.path == STDIN else item.id,
        path=item.path,
        sha256=sha256,
        media_type="text/plain",
        encoding=encoding,
        text=text,
    )


def safe_id(name: str) -> str:
    """A folder name made of *name* that is safe on every system, at most 80 characters.

    >>> safe_id("../Téc nico: (banano)")
    'Téc-nico-banano'
    >>> safe_id("CON"), safe_id("..")
    ('CON_', 'posting')
    """
    words = _NOT_SAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-._")[:80].strip("-._")
    return f"{words}_" if _RESERVED.match(words) else words or "posting"


def _expand(argument: str, output: Path | None) -> Iterator[str]:
    if argument == STDIN:
        yield STDIN
    elif not Path(argument).exists() and has_magic(argument):
        for match in sorted(glob(argument, recursive=True)):  # noqa: PTH207 - absolute patterns too
            yield from _expand(match, output)
    elif Path(argument).is_dir():
        yield from (str(path) for path in _files_below(Path(argument), output))
    elif Path(argument).exists():
        yield argument


def _files_below(folder: Path, output: Path | None) -> Iterator[Path]:
    ours = output.resolve() if output else None
    if not _is_inside(folder, ours):
        yield from _walked(folder, ours)


def _walked(folder: Path, ours: Path | None) -> Iterator[Path]:
    """The postings below *folder*, by name; what is *ours* is looked for where it can be."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except PermissionError:
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (ours and entry.name == ours.name and path.resolve() == ours):
                yield from _walked(path, ours)
        elif (
            entry.is_file()
            and not _NOT_POSTINGS.match(entry.name)
            and not (entry.is_symlink() and _is_inside(path, ours))
        ):
            yield path


def _is_inside(path: Path, ours: Path | None) -> bool:
    found = path.resolve()
    return ours is not None and (found == ours or ours in found.parents)


def _leads_out(path: str, folder: str) -> bool:
    """Whether *path* is a link in *folder* to what is not in it."""
    if path == folder or not Path(path).is_symlink() or not Path(folder).is_dir():
        return False
    return Path(folder).resolve() not in Path(path).resolve().parents


def _nothing(argument: str) -> Reject:
    if Path(argument).is_dir():
        reason = "No postings in this folder. Name a folder of .txt files."
    elif has_magic(argument):
        reason = "No file matches this pattern. Check the pattern."
    else:
        reason = "No such file or folder. Check the path."
    return Reject(source=argument, reason=reason)


def _with_ids(paths: Iterable[str], known: dict[str, str]) -> list[Input]:
    """Give every path an ID of its own; one that earlier runs used for it stays."""
    used = {id_.casefold() for id_ in known.values()}
    last: dict[str, int] = {}
    """The last number behind each name that several have: the next one looks on from there."""
    items = []
    for path in paths:
        id_ = known.get(_absolute(path))
        if id_ is None:
            base = safe_id("stdin" if path == STDIN else Path(path).stem)
            number = last.get(base, 1)
            id_ = base if number == 1 else f"{base}-{number}"
            while id_.casefold() in used:
                number += 1
                id_ = f"{base}-{number}"
            if number > 1:
                last[base] = number
        used.add(id_.casefold())
        items.append(Input(path, id_))
    return items


def _absolute(path: str) -> str:
    return path if path == STDIN else str(Path(path).resolve())


def _read_bytes(path: str) -> bytes:
    """At most one byte more than is allowed, so that a huge file costs no memory."""
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        if not Path(path).is_file():
            raise RejectedInput("This is not a regular file.", "Name a text file.")
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RejectedInput(
            f"It cannot be read: {error.strerror or error}.", "Check that you may read it."
        ) from error
