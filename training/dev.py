"""Development lines: translated with the model at hand, and scored where sacrebleu is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sentencepiece
import torch
from model import Transformer
from vocabulary import END, INTO_EN, INTO_ES

ROWS = 128
"""Lines that are translated together."""
LONGEST = 100
"""Pieces of a line; longer ones are left out of the quick look."""


@dataclass(frozen=True)
class Dev:
    """Pairs of lines; the quick look takes some of them, evenly spread."""

    english: tuple[str, ...]
    spanish: tuple[str, ...]
    pieces: bytes
    few: int

    @classmethod
    def read(cls, file: Path, pieces: bytes, few: int) -> Dev:
        """The lines ``English<TAB>Spanish`` of *file*."""
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
        return cls(tuple(row[0] for row in rows), tuple(row[1] for row in rows), pieces, few)

    def scores(
        self, model: Transformer, device: torch.device, into: Path, *, everything: bool
    ) -> dict[str, float]:
        """BLEU and chrF each way; the translations are left as ``dev.es`` and ``dev.en``."""
        step = 1 if everything else max(1, len(self.english) // self.few)
        english, spanish = self.english[::step], self.spanish[::step]
        found: dict[str, float] = {}
        for code, start, source, reference in (
            ("es", INTO_ES, english, spanish),
            ("en", INTO_EN, spanish, english),
        ):
            made = self.translate(model, device, source, start)
            (into / f"dev.{code}").write_text("".join(f"{m}\n" for m in made), encoding="utf-8")
            found |= {f"{name}_{code}": value for name, value in _scores(made, reference).items()}
        return found

    def translate(
        self, model: Transformer, device: torch.device, source: Sequence[str], start: int
    ) -> list[str]:
        """The likeliest pieces for each line, one by one; for a look, not for use."""
        processor = sentencepiece.SentencePieceProcessor(model_proto=self.pieces)
        rows = [row[:LONGEST] for row in processor.encode(list(source))]
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
        made = [""] * len(rows)
        for begin in range(0, len(order), ROWS):
            numbers = order[begin : begin + ROWS]
            width = len(rows[numbers[-1]])
            pieces = torch.tensor([rows[n] + [END] * (width - len(rows[n])) for n in numbers])
            lengths = torch.tensor([len(rows[n]) for n in numbers])
            mask = (torch.arange(width) < lengths[:, None])[:, None, None]
            first = torch.full((len(numbers),), start)
            source_, here, start_ = (part.to(device) for part in (pieces, mask, first))
            answers = model.translate(source_, here, start_, width + 20).tolist()
            for number, said in zip(numbers, answers, strict=True):
                made[number] = processor.decode([piece for piece in said if piece > INTO_ES])
        return made


def _scores(made: Sequence[str], reference: Sequence[str]) -> dict[str, float]:
    try:
        from sacrebleu import BLEU, CHRF
    except ImportError:
        return {}
    return {
        "bleu": round(BLEU().corpus_score(list(made), [list(reference)]).score, 2),
        "chrf": round(CHRF().corpus_score(list(made), [list(reference)]).score, 2),
    }
