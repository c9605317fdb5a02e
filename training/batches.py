"""Examples as flat rows of piece numbers, and batches of a few fixed shapes cut from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import sentencepiece
import torch
from model import PADDING
from numpy.typing import NDArray
from torch import Tensor
from vocabulary import END, INTO_EN, INTO_ES

CHUNK = 20_000
"""Lines that a process cuts into pieces at a time."""
ROUND = 8
"""Rows of a batch come in multiples of this, as the matrix units like them."""

Numbers = NDArray[np.int64]


class Batch(NamedTuple):
    """Rows of one length: source, where it stands, the decoder's input and what it should say."""

    source: Tensor
    mask: Tensor
    target: Tensor
    wanted: Tensor


@dataclass(frozen=True)
class Examples:
    """All examples: pieces one behind the other, and where each side begins and how long it is."""

    pieces: Tensor
    begin: Tensor
    length: Tensor
    start: Tensor
    weight: NDArray[np.float32]

    def to(self, device: torch.device) -> Examples:
        """The same, on *device*."""
        sides = (self.pieces, self.begin, self.length, self.start)
        pieces, begin, length, start = (part.to(device) for part in sides)
        return Examples(pieces, begin, length, start, self.weight)

    def longest(self) -> Numbers:
        """The longer side of each example, the end mark counted."""
        length: Numbers = self.length.cpu().numpy().astype(np.int64)
        return np.maximum(length[:, 0], length[:, 1] + 1)

    def batch(self, rows: Tensor, width: int) -> Batch:
        """The examples *rows*, each side filled up to *width* pieces."""
        at = torch.arange(width, device=rows.device)
        length = self.length[rows]
        here = at < length[:, :, None]
        where = (self.begin[rows][:, :, None] + at).masked_fill(~here, 0)
        sides = self.pieces[where].long().masked_fill(~here, END)
        target = torch.cat([self.start[rows, None].long(), sides[:, 1, :-1]], dim=1)
        wanted = sides[:, 1].masked_fill(at > length[:, 1, None], PADDING)
        return Batch(sides[:, 0], here[:, None, None, 0], target, wanted)


def read(lines: Sequence[str], pieces: bytes, longest: int, processes: int) -> Examples:
    """Cut *lines* of ``examples.tsv`` into pieces; examples longer than *longest* are left out."""
    chunks = [lines[at : at + CHUNK] for at in range(0, len(lines), CHUNK)]
    if processes > 1 and len(chunks) > 1:
        with ProcessPoolExecutor(processes) as pool:
            parts = list(pool.map(_cut, chunks, [pieces] * len(chunks), [longest] * len(chunks)))
    else:
        parts = [_cut(chunk, pieces, longest) for chunk in chunks]
    flat, lengths, starts, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
    begin = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    return Examples(
        torch.from_numpy(flat),
        torch.from_numpy(begin.reshape(-1, 2)),
        torch.from_numpy(lengths.reshape(-1, 2)),
        torch.from_numpy(starts),
        weights,
    )


def _cut(
    lines: Sequence[str], pieces: bytes, longest: int
) -> tuple[NDArray[np.int16], Numbers, Numbers, NDArray[np.float32]]:
    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    rows = [line.split("\t") for line in lines]
    sides = [processor.encode([row[column] for row in rows]) for column in (2, 3)]
    flat: list[int] = []
    lengths: list[int] = []
    starts: list[int] = []
    weights: list[float] = []
    for row, one, other in zip(rows, *sides, strict=True):
        if not 0 < max(len(one), len(other) + 1, len(one) + 1) <= longest:
            continue
        for source, target, start in _directions(row[1], one, other):
            flat += source + target
            lengths += (len(source), len(target))
            starts.append(start)
            weights.append(float(row[0]))
    as_is = np.array(flat, dtype=np.uint16).view(np.int16)
    return as_is, np.array(lengths), np.array(starts), np.array(weights, dtype=np.float32)


def _directions(
    direction: str, one: list[int], other: list[int]
) -> Iterator[tuple[list[int], list[int], int]]:
    yield one, other, INTO_EN if direction == "<" else INTO_ES
    if direction == "=":
        yield other, one, INTO_EN


@dataclass(frozen=True)
class Plan:
    """Which rows are learnt together, and how wide they are, pass after pass."""

    longest: Numbers
    weight: NDArray[np.float32]
    lengths: tuple[int, ...]
    tokens: int
    seed: int

    def rows(self, width: int) -> int:
        """Rows of a batch of this *width*."""
        return max(ROUND, self.tokens // width // ROUND * ROUND)

    def batches(self, number: int) -> list[tuple[int, Numbers]]:
        """The batches of pass *number*: always the same for a seed."""
        chance = np.random.default_rng((self.seed, number))
        times = np.floor(self.weight + chance.random(len(self.weight))).astype(np.int64)
        order = chance.permutation(np.repeat(np.arange(len(times)), times))
        bucket = np.searchsorted(self.lengths, self.longest[order])
        made = [
            (width, rows)
            for at, width in enumerate(self.lengths)
            for rows in self._full(order[bucket == at], width)
        ]
        return [made[at] for at in chance.permutation(len(made))]

    def _full(self, order: Numbers, width: int) -> Iterable[Numbers]:
        """Batches of one size; the last one is filled up from the first."""
        if not len(order):
            return []
        size = self.rows(width)
        count = -(-len(order) // size)
        return list(np.resize(order, count * size).reshape(count, size))
