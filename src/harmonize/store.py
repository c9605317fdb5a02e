"""The OUT folder: what earlier runs left there, and writing into it whole or not at all."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from harmonize.errors import RejectedInput, UsageError
from harmonize.records import Posting, Record, Reject
from harmonize.render import FORMATS, Entry, index_page, writers

POSTING = "posting.json"
REJECTS = "rejects.jsonl"
INDEX = "index.html"
RUN = "run.json"


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

    def taken(self) -> list[tuple[str, str]]:
        """ID and source path of each posting here."""
        return [(posting.id, posting.source.path) for posting in self.postings()]

    def ids(self) -> list[str]:
        """The names of the postings here, readable or not."""
        return sorted(file.parent.name for file in self.folder.glob(f"*/{POSTING}"))

    def postings(self) -> Iterator[Posting]:
        """All postings here that this version can read, by ID."""
        for id_ in self.ids():
            posting = self.posting(id_)
            if posting is not None:
                yield posting

    def posting(self, id_: str) -> Posting | None:
        """The posting called *id_*, if it is here and readable."""
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
        written = _write(
            self.folder / posting.id, posting, {*formats, "json"}, keep=keep, first=self._changing
        )
        return sum(written)

    def export(self, ids: Sequence[str], formats: Iterable[str], target: Path) -> Exported:
        """Write *formats* of the postings *ids* (all where there are none) below *target*.

        Files that are there are replaced.  A posting that is not here or cannot be read is among
        the rejects and stops no other.
        """
        done, formats = Exported(), set(formats)
        for id_ in ids or self.ids():
            try:
                files = _write(target / id_, self.load(id_), formats)
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
            self._index(self._rejects())
        return done

    def revise(self, posting: Posting, *, index: bool = True) -> int:
        """Write anew all files that the posting has; how many changed.  The index goes along."""
        there = set(self._files(posting.id))
        formats = [
            name for name, files in FORMATS.items() if any(file.name in there for file in files)
        ]
        written = sum(_write(self.folder / posting.id, posting, {*formats, "json"}))
        if written and index:
            self.index()
        return written

    def index(self) -> None:
        """Bring the index of all postings up to date."""
        try:
            self._index(self._rejects())
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def finish(self, rejects: Sequence[Reject], run: Mapping[str, Any], changed: bool) -> None:
        """Bring the index and the rejects up to date, and after a change the account of the run.

        The account comes last and is gone while a run changes something: where it is missing, the
        run before was stopped, and the index may be behind.
        """
        lines = [reject.model_dump_json() + "\n" for reject in rejects]
        try:
            changed = write_whole(self.folder / REJECTS, "".join(lines), self._changing) or changed
            if changed or not all((self.folder / name).exists() for name in (INDEX, RUN)):
                self._index([reject.model_dump() for reject in rejects])
                account = json.dumps(run, ensure_ascii=False, indent=2) + "\n"
                write_whole(self.folder / RUN, account)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def _index(self, rejects: Sequence[dict[str, str]]) -> None:
        entries = (Entry(posting, self._files(posting.id)) for posting in self.postings())
        write_whole(self.folder / INDEX, index_page(entries, rejects))

    def _changing(self) -> None:
        """Before the first change of a run: the account of the last one is removed."""
        (self.folder / RUN).unlink(missing_ok=True)

    def _files(self, id_: str) -> tuple[str, ...]:
        there = {path.name for path in (self.folder / id_).iterdir()}
        return tuple(
            file.name for files in FORMATS.values() for file in files if file.name in there
        )

    def _rejects(self) -> list[dict[str, str]]:
        """What the last run rejected, as far as its file can be read."""
        try:
            lines = (self.folder / REJECTS).read_text(encoding="utf-8").splitlines()
            return [Reject.model_validate_json(line).model_dump() for line in lines]
        except (OSError, ValueError):
            return []

    def _some(self) -> str:
        ids = self.ids()
        return ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "") if ids else "none"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _write(
    folder: Path,
    posting: Posting,
    formats: Iterable[str],
    *,
    keep: bool = False,
    first: Callable[[], None] | None = None,
) -> list[bool]:
    """Write the posting's files into *folder*; for each whether that was needed."""
    if folder.is_symlink():
        raise UsageError(
            f"{folder} is a link: what is written there would leave the folder.", "Remove the link."
        )
    _make(folder)
    try:
        return [
            write_whole(folder / name, content(posting), first)
            for name, content in writers(formats).items()
            if not (keep and (folder / name).exists())
        ]
    except OSError as error:
        raise _cannot_write(folder, error) from error


def holding(folder: Path, matches: Callable[[str], bool]) -> list[Path]:
    """The files under *folder*, results of earlier runs, that have a line that *matches*."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file for file in files if any(map(matches, _lines(file)))]


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8", errors="replace").splitlines()


def write_whole(file: Path, content: str | bytes, first: Callable[[], None] | None = None) -> bool:
    """Replace *file* by *content* in one step, unless it holds that already.  Whether it did.

    *first* is called before anything is changed.
    """
    data = content if isinstance(content, bytes) else content.encode()
    if is_written(file, data):
        return False
    if first:
        first()
    # One name for a file's unfinished self: what an interruption leaves, the next run replaces.
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(exist_ok=False)  # new, so no link to somewhere else is written through
        unfinished.write_bytes(data)
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return True


def is_written(file: Path, data: bytes) -> bool:
    """Whether *file* holds *data* already; what is not readable is written anew."""
    try:
        return file.read_bytes() == data
    except OSError:
        return False


def _cannot_write(path: Path, error: OSError) -> UsageError:
    reason = error.strerror or str(error)
    remedy = "Choose another folder with -o."
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        remedy = "Make room and run the same command again: it goes on from here."
    return UsageError(f"{path} cannot be written: {reason}.", remedy)
