"""The sector memory: lines looked up by what they say, templates by their rarest word."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from harmonize.glossary import contract
from harmonize.glossary.model import Language
from harmonize.language import model
from harmonize.protect import pieces_around
from harmonize.recall import GAP, Gap, Recalled, Text
from harmonize.sector import tables
from harmonize.sector.load import Row, bundled, load, memory_files
from harmonize.sector.normal import Edges, edges, tail_in, tokens
from harmonize.sector.reading import KINDS, Reading
from harmonize.sector.templates import Choice, Found, Side, Slot, makes_sense, write

LONGEST = 1000
"""Code points of the longest text that is looked up."""
LONGEST_TEMPLATE = 80
"""Tokens of the longest line that templates are tried on."""


class SectorMemory:
    """What postings of the sector say again and again, in both languages.

    Made at once; the files are read at the first question.  May be used from several threads.

    >>> memory = SectorMemory([])
    >>> memory.rows = [Row(en="{n} {n|year|years} of service", es="{n} {n|año|años} de servicio",
    ...                    kind="template")]
    >>> memory.recall([Text("• One year of service.")], "en", "es")[0].text
    '• Un año de servicio.'
    """

    def __init__(self, paths: Sequence[Path] | None = None) -> None:
        """*paths* are memory files; None means those that come with harmonize."""
        self._paths = paths
        self._indexes: dict[Language, _Index] = {}
        self._lock = Lock()

    @cached_property
    def paths(self) -> list[Path]:
        """The files that this memory is read from."""
        return memory_files(bundled()) if self._paths is None else list(self._paths)

    @cached_property
    def rows(self) -> list[Row]:
        """All its pairs and templates; raises `UsageError` where a file cannot be used."""
        return load(self.paths)

    def signature(self) -> str:
        """Twelve digits over its files."""
        digest = hashlib.sha256()
        for path in self.paths:
            digest.update(path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]

    def recall(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> list[Recalled | None]:
        """For each text what this memory has: an exact pair, else the template that fits best."""
        index = self._index(source)
        found = {words: index.recall(words) for words in {text.words for text in texts}}
        return [found[text.words] for text in texts]

    def _index(self, source: Language) -> _Index:
        with self._lock:
            if source not in self._indexes:
                self._indexes[source] = _Index(self.rows, source)
            return self._indexes[source]


class _Entry(NamedTuple):
    """A row, and both its sides; a pair is a template without slots."""

    number: int
    identity: str
    source: Side
    target: Side


def _entry(number: int, row: Row, source: Language) -> _Entry:
    target: Language = "es" if source == "en" else "en"
    sides = Side(row.side(source), source), Side(row.side(target), target)
    return _Entry(number, row.identity, *sides)


class _Index:
    """All rows, by what they say in one language."""

    def __init__(self, rows: Iterable[Row], source: Language) -> None:
        self.source = source
        self._pairs: dict[tuple[str, ...], _Entry] = {}
        templates: list[_Entry] = []
        for number, row in enumerate(rows):
            entry = _entry(number, row, source)
            if row.kind == "pair":
                self._pairs.setdefault(tokens(entry.source.text, source).keys, entry)
            elif _is_usable(entry):
                templates.append(entry)
        self._templates = _by_rarest_word(templates)

    def recall(self, text: str) -> Recalled | None:
        """What the memory has of *text*."""
        if len(text) > LONGEST or GAP in text:
            return None
        parts = edges(text)
        if not parts.core:
            return None
        line = Reading(parts.core, self.source)
        entry = self._pairs.get(line.tokens.keys)
        if entry:
            return _recalled(entry, line, {}, parts)
        return self._by_template(line, parts)

    def _by_template(self, line: Reading, parts: Edges) -> Recalled | None:
        if len(line.tokens.keys) > LONGEST_TEMPLATE:
            return None
        words = frozenset(line.tokens.keys)
        near = (each for word in words for each in self._templates.get(word, ()))
        fitting = {each.number: each for each in near if each.source.words <= words}
        for each in sorted(fitting.values(), key=_specific, reverse=True):
            found = each.source.find(line)
            if found is not None and makes_sense(each.source, each.target, line, found):
                return _recalled(each, line, found, parts)
        return None


def _is_usable(entry: _Entry) -> bool:
    """Whether every slot is known and has its value; the check of the files says what is wrong."""
    given = {each.name for each in entry.source.elements if isinstance(each, Slot)}
    both = (*entry.source.elements, *entry.target.elements)
    wanted = {each.name for each in both if not isinstance(each, str)}
    kinds = {each.kind for each in both if isinstance(each, Slot)}
    fixed = any(not isinstance(each, Slot) for each in entry.source.elements)
    return wanted <= given and kinds <= set(KINDS) and fixed


def _specific(entry: _Entry) -> tuple[tuple[int, int, int], int]:
    """The greater, the sooner it is tried; of two alike the first in the files."""
    return entry.source.weight, -entry.number


def _by_rarest_word(templates: Sequence[_Entry]) -> dict[str, list[_Entry]]:
    """Each template under the word that fewest others have; without words, under its choices'."""
    count = Counter(word for each in templates for word in each.source.words)
    found: dict[str, list[_Entry]] = defaultdict(list)
    for each in templates:
        if each.source.words:
            found[min(each.source.words, key=lambda word: (count[word], word))].append(each)
        for choice in () if each.source.words else each.source.elements:
            if isinstance(choice, Choice):
                for form in filter(None, choice.forms):
                    found[form[0]].append(each)
    return dict(found)


