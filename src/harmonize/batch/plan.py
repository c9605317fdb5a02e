"""Which files are meant, and the shards that they are cut into."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from harmonize.batch import jsonl, parquet, warc
from harmonize.batch.model import Kind, Refused, Settings, Shard, needs_extra
from harmonize.errors import RejectedInput, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".wet": "warc",
    ".wet.gz": "warc",
}
"""How a file's name ends, and what is in it."""

SOURCES: dict[Kind, ModuleType] = {"jsonl": jsonl, "parquet": parquet, "warc": warc}
"""What cuts and reads each kind of file."""


class File(NamedTuple):
    """An input file, its name below INPUT, and what is in it."""

    path: Path
    name: str
    kind: Kind


def find_files(argument: str, ours: Sequence[Path]) -> list[File]:
    """Every file that INPUT (a file, a folder, a pattern) names, in a steady order.

    A folder means all files below it with an ending of ours; those whose name or folder begins
    with ``.`` or ``_`` are left out, and so is everything in *ours*, the paths that are written to.
    Raises `UsageError` where there are none.
    """
    base = _base(argument)
    written = [path.resolve() for path in ours]
    found = [
        File(path, path.relative_to(base).as_posix(), kind)
        for path in _paths(argument)
        if (kind := kind_of(path.name))
        and not any(path.resolve().is_relative_to(each) for each in written)
    ]
    if not found:
        raise UsageError(
            f"{argument} names no file that harmonize batch reads.",
            f"It reads files that end in {', '.join(ENDINGS)}. "
            "For a folder of texts use: harmonize translate",
        )
    return found


def kind_of(name: str) -> Kind | None:
    """What is in a file of that name.

    >>> kind_of("crawl-1.warc.gz"), kind_of("jobs.txt")
    ('warc', None)
    """
    return next((kind for end, kind in ENDINGS.items() if name.lower().endswith(end)), None)


def cut_all(files: Sequence[File], size: int) -> tuple[list[Shard], list[Refused]]:
    """The shards of all files, in order, and the files that cannot be read."""
    shards: list[Shard] = []
    problems: list[Refused] = []
    for file in files:
        try:
            shards += SOURCES[file.kind].cut(file.path, file.name, size)
        except (RejectedInput, OSError) as error:
            problems.append(Refused(source=file.name, id="", reason=str(error)))
    return shards, problems


def carried_schema(files: Sequence[File], settings: Settings) -> pa.Schema:
    """The columns that are carried along into Parquet, of all files together.

    Where files have different columns, each has them all; where their types differ and one holds
    the other, the wider.  Raises `UsageError` where neither does.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise needs_extra("Parquet", error) from error
    try:
        return pa.unify_schemas([*_schemas(files, settings)], promote_options="permissive")
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise UsageError(
            f"The files' columns do not go together: {error}.",
            "Do them one by one, or choose JSONL: --format jsonl",
        ) from error


def packed(schema: pa.Schema) -> str:
    """A schema as text; `unpacked` gives it back."""
    return base64.b64encode(schema.serialize().to_pybytes()).decode()


def unpacked(text: str) -> pa.Schema:
    """The schema that `packed` made *text* of."""
    import pyarrow as pa

    return pa.ipc.read_schema(pa.py_buffer(base64.b64decode(text)))


def _base(argument: str) -> Path:
    """The folder that names of files are relative to."""
    path = Path(argument).absolute()
    if path.is_dir():
        return path
    if not path.exists():
        while has_magic(str(path.parent)):
            path = path.parent
    return path.parent


def _paths(argument: str) -> list[Path]:
    path = Path(argument).absolute()
    if path.is_dir():
        return sorted(each for each in path.rglob("*") if each.is_file() and _wanted(each, path))
    if path.exists():
        return [path] if path.is_file() else []
    found = glob(str(path), recursive=True)  # noqa: PTH207 - absolute patterns too
    return sorted(Path(each) for each in found if Path(each).is_file())


def _wanted(path: Path, base: Path) -> bool:
    return not any(part.startswith((".", "_")) for part in path.relative_to(base).parts)


def _schemas(files: Sequence[File], settings: Settings) -> Iterator[pa.Schema]:
    import pyarrow as pa

    lines = [file.path for file in files if file.kind == "jsonl"]
    types = {
        "null": pa.string(),
        "bool": pa.bool_(),
        "int": pa.int64(),
        "float": pa.float64(),
        "str": pa.string(),
        "json": pa.string(),
    }
    own = {settings.id_column, settings.text_column}
    found = jsonl.column_types(lines).items()
    yield pa.schema([(name, types[kind]) for name, kind in found if name not in own])
    if any(file.kind == "warc" for file in files):
        yield pa.schema([(name, pa.string()) for name in warc.COLUMNS])
    for file in files:
        if file.kind == "parquet":
            try:
                yield parquet.schema(file.path, file.name, settings)
            except RejectedInput:
                continue  # `cut_all` reports it
