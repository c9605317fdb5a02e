"""Rules that stand one behind the other, and what each cannot do without.

Most rules are about a few words, which most texts have not: such a rule is not asked there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

_T = TypeVar("_T")
Needs = Mapping[Callable[..., Any], Collection[Collection[str]]]
"""By rule, groups of which one sign each must be there: lemmas or words in small letters, or
single tags."""


def needs(given: Mapping[Callable[..., Any], Collection[str | Collection[str]]]) -> Needs:
    """What rules need, a group of one sign given as that sign.

    A rule that is there must change nothing in a text that lacks one of its groups.

    >>> needs({str.upper: ["a", {"b"}]})[str.upper]
    (frozenset({'a'}), frozenset({'b'}))
    """
    return {
        rule: tuple(frozenset([each] if isinstance(each, str) else each) for each in groups)
        for rule, groups in given.items()
    }


def in_turn(
    rules: Iterable[Callable[[list[_T]], list[_T]]],
    units: list[_T],
    needed: Needs,
    signs: Callable[[_T], Collection[str]],
    gone: _T | None = None,
) -> list[_T]:
    """*units* of a text with *rules*, one after the other; *gone* are the units that fall away.

    *signs* gives what rules may need of a unit.  A rule may be a `functools.partial`.

    >>> def plural(words): return [word + "s" for word in words]
    >>> needed = needs({plural: ["hub"]})
    >>> [in_turn([plural], [word], needed, lambda word: [word]) for word in ("hub", "tub")]
    [['hubs'], ['tub']]
    """
    there = _all(signs, units)
    for rule in rules:
        if any(map(there.isdisjoint, needed.get(getattr(rule, "func", rule), ()))):
            continue
        made = rule(units)
        if made != units:
            units = [each for each in made if each is not gone]
            there = _all(signs, units)
    return units


def _all(signs: Callable[[_T], Collection[str]], units: list[_T]) -> set[str]:
    found: set[str] = set()
    return found.union(*map(signs, units))
