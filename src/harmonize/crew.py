"""Several worker processes that make the postings of one run.

Workers compute and write nothing.  The run's own process deals out the groups, asks and fills the
translation memory, and writes the files; so a worker may die at any moment, and its group is dealt
out again.  What passes between them::

    run -> worker   a group | what is known of the texts asked for | None: go home
    worker -> run   Wanted: what is known of these texts? | Kept: I made these | Made | Failed
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple

from harmonize.config import Config
from harmonize.engines.base import Result
from harmonize.errors import EngineFailed, HarmonizeError
from harmonize.glossary.model import Language
from harmonize.machine import cores
from harmonize.recall import Text
from harmonize.records import Reject
from harmonize.shared import Shared, Wanted
from harmonize.store import Store
from harmonize.translate import Progress
from harmonize.worker import Item, Made, Refused, Worker, harmonizer_of

METHOD = "spawn"
"""How a process begins: a forked one would inherit threads' locks and open files."""

AHEAD = 3
"""Groups for each worker that may be done before an earlier one is: so many wait in memory."""

DEATHS = 12
"""So many workers may die one after the other with nothing done between."""

SECONDS_TO_GO = 5.0
"""A worker that was sent home has so long to end its engine."""

Group = tuple[Item, ...]


class Settings(NamedTuple):
    """What a worker needs to know: the run's settings, its folder, and whether all is made anew."""

    config: Config
    folder: Path
    fresh: bool = False


class Kept(NamedTuple):
    """Results that a worker made."""

    results: dict[Text, Result]
    source: Language
    target: Language


class Failed(NamedTuple):
    """The error that stops the run."""

    kind: type[HarmonizeError]
    cause: str
    remedy: str


class Part(NamedTuple):
    """A group, or a part of one whose worker died; ``tried`` says that it did for this part."""

    group: int
    items: Group
    tried: bool = False


class Hand:
    """A worker's process as the run sees it: its connection, its work, what it waits for."""

    def __init__(self, settings: Settings, threads: int) -> None:
        context: Any = get_context(METHOD)
        self.connection, theirs = context.Pipe()
        arguments = (theirs, settings, threads)
        self.process = context.Process(target=serve, args=arguments, daemon=True)
        with _no_interrupts():
            self.process.start()
        theirs.close()  # so that its end is the connection's end
        self.part: Part | None = None
        self.wanted: Wanted | None = None

    def give(self, message: object) -> None:
        """Send something; a worker that died is found out when it should answer."""
        with contextlib.suppress(OSError):
            self.connection.send(message)

    def take(self) -> Any:
        """What the worker sends; None where it died."""
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return None

    def end(self, patience: float = 0) -> None:
        """Let it go home, and after *patience* (seconds) kill it."""
        if patience:
            self.give(None)
            self.process.join(patience)
        self.process.kill()
        self.process.join()
        self.connection.close()


