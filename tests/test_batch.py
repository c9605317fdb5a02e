"""`harmonize batch`: every record comes out exactly once, as a row or as a reject with its reason.

The tests of Parquet, WARC and Ray need the extra ``[ray]``: `make test-batch`.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, Run, Silent

from harmonize.batch import Schedule, Settings, Summary, jsonl, run_batch, target_of
from harmonize.batch.model import Item
from harmonize.batch.rows import COLUMNS, carried_name
from harmonize.batch.shelf import Shelf
from harmonize.batch.work import TRIES, Worker
from harmonize.errors import UsageError

WITH_ARROW = pytest.mark.skipif(not find_spec("pyarrow"), reason="needs the extra [ray]")
WITH_RAY = pytest.mark.skipif(not find_spec("ray"), reason="needs the extra [ray]")
WITH_WARC = pytest.mark.skipif(not find_spec("fastwarc"), reason="needs the extra [ray]")
WITHOUT_RAY = pytest.mark.skipif(bool(find_spec("ray")), reason="needs Ray to be missing")

TEXT = "Field officer {0}\n\nVisit the farms every month.\n\n- Write report {0}\n"


def record(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"r{number}", "text": TEXT.format(number)} | more


def write_jsonl(file: Path, records: list[dict[str, Any]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(each) + "\n" for each in records))
    return file


def read_jsonl(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def batch(source: Path | str, output: Path, form: str | None = None, **options: Any) -> Summary:
    """One run in this process."""
    schedule = {name: options.pop(name) for name in ("size", "fresh") if name in options}
    settings = Settings(**({"engine": "fake", "sector_memory": False} | options))
    target = target_of(output, form)
    how = Schedule(ray="none", **({"size": 4} | schedule))
    return run_batch(str(source), target, settings, how, Silent())


def state(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


BAD_LINES = (
    (b"not json", "not JSON"),
    (b"[1, 2]", "no JSON object"),
    (b'{"id": "a", "body": "x"}', "It has: id, body"),
    (b'{"id": "b", "text": 5}', "no text"),
    (b'{"id": "c", "text": "  "}', "empty"),
    (b'{"id": "d", "text": null}', "no text"),
    (b"[" * 100_000, "not JSON"),
    (b'{"id": "e", "text": "' + b"x" * 1_000_001 + b'"}', "1,000,000"),
)


def test_every_record_is_a_row_or_a_reject_with_its_reason(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(n, salary=n) for n in range(9)])
    with source.open("ab") as file:
        file.write(b"\n\n" + b"\n".join(line for line, _ in BAD_LINES) + b"\n")
        file.write(b'{"text": "Field officer \\ud800 of the union"}')
    done = batch(source, tmp_path / "out.jsonl")
    rows, rejects = read_jsonl(tmp_path / "out.jsonl"), read_jsonl(tmp_path / "out.rejects.jsonl")
    assert [row["id"] for row in rows] == [*(f"r{n}" for n in range(9)), "in-18"]
    assert [row["salary"] for row in rows[:9]] == list(range(9))
    for reject, (_, reason) in zip(rejects, BAD_LINES, strict=True):
        assert reason in reject["reason"]
    assert [reject["source"] for reject in rejects] == [f"in.jsonl#{n}" for n in range(10, 18)]
    assert (done.records, done.written, done.rejected) == (18, 10, 8)
    assert not done.all_well


def test_a_row_holds_both_versions_the_facts_and_the_whole_record(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(1, score="A", url="https://x.org")])
    assert batch(source, tmp_path / "out.jsonl").all_well
    row = read_jsonl(tmp_path / "out.jsonl")[0]
    assert list(row)[: len(COLUMNS)] == list(COLUMNS)
    assert row["en"].startswith("# Field officer 1\n")
    assert row["es"].startswith("# Es: Field officer 1\n")
    assert row["title_es"] == "Field officer 1"  # "Es:" reads as a label
    assert row["share_en"] == 1.0
    assert row["posting"]["segments"][0]["source"]["text"] == "Field officer 1"
    assert (row["input_score"], row["url"]) == ("A", "https://x.org")
    assert row["score"] <= 100


def test_a_second_run_does_and_rewrites_nothing(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(n) for n in range(9)])
    batch(source, tmp_path / "out.jsonl")
    before = state(tmp_path)
    again = batch(source, tmp_path / "out.jsonl")
    after = state(tmp_path)
    assert (again.written, again.kept) == (0, 9)
    lock = tmp_path / "out.jsonl.parts/_lock"
    assert {**before, lock: 0} == {**after, lock: 0}


def test_what_changed_is_done_again_and_nothing_else(tmp_path: Path) -> None:
    records = [record(n) for n in range(12)]
    source = write_jsonl(tmp_path / "in.jsonl", records)
    assert batch(source, tmp_path / "out.jsonl").written == 12
    records[5] = record(55)
    write_jsonl(source, [*records, record(99)])
    done = batch(source, tmp_path / "out.jsonl")
    assert (done.written, done.kept) == (4 + 1, 8)
    ids = [row["id"] for row in read_jsonl(tmp_path / "out.jsonl")]
    assert ids == [each["id"] for each in records] + ["r99"]
    terms = tmp_path / "terms.csv"
    terms.write_text("en,es\nfield officer,promotora\n")
    assert batch(source, tmp_path / "out.jsonl", glossary=(str(terms),)).written == 13
    terms.write_text("en,es\nfield officer,promotor\n")
    assert batch(source, tmp_path / "out.jsonl", glossary=(str(terms),)).written == 13
    write_jsonl(source, records[:3])
    batch(source, tmp_path / "out.jsonl")
    assert len(read_jsonl(tmp_path / "out.jsonl")) == 3
    assert len(list((tmp_path / "out.jsonl.parts").glob("*.jsonl"))) == 1


@pytest.mark.parametrize("gone", ["_done", "part"])
def test_a_shard_without_marker_or_part_is_done_again(tmp_path: Path, gone: str) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(n) for n in range(8)])
    batch(source, tmp_path / "out", "jsonl")
    pattern = "_done/*.json" if gone == "_done" else "*.jsonl"
    sorted(each for each in (tmp_path / "out").glob(pattern) if "_rejects" not in each.name)[
        0
    ].unlink()
    done = batch(source, tmp_path / "out", "jsonl")
    assert (done.written, done.kept) == (4, 4)


def test_an_interruption_between_part_and_marker_leaves_no_false_marker(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(1)])
    batch(source, tmp_path / "out", "jsonl")
    (shard,) = jsonl.cut(source, "in.jsonl", 4)
    shelf = Shelf(tmp_path / "out", "jsonl")
    settings = Settings(form="jsonl", folder=str(tmp_path / "out"))
    with shelf.writing(shard, settings) as (rows, _):
        rows.add({"id": "of another glossary"})
    assert not list((tmp_path / "out/_done").iterdir())
    assert batch(source, tmp_path / "out", "jsonl").written == 1


def test_a_shard_whose_worker_dies_again_and_again_is_given_up(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(1)])
    (shard,) = jsonl.cut(source, "in.jsonl", 4)
    shelf = Shelf(tmp_path / "out", "jsonl")
    shelf.make()
    for _ in range(TRIES):  # begun, and never ended
        shelf.tried(shard.key)
    receipt = Worker(Settings(form="jsonl", folder=str(tmp_path / "out"))).do(shard)
    assert "died 3 times" in receipt.failed


def test_a_worker_with_another_engine_or_glossary_does_nothing(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(1)])
    (shard,) = jsonl.cut(source, "in.jsonl", 4)
    Shelf(tmp_path / "out", "jsonl").make()
    settings = Settings(
        engine="fake", form="jsonl", folder=str(tmp_path / "out"), signature="of the driver"
    )
    worker = Worker(settings)
    assert "has another engine, glossary or version" in worker.do(shard).failed
    worker.close()
    assert not list((tmp_path / "out/_done").iterdir())


def test_results_of_other_inputs_are_not_mixed_nor_lost(tmp_path: Path) -> None:
    one = write_jsonl(tmp_path / "one.jsonl", [record(1)])
    two = write_jsonl(tmp_path / "two.jsonl", [record(2)])
    batch(one, tmp_path / "out", "jsonl")
    before = state(tmp_path / "out")
    with pytest.raises(UsageError, match=r"other inputs: one\.jsonl"):
        batch(two, tmp_path / "out", "jsonl")
    lock = tmp_path / "out/_lock"
    assert {**before, lock: 0} == {**state(tmp_path / "out"), lock: 0}
    batch(two, tmp_path / "out", "jsonl", fresh=True)
    assert [file.name[:3] for file in (tmp_path / "out").glob("*.jsonl")] in (
        ["two", "_re"],
        ["_re", "two"],
    )


def test_no_file_that_is_not_ours_is_removed(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(1)])
    mine = tmp_path / "out/notes.jsonl"
    mine.parent.mkdir()
    mine.write_text("mine\n")
    batch(source, tmp_path / "out", "jsonl")
    batch(source, tmp_path / "out", "jsonl", fresh=True)
    assert mine.read_text() == "mine\n"


def test_a_folder_of_files_packed_or_not_and_its_own_output_is_no_input(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in/a.jsonl", [record(1), record(2)])
    write_jsonl(tmp_path / "in/deep/a.jsonl", [record(3)])
    with gzip.open(tmp_path / "in/b.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(record(n)) + "\n" for n in range(10, 20))
    (tmp_path / "in/_skip.jsonl").write_text("no\n")
    (tmp_path / "in/notes.txt").write_text("no\n")
    for _ in range(2):
        done = batch(tmp_path / "in", tmp_path / "in/out.jsonl")
        assert done.records == 13
        ids = [row["id"] for row in read_jsonl(tmp_path / "in/out.jsonl")]
        assert ids == ["r1", "r2", *(f"r{n}" for n in range(10, 20)), "r3"]
    assert batch(f"{tmp_path}/in/**/a.jsonl", tmp_path / "globbed.jsonl").records == 3


def test_a_damaged_file_gives_what_can_be_read_and_says_so(tmp_path: Path) -> None:
    text = "".join(json.dumps(record(n) | {"x": os.urandom(99).hex()}) + "\n" for n in range(20))
    packed = gzip.compress(text.encode())
    (tmp_path / "in.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = batch(tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl")
    assert done.written > 3
    (reject,) = read_jsonl(tmp_path / "out.rejects.jsonl")
    assert "cannot be read from here on" in reject["reason"]


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_done(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [record(n) for n in range(3)])
    (shard,) = jsonl.cut(source, "in.jsonl", 4)
    Shelf(tmp_path / "out", "jsonl").make()
    settings = Settings(engine="fake", form="jsonl", folder=str(tmp_path / "out"))
    from harmonize.batch.work import harmonizer_of

    with harmonizer_of(settings) as harmonizer:
        settings = settings.model_copy(update={"signature": harmonizer.signature})
    write_jsonl(source, [record(1)])
    assert "has changed" in Worker(settings).do(shard).failed


records_st = st.lists(
    st.one_of(
        st.just(b""),
        st.just(b"   "),
        st.text(max_size=30).map(lambda text: json.dumps({"text": text}).encode()),
        st.binary(max_size=20).map(lambda data: data.replace(b"\n", b"").replace(b"\r", b"")),
    ),
    max_size=30,
)


@given(records_st, st.integers(1, 7))
def test_the_shards_hold_every_line_once_and_in_order(lines: list[bytes], size: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.jsonl"
        file.write_bytes(b"\n".join(lines))
        shards = list(jsonl.cut(file, "x.jsonl", size))
        read = [each for shard in shards for each in jsonl.read(shard, Settings())]
        assert [shard.index for shard in shards] == list(range(len(shards)))
        assert all(shard.count == size for shard in shards[:-1])
        assert len(read) == sum(shard.count for shard in shards)
        assert len(read) == sum(bool(line.strip()) for line in lines)
        numbers = [
            each.number if isinstance(each, Item) else int(each.source.rpartition("#")[2])
            for each in read
        ]
        assert numbers == list(range(1, len(read) + 1))


@given(st.lists(st.sampled_from(["id", "score", "x", "input_score", "input_input_score"])))
def test_no_two_columns_come_to_the_same_name(names: list[str]) -> None:
    found = {carried_name(name) for name in names}
    assert len(found) == len(set(names))
    assert not found & set(COLUMNS)


@WITHOUT_RAY
def test_without_ray_the_command_says_what_to_install_and_what_else_to_do(
    run: Run, tmp_path: Path
) -> None:
    write_jsonl(tmp_path / "in.jsonl", [record(1)])
    done = run("batch", "in.jsonl", "-o", "out.jsonl")
    assert done.returncode == 2
    for said in ("pip install 'harmonize[ray]'", "--ray none", "harmonize translate"):
        assert said in done.stderr
    assert not (tmp_path / "out.jsonl.parts").exists()


@pytest.mark.skipif(bool(find_spec("pyarrow")), reason="needs pyarrow to be missing")
def test_without_arrow_parquet_says_what_to_install(run: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", [record(1)])
    done = run("batch", "in.jsonl", "-o", "out", "--ray", "none", "--engine", "fake")
    assert done.returncode == 2
    assert "Parquet needs pyarrow" in done.stderr
    assert "pip install 'harmonize[ray]'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("in.jsonl", "-o", "out.csv"), "does not write .csv"),
        (("in.txt", "-o", "out.jsonl"), "names no file"),
        (("nothing.jsonl", "-o", "out.jsonl"), "names no file"),
        (("in.jsonl", "-o", "out.jsonl", "--format", "parquet"), "does not end as parquet"),
        (("in.jsonl", "-o", "out", "--format", "csv"), "no format called csv"),
        (("in.jsonl", "-o", "in.txt"), "does not write .txt"),
        (("in.jsonl", "-o", "file"), "is a file"),
        (("in.jsonl", "-o", "file/out.jsonl"), "cannot be read or written"),
        (("in.jsonl", "-o", "out.jsonl", "--workers", "2"), "one worker"),
        (("in.jsonl", "-o", "out.jsonl", "--workers", "0"), "can do nothing"),
        (("in.jsonl", "-o", "out.jsonl", "--glossary", "none.csv"), "none.csv"),
    ],
)
def test_wrong_usage_is_said_and_leaves_nothing(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    write_jsonl(tmp_path / "in.jsonl", [record(1)])
    (tmp_path / "in.txt").write_text("Field officer\n")
    (tmp_path / "file").write_text("x")
    done = run("batch", *arguments, "--ray", "none", "--engine", "fake")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.replace("\n", " ")
    assert not (tmp_path / "out.jsonl").exists()


def test_the_command_says_what_it_did(run: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", [record(1), {"id": "empty", "text": ""}])
    command = ("batch", "in.jsonl", "-o", "out.jsonl", "--ray", "none", "--engine", "fake")
    done = run(*command, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["written"] == 1
    assert "1 written, 0 kept from earlier, 1 rejected, of 2 records" in done.stderr
    assert "Reasons: out.rejects.jsonl" in done.stderr
    assert "0 written, 1 kept from earlier" in run(*command).stderr


# What follows needs the extra.


@WITH_ARROW
def test_parquet_in_and_out_with_the_columns_own_types(tmp_path: Path) -> None:
    import datetime as dt

    import pyarrow as pa
    import pyarrow.parquet as pq

    days = [dt.date(2024, 1, 1 + n) for n in range(10)]
    table = pa.table(
        {
            "ref": pa.array(range(10), pa.int32()),
            "body": [TEXT.format(n) if n != 4 else None for n in range(10)],
            "day": pa.array(days, pa.date32()),
            "tags": [["a", "b"]] * 10,
            "id": ["carried"] * 10,
        }
    )
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=7)
    options = {"id_column": "ref", "text_column": "body", "size": 3}
    done = batch(tmp_path / "in.parquet", tmp_path / "out.parquet", **options)
    assert (done.shards, done.written, done.rejected) == (4, 9, 1)
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.column_names == [*COLUMNS, "day", "tags", "input_id"]
    assert found["id"].to_pylist() == [str(n) for n in range(10) if n != 4]
    assert found["day"].to_pylist() == [day for n, day in enumerate(days) if n != 4]
    assert found.schema.field("day").type == pa.date32()
    posting = json.loads(found["posting"][0].as_py())
    assert posting["segments"][0]["source"]["text"] == "Field officer 0"
    parts = pq.read_table(tmp_path / "out.parquet.parts")
    assert parts.num_rows == 9
    batch(tmp_path / "in.parquet", tmp_path / "out.jsonl", **options)
    assert read_jsonl(tmp_path / "out.jsonl")[1]["day"] == "2024-01-02"


@WITH_ARROW
def test_jsonl_to_parquet_finds_types_that_hold_every_value(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    records = [
        record(1, n=1, f=1, mixed="x", none=None, list=[1, "a"]),
        record(2, n=2, f=0.5, mixed=3, none=None, late=True, big=2**70),
    ]
    done = batch(write_jsonl(tmp_path / "in.jsonl", records), tmp_path / "out.parquet", size=1)
    assert done.written == 2
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    names = ("n", "f", "mixed", "none", "list", "late", "big")
    assert [rows[0][name] for name in names] == [1, 1.0, "x", None, '[1, "a"]', None, None]
    assert [rows[1][name] for name in names] == [2, 0.5, "3", None, None, True, str(2**70)]


@WITH_ARROW
def test_a_parquet_file_without_the_column_or_damaged_is_said(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "in").mkdir()
    pq.write_table(pa.table({"description": ["x"]}), tmp_path / "in/a.parquet")
    with pytest.raises(UsageError, match=r"It has: description\. Say which with --text-column"):
        batch(tmp_path / "in", tmp_path / "out.parquet")
    (tmp_path / "in/b.parquet").write_bytes(b"PAR1 cut off")
    done = batch(tmp_path / "in", tmp_path / "out.parquet", text_column="description")
    assert (done.written, [problem.source for problem in done.problems]) == (1, ["b.parquet"])
    assert "not a whole Parquet file" in read_jsonl(tmp_path / "out.rejects.jsonl")[0]["reason"]
    assert not done.all_well


def page(number: int) -> bytes:
    return f"""<html><head><title>Jobs</title></head><body><nav><a href="/">Home</a></nav><article>
    <h1>Field officer {number}</h1><p>We look for a person who visits the cooperatives of the
    regi\N{LATIN SMALL LETTER O WITH ACUTE}n every month and supports their members.</p>
    <h2>Duties</h2><ul><li>Visit farms in the north and report</li>
    <li>Train the producers in organic practices</li></ul></article></body></html>""".encode()


def warc_record(
    number: int,
    body: bytes,
    *,
    kind: str = "response",
    media: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: str = "",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Target-URI: https://x.org/{number}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def members(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(each) for each in records)


PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "a.warc": b"".join,
    "b.warc.gz": members,
    "c.warc.gz": lambda records: gzip.compress(b"".join(records)),  # as one piece
}


@WITH_WARC
@pytest.mark.parametrize("name", PACKINGS)
def test_warc_pages_become_postings_however_they_are_packed(tmp_path: Path, name: str) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(7)), page(7))
    latin = page(8).decode().encode("latin-1")
    records = [
        warc_record(0, b"", kind="warcinfo"),
        *(warc_record(n, page(n)) for n in range(1, 6)),
        warc_record(6, gzip.compress(page(6)), headers="Content-Encoding: gzip\r\n"),
        warc_record(7, chunked, headers="Transfer-Encoding: chunked\r\n"),
        warc_record(8, latin, media="text/html; charset=iso-8859-1"),
        warc_record(9, page(9), status="404 Not Found"),
        warc_record(10, b"\x89PNG", media="image/png"),
        warc_record(11, b"<html><body></body></html>"),
        warc_record(12, b"Field officer\n\nVisit the farms.", media="text/plain"),
        warc_record(13, page(13))[:-300],
    ]
    (tmp_path / name).write_bytes(PACKINGS[name](records))
    done = batch(tmp_path / name, tmp_path / "out.jsonl", size=3)
    rows = read_jsonl(tmp_path / "out.jsonl")
    rejects = {each["id"]: each["reason"] for each in read_jsonl(tmp_path / "out.rejects.jsonl")}
    assert [row["id"] for row in rows] == [f"urn:uuid:{n}" for n in (*range(1, 9), 12)]
    assert rows[0]["url"] == "https://x.org/1"
    assert rows[0]["date"].startswith("2024-01-02T03:04:05")
    for row in rows[:8]:
        assert "## Duties\n\n- Visit farms in the north and report" in row["en"]
        assert "región" in row["en"]
        assert "Home" not in row["en"]
    assert "404" in rejects["urn:uuid:9"]
    assert "image/png" in rejects["urn:uuid:10"]
    assert "No main text" in rejects["urn:uuid:11"]
    assert len(rejects) == 4
    assert done.records == 13
    assert batch(tmp_path / name, tmp_path / "out.jsonl", size=3).kept == 9


@WITH_WARC
def test_a_web_page_in_a_column_is_read_as_one(tmp_path: Path) -> None:
    records = [record(1), {"id": "page", "text": page(2).decode()}]
    batch(write_jsonl(tmp_path / "in.jsonl", records), tmp_path / "out.jsonl")
    shown = read_jsonl(tmp_path / "out.jsonl")[1]["en"]
    assert "## Duties" in shown
    assert "Home" not in shown


@WITH_WARC
def test_what_is_no_warc_at_all_is_one_reject(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"this is something else\n" * 30)
    done = batch(tmp_path / "a.warc", tmp_path / "out.jsonl")
    assert (done.records, done.written) == (1, 0)
    assert "damaged from here on" in (tmp_path / "out.rejects.jsonl").read_text()


def descendants(pid: int) -> Iterator[tuple[int, str]]:
    """All processes below one, with their command lines."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    for child in parents:
        above = child
        while above in parents and above != pid:
            above = parents[above]
        if above == pid and child != pid:
            try:
                command = (Path("/proc") / str(child) / "cmdline").read_bytes()
            except OSError:
                continue
            yield child, command.decode(errors="replace").replace("\0", " ")


