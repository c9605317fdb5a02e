"""The inputs that a run could not use: told, counted, and not held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

from harmonize.records import Reject

FIRST = 100
"""So many are told at the end of a run; all stand in ``rejects.jsonl``."""


class Rejected:
    """Rejects in the order in which they are added; all but the first ones are on disk.

    >>> from tempfile import gettempdir
    >>> rejected = Rejected(Path(gettempdir()))
    >>> rejected.add([Reject(source="a.txt", reason="The file is empty.")])
    >>> rejected.count, [each.source for each in rejected]
    (1, ['a.txt'])
    >>> rejected.close()
    """

    def __init__(self, folder: Path) -> None:
        """*folder* is where they are while they are not in their file; nothing is left of them."""
        self.count = 0
        self.first: list[Reject] = []
        self._lines = TemporaryFile(dir=folder)  # noqa: SIM115 - ends with us

    def add(self, rejects: Iterable[Reject]) -> None:
        """Put *rejects* behind the others."""
        self._lines.seek(0, 2)
        for reject in rejects:
            self.count += 1
            if self.count <= FIRST:
                self.first.append(reject)
            self._lines.write(reject.model_dump_json().encode() + b"\n")

    def __iter__(self) -> Iterator[Reject]:
        self._lines.seek(0)
        yield from map(Reject.model_validate_json, self._lines)

    def close(self) -> None:
        """Let them go."""
        self._lines.close()
