"""What was measured, held against goals and floors: the table, and the files of results.

`speed_floors.json` has ratios of ours to the rival's, never seconds, so that they hold on any
machine: ``at_least`` or ``at_most`` is the goal, ``floor`` what was reached before, with some room;
a run that is worse than a floor fails.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from speed.kit import BENCHMARKS, Figure, Measured

FLOORS = BENCHMARKS / "speed_floors.json"
RESULTS = BENCHMARKS / "results"
ROOM = 0.8
"""A floor is set so far below what was measured: machines and days differ."""


class Held(NamedTuple):
    """A figure with its goal in words, and whether it is met and keeps its floor."""

    figure: Figure
    goal: str = ""
    met: bool | None = None
    kept: bool = True

    @property
    def verdict(self) -> str:
        """The last column of the table."""
        if self.figure.skipped:
            return f"skipped: {self.figure.skipped}"
        said = {None: "", True: "yes", False: "no"}[self.met]
        return said if self.kept else f"{said} (under its floor)"

    def row(self) -> tuple[str, str, str, str, str, str]:
        """Figure, ours, rival, ratio, goal, met."""
        each = self.figure
        if each.skipped:
            return each.what, "", "", "", self.goal, self.verdict
        ours, theirs = (f"{short(value)} {each.unit}" for value in (each.ours, each.theirs))
        return (
            each.what,
            ours,
            f"{theirs} ({each.rival})",
            short(each.ratio),
            self.goal,
            self.verdict,
        )

    def record(self) -> dict[str, Any]:
        """The same for a file."""
        facts = self.figure._asdict() | {"ratio": self.figure.ratio}
        rounded = {
            name: float(f"{value:.4g}") if isinstance(value, float) else value
            for name, value in facts.items()
        }
        return rounded | {"goal": self.goal, "met": self.met}


HEAD = ("figure", "ours", "rival", "ratio", "goal", "met")


def held(figures: Iterable[Figure], floors: Mapping[str, Mapping[str, float]]) -> list[Held]:
    """Each figure held against its goal; one that no floor names raises `KeyError`."""
    return [_held(figure, floors[figure.key]) for figure in figures]


def _held(figure: Figure, bounds: Mapping[str, float]) -> Held:
    least, most, floor = (bounds.get(name) for name in ("at_least", "at_most", "floor"))
    goal = f"≥ {least:g}" if least is not None else f"≤ {most:g}" if most is not None else ""
    if figure.skipped:
        return Held(figure, goal)
    if most is not None:
        return Held(figure, goal, figure.ratio <= most, floor is None or figure.ratio <= floor)
    met = figure.ratio >= least if least is not None else None
    return Held(figure, goal, met, floor is None or figure.ratio >= floor)


def short(value: float) -> str:
    """Three digits that count.

    >>> [short(value) for value in (0.01234, 1.2345, 123.4, 36233.0)]
    ['0.0123', '1.23', '123', '36,233']
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def read_floors() -> dict[str, dict[str, float]]:
    """Goals and floors by the key of their figure."""
    found: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return found


def set_floors(figures: Iterable[Figure]) -> None:
    """What was measured, with some room, is the least from now on."""
    floors = read_floors()
    for figure in figures:
        bounds = floors[figure.key]
        if not figure.skipped:
            room = 1 / ROOM if "at_most" in bounds else ROOM
            bounds["floor"] = float(f"{figure.ratio * room:.3g}")
    lines = [f"  {json.dumps(key)}: {json.dumps(bounds)}" for key, bounds in floors.items()]
    FLOORS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def save(name: str, found: Measured, machine: Mapping[str, Any], folder: Path) -> None:
    """The results of one measure, in ``speed-NAME.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    record = {
        "machine": dict(machine),
        "figures": [each.record() for each in held(found.figures, read_floors())],
        "details": found.details,
    }
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    (folder / f"speed-{name}.json").write_text(text, encoding="utf-8")


def show(rows: Iterable[Held]) -> None:
    """The one table."""
    table = Table(*HEAD)
    for each in rows:
        table.add_row(*each.row())
    # What is piped somewhere has no width of its own.
    console = Console()
    Console(width=None if console.is_terminal else 160).print(table)
