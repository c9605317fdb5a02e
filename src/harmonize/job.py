"""One run of `harmonize translate`: inputs in, the OUT folder filled, resumable at any posting."""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from harmonize.catalogue import Line
from harmonize.config import Config
from harmonize.crew import Crew, Group, Settings
from harmonize.errors import RejectedInput
from harmonize.lock import alone_in
from harmonize.machine import fitting_workers
from harmonize.pipeline import Harmonizer
from harmonize.read import GROUP_CHARACTERS, Input, find_inputs, read_posting
from harmonize.records import RawPosting, Record, Reject
from harmonize.rejected import Rejected
from harmonize.render import check_formats
from harmonize.shared import Shared, run_results
from harmonize.store import Store
from harmonize.worker import Item, Made, Refused, Worker, harmonizer_of

GROUP = 32
"""Postings that are translated together: enough for full batches, little enough to repeat."""

SMALL_GROUP = 8
"""Not fewer are given to one of several workers at once."""


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
    """How a run ended.

    ``rejects`` are the first of all ``rejected`` inputs.  ``seconds`` by stage are those of all
    ``workers`` together, ``elapsed`` those on the clock.
    """

    translated: int
    unchanged: int
    rejected: int
    rejects: tuple[Reject, ...]
    segments: int
    errors: int
    warnings: int
    engine: str
    workers: int
    seconds: dict[str, float]
    elapsed: float

    @property
    def all_well(self) -> bool:
        """Nothing was rejected and no check failed."""
        return not self.rejected and not self.errors


def run_job(
    arguments: Sequence[str], output: Path, config: Config, watcher: Watcher, fresh: bool = False
) -> Summary:
    """Translate every input into *output*; what an earlier run did the same way stays as it is.

    Raises `NoEngine`, `EngineFailed` and `UsageError`; inputs that cannot be used are rejects.
    """
    check_formats(config.format)
    with harmonizer_of(config, fresh=fresh) as harmonizer:
        store = Store(output)
        with alone_in(output), closing(_Run(harmonizer, store, config, watcher, fresh)) as run:
            inputs, problems = find_inputs(arguments, output, store.taken())
            watcher.started(len(inputs))
            return run.all(inputs, problems)


