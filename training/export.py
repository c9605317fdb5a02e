"""Weights as two packs that Argos Translate installs: one model, started in either language."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import sentencepiece
from ctranslate2.specs import attention_spec, common_spec, transformer_spec
from settings import Settings
from vocabulary import STARTS
from weights import Arrays

from harmonize.engines.pack_terms import INLINE

DIRECTIONS = (("en", "es"), ("es", "en"))
NAMES = {"en": "English", "es": "Spanish"}
EPSILON = 1e-5


def pack_name(source: str, target: str, version: str) -> str:
    """The name of a pack, made as the Argos index makes it.

    >>> pack_name("en", "es", "1.0")
    'translate-en_es-1_0'
    """
    return f"translate-{source}_{target}-{version.replace('.', '_')}"


def write_packs(
    arrays: Arrays, settings: Settings, pieces: bytes, card: str, into: Path
) -> list[Path]:
    """Both packs, written to the folder *into*; *card* goes into each as its README."""
    into.mkdir(parents=True, exist_ok=True)
    packs = []
    for source, target in DIRECTIONS:
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work) / pack_name(source, target, settings.version)
            convert(arrays, settings, pieces, STARTS[target], folder / "model")
            (folder / "sentencepiece.model").write_bytes(pieces)
            metadata = json.dumps(_metadata(source, target, settings.version), indent=4) + "\n"
            (folder / "metadata.json").write_text(metadata, "utf-8")
            (folder / "README.md").write_text(card, "utf-8")
            packs.append(into / f"{folder.name}.argosmodel")
            write_zip(folder, packs[-1])
    return packs


def _metadata(source: str, target: str, version: str) -> dict[str, str]:
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "type": "translate",
        "terms": INLINE,
    }


def convert(arrays: Arrays, settings: Settings, pieces: bytes, start: str, folder: Path) -> None:
    """Write a CTranslate2 model with weights of eight bits, whose answers begin behind *start*."""
    # CTranslate2 scales the weights where they lie: the next model needs them as they were.
    arrays = {name: array.copy() for name, array in arrays.items()}
    shape = settings.shape
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder, shape.decoder), shape.heads, pre_norm=True
    )
    for name, side in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        _set_norm(side.layer_norm, arrays, f"{name}_norm")
        for number, layer in enumerate(side.layer):
            _set_layer(layer, arrays, f"{name}.{number}")
    # One array in all three places: CTranslate2 then stores it once.
    embedding = arrays["embedding.weight"]
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.projection.weight = embedding
    spec.decoder.projection.bias = arrays["bias"]
    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    vocabulary = [processor.id_to_piece(number) for number in range(len(processor))]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.layer_norm_epsilon = EPSILON
    spec.config.add_source_bos = False
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = start
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _set_layer(spec: Any, arrays: Arrays, name: str) -> None:
    _set_attention(spec.self_attention, arrays, f"{name}.self_attention")
    if f"{name}.attention.norm.weight" in arrays:
        _set_attention(spec.attention, arrays, f"{name}.attention")
    _set_norm(spec.ffn.layer_norm, arrays, f"{name}.ffn.norm")
    _set_linear(spec.ffn.linear_0, arrays, f"{name}.ffn.linear_0")
    _set_linear(spec.ffn.linear_1, arrays, f"{name}.ffn.linear_1")


def _set_attention(spec: attention_spec.MultiHeadAttentionSpec, arrays: Arrays, name: str) -> None:
    _set_norm(spec.layer_norm, arrays, f"{name}.norm")
    for number, linear in enumerate(spec.linear):
        _set_linear(linear, arrays, f"{name}.linear.{number}")


def _set_linear(spec: common_spec.LinearSpec, arrays: Arrays, name: str) -> None:
    spec.weight, spec.bias = arrays[f"{name}.weight"], arrays[f"{name}.bias"]


def _set_norm(spec: common_spec.LayerNormSpec, arrays: Arrays, name: str) -> None:
    spec.gamma, spec.beta = arrays[f"{name}.weight"], arrays[f"{name}.bias"]


def write_zip(folder: Path, pack: Path) -> None:
    """Zip *folder*, its name included, so that equal files always give equal bytes."""
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix())
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # Unix, whichever system writes it
            member.external_attr = 0o644 << 16
            archive.writestr(member, path.read_bytes())
