"""Packs of Argos Translate, run directly: CTranslate2 over whole batches.

Argos Translate's own ``translate`` goes paragraph by paragraph and fetches sentence splitters from
the network; here its packs are only located and their tokenizer used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmonize.engines.base import Availability, Pair, Request, Result
from harmonize.engines.packs import Pack, load_package, model_digest, usable_packs
from harmonize.errors import EngineFailed, PackError

if TYPE_CHECKING:
    import ctranslate2
    from argostranslate.package import Package

BEAM = 4
BATCH_TOKENS = 2048
"""Source tokens that are decoded together; larger batches win nothing on a CPU."""

LONGEST_OUTPUT = 512
"""Tokens.  CTranslate2 stops at 256, and would cut the longest sentences of a posting short."""

INSTALL = "harmonize packs install en-es && harmonize packs install es-en"


class ArgosEngine:
    """English to Spanish and back through installed ``.argosmodel`` packs."""

    name = "argos"

    def __init__(self, packs: Mapping[Pair, Pack] | None = None) -> None:
        """*packs* are those to be used; None for the best that are installed."""
        self._loaded: dict[Pair, tuple[Package, ctranslate2.Translator]] = {}
        self._given = packs
        self._packs = packs
        self._signature = ""

    def availability(self) -> Availability:
        """The directions that installed packs serve."""
        try:
            packs = self._find()
        except PackError as error:
            return Availability(frozenset(), error.cause, error.remedy)
        if not packs:
            return Availability(frozenset(), "no en–es pack installed", INSTALL)
        names = ", ".join(pack.name for pack in packs.values())
        return Availability(frozenset(packs), f"neural; {names}")

    def signature(self) -> str:
        """Name, version and model hash of each pack."""
        if not self._signature:  # a model of 100 MB takes a moment to read
            packs = sorted(self._find().values(), key=lambda pack: pack.name)
            self._signature = "argos-" + ",".join(
                f"{pack.source}_{pack.target}-{pack.version}-{model_digest(pack)}" for pack in packs
            )
        return self._signature

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        """Translate *batch* at once; the order is kept, CTranslate2 sorts by length itself."""
        if not batch:
            return []
        package, translator = self._load((source, target))
        tokens = [package.tokenizer.encode(request.text) for request in batch]
        prefix = package.target_prefix
        try:
            hypotheses = translator.translate_batch(
                tokens,
                target_prefix=[[prefix]] * len(tokens) if prefix else None,
                replace_unknowns=True,  # an unknown word is copied, not lost
                beam_size=BEAM,
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                max_input_length=0,  # by default the end of a long sentence is cut off unseen
                max_decoding_length=LONGEST_OUTPUT,
                length_penalty=0.2,  # as Argos Translate decodes its packs
            )
        except RuntimeError as error:
            raise EngineFailed(f"CTranslate2 stopped: {error}.", "See: harmonize doctor") from error
        return [Result(text=_decode(package, answer.hypotheses[0])) for answer in hypotheses]

    def close(self) -> None:
        """Forget the loaded models."""
        self._loaded = {}
        self._packs = self._given
        self._signature = ""

    def _find(self) -> Mapping[Pair, Pack]:
        if self._packs is None:
            self._packs = usable_packs()
        return self._packs

    def _load(self, pair: Pair) -> tuple[Package, ctranslate2.Translator]:
        if pair not in self._loaded:
            import ctranslate2

            pack = self._find()[pair]
            try:
                translator = ctranslate2.Translator(str(Path(pack.folder) / "model"), device="cpu")
            except RuntimeError as error:
                remedy = f"Install it again: harmonize packs remove {pack.name}"
                raise EngineFailed(f"{pack.name} does not load: {error}.", remedy) from error
            self._loaded[pair] = (load_package(pack), translator)
        return self._loaded[pair]


def _decode(package: Any, tokens: list[str]) -> str:
    """Tokens as text, without the target prefix of multilingual packs."""
    prefix = package.target_prefix
    if prefix and tokens and tokens[0] == prefix:
        tokens = tokens[1:]
    processor = getattr(package.tokenizer, "lazy_processor", None)
    # Argos Translate's own decode turns every "_" into a space; SentencePiece needs no such help.
    text = processor().decode_pieces(tokens) if processor else package.tokenizer.decode(tokens)
    return str(text).replace("▁", " ").strip()
