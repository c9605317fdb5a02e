"""Every error that harmonize raises on purpose.

::

    HarmonizeError            exit status 1
    ├── UsageError            2   a wrong option, path or configuration file
    ├── RejectedInput         1   one input that cannot be used; the others go on
    ├── PackError             2   a language pack that cannot be read, installed or found
    ├── MemoryFailed          2   a translation memory that cannot be used now
    ├── NoEngine              3   nothing on this machine can translate the pair
    └── EngineFailed          3   an engine that died or hung, and again after its restart

Each says the cause, and where something can be done, the remedy: a sentence or the next command.
"""

from __future__ import annotations


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