class Crew:
    """Workers for one run; they begin when there is work for them."""

    def __init__(self, size: int, settings: Settings, shared: Shared, told: Progress) -> None:
        self._size = size
        self._settings = settings
        self._shared = shared
        self._hands: list[Hand] = []
        self._again: deque[Part] = deque()
        self._open: dict[int, int] = {}
        """How many parts of a group are not done."""
        self._made: dict[int, list[Made]] = {}
        self._deaths = 0
        self._told = told

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for hand in self._hands:
            hand.end(0 if kind else SECONDS_TO_GO)

    def make(self, groups: Iterable[Group]) -> Iterator[Made]:
        """What became of each group, in order; raises the `HarmonizeError` that stops a run."""
        numbered = enumerate(groups)
        number = 0
        while self._deal(numbered) or self._open:
            for hand in self._ready():
                self._hear(hand)
            while self._open.get(number) == 0:
                del self._open[number]
                # Others have work before the files of this group are written.
                self._deal(numbered)
                yield _joined(self._made.pop(number))
                number += 1

    def _deal(self, numbered: Iterator[tuple[int, Group]]) -> bool:
        """Give work to all who have none; whether anybody has some."""
        while hand := self._idle():
            part = self._next(numbered)
            if part is None:
                break
            hand = hand if isinstance(hand, Hand) else self._hired()
            hand.part = part
            hand.give(part.items)
        return any(hand.part for hand in self._hands)

    def _idle(self) -> Hand | bool:
        """Somebody without work; True where one may be hired."""
        free = [hand for hand in self._hands if hand.part is None]
        return free[0] if free else len(self._hands) < self._size

    def _next(self, numbered: Iterator[tuple[int, Group]]) -> Part | None:
        if self._again:
            return self._again.popleft()
        if len(self._open) >= AHEAD * self._size:
            return None  # the first of them is waited for
        for group, items in numbered:
            self._open[group] = 1
            self._made[group] = []
            return Part(group, items)
        return None

    def _hired(self) -> Hand:
        self._hands.append(Hand(self._settings, max(1, cores() // self._size)))
        return self._hands[-1]

    def _ready(self) -> list[Hand]:
        waited = {hand.connection: hand for hand in self._hands if hand.part}
        return [waited[each] for each in wait(list(waited)) if isinstance(each, Connection)]

    def _hear(self, hand: Hand) -> None:
        message = hand.take()
        if isinstance(message, Wanted):
            hand.wanted = message
            self._answer([hand])
        elif isinstance(message, Kept):
            self._shared.keep(hand, *message)
            self._told(len(message.results))
            self._answer(self._hands)
        elif isinstance(message, Made) and hand.part:
            self._deaths = 0
            self._close(hand, hand.part, [message])
        elif isinstance(message, Failed):
            raise message.kind(message.cause, message.remedy)
        else:
            self._bury(hand)

    def _answer(self, hands: Sequence[Hand]) -> None:
        """Tell those who asked what is known; who has to wait for others is told later."""
        for hand in hands:
            known = self._shared.known(hand, hand.wanted) if hand.wanted else None
            if known is not None:
                hand.wanted = None
                hand.give(known)
                self._told(sum(result is not None for result in known.values()))

    def _close(self, hand: Hand, part: Part, made: Sequence[Made]) -> None:
        """*part* is done; nobody is kept waiting for what its worker left undone."""
        self._made[part.group] += made
        self._open[part.group] -= 1
        hand.part = hand.wanted = None
        self._shared.release(hand)
        self._answer(self._hands)

    def _bury(self, hand: Hand) -> None:
        """A worker died: its group is dealt out again, in halves; of one posting it is the end."""
        hand.end()
        self._hands.remove(hand)
        self._deaths += 1
        how = _ending(hand.process.exitcode)
        if self._deaths > DEATHS:
            raise EngineFailed(
                f"The worker processes end again and again ({how}).",
                "Perhaps there is too little memory. Try: --workers 1",
            )
        part = hand.part
        if part is None:
            return
        if part.tried and len(part.items) == 1:
            self._close(hand, part, [_given_up(part.items[0], how)])
            return
        half = len(part.items) // 2
        parts = [part.items[:half], part.items[half:]] if half else [part.items]
        self._again += [Part(part.group, items, tried=not half) for items in parts]
        self._open[part.group] += len(parts) - 1
        self._shared.release(hand)
        self._answer(self._hands)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Ctrl-C is the run's, which ends its workers: a process begun meanwhile never sees one."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(connection: Connection, settings: Settings, threads: int) -> None:
    """The life of a worker process; its engine has so many *threads*."""
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))  # neural engines share the cores
    with contextlib.suppress(EOFError, OSError):  # the run is gone
        try:
            with harmonizer_of(settings.config, fresh=settings.fresh) as harmonizer:
                harmonizer.shared = _Asked(connection)
                worker = Worker(harmonizer, Store(settings.folder), settings.config.format)
                while group := connection.recv():
                    connection.send(worker.make(group))
        except HarmonizeError as error:
            connection.send(Failed(type(error), error.cause, error.remedy))


class _Asked:
    """Results as a worker has them: by asking the run (`harmonize.engines.base.Results`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> Mapping[Text, Result | None]:
        self._connection.send(Wanted(tuple(texts), source, target))
        known: dict[Text, Result | None] = self._connection.recv()
        return known

    def keep(self, results: Mapping[Text, Result], source: Language, target: Language) -> None:
        self._connection.send(Kept(dict(results), source, target))


def _joined(parts: Sequence[Made]) -> Made:
    """The parts of a group as one."""
    seconds: dict[str, float] = {}
    for part in parts:
        for stage, spent in part.seconds.items():
            seconds[stage] = seconds.get(stage, 0) + spent
    return Made(
        tuple(each for part in parts for each in part.done),
        tuple(each for part in parts for each in part.refused),
        seconds,
    )


def _given_up(item: Item, how: str) -> Made:
    reason = f"The process that worked on it ended ({how}). Please report it."
    refused = Refused(item.place, Reject(source=item.raw.path, reason=reason))
    return Made((), (refused,), {})


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit status {code}"
