"""Sentences a second through an Argos pack: harmonize, Argos Translate, CTranslate2 alone.

The pack is a stand-in (`speed.pack`).  Harmonize does whole runs, from files to files, with all
stages on (`speed.engine`); what a run over a quarter of the postings takes is taken off, and its
sentences with it: what is left has no start in it, as the others have loaded their models before.
Argos Translate gets the same sentences as its users give them, one paragraph after another, through
`argostranslate.translate.translate`.  Its sentence splitters want models from the network; in their
place stands ours, which is as good for it as no splitting, for every paragraph here is one
sentence.  CTranslate2 alone gets the same sentences cut into pieces beforehand, all at once, in the
best of several ways to cut them into batches.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from speed.engine import NAME, StandIn, register, use_packs
from speed.jobs import Turns, processor, run
from speed.kit import Figure, Measured, seconds, side_by_side
from speed.pack import OFFICIAL, SMALL, write_packs
from speed.postings import distinct, write

POSTINGS, FEW = 96, 24
QUICK_POSTINGS, QUICK_FEW = 4, 2
ROUNDS = 3
ENFORCED = 48
"""Sentences with a term, to measure what putting it in costs at worst."""

WAYS = ((1, 512), (1, 1024), (1, 2048), (0, 256), (0, 512), (0, 1024))
"""Workers (0: one for each core), and source pieces in a batch."""


def measure(quick: bool) -> Measured:
    """All that has to do with packs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        use_packs(folder)
        register(folder / "engines")
        write_packs(folder / "packages", SMALL if quick else OFFICIAL)
        write(distinct(QUICK_FEW if quick else FEW), folder / "few")
        write(distinct(QUICK_POSTINGS if quick else POSTINGS), folder / "all")
        return _measured(folder, quick)


def _measured(folder: Path, quick: bool) -> Measured:
    texts = _texts(folder)
    few = len(_texts(folder, "few"))
    bare = Bare(texts, [WAYS[-1]] if quick else WAYS)
    rounds = 1 if quick else ROUNDS
    ours = Turns(lambda number: run(folder / "all", folder / f"out{number}", NAME))
    start = Turns(lambda number: run(folder / "few", folder / f"start{number}", NAME))
    mine, alone = side_by_side(ours, bare.best, rounds)
    started = statistics.median(seconds(start) for _ in range(rounds))
    busy = processor(ours) - processor(start), processor(bare.best)
    rate = (len(texts) - few) / max(mine - started, mine / 100)
    argos = seconds(_argos_translate(texts))
    slowed = _enforced(texts[: 2 if quick else ENFORCED])
    count = len(texts)
    name = "sentences a second, all stages on"
    return Measured(
        [
            Figure(
                "argos/argostranslate",
                f"Argos pack: {name}",
                "/s",
                rate,
                "argostranslate, paragraph by paragraph",
                count / argos,
            ),
            Figure(
                "argos/ctranslate2",
                f"Argos pack: {name}",
                "/s",
                rate,
                "bare CTranslate2, packed batches",
                count / alone,
            ),
            Figure(
                "argos/processor",
                "Argos pack: processor time of a sentence, all stages on",
                "ms",
                1000 * busy[0] / (len(texts) - few),
                "bare CTranslate2, packed batches",
                1000 * busy[1] / len(texts),
            ),
            Figure(
                "argos/terms",
                "Argos pack: a term in every sentence, and never in the pack's own words",
                "/s",
                slowed[0],
                "without terms",
                slowed[1],
            ),
        ],
        {"sentences": count, "pieces": bare.pieces, "ctranslate2": bare.found},
    )


def _texts(folder: Path, name: str = "all") -> list[tuple[str, str]]:
    """What the engine is asked in a run, found out in one process."""
    StandIn.seen.clear()
    run(folder / name, folder / f"asked {name}", NAME, workers=1)
    return sorted(set(StandIn.seen))


class Bare:
    """CTranslate2 with nothing around it: the best that any program could get out of it."""

    def __init__(self, texts: Sequence[tuple[str, str]], ways: Sequence[tuple[int, int]]) -> None:
        self._rows = {source: self._cut(source, texts) for source in ("en", "es")}
        self._models: dict[tuple[str, int], Any] = {}
        self.pieces = sum(len(row) for rows in self._rows.values() for row in rows)
        some = max(8, len(texts) // 6)  # of each direction: enough to tell which way is best
        for way in ways:
            self.translate(way, 8)  # loads
        self.found = {f"{way[0]}×{way[1]}": round(seconds(lambda: self.translate(way, some)), 2)  # noqa: B023
                      for way in ways}  # fmt: skip
        self._way = min(ways, key=lambda way: self.found[f"{way[0]}×{way[1]}"])

    def best(self) -> None:
        """All texts, in the way that was the fastest."""
        self.translate(self._way)

    def translate(self, way: tuple[int, int], most: int | None = None) -> None:
        """All texts (or *most* of each direction), sorted by length and packed by CTranslate2."""
        workers, tokens = way
        for source, rows in self._rows.items():
            if rows:
                self._model(source, workers).translate_batch(
                    rows[:most],
                    beam_size=4,
                    length_penalty=0.2,
                    replace_unknowns=True,
                    max_batch_size=tokens,
                    batch_type="tokens",
                )

    def _cut(self, source: str, texts: Sequence[tuple[str, str]]) -> list[list[str]]:
        tokenizer = _package(source).tokenizer
        return [list(tokenizer.encode(text)) for language, text in texts if language == source]

    def _model(self, source: str, workers: int) -> Any:
        import os

        import ctranslate2

        if (source, workers) not in self._models:
            cores = len(os.sched_getaffinity(0))
            self._models[source, workers] = ctranslate2.Translator(
                str(_package(source).package_path / "model"),
                inter_threads=workers or cores,
                intra_threads=cores if workers else 1,
            )
        return self._models[source, workers]


def _package(source: str) -> Any:
    from argostranslate.package import get_installed_packages

    return next(each for each in get_installed_packages() if each.from_code == source)


def _argos_translate(texts: Sequence[tuple[str, str]]) -> Callable[[], None]:
    """Argos Translate on *texts*, one call for each; its models are loaded already."""
    import argostranslate.sbd as splitters
    from argostranslate.translate import translate

    from harmonize.segments import sentences

    def split(splitter: Any, text: str) -> list[str]:
        return [part.strip() for part in sentences(text, splitter.pkg.from_code)]

    splitters.MiniSBDSentencizer.split_sentences = split
    other = {"en": "es", "es": "en"}
    for source, target in other.items():
        translate("One.", source, target)

    def all_of_them() -> None:
        for source, text in texts:
            translate(text, source, other[source])

    return all_of_them


def _enforced(texts: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Sentences a second with a term in each that the pack never says, and without."""
    from harmonize.engines.argos.engine import ArgosEngine
    from harmonize.engines.base import Request
    from harmonize.glossary import Entry, Glossary, Matcher

    words = [text for source, text in texts if source == "en"]
    entry = Entry(en="shed", es="galpón", pos="noun", gender="m")
    matcher = Matcher(Glossary(entries=(entry,)))
    plain = [Request(f"{text.rstrip('.')} of the shed.") for text in words]
    asked = [each._replace(terms=tuple(matcher.find(each.text, "en"))) for each in plain]
    engine = ArgosEngine()
    engine.translate(plain[:1], "en", "es")
    slow, fast = side_by_side(
        lambda: engine.translate(asked, "en", "es"), lambda: engine.translate(plain, "en", "es"), 1
    )
    return len(words) / slow, len(words) / fast
