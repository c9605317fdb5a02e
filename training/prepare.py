"""Text to learn from: filtered, weighted, its terms annotated, packed into one small archive.

    python training/prepare.py --bitext FOLDER --into FOLDER [--settings training/pack.toml]

leaves ``corpus.tar``: ``examples.tsv.xz`` (``weight<TAB>direction<TAB>English or
source<TAB>Spanish or target``; the direction is ``=`` for both, ``>`` into Spanish, ``<`` into
English), ``dev.tsv``, ``held_out.tsv``, ``pieces.model``, ``settings.toml`` and ``counts.json``.
"""

from __future__ import annotations

import argparse
import io
import json
import lzma
import random
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import corpus
import sector_lines
import settings as settings_file
import variants
import vocabulary
from corpus import Filter, Measured, Pair
from settings import Settings

import terms
from harmonize.engines.pack_terms import MARKS

BENCHMARKS = Path(__file__).parents[1] / "benchmarks" / "data"
SENTENCE = 5
"""Words from which a cell of a benchmark is text, not a term or a heading."""
SECTOR = "sector_"
LEAST_AGREEMENT = 0.15
"""Lines whose two alignments agree less are no translations of each other; short ones may."""
LEAST_WORDS = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    here = Path(__file__).parent
    parser.add_argument("--bitext", type=Path, required=True, help="train.tsv.xz, dev.tsv.xz")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--settings", type=Path, default=here / "pack.toml")
    parser.add_argument("--wheels", type=Path, help="packages that travel along, such as sacrebleu")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    wheels = sorted(options.wheels.glob("*.whl")) if options.wheels else []
    build(options.bitext, options.settings, wheels, options.into / "corpus.tar")


def build(bitext: Path, toml: Path, wheels: list[Path], archive: Path) -> None:
    """Make *archive* from the parallel text in *bitext* and the sector's own lines."""
    settings = settings_file.read(toml)
    chance = random.Random(settings.seed)  # noqa: S311 - nothing secret
    with lzma.open(bitext / "dev.tsv.xz", "rt", encoding="utf-8") as file:
        dev = [line.rstrip("\n").split("\t") for line in file]
    measured = Measured.of([*(side for pair in dev for side in pair), *measured_lines()])
    filter_ = Filter(measured, MARKS)
    say("filtering")
    pairs = list(taken(bitext / "train.tsv.xz", settings, filter_, chance))
    say(f"{len(pairs)} lines, refused: {dict(filter_.refused.most_common())}")
    found, pairs = with_terms(pairs, settings)
    pieces = vocabulary.train(sample(pairs, settings, chance), settings.pieces, settings.seed)
    say("writing")
    lines = list(examples(pairs, found, settings, chance))
    counts = {
        "lines": dict(sorted(Counter(pair.source for pair in pairs).items())),
        "examples": dict(Counter(line.split("\t")[1] for line in lines)),
        "refused": dict(filter_.refused.most_common()),
    }
    held_out = [list(pair[1:]) for pair in sector_lines.held_out()]
    members = {
        "settings.toml": toml.read_bytes(),
        "counts.json": (json.dumps(counts, indent=1) + "\n").encode(),
        "pieces.model": pieces,
        "dev.tsv": table(dev),
        "held_out.tsv": table(held_out),
        **{wheel.name: wheel.read_bytes() for wheel in wheels},
        "examples.tsv.xz": compressed(lines),
    }
    write(archive, members)
    say(f"{archive}: {archive.stat().st_size / 1e6:.1f} MB, {counts['examples']}")


def measured_lines() -> Iterator[str]:
    """What the project measures with: held-out pairs, and the sentences of its benchmarks."""
    for pair in sector_lines.held_out():
        yield from (pair.en, pair.es)
    for file in sorted(BENCHMARKS.glob("*.tsv")):
        cells = file.read_text(encoding="utf-8").replace("\n", "\t").split("\t")
        yield from (cell for cell in cells if len(cell.split()) >= SENTENCE)


def taken(file: Path, settings: Settings, filter_: Filter, chance: random.Random) -> Iterator[Pair]:
    """The lines that are kept: the sector's first, so that no other source hides them."""
    own = sector_lines.lines(settings.sector_fillings, chance)
    for pair in (
        *(Pair(p.source, corpus.clean(p.en), corpus.clean(p.es)) for p in own),
        *corpus.read(file),
    ):
        if chance.random() < settings.share_of(pair.source).keep and filter_.takes(pair):
            yield pair


def with_terms(
    pairs: list[Pair], settings: Settings
) -> tuple[dict[int, list[terms.Found]], list[Pair]]:
    """The terms of the pairs by number, and the pairs without those that do not fit together."""
    numbers = [n for n, pair in enumerate(pairs) if settings.share_of(pair.source).align]
    say(f"aligning {len(numbers)} lines")
    links = dict(zip(numbers, terms.align([pairs[n] for n in numbers]), strict=True))
    glossed = terms.Glossed()
    say("looking for terms")
    kept: list[Pair] = []
    found: dict[int, list[terms.Found]] = {}
    for number, pair in enumerate(pairs):
        if number in links:
            if is_loose(pair, links[number]):
                continue
            both = links[number][0] & links[number][1]
            found[len(kept)] = [*glossed.find(pair), *terms.from_links(pair, both)]
        kept.append(pair)
    return found, kept


def is_loose(pair: Pair, links: tuple[terms.Links, terms.Links]) -> bool:
    """Whether the words of a longer pair have little to do with each other."""
    long_enough = len(pair.en.split()) >= LEAST_WORDS and not pair.source.startswith(SECTOR)
    return long_enough and terms.agreement(links) < LEAST_AGREEMENT


def sample(pairs: list[Pair], settings: Settings, chance: random.Random) -> list[str]:
    """Lines to learn the pieces from: each source by its weight."""
    weights = [settings.share_of(pair.source).weight for pair in pairs]
    picked = chance.choices(pairs, weights, k=settings.piece_lines // 2)
    return [side for pair in picked for side in (pair.en, pair.es)]


def examples(
    pairs: list[Pair],
    found: dict[int, list[terms.Found]],
    settings: Settings,
    chance: random.Random,
) -> Iterator[str]:
    """Each pair for both directions, its variants, and with terms for one direction each."""
    start = 0
    for source, group in groupby(pairs, key=lambda pair: pair.source):
        rule, rows = settings.share_of(source), list(group)
        for at, pair in enumerate(rows):
            weight = f"{rule.weight:g}"
            yield "\t".join((weight, "=", pair.en, pair.es))
            for made in variants.variants(
                pair, rows[max(0, at - 2) : at], settings.variants, chance
            ):
                yield "\t".join((weight, "=", made.en, made.es))
            if (here := found.get(start + at)) and chance.random() < settings.terms.share:
                picked = terms.chosen(here, chance.randint(1, settings.terms.most), chance)
                english, spanish = terms.sides(pair, picked)
                yield "\t".join((weight, ">", english, pair.es))
                yield "\t".join((weight, "<", spanish, pair.en))
        start += len(rows)


def table(rows: Iterable[list[str]]) -> bytes:
    """Rows with tabs between their cells."""
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def compressed(lines: Iterable[str]) -> bytes:
    """Lines as small as can be: a line and its variants are near each other."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 1 << 26}]
    return lzma.compress("".join(f"{line}\n" for line in lines).encode(), filters=filters)


def write(archive: Path, members: dict[str, bytes]) -> None:
    """Write *archive*; equal contents give equal bytes."""
    with tarfile.open(archive, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def say(what: str) -> None:
    """A line on how far things are."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")


if __name__ == "__main__":
    main()
