"""What the parts of a batch hand to each other: shards, records, settings, receipts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from harmonize.errors import UsageError
from harmonize.read.inputs import safe_id
from harmonize.records import Record

Kind = Literal["jsonl", "parquet", "warc"]
Form = Literal["jsonl", "parquet"]

EXTRA = "pip install 'harmonize[ray]'"


class Settings(Record):
    """What a worker must know to do any shard; paths are absolute, for it may run elsewhere.

    ``folder`` holds the finished parts.  ``schema_text`` describes the columns carried along
    (base64 of Arrow's own serialization), for Parquet output only.  ``signature`` is what the
    worker's `Harmonizer` must have, too.
    """

    engine: str = "auto"
    glossary: tuple[str, ...] | None = None
    sector_memory: bool = True
    id_column: str = "id"
    text_column: str = "text"
    form: Form = "parquet"
    folder: str = ""
    signature: str = ""
    schema_text: str = ""


class Shard(Record):
    """A run of consecutive records of one input file: what is done, retried and kept as a whole.

    ``name`` is the file's path below INPUT.  Reading begins at ``start`` (a byte of the file as
    it is unpacked; 0 for Parquet) and leaves out ``skip`` records.  ``first`` is the number of the
    first record in the file, from 1.  ``sha256`` is of the bytes that hold the records.
    """

    kind: Kind
    path: str
    name: str
    index: int
    start: int
    skip: int
    first: int
    count: int
    sha256: str

    @property
    def key(self) -> str:
        """The name of the shard's files: the same on every run.

        >>> Shard(kind="jsonl", path="/in/a/b.jsonl", name="a/b.jsonl", index=2, start=0, skip=0,
        ...       first=1, count=5, sha256="").key
        'b-f74d49bc-00002'
        """
        stem = safe_id(Path(self.name).name.partition(".")[0])
        return f"{stem}-{hashlib.sha256(self.name.encode()).hexdigest()[:8]}-{self.index:05}"

    def stamp(self, settings: Settings) -> str:
        """A hash over all that the shard's results depend on."""
        own = self.model_dump_json(exclude={"path", "start", "skip"})  # where, not what
        shared = settings.model_dump_json(include=_STAMPED)
        return hashlib.sha256(f"{own}\n{shared}".encode()).hexdigest()


_STAMPED = {"id_column", "text_column", "form", "signature", "schema_text"}


class Item(NamedTuple):
    """One record that was read: what it is called, its text, and all else that it came with."""

    number: int
    id: str
    text: str
    carried: Mapping[str, Any]


class Refused(Record):
    """A record that could not be used, and why; ``source`` is file and number of the record."""

    source: str
    id: str
    reason: str


class Receipt(Record):
    """What became of a shard; ``failed`` says why it is not done, where it is not."""

    key: str
    count: int
    written: int = 0
    rejected: int = 0
    segments: int = 0
    errors: int = 0
    seconds: float = 0.0
    failed: str = ""


def made_up_id(name: str, number: int) -> str:
    """What a record is called that brings no name.

    >>> made_up_id("2024/jobs.jsonl", 17)
    'jobs-17'
    """
    return f"{safe_id(Path(name).name.partition('.')[0])}-{number}"


def needs_extra(what: str, error: ImportError) -> UsageError:
    """The error for a library of the extra that is not installed."""
    return UsageError(f"{what} needs {error.name}, which is not installed.", f"Run: {EXTRA}")
