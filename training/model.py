"""The Transformer, laid out as CTranslate2 lays it out: pre-norm, one embedding for all."""

from __future__ import annotations

import math

import torch
from settings import Shape
from torch import Tensor, nn
from torch.nn import functional
from vocabulary import END

PADDING = -100
"""The value that `cross_entropy` leaves out; never a number of the vocabulary."""
EPSILON = 1e-5
_INTO_RESIDUAL = (
    "ffn.linear_1.weight",
    "self_attention.linear.1.weight",
    ".attention.linear.2.weight",
)


class Attention(nn.Module):
    """Multi-head attention behind a layer norm, with its residual.

    ``linear`` holds the projections in CTranslate2's order: queries, keys and values in one where
    a side attends to itself; else queries, then keys and values; the output last.
    """

    def __init__(self, shape: Shape, *, is_self: bool) -> None:
        super().__init__()
        width = shape.width
        self.heads, self.dropout = shape.heads, shape.dropout
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        sizes = [3 * width] if is_self else [width, 2 * width]
        self.linear = nn.ModuleList(nn.Linear(width, size) for size in [*sizes, width])

    def forward(self, states: Tensor, mask: Tensor | None, memory: Tensor | None = None) -> Tensor:
        """Attend to *memory* where *mask* is true; without a memory to what came before, or,
        where there is a *mask*, to all of the own side."""
        normed = self.norm(states)
        if memory is None:
            parts = self.linear[0](normed).chunk(3, dim=-1)
        else:
            parts = (self.linear[0](normed), *self.linear[1](memory).chunk(2, dim=-1))
        heads = [part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts]
        query, key, value = heads
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, is_causal=mask is None
        )
        out = self.linear[-1](mixed.transpose(1, 2).flatten(2))
        return states + functional.dropout(out, self.dropout, self.training)


class FeedForward(nn.Module):
    """Two linear layers with ReLU between them, behind a layer norm, with their residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.dropout = shape.dropout
        self.norm = nn.LayerNorm(shape.width, eps=EPSILON)
        self.linear_0 = nn.Linear(shape.width, shape.inner)
        self.linear_1 = nn.Linear(shape.inner, shape.width)

    def forward(self, states: Tensor) -> Tensor:
        """Transform each position on its own."""
        inner = functional.relu(self.linear_0(self.norm(states)))
        out = self.linear_1(functional.dropout(inner, self.dropout, self.training))
        return states + functional.dropout(out, self.dropout, self.training)


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder when it also attends to the source."""

    def __init__(self, shape: Shape, *, to_source: bool) -> None:
        super().__init__()
        self.to_source = to_source
        self.self_attention = Attention(shape, is_self=True)
        self.attention = Attention(shape, is_self=False) if to_source else None
        self.ffn = FeedForward(shape)

    def forward(self, states: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """Run the layer; *mask* is that of the source, *memory* what the encoder made of it."""
        states = self.self_attention(states, None if self.to_source else mask)
        if self.attention is not None:
            states = self.attention(states, mask, memory)
        out: Tensor = self.ffn(states)
        return out


class Transformer(nn.Module):
    """Reads piece numbers, gives the states that the next pieces are told from."""

    table: Tensor

    def __init__(self, shape: Shape, pieces: int, longest: int) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(pieces, shape.width)
        self.bias = nn.Parameter(torch.zeros(pieces))
        self.encoder = nn.ModuleList(Layer(shape, to_source=False) for _ in range(shape.encoder))
        self.decoder = nn.ModuleList(Layer(shape, to_source=True) for _ in range(shape.decoder))
        self.encoder_norm = nn.LayerNorm(shape.width, eps=EPSILON)
        self.decoder_norm = nn.LayerNorm(shape.width, eps=EPSILON)
        self.register_buffer("table", positions(longest, shape.width), persistent=False)
        self._initialise()

    def _initialise(self) -> None:
        """Deep pre-norm stacks learn steadily when what enters the residual starts small."""
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        for side, depth in ((self.encoder, 2), (self.decoder, 3)):
            for name, weight in side.named_parameters():
                if name.endswith(_INTO_RESIDUAL):
                    weight.data.mul_((depth * len(side)) ** -0.5)
        nn.init.normal_(self.embedding.weight, std=self.shape.width**-0.5)

    def embed(self, pieces: Tensor) -> Tensor:
        """Scaled embeddings with their positions, in the precision of the table."""
        scaled = self.embedding(pieces) * math.sqrt(self.shape.width)
        return functional.dropout(
            scaled + self.table[: pieces.shape[1]], self.shape.dropout, self.training
        )

    def encode(self, source: Tensor, mask: Tensor) -> Tensor:
        """The encoder's states; *mask* (rows, 1, 1, pieces) is true where a piece stands."""
        states = self.embed(source)
        for layer in self.encoder:
            states = layer(states, mask)
        normed: Tensor = self.encoder_norm(states)
        return normed

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """The decoder's states behind each piece of *target*."""
        states = self.embed(target)
        for layer in self.decoder:
            states = layer(states, mask, memory)
        normed: Tensor = self.decoder_norm(states)
        return normed

    def scores(self, states: Tensor) -> Tensor:
        """Scores of each piece of the vocabulary."""
        return functional.linear(states, self.embedding.weight, self.bias)

    def forward(self, source: Tensor, mask: Tensor, target: Tensor) -> Tensor:
        """The scores of the next piece after each piece of *target*."""
        return self.scores(self.decode(target, self.encode(source, mask), mask))

    @torch.no_grad()
    def translate(self, source: Tensor, mask: Tensor, start: Tensor, longest: int) -> Tensor:
        """The likeliest piece, one after the other; rows are filled up behind ``</s>``."""
        memory = self.encode(source, mask)
        target = start[:, None]
        done = torch.zeros_like(start, dtype=torch.bool)
        for _ in range(longest):
            best = self.scores(self.decode(target, memory, mask)[:, -1]).argmax(dim=-1)
            best = best.masked_fill(done, END)
            target = torch.cat([target, best[:, None]], dim=1)
            done |= best == END
            if bool(done.all()):
                break
        return target[:, 1:]


def positions(length: int, width: int) -> Tensor:
    """The sinusoids that CTranslate2 computes by itself: they count from one, sines first.

    >>> positions(3, 8).shape
    torch.Size([3, 8])
    """
    half = width // 2
    rates = torch.exp(torch.arange(half) * (-math.log(10000.0) / (half - 1)))
    angles = torch.arange(1, length + 1).unsqueeze(1) * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)
