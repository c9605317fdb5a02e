"""WARC in: the main text of archived web pages, found by trafilatura."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from harmonize.batch.model import Item, Refused, Settings, Shard, made_up_id, needs_extra
from harmonize.batch.page import main_text
from harmonize.errors import RejectedInput
from harmonize.read.decode import decode
from harmonize.read.limits import MAX_BYTES

COLUMNS = ("url", "date")
"""What a page carries along: its address, and when it was fetched (ISO 8601)."""

_PAGES = {"text/html", "application/xhtml+xml"}
_BEGINNINGS = (b"WARC/", b"\x1f\x8b")
_PACKING = ("Content-Encoding", "Transfer-Encoding")
_OK = 200
_BLOCK = 1 << 20


def cut(path: Path, name: str, size: int) -> Iterator[Shard]:
    """The shards of a file: *size* archived pages each.

    A file that was packed as one piece of gzip, not record by record, can only be read from its
    beginning; its shards skip what is before them.
    """
    begins, total = [(0, 0)], 0  # byte and number of the record that each shard is read from
    with path.open("rb") as file:
        for number, record in enumerate(_records(file)):
            total = number + 1
            if number and number % size == 0:
                found = record and _begins_at(path, record.stream_pos)
                begins.append((record.stream_pos, number) if found else begins[-1])
    length = path.stat().st_size
    for index in range(-(-total // size)):
        (start, number), first = begins[index], index * size
        following = begins[index + 1][0] if index + 1 < len(begins) else length
        yield Shard(
            kind="warc",
            path=str(path),
            name=name,
            index=index,
            start=start,
            skip=first - number,
            first=first + 1,
            count=min(size, total - first),
            sha256=_digest(path, start, following if following > start else length),
        )


def read(shard: Shard, settings: Settings) -> Iterator[Item | Refused]:
    """The pages of a shard; one without a text comes back with the reason."""
    del settings  # a WARC file has no columns to choose from
    with Path(shard.path).open("rb") as file:
        file.seek(shard.start)
        records = islice(_records(file, parse_http=True), shard.skip, shard.skip + shard.count)
        for number, record in enumerate(records, shard.first):
            yield _item(record, number, shard)


def _records(file: IO[bytes], *, parse_http: bool = False) -> Iterator[Any]:
    """What may be a posting: responses, resources, and texts made of them (WET).

    Where the archive is damaged, a last None stands for the rest.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise needs_extra("WARC", error) from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        # Crawlers keep pages as they were sent: packed, in chunks.
        yield from ArchiveIterator(
            file, record_types=kinds, parse_http=parse_http, auto_decode="all"
        )
    except (OSError, ValueError):
        yield None


def _begins_at(path: Path, place: int) -> bool:
    """Whether a record can be read from that byte on."""
    with path.open("rb") as file:
        file.seek(place)
        return file.read(5).startswith(_BEGINNINGS)


def _digest(path: Path, start: int, end: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (data := file.read(min(_BLOCK, end - start))):
            digest.update(data)
            start += len(data)
    return digest.hexdigest()


def _item(record: Any, number: int, shard: Shard) -> Item | Refused:
    id_, source = made_up_id(shard.name, number), f"{shard.name}#{number}"
    if record is None:
        return Refused(source=source, id=id_, reason="The archive is damaged from here on.")
    id_ = (record.record_id or "").strip("<>") or id_
    address, date = (record.headers.get(f"WARC-{name}") for name in ("Target-URI", "Date"))
    try:
        return Item(number, id_, _text(record), {"url": address, "date": date})
    except RejectedInput as error:
        return Refused(source=f"{source} {address or ''}".strip(), id=id_, reason=str(error))


def _text(record: Any) -> str:
    headers = record.http_headers
    if headers and headers.status_code != _OK:
        raise RejectedInput(f"The server answered {headers.status_code}, not {_OK}.")
    found = record.http_content_type or record.headers.get("Content-Type") or ""
    media_type = found.partition(";")[0].strip().lower()
    if media_type not in {*_PAGES, "text/plain"}:
        raise RejectedInput(f"It is {media_type or 'of no stated type'}, not a page or a text.")
    data = _body(record)
    if media_type == "text/plain":
        return decode(data).text
    try:
        return main_text(data.decode(record.http_charset or ""))
    except (LookupError, UnicodeDecodeError):
        return main_text(data)  # trafilatura looks for the charset itself


def _body(record: Any) -> bytes:
    try:
        data = bytes(record.reader.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        raise RejectedInput(f"It cannot be unpacked: {error}.") from error
    if len(data) > MAX_BYTES:
        raise RejectedInput(f"It has more than {MAX_BYTES:,} bytes.")
    headers = record.http_headers
    packed = headers and any(headers.get(name) for name in _PACKING)
    if not packed and len(data) < record.content_length:
        raise RejectedInput("The archive ends in the middle of it.")
    return data
