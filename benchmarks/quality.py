"""How well postings come out: the held-out lines of the sector memory, the memory switched off.

    .venv/bin/python benchmarks/quality.py

Beside us in the same run: Apertium as Debian ships it.  BLEU and chrF are sacrebleu's; ``p`` says
how likely a difference as large is by chance.  Prints a table and writes
`benchmarks/results/quality.json`.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from rich.console import Console
from rich.table import Table

from harmonize.evaluate import Bitext, Evaluation, evaluate
from harmonize.glossary import Matcher, load
from harmonize.pipeline import Harmonizer
from harmonize.recall import Text
from harmonize.sector import heldout

HERE = Path(__file__).parent
MODES = {"en": "eng-spa", "es": "spa-eng"}
ENGINE = "apertium"


def bitext(source: str) -> Bitext:
    """The held-out lines, headings left out, from *source* into the other language."""
    rows = [row for row in heldout() if len(row.en.split()) > 2]
    pairs = [(row.en, row.es) if source == "en" else (row.es, row.en) for row in rows]
    sources, references = zip(*pairs, strict=True)
    return Bitext(sources, references, *(("en", "es") if source == "en" else ("es", "en")))


def ours(lines: Bitext, glossary: list[str] | None) -> list[str]:
    """What harmonize makes of them, with the glossary or without."""
    with Harmonizer(ENGINE, glossary=glossary, sector_memory=False) as harmonizer:
        texts = [Text(line, "bullet") for line in lines.sources]
        done = harmonizer.translate_texts(texts, lines.source, lines.target)
    return [each.text for each in done]


def bare(lines: Bitext) -> list[str]:
    """What Apertium by itself makes of them."""
    done = subprocess.run(
        ["apertium", "-u", MODES[lines.source]],
        input="".join(line + "\n" for line in lines.sources),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def main() -> None:
    """Measure, print and write."""
    table = Table("", "direction", "lines", "BLEU", "chrF", "p (chrF)", "terms right")
    results: dict[str, dict] = {}
    for source in ("en", "es"):
        lines = bitext(source)
        outputs = [
            ("harmonize", ours(lines, None)),
            ("harmonize without glossary", ours(lines, [])),
            ("apertium", bare(lines)),
        ]
        found: Evaluation = evaluate(lines, outputs, Matcher(load()))
        results[f"{lines.source}→{lines.target}"] = found.model_dump()
        for each in found.systems:
            table.add_row(
                each.system,
                f"{lines.source}→{lines.target}",
                str(found.lines),
                f"{each.bleu:.1f}",
                f"{each.chrf:.1f}",
                "" if each.chrf_p is None else f"{each.chrf_p:.3f}",
                "" if each.term_accuracy is None else f"{100 * each.term_accuracy:.1f} %",
            )
    Console().print(table)
    file = HERE / "results/quality.json"
    file.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
