"""What the enforcement of terms needs of a model, and a CTranslate2 pack that gives it.

Everything here is text: pieces stay inside, so that a test can put a script in a model's place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from harmonize.errors import EngineFailed

if TYPE_CHECKING:
    import ctranslate2
    from argostranslate.package import Package

BEAM = 4
BATCH_TOKENS = 512
"""Source tokens that are decoded together, at most: with 2,048 a core takes a seventh longer."""

LEAST_TOKENS = 64
"""Batches are made smaller so that every worker gets one; below this, nothing is won by it."""

LONGEST_OUTPUT = 512
"""Tokens.  CTranslate2 stops at 256, and would cut the longest sentences of a posting short."""

ERASED_BY = ("", "X", "this", "esto")
"""What a term gives way to when it is asked what depends on it: nothing, or what says nothing."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class Job(NamedTuple):
    """A text to be translated; its translation begins with *prefix*."""

    source: str
    prefix: str = ""


class Erasure(NamedTuple):
    """A question: what in *translation* would the model not say without ``source[start:end]``?"""

    source: str
    start: int
    end: int
    translation: str


class Loss(NamedTuple):
    """How much less likely ``translation[start:end]``, a word, becomes, in nats; never negative."""

    start: int
    end: int
    loss: float


class Decoder(Protocol):
    """A model of one direction.  Both take whole batches."""

    def decode(self, jobs: Sequence[Job], best: int = 1) -> list[list[str]]:
        """The *best* translations of each job, the likeliest first."""
        ...

    def losses(self, erasures: Sequence[Erasure]) -> list[list[Loss]]:
        """For each erasure what each word of the translation loses."""
        ...


class PackDecoder:
    """An Argos pack: its tokenizer and its CTranslate2 model."""

    def __init__(
        self, package: Package, translator: ctranslate2.Translator, workers: int = 1
    ) -> None:
        """*workers* is how many batches *translator* decodes at once."""
        self._package = package
        self._translator = translator
        self._workers = workers

    def decode(self, jobs: Sequence[Job], best: int = 1) -> list[list[str]]:
        """As `Decoder.decode`; CTranslate2 sorts by length itself."""
        prefixes = [self._start + self._encode(job.prefix) for job in jobs]
        sources = [self._encode(job.source) for job in jobs]
        try:
            answers = self._translator.translate_batch(
                sources,
                target_prefix=prefixes if any(prefixes) else None,
                replace_unknowns=True,  # an unknown word is copied, not lost
                beam_size=max(BEAM, best),
                num_hypotheses=best,
                max_batch_size=batch_tokens(sources, self._workers),
                batch_type="tokens",
                max_input_length=0,  # by default the end of a long sentence is cut off unseen
                max_decoding_length=LONGEST_OUTPUT,
                length_penalty=0.2,  # as Argos Translate decodes its packs
            )
        except RuntimeError as error:
            raise EngineFailed(f"CTranslate2 stopped: {error}.", "See: harmonize doctor") from error
        return [[self._decode(tokens) for tokens in answer.hypotheses] for answer in answers]

    def losses(self, erasures: Sequence[Erasure]) -> list[list[Loss]]:
        """As `Decoder.losses`: the translation is scored for the text with the words and without.

        Attention would be cheaper, but finds fewer words (Li et al., "On the Word Alignment from
        Neural Machine Translation", ACL 2019, call this way prediction difference).
        """
        asked = [source for each in erasures for source in (each.source, *_erased(each))]
        targets = [self._encode(each.translation) for each in erasures]
        trials = 1 + len(ERASED_BY)
        scores = self._scores(asked, [target for target in targets for _ in range(trials)])
        return [
            _word_losses(each.translation, target, scores[trials * at : trials * (at + 1)])
            for at, (each, target) in enumerate(zip(erasures, targets, strict=True))
        ]

    def _scores(self, sources: Sequence[str], targets: Sequence[list[str]]) -> list[list[float]]:
        encoded = [self._encode(source) for source in sources]
        try:
            scored = self._translator.score_batch(
                encoded,
                [self._start + target for target in targets],
                max_batch_size=batch_tokens(encoded, self._workers),
                batch_type="tokens",
                max_input_length=0,
            )
        except RuntimeError as error:
            raise EngineFailed(f"CTranslate2 stopped: {error}.", "See: harmonize doctor") from error
        return [each.log_probs[len(self._start) :] for each in scored]

    @property
    def _start(self) -> list[str]:
        """The piece that tells a multilingual pack its target."""
        prefix = self._package.target_prefix
        return [prefix] if prefix else []

    def _encode(self, text: str) -> list[str]:
        return list(self._package.tokenizer.encode(text)) if text else []

    def _decode(self, tokens: list[str]) -> str:
        """Tokens as text, without the target prefix of multilingual packs."""
        tokens = tokens[1:] if tokens[:1] == self._start else tokens
        tokenizer: Any = self._package.tokenizer
        processor = getattr(tokenizer, "lazy_processor", None)
        # Argos Translate's own decode turns every "_" into a space; SentencePiece needs no such
        # help.
        text = processor().decode_pieces(tokens) if processor else tokenizer.decode(tokens)
        return str(text).replace("▁", " ").strip()


