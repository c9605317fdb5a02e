"""How well packs translate: development lines, and the sector's held-out lines, through harmonize.

    python training/evaluate.py --packs FOLDER --data FOLDER [--lines 500]

installs the packs into a folder of its own and prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--packs", type=Path, required=True, help="a folder with .argosmodel files")
    parser.add_argument("--data", type=Path, required=True, help="an unpacked corpus.tar")
    parser.add_argument("--lines", type=int, default=500, help="lines of each set; 0: all of them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Argos Translate reads its folders once, when it is first imported.
        os.environ |= {"ARGOS_PACKAGES_DIR": folder, "XDG_DATA_HOME": folder}
        scores = measure(options.packs, options.data, options.lines)
    json.dump(scores, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def measure(packs_folder: Path, data: Path, lines: int) -> dict[str, Any]:
    """Scores each way, and the signatures of what was measured with."""
    from argostranslate.package import install_from_path

    from harmonize.engines import packs
    from harmonize.engines.argos.engine import ArgosEngine

    # As plain Argos Translate does it: harmonize itself takes no pack that fails its questions.
    for file in sorted(packs_folder.glob("*.argosmodel")):
        install_from_path(file)
    installed = {pack.name: packs.verify(pack) or "good" for pack in packs.installed_packs()}
    engine = ArgosEngine()
    files = {"development": "dev.tsv", "sector, held out": "held_out.tsv"}
    sets = {name: some(rows_of(data / file), lines) for name, file in files.items()}
    measured = {
        f"{name}, {source} to {target}": scored(engine, texts, source, target)
        for name, texts in sets.items()
        for source, target in (("en", "es"), ("es", "en"))
    }
    return {"packs": installed, "engine": engine.signature(), "scores": measured}


def rows_of(file: Path) -> Rows:
    """The lines ``English<TAB>Spanish`` of *file*."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(english, spanish) for english, spanish in (line.split("\t") for line in lines)]


def some(rows: Rows, lines: int) -> Rows:
    """About *lines* of the rows, evenly spread; 0: all of them."""
    return rows[:: max(1, len(rows) // lines)] if lines else rows


def scored(engine: Any, rows: Rows, source: str, target: str) -> dict[str, Any]:
    """BLEU, chrF and how often the glossary's terms came out as they should."""
    from sacrebleu import BLEU, CHRF

    texts = [row if source == "en" else row[::-1] for row in rows]
    made, terms = translated(engine, [text for text, _ in texts], source, target)
    reference = [[wanted for _, wanted in texts]]
    bleu, chrf = BLEU(), CHRF()
    held = terms["enforced"] + terms["agreed"] + terms["kept"]
    return {
        "lines": len(texts),
        "bleu": round(bleu.corpus_score(made, reference).score, 1),
        "chrf": round(chrf.corpus_score(made, reference).score, 1),
        "terms": sum(terms.values()),
        "terms right": round(held / max(1, sum(terms.values())), 3),
        "signature": str(bleu.get_signature()),
    }


def translated(
    engine: Any, texts: Sequence[str], source: Any, target: Any
) -> tuple[list[str], Counter[str]]:
    """The translations, and the outcomes of the glossary's terms in them."""
    from harmonize.engines.base import Request
    from harmonize.glossary import Matcher, load, settle

    matcher = Matcher(load())
    requests = [Request(text, terms=tuple(matcher.find(text, source))) for text in texts]
    made = [result.text for result in engine.translate(requests, source, target)]
    outcomes: Counter[str] = Counter(
        term.outcome
        for request, text in zip(requests, made, strict=True)
        for term in settle(matcher, list(request.terms), text, target).terms
    )
    return made, outcomes


if __name__ == "__main__":
    main()
