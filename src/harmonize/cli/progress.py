"""The progress bar: postings and sentences done, time left; silent when nobody watches."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)


class Bar:
    """Shows a run on standard error, where that is a terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._units = 0
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("postings"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[units]} sentences"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("postings", total=None, units=0)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def started(self, postings: int) -> None:
        """So many postings are to be done."""
        self._progress.update(self._task, total=postings)

    def translated(self, units: int) -> None:
        """So many more sentences are done."""
        self._units += units
        self._progress.update(self._task, units=self._units)

    def finished(self, postings: int) -> None:
        """So many more postings are done."""
        self._progress.advance(self._task, postings)
