"""How good an engine is on `source<TAB>reference`: BLEU, chrF, and the glossary's terms.

BLEU and chrF are sacrebleu's, with its signatures, so that a score can be reproduced and compared;
two systems are compared by its paired bootstrap (1,000 samples, fixed seed).  A term counts where
it stands in the source and the reference has the glossary's rendering of it in any form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from harmonize.engines import engine_names
from harmonize.errors import UsageError
from harmonize.glossary import Matcher
from harmonize.glossary.model import Language
from harmonize.language import detect
from harmonize.pipeline import OTHER, Harmonizer
from harmonize.recall import Text
from harmonize.records import Record

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

BARE = "/bare"
"""Behind an engine's name: without glossary and memories."""

SAMPLES = 1000
_HEADER = ["source", "reference"]
_SAMPLED_LINES = 50
"""So many source lines tell the language of all."""


class Bitext(NamedTuple):
    """Source lines and their references, and the language of the source."""

    sources: tuple[str, ...]
    references: tuple[str, ...]
    source: Language
    target: Language


class Score(Record):
    """One system's figures; ``p`` values say how likely a difference as large is by chance."""

    system: str
    bleu: float
    chrf: float
    terms: int
    terms_right: int
    bleu_p: float | None = None
    chrf_p: float | None = None

    @property
    def term_accuracy(self) -> float | None:
        """Share of terms that came out, from 0 to 1; None where there are none."""
        return self.terms_right / self.terms if self.terms else None


class Evaluation(Record):
    """All systems on one file, and what is needed to do it again."""

    lines: int
    source: str
    target: str
    systems: tuple[Score, ...]
    signatures: dict[str, str]


def read_bitext(text: str, name: str, source: str = "") -> Bitext:
    """Lines of ``source<TAB>reference``; *source* is the language of the former, else detected.

    Raises `UsageError` that names the line for one that has no tab or an empty side.

    >>> read_bitext("The trade union\\tEl sindicato\\n", "x.tsv").target
    'es'
    """
    rows: list[tuple[str, str]] = []
    for number, line in enumerate(_lines(text), start=1):
        cells = line.split("\t")
        if not line.strip() or (not rows and [cell.casefold() for cell in cells[:2]] == _HEADER):
            continue
        if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
            raise UsageError(
                f"{name}:{number}: expected a source, a tab and a reference.", "Mend that line."
            )
        rows.append((cells[0].strip(), cells[1].strip()))
    if not rows:
        raise UsageError(f"{name} has no lines.", "Give lines of source, tab, reference.")
    sources, references = zip(*rows, strict=True)
    written = source or _language(sources)
    if written not in OTHER:
        raise UsageError(
            f"{name}: the sources are not in English or Spanish.", "Say which: --source en or es."
        )
    target = OTHER[written]
    return Bitext(sources, references, OTHER[target], target)


