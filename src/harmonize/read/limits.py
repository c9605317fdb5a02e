"""What a posting may be at most, so that no input takes the machine: memory, time, or both.

===================== ============= ========================================================
limit                 at most       why
===================== ============= ========================================================
`MAX_BYTES`           5,000,000     of a file or web page: more is not even read
`MAX_CHARACTERS`      1,000,000     of a posting; usual ones have some thousands
`MAX_LINES`           10,000        with words in them; usual ones have less than a hundred
`GROUP_CHARACTERS`    1,000,000     of postings that are held in memory together
===================== ============= ========================================================

All stages take a time that grows as their text does, so these bound their time, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from harmonize.errors import RejectedInput

MAX_BYTES = 5_000_000
MAX_CHARACTERS = 1_000_000
MAX_LINES = 10_000
GROUP_CHARACTERS = 1_000_000

_T = TypeVar("_T")
_CUT = "Cut it into one file for each posting."


def check_size(text: str) -> None:
    """Raise `RejectedInput` for a text that is larger than any posting.

    >>> check_size("- Visit farms." * 10_000)
    >>> check_size("- Visit farms." * 100_000)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    harmonize.errors.RejectedInput: It has more than 1,000,000 characters...
    """
    if len(text) > MAX_CHARACTERS:
        raise RejectedInput(
            f"It has more than {MAX_CHARACTERS:,} characters; a posting has some thousands.", _CUT
        )
    if text.count("\n") > MAX_LINES and sum(map(_has_words, text.splitlines())) > MAX_LINES:
        raise RejectedInput(
            f"It has more than {MAX_LINES:,} lines; a posting has less than a hundred.", _CUT
        )


def grouped(values: Iterable[_T], size: Callable[[_T], int], most: int) -> Iterator[list[_T]]:
    """*values* in lists of at most *most*, and of `GROUP_CHARACTERS` by *size* together.

    One that is larger by itself is in a list of its own.

    >>> list(grouped(["a" * 400_000, "b" * 400_000, "c" * 400_000, "d"], len, 32)) == [
    ...     ["a" * 400_000, "b" * 400_000], ["c" * 400_000, "d"]]
    True
    """
    group: list[_T] = []
    held = 0
    for value in values:
        if group and (len(group) == most or held + size(value) > GROUP_CHARACTERS):
            yield group
            group, held = [], 0
        group.append(value)
        held += size(value)
    if group:
        yield group


def _has_words(line: str) -> bool:
    return bool(line.strip())
