"""`harmonize diff`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmonize.cli.shared import print_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from harmonize.records import Posting
    from harmonize.render.repaired import Run

EXAMPLE = "Example: harmonize diff out/clac-banana-technician --what translation"
STYLES = {"kept": "", "out": "red strike", "in": "green underline"}


def diff(
    first: Annotated[Path, typer.Argument(metavar="OUT/ID", help="A posting, or a run's folder.")],
    second: Annotated[
        Path | None, typer.Argument(help="Another one, to compare with the first.")
    ] = None,
    what: Annotated[
        str, typer.Option(help="Of one posting: repairs (what was garbled), or translation.")
    ] = "repairs",
    all_: Annotated[bool, typer.Option("--all", help="All rows, not only those changed.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Show side by side what repair changed, what translation made, or how two runs differ.

    Without colours what went stands as [-so-] and what came as {+so+}.
    """
    from rich.console import Console

    from harmonize.errors import UsageError

    if what not in {"repairs", "translation"}:
        raise UsageError(f"--what {what} is not known.", "Use repairs or translation.")
    tables = (
        _two_runs(first, second, whole=all_)
        if second
        else [_one_posting(first, repairs=what == "repairs", whole=all_)]
    )
    if json:
        print_json([table.as_json() for table in tables])
        return
    console = Console(highlight=False, markup=False)
    for table in tables:
        table.show(console)
    if not any(table.rows for table in tables):
        typer.echo("No difference.", err=True)


class Row:
    """A line of a table: its name, and what stands in each column."""

    def __init__(self, name: str, *cells: Sequence[Run]) -> None:
        self.name = name
        self.cells = cells


class Side:
    """A table of rows side by side under a title."""

    def __init__(self, title: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        self.title, self.columns, self.rows = title, columns, rows

    def as_json(self) -> dict[str, object]:
        """The rows with marks where words went and came."""
        from harmonize.diff import marked

        rows = [
            {"segment": row.name}
            | {name: marked(cell) for name, cell in zip(self.columns, row.cells, strict=True)}
            for row in self.rows
        ]
        return {"posting": self.title, "rows": rows}

    def show(self, console: Console) -> None:
        """Print it as wide as the window, long words broken rather than lost."""
        from rich.table import Table
        from rich.text import Text

        if not self.rows:
            return
        table = Table(
            title=Text(self.title, style="bold"), title_justify="left", box=None, expand=True,
            pad_edge=False, padding=(0, 2, 1, 0), header_style="bold dim",
        )  # fmt: skip
        names = max(len(row.name) for row in self.rows)
        table.add_column("", width=names, no_wrap=True, style="dim")
        for name in self.columns:
            table.add_column(name, ratio=1, overflow="fold")
        coloured = console.is_terminal and not console.no_color
        for row in self.rows:
            cells = [_text(cell, coloured) for cell in row.cells]
            table.add_row(Text(row.name), *cells)
        console.print(table)


def _text(runs: Iterable[Run], coloured: bool) -> Text:
    from rich.text import Text

    from harmonize.diff import marked

    if not coloured:
        return Text(marked(runs))
    text = Text()
    for run in runs:
        text.append(run.text, STYLES[run.state])
    return text


def _one_posting(folder: Path, *, repairs: bool, whole: bool) -> Side:
    """A posting's repairs, or its two versions."""
    from harmonize.diff import one_side
    from harmonize.render.inline import visible
    from harmonize.render.repaired import Run, source_runs

    posting = _posting(folder)
    rows = []
    for segment in posting.segments:
        if repairs:
            runs = list(source_runs(segment.source, posting.repairs))
            if whole or any(run.state != "kept" for run in runs):
                rows.append(Row(segment.id, one_side(runs, "out"), one_side(runs, "in")))
        elif segment.kind != "boilerplate":
            sides = segment.en.text, segment.es.text
            own, other = sides if segment.source.language != "es" else sides[::-1]
            rows.append(Row(segment.id, [Run(visible(own), "kept")], [Run(visible(other), "kept")]))
    columns = ("as it came", "as repaired") if repairs else ("source", "translation")
    return Side(posting.id, columns, rows)


def _two_runs(first: Path, second: Path, *, whole: bool) -> list[Side]:
    """What changed between two postings or two folders of postings."""
    from harmonize.diff import aligned, one_side
    from harmonize.records import TARGETS

    tables = []
    for old, new in _pairs(first, second):
        if old is None or new is None:
            there = old or new
            name = there.id if there else ""
            tables.append(Side(f"{name}: only in {first if old else second}", ("",), [Row("")]))
            continue
        rows = []
        for pair in aligned(old, new):
            for language in TARGETS:
                if whole or pair.differs(language):
                    runs = pair.runs(language)
                    name = f"{pair.there.id} {language}"
                    rows.append(Row(name, one_side(runs, "out"), one_side(runs, "in")))
        tables.append(Side(new.id, (str(first), str(second)), rows))
    return tables


def _pairs(first: Path, second: Path) -> list[tuple[Posting | None, Posting | None]]:
    old, new = _postings(first), _postings(second)
    if (first / "posting.json").is_file() and (second / "posting.json").is_file():
        return [(next(iter(old.values())), next(iter(new.values())))]
    return [(old.get(id_), new.get(id_)) for id_ in sorted(old.keys() | new.keys())]


def _postings(folder: Path) -> dict[str, Posting]:
    from harmonize.errors import UsageError
    from harmonize.store import POSTING, Store

    if (folder / POSTING).is_file():
        posting = _posting(folder)
        return {posting.id: posting}
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Give the folder of a finished run.")
    return {posting.id: posting for posting in Store(folder).postings()}


def _posting(folder: Path) -> Posting:
    from harmonize.errors import UsageError
    from harmonize.store import POSTING, Store

    whole = folder.resolve()
    if not (whole / POSTING).is_file():
        raise UsageError(
            f"{folder} is not a finished posting.", "Give its folder: OUT/ID, such as out/my-job."
        )
    return Store(whole.parent).load(whole.name)
