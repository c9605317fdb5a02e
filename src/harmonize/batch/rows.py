"""A posting as one row of a table, and rows as bytes: JSON Lines or Parquet."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from pydantic_core import to_json

from harmonize.batch.model import Form, Item
from harmonize.batch.plan import unpacked
from harmonize.check import posting_score
from harmonize.records import Posting
from harmonize.render.markdown import markdown

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS: dict[str, str] = {
    "id": "string",
    "title_en": "string",
    "title_es": "string",
    "organization": "string",
    "location": "string",
    "deadline": "string",
    "share_en": "double",
    "share_es": "double",
    "en": "string",
    "es": "string",
    "score": "int32",
    "flags": "int32",
    "posting": "string",
}
"""Our own columns and their Arrow types; those that are carried along follow."""

FULL = 32 << 20
"""Bytes of rows that Parquet output keeps until it writes them as one row group."""


def flat(posting: Posting, item: Item) -> dict[str, Any]:
    """The row of a posting; `COLUMNS` names our columns, and what is carried along follows."""
    ours = {
        "id": item.id,
        "title_en": posting.title.en,
        "title_es": posting.title.es,
        "organization": posting.organization,
        "location": posting.location,
        "deadline": posting.deadline,
        "share_en": posting.languages.get("en", 0.0),
        "share_es": posting.languages.get("es", 0.0),
        "en": markdown(posting, "en"),
        "es": markdown(posting, "es"),
        "score": posting_score(posting.segments).score,
        "flags": sum(len(segment.flags) for segment in posting.segments),
        "posting": posting.model_dump(mode="json"),
    }
    return ours | {carried_name(name): value for name, value in item.carried.items()}


def carried_name(name: str) -> str:
    """What a column that is carried along is called where we have one of that name.

    >>> carried_name("salary"), carried_name("score"), carried_name("input_score")
    ('salary', 'input_score', 'input_input_score')
    """
    return f"input_{name}" if re.sub("^(input_)+", "", name) in COLUMNS else name


class Writer(Protocol):
    """Writes rows into one file."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row; `ValueError` where it cannot be written, and then nothing of it is."""
        ...

    def close(self) -> None:
        """Write what is left."""
        ...


class JsonlWriter:
    """One JSON object a line; dates as ISO 8601, bytes as base64."""

    def __init__(self, file: Path) -> None:
        self._file: IO[bytes] = file.open("wb")

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a row."""
        self._file.write(as_json(row) + b"\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class ParquetWriter:
    """Row groups of some 32 MB, packed with zstd."""

    def __init__(self, file: Path, schema: pa.Schema) -> None:
        import pyarrow.parquet as pq

        self._schema = schema
        self._file = pq.ParquetWriter(file, schema, compression="zstd")
        self._tables: list[pa.Table] = []
        self._size = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Turn a row into its columns' types, and write when there are enough."""
        import pyarrow as pa

        texts = {field.name for field in self._schema if field.type == pa.string()}
        cells = {name: _as_text(value) if name in texts else value for name, value in row.items()}
        try:
            self.add_table(pa.Table.from_pylist([cells], schema=self._schema))
        except (pa.ArrowException, OverflowError, TypeError) as error:
            raise ValueError(str(error)) from error

    def add_table(self, table: pa.Table) -> None:
        """Take rows that have our columns already."""
        self._tables.append(table)
        self._size += table.nbytes
        if self._size >= FULL:
            self._flush()

    def close(self) -> None:
        """Write the last rows and the file's end."""
        with closing(self._file):
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._tables:
            whole = pa.concat_tables(self._tables).combine_chunks()
            self._file.write_table(whole, row_group_size=whole.num_rows)
        self._tables, self._size = [], 0


def writer(file: Path, form: Form, schema_text: str) -> Writer:
    """What writes rows of that form; *schema_text* has the columns carried into Parquet."""
    if form == "jsonl":
        return JsonlWriter(file)
    return ParquetWriter(file, schema_of(unpacked(schema_text)))


def schema_of(carried: pa.Schema) -> pa.Schema:
    """The columns of Parquet output: ours, then those that are carried along."""
    import pyarrow as pa

    ours = [pa.field(name, pa.type_for_alias(kind)) for name, kind in COLUMNS.items()]
    return pa.schema([*ours, *(field.with_name(carried_name(field.name)) for field in carried)])


def join(parts: Iterable[Path], file: Path, form: Form, schema_text: str) -> None:
    """Put *parts*, in order, into one file."""
    if form == "jsonl":
        with file.open("wb") as joined:
            for part in parts:
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, joined)
        return
    with closing(ParquetWriter(file, schema_of(unpacked(schema_text)))) as whole:
        for table in _batches(parts):
            whole.add_table(table)


def as_json(value: Any) -> bytes:
    """JSON without anything that JSON has no word for; `ValueError` where that cannot be."""
    return to_json(value, inf_nan_mode="null", bytes_mode="base64")


def _batches(parts: Iterable[Path]) -> Iterator[pa.Table]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for part in parts:
        with pq.ParquetFile(part) as opened:
            for batch in opened.iter_batches(64):
                yield pa.Table.from_batches([batch])


def _as_text(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(json.loads(as_json(value)), ensure_ascii=False)
