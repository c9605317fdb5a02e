"""The recipe of the two tiny Argos packs that the tests translate with.

    python tests/pack/train_pack.py            train both and write them beside this file
    python tests/pack/train_pack.py --check    train both elsewhere, compare with those here

One SentencePiece vocabulary is made from both sides of `pairs.tsv`. For each direction a
small Transformer learns the pairs by heart, is written as a CTranslate2 model with
weights of eight bits, and is zipped as an `.argosmodel`. `README.md` says the rest.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import sentencepiece
import torch
from ctranslate2.specs import attention_spec, common_spec, transformer_spec
from torch import Tensor, nn
from torch.nn import functional
from verify_pack import DIRECTIONS, HERE, Report, faults, pack_name, read_pairs

SEED = 1998
THREADS = 2
PIECES = 1200
"""Vocabulary: 256 of these are the single bytes that spell what was never seen."""

WIDTH = 96
HEADS = 4
INNER = 256
LAYERS = 2
EPSILON = 1e-5

EPOCHS = 80
BATCH = 32
PEAK_RATE = 3e-3
NOISE = 0.2
"""Share of the decoder's input that is replaced by random pieces while it learns.

A beam search ends once it has as many complete answers as beams. A model that knows its
lines too well follows each wrong turn to an early end, and four such ends push out the
right answer before it is complete. Noise teaches it to stay in step with the right answer
to the end of the line. (Dropout does not: it only slows the learning by heart.)
"""

UNKNOWN, START, END = 0, 1, 2
"""SentencePiece's own numbers for <unk>, <s> and </s>; the model keeps them."""
PADDING = -100
"""The value that `cross_entropy` leaves out; never an index of the vocabulary."""

NAMES = {"en": "English", "es": "Spanish"}
PACK_README = """\
# {source} to {target}, test data of harmonize

A very small model that has learnt {pairs} lines by heart, so that tests can drive the
whole Argos path offline. It does not translate anything else: do not use it as a translator.
"""


# --- vocabulary ---------------------------------------------------------------------


def train_vocabulary(pairs: list[tuple[str, str]]) -> bytes:
    """A SentencePiece model of both languages together, as the bytes of its file.

    It is fed and collected in memory: trained from a file, it would carry that file's path.
    The lines are clean already, so it normalises nothing, which keeps large tables out.
    """
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([line for pair in pairs for line in pair]),
        model_writer=model,
        vocab_size=PIECES,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=1.0,
        normalization_rule_name="identity",
        unk_id=UNKNOWN,
        bos_id=START,
        eos_id=END,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


# --- the model, laid out as CTranslate2 lays it out -----------------------------------