def _lines(text: str) -> list[str]:
    """The lines of *text*: only a line feed ends one, for sentences may hold other breaks."""
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def decoded(data: bytes, name: str) -> str:
    """The text of what was in the file *name*; `UsageError` where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is not UTF-8 (byte {error.start}).", "Save it as UTF-8."
        ) from error


def _language(lines: Sequence[str]) -> str:
    return detect(" ".join(lines[:_SAMPLED_LINES])).language


def translations(bitext: Bitext, system: str, glossary: Sequence[str] | None) -> list[str]:
    """What *system* makes of the sources: an engine, an engine ``/bare``, or a file of lines.

    Raises `UsageError` for what is neither, and for a file with another number of lines.
    """
    file = Path(system)
    if system.removesuffix(BARE) not in {"auto", *engine_names()}:
        return _lines_of(file, len(bitext.sources), system)
    bare = system.endswith(BARE)
    with Harmonizer(
        system.removesuffix(BARE), glossary=[] if bare else glossary, sector_memory=not bare
    ) as harmonizer:
        texts = [Text(line) for line in bitext.sources]
        done = harmonizer.translate_texts(texts, bitext.source, bitext.target)
    return [each.text for each in done]


def _lines_of(file: Path, expected: int, system: str) -> list[str]:
    if not file.is_file():
        raise UsageError(
            f"There is no engine and no file called {system}.",
            f"Engines: {', '.join(sorted(engine_names()))}; each may have {BARE} behind it.",
        )
    lines = _lines(decoded(file.read_bytes(), str(file)))
    if len(lines) != expected:
        raise UsageError(
            f"{file} has {len(lines)} lines, the bitext {expected}.", "Give one line for each."
        )
    return lines


def evaluate(
    bitext: Bitext, outputs: Sequence[tuple[str, Sequence[str]]], matcher: Matcher | None
) -> Evaluation:
    """The scores of each system in *outputs* (name, lines); the first is the one compared with.

    >>> bitext = read_bitext("The trade union\\tEl sindicato\\n" * 5, "x.tsv", "en")
    >>> done = evaluate(bitext, [("copy", bitext.references)], None)
    >>> done.systems[0].chrf, done.signatures["chrF"].split("|")[0]
    (100.0, 'nrefs:1')
    """
    metrics = _metrics()
    references = [list(bitext.references)]
    scores = [
        {name: metric.corpus_score(list(lines), references).score for name, metric in metrics}
        for _, lines in outputs
    ]
    chances = _chances(outputs, references) if len(outputs) > 1 else [{}] * len(outputs)
    systems = []
    for (name, lines), score, chance in zip(outputs, scores, chances, strict=True):
        terms, right = _terms(bitext, lines, matcher)
        systems.append(
            Score(
                system=name,
                bleu=round(score["BLEU"], 2),
                chrf=round(score["chrF"], 2),
                terms=terms,
                terms_right=right,
                bleu_p=chance.get("BLEU"),
                chrf_p=chance.get("chrF"),
            )
        )
    return Evaluation(
        lines=len(bitext.sources),
        source=bitext.source,
        target=bitext.target,
        systems=tuple(systems),
        signatures={name: str(metric.get_signature()) for name, metric in metrics},
    )


def _metrics() -> list[tuple[str, Metric]]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    makers: dict[str, Callable[[], Metric]] = {"BLEU": BLEU, "chrF": CHRF}
    return [(name, make()) for name, make in makers.items()]


def _chances(
    outputs: Sequence[tuple[str, Sequence[str]]], references: list[list[str]]
) -> list[dict[str, float]]:
    """For each system but the first, the p value of its difference from the first, by metric."""
    from sacrebleu.significance import PairedTest

    named: list[tuple[str, Sequence[str]]] = [(name, list(lines)) for name, lines in outputs]
    test = PairedTest(named, dict(_metrics()), references, test_type="bs", n_samples=SAMPLES)
    # sacrebleu names a metric by its settings (chrF2): the order is ours.
    columns: list[list[Any]] = list(test()[1].values())[1:]
    return [
        {
            name: _chance(column[0].score, column[number])
            for (name, _), column in zip(_metrics(), columns, strict=True)
            if column[number].p_value is not None
        }
        for number in range(len(outputs))
    ]


def _chance(first: float, other: Any) -> float:
    """A difference of nothing is by chance; the bootstrap would call it certain."""
    return 1.0 if first == other.score else float(other.p_value)


def _terms(bitext: Bitext, lines: Sequence[str], matcher: Matcher | None) -> tuple[int, int]:
    """Terms of the sources whose rendering the reference has, and how many the lines have."""
    if matcher is None:
        return 0, 0
    wanted = right = 0
    for source, reference, line in zip(bitext.sources, bitext.references, lines, strict=True):
        entries = {id(match.entry): match.entry for match in matcher.find(source, bitext.source)}
        for entry in entries.values():
            if matcher.occurrences(reference, bitext.target, entry):
                wanted += 1
                right += bool(matcher.occurrences(line, bitext.target, entry))
    return wanted, right
