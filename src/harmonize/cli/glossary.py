"""`harmonize glossary list|show|add|check|import|export|suggest|apply`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmonize.cli.apply import EXAMPLE as APPLY_EXAMPLE
from harmonize.cli.apply import apply
from harmonize.cli.shared import AsJson, print_json, print_table, report_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harmonize.glossary import Matcher
    from harmonize.glossary.edited import Edited
    from harmonize.glossary.suggest import Passage

app = typer.Typer(
    help="Glossary files: list, show, add, check, import, export, suggest, apply.",
    no_args_is_help=True,
    epilog="Example: harmonize glossary check my-terms.csv",
)

app.command(epilog=APPLY_EXAMPLE)(apply)

Files = Annotated[
    list[str] | None,
    typer.Option("--glossary", help="A glossary file or folder; may be repeated.", metavar="FILE"),
]
Target = Annotated[Path, typer.Option("--file", help="The glossary file to add to.")]
FormatName = Annotated[
    str, typer.Option("--format", help="deepl, omegat, tsv, tbx or tbx3; else by the ending.")
]


@app.command("list", epilog="Example: harmonize glossary list union --glossary my-terms.csv")
def list_terms(
    word: Annotated[str, typer.Argument(help="Only entries with this in them.")] = "",
    glossary: Files = None,
    json: AsJson = False,
) -> None:
    """List the entries, drafts too."""
    from harmonize.glossary import load
    from harmonize.glossary.model import fold

    entries = [
        entry
        for entry in load(glossary).entries
        if fold(word) in fold("\n".join(entry.cells().values()))
    ]
    if json:
        print_json([entry.model_dump() for entry in entries])
        return
    rows = [
        [entry.en, entry.es, entry.pos, entry.gender, entry.status, Path(entry.place).name]
        for entry in entries
    ]
    print_table(["English", "Spanish", "pos", "gender", "status", "place"], rows)
    typer.echo(f"{len(entries)} entries", err=True)


@app.command(epilog='Example: harmonize glossary show "small producers"')
def show(
    term: Annotated[str, typer.Argument(help="A term in either language, in any form.")],
    glossary: Files = None,
    json: AsJson = False,
) -> None:
    """Show all about a term: its forms, what to avoid, and where it stands."""
    from harmonize.glossary import load
    from harmonize.glossary.lookup import describe, look_up

    found = look_up(load(glossary), term)
    if json:
        print_json([describe(entry) for entry in found])
    else:
        for entry in found:
            print_table(["", entry.en], describe(entry).items())
    if not found:
        typer.echo(f'No entry for "{term}". Try: harmonize glossary add', err=True)
        raise typer.Exit(1)


@app.command(epilog='Example: harmonize glossary add "hired hand" "jornalero" --gender mf')
def add(
    en: Annotated[str, typer.Argument(help="The English term: singular.")],
    es: Annotated[str, typer.Argument(help="The Spanish term: singular, masculine.")],
    file: Target = Path("my-terms.csv"),
    pos: Annotated[str, typer.Option(help="noun, adj, verb, phrase or name.")] = "noun",
    gender: Annotated[str, typer.Option(help="Of the Spanish noun: m, f or mf.")] = "",
    status: Annotated[str, typer.Option(help="preferred, keep or draft.")] = "preferred",
    es_forms: Annotated[str, typer.Option(help="m.sg|f.sg|m.pl|f.pl, if irregular.")] = "",
    en_forms: Annotated[str, typer.Option(help="Further English forms: a|b.")] = "",
    avoid_en: Annotated[str, typer.Option(help="English that must not appear: a|b.")] = "",
    avoid_es: Annotated[str, typer.Option(help="Spanish that must not appear: a|b.")] = "",
    domain: Annotated[str, typer.Option(help="The field it belongs to.")] = "",
    note: Annotated[str, typer.Option(help="Anything a colleague should know.")] = "",
    source: Annotated[str, typer.Option(help="Where the pair was taken from.")] = "",
) -> None:
    """Add a term at the end of a glossary file; its other lines stay as they are."""
    from harmonize.glossary.edit import Sheet, entry_of

    entry = entry_of(
        en=en,
        es=es,
        pos=pos,
        gender=gender,
        status=status,
        es_forms=es_forms,
        en_forms=en_forms,
        avoid_en=avoid_en,
        avoid_es=avoid_es,
        domain=domain,
        note=note,
        source=source,
    )
    lines = Sheet(file).add([entry])
    typer.echo(f"Added in {file}:{lines[0]}", err=True)


@app.command(epilog="Example: harmonize glossary check my-terms.csv")
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Glossary files or folders; else those bundled.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Check glossary files; with errors the exit status is 1."""
    from harmonize.glossary.check import check as check_files
    from harmonize.glossary.load import bundled

    report_problems(check_files(paths or [bundled()]), json)


