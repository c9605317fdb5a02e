"""The pieces that words are written with: one SentencePiece model for both languages."""

from __future__ import annotations

import io
from collections.abc import Iterable

import sentencepiece

UNKNOWN, BEGIN, END, INTO_EN, INTO_ES = range(5)
"""Numbers of the first pieces.  The decoder starts with the language that it is to write."""

STARTS = {"en": "<2en>", "es": "<2es>"}
MARKS = "⟦⟾⟧"
"""`harmonize.engines.pack_terms.MARKS`, which is not installed where a model is trained."""


def train(lines: Iterable[str], pieces: int, seed: int) -> bytes:
    """A SentencePiece model, as the bytes of its file; the marks around terms are pieces of it."""
    sentencepiece.set_random_generator_seed(seed)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        vocab_size=pieces,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=0.9998,
        normalization_rule_name="identity",  # the lines are in composed form already
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        control_symbols=list(STARTS.values()),
        user_defined_symbols=list(MARKS),
        split_digits=True,  # numbers are copied digit by digit
        num_threads=2,
        minloglevel=2,
    )
    return model.getvalue()
