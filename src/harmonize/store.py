"""The OUT folder: what earlier runs left there, and writing into it whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from harmonize import catalogue
from harmonize.catalogue import Catalogue, Line, line_of
from harmonize.errors import RejectedInput, UsageError
from harmonize.records import Header, Posting, Record, Reject
from harmonize.render import FORMATS, Entry, index_page, writers
from harmonize.whole import write_pieces, write_whole

POSTING = "posting.json"
REJECTS = "rejects.jsonl"
INDEX = "index.html"
RUN = "run.json"

_HEAD_BYTES = 4096
_BEHIND_HEAD = b'\n  "organization": '

T = TypeVar("T")


class Exported(Record):
    """What an export did: postings, their files that were written or there already, rejects."""

    postings: int = 0
    written: int = 0
    unchanged: int = 0
    rejects: tuple[Reject, ...] = ()


class Store:
    """The folder that `harmonize translate` writes to; made when it is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _make(folder)

    def taken(self) -> Iterator[tuple[str, str]]:
        """ID and source path of each posting here."""
        for id_ in self.ids():
            head = self.head(id_)
            if head:
                yield id_, head.source.path

    def ids(self) -> list[str]:
        """The names of the postings here, readable or not."""
        return sorted(file.parent.name for file in self.folder.glob(f"*/{POSTING}"))

    def head(self, id_: str) -> Header | None:
        """The beginning of the posting called *id_*: which it is and what it was made from."""
        try:
            with (self.folder / id_ / POSTING).open("rb") as file:
                start = file.read(_HEAD_BYTES)
        except OSError:
            return None
        return _head(start) or self.posting(id_)

    def record(self, id_: str) -> bytes | None:
        """The bytes of the ``posting.json`` of *id_*; None where there is none."""
        try:
            return (self.folder / id_ / POSTING).read_bytes()
        except OSError:
            return None

    def line(self, id_: str, known: Catalogue) -> Line | None:
        """What is known of the posting *id_*; None where it is not here or cannot be read."""
        record = self.record(id_)
        line = known.get(id_)
        if record and line and line.record == catalogue.digest(record):
            return line
        posting = self.posting(id_) if record else None
        if record is None or posting is None:
            return None
        known.add(line := line_of(posting, record))
        return line

    def catalogue(self) -> Catalogue:
        """What earlier runs wrote down of the postings here."""
        try:
            return Catalogue(self.folder / catalogue.FILE)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def missing(self, id_: str, formats: Iterable[str]) -> list[str]:
        """Those of *formats* of which the posting *id_* has not all files."""
        folder = self.folder / id_
        return [
            name
            for name in formats
            if not all((folder / file.name).exists() for file in FORMATS[name])
        ]

    def postings(self) -> Iterator[Posting]:
        """All postings here that this version can read, by ID."""
        for id_ in self.ids():
            posting = self.posting(id_)
            if posting is not None:
                yield posting

    def posting(self, id_: str) -> Posting | None:
        """The posting called *id_*, if it is here and readable."""
        if not (self.folder / id_ / POSTING).exists():
            return None  # `load` would list what is here: too much to be asked for each posting
        try:
            return self.load(id_)
        except RejectedInput:
            return None

    def load(self, id_: str) -> Posting:
        """The posting called *id_*; `RejectedInput` says why it cannot be read."""
        file = self.folder / id_ / POSTING
        try:
            if Path(id_).name != id_ or not file.exists():
                raise RejectedInput("There is no such posting.", f"Here are: {self._some()}.")
            posting = Posting.model_validate_json(file.read_bytes())
        except OSError as error:  # also of a name that no file can have
            raise RejectedInput(f"It cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise RejectedInput(
                f"It is damaged, or of another version ({place + ': ' if place else ''}"
                f"{first['msg']}).",
                "Run harmonize translate on its source again.",
            ) from error
        # The folder's name is what files are written under, whatever the record says.
        return posting.model_copy(update={"id": id_})

    def write(self, posting: Posting, formats: Iterable[str], *, keep: bool = False) -> int:
        """Write the posting's files; how many were written.  ``posting.json`` comes last.

        A file that holds the same already is left alone, and with *keep* any file that is there:
        somebody may have edited it.
        """
        return self.put(posting.id, rendered(posting, {*formats, "json"}), keep=keep)

    def put(self, id_: str, files: Mapping[str, bytes], *, keep: bool = False) -> int:
        """Write the *files* of a posting, as `write` does; how many were written."""
        return sum(_put(self.folder / id_, files, keep=keep, first=self._changing))

    def export(self, ids: Sequence[str], formats: Iterable[str], target: Path) -> Exported:
        """Write *formats* of the postings *ids* (all where there are none) below *target*.

        Files that are there are replaced.  A posting that is not here or cannot be read is among
        the rejects and stops no other.
        """
        done, formats = Exported(), set(formats)
        for id_ in ids or self.ids():
            try:
                files = _put(target / id_, rendered(self.load(id_), formats))
            except RejectedInput as error:
                reject = Reject(source=str(self.folder / id_ / POSTING), reason=str(error))
                done = done.model_copy(update={"rejects": (*done.rejects, reject)})
                continue
            done = Exported(
                postings=done.postings + 1,
                written=done.written + sum(files),
                unchanged=done.unchanged + len(files) - sum(files),
                rejects=done.rejects,
            )
        if done.written and target == self.folder:
            self.index()
        return done

    def revise(self, posting: Posting, *, index: bool = True) -> int:
        """Write anew all files that the posting has; how many changed.  The index goes along."""
        there = set(self._files(posting.id))
        formats = [
            name for name, files in FORMATS.items() if any(file.name in there for file in files)
        ]
        written = sum(_put(self.folder / posting.id, rendered(posting, {*formats, "json"})))
        if written and index:
            self.index()
        return written

    def index(self) -> None:
        """Bring the index of all postings up to date."""
        known = self.catalogue()
        try:
            self._index(known)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error
        finally:
            known.close()

    def finish(
        self, rejects: Iterable[Reject], run: Mapping[str, Any], changed: bool, known: Catalogue
    ) -> None:
        """Bring the index and the rejects up to date, and after a change the account of the run.

        *known* has what the run found out of the postings.  The account comes last and is gone
        while a run changes something: where it is missing, the run before was stopped, and the
        index may be behind.
        """
        lines = (reject.model_dump_json() + "\n" for reject in rejects)
        try:
            changed = write_pieces(self.folder / REJECTS, lines, self._changing) or changed
            if changed or not all((self.folder / name).exists() for name in (INDEX, RUN)):
                self._index(known)
                account = json.dumps(run, ensure_ascii=False, indent=2) + "\n"
                write_whole(self.folder / RUN, account)
            elif known.added:
                self._catalogue(known)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def _index(self, known: Catalogue) -> None:
        self._catalogue(known)
        entries, rejects = _Again(self._entries), _Again(self._rejects)
        write_pieces(self.folder / INDEX, index_page(entries, rejects))

    def _catalogue(self, known: Catalogue) -> None:
        """Write down what is known of the postings."""
        lines = (line.model_dump_json() + "\n" for line in self._lines(known))
        write_pieces(self.folder / catalogue.FILE, lines)

    def _lines(self, known: Catalogue) -> Iterator[Line]:
        for id_ in self.ids():
            line = self.line(id_, known)
            if line is not None:
                yield line

    def _entries(self) -> Iterator[Entry]:
        """The postings as they were just written down."""
        with (self.folder / catalogue.FILE).open("rb") as lines:
            for line in map(Line.model_validate_json, lines):
                yield Entry(line.listed, self._files(line.id))

    def _changing(self) -> None:
        """Before the first change of a run: the account of the last one is removed."""
        (self.folder / RUN).unlink(missing_ok=True)

    def _files(self, id_: str) -> tuple[str, ...]:
        there = {path.name for path in (self.folder / id_).iterdir()}
        return tuple(
            file.name for files in FORMATS.values() for file in files if file.name in there
        )

    def _rejects(self) -> Iterator[dict[str, str]]:
        """What the last run rejected, as far as its file can be read."""
        with contextlib.suppress(OSError, ValueError), (self.folder / REJECTS).open("rb") as lines:
            for line in lines:
                yield Reject.model_validate_json(line).model_dump()

    def _some(self) -> str:
        ids = self.ids()
        return ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "") if ids else "none"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def rendered(posting: Posting, formats: Iterable[str]) -> dict[str, bytes]:
    """The files of a posting by name, ``posting.json`` last."""
    return {
        name: content if isinstance(content, bytes) else content.encode()
        for name, write in writers(formats).items()
        for content in [write(posting)]
    }


