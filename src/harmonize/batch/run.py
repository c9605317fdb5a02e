"""One run of `harmonize batch`: plan, leave out what is finished, do the rest, put it together."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, Protocol

from harmonize.batch.model import Form, Receipt, Refused, Settings, Shard
from harmonize.batch.on_ray import do_on_ray, require_ray
from harmonize.batch.plan import File, carried_schema, cut_all, find_files, packed
from harmonize.batch.shelf import Shelf, only_one
from harmonize.batch.work import Worker, harmonizer_of
from harmonize.errors import UsageError
from harmonize.records import Record

FORMS: dict[str, Form] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
"""The endings of OUTPUT that mean one file of that form."""

_DIED = "Its worker died, and again at every retry."


class Target(Record):
    """Where the output goes: the folder of parts, and the one file to be made of them, if any."""

    folder: Path
    form: Form
    file: Path | None = None

    @property
    def rejects(self) -> Path:
        """The file with all rejects."""
        if self.file:
            return self.file.with_name(f"{self.file.name.rpartition('.')[0]}.rejects.jsonl")
        return self.folder / "_rejects.jsonl"

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that is written to."""
        return tuple(path for path in (self.folder, self.file, self.rejects) if path)


class Schedule(Record):
    """How the work is done: on Ray ``local``, ``auto`` or an address, or ``none`` without Ray.

    ``workers`` None means one for each CPU; ``size`` is the records in a shard: minutes of work, so
    that little is lost with a worker; ``fresh`` removes what earlier runs left.
    """

    ray: str = "local"
    workers: int | None = None
    size: int = 500
    fresh: bool = False


class Summary(Record):
    """How a run ended.  ``kept`` records were finished by earlier runs."""

    records: int
    written: int
    kept: int
    rejected: int
    segments: int
    errors: int
    shards: int
    failed: tuple[Receipt, ...]
    problems: tuple[Refused, ...]
    seconds: float
    rejects: str

    @property
    def all_well(self) -> bool:
        """Nothing was rejected, nothing failed, and no check found an error."""
        return not (self.rejected or self.errors or self.failed or self.problems)


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def started(self, postings: int) -> None:
        """There are so many records."""
        ...

    def translated(self, units: int) -> None:
        """So many more segments are done."""
        ...

    def finished(self, postings: int) -> None:
        """So many more records are done."""
        ...


def target_of(output: Path, form: str | None = None) -> Target:
    """What OUTPUT means: a file by its ending, else a folder of parts.

    >>> target_of(Path("out.jsonl")).folder, target_of(Path("out")).form
    (PosixPath('out.jsonl.parts'), 'parquet')
    """
    by_ending = FORMS.get(output.suffix.lower())
    if form not in {None, "jsonl", "parquet"}:
        raise UsageError(f"There is no format called {form}.", "Formats: parquet, jsonl.")
    if by_ending and form not in {None, by_ending}:
        raise UsageError(f"{output} does not end as {form} does.", "Leave out --format.")
    if output.suffix.lower() in {".csv", ".tsv", ".json", ".txt", ".xlsx", ".gz", ".warc"}:
        raise UsageError(
            f"harmonize batch does not write {output.suffix} files.",
            "Give -o NAME.parquet, -o NAME.jsonl or a folder.",
        )
    if by_ending and output.is_dir():
        raise UsageError(f"{output} is a folder.", "Choose another name for the file.")
    if not by_ending and output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file.", "Choose another folder with -o.")
    if by_ending:
        folder = output.with_name(f"{output.name}.parts")
        return Target(folder=folder, form=by_ending, file=output)
    return Target(folder=output, form="jsonl" if form == "jsonl" else "parquet")


class _Outcome(NamedTuple):
    """What became of every shard, in order, and the files that cannot be read."""

    shards: list[Shard]
    receipts: list[Receipt]
    problems: list[Refused]
    kept: int


def run_batch(
    argument: str, target: Target, settings: Settings, schedule: Schedule, watcher: Watcher
) -> Summary:
    """Harmonize every record of INPUT; finished shards of the same stay as they are.

    Raises `UsageError` for what is wrong with paths, options or an installation, and `NoEngine`.
    """
    _check(schedule)
    begin = time.perf_counter()
    files = find_files(argument, target.paths)
    settings = _completed(settings, target, files)
    shelf = Shelf(target.folder, target.form)
    try:
        with only_one(target.folder):
            shelf.make()
            outcome = _do(files, shelf, settings, schedule, watcher)
            _finish(outcome, shelf, target, settings)
    except OSError as error:
        raise UsageError(
            f"{error.filename or target.folder} cannot be read or written: {error.strerror}.",
            "Mend that, and run the same again to go on.",
        ) from error
    return _summary(outcome, time.perf_counter() - begin, target)


def _do(
    files: Sequence[File], shelf: Shelf, settings: Settings, schedule: Schedule, watcher: Watcher
) -> _Outcome:
    """Cut the files, and do what is not done."""
    shards, problems = cut_all(files, schedule.size)
    _clear(shelf, shards, files, fresh=schedule.fresh)
    done = _done(shards, settings, shelf)
    kept = sum(receipt.written for receipt in done.values())
    watcher.started(sum(shard.count for shard in shards))
    watcher.finished(sum(receipt.count for receipt in done.values()))
    todo = [shard for shard in shards if shard.key not in done]
    for receipt in _receipts(todo, settings, schedule):
        done[receipt.key] = receipt
        watcher.translated(receipt.segments)
        watcher.finished(receipt.count)
    receipts = [done.get(shard.key) or _dead(shard) for shard in shards]
    return _Outcome(shards, receipts, problems, kept)


