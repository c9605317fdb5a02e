"""Deadline, start and publication of a posting: which of its dates is which, and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from harmonize.flags import flag
from harmonize.harmonise.data import any_of, either
from harmonize.harmonise.days import Day, Mention, Order, mentions
from harmonize.harmonise.labels import Labelled
from harmonize.harmonise.passages import Passage
from harmonize.harmonise.places import Country
from harmonize.records import Flag

FACTS = ("date_posted", "deadline", "start_date")
"""In the order of time, which is what a missing year is found by."""

_I = re.IGNORECASE
_STRONG = any_of("deadline")
_WEAK = re.compile(
    rf"\b{either('by')}(?:\s{either('clock')}(?=[\s,.)])[,.)]{{0,3}}){{0,9}}"
    rf"\s(?:{either('weekday')},?\s)?(?:the\s|el\s)?$",
    _I,
)
_APPLY = any_of("application")
_NO_DEADLINE = any_of("no_deadline")
_START = re.compile(
    rf"\b{either('start')}\b[^.;\d]{{0,30}}$"
    rf"|\b{either('lasting')}\b[^.;]{{0,45}}\b{either('from_day')}\b[^.;]{{0,12}}$",
    _I,
)
_NO_START = any_of("no_start")
_POSITION = any_of("job")
_POSTED = re.compile(
    rf"\b{either('posted')}\b(?::|\s(?:on|el|date))?\s*(?:el\s)?(?:{either('weekday')},?\s)?$", _I
)
_EXTENDED = any_of("extended")
_UP_TO = re.compile(r"^\s*(?:-|–|—|to|al|hasta(?: el)?|until|and)\s*$", _I)
_BRITISH, _AMERICAN = (re.compile(rf"\b\w*{either(name)}", _I) for name in ("british", "american"))
_TOLD = frozenset({"how_to_apply", "facts", "benefits", "other"})
_THE_DEADLINE = re.compile(
    r"\W*(?:the|our|la|el)?\s?(?:application )?"
    r"(?:deadline|closing date|fecha (?:l[ií]mite|de cierre)|plazo)\b",
    _I,
)
_ASKS = re.compile(r"\W*(?:apply|to apply|postul\w+|para postular\w*)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=\d{4}))[.!?](?:\s|$)|;\s")
_REACH = 110


class Claim(NamedTuple):
    """A date that stands for *fact* at a place; *extended* where it replaces an earlier one."""

    fact: str
    passage: Passage
    words: str
    days: tuple[Day, ...]
    extended: bool = False


class When(NamedTuple):
    """Dates by the names of facts, the rows they were read from, and flags by rows."""

    values: dict[str, str]
    rows: dict[str, int]
    flags: list[tuple[int, Flag]]


def when(
    texts: Sequence[Passage], found: Sequence[Labelled], near: Sequence[Country], located: bool
) -> When:
    """The dates of a posting; *near* are its countries, *located* if the work is done there.

    >>> text = "Apply by 11 March 2024. The position starts in May 2024."
    >>> when([Passage(0, text, "en", "paragraph", "how_to_apply")], [], [], False).values
    {'deadline': '2024-03-11', 'start_date': '2024-05'}
    """
    order = date_order(texts, near, located)
    claims = [*_labelled_claims(found, order), *_sentence_claims(texts, order)]
    result = When({}, {}, [])
    for fact in FACTS:
        own = [claim for claim in claims if claim.fact == fact]
        _settle(fact, [claim for claim in own if claim.extended] or own, claims, result)
    return result


def date_order(texts: Sequence[Passage], near: Sequence[Country], located: bool) -> Order:
    """How the numbers of the posting's English dates stand, if its evidence agrees.

    Evidence is a date whose day is over 12; the country of the work; or else what agrees of the
    countries it names, its currency and its spelling.

    >>> british = Passage(0, "The organisation closes on 03/04/2025", "en", "paragraph", "other")
    >>> date_order([british], [], False), date_order([british._replace(text="1/4/2025")], [], False)
    ('DMY', '')
    """
    whole = "\n".join(text.text for text in texts if text.language == "en")
    sure = set(_clear_orders(whole))
    if len(sure) == 1:
        return sure.pop()
    votes: set[Order] = {country.order for country in near if country.order}
    if located and len(votes) == 1:
        return votes.pop()
    british, american = _BRITISH.search(whole), _AMERICAN.search(whole)
    if bool(british) != bool(american):
        votes.add("DMY" if british else "MDY")
    if re.search("[£€]", whole):
        votes.add("DMY")
    return votes.pop() if len(votes) == 1 else ""


def _clear_orders(text: str) -> Iterator[Order]:
    for first, second in re.findall(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](?:20)?\d\d(?!\d)", text):
        if int(first) > 12 >= int(second) > 0:
            yield "DMY"
        elif int(second) > 12 >= int(first) > 0:
            yield "MDY"


def _labelled_claims(found: Iterable[Labelled], order: Order) -> Iterator[Claim]:
    for each in found:
        if each.fact == "period":
            yield from _period(each, order)
        if each.fact in FACTS:
            dates = mentions(each.value, each.passage.language, order)
            if dates:
                at = _last_of_range(each.value, dates) if each.fact == "deadline" else 0
                extended = (
                    _EXTENDED.search(f"{each.label} {each.value[: dates[at].start]}") is not None
                )
                starts = each.fact == "deadline" and _START.search(each.value[: dates[at].start])
                fact = "start_date" if starts else each.fact  # "Plazo": how long a contract runs
                days = _with_year(dates, at)
                yield Claim(fact, each.passage, dates[at].words, days, extended)


def _period(each: Labelled, order: Order) -> Iterator[Claim]:
    """The start, if "Dates" or the like is one range and nothing else."""
    dates = mentions(each.value, each.passage.language, order)
    if len(dates) == 2 and _UP_TO.match(each.value[dates[0].end : dates[1].start]):
        yield Claim("start_date", each.passage, dates[0].words, _with_year(dates, 0))


def _last_of_range(text: str, dates: Sequence[Mention]) -> int:
    """ "1 to 15 May" ends on the second of its dates; of others the first counts."""
    if len(dates) > 1 and _UP_TO.match(text[dates[0].end : dates[1].start]):
        return 1
    return 0


def _with_year(dates: Sequence[Mention], at: int) -> tuple[Day, ...]:
    """The days of a date; the first of a range has the year of the second."""
    after = dates[at + 1].days[0] if at + 1 < len(dates) else None
    return tuple(
        day._replace(year=after.year)
        if day.year is None and after and after.day and after.month >= day.month
        else day
        for day in dates[at].days
    )


def _sentence_claims(texts: Sequence[Passage], order: Order) -> Iterator[Claim]:
    for passage in texts:
        for date in mentions(passage.text, passage.language, order):
            before, sentence = _around(passage.text, date)
            fact = _meant(before, sentence, passage)
            if fact:
                extended = fact == "deadline" and _EXTENDED.search(sentence) is not None
                yield Claim(fact, passage, date.words, date.days, extended)


def _around(text: str, date: Mention) -> tuple[str, str]:
    """What stands before a date in its sentence, and the sentence up to a little behind it."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, date.start)]
    start = ends[-1] if ends else 0
    end = _SENTENCE_END.search(text, date.end)
    return text[max(start, date.start - _REACH) : date.start], text[
        start : end.start() if end else len(text)
    ]


