"""Every regular expression of the package on its worst case: linear, or on bounded text only."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType, ModuleType
from typing import NamedTuple

import pytest

import harmonize
from fuzz.pumps import worst
from harmonize.sector.memory import LONGEST
from harmonize.units import LONGEST_UNIT

LENGTH = 50_000
SECONDS = 0.5
AT_START = frozenset(("match", "fullmatch"))

BOUNDED = {
    "engines.apertium.names._NAMES": LONGEST_UNIT,
    "engines.apertium.style._EXPERIENCE": LONGEST_UNIT,
    "engines.apertium.style._GERUND": LONGEST_UNIT,
    "sector.normal._FINAL": LONGEST,
    "segments.join._HYPHEN": 40,
    "segments.tables._shapes": 120,
}
"""Patterns that see no more than so many characters at once: Apertium's of a unit or one word of
it, the sector memory's of a line that it looks up, one of the end of a line, and the shapes of a
heading, which has at most 120."""


class Rule(NamedTuple):
    """A pattern, where it stands, and how it is used, as far as only at the start of a text."""

    name: str
    pattern: re.Pattern[str]
    at_start: frozenset[str]


class TooSlow(Exception):
    """A pattern took too long."""


def only_at_start(called: set[str]) -> frozenset[str]:
    return frozenset(called) if called <= AT_START else frozenset()


def modules() -> list[ModuleType]:
    names = (each.name for each in pkgutil.walk_packages(harmonize.__path__, "harmonize."))
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


@cache
def trees() -> dict[str, ast.Module]:
    return {
        module.__name__: ast.parse(Path(module.__file__ or "").read_text()) for module in modules()
    }


def within(value: object, depth: int = 4) -> Iterator[re.Pattern[str]]:
    """The patterns in *value*: itself, or those in a table."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth and isinstance(value, dict):
        yield from (
            each for pair in value.items() for part in pair for each in within(part, depth - 1)
        )
    elif depth and isinstance(value, list | tuple | set | frozenset):
        yield from (each for part in value for each in within(part, depth - 1))


def values(module: ModuleType) -> Iterator[tuple[str, object]]:
    """What a module holds, and what its cached functions without arguments give."""
    for name, value in list(vars(module).items()):
        yield name, value
        wrapped = getattr(value, "__wrapped__", None)
        if (
            wrapped is not None
            and getattr(value, "__module__", "") == module.__name__
            and not inspect.signature(wrapped).parameters
            and "Pattern" in str(wrapped.__annotations__.get("return", ""))
        ):
            yield name, value()


@cache
def uses() -> dict[tuple[str, str], set[str]]:
    """For module and name which methods are called on it; "" stands for any other use."""
    found: dict[tuple[str, str], set[str]] = {}
    for module, tree in trees().items():
        origin = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        owners = set()
        for node in ast.walk(tree):  # an owner comes before its name
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                owners.add(id(node.value))
                name, use = node.value.id, {node.attr}
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                name, use = node.id, set() if id(node) in owners else {""}
            else:
                continue
            found.setdefault(origin.get(name, (module, name)), set()).update(use)
    return found


def inline(module: str, tree: ast.AST) -> Iterator[Rule]:
    """Patterns that stand in a call of `re.search` and the like."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr not in ("escape", "compile")
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            compiled = re.compile(str(node.args[0].value))
            yield Rule(f"{module}:{node.lineno}", compiled, only_at_start({node.func.attr}))


@cache
def rules() -> list[Rule]:
    """Every pattern of the package, once."""
    found: dict[tuple[str, int, bool], Rule] = {}
    for module in modules():
        short = module.__name__.removeprefix("harmonize.")
        tree = trees()[module.__name__]
        named = [
            Rule(f"{short}.{name}", pattern, only_at_start(called))
            for name, value in values(module)
            for called in [uses().get((module.__name__, name), set())]
            for pattern in within(value)
        ]
        for rule in (*named, *inline(short, tree)):
            key = (rule.pattern.pattern, rule.pattern.flags, rule.at_start)
            found.setdefault(key, rule)
    return list(found.values())


def slowest(rule: Rule) -> tuple[float, str]:
    """Processor seconds of the slowest text, and how that begins."""
    length, most = BOUNDED.get(rule.name, LENGTH), (0.0, "")
    for text in worst(rule.pattern, length):
        most = max(most, (spent(rule, text), text[:40]))
        if most[0] >= SECONDS:
            break
    return most


def spent(rule: Rule, text: str) -> float:
    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlow

    old = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    begin = time.process_time()
    try:
        for method in rule.at_start:
            getattr(rule.pattern, method)(text)
        for _ in rule.pattern.finditer(text) if not rule.at_start else ():
            pass
    except TooSlow:
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)
    return time.process_time() - begin


@pytest.mark.parametrize("bad", [r"a+b", r"(a|a)*b", r"\s+$", r"(\w+\s?)*:", r"\s*/\s*"])
def test_bad_patterns_are_found(bad: str) -> None:
    assert slowest(Rule("bad", re.compile(bad), at_start=frozenset()))[0] >= SECONDS


@pytest.mark.parametrize("good", [r"(?<!a)a+b", r"[^\W_]+", r"a{1,20}b", r"\s$"])
def test_good_patterns_are_not(good: str) -> None:
    assert slowest(Rule("good", re.compile(good), at_start=frozenset()))[0] < SECONDS


def test_every_pattern_is_linear_or_bounded() -> None:
    assert len(rules()) > 300
    assert BOUNDED.keys() <= {rule.name for rule in rules()}
    slow = {}
    for rule in rules():
        seconds, text = slowest(rule)
        if seconds >= SECONDS:
            slow[rule.name] = (text, rule.at_start, rule.pattern.pattern[:120])
    assert slow == {}
