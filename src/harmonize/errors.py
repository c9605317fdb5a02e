"""Every error that harmonize raises on purpose.

::

    HarmonizeError            exit status 1
    ├── UsageError            2   a wrong option, path or configuration file
    │   └── FolderInUse       2   a folder into which another program is writing
    ├── RejectedInput         1   one input that cannot be used; the others go on
    ├── PackError             2   a language pack that cannot be read, installed or found
    ├── MemoryFailed          2   a translation memory that cannot be used now
    ├── NoEngine              3   nothing on this machine can translate the pair
    └── EngineFailed          3   an engine that died or hung, and again after its restart

Each says the cause, and where something can be done, the remedy: a sentence or the next command.
"""

from __future__ import annotations

from pathlib import Path


class HarmonizeError(Exception):
    """Base of all errors; ``cause`` says what is wrong, ``remedy`` what to do or type next.

    >>> str(HarmonizeError("No engine.", "Run: harmonize setup"))
    'No engine. Run: harmonize setup'
    """

    exit_code = 1

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(f"{cause} {remedy}".strip())
        self.cause = cause
        self.remedy = remedy


class UsageError(HarmonizeError):
    """A wrong option, path or configuration file."""

    exit_code = 2


class FolderInUse(UsageError):
    """A folder into which another program is writing; ``process`` is its number, 0 if unknown.

    >>> FolderInUse(Path("out"), 42).cause
    'Another run (process 42) is writing into out.'
    """

    def __init__(self, folder: Path, process: int) -> None:
        super().__init__(
            f"Another run (process {process or 'unknown'}) is writing into {folder}.",
            "Run the same again when it has ended, or choose another folder.",
        )
        self.process = process


class RejectedInput(HarmonizeError):
    """One input that cannot be used."""


class PackError(HarmonizeError):
    """A language pack that cannot be read, installed or found."""

    exit_code = 2


class MemoryFailed(HarmonizeError):
    """A translation memory that is locked, full, not ours, or of a later version."""

    exit_code = 2


class NoEngine(HarmonizeError):
    """Nothing on this machine translates between English and Spanish."""

    exit_code = 3


class EngineFailed(HarmonizeError):
    """An engine died or hung on a batch, and again after it was started anew."""

    exit_code = 3
