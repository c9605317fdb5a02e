"""Dates in digits and long numbers in a language's habit, where the style asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from harmonize.dates import Date, write_date
from harmonize.glossary.model import Language
from harmonize.protect import Span, protected_spans
from harmonize.style.model import Dates, Numbers

_DIGITS = re.compile(r"(?<![\w/.,-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\w/]|[.,-]\d)")
_ISO = re.compile(r"(?<![\w/.,-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\w/]|[.,-]\d)")
_GROUPED = re.compile(
    r"(?<![\w.,/:-])\d{1,3}(?:(?P<mark>[.,\u00a0\u202f])\d{3})(?:(?P=mark)\d{3})*"
    r"(?:(?!(?P=mark))[.,]\d{1,2})?(?![\w]|[.,/:-]\d)"
)
_MARKS: dict[Numbers, tuple[str, str]] = {
    "point": (",", "."),
    "comma": (".", ","),
    "space": ("\N{NO-BREAK SPACE}", ","),
}
"""What groups the thousands, and what stands before the decimals."""

Writer = Callable[[re.Match[str]], str]

_UNTOUCHED = frozenset(("email", "url", "domain", "phone", "handle", "code"))


def in_habit(text: str, language: Language, dates: Dates, numbers: Numbers) -> str:
    """*text* with its dates and numbers as asked for; what is ambiguous stays as it is.

    >>> in_habit("Antes del 28/04/2025: $1,200.50.", "es", "words", "comma")
    'Antes del 28 de abril de 2025: $1.200,50.'
    >>> in_habit("El 03/04/2025, tel. 2222-3344, https://x.org/1,200", "es", "words", "comma")
    'El 03/04/2025, tel. 2222-3344, https://x.org/1,200'
    """
    if dates != "keep":
        text = _outside(text, _DIGITS, lambda match: _in_digits(match, language, dates))
        text = _outside(text, _ISO, lambda match: _iso(match, language, dates))
    if numbers != "keep":
        text = _outside(text, _GROUPED, lambda match: _number(match, numbers))
    return text


def _outside(text: str, rule: re.Pattern[str], write: Writer) -> str:
    """*text* with *rule* written anew, but not within addresses, phone numbers and codes."""
    taken = [span for span in protected_spans(text) if span.kind in _UNTOUCHED]
    return rule.sub(lambda match: match[0] if _within(match, taken) else write(match), text)


def _within(match: re.Match[str], spans: list[Span]) -> bool:
    return any(span.start < match.end() and match.start() < span.end for span in spans)


def _in_digits(match: re.Match[str], language: Language, dates: Dates) -> str:
    """A date whose day and month cannot be told apart stays."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if (first <= 12) == (second <= 12) and first != second:
        return match[0]
    day, month = (second, first) if second > 12 else (first, second)
    return _written(match, (year, month, day), language, dates)


def _iso(match: re.Match[str], language: Language, dates: Dates) -> str:
    year, month, day = map(int, match.groups())
    return _written(match, (year, month, day), language, dates)


def _written(
    match: re.Match[str], parts: tuple[int, int, int], language: Language, dates: Dates
) -> str:
    try:
        found = date(*parts)
    except ValueError:  # no day of the calendar
        return match[0]
    if dates == "iso":
        return found.isoformat()
    return write_date(Date(0, 0, found.day, found.month, found.year), language)


def _number(match: re.Match[str], numbers: Numbers) -> str:
    """The groups tell which mark is which: before three digits each it groups."""
    group, point = _MARKS[numbers]
    text = match[0]
    whole, decimals = text, ""
    tail = re.search(r"[.,](\d{1,2})$", text)
    if tail:
        whole, decimals = text[: tail.start()], point + tail[1]
    return whole.replace(match["mark"], group) + decimals
