"""What does the sector memory answer, how well, and does it leave alone what it does not know?

    .venv/bin/python benchmarks/memory.py [--engine NAME] [--news FILE] [--show]

Prints a table and writes `benchmarks/results/memory.json`:

* seeds: the share of segments of the five seeds that a pair or a template answers, by kind;
* paraphrases: the same on `data/memory-paraphrases.tsv` (``heldout``, ``paraphrase``, ``es``):
  held-out lines that a second writer put in other words;
* wrong: what is answered of lines that nothing should answer, `data/memory-others.tsv`
  (``language``, ``line``) and general news (``--news``: English, a tab, Spanish; plain or .xz),
  some 1,000 in all;
* chrF of the engine with the memory and without, on `data/seed-references.tsv` (``en``, ``es``,
  ``direction``: ``en-es`` or ``es-en``) and on the paraphrases;
* lookups a second.

With ``--show`` each answer is printed.  A data file that is not there is left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from harmonize.engines import choose_engines
from harmonize.glossary import Matcher, load
from harmonize.glossary.model import Language
from harmonize.pipeline import draft
from harmonize.read import find_inputs, read_posting
from harmonize.sector import SectorMemory, heldout
from harmonize.translate import Text, Work, translate_texts

HERE = Path(__file__).parent
ROOT = HERE.parent
NEWS = ROOT.parent / "shared/bitext/dev.tsv.xz"
OTHER: dict[Language, Language] = {"en": "es", "es": "en"}
NEGATIVES = 1000


class Line(NamedTuple):
    """A text, what kind of segment it is, and a translation of it where there is one."""

    language: Language
    text: str
    kind: str = ""
    reference: str = ""


class Answer(NamedTuple):
    """How a line was answered: ``pair``, ``template``, ``in part`` or not at all."""

    line: Line
    how: str
    text: str


def language_of(name: str) -> Language:
    """*name* as a language; `KeyError` where it is none that we translate."""
    return OTHER[OTHER[name]]  # type: ignore[index]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table with tabs and a header; none where the file is not there."""
    file = HERE / "data" / name
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def seeds() -> list[Line]:
    """The segments of the five seeds that have to be translated."""
    found, _ = find_inputs([str(ROOT / "seeds")])
    drafts = [draft(read_posting(item)) for item in found]
    return [
        Line(language_of(row.detection.language), row.block.text, row.block.kind)
        for each in drafts
        for row in each.rows
        if row.detection.language in OTHER
        and row.block.kind != "boilerplate"
        and row.translation is None
    ]


def paraphrases() -> list[Line]:
    """Held-out lines in other words, both ways; raises `SystemExit` where one is not held out."""
    known = {row.en for row in heldout()}
    table = rows("memory-paraphrases.tsv")
    strange = [row["heldout"] for row in table if row["heldout"] not in known]
    if strange:
        raise SystemExit(
            f"{strange[0]!r} and {len(strange) - 1} more are not held out: "
            "run scripts/hold_out.py first, or mend memory-paraphrases.tsv."
        )
    return [Line("en", row["paraphrase"], "paraphrase", row["es"]) for row in table]


def references() -> list[Line]:
    """Segments with a translation by a person."""
    found = []
    for row in rows("seed-references.tsv"):
        source, _, target = row["direction"].partition("-")
        found.append(Line(language_of(source), row[source], "reference", row[target]))
    return found