def _recalled(entry: _Entry, line: Reading, found: Found, parts: Edges) -> Recalled:
    """The translation with the source's capitals, list mark and final punctuation."""
    core, own, target = parts.core, entry.source.text, entry.target.language
    written = write(entry.source, entry.target, line, found)
    upper = is_upper(core, own)
    text = "".join(
        each.text.upper() if upper and not each.verbatim else each.text for each in written.pieces
    )
    text = contract(text) if found and target == "es" else text
    gaps = _gaps_like(core, text, written.gaps, upper)
    shift = len(parts.lead)
    moved = [gap._replace(start=gap.start + shift, end=gap.end + shift) for gap in gaps]
    text = like_start(core, text, own)
    same = parts.tail == entry.source.tail
    tail = entry.target.tail if same else tail_in(parts.tail, target)
    if text.endswith(".") and tail.startswith("."):
        tail = tail[1:]
    return Recalled(parts.lead + text + tail, "memory", entry.identity, tuple(moved))


def is_upper(core: str, own: str) -> bool:
    """Whether the author wrote a line in capitals that is not written so by itself."""
    pieces = [piece for piece, protected in pieces_around(core) if not protected]
    capitals = sum(map(str.isupper, "".join(pieces)))
    if capitals < 2 or own.isupper():
        return False
    return all(piece.upper() == piece for piece in pieces)


def _gaps_like(core: str, text: str, gaps: Sequence[Gap], upper: bool) -> list[Gap]:
    """Gaps that know how their fillings are to be written."""
    if upper:
        return [gap._replace(case="upper") for gap in gaps]
    first = text.startswith(GAP) and core[:1].isupper()
    return [
        gap._replace(
            words=gap.words if number == 0 and first else _small(core, gap),
            case="first" if number == 0 and first else "",
        )
        for number, gap in enumerate(gaps)
    ]


def _small(core: str, gap: Gap) -> str:
    """A gap's words without the capital that only the beginning of the line gave them."""
    first = gap.words.partition(" ")[0]
    opens = core.startswith(gap.words) and not gap.kind
    ordinary = first[1:].islower() and model.known(first.lower())
    return gap.words[:1].lower() + gap.words[1:] if opens and ordinary else gap.words


def like_start(core: str, text: str, own: str) -> str:
    """*text* with a first capital, or without, as the author began."""
    letter = core[:1]
    if not letter.isalpha() or not text[:1].isalpha():
        return text
    if letter.isupper():
        return text[:1].upper() + text[1:]
    word = text.split(maxsplit=1)[0]
    if own[:1].isupper() and not _keeps_capital(word):
        return text[:1].lower() + text[1:]
    return text


def _keeps_capital(word: str) -> bool:
    """Whether a word has its capital by itself: a name, a language in English, an acronym."""
    if not word[1:].islower() or word in tables.names("languages", "es").values():
        return True
    return not model.known(word.lower())