@app.command("import", epilog="Example: harmonize glossary import terms.tbx --file my-terms.csv")
def import_terms(
    source: Annotated[Path, typer.Argument(help="A file of DeepL, OmegaT, TBX or tabs.")],
    file: Target = Path("my-terms.csv"),
    format_: FormatName = "",
) -> None:
    """Add the terms of another program's file to a glossary file, except those it has."""
    from harmonize.glossary import exchange
    from harmonize.glossary.edit import Sheet
    from harmonize.glossary.table import read_bytes

    chosen = exchange.named(format_) if format_ else exchange.format_of(source)
    entries = exchange.read(read_bytes(source), chosen, str(source))
    sheet = Sheet(file)
    new = sheet.missing(entries)
    if new:
        sheet.add(new)
    known = len(entries) - len(new)
    typer.echo(f"{len(new)} added to {file}; {known} were there already and stay.", err=True)


@app.command(epilog="Example: harmonize glossary export terms.tbx --glossary my-terms.csv")
def export(
    target: Annotated[str, typer.Argument(help="The file to write; - for standard output.")],
    glossary: Files = None,
    format_: FormatName = "",
) -> None:
    """Write the entries as another program's file."""
    from harmonize.glossary import exchange, load
    from harmonize.glossary.edit import replace

    chosen = exchange.named(format_) if format_ else exchange.format_of(Path(target))
    text = exchange.export(load(glossary).entries, chosen)
    if target == "-":
        sys.stdout.write(text)
    else:
        replace(Path(target), text.encode())
        typer.echo(f"Written: {target}", err=True)


@app.command(epilog="Example: harmonize glossary suggest postings/ (or: suggest out --edits)")
def suggest(
    inputs: Annotated[list[str], typer.Argument(help="Postings; with --edits, reviewed folders.")],
    glossary: Files = None,
    edits: Annotated[
        bool, typer.Option("--edits", help="Suggest pairs from what reviewers corrected.")
    ] = False,
    least: Annotated[int, typer.Option(help="In how many files a term must stand.", min=1)] = 2,
    limit: Annotated[int, typer.Option(help="How many to print.", min=1)] = 50,
    json: AsJson = False,
) -> None:
    """Suggest terms that stand often in postings and have no entry.

    With --edits: pairs that reviewers put in place of the same words again and again.
    """
    from harmonize.glossary import Matcher, load
    from harmonize.glossary.suggest import suggest as find_terms

    if edits:
        _suggest_pairs(inputs, Matcher(load(glossary)), least, limit, json)
        return
    found = find_terms(_passages(inputs), Matcher(load(glossary)), least)[:limit]
    if json:
        print_json([each.model_dump() for each in found])
    else:
        rows = [[each.term, each.language, str(each.files), str(each.count)] for each in found]
        print_table(["term", "language", "files", "times"], rows)


def _suggest_pairs(
    folders: list[str], matcher: Matcher, least: int, limit: int, json: bool
) -> None:
    from harmonize.glossary.edited import suggest_pairs

    found = suggest_pairs(_edited(folders), matcher, least)[:limit]
    if json:
        print_json([each.model_dump() for each in found])
        return
    rows = [[each.term, each.better, each.instead_of, str(each.times)] for each in found]
    print_table(["term", "reviewers wrote", "instead of", "rows"], rows)


def _edited(folders: list[str]) -> Iterator[Edited]:
    """What reviewers corrected in finished postings."""
    from harmonize.errors import UsageError
    from harmonize.glossary.edited import Edited
    from harmonize.review.decisions import FILE, Decisions

    for folder in map(Path, folders):
        if not (folder / FILE).is_file():
            raise UsageError(
                f"Nobody has reviewed {folder} yet.", f"Begin with: harmonize review {folder}"
            )
        log = Decisions(folder / FILE)
        try:
            for before, after in log.edits():
                if before.en.origin == "source" and before.es.text != after.es.text:
                    yield Edited(before.en.text, "en", before.es.text, after.es.text)
                elif before.es.origin == "source" and before.en.text != after.en.text:
                    yield Edited(before.es.text, "es", before.en.text, after.en.text)
        finally:
            log.close()


def _passages(inputs: list[str]) -> list[Passage]:
    """The paragraphs of the postings that are in one of the two languages."""
    from harmonize.errors import RejectedInput
    from harmonize.glossary.check import LANGUAGES
    from harmonize.glossary.suggest import Passage
    from harmonize.pipeline import draft
    from harmonize.read import find_inputs, read_posting

    found, rejects = find_inputs(inputs)
    passages = []
    for item in found:
        try:
            rows = draft(read_posting(item)).rows
        except RejectedInput as error:
            typer.echo(f"{item.path}: left out: {error.cause}", err=True)
            continue
        passages += [
            Passage(item.path, language, row.block.text)
            for row in rows
            for language in LANGUAGES
            if row.detection.language == language
        ]
    for reject in rejects:
        typer.echo(f"{reject.source}: left out: {reject.reason}", err=True)
    return passages
