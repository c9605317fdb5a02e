"""What the memory keeps: pairs of texts, who made them, and where they stood."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal, NamedTuple

from harmonize.glossary.model import Language
from harmonize.recall import Context, Text
from harmonize.records import Flag, Kind, Record, SectionName, Term

Who = Literal["human", "machine"]


class Maker(NamedTuple):
    """What a machine's entry depends on; it is used only while all three are the same."""

    engine: str = ""
    glossary: str = ""
    rules: str = ""


class Entry(Record):
    """A text and its translation.

    ``source`` and ``target`` are exact, on one line.  ``before`` and ``after`` are `mark`s of the
    neighbouring segments, never their words.  Times are seconds since 1970 (UTC).  An entry that
    another one took the place of has ``stands`` false: it is kept so that a reviewer can go back.
    """

    source: str
    target: str
    source_language: Language
    target_language: Language
    who: Who = "human"
    kind: Kind = "paragraph"
    duty: bool = False
    section: SectionName | Literal[""] = ""
    before: str = ""
    after: str = ""
    reviewer: str = ""
    origin: str = ""
    engine: str = ""
    glossary: str = ""
    rules: str = ""
    terms: tuple[Term, ...] = ()
    flags: tuple[Flag, ...] = ()
    created: int = 0
    changed: int = 0
    used: int = 0
    last_used: int = 0
    stands: bool = True
    id: int = 0

    @property
    def identity(self) -> str:
        """Names this pair in any memory: the same words have the same name.

        >>> Entry(source="Pay", target="Paga", source_language="en", target_language="es").identity
        'tm:d2b8f27dc0'
        """
        text = "\0".join((self.source_language, self.source, self.target))
        return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:10]

    @property
    def text(self) -> Text:
        """The source as it is asked for."""
        return Text(
            self.source, self.kind, self.duty, Context(self.section, self.before, self.after)
        )

    @property
    def maker(self) -> Maker:
        """What made it, where a machine did."""
        return Maker(self.engine, self.glossary, self.rules)


PREFIX = "tm:"
"""What the identities of translation memories begin with."""


def confirmed(identities: Iterable[str]) -> tuple[str, ...]:
    """Those of *identities* that are of translation memories.

    >>> confirmed(["tm:d2b8f27dc0", "2325712779"])
    ('tm:d2b8f27dc0',)
    """
    return tuple(each for each in identities if each.startswith(PREFIX))


class Candidate(NamedTuple):
    """An entry whose source is like a text; ``score`` is between 0 and 1, 1 for the same words."""

    entry: Entry
    score: float
