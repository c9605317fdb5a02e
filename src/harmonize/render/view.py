"""What the formats show of a posting: its blocks, its facts, the words of a side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple

from harmonize.dates import Date, write_date
from harmonize.records import TARGETS, Bilingual, Kind, Posting, Salary, Segment, Severity
from harmonize.render.inline import visible
from harmonize.render.words import value, word

Language = Literal["en", "es"]

_DATES = ("date_posted", "start_date", "deadline")
_NO_GROUP = 10_000
_ISO_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")


class Group(NamedTuple):
    """Neighbouring segments of one kind: the items of a list, the rows of a table, or one alone."""

    kind: Kind
    segments: tuple[Segment, ...]


class Fact(NamedTuple):
    """One fact of the record, with its name and its value in both languages."""

    key: str
    label: Bilingual
    value: Bilingual


def words_of(segment: Segment, language: Language) -> str:
    """The words of one side, nothing hidden in them; where there are none, words that say so."""
    text = visible(segment.side(language).text)
    return text if text.strip() else getattr(word("untranslated"), language)


def shown(posting: Posting) -> list[Segment]:
    """The segments of the two versions: all but page furniture."""
    return [segment for segment in posting.segments if segment.kind != "boilerplate"]


def groups(segments: Sequence[Segment]) -> Iterator[Group]:
    """*segments* as blocks: bullets and table rows together with their neighbours of that kind."""
    for kind, found in groupby(segments, key=lambda segment: segment.kind):
        if kind in {"bullet", "table"}:
            yield Group(kind, tuple(found))
        else:
            yield from (Group(kind, (segment,)) for segment in found)


def count_flags(posting: Posting) -> dict[Severity, int]:
    """How many flags of each severity the posting has.

    >>> count_flags(Posting.model_construct(segments=()))
    {'error': 0, 'warning': 0, 'info': 0}
    """
    counts: dict[Severity, int] = {"error": 0, "warning": 0, "info": 0}
    for segment in posting.segments:
        for flag in segment.flags:
            counts[flag.severity] += 1
    return counts


def facts(posting: Posting) -> list[Fact]:
    """The facts that the posting has, in the order in which people look for them."""
    found: dict[str, Bilingual | None] = {
        "organization": _same(posting.organization),
        "location": _same(posting.location),
        "employment_type": _known("employment_type", posting.employment_type),
        "salary": salary_text(posting.salary) if posting.salary else None,
    }
    days = {name: getattr(posting, name) for name in _DATES}
    found |= {name: day and date_text(day) for name, day in days.items()}
    found["languages_required"] = _languages(posting.languages_required)
    found["travel"] = _travel(posting.travel_share)
    found |= {
        name: _same(" · ".join(getattr(posting.contacts, name)))
        for name in ("emails", "phones", "urls")
    }
    return [Fact(key, word(key), both) for key, both in found.items() if both]


def percent(share: float) -> Bilingual:
    """A share as both languages write it; Spanish sets a space, which does not break.

    >>> percent(0.3).en, percent(0.3).es
    ('30%', '30\\xa0%')
    """
    return Bilingual(en=f"{share:.0%}", es=f"{share * 100:.0f}\N{NO-BREAK SPACE}%")


def salary_text(salary: Salary) -> Bilingual:
    """Pay as both languages write it; figures as in CLDR's `en` and `es-419`.

    >>> salary_text(Salary(currency="USD", min=1200, max=15000, period="MONTH"))
    Bilingual(en='USD 1,200–15,000 a month', es='USD 1200–15,000 al mes')
    """
    bounds = [bound for bound in dict.fromkeys((salary.min, salary.max)) if bound is not None]
    period = value("period", salary.period or "")
    texts = {
        language: " ".join(
            part
            for part in (
                visible(salary.currency or ""),
                "–".join(_figure(bound, language) for bound in bounds),
                visible(getattr(period, language)),
            )
            if part
        )
        for language in TARGETS
    }
    return Bilingual(**texts)


def date_text(text: str) -> Bilingual:
    """An ISO date, or month, as both languages write it; anything else as it is.

    >>> date_text("2024-05-03"), date_text("2024-06").es
    (Bilingual(en='May 3, 2024', es='3 de mayo de 2024'), 'junio de 2024')
    """
    parts = _ISO_DATE.fullmatch(text)
    if parts is None:
        return _as_it_is(text)
    written = Date(0, 0, int(parts[3] or 0) or None, int(parts[2]), int(parts[1]))
    return Bilingual(en=write_date(written, "en"), es=write_date(written, "es"))


def _figure(number: float, language: str) -> str:
    digits = f"{number:,.2f}".removesuffix(".00")
    # Spanish sets no separator in a figure of four digits.
    return digits.replace(",", "") if language == "es" and number < _NO_GROUP else digits


def _languages(asked: Sequence[Any]) -> Bilingual | None:
    """Languages with the level asked for, if one is, and whether they are only an advantage."""
    texts = {
        language: ", ".join(_language(each, language) for each in asked) for language in TARGETS
    }
    return Bilingual(**texts) if asked else None


def _language(asked: Any, language: str) -> str:
    notes = [
        *([value("level", asked.level)] if asked.level else []),
        *([] if asked.required else [word("an_advantage")]),
    ]
    name = getattr(value("language", asked.language), language)
    noted = ", ".join(getattr(note, language) for note in notes)
    return f"{name} ({noted})" if noted else name


def _travel(share: float | None) -> Bilingual | None:
    if share is None:
        return None
    most, part = word("travel_share"), percent(share)
    return Bilingual(en=most.en.format(part.en), es=most.es.format(part.es))


def _same(text: str | None) -> Bilingual | None:
    return _as_it_is(text) if text else None


def _as_it_is(text: str) -> Bilingual:
    return Bilingual(en=visible(text), es=visible(text))


def _known(field: str, text: str | None) -> Bilingual | None:
    both = value(field, text) if text else None
    return both and Bilingual(en=visible(both.en), es=visible(both.es))
