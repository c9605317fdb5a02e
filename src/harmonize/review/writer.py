"""Writes postings' files in a thread of its own, so that typing never waits for them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from harmonize.errors import FolderInUse, HarmonizeError

CALM = 1.5
"""Seconds without a change after which a posting's files are written."""

_INDEX = ""
"""Stands for the index of all postings, which is written when no posting waits."""

_log = logging.getLogger(__name__)


class Writer:
    """Calls *write* for each posting that changed once it is calm, and *index* after the last.

    What fails is tried again later, and ``problem`` says what it was; while another program writes
    into the folder, what is to be written waits for it.
    """

    def __init__(self, write: Callable[[str], None], index: Callable[[], None]) -> None:
        self._write, self._index = write, index
        self._due: dict[str, float] = {}
        self._changed = threading.Condition()
        self._closed = False
        self.problem: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def soon(self, posting: str) -> None:
        """Write *posting* once nobody has changed it for a while."""
        self._in(CALM, posting)

    def now(self, posting: str) -> None:
        """Write *posting* as soon as may be."""
        self._in(0, posting)

    def close(self) -> None:
        """Write all that is to be written, and stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _in(self, seconds: float, posting: str) -> None:
        with self._changed:
            self._due[posting] = time.monotonic() + seconds
            self._changed.notify()

    def _run(self) -> None:
        while (posting := self._next()) is not None:
            try:
                if posting == _INDEX:
                    self._index()
                else:
                    self._write(posting)
                    self._in(2 * CALM, _INDEX)
                self.problem = None
            except (HarmonizeError, OSError) as error:
                self._failed(posting, error)

    def _failed(self, posting: str, error: Exception) -> None:
        """Tell *error* once, and try again: soon, where somebody else is only writing too."""
        if str(error) != str(self.problem):
            _log.warning("%s", error)
        self.problem = error
        if not self._closed:
            self._in(CALM if isinstance(error, FolderInUse) else 10 * CALM, posting)

    def _order(self, due: str) -> tuple[bool, float]:
        return due == _INDEX, self._due[due]

    def _next(self) -> str | None:
        """What is to be written next, once its time has come; None at the end."""
        with self._changed:
            while self._due or not self._closed:
                due = min(self._due, key=self._order, default=None)
                wait = self._due[due] - time.monotonic() if due is not None else None
                if due is not None and wait is not None and (wait <= 0 or self._closed):
                    del self._due[due]
                    return due
                self._changed.wait(wait)
            return None
