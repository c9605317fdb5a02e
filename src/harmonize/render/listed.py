"""What the list of all postings shows of one."""

from __future__ import annotations

from harmonize.records import Bilingual, Posting, Record, Severity
from harmonize.render.view import count_flags


class Listed(Record):
    """A posting's line in OUT/index.html; ``repairs`` and ``flags`` are counts."""

    id: str
    path: str
    title: Bilingual
    organization: str | None = None
    location: str | None = None
    deadline: str | None = None
    languages: dict[str, float]
    repairs: int
    flags: dict[Severity, int]


def listed(posting: Posting) -> Listed:
    """The line of *posting*."""
    return Listed(
        id=posting.id,
        path=posting.source.path,
        title=posting.title,
        organization=posting.organization,
        location=posting.location,
        deadline=posting.deadline,
        languages=posting.languages,
        repairs=len(posting.repairs),
        flags=count_flags(posting),
    )
