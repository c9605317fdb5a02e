"""Parquet in: rows of one or more files, with their columns' own types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmonize.batch.model import Item, Refused, Settings, Shard, made_up_id, needs_extra
from harmonize.errors import RejectedInput, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 64
"""Rows that are unpacked at a time."""


def cut(path: Path, name: str, size: int) -> Iterator[Shard]:
    """The shards of a file: *size* rows each, never across two of its row groups."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    index, first = 0, 1
    with _opened(path) as table:
        for group in range(table.num_row_groups):
            rows = table.metadata.row_group(group).num_rows
            for skip in range(0, rows, size):
                yield Shard(
                    kind="parquet",
                    path=str(path),
                    name=name,
                    index=index,
                    start=group,
                    skip=skip,
                    first=first,
                    count=min(size, rows - skip),
                    sha256=sha256,
                )
                index, first = index + 1, first + min(size, rows - skip)


def read(shard: Shard, settings: Settings) -> Iterator[Item | Refused]:
    """The records of a shard; a row without a text comes back with the reason."""
    number, end = shard.first, shard.first + shard.count
    try:
        for row in _rows(shard):
            yield _record(row, number, shard, settings)
            number += 1
    except (RejectedInput, ValueError, OSError, NotImplementedError) as error:  # Arrow's, too
        for each in range(number, end):
            id_ = made_up_id(shard.name, each)
            yield Refused(source=f"{shard.name}#{each}", id=id_, reason=f"Cannot be read: {error}")


def _rows(shard: Shard) -> Iterator[dict[str, Any]]:
    """The rows of the shard, unpacked a few at a time."""
    passed, end = 0, shard.skip + shard.count
    with _opened(Path(shard.path)) as table:
        for batch in table.iter_batches(ROWS, row_groups=[shard.start]):
            begin = max(0, shard.skip - passed)
            if begin < batch.num_rows:
                yield from batch.slice(begin, end - passed - begin).to_pylist()
            passed += batch.num_rows
            if passed >= end:
                break


def schema(path: Path, name: str, settings: Settings) -> pa.Schema:
    """The columns of a file besides ID and text; `UsageError` where it has no text.

    Raises `RejectedInput` where the file cannot be read.
    """
    with _opened(path) as table:
        found = table.schema_arrow.remove_metadata()
    if settings.text_column not in found.names:
        raise UsageError(
            f"{name} has no column {settings.text_column}.",
            f"It has: {', '.join(found.names)}. Say which with --text-column.",
        )
    for column in {settings.id_column, settings.text_column} & set(found.names):
        found = found.remove(found.get_field_index(column))
    return found


def _opened(path: Path) -> Any:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise needs_extra("Parquet", error) from error
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise RejectedInput(f"It is not a whole Parquet file: {error}.", "Copy it anew.") from error


def _record(row: dict[str, Any], number: int, shard: Shard, settings: Settings) -> Item | Refused:
    given, text = row.pop(settings.id_column, None), row.pop(settings.text_column)
    id_ = made_up_id(shard.name, number) if given is None else str(given)
    if isinstance(text, str):
        return Item(number, id_, text, row)
    reason = f"Its {settings.text_column} is {'empty' if text is None else 'no text'}."
    return Refused(source=f"{shard.name}#{number}", id=id_, reason=reason)
