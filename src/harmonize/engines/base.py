"""What an engine is: something that takes whole batches from one language to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from harmonize.glossary import Match
from harmonize.glossary.model import Language
from harmonize.recall import Text
from harmonize.records import Flag, Kind, Record, Term

Pair = tuple[str, str]
"""Source and target language, as in ``("en", "es")``."""

BOTH: frozenset[Pair] = frozenset({("en", "es"), ("es", "en")})


class Request(NamedTuple):
    """A text to be translated: one sentence, heading or fragment, without line breaks.

    ``names`` are code words and other words of the text that must come back as they are; a
    ``duty`` begins with a verb that tells what to do.  ``terms`` are the glossary's terms in it,
    in order; an engine makes of them what it can.
    """

    text: str
    kind: Kind = "paragraph"
    duty: bool = False
    names: tuple[str, ...] = ()
    terms: tuple[Match, ...] = ()


class Result(Record):
    """A translated text, what a reader should know about it, and what became of its terms."""

    text: str
    flags: tuple[Flag, ...] = ()
    terms: tuple[Term, ...] = ()


class Availability(NamedTuple):
    """Whether an engine works on this machine: which pairs, in words, and what would mend it."""

    pairs: frozenset[Pair]
    detail: str
    remedy: str = ""


class Engine(Protocol):
    """The seam for engines; found by name through the entry-point group ``harmonize.engines``.

    Making one is cheap; what is heavy is loaded at the first batch.  `translate` may be called
    from one thread at a time.
    """

    name: str

    def availability(self) -> Availability:
        """What this engine can do here, found out without loading it."""
        ...

    def signature(self) -> str:
        """Everything that its output depends on: program versions, hashes of models."""
        ...

    def translate(self, batch: Sequence[Request], source: str, target: str) -> list[Result]:
        """One result for each request, in order; raises `EngineFailed` where it cannot."""
        ...

    def close(self) -> None:
        """Give back processes and memory; the next batch loads them again."""
        ...


class Results(Protocol):
    """What an engine made of texts before, under the same circumstances."""

    def known(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> Mapping[Text, Result | None]:
        """The results that are there, by text; None for what another worker is making.

        What is not in the answer is for the caller to make and `keep`.
        """
        ...

    def keep(self, results: Mapping[Text, Result], source: Language, target: Language) -> None:
        """Keep *results* for good."""
        ...
