"""Terms written into the source, for packs whose model was trained to read them there.

Such a pack says ``"terms": "inline"`` in its ``metadata.json``.  Behind each word that the glossary
knows stands the citation form of its translation, and the model puts that into the form and the
place that its sentence needs (Dinu et al. 2019, "Training neural machine translation to apply
terminology constraints").  The recipe in ``training/`` writes its examples with the same function.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from harmonize.glossary import Match
from harmonize.glossary.model import Language

OPEN = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}"
ARROW = "\N{LONG RIGHTWARDS DOUBLE ARROW FROM BAR}"
CLOSE = "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
MARKS = OPEN + ARROW + CLOSE
"""Pieces of the vocabulary; no job posting has been seen to hold one."""

INLINE = "inline"
"""The value of ``terms`` in the metadata of a pack that reads annotations."""

_HARMLESS = str.maketrans(MARKS, "[>]")


class Annotation(NamedTuple):
    """A term in a source, ``text[start:end]`` in code points, and its translation as cited."""

    start: int
    end: int
    translation: str


def reads_terms(folder: str | Path) -> bool:
    """Whether the unpacked pack in *folder* was trained to read annotations.

    >>> reads_terms("/no/such/folder")
    False
    """
    try:
        metadata = json.loads((Path(folder) / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(metadata, dict) and metadata.get("terms") == INLINE


def citations(terms: Sequence[Match], target: Language) -> list[Annotation]:
    """What the glossary has for the *terms* of a source, to be said in *target*.

    >>> from harmonize.glossary import Entry, Glossary, Matcher
    >>> glossary = Glossary(entries=(Entry(en="smallholder", es="pequeño productor"),))
    >>> citations(Matcher(glossary).find("two smallholders", "en"), "es")
    [Annotation(start=4, end=16, translation='pequeño productor')]
    """
    return [Annotation(term.start, term.end, term.entry.term(target)) for term in terms]


def annotated(text: str, terms: Iterable[Annotation]) -> str:
    """*text* with the translation of each term behind it; *terms* do not overlap.

    Marks stand where they cost no piece of the vocabulary: before the blank that begins a word.

    >>> annotated("with smallholders in", [Annotation(5, 17, "pequeño productor")])
    'with⟦ smallholders⟾ pequeño productor⟧ in'
    >>> annotated("Smallholders ⟦1⟧", [Annotation(0, 12, "pequeño productor")])
    '⟦ Smallholders⟾ pequeño productor⟧ [1]'
    """
    text = text.translate(_HARMLESS)
    pieces: list[str] = []
    done = 0
    for term in sorted(terms):
        before = text[done : term.start]
        blank = " " if before.endswith(" ") or term.start == 0 else ""
        words = text[term.start : term.end]
        translation = term.translation.translate(_HARMLESS)
        pieces += (before.removesuffix(" "), OPEN, blank, words, ARROW, " ", translation, CLOSE)
        done = term.end
    return "".join([*pieces, text[done:]])


def without_marks(text: str) -> str:
    """What a model says, without the marks that it should not have copied.

    >>> without_marks("con⟦ smallholders⟾ pequeños productores⟧ en")
    'con pequeños productores en'
    """
    kept: list[str] = []
    for number, piece in enumerate(text.split(OPEN)):
        inside, arrow, behind = piece.partition(ARROW)
        kept.append(behind if number and arrow else inside + behind)
    return "".join(kept).replace(CLOSE, "")
