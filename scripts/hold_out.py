"""Put one pair in ten of the sector memory apart, to measure with; run after adding pairs.

    python scripts/hold_out.py [FOLDER]

Moves each pair whose English hashes so (see `harmonize.sector.is_held_out`) from the files of
FOLDER (default: ``memories/``) to its ``heldout.csv``, and those there that do not belong back to
``returned.csv``.  A second run changes nothing.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from harmonize.glossary import table
from harmonize.sector.load import COLUMNS, HELDOUT, Row, is_held_out, load, memory_files

FOLDER = Path(__file__).parent.parent / "memories"


def main() -> None:
    """Move the rows and say how many."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    held = folder / HELDOUT
    there = load([held]) if held.is_file() else []
    moved = [row for file in memory_files(folder) for row in taken(file)]
    returned = [row for row in there if not is_held_out(row)]
    kept = [row for row in there if is_held_out(row)]
    if moved or returned:
        write(held, [*kept, *moved])
    if returned:
        write(folder / "returned.csv", returned)
    print(f"{len(kept) + len(moved)} held out: {len(moved)} new, {len(returned)} returned")


def taken(file: Path) -> list[Row]:
    """The rows of *file* that are to be held out, removed from it; its other lines stay."""
    out = [row for row in load([file]) if is_held_out(row)]
    if out:
        text = table.read(file)
        starts = {row.line for row in table.parse(text).rows}
        gone = {row.line for row in out}
        kept, keeping = [], True
        for number, line in enumerate(table.lines(text), 1):
            if number in starts or line.startswith(table.COMMENT):
                keeping = number not in gone
            kept += [line] * keeping
        file.write_text("".join(kept), encoding="utf-8", newline="")
    return out


def write(file: Path, rows: Sequence[Row]) -> None:
    """Write *rows* as a memory file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, name) for name in COLUMNS] for row in rows)
    file.write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