def listening(pids: set[int]) -> set[str]:
    """The addresses, in the kernel's hexadecimal, at which processes wait for connections."""
    sockets = {}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A":
                sockets[f"socket:[{words[9]}]"] = words[1].partition(":")[0]
    found = set()
    for pid in pids:
        for entry in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                found.add(sockets.get(str(entry.readlink()), ""))
            except OSError:
                continue
    return found - {""}


LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


@WITH_RAY
@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(
    tmp_path: Path, form: str
) -> None:
    text = (ROOT / "seeds/wsr-coordinator.txt").read_text()
    records = [{"id": f"r{n}", "text": f"{text}\n\nNumber {n}.", "n": n} for n in range(80)]
    records[17]["text"] = ""
    write_jsonl(tmp_path / "in.jsonl", records)
    command = [sys.executable, "-m", "harmonize", "batch", "in.jsonl", "-o", "out"]
    command += ["--format", form, "--engine", "fake", "--shard-size", "4", "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as first:
        until = time.monotonic() + 300
        while not (busy := busy_workers(first.pid, tmp_path / "out")):
            assert first.poll() is None, first.communicate()[1]
            assert time.monotonic() < until
            time.sleep(0.01)
        below = dict(descendants(first.pid))
        assert listening({first.pid, *below}) <= LOOPBACK
        os.kill(busy[0], signal.SIGKILL)
        said = first.communicate(timeout=500)[1]
    assert first.returncode == 1, said  # one record is rejected
    assert f"{79} written" in said
    rows = rows_of(tmp_path / "out", form)
    rejects = read_jsonl(tmp_path / "out/_rejects.jsonl")
    assert sorted(row["id"] for row in rows) == sorted(
        each["id"] for each in records if each["text"]
    )
    assert [each["id"] for each in rejects] == ["r17"]
    assert {row["id"]: row["n"] for row in rows} == {
        each["id"]: each["n"] for each in records if each["text"]
    }
    assert list((tmp_path / "out/_tmp").glob("*.rows"))  # what the killed worker had begun
    again = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert "0 written, 79 kept" in again.stderr
    assert not list((tmp_path / "out/_tmp").iterdir())


def busy_workers(pid: int, output: Path) -> list[int]:
    """The workers that are in the middle of a shard, when some shards are done."""
    if len(list(output.glob("_done/*.json"))) < 3:
        return []
    found = []
    for child, command in descendants(pid):
        if "MapWorker" not in command:
            continue
        try:
            links = [str(entry.readlink()) for entry in Path(f"/proc/{child}/fd").iterdir()]
        except OSError:
            continue
        if any(f"{output}/_tmp/" in link for link in links):
            found.append(child)
    return found


def rows_of(folder: Path, form: str) -> list[dict[str, Any]]:
    files = [file for file in sorted(folder.glob(f"*.{form}")) if not file.name.startswith("_")]
    if form == "jsonl":
        return [row for file in files for row in read_jsonl(file)]
    import pyarrow.parquet as pq

    return [row for file in files for row in pq.read_table(file).to_pylist()]


@WITH_RAY
def test_an_address_without_a_cluster_is_said(run: Run, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", [record(1)])
    nowhere = {"RAY_TMPDIR": str(tmp_path)}  # else a cluster that was here once would be tried
    command = ("batch", "in.jsonl", "-o", "out.jsonl", "--engine", "fake", "--ray", "auto")
    done = run(*command, env=nowhere)
    assert done.returncode == 2
    assert "No Ray cluster can be had at auto" in done.stderr
    assert "Traceback" not in done.stderr
