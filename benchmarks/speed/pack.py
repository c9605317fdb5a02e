"""A stand-in for an official Argos pack: its shape and its cost, but no language.

The official packs are Transformers of 6 and 6 layers, 512 wide, 8 heads, with an inner width of
2048 and 32,000 pieces, stored in eight bits.  What a Transformer costs depends on its shape and on
how many pieces it reads and writes, not on what its numbers say; so the numbers here are random.
The vocabulary is trained on the lines of `memories/`, so that sentences of postings become about as
many pieces as with a real pack.

How long the output is must not be left to chance.  One dimension of the model is kept apart: no
layer writes to it, its only content is the decoder's position, and only the end mark looks at it.
From place `LENGTH` on it makes the end certain, before that impossible.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent
LENGTH = 24
"""Pieces of each translation: as many as a sentence of the seeds has in the mean."""

POSITIONS = 600
"""Longest text, in pieces."""

APART = 0
"""The dimension that is kept apart."""

SURE = 1000.0
"""Of the end mark; with a tenth of it a piece is as good as never said."""

NAMES = {"en": "English", "es": "Spanish"}


class Shape(NamedTuple):
    """Layers of each side, width, heads, inner width, pieces."""

    layers: int = 6
    width: int = 512
    heads: int = 8
    inner: int = 2048
    pieces: int = 32_000


OFFICIAL = Shape()
SMALL = Shape(layers=1, width=32, heads=2, inner=64, pieces=700)
"""For a run that only shows that everything works."""


def write_packs(folder: Path, shape: Shape = OFFICIAL) -> None:
    """Both directions, unpacked, as Argos Translate keeps installed packs in *folder*."""
    model = _vocabulary(shape.pieces)
    for source, target in (("en", "es"), ("es", "en")):
        pack = folder / f"translate-{source}_{target}-0_0"
        pack.mkdir(parents=True)
        (pack / "sentencepiece.model").write_bytes(model)
        (pack / "metadata.json").write_text(json.dumps(_metadata(source, target)))
        _spec(shape, model).save(str(_made(pack / "model")))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _metadata(source: str, target: str) -> dict[str, str]:
    return {
        "package_version": "0.0",
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "type": "translate",
    }


def _lines() -> list[str]:
    """Both sides of the sector memory."""
    found = []
    for file in sorted((ROOT / "memories").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as table:
            found += [row[side] for row in csv.DictReader(table) for side in ("en", "es")]
    return found


def _vocabulary(pieces: int) -> bytes:
    """A SentencePiece model of so many pieces; the rare ones are made up, and never used.

    The lines have too few words for 32,000 pieces; the rest only has to be there to be weighed.
    """
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_lines()),
        model_writer=model,
        vocab_size=pieces,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
    )
    return model.getvalue()


def _spec(shape: Shape, pieces: bytes) -> Any:
    """The model as CTranslate2 stores it."""
    import numpy as np
    import sentencepiece
    from ctranslate2.specs import transformer_spec

    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    known = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    vocabulary = known + [f"<spare{number}>" for number in range(shape.pieces - len(known))]
    chance = np.random.default_rng(1998)
    spec = transformer_spec.TransformerSpec.from_config(shape.layers, shape.heads, pre_norm=True)
    embedding = _random(chance, len(vocabulary), shape.width)
    embedding[:, APART] = 0
    for side in (spec.encoder, spec.decoder):
        _fill_norm(side.layer_norm, shape.width)
        for layer in side.layer:
            _fill_layer(layer, shape, chance)
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.position_encodings.encodings = _positions(shape.width)
    spec.decoder.projection.weight = _projection(embedding, processor.eos_id())
    spec.decoder.projection.bias = _bias(len(vocabulary), len(known), processor.eos_id())
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_bos = False
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = known[processor.bos_id()]
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _random(chance: Any, rows: int, columns: int) -> Any:
    import numpy as np

    return chance.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)


def _positions(width: int) -> Any:
    """Nothing but the place, in the dimension kept apart: before the end, or behind it."""
    import numpy as np

    places = np.zeros((POSITIONS, width), dtype=np.float32)
    places[:, APART] = np.where(np.arange(POSITIONS) < LENGTH, -10, 10)
    return places


def _projection(embedding: Any, end: int) -> Any:
    weights = embedding.copy()
    weights[end] = 0
    weights[end, APART] = SURE
    return weights


def _bias(pieces: int, known: int, end: int) -> Any:
    """Only pieces that can be read again are said: neither the control pieces nor the spare."""
    import numpy as np

    bias = np.zeros(pieces, dtype=np.float32)
    bias[:end] = bias[known:] = -SURE / 10
    return bias


def _fill_layer(spec: Any, shape: Shape, chance: Any) -> None:
    wide = shape.width
    _fill_norm(spec.self_attention.layer_norm, wide)
    _fill_linear(spec.self_attention.linear[0], 3 * wide, wide, chance)
    _fill_linear(spec.self_attention.linear[1], wide, wide, chance, into=True)
    if hasattr(spec, "attention"):
        _fill_norm(spec.attention.layer_norm, wide)
        _fill_linear(spec.attention.linear[0], wide, wide, chance)
        _fill_linear(spec.attention.linear[1], 2 * wide, wide, chance)
        _fill_linear(spec.attention.linear[2], wide, wide, chance, into=True)
    _fill_norm(spec.ffn.layer_norm, wide)
    _fill_linear(spec.ffn.linear_0, shape.inner, wide, chance)
    _fill_linear(spec.ffn.linear_1, wide, shape.inner, chance, into=True)


def _fill_norm(spec: Any, width: int) -> None:
    import numpy as np

    spec.gamma = np.ones(width, dtype=np.float32)
    spec.beta = np.zeros(width, dtype=np.float32)


def _fill_linear(spec: Any, rows: int, columns: int, chance: Any, *, into: bool = False) -> None:
    """Random weights; those that write *into* the stream leave the dimension kept apart alone."""
    import numpy as np

    spec.weight = _random(chance, rows, columns)
    if into:
        spec.weight[APART] = 0
    spec.bias = np.zeros(rows, dtype=np.float32)
