"""What is asked again and again of the same text is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

LONGEST = 5_000
"""Code points: longer texts are rare, and would fill the memory."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def once(
    most: int,
) -> Callable[[Callable[Concatenate[str, _P], _T]], Callable[Concatenate[str, _P], _T]]:
    """Hold the answers for the last *most* texts; they must not be changed by who gets them.

    >>> @once(100)
    ... def letters(text): return tuple(text)
    >>> letters("Pay") is letters("Pay"), letters("x" * 9999) is letters("x" * 9999)
    (True, False)
    """

    def holding(work: Callable[Concatenate[str, _P], _T]) -> Callable[Concatenate[str, _P], _T]:
        held = lru_cache(maxsize=most)(work)

        @wraps(work)
        def worked(text: str, /, *more: _P.args, **named: _P.kwargs) -> _T:
            return (held if len(text) <= LONGEST else work)(text, *more, **named)  # type: ignore[arg-type]

        return worked

    return holding
