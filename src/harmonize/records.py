"""The records that the rooms hand to each other, and the record that `posting.json` holds.

Every record is frozen and refuses unknown fields.  Offsets count Unicode code points, start at 0
and are half-open: ``text[start:end]``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["title", "heading", "paragraph", "bullet", "table", "contact", "boilerplate"]
SectionName = Literal[
    "about", "purpose", "duties", "requirements", "benefits", "how_to_apply", "facts", "other"
]
Origin = Literal["source", "memory", "machine", "human", "copied"]
Outcome = Literal["enforced", "agreed", "kept", "violated", "skipped"]
Severity = Literal["info", "warning", "error"]
Verdict = Literal["ready", "look", "rewrite"]

TARGETS: tuple[Literal["en", "es"], ...] = ("en", "es")
"""The two languages that every posting comes out in."""

UNDETERMINED = "und"
"""Language of text without words of its own: names, numbers, addresses (BCP 47)."""


class Record(BaseModel):
    """Base of all records: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(Record):
    """One repair: ``input[start:end]`` was *before* and became *after*.

    ``confidence`` is between 0 and 1; ``rule`` names the rule that made the change.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    before: str
    after: str
    rule: str
    confidence: float = Field(ge=0, le=1)


class Note(Record):
    """Damage that was seen and left alone: where in the repaired text, and why."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    rule: str
    reason: str


class Repaired(Record):
    """A repaired text, and the changes that lead to it from the input.

    ``changes`` are sorted, do not overlap, and applied to the input they give ``text`` exactly.
    ``notes`` tell what was left alone: ties, and letters that no known word fits.
    """

    text: str
    changes: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()


class Detection(Record):
    """The language of a piece of text and what decided it.

    ``language`` is ``en``, ``es``, ``mixed``, ``und`` or another language's ISO 639-1 code;
    ``decided_by`` names the evidence (a detector, the prior, the neighbours…).
    """

    language: str
    confidence: float = Field(ge=0, le=1)
    decided_by: str


class RawPosting(Record):
    """What the read room hands on: the text of one input, and where it came from."""

    id: str
    path: str
    sha256: str
    media_type: str
    encoding: str
    text: str


class Reject(Record):
    """An input that could not be used, and why, in words for its owner."""

    source: str
    reason: str


class Block(Record):
    """One segment as cut from the repaired text, before its language is known.

    ``text`` is what a reader sees, on one line: without the list marker, soft-wrapped lines
    joined, cells of a table row separated by ``CELL``.  ``start`` and ``end`` lead to the
    characters it came from in the text that was cut, marker included.
    """

    kind: Kind
    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    marker: str = ""
    level: int = Field(default=0, ge=0)


CELL = " | "
"""What separates the cells of a table row in a block's text."""


class Row(Record):
    """A block, its language, and the author's own version of it in the other language, if any.

    ``translation`` is a block of the same text that says the same as ``block``: where it stands,
    ``detection.language`` is ``en`` or ``es`` and the translation is in the other of the two.
    """

    block: Block
    detection: Detection
    translation: Block | None = None


class SegmentSource(Record):
    """The author's own characters: ``input[start:end] == text``, before any repair."""

    text: str
    language: str
    confidence: float = Field(ge=0, le=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Side(Record):
    """One language's version of a segment and where its words come from.

    ``memory`` names the remembered pairs that are in it.
    """

    text: str
    origin: Origin
    memory: tuple[str, ...] = ()


class Term(Record):
    """A glossary term that stood in a segment and what became of it."""

    en: str
    es: str
    outcome: Outcome


class Flag(Record):
    """Something a person should know about a segment, with what to do about it."""

    rule: str
    severity: Severity
    message: str
    message_es: str = ""


class Score(Record):
    """How ready a segment or a posting is: 0 to 100, and what follows from it."""

    score: int = Field(ge=0, le=100)
    verdict: Verdict


class Segment(Record):
    """One aligned row of a posting: what the author wrote, and the same in both languages.

    ``parallel`` is the author's own version in the other language, where the posting has one.
    """

    id: str
    kind: Kind
    section: SectionName
    source: SegmentSource
    parallel: SegmentSource | None = None
    en: Side
    es: Side
    marker: str = ""
    level: int = Field(default=0, ge=0)
    terms: tuple[Term, ...] = ()
    flags: tuple[Flag, ...] = ()
    quality: Score | None = None

    def side(self, language: str) -> Side:
        """The version in *language*; English for any other language than Spanish."""
        return self.es if language == "es" else self.en


class Source(Record):
    """The input file of a posting.  ``sha256`` is of its bytes."""

    path: str
    sha256: str
    media_type: str
    encoding: str


class Bilingual(Record):
    """A short text in both languages."""

    en: str
    es: str


Period = Literal["HOUR", "DAY", "WEEK", "MONTH", "YEAR"]
"""What a salary is paid for, as schema.org's ``unitText`` names it."""

Level = Literal["native", "fluent", "advanced", "intermediate", "basic"]
"""How well a language is asked for, where the posting says so in words."""


class Salary(Record):
    """What is paid, as the posting says it; ``min`` and ``max`` are equal for one amount.

    ``currency`` is ISO 4217, or null where a sign such as ``$`` could be several; ``min`` is null
    for "up to …", ``max`` for "from …"; ``period`` is null where none is named.
    """

    currency: str | None = None
    min: float | None = None
    max: float | None = None
    period: Period | None = None


class LanguageAsked(Record):
    """A language (ISO 639) that applicants should know, and how well: a word or a CEFR level.

    ``required`` is false where the posting calls it an advantage.
    """

    language: str
    level: Level | Literal["A1", "A2", "B1", "B2", "C1", "C2"] | None = None
    required: bool = True


class Contacts(Record):
    """Every address in a posting, in order of first appearance, without duplicates."""

    emails: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class Facts(Record):
    """What a posting says of itself.  What it does not say is null, never guessed.

    Dates are ISO 8601, ``2024-06`` where no day is named.  ``employment_type`` holds schema.org's
    codes, several joined by ``, ``: FULL_TIME, PART_TIME, CONTRACTOR, TEMPORARY, INTERN, VOLUNTEER,
    PER_DIEM, OTHER.  ``travel_share`` is the most working time asked for, 0 to 1.
    ``fact_sources`` gives the segment that each fact was read from, by the name of its field.
    """

    organization: str | None = None
    location: str | None = None
    employment_type: str | None = None
    salary: Salary | None = None
    date_posted: str | None = None
    start_date: str | None = None
    deadline: str | None = None
    travel_share: float | None = Field(default=None, ge=0, le=1)
    languages_required: tuple[LanguageAsked, ...] = ()
    contacts: Contacts = Contacts()
    fact_sources: dict[str, str] = {}


class Header(Record):
    """Which posting it is, where it came from, and what its results depend on."""

    id: str
    source: Source
    signature: str
    title: Bilingual


class Posting(Facts, Header):
    """The whole record of one posting, as written to ``posting.json``.

    ``languages`` gives each language's share of the letters of the source.
    """

    languages: dict[str, float]
    repairs: tuple[Change, ...] = ()
    quality: Score | None = None
    segments: tuple[Segment, ...] = ()