def _meant(before: str, sentence: str, passage: Passage) -> str:
    """The fact that an unmistakable sentence gives with a date."""
    if _POSTED.search(before):
        return "date_posted"
    starts = _START.search(before) and _POSITION.search(sentence) and not _NO_START.search(before)
    if starts and passage.section != "about":
        return "" if _STRONG.search(before) and _WEAK.search(before) else "start_date"
    if _NO_DEADLINE.search(before):
        return ""
    strong = _STRONG.search(before) is not None
    weak = _WEAK.search(before) is not None and (
        _APPLY.search(sentence) is not None or passage.section == "how_to_apply"
    )
    applies = passage.section in _TOLD or _APPLY.search(sentence) or _THE_DEADLINE.match(sentence)
    asked = passage.section != "duties" or _ASKS.match(sentence)
    return "deadline" if (strong and applies) or (weak and asked) else ""


def _settle(fact: str, claims: Sequence[Claim], others: Sequence[Claim], result: When) -> None:
    """Put the day that all *claims* agree on into *result*, or a flag that says why not."""
    read = [(claim, _narrowed(claim, fact, others, result)) for claim in claims]
    days = {days[0]: claim for claim, days in reversed(read) if len(days) == 1 and days[0].year}
    finest = {day: claim for day, claim in days.items() if not _coarser(day, days)}
    if len(finest) > 1:
        words = ", ".join(f"“{claim.words}”" for claim in reversed(finest.values()))
        told = flag("contradiction", named=words, **_named(fact))
        result.flags.extend((claim.passage.row, told) for claim in finest.values())
    elif finest:
        [(day, claim)] = finest.items()
        result.values[fact], result.rows[fact] = day.iso(), claim.passage.row
        if claim.days[0].year is None:
            result.flags.append((claim.passage.row, _year_flag(fact, claim, day)))
    elif read:
        result.flags.append(_unread(fact, *read[0]))