class Attention(nn.Module):
    """Multi-head attention behind a layer norm, with its residual.

    Keys and values are one projection, and in self-attention queries are part of it too,
    because that is how CTranslate2 stores them.
    """

    def __init__(self, *, is_self: bool) -> None:
        super().__init__()
        self.is_self = is_self
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        sizes = [3 * WIDTH] if is_self else [WIDTH, 2 * WIDTH]
        self.linear = nn.ModuleList(nn.Linear(WIDTH, size) for size in [*sizes, WIDTH])

    def forward(self, states: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """Attend from *states* to *memory*, or to themselves, where *mask* is true."""
        normed = self.norm(states)
        if memory is None:
            query, key, value = self.linear[0](normed).chunk(3, dim=-1)
        else:
            query = self.linear[0](normed)
            key, value = self.linear[1](memory).chunk(2, dim=-1)
        heads = [part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in (query, key, value)]
        mixed = functional.scaled_dot_product_attention(*heads, attn_mask=mask)
        return states + self.linear[-1](mixed.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    """Two linear layers with ReLU between them, behind a layer norm, with their residual."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.linear_0 = nn.Linear(WIDTH, INNER)
        self.linear_1 = nn.Linear(INNER, WIDTH)

    def forward(self, states: Tensor) -> Tensor:
        """Transform each position on its own."""
        inner = functional.relu(self.linear_0(self.norm(states)))
        return states + self.linear_1(inner)


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder when it also attends to the source."""

    def __init__(self, *, to_source: bool) -> None:
        super().__init__()
        self.self_attention = Attention(is_self=True)
        self.attention = Attention(is_self=False) if to_source else None
        self.ffn = FeedForward()

    def forward(
        self, states: Tensor, mask: Tensor, memory: Tensor | None, memory_mask: Tensor | None
    ) -> Tensor:
        """Run the layer; *memory* is the encoded source, for a decoder."""
        states = self.self_attention(states, mask)
        if self.attention is not None and memory_mask is not None:
            states = self.attention(states, memory_mask, memory)
        return self.ffn(states)


class Stack(nn.Module):
    """The layers of one side and the layer norm that closes them."""

    def __init__(self, *, to_source: bool) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(to_source=to_source) for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(
        self,
        states: Tensor,
        mask: Tensor,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
    ) -> Tensor:
        """Run every layer in turn."""
        for layer in self.layers:
            states = layer(states, mask, memory, memory_mask)
        return self.norm(states)


def positions(length: int) -> Tensor:
    """The sinusoids that CTranslate2 computes by itself when a model brings no table.

    They count from one, and hold all sines before all cosines. Left to CTranslate2 they
    cost no bytes in the pack and set no limit to the length of a line.
    """
    half = WIDTH // 2
    rates = torch.exp(torch.arange(half) * (-math.log(10000.0) / (half - 1)))
    angles = torch.arange(1, length + 1).unsqueeze(1) * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Transformer(nn.Module):
    """A pre-norm Transformer with one embedding for source, target and output."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(PIECES, WIDTH)
        self.bias = nn.Parameter(torch.zeros(PIECES))
        self.encoder = Stack(to_source=False)
        self.decoder = Stack(to_source=True)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)

    def embed(self, pieces: Tensor) -> Tensor:
        """Scaled embeddings with their positions."""
        return self.embedding(pieces) * math.sqrt(WIDTH) + positions(pieces.shape[1])

    def forward(self, source: Tensor, is_source: Tensor, target: Tensor) -> Tensor:
        """Scores of the next piece after each piece of *target*."""
        source_mask = is_source[:, None, None, :]
        memory = self.encoder(self.embed(source), source_mask)
        past = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).tril()
        states = self.decoder(self.embed(target), past, memory, source_mask)
        return functional.linear(states, self.embedding.weight, self.bias)


# --- training ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Examples:
    """All pairs as padded rows of piece numbers, ready to be cut into batches."""

    source: Tensor
    is_source: Tensor
    target: Tensor
    wanted: Tensor

    @classmethod
    def build(cls, sources: list[list[int]], targets: list[list[int]]) -> Examples:
        """Pad the rows; the decoder reads from <s> on and must end with </s>.

        The source gets no marks at all: Argos hands over the pieces alone.
        """
        source = _pad(sources, END)
        lengths = torch.tensor([len(row) for row in sources])
        return cls(
            source=source,
            is_source=torch.arange(source.shape[1]) < lengths.unsqueeze(1),
            target=_pad([[START, *row] for row in targets], END),
            wanted=_pad([[*row, END] for row in targets], PADDING),
        )

    def batch(self, rows: Tensor) -> Examples:
        """The given *rows*, cut to the longest of them."""
        width = int(self.is_source[rows].sum(dim=1).max())
        height = int((self.wanted[rows] != PADDING).sum(dim=1).max())
        return Examples(
            source=self.source[rows, :width],
            is_source=self.is_source[rows, :width],
            target=self.target[rows, :height],
            wanted=self.wanted[rows, :height],
        )


def _pad(rows: list[list[int]], value: int) -> Tensor:
    return nn.utils.rnn.pad_sequence(
        [torch.tensor(row) for row in rows], batch_first=True, padding_value=value
    )


def with_noise(target: Tensor) -> Tensor:
    """A copy of *target* with some pieces, never the first, replaced.

    Half of them give way to the piece that follows, as when a beam skips one; the others
    to any piece.
    """
    struck = torch.rand(target.shape) < NOISE
    struck[:, 0] = False
    skipped = torch.rand(target.shape) < 0.5
    others = torch.randint(END + 1, PIECES, target.shape)
    return torch.where(struck, torch.where(skipped, target.roll(-1, dims=1), others), target)


def train_model(examples: Examples) -> Transformer:
    """Learn the examples by heart, the same way on every run of the same machine."""
    torch.manual_seed(SEED)
    model = Transformer().train()
    rows = len(examples.source)
    steps = EPOCHS * math.ceil(rows / BATCH)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, PEAK_RATE, total_steps=steps, pct_start=0.15
    )
    for _ in range(EPOCHS):
        for picked in torch.randperm(rows).split(BATCH):
            batch = examples.batch(picked)
            scores = model(batch.source, batch.is_source, with_noise(batch.target))
            loss = functional.cross_entropy(
                scores.flatten(0, 1), batch.wanted.flatten(), ignore_index=PADDING
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return model.eval()


# --- conversion to CTranslate2 ----------------------------------------------------------

LayerSpec = (
    transformer_spec.TransformerEncoderLayerSpec | transformer_spec.TransformerDecoderLayerSpec
)


def convert(model: Transformer, vocabulary: list[str], folder: Path) -> None:
    """Write *model* to *folder* in CTranslate2's format, with weights of eight bits."""
    spec = transformer_spec.TransformerSpec.from_config(LAYERS, HEADS, pre_norm=True)
    for side, stack in ((spec.encoder, model.encoder), (spec.decoder, model.decoder)):
        _set_norm(side.layer_norm, stack.norm)
        for layer_spec, layer in zip(side.layer, stack.layers, strict=True):
            _set_layer(layer_spec, layer)
    # One array in all three places: CTranslate2 then stores it once.
    embedding = model.embedding.weight.detach().numpy()
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.projection.weight = embedding
    spec.decoder.projection.bias = model.bias.detach().numpy()
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.layer_norm_epsilon = EPSILON
    spec.config.add_source_bos = False
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = vocabulary[START]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _set_layer(spec: LayerSpec, layer: Layer) -> None:
    _set_attention(spec.self_attention, layer.self_attention)
    if layer.attention is not None:
        _set_attention(spec.attention, layer.attention)
    _set_norm(spec.ffn.layer_norm, layer.ffn.norm)
    _set_linear(spec.ffn.linear_0, layer.ffn.linear_0)
    _set_linear(spec.ffn.linear_1, layer.ffn.linear_1)


def _set_attention(spec: attention_spec.MultiHeadAttentionSpec, attention: Attention) -> None:
    _set_norm(spec.layer_norm, attention.norm)
    for linear_spec, linear in zip(spec.linear, attention.linear, strict=True):
        _set_linear(linear_spec, linear)


def _set_linear(spec: common_spec.LinearSpec, linear: nn.Linear) -> None:
    spec.weight = linear.weight.detach().numpy()
    spec.bias = linear.bias.detach().numpy()


def _set_norm(spec: common_spec.LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma = norm.weight.detach().numpy()
    spec.beta = norm.bias.detach().numpy()


# --- packs ------------------------------------------------------------------------------


def write_zip(folder: Path, pack: Path) -> None:
    """Zip *folder*, its name included, so that equal files always give equal bytes."""
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix())
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # Unix, whichever system writes it
            member.external_attr = 0o644 << 16
            archive.writestr(member, path.read_bytes())


def write_pack(
    source: str, target: str, pairs: list[tuple[str, str]], pieces: bytes, into: Path
) -> None:
    """Train one direction and write its pack to the folder *into*."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    english = processor.encode([pair[0] for pair in pairs])
    spanish = processor.encode([pair[1] for pair in pairs])
    rows = (english, spanish) if source == "en" else (spanish, english)
    model = train_model(Examples.build(*rows))
    vocabulary = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    metadata = {
        "package_version": "0.1",
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "type": "translate",
    }
    readme = PACK_README.format(source=NAMES[source], target=NAMES[target], pairs=len(pairs))
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / pack_name(source, target)
        convert(model, vocabulary, folder / "model")
        (folder / "sentencepiece.model").write_bytes(pieces)
        (folder / "metadata.json").write_text(json.dumps(metadata, indent=4) + "\n", "utf-8")
        (folder / "README.md").write_text(readme, "utf-8")
        write_zip(folder, into / f"{folder.name}.argosmodel")


def write_packs(into: Path) -> None:
    """Train both directions, with a line on the time each took."""
    into.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(mode=True)
    pairs = read_pairs()
    pieces = train_vocabulary(pairs)
    for source, target in DIRECTIONS:
        begun = time.monotonic()
        write_pack(source, target, pairs, pieces, into)
        print(f"{source}-{target}: trained in {time.monotonic() - begun:.0f} s", flush=True)


# --- check ------------------------------------------------------------------------------


def verify_apart(folder: Path) -> dict[str, Report]:
    """The reports on the packs of *folder*, from a process of their own."""
    run = subprocess.run(
        [sys.executable, str(HERE / "verify_pack.py"), str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if not run.stdout:
        raise RuntimeError(f"verify_pack.py gave no report:\n{run.stderr}")
    reports: dict[str, Report] = json.loads(run.stdout)
    for direction, report in reports.items():
        print(f"{direction}: {report['exact']}/{report['pairs']} exact, {report['size']} bytes")
        for source, wanted, got in report["wrong"]:
            print(f"  {source!r}: wanted {wanted!r}, got {got!r}")
    return reports


def differences(old: dict[str, Report], new: dict[str, Report]) -> list[str]:
    """Where the retrained packs are not the equal of the committed ones.

    Weights are not compared: another processor rounds otherwise, and the training then
    takes another way to the same end. What is compared is all that a user could notice.
    """
    found = [f"committed {fault}" for fault in faults(old)]
    found += [f"retrained {fault}" for fault in faults(new)]
    for direction, report in old.items():
        for field in ("metadata", "vocabulary", "members", "pairs"):
            if report[field] != new[direction][field]:  # type: ignore[literal-required]
                found.append(f"{direction}: {field} differs")
    return found


def check() -> int:
    """Retrain, compare with the packs beside this file, and say what differs."""
    print("committed packs")
    old = verify_apart(HERE)
    with tempfile.TemporaryDirectory() as folder:
        print("retrained packs")
        write_packs(Path(folder))
        new = verify_apart(Path(folder))
    found = differences(old, new)
    print("\n".join(found) or "equivalent")
    return 1 if found else 0


def main() -> int:
    """Write the packs, or check those that are there."""
    parser = argparse.ArgumentParser(description="Train the tiny Argos packs of the tests.")
    parser.add_argument(
        "--check", action="store_true", help="compare a new training; write nothing"
    )
    parser.add_argument("--into", type=Path, default=HERE, help="folder for the packs")
    options = parser.parse_args()
    print(f"PyTorch {torch.__version__}, CTranslate2 {ctranslate2.__version__}, seed {SEED}")
    if options.check:
        return check()
    write_packs(options.into)
    return 1 if faults(verify_apart(options.into)) else 0


if __name__ == "__main__":
    sys.exit(main())
