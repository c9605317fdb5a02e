"""Rules that stand one behind the other, and what each cannot do without.

Most rules are about a few words, which most texts have not: such a rule is not asked there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

_T = TypeVar("_T")
_NEEDS: dict[object, tuple[Collection[str], ...]] = {}


def needs(*groups: str | Collection[str]) -> Callable[[_T], _T]:
    """Says of a rule that it changes nothing where one of *groups* is missing.

    A group are lemmas or words in small letters, or single tags, of which one must be there.
    """
    wanted = tuple(frozenset([each] if isinstance(each, str) else each) for each in groups)

    def noted(rule: _T) -> _T:
        _NEEDS[rule] = wanted
        return rule

    return noted


def applied(
    rules: Iterable[Callable[[list[_T]], list[_T]]],
    units: list[_T],
    signs: Callable[[_T], Collection[str]],
    gone: _T | None = None,
) -> list[_T]:
    """*units* of a text with *rules*, one after the other; *gone* are the units that fall away.

    *signs* gives what `needs` may name of a unit.  A rule may be a `functools.partial`.

    >>> @needs("hub")
    ... def plural(words): return [word + "s" for word in words]
    >>> applied([plural], ["hub"], lambda word: [word]), applied([plural], ["tub"], lambda _: [])
    (['hubs'], ['tub'])
    """
    there = _all(signs, units)
    for rule in rules:
        if any(map(there.isdisjoint, _NEEDS.get(getattr(rule, "func", rule), ()))):
            continue
        made = rule(units)
        if made != units:
            units = [each for each in made if each is not gone]
            there = _all(signs, units)
    return units


def _all(signs: Callable[[_T], Collection[str]], units: list[_T]) -> set[str]:
    found: set[str] = set()
    return found.union(*map(signs, units))
