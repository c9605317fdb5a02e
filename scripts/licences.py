#!/usr/bin/env python3
"""Write docs/licences.md: what each installed dependency of harmonize says of its licence.

Run it with the Python of an environment that harmonize is installed in.  With --check nothing is
written, and the exit status says whether the page is up to date.
"""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/licences.md"
HEAD = """# Licences of the dependencies

Made by `scripts/licences.py` from the metadata of the installed packages; do not edit.  What
harmonize needs to run, itself left out, and what those packages need in turn.

| package | version | licence |
| --- | --- | --- |
"""


def needed() -> list[Distribution]:
    """All distributions that harmonize needs to run on this machine, by name."""
    found: dict[str, Distribution] = {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(each).name for each in project["dependencies"]]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            sys.exit(f"{name} is not installed in this environment: {sys.prefix}")
        wanted = map(Requirement, found[name].requires or ())
        waiting += [
            each.name for each in wanted if not each.marker or each.marker.evaluate({"extra": ""})
        ]
    return [found[name] for name in sorted(found)]


def licence(package: Distribution) -> str:
    """The licence as its metadata have it: the expression, else the classifiers, else the field."""
    facts = package.metadata
    if expression := facts.get("License-Expression"):
        return str(expression)
    classified = [
        each.rpartition(" :: ")[2]
        for each in facts.get_all("Classifier") or ()
        if each.startswith("License ::")
    ]
    if classified:
        return ", ".join(classified)
    return (facts.get("License") or "not stated").strip().splitlines()[0][:80]


def page() -> str:
    """The whole page."""
    rows = [f"| {each.name} | {each.version} | {licence(each)} |\n" for each in needed()]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
