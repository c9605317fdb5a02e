"""The OUT folder: what earlier runs left there, and writing into it whole or not at all."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from harmonize.errors import UsageError
from harmonize.records import Posting, Reject
from harmonize.render import index_page, writers

POSTING = "posting.json"
RUN = "run.json"


class Store:
    """The folder that `harmonize translate` writes to; made when it is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(folder, error) from error

    def taken(self) -> list[tuple[str, str]]:
        """ID and source path of each posting here."""
        return [(posting.id, posting.source.path) for posting in self.postings()]

    def postings(self) -> Iterator[Posting]:
        """All postings here that this version can read, by ID."""
        for file in sorted(self.folder.glob(f"*/{POSTING}")):
            posting = self.posting(file.parent.name)
            if posting is not None:
                yield posting

    def posting(self, id_: str) -> Posting | None:
        """The posting called *id_*, if it is here and readable."""
        try:
            return Posting.model_validate_json((self.folder / id_ / POSTING).read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, posting: Posting, formats: Iterable[str], *, keep: bool = False) -> int:
        """Write the posting's files; how many were written.  ``posting.json`` comes last.

        A file that holds the same already is left alone, and with *keep* any file that is there:
        somebody may have edited it.
        """
        folder = self.folder / posting.id
        try:
            folder.mkdir(exist_ok=True)
            return sum(
                self._write(folder / name, content(posting))
                for name, content in writers(formats).items()
                if not (keep and (folder / name).exists())
            )
        except OSError as error:
            raise _cannot_write(folder, error) from error

    def finish(self, rejects: Sequence[Reject], run: Mapping[str, Any], changed: bool) -> None:
        """Bring the index and the rejects up to date, and after a change the account of the run.

        The account comes last and is gone while a run changes something: where it is missing, the
        run before was stopped, and the index may be behind.
        """
        lines = [reject.model_dump_json() + "\n" for reject in rejects]
        rows = [reject.model_dump() for reject in rejects]
        try:
            changed = self._write(self.folder / "rejects.jsonl", "".join(lines)) or changed
            if changed or not all((self.folder / name).exists() for name in ("index.html", RUN)):
                self._write(self.folder / "index.html", index_page(self.postings(), rows))
                account = json.dumps(run, ensure_ascii=False, indent=2) + "\n"
                write_whole(self.folder / RUN, account)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def _write(self, file: Path, content: str) -> bool:
        """`write_whole`; before the first change the account of the last run is removed."""
        if is_written(file, content.encode()):
            return False
        (self.folder / RUN).unlink(missing_ok=True)
        return write_whole(file, content)


def holding(folder: Path, matches: Callable[[str], bool]) -> list[Path]:
    """The files under *folder*, results of earlier runs, that have a line that *matches*."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file for file in files if any(map(matches, _lines(file)))]


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8", errors="replace").splitlines()


def write_whole(file: Path, content: str) -> bool:
    """Replace *file* by *content* in one step, unless it holds that already.  Whether it did."""
    data = content.encode()
    if is_written(file, data):
        return False
    # One name for a file's unfinished self: what an interruption leaves, the next run replaces.
    unfinished = file.with_name(f".{file.name}.part")
    try:
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
