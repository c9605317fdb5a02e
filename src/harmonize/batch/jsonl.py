"""JSON Lines: one JSON object a line, plain or gzip."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from harmonize.batch.model import Item, Refused, Settings, Shard, made_up_id
from harmonize.errors import RejectedInput
from harmonize.read.decode import decode
from harmonize.read.limits import MAX_BYTES

MAX_LINE = 8 * MAX_BYTES
"""Longest line that is read, in bytes: the largest posting, with each letter as an escape."""


class Line(NamedTuple):
    """A line, where it begins in the unpacked file, and why its data cannot be had if so."""

    start: int
    data: bytes
    problem: str = ""


def cut(path: Path, name: str, size: int) -> Iterator[Shard]:
    """The shards of a file: *size* lines each, the last one fewer.  Blank lines are no records."""
    index, first = 0, 1
    start, count, digest = 0, 0, hashlib.sha256()

    def shard() -> Shard:
        return Shard(
            kind="jsonl",
            path=str(path),
            name=name,
            index=index,
            start=start,
            skip=0,
            first=first,
            count=count,
            sha256=digest.hexdigest(),
        )

    with opened(path) as file:
        for line in lines(file):
            if count == size:
                yield shard()
                index, first, start = index + 1, first + count, line.start
                count, digest = 0, hashlib.sha256()
            digest.update(line.data + line.problem.encode())
            count += 1
    if count:
        yield shard()


def read(shard: Shard, settings: Settings) -> Iterator[Item | Refused]:
    """The records of a shard; a line that is none comes back with the reason."""
    with opened(Path(shard.path)) as file:
        file.seek(shard.start)
        number = shard.first
        for line in lines(file, shard.start):
            if number == shard.first + shard.count:
                break
            yield _record(line, number, shard, settings)
            number += 1


def opened(path: Path) -> BinaryIO:
    """The unpacked bytes of a file; seeking counts unpacked bytes, too."""
    if path.suffix == ".gz":
        return cast("BinaryIO", gzip.open(path))
    return path.open("rb")


def lines(file: BinaryIO, start: int = 0) -> Iterator[Line]:
    """All lines from here on that are not blank; one that is too long costs no memory.

    Where the file is damaged, a last line says so and stands for the rest.
    """
    try:
        while data := file.readline(MAX_LINE + 1):
            length = len(data)
            if length > MAX_LINE:
                while data and not data.endswith(b"\n"):
                    data = file.readline(MAX_LINE)
                    length += len(data)
                yield Line(start, b"", f"The line has more than {MAX_LINE:,} bytes.")
            elif data.strip():
                yield Line(start, data)
            start += length
    except (EOFError, OSError, zlib.error) as error:
        yield Line(start, b"", f"The file cannot be read from here on: {error}.")


def parse(line: Line) -> dict[str, Any]:
    """The object that a line holds; `RejectedInput` says why it holds none.

    >>> parse(Line(0, '{"text": "Técnico"}'.encode("cp1252")))
    {'text': 'Técnico'}
    """
    if line.problem:
        raise RejectedInput(line.problem)
    try:
        text = decode(line.data).text
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RejectedInput(f"The line is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise RejectedInput("The line holds no JSON object.")
    found: dict[str, Any] = _whole(value) if "\\ud" in text.lower() else value
    return found


def _whole(value: Any) -> Any:
    r"""*value* with U+FFFD for each half of a surrogate pair: no letter, and no file can hold it.

    >>> _whole({"a": ["\ud83d"]})
    {'a': ['�']}
    """
    if isinstance(value, dict):
        return {_whole(name): _whole(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def column_types(paths: Iterable[Path]) -> dict[str, str]:
    """Every column of these files and its type: bool, int, float, str or json (all else).

    ``null`` is a column that is always empty.
    """
    found: dict[str, str] = {}
    for path in paths:
        with opened(path) as file:
            for line in lines(file):
                try:
                    record = parse(line)
                except RejectedInput:
                    continue
                for name, value in record.items():
                    found[name] = wider(found.get(name, "null"), _type(value))
    return found


def wider(one: str, other: str) -> str:
    """The type that holds both.

    >>> wider("int", "float"), wider("null", "str"), wider("str", "int")
    ('float', 'str', 'json')
    """
    both = {one, other} - {"null"}
    if len(both) < 2:
        return both.pop() if both else "null"
    return "float" if both == {"int", "float"} else "json"


def _type(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        return "json"
    name = type(value).__name__
    return name if name in {"bool", "int", "float", "str"} else "json"


def _record(line: Line, number: int, shard: Shard, settings: Settings) -> Item | Refused:
    id_ = made_up_id(shard.name, number)
    try:
        record = parse(line)
        given = record.get(settings.id_column)
        id_ = id_ if given is None else str(given)
        text = _text(record, settings.text_column)
    except RejectedInput as error:
        return Refused(source=f"{shard.name}#{number}", id=id_, reason=str(error))
    own = {settings.id_column, settings.text_column}
    return Item(number, id_, text, {name: record[name] for name in record if name not in own})


def _text(record: dict[str, Any], column: str) -> str:
    if column not in record:
        raise RejectedInput(
            f"It has no {column}.", f"It has: {', '.join(record) or 'nothing'}. Try --text-column."
        )
    text = record[column]
    if not isinstance(text, str):
        raise RejectedInput(f"Its {column} is no text.")
    return text
