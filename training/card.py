"""The model card: what a pack was made of and how it was measured, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from settings import Settings

TEXT = """\
# English–Spanish pack {version}

One Transformer for both directions, trained for job postings of fair-trade and workers'-rights
organisations and packed twice, as `translate-en_es` and `translate-es_en`. harmonize uses it
through the engine `argos`; Argos Translate installs it too. Made by the recipe in `training/`.

## Model
{encoder} encoder and {decoder} decoder layers, {width} wide, {heads} heads, inner width {inner}; \
{pieces:,} SentencePiece pieces for both languages; {parameters:.1f} million parameters, eight \
bits each. Learnt {steps:,} steps of {tokens:,} target pieces; the weights are an average over \
steps.

Terms can be given in the source: `⟦ smallholder⟾ pequeño productor⟧` asks for that translation,
inflected (`"terms": "inline"` in `metadata.json`). Code words such as `XBQBZ` are copied.

## Text
{lines:,} pairs of lines; `docs/model-card.md` says where each source comes from and under which
licence.

| source | lines | weight |
| --- | ---: | ---: |
{table}

## Scores
{scores}

## Limits
It knows what its text knows: much of it is about software, little of it is job postings.
Translations can be fluent and wrong; read them before you publish. It is not meant for anything
else than postings and texts like them.
"""


@dataclass(frozen=True)
class Card:
    """What is known about a training."""

    settings: Settings
    counts: Mapping[str, Mapping[str, int]]
    log: Sequence[Mapping[str, Any]]
    parameters: int

    def text(self, scores: Mapping[str, Any] | None = None) -> str:
        """The card, in Markdown; before anything is measured it says so."""
        shape = self.settings.shape
        lines = self.counts["lines"]
        return TEXT.format(
            version=self.settings.version,
            encoder=shape.encoder,
            decoder=shape.decoder,
            width=shape.width,
            heads=shape.heads,
            inner=shape.inner,
            pieces=self.settings.pieces,
            parameters=self.parameters / 1e6,
            steps=max((int(line.get("step", 0)) for line in self.log), default=0),
            tokens=self.settings.training.tokens,
            lines=sum(lines.values()),
            table="\n".join(
                f"| {source} | {count:,} | {self.settings.share_of(source).weight:g} |"
                for source, count in lines.items()
            ),
            scores=_scores(scores["scores"]) if scores else "See `docs/model-card.md`.",
        )


def _scores(scores: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [
        f"| {name} | {s['lines']} | {s['bleu']} | {s['chrf']} | {s['terms']} | {s['terms right']} |"
        for name, s in scores.items()
    ]
    head = "| text | lines | BLEU | chrF | terms | right |\n" + "| --- " + 5 * "| ---: " + "|\n"
    signature = next(iter(scores.values()))["signature"] if scores else ""
    return head + "\n".join(rows) + f"\n\nBLEU and chrF by sacrebleu ({signature})."