class _Run:
    """What one run adds up while it goes through its groups."""

    def __init__(
        self, harmonizer: Harmonizer, store: Store, config: Config, watcher: Watcher, fresh: bool
    ) -> None:
        self.begin = time.perf_counter()
        self.harmonizer = harmonizer
        self.store = store
        self.config = config
        self.watcher = watcher
        self.fresh = fresh
        self.signature = harmonizer.signature
        self.people = harmonizer.people
        self.known = store.catalogue()
        self.rejected = Rejected(store.folder)
        self.refused: deque[list[Refused]] = deque()
        """The inputs before each group, and behind the last, that cannot be used."""
        self.workers = 1
        self.counts: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def close(self) -> None:
        """Give back what is held of the folder."""
        self.known.close()
        self.rejected.close()

    def all(self, inputs: Sequence[Input], problems: Iterable[Reject]) -> Summary:
        """Take all inputs all the way."""
        self.rejected.add(problems)
        workers = self.config.workers or fitting_workers()
        for made in self._made(self._groups(inputs, workers), workers):
            self._take(made)
        self._take(Made((), (), {}))
        return self._finish()

    def _made(self, groups: Iterator[Group], workers: int) -> Iterator[Made]:
        """What became of each group: made here where there is only one, or only one worker."""
        some = list(zip(range(2), groups, strict=False))
        first = [group for _, group in some]
        results = (
            run_results(self.harmonizer.memory, self.harmonizer.makers, fresh=self.fresh)
            if first
            else None
        )
        if len(first) < 2 or workers == 1:
            self.harmonizer.shared = results
            told = self.watcher.translated
            worker = Worker(self.harmonizer, self.store, self.config.format, told)
            yield from map(worker.make, chain(first, groups))
        elif results:
            self.workers = workers
            settings = Settings(self.config, self.store.folder, self.fresh)
            with Crew(workers, settings, Shared(results), self.watcher.translated) as crew:
                yield from crew.make(chain(first, groups))

    def _groups(self, inputs: Sequence[Input], workers: int) -> Iterator[Group]:
        """What is to be done, in groups; what is done already is kept on the way."""
        size = GROUP
        if workers > 1:  # so many that all have work to the end
            size = max(min(SMALL_GROUP, GROUP), min(GROUP, len(inputs) // (4 * workers)))
        group: list[Item] = []
        refused: list[Refused] = []
        length = 0
        for place, item in enumerate(inputs):
            raw = self._read(item)
            if isinstance(raw, Reject):
                refused.append(Refused(place, raw))
            elif not self._is_done(raw):
                if len(group) == size or (group and length + len(raw.text) > GROUP_CHARACTERS):
                    self.refused.append(refused)
                    yield tuple(group)
                    group, refused, length = [], [], 0
                group.append(Item(place, raw))
                length += len(raw.text)
        self.refused.append(refused)
        if group:
            self.refused.append([])
            yield tuple(group)

    def _read(self, item: Input) -> RawPosting | Reject:
        with self._timed("read"):
            try:
                return read_posting(item)
            except RejectedInput as error:
                self.watcher.finished(1)
                return Reject(source=item.path, reason=str(error))

    def _is_done(self, raw: RawPosting) -> bool:
        """Whether the same source would give the same posting again; then what is missing of it
        is written: another format may be asked for than last time."""
        with self._timed("read"):
            line = None if self.fresh else self._current(raw)
            if line is None:
                return False
        missing = self.store.missing(raw.id, self.config.format)
        posting = self.store.posting(raw.id) if missing else None
        if posting:
            with self._timed("write"):
                self.counts["files"] += self.store.write(posting, missing, keep=True)
        self._count(line, "unchanged")
        return True

    def _current(self, raw: RawPosting) -> Line | None:
        """What is known of the posting that is there, if it is what would be made today."""
        head = self.store.head(raw.id)
        if head is None or (head.source.sha256, head.signature) != (raw.sha256, self.signature):
            return None
        line = self.store.line(raw.id, self.known)
        if line is None or line.people == self.people:
            return line
        posting = self.store.posting(raw.id)
        if posting is None or not self.harmonizer.is_current(posting):
            return None
        line = line.model_copy(update={"people": self.people})
        self.known.add(line)
        return line

    def _take(self, made: Made) -> None:
        """Write a group's files and take down what became of it."""
        with self._timed("write"):
            for line, files in made.done:
                self.counts["files"] += self.store.put(line.id, files)
                self.known.add(line.model_copy(update={"people": self.people}))
                self._count(line, "translated")
        refused = sorted([*self.refused.popleft(), *made.refused], key=lambda each: each.place)
        self.rejected.add(each.reject for each in refused)
        self.watcher.finished(len(made.refused))
        for stage, spent in made.seconds.items():
            self.seconds[stage] += spent

    def _count(self, line: Line, fate: str) -> None:
        self.counts[fate] += 1
        self.counts["segments"] += line.segments
        self.counts.update(line.listed.flags)
        self.watcher.finished(1)

    def _finish(self) -> Summary:
        """Finish the folder and say how it went."""
        with self._timed("finish"):
            changed = self.counts["files"] > 0
            self.known.doubted = self.harmonizer.people != self.people
            summary = self._summary()
            account: dict[str, Any] = {
                "harmonize": version("harmonize"),
                "signature": self.signature,
                "formats": list(self.config.format),
                **summary.model_dump(mode="json", exclude={"rejects"}),
            }
            self.store.finish(iter(self.rejected), account, changed, self.known)
        return self._summary()

    def _summary(self) -> Summary:
        return Summary(
            translated=self.counts["translated"],
            unchanged=self.counts["unchanged"],
            rejected=self.rejected.count,
            rejects=tuple(self.rejected.first),
            segments=self.counts["segments"],
            errors=self.counts["error"],
            warnings=self.counts["warning"],
            engine=", ".join(sorted({each.name for each in self.harmonizer.engines.values()})),
            workers=self.workers,
            seconds={stage: round(spent, 3) for stage, spent in self.seconds.items()},
            elapsed=round(time.perf_counter() - self.begin, 3),
        )

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.seconds[stage] += time.perf_counter() - begin
