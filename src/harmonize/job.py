"""One run of `harmonize translate`: inputs in, the OUT folder filled, resumable at any posting."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from harmonize.config import Config
from harmonize.errors import HarmonizeError, RejectedInput
from harmonize.lock import alone_in
from harmonize.pipeline import Draft, Harmonizer
from harmonize.read import Input, bytes_of, find_inputs, grouped, read_posting
from harmonize.records import Posting, RawPosting, Record, Reject
from harmonize.render import check_formats
from harmonize.revise import carried
from harmonize.store import Store

SAID = 120
"""So many characters of a fault's message are told: it may quote the posting."""
GROUP = 32
"""Postings that are translated together: enough for full batches, little enough to repeat."""


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def started(self, postings: int) -> None:
        """There are so many inputs."""
        ...

    def translated(self, units: int) -> None:
        """So many more sentences, headings and cells are translated."""
        ...

    def finished(self, postings: int) -> None:
        """So many more inputs are done, kept or rejected."""
        ...


class Summary(Record):
    """How a run ended."""

    translated: int
    unchanged: int
    rejects: tuple[Reject, ...]
    segments: int
    errors: int
    warnings: int
    engine: str
    seconds: dict[str, float]

    @property
    def all_well(self) -> bool:
        """Nothing was rejected and no check failed."""
        return not self.rejects and not self.errors


def run_job(
    arguments: Sequence[str], output: Path, config: Config, watcher: Watcher, fresh: bool = False
) -> Summary:
    """Translate every input into *output*; what an earlier run did the same way stays as it is.

    Raises `NoEngine`, `EngineFailed` and `UsageError`; inputs that cannot be used are rejects.
    """
    check_formats(config.format)
    with Harmonizer(
        config.engine,
        glossary=config.glossary,
        memory=config.memory or None,
        sector_memory=config.sector_memory,
        fresh=fresh,
    ) as harmonizer:
        store = Store(output)
        with alone_in(output):
            inputs, problems = find_inputs(arguments, output, store.taken())
            run = _Run(harmonizer, store, config.format, watcher, fresh)
            run.rejects += problems
            watcher.started(len(inputs))
            for group in grouped(inputs, bytes_of, GROUP):
                run.group(group)
            return run.close()


class _Run:
    """What one run adds up while it goes through its groups."""

    def __init__(
        self,
        harmonizer: Harmonizer,
        store: Store,
        formats: tuple[str, ...],
        watcher: Watcher,
        fresh: bool,
    ) -> None:
        self.harmonizer = harmonizer
        self.store = store
        self.formats = formats
        self.watcher = watcher
        self.fresh = fresh
        self.signature = harmonizer.signature
        self.rejects: list[Reject] = []
        self.counts: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def group(self, inputs: Sequence[Input]) -> None:
        """Take a group of inputs all the way."""
        raws = [raw for item in inputs if (raw := self._read(item))]
        kept, new = self._sorted(raws)
        with self._timed("prepare"):
            drafts = [item for raw in new if (item := self._draft(raw))]
        with self._timed("translate"):
            postings = [self._kept(each) for each in self._finish(drafts)]
        with self._timed("write"):
            for posting in postings:
                self.counts["files"] += self.store.write(posting, self.formats)
            for posting in kept:  # another format may be asked for than last time
                self.counts["files"] += self.store.write(posting, self.formats, keep=True)
        self._count(kept, postings)
        self.watcher.finished(len(inputs))

    def close(self) -> Summary:
        """Finish the folder and say how it went."""
        summary = Summary(
            translated=self.counts["translated"],
            unchanged=self.counts["unchanged"],
            rejects=tuple(self.rejects),
            segments=self.counts["segments"],
            errors=self.counts["error"],
            warnings=self.counts["warning"],
            engine=", ".join(sorted({each.name for each in self.harmonizer.engines.values()})),
            seconds={stage: round(spent, 3) for stage, spent in self.seconds.items()},
        )
        account: dict[str, Any] = {
            "harmonize": version("harmonize"),
            "signature": self.signature,
            "formats": list(self.formats),
            **summary.model_dump(mode="json", exclude={"rejects"}),
            "rejected": len(self.rejects),
        }
        self.store.finish(self.rejects, account, changed=self.counts["files"] > 0)
        return summary

    def _read(self, item: Input) -> RawPosting | None:
        with self._timed("read"):
            try:
                return read_posting(item)
            except RejectedInput as error:
                self.rejects.append(Reject(source=item.path, reason=str(error)))
                return None

    def _sorted(self, raws: Sequence[RawPosting]) -> tuple[list[Posting], list[RawPosting]]:
        """What is done already and what is to be done."""
        kept: list[Posting] = []
        new: list[RawPosting] = []
        for raw in raws:
            before = None if self.fresh else self.store.posting(raw.id)
            if before and self._is_done(before, raw):
                kept.append(before)
            else:
                new.append(raw)
        return kept, new

    def _is_done(self, before: Posting, raw: RawPosting) -> bool:
        """Whether the same source would give the same posting again."""
        same = (before.source.sha256, before.signature) == (raw.sha256, self.signature)
        return same and self.harmonizer.is_current(before)

    def _finish(self, drafts: Sequence[Draft]) -> list[Posting]:
        """All postings at once; where that fails each by itself, so that one harms no other."""
        try:
            return self.harmonizer.finish(drafts, self.watcher.translated)
        except HarmonizeError:
            raise
        except Exception as error:  # noqa: BLE001 - one posting must not stop the others
            if len(drafts) > 1:
                return [posting for item in drafts for posting in self._finish([item])]
            self._fault(drafts[0].raw, error)
            return []

    def _kept(self, posting: Posting) -> Posting:
        """*posting* with what people wrote in the one that is there."""
        before = self.store.posting(posting.id)
        return carried(posting, before, self.harmonizer.matcher) if before else posting

    def _fault(self, raw: RawPosting, error: Exception) -> None:
        said = str(error)[:SAID]
        reason = f"harmonize failed on it ({type(error).__name__}: {said}). Please report it."
        self.rejects.append(Reject(source=raw.path, reason=reason))

    def _draft(self, raw: RawPosting) -> Draft | None:
        try:
            return self.harmonizer.draft(raw)
        except Exception as error:  # noqa: BLE001 - one posting must not stop the others
            self._fault(raw, error)
            return None

    def _count(self, kept: Sequence[Posting], new: Sequence[Posting]) -> None:
        self.counts["unchanged"] += len(kept)
        self.counts["translated"] += len(new)
        for posting in (*kept, *new):
            self.counts["segments"] += len(posting.segments)
            self.counts.update(flag.severity for each in posting.segments for flag in each.flags)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.seconds[stage] += time.perf_counter() - begin