def batch_tokens(sources: Sequence[Sequence[str]], workers: int) -> int:
    """How many source tokens to decode together, so that every worker has as much to do.

    >>> [batch_tokens([["a"] * length] * 10, 2) for length in (1, 30, 60, 200)]
    [64, 150, 300, 500]
    """
    total = sum(map(len, sources))
    rounds = max(1, math.ceil(total / (workers * BATCH_TOKENS)))
    return max(LEAST_TOKENS, math.ceil(total / (workers * rounds)))


def _erased(erasure: Erasure) -> list[str]:
    before, after = erasure.source[: erasure.start], erasure.source[erasure.end :]
    # A text that is nothing but the term must not become empty.
    return [" ".join(f"{before}{filler}{after}".split()) or "." for filler in ERASED_BY]


def _word_losses(text: str, pieces: Sequence[str], scores: Sequence[Sequence[float]]) -> list[Loss]:
    with_term, *without = scores
    spans = piece_spans(pieces, text)
    trials = [
        [score - other for score, other in zip(with_term, trial, strict=True)] for trial in without
    ]
    return [
        Loss(*word.span(), _mean([_highest(word.span(), spans, trial) for trial in trials]))
        for word in _WORD.finditer(text)
    ]


def _mean(losses: Sequence[float]) -> float:
    """A mean in which no single trial outweighs the others."""
    return (sum(map(math.sqrt, losses)) / len(losses)) ** 2


def _highest(
    word: tuple[int, int], spans: Sequence[tuple[int, int]], losses: Sequence[float]
) -> float:
    """What the piece of *word* loses that loses most; a word's other pieces follow from it."""
    own = (
        loss
        for (start, end), loss in zip(spans, losses, strict=False)
        if start < word[1] and word[0] < max(end, start + 1)
    )
    return max(0.0, *own, 0.0)


def piece_spans(pieces: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where each piece stands in *text*; one that cannot be found there is empty.

    A piece with nothing but the mark of a word's start belongs to the word behind it.

    >>> piece_spans(["▁El", "▁", "gremio", "."], "El gremio.")
    [(0, 2), (3, 3), (3, 9), (9, 10)]
    """
    spans = []
    done = 0
    for piece in pieces:
        shown = piece.replace("▁", "").removesuffix("@@")
        done += len(text[done:]) - len(text[done:].lstrip())
        found = text.find(shown, done, done + len(shown) + 2) if shown else done
        if found < 0:
            spans.append((done, done))
        else:
            spans.append((found, found + len(shown)))
            done = found + len(shown)
    return spans
