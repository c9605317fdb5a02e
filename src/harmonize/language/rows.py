"""The rows of a posting: mixed blocks cut, and what stands in both languages put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harmonize.language.context import detect_blocks
from harmonize.language.detect import HOME, changes, detect
from harmonize.language.evidence import likely, print_of
from harmonize.language.parallel import pairs
from harmonize.records import UNDETERMINED, Block, Detection, Row

_BETWEEN = re.compile(
    r"(?<!\s)\s+(?:/|//|\||–|—|-|·)\s+|(?:(?<!\s)\s+)?/\s*(?=[^\W\d_]{3})|(?<!\s)\s+\((?=[^()]+\):?$)"
)
_LINE = 120
"""Code points of the longest line that may say one thing twice."""
_SURE = 0.8
_UNCUT = frozenset({"table", "boilerplate", "title"})
_NOBODY = Detection(language=UNDETERMINED, confidence=1.0, decided_by="paired")


def resolve(text: str, blocks: Sequence[Block]) -> list[Row]:
    """*blocks* of *text* with their languages; what is ``mixed`` is cut where it changes.

    A block and its own version in the other language become one row, at the place of the first;
    the version is the row's ``translation``.  Offsets still lead to *text*; a separator such as
    the "/" of "Requirements / Requisitos" lies in neither block.

    >>> from harmonize.segments import segment
    >>> text = "Requirements / Requisitos\\n\\nApply by e-mail to our team. Buscamos una promotora."
    >>> for row in resolve(text, segment(text)):
    ...     print(row.detection.language, row.block.text, row.translation and row.translation.text)
    en Requirements Requisitos
    en Apply by e-mail to our team. None
    es Buscamos una promotora. None
    """
    rows = [
        row
        for block, found in zip(blocks, detect_blocks(blocks), strict=True)
        for row in _cut(text, block, found)
    ]
    return list(_together(rows))


def _together(rows: Sequence[Row]) -> Iterator[Row]:
    """*rows*, each pair of versions as one."""
    found = [_NOBODY if row.translation else row.detection for row in rows]
    versions = dict(pairs([row.block for row in rows], found))
    later = frozenset(versions.values())
    for at, row in enumerate(rows):
        if at in versions:
            yield row.model_copy(update={"translation": rows[versions[at]].block})
        elif at not in later:
            yield row


def _cut(text: str, block: Block, found: Detection) -> list[Row]:
    """The rows of one block: mostly one."""
    halves = _halves(text, block)
    if halves:
        return [halves]
    spans = changes(block.text) if found.language == "mixed" and block.kind not in _UNCUT else []
    if not spans:
        return [Row(block=block, detection=found)]
    places = _places(text, block)
    return [
        Row(
            block=_part(block, places, span.start, span.end),
            detection=Detection(language=span.language, confidence=0.99, decided_by="clauses"),
        )
        for span in spans
    ]


def _halves(text: str, block: Block) -> Row | None:
    """A short line that says the same twice, in English and in Spanish, as one row."""
    if len(block.text) > _LINE or block.kind in ("table", "boilerplate", "contact"):
        return None
    breaks = list(_BETWEEN.finditer(block.text))
    if len(breaks) != 1:
        return None
    first, second = block.text[: breaks[0].start()], block.text[breaks[0].end() :]
    found, other = detect(first), detect(second)
    if {found.language, other.language} != set(HOME):
        return None
    slashed = "/" in breaks[0].group() and _beside(first, second, found, other)
    if not slashed and not _alike(block, first, second):
        return None
    places = _places(text, block)
    return Row(
        block=_part(block, places, 0, breaks[0].start()),
        detection=found,
        translation=_part(block, places, breaks[0].end(), len(block.text)),
    )


def _beside(first: str, second: str, found: Detection, other: Detection) -> bool:
    """Whether only a slash parts two surely different languages at about the same length."""
    counts = sorted((len(first.split()), len(second.split())))
    sure = min(found.confidence, other.confidence) >= _SURE
    return sure and counts[0] > 1 and counts[1] <= 2 * counts[0]


def _alike(block: Block, first: str, second: str) -> bool:
    one, two = (print_of(block.model_copy(update={"text": half})) for half in (first, second))
    return likely(one, two) or (block.kind in ("title", "heading") and bool(one.keys & two.keys))


def _part(block: Block, places: Sequence[int], start: int, end: int) -> Block:
    """``block.text[start:end]`` as a block of its own; the first part keeps the marker."""
    words = block.text[start:end]
    inner = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip())
    whole = words.strip()
    if block.text[start - 1 : start] == "(" or (start and block.text[:start].endswith(" (")):
        whole = whole.rstrip(":").removesuffix(")")
    return block.model_copy(
        update={
            "text": whole,
            "start": places[inner] if start else block.start,
            "end": places[last - 1] + 1 if end < len(block.text) else block.end,
            "marker": "" if start else block.marker,
        }
    )


def _places(text: str, block: Block) -> list[int]:
    """For each character of the block's text, where it stands in *text*.

    The block's text is its source with white space made single and line-end hyphens taken out,
    so walking both side by side finds every character again.
    """
    places: list[int] = []
    at = block.start + len(block.marker)
    for letter in block.text:
        if not letter.isspace():
            while text[at] != letter:
                at += 1
        places.append(at)
        at += not letter.isspace()
    return places