def _put(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    keep: bool = False,
    first: Callable[[], None] | None = None,
) -> list[bool]:
    """Write *files* into *folder*; for each whether that was needed."""
    if folder.is_symlink():
        raise UsageError(
            f"{folder} is a link: what is written there would leave the folder.", "Remove the link."
        )
    _make(folder)
    try:
        return [
            write_whole(folder / name, content, first)
            for name, content in files.items()
            if not (keep and (folder / name).exists())
        ]
    except OSError as error:
        raise _cannot_write(folder, error) from error


class _Again(Collection[T], Generic[T]):
    """Things that are read anew each time, and never held."""

    def __init__(self, read: Callable[[], Iterator[T]]) -> None:
        self._count, self._read = sum(1 for _ in read()), read

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return self._read()

    def __contains__(self, thing: object) -> bool:
        return any(each == thing for each in self)


def _head(start: bytes) -> Header | None:
    """The header at the start of a ``posting.json`` as `render.record` writes it."""
    end = start.find(_BEHIND_HEAD)
    try:
        fields = json.loads(start[:end].rstrip().rstrip(b",") + b"}") if end > 0 else None
        return (
            Header.model_validate({name: fields[name] for name in Header.model_fields})
            if fields
            else None
        )
    except (ValueError, KeyError):
        return None


def _cannot_write(path: Path, error: OSError) -> UsageError:
    reason = error.strerror or str(error)
    remedy = "Choose another folder with -o."
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        remedy = "Make room and run the same command again: it goes on from here."
    return UsageError(f"{path} cannot be written: {reason}.", remedy)
