"""Writes what was measured into `docs/scale.md`, between its marks; the words around them stay.

<!-- measured: stages -->
…
<!-- end -->
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from speed.kit import ROOT, Figure
from speed.report import HEAD, RESULTS, Held, held, read_floors, short

PAGE = ROOT / "docs/scale.md"
PRICE = 0.04
"""US dollars for an hour of one core, rented by the hour with the 2 to 4 GB of memory that belong
to it: an assumption, put a price of your own in its place."""

SIZES = (1_000_000, 100_000_000)
CORES = (16, 256)
ENGINES = {
    "fake": "none (all the rest)",
    "apertium": "Apertium",
    "stand-in": "an Argos pack (a stand-in of the official packs' shape)",
}
HOUR, DAY = 3600, 24 * 3600

_BLOCK = re.compile(r"(?s)(<!-- measured: (\w+) -->\n).*?(<!-- end -->)")


def refresh() -> None:
    """Write the page anew."""
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8"), RESULTS), encoding="utf-8")


def refreshed(text: str, folder: Path) -> str:
    """*text* with its measured parts as the results in *folder* have them."""

    def anew(found: re.Match[str]) -> str:
        try:
            return f"{found[1]}{BLOCKS[found[2]](folder)}{found[3]}"
        except FileNotFoundError as error:
            return f"{found[1]}Not measured yet: {Path(error.filename).name}\n{found[3]}"

    return _BLOCK.sub(anew, text)


def _results(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("speed-*.json")):
        yield json.loads(file.read_text(encoding="utf-8"))


def _result(name: str, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"speed-{name}.json").read_text(encoding="utf-8"))
    return found


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown: the first column is words, the others are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def machines(folder: Path) -> str:
    """On what, and when."""
    rows = sorted({_machine(each["machine"]) for each in _results(folder)})
    return "".join(f"* {row}\n" for row in rows)


def _machine(facts: dict[str, Any]) -> str:
    busy = facts["load_before"]
    return (
        f"{facts['date'][:10]}: {facts['cpu']}, {facts['cores']} cores, {facts['memory_gb']} GB, "
        f"{facts['system']}, Python {facts['python']}; "
        + ("quiet" if busy < facts["cores"] / 2 else "busy with other work at the same time")
    )


def figures(folder: Path) -> str:
    """The table of `make bench`, in the order of the goals."""
    floors = read_floors()
    found = {row.figure.key: row for each in _results(folder) for row in _rows(each)}
    rows = [found[key].row() for key in floors if key in found]
    return _table(HEAD, rows)


def _rows(result: dict[str, Any]) -> list[Held]:
    names = Figure._fields
    each = [Figure(**{name: row[name] for name in names}) for row in result["figures"]]
    return held(each, read_floors())


def stages(folder: Path) -> str:
    """Processor seconds and memory of 1,000 postings."""
    found = _result("stages", folder)["details"]
    spent = found["stages"]
    rows = [[name, f"{seconds:.1f}"] for name, seconds in spent.items()]
    total = sum(spent.values())
    rows.append(["**together, without an engine**", f"**{total:.1f}**"])
    rows += [[f"engine: {ENGINES[name]}", f"{more:.0f}"] for name, more in found["engines"].items()]
    size = f"{found['lines']} sentences, {found['segments'] / 1000:.0f} segments each"
    memory = ", ".join(f"{ENGINES[name]} {mb:.0f}" for name, mb in found["peak_mb"].items())
    start = ", ".join(f"{ENGINES[name]} {each:.1f}" for name, each in found["start"].items())
    below = (
        f"Most memory of the process, MB, by engine: {memory}.  Core seconds of the start, once: "
        f"{start}.  What is written (Markdown, HTML and JSON): {found['output_mb']} MB."
    )
    return f"{_table([f'stage ({size})', 'core seconds for 1,000'], rows)}\n{below}\n"


def growth(folder: Path) -> str:
    """Time and memory of runs over more and more postings."""
    found = _result("growth", folder)["details"]["growth"]
    rows = [
        [
            f"{row['postings']:,} ({engine})",
            f"{1000 * row['processor'] / row['counted']:.1f}",
            f"{1000 * row['seconds'] / row['counted']:.1f}",
            f"{row['peak_mb']:.0f}",
        ]
        for engine, costs in found.items()
        for row in costs
    ]
    head = ["postings", "processor time of each, ms", "time on the clock, ms", "most memory, MB"]
    return _table(head, rows)


def millions(folder: Path) -> str:
    """Cores, days and money, worked out from the stages."""
    found = _result("stages", folder)["details"]
    total = sum(found["stages"].values())
    head = ["postings, engine", "core hours", *(f"days on {each} cores" for each in CORES)]
    rows = []
    for size in SIZES:
        for engine, name in ENGINES.items():
            seconds = (total + found["engines"].get(engine, 0)) * size / 1000
            days = (short(seconds / DAY / cores) for cores in CORES)
            price = f"{seconds / HOUR * PRICE:,.0f}"
            rows.append([f"{size:,}, {name}", f"{seconds / HOUR:,.0f}", *days, price])
    return _table([*head, f"US$ at {PRICE:g} a core hour"], rows)


BLOCKS = {
    "machines": machines,
    "figures": figures,
    "stages": stages,
    "growth": growth,
    "millions": millions,
}
