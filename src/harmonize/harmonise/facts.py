"""The facts of a posting, each with the row it was read from, and what is to be flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from harmonize.harmonise.contacts import find_contacts
from harmonize.harmonise.employer import employer
from harmonize.harmonise.labels import labelled
from harmonize.harmonise.passages import Passage, passages
from harmonize.harmonise.pay import pay
from harmonize.harmonise.places import countries_in
from harmonize.harmonise.sections import guess_flags, sections_of
from harmonize.harmonise.title import Said, said_title
from harmonize.harmonise.tongues import languages_asked
from harmonize.harmonise.when import when
from harmonize.harmonise.work import employment_type, location, travel_share
from harmonize.records import Facts, Flag, Row, SectionName


class Findings(NamedTuple):
    """The facts, flags by the numbers of rows, and a title that stands only in a sentence."""

    facts: Facts
    flags: dict[int, tuple[Flag, ...]]
    title: Said | None = None


def segment_id(row: int) -> str:
    """The id of the segment that a row becomes.

    >>> segment_id(0)
    's001'
    """
    return f"s{row + 1:03}"


def read_rows(rows: Sequence[Row]) -> tuple[tuple[SectionName, ...], Findings]:
    """The section of each row, and the facts of the posting that the rows are.

    >>> from harmonize.records import Block, Detection
    >>> english = Detection(language="en", confidence=1, decided_by="words")
    >>> block = Block(kind="paragraph", text="Closing date: 11 March 2024", start=0, end=27)
    >>> sections, findings = read_rows([Row(block=block, detection=english)])
    >>> sections, findings.facts.deadline, findings.facts.fact_sources
    (('facts',), '2024-03-11', {'deadline': 's001'})
    """
    blocks = [row.block for row in rows]
    placed = sections_of(blocks)
    sections = tuple(each.section for each in placed)
    texts = passages(rows, sections)
    facts, flags = _facts(texts)
    flags += guess_flags(placed, blocks).items()
    return sections, Findings(facts, _by_row(flags), said_title(texts))


def language_shares(texts: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Each language's share of the letters, from pairs of language and text; the largest first.

    >>> language_shares([("en", "abc"), ("es", "d"), ("en", "ef")])
    {'en': 0.83, 'es': 0.17}
    """
    letters: Counter[str] = Counter()
    for language, text in texts:
        letters[language] += sum(map(str.isalpha, text))
    total = letters.total()
    return {name: round(count / total, 2) for name, count in letters.most_common() if count}


def _facts(texts: Sequence[Passage]) -> tuple[Facts, list[tuple[int, Flag]]]:
    found = labelled(texts)
    place = location(texts, found)
    whole = "\n".join(text.text for text in texts)
    there = countries_in(place.value) if place else []
    near = there or countries_in(whole)
    dates, paid = when(texts, found, near, bool(there)), pay(texts, found, near)
    hirer, kind = employer(texts, found), employment_type(texts, found)
    travel, asked = travel_share(texts, found), languages_asked(texts, found)
    read: dict[str, tuple[object, int] | None] = {
        "organization": hirer and (hirer.value, hirer.row),
        "location": place and (place.value, place.row),
        "employment_type": kind and (kind.value, kind.row),
        "salary": (paid.salary, paid.row) if paid.salary else None,
        **{fact: (value, dates.rows[fact]) for fact, value in dates.values.items()},
        "travel_share": travel,
        "languages_required": (tuple(each for each, _ in asked), asked[0][1]) if asked else None,
    }
    values = {fact: each[0] for fact, each in read.items() if each}
    sources = {fact: segment_id(each[1]) for fact, each in read.items() if each}
    contacts = find_contacts(whole, [country.code for country in near])
    facts = Facts.model_validate({**values, "contacts": contacts, "fact_sources": sources})
    return facts, [*dates.flags, *paid.flags]


def _by_row(flags: Iterable[tuple[int, Flag]]) -> dict[int, tuple[Flag, ...]]:
    result: dict[int, tuple[Flag, ...]] = {}
    for row, flag in flags:
        if flag not in result.get(row, ()):
            result[row] = (*result.get(row, ()), flag)
    return result