def _check(schedule: Schedule) -> None:
    if schedule.workers is not None and schedule.workers < 1:
        raise UsageError(f"{schedule.workers} workers can do nothing.", "Use --workers 1 or more.")
    if schedule.ray != "none":
        require_ray(schedule.ray)
    elif schedule.workers and schedule.workers > 1:
        raise UsageError("Without Ray there is one worker.", "Leave out --ray none or --workers.")


def _completed(settings: Settings, target: Target, files: Sequence[File]) -> Settings:
    """The settings with all that a worker elsewhere needs."""
    glossary = settings.glossary and tuple(_absolute(each) for each in settings.glossary)
    found = settings.model_copy(
        update={"glossary": glossary, "form": target.form, "folder": str(target.folder.absolute())}
    )
    schema = packed(carried_schema(files, found)) if target.form == "parquet" else ""
    with harmonizer_of(found) as harmonizer:
        signed = harmonizer.signature
    return found.model_copy(update={"schema_text": schema, "signature": signed})


def _absolute(glossary: str) -> str:
    """A path that holds elsewhere, too; ``bundled`` is none."""
    return str(Path(glossary).absolute()) if Path(glossary).exists() else glossary


def _clear(shelf: Shelf, shards: Sequence[Shard], files: Sequence[File], *, fresh: bool) -> None:
    """Remove finished shards that are none any more; `UsageError` for those of other inputs."""
    there = shelf.inputs()
    strange = sorted({*there.values()} - {file.name for file in files})
    if strange and not fresh:
        raise UsageError(
            f"{shelf.folder} holds results of other inputs: {', '.join(strange[:3])}"
            f"{', …' if len(strange) > 3 else ''}.",
            "Choose another output with -o, or give --fresh to lose them.",
        )
    if shelf.other_form() and not fresh:
        raise UsageError(
            f"{shelf.folder} holds results in another format.",
            "Choose another output with -o, or give --fresh to lose them.",
        )
    shelf.remove(set() if fresh else {shard.key for shard in shards})


def _done(shards: Sequence[Shard], settings: Settings, shelf: Shelf) -> dict[str, Receipt]:
    found = ((shard.key, shelf.receipt(shard, settings)) for shard in shards)
    return {key: receipt for key, receipt in found if receipt}


def _receipts(shards: Sequence[Shard], settings: Settings, schedule: Schedule) -> Iterator[Receipt]:
    if not shards:
        return
    if schedule.ray != "none":
        yield from do_on_ray(shards, settings, schedule.ray, schedule.workers)
        return
    worker = Worker(settings)
    try:
        yield from map(worker.do, shards)
    finally:
        worker.close()


def _dead(shard: Shard) -> Receipt:
    return Receipt(key=shard.key, count=shard.count, failed=_DIED)


def _finish(outcome: _Outcome, shelf: Shelf, target: Target, settings: Settings) -> None:
    """Put rejects and, where all is done, rows together, unless that has been done."""
    keys = [receipt.key for receipt in outcome.receipts if not receipt.failed]
    failed = [receipt.key for receipt in outcome.receipts if receipt.failed]
    content = "" if failed else _content(outcome, settings)
    there = target.rejects.exists() and (target.file is None or target.file.exists())
    if there and content and shelf.account().get("content") == content:
        return
    shelf.write_rejects(keys, outcome.problems, target.rejects)
    if target.file and not failed:
        shelf.write_joined(keys, target.file, settings.schema_text)
    shelf.write_account(
        {
            "harmonize": version("harmonize"),
            "signature": settings.signature,
            "content": content,
            "shards": len(outcome.shards),
            "failed": failed,
            "written": sum(receipt.written for receipt in outcome.receipts),
            "rejected": sum(receipt.rejected for receipt in outcome.receipts),
        }
    )


def _content(outcome: _Outcome, settings: Settings) -> str:
    """A hash over all that the output depends on."""
    stamps = [shard.stamp(settings) for shard in outcome.shards]
    problems = [problem.model_dump_json() for problem in outcome.problems]
    return hashlib.sha256("\n".join([*stamps, *problems]).encode()).hexdigest()


def _summary(outcome: _Outcome, seconds: float, target: Target) -> Summary:
    receipts = outcome.receipts
    return Summary(
        records=sum(receipt.count for receipt in receipts),
        written=sum(receipt.written for receipt in receipts) - outcome.kept,
        kept=outcome.kept,
        rejected=sum(receipt.rejected for receipt in receipts),
        segments=sum(receipt.segments for receipt in receipts),
        errors=sum(receipt.errors for receipt in receipts),
        shards=len(receipts),
        failed=tuple(receipt for receipt in receipts if receipt.failed),
        problems=tuple(outcome.problems),
        seconds=round(seconds, 3),
        rejects=str(target.rejects),
    )