def _coarser(day: Day, days: Iterable[Day]) -> bool:
    """Whether *day* is only the month of another."""
    return day.day is None and any(other.day and other[:2] == day[:2] for other in days)


def _narrowed(claim: Claim, fact: str, others: Sequence[Claim], result: When) -> tuple[Day, ...]:
    """The days a claim can mean, given what the posting's other dates allow."""
    full = [day for other in others for day in other.days if len(other.days) == 1 and day.year]
    anchors = [
        (FACTS.index(other.fact), other.days[0])
        for other in others
        if other.fact != fact and len(other.days) == 1 and other.days[0].year
    ]
    if claim.days[0].year is None:
        same = [day for day in full if day[1:] == claim.days[0][1:]]
        return (same[0],) if same else _of_year(claim.days[0], FACTS.index(fact), anchors)
    if len(claim.days) > 1:
        agreed = [day for day in claim.days if any(day == other for other in full)]
        fitting = [day for day in claim.days if _fits(day, FACTS.index(fact), anchors)]
        return tuple(agreed[:1]) or (tuple(fitting) if len(fitting) == 1 else claim.days)
    return claim.days


def _of_year(day: Day, place: int, anchors: Sequence[tuple[int, Day]]) -> tuple[Day, ...]:
    """*day* with the year that puts it next to all the others, in their order; or without one."""
    years = {anchor.year + shift for _, anchor in anchors if anchor.year for shift in (-1, 0, 1)}
    fitting = [
        day._replace(year=year)
        for year in sorted(years)
        if _fits(day._replace(year=year), place, anchors)
    ]
    return (fitting[0],) if len(fitting) == 1 else (day,)


def _fits(day: Day, place: int, anchors: Sequence[tuple[int, Day]]) -> bool:
    """Whether *day* stands in the order of time with the *anchors*, less than a year from each."""
    return all(
        0 <= (_months(day) - _months(anchor)) * (1 if place > other else -1) < 365
        for other, anchor in anchors
    )


def _months(day: Day) -> float:
    return (day.year or 0) * 365.25 + day.month * 30.44 + (day.day or 15)


_NAMES = {
    "deadline": ("the deadline", "la fecha límite"),
    "start_date": ("the start", "el inicio"),
    "date_posted": ("its publication", "la publicación"),
}


def _year_flag(fact: str, claim: Claim, day: Day) -> Flag:
    return flag("year-inferred", words=claim.words, year=day.year, **_named(fact))


def _unread(fact: str, claim: Claim, days: tuple[Day, ...]) -> tuple[int, Flag]:
    if len(days) > 1:
        first, *_, last = (day.iso() for day in days)
        told = flag("ambiguous-date", words=claim.words, first=first, last=last)
        return claim.passage.row, told
    return claim.passage.row, flag("date-without-year", words=claim.words, **_named(fact))


def _named(fact: str) -> dict[str, str]:
    english, spanish = _NAMES[fact]
    return {"fact": english, "fact_es": spanish}
