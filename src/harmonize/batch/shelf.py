"""Where finished shards lie, and what makes each of them whole or not there.

::

    FOLDER/KEY.parquet           the rows of one shard (or KEY.jsonl)
    FOLDER/_rejects/KEY.jsonl    the records of it that could not be used, with reasons
    FOLDER/_done/KEY.json        written last: the shard is finished, and what it was made of
    FOLDER/_rejects.jsonl        all rejects, in order
    FOLDER/_run.json             the account of the last run
    FOLDER/_tmp/                 what is being written

Parquet readers leave out names that begin with ``_``, so that FOLDER can be read as one table.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Container, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from harmonize.batch.model import Form, Receipt, Refused, Settings, Shard
from harmonize.batch.rows import JsonlWriter, Writer, join, writer
from harmonize.errors import UsageError
from harmonize.whole import make_empty, unfinished_of, write_whole

DONE, REJECTS, UNFINISHED = "_done", "_rejects", "_tmp"
_PART = re.compile(r"-[0-9a-f]{8}-\d{5,}\.(jsonl|parquet)$")


class Shelf:
    """The folder of finished shards; many workers may write to it, each shard once or again."""

    def __init__(self, folder: Path, form: Form) -> None:
        self.folder = folder
        self._form = form

    def make(self) -> None:
        """Make the folders, and clear away what an interrupted run left unfinished."""
        shutil.rmtree(self.folder / UNFINISHED, ignore_errors=True)
        for name in (DONE, REJECTS, UNFINISHED):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def part(self, key: str) -> Path:
        """The file with the rows of a shard."""
        return self.folder / f"{key}.{self._form}"

    def receipt(self, shard: Shard, settings: Settings) -> Receipt | None:
        """What became of a shard, if it is finished and was made of the same."""
        marker = self._marker(shard.key)
        if marker.get("stamp") != shard.stamp(settings) or not self.part(shard.key).is_file():
            return None
        return Receipt.model_validate(marker["receipt"])

    def inputs(self) -> dict[str, str]:
        """The finished shards' keys, and the input that each is of."""
        keys = (file.stem for file in sorted((self.folder / DONE).glob("*.json")))
        return {key: str(self._marker(key).get("input", "")) for key in keys}

    def other_form(self) -> bool:
        """Whether there are parts that are not of our form."""
        return any(part.suffix != f".{self._form}" for part in self._parts())

    def remove(self, keep: Container[str]) -> None:
        """Remove all shards but *keep*, their markers first; no file that is not ours."""
        for folder in (DONE, REJECTS):
            for file in (self.folder / folder).iterdir():
                if file.stem not in keep:
                    file.unlink()
        for part in self._parts():
            if part.stem not in keep:
                part.unlink()

    def tried(self, key: str) -> int:
        """Note that a shard is begun; how often it was in this run."""
        with self._tries(key).open("ab") as tries:
            tries.write(b".")
            return tries.tell()

    @contextmanager
    def writing(self, shard: Shard, settings: Settings) -> Iterator[tuple[Writer, JsonlWriter]]:
        """Writers for the rows and the rejects of a shard; it is finished with `mark`.

        The files come into their places only where nothing went wrong.  Their unfinished names are
        never used twice: a worker that was given up may still be writing.
        """
        name = uuid4().hex
        rows, rejects = (self.folder / UNFINISHED / f"{name}{end}" for end in (".rows", ".rejects"))
        try:
            with (
                closing(writer(rows, settings.form, settings.schema_text)) as good,
                closing(JsonlWriter(rejects)) as bad,
            ):
                yield good, bad
            self._mark(shard.key).unlink(missing_ok=True)  # else an old one could vouch for the new
            rows.replace(self.part(shard.key))
            rejects.replace(self._refused(shard.key))
        finally:
            rows.unlink(missing_ok=True)
            rejects.unlink(missing_ok=True)

    def mark(self, shard: Shard, settings: Settings, receipt: Receipt) -> None:
        """Say that a shard is finished."""
        marker = {
            "stamp": shard.stamp(settings),
            "input": shard.name,
            "receipt": receipt.model_dump(),
        }
        unfinished = self.folder / UNFINISHED / uuid4().hex
        unfinished.write_text(json.dumps(marker) + "\n", encoding="utf-8")
        unfinished.replace(self._mark(shard.key))
        self._tries(shard.key).unlink(missing_ok=True)

    def write_rejects(self, keys: Sequence[str], problems: Sequence[Refused], file: Path) -> None:
        """All rejects in one file: those of files, then those of finished shards, in order."""
        unfinished = self.folder / UNFINISHED / uuid4().hex
        with unfinished.open("wb") as joined:
            joined.writelines(problem.model_dump_json().encode() + b"\n" for problem in problems)
            for key in keys:
                if self._refused(key).is_file():
                    joined.write(self._refused(key).read_bytes())
        unfinished.replace(file)

    def write_joined(self, keys: Sequence[str], file: Path, schema_text: str) -> None:
        """All rows in one file, in order."""
        unfinished = unfinished_of(file)  # beside it: perhaps on another disk
        make_empty(unfinished)
        try:
            join(map(self.part, keys), unfinished, self._form, schema_text)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)

    def write_account(self, account: dict[str, Any]) -> None:
        """The account of a run, ``_run.json``."""
        text = json.dumps(account, ensure_ascii=False, indent=2) + "\n"
        write_whole(self.folder / "_run.json", text)

    def account(self) -> dict[str, Any]:
        """The account of the last run that ended, if it can be read."""
        return _json(self.folder / "_run.json")

    def _parts(self) -> list[Path]:
        return [file for file in self.folder.iterdir() if _PART.search(file.name)]

    def _mark(self, key: str) -> Path:
        return self.folder / DONE / f"{key}.json"

    def _tries(self, key: str) -> Path:
        return self.folder / UNFINISHED / f"{key}.tries"

    def _refused(self, key: str) -> Path:
        return self.folder / REJECTS / f"{key}.jsonl"

    def _marker(self, key: str) -> dict[str, Any]:
        return _json(self._mark(key))


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Nobody else writes to *folder*, made if need be, meanwhile; else `UsageError`."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "_lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"Another harmonize batch is writing to {folder}.", "Wait until it has ended."
            ) from error
        yield
