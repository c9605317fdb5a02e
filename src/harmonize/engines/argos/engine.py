"""Packs of Argos Translate, run directly: CTranslate2 over whole batches.

Argos Translate's own ``translate`` goes paragraph by paragraph and fetches sentence splitters from
the network; here its packs are only located and their tokenizer used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harmonize.engines.argos.decode import Job, PackDecoder
from harmonize.engines.argos.terms import enforce
from harmonize.engines.base import Availability, Pair, Request, Result
from harmonize.engines.pack_terms import annotated, citations, reads_terms, without_marks
from harmonize.engines.packs import Pack, load_package, model_digest, model_files, usable_packs
from harmonize.errors import EngineFailed, PackError
from harmonize.glossary.model import Language
from harmonize.machine import cores_given

if TYPE_CHECKING:
    import ctranslate2

INSTALL = "harmonize packs install en-es && harmonize packs install es-en"


class ArgosEngine:
    """English to Spanish and back through installed ``.argosmodel`` packs."""

    name = "argos"

    def __init__(self, packs: Mapping[Pair, Pack] | None = None) -> None:
        """*packs* are those to be used; None for the best that are installed."""
        self._loaded: dict[Pair, PackDecoder] = {}
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
        names = ", ".join(pack.shown for pack in packs.values())
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
        """Translate *batch* at once, its terms as the glossary has them; the order is kept."""
        if not batch:
            return []
        decoder = self._load((source, target))
        language: Language = "en" if target == "en" else "es"
        sources = [request.text for request in batch]
        inline = reads_terms(self._find()[source, target].folder)
        if inline:
            sources = [annotated(each.text, citations(each.terms, language)) for each in batch]
        texts = [best for best, *_ in decoder.decode([Job(text) for text in sources])]
        texts = [without_marks(text) for text in texts] if inline else texts
        return enforce(batch, texts, decoder, language)

    def close(self) -> None:
        """Forget the loaded models."""
        self._loaded = {}
        self._packs = self._given
        self._signature = ""

    def _find(self) -> Mapping[Pair, Pack]:
        if self._packs is None:
            self._packs = usable_packs()
        return self._packs

    def _load(self, pair: Pair) -> PackDecoder:
        if pair not in self._loaded:
            pack = self._find()[pair]
            cores = cores_given()
            try:
                translator = _translator(pack, cores)
            except (RuntimeError, OSError) as error:
                remedy = f"Install it again: harmonize packs remove {pack.name}"
                raise EngineFailed(f"{pack.name} does not load: {error}.", remedy) from error
            self._loaded[pair] = PackDecoder(load_package(pack), translator, cores)
        return self._loaded[pair]


def _translator(pack: Pack, cores: int) -> ctranslate2.Translator:
    """One worker for each core, with the weights in common.

    Cores that share one batch wait for each other after every layer; a batch for each does not.
    """
    import ctranslate2

    # Official packs are stored in eight bits; one that is not is read as if it were.
    eight_bits = "int8" in ctranslate2.get_supported_compute_types("cpu")
    return ctranslate2.Translator(
        str(Path(pack.folder) / "model"),
        device="cpu",
        files=model_files(pack),
        compute_type="int8" if eight_bits else "default",
        inter_threads=cores,
        intra_threads=1,
    )