def negatives(news: Path) -> list[Line]:
    """Lines that no memory of postings should answer."""
    own = [Line(language_of(row["language"]), row["line"]) for row in rows("memory-others.tsv")]
    if not news.is_file():
        return own
    opened = lzma.open if news.suffix == ".xz" else open
    with opened(news, "rt", encoding="utf-8") as table:
        pairs = [line.rstrip("\n").split("\t") for line in table]
    step = max(1, 2 * len(pairs) // (NEGATIVES - len(own)))
    chosen = pairs[::step]
    return (
        own
        + [Line(language, pair[place]) for pair in chosen for place, language in enumerate(OTHER)][
            : NEGATIVES - len(own)
        ]
    )


def answers(lines: Sequence[Line], memory: SectorMemory) -> list[Answer]:
    """What the memory makes of *lines*, whole or any of their units."""
    kinds = {row.identity: row.kind for row in memory.rows}
    found: list[Answer] = []
    for source, target in OTHER.items():
        own = [line for line in lines if line.language == source]
        work = Work(_Nothing(), source, target, memories=(memory,))
        for line, done in zip(own, translate_texts([Text(x.text) for x in own], work), strict=True):
            how = "in part" if done.memory else ""
            if done.origin == "memory":
                used = {kinds[identity] for identity in done.memory}
                how = "template" if "template" in used else "pair"
            found.append(Answer(line, how, done.text))
    return found


class _Nothing:
    """An engine that leaves every text as it is."""

    name = "nothing"

    def translate(self, batch: Sequence, source: str, target: str) -> list:
        from harmonize.engines import Result

        return [Result(text=request.text) for request in batch]


def shares(found: Iterable[Answer]) -> dict[str, dict[str, float]]:
    """For each kind of line how many there are and which share was answered how."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in found:
        for kind in (each.line.kind, "all"):
            counts[kind, each.how] += 1
    kinds = dict.fromkeys(kind for kind, _ in counts)
    result: dict[str, dict[str, float]] = {}
    for kind in kinds:
        total = sum(number for (name, _), number in counts.items() if name == kind)
        result[kind] = {"lines": total} | {
            how: round(counts[kind, how] / total, 4) for how in ("pair", "template", "in part")
        }
    return result


def chrf(lines: Sequence[Line], engine: str, memory: SectorMemory) -> dict[str, dict[str, float]]:
    """chrF of each direction, with the memory and without."""
    from sacrebleu.metrics import CHRF

    metric = CHRF()
    engines = choose_engines(engine)
    matcher = Matcher(load())
    result: dict[str, dict[str, float]] = {}
    for source, target in OTHER.items():
        own = [line for line in lines if line.language == source and line.reference]
        if not own:
            continue
        scores: dict[str, float] = {"lines": len(own)}
        for name, memories in (("without", ()), ("with", (memory,))):
            work = Work(engines[source, target], source, target, matcher, memories=memories)
            texts = [each.text for each in translate_texts([Text(x.text) for x in own], work)]
            score = metric.corpus_score(texts, [[line.reference for line in own]])
            scores[name] = round(score.score, 2)
        result[f"{source}→{target}"] = scores
    for each in engines.values():
        each.close()
    return result


def speed(memory: SectorMemory) -> dict[str, float]:
    """Lookups a second (processor time), of known lines and unknown ones; and seconds to load."""
    begin = time.process_time()
    memory.recall([Text("")], "en", "es")
    loaded = time.process_time() - begin
    pairs = [row.en for row in memory.rows if row.kind == "pair"]
    texts = pairs + [line.text for line in (*negatives(NEWS), *seeds(), *paraphrases())]
    begin = time.process_time()
    memory.recall(list(map(Text, texts)), "en", "es")
    spent = time.process_time() - begin
    return {"lookups a second": round(len(texts) / spent), "seconds to load": round(loaded, 3)}


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--news", type=Path, default=NEWS)
    parser.add_argument("--show", action="store_true", help="print each answer")
    options = parser.parse_args()
    memory = SectorMemory()
    results: dict[str, dict] = {"speed": speed(memory)}
    known = {"seeds": seeds(), "paraphrases": paraphrases()}
    answered = {name: answers(lines, memory) for name, lines in known.items()}
    others = answers(negatives(options.news), memory)
    wrong = [each for each in others if each.how]
    for name, found in answered.items():
        results[name] = shares(found)
    results["wrong"] = {"lines": len(others), "answered": len(wrong)}
    for name, lines in (("references", references()), ("paraphrases", known["paraphrases"])):
        if lines:
            results[f"chrF, {name}"] = chrf(lines, options.engine, memory)
    if options.show:
        for each in [*answered["seeds"], *answered["paraphrases"], *others]:
            if each.how:
                print(f"{each.how}: {each.line.text}\n   {each.text}")
    report(results)
    (HERE / "results").mkdir(exist_ok=True)
    rows_of = Counter(row.kind for row in memory.rows)
    account = {"engine": options.engine, "rows": dict(rows_of), "held out": len(heldout())}
    file = HERE / "results/memory.json"
    file.write_text(json.dumps(account | results, indent=2, ensure_ascii=False) + "\n")


def report(results: dict[str, dict]) -> None:
    """Print the results as a table."""
    table = Table("", "", "")
    for name, values in results.items():
        nested = any(isinstance(value, dict) for value in values.values())
        for part, row in values.items() if nested else [("", values)]:
            table.add_row(name, part, ", ".join(f"{key} {value:g}" for key, value in row.items()))
    Console().print(table)


if __name__ == "__main__":
    main()
