"""`harmonize memory forget`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonize.cli.shared import AsJson, MemoryFile, opened_memory, print_json, print_table

if TYPE_CHECKING:
    from harmonize.forget import Trace
    from harmonize.memory import Entry

EXAMPLE = "Example: harmonize memory forget ana@example.org --out out --delete-postings"


def forget(
    pattern: Annotated[str, typer.Argument(help="What is in the text; capitals do not count.")],
    memory: MemoryFile = None,
    regex: Annotated[
        bool, typer.Option("--regex", help="The pattern is a regular expression.")
    ] = False,
    out: Annotated[
        list[Path] | None,
        typer.Option(help="A folder of results and reviews to be cleaned too; may be repeated."),
    ] = None,
    delete_postings: Annotated[
        bool,
        typer.Option(
            "--delete-postings", help="Delete the postings of --out that hold it, with all files."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be removed.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """Remove every translation with this text in it, without a trace in the memory's file.

    With --out, decisions of reviews go too, and every file that still holds the text is named;
    postings are finished work and go only with --delete-postings. Where something still holds it,
    the exit status is 1.
    """
    from harmonize.forget import forget as forget_in
    from harmonize.forget import search
    from harmonize.memory.forget import matcher

    opened, folders = opened_memory(memory), out or []
    matches = matcher(pattern, regex=regex)
    found = list(opened.matching(matches))
    traces = [search(folder, matches) for folder in folders]
    if not json:
        _show(found)
    wanted = _wanted(len(found), traces, delete_postings)
    left = traces
    remove = not dry_run and (yes or not wanted or _agreed(wanted))
    if remove:
        left = [forget_in(folder, matches, postings=delete_postings) for folder in folders]
        opened.remove(found, matches)
    if json:
        print_json(_account(found, traces, left, removed=remove))
    told = [line for was, now in zip(traces, left, strict=True) for line in _told(was, now)]
    told += [
        f"Not searched: {each}, a damaged memory; delete it when in doubt."
        for each in opened.copies()
    ]
    for line in (*told, f"{len(found)} found, {len(found) if remove else 0} removed."):
        typer.echo(line, err=True)
    if remove and not all(trace.is_gone for trace in left):
        raise typer.Exit(1)


def _wanted(entries: int, traces: Sequence[Trace], postings: bool) -> str:
    """What would be removed, in words; empty where there is nothing."""
    counts = {
        "translations": entries,
        "decisions": sum(each.decisions for each in traces),
        "whole postings": sum(len(each.postings) for each in traces) if postings else 0,
        "rejects": sum(each.rejects for each in traces) if postings else 0,
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def _agreed(wanted: str) -> bool:
    """Whether the user wants it; no terminal, no answer, no removal."""
    if not sys.stdin.isatty():
        from harmonize.errors import UsageError

        raise UsageError(f"These would be removed: {wanted}.", "Say --yes, or --dry-run.")
    return typer.confirm(f"Remove for good: {wanted}?", err=True)


def _show(found: Sequence[Entry]) -> None:
    rows = [[each.who, each.source, each.target, each.reviewer, each.origin] for each in found]
    if rows:
        print_table(["who", "text", "translation", "reviewer", "posting"], rows)


def _account(
    found: Sequence[Entry], before: Sequence[Trace], left: Sequence[Trace], *, removed: bool
) -> dict[str, Any]:
    keys = ("source", "target", "who", "reviewer", "origin")
    return {
        "found": [each.model_dump(include=set(keys)) for each in found],
        "removed": len(found) if removed else 0,
        "before": [each.model_dump() for each in before],
        "left": [each.model_dump() for each in left],
        "results": [file for each in left for file in each.results],
    }


def _told(was: Trace, now: Trace) -> Iterator[str]:
    """What became of a folder of results, and what of it holds the text still."""
    left = {each.folder for each in now.postings}
    for each in was.postings:
        if each.folder not in left:
            made_of = f" If {each.source} has it still, it comes back." if each.source else ""
            yield f"Deleted {each.folder}.{made_of}"
    for each in now.postings:
        yield f"Still in {each.folder}, made of {each.source or 'an unknown input'}:"
        yield from (f"  {file}" for file in each.files)
    if now.postings:
        yield "A posting goes whole, with --delete-postings; mend its input and translate it anew."
    yield from (f"Still in {file}" for file in now.files)
    yield from (f"Not searched: {file}" for file in now.unread)
    gone = was.decisions - now.decisions
    yield f"{was.folder}: {was.decisions} decisions of reviews found, {gone} removed."
