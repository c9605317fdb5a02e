"""`harmonize evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmonize.cli.shared import AsJson, print_json, print_table

if TYPE_CHECKING:
    from harmonize.evaluate import Evaluation

EXAMPLE = "Example: harmonize evaluate dev.tsv --engine apertium --against apertium/bare"


def evaluate(
    bitext: Annotated[str, typer.Argument(metavar="TSV", help="Lines of source<TAB>reference.")],
    engine: Annotated[str, typer.Option(help="The engine to be judged.")] = "auto",
    against: Annotated[
        list[str] | None,
        typer.Option(
            help="To compare with: an engine, an engine as NAME/bare (no glossary, no memory), "
            "or a file with one translation a line. May be repeated."
        ),
    ] = None,
    source: Annotated[str, typer.Option(help="Language of the sources: en or es.")] = "",
    glossary: Annotated[
        list[str] | None, typer.Option(help="Glossary file or folder (default: bundled).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File for the engine's translations.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Score an engine: BLEU and chrF by sacrebleu, and how many of the glossary's terms came out.

    With --against, p says how likely a difference as large would be by chance (paired bootstrap);
    below 0.05 it is worth believing.
    """
    from harmonize.errors import UsageError
    from harmonize.evaluate import evaluate as judge
    from harmonize.evaluate import read_bitext, translations
    from harmonize.glossary import Matcher, load

    if output and not output.parent.is_dir():
        raise UsageError(f"There is no folder {output.parent}.", "Make it, or give another file.")
    lines = read_bitext(_read(bitext), bitext, source)
    named = list(dict.fromkeys([engine, *(against or [])]))
    outputs = [(name, translations(lines, name, glossary)) for name in named]
    if output:
        output.write_text("".join(line + "\n" for line in outputs[0][1]), encoding="utf-8")
    done = judge(lines, outputs, Matcher(load(glossary)))
    if json:
        print_json(done.model_dump())
    else:
        _show(done)


def _read(path: str) -> str:
    from harmonize.errors import UsageError
    from harmonize.evaluate import decoded

    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    return decoded(data, path)


def _show(done: Evaluation) -> None:
    rows = [
        [
            each.system,
            f"{each.bleu:.1f}",
            _p(each.bleu_p),
            f"{each.chrf:.1f}",
            _p(each.chrf_p),
            "–" if each.term_accuracy is None else f"{100 * each.term_accuracy:.1f} %",
            str(each.terms),
        ]
        for each in done.systems
    ]
    print_table(["system", "BLEU", "p", "chrF", "p", "terms right", "of"], rows)
    typer.echo(f"{done.lines} lines, {done.source}→{done.target}", err=True)
    for name, signature in done.signatures.items():
        typer.echo(f"{name}: {signature}", err=True)


def _p(chance: float | None) -> str:
    return "" if chance is None else f"{chance:.3f}"
