"""E-mail addresses, URLs and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from harmonize.harmonise.data import either
from harmonize.protect import Span, protected_spans
from harmonize.records import Contacts

_CALLED = re.compile(rf"(?:\b{either('called')}\b|☎|📞|✆)[^\d@]{{0,30}}$", re.IGNORECASE)
_AREA_CODE = re.compile(r"\(\d{3}\)[ .-]?\d{3}[ .-]\d{4}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+[.,]\d{2}")
_DATE = re.compile(r"\d{1,2}([./ -])\d{1,2}\1\d{2,4}|\d{4}([./-])\d{1,2}\2\d{1,2}")
_PLAIN = re.compile(r"(?<![\w+(/.,-])\d{7,12}(?![\w-]|[.,]\d)")
"""A number in one piece: a phone number only behind a word for one."""
_USUAL = ("US", "GB")
_REACH = 60


def find_contacts(text: str, regions: Sequence[str] = ()) -> Contacts:
    """E-mail addresses, URLs and phone numbers in *text*, each once, as written.

    A number without a country code counts if a word such as "Tel." stands before it, or if it is
    valid in one of *regions* (ISO 3166 codes, by libphonenumber's tables) and written as phone
    numbers are: dates, amounts and codes are none.

    >>> find_contacts("Write to a@b.org, +503 2222-3344 or see www.b.org.")
    Contacts(emails=('a@b.org',), urls=('www.b.org',), phones=('+503 2222-3344',))
    >>> find_contacts("ID 2222-3344-9, from 1.250.000 to 2019-2024; Tel. 555 01 23").phones
    ('555 01 23',)
    """
    spans = protected_spans(text)

    def of(*kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(span.text for span in spans if span.kind in kinds))

    phones = (span.text for span in _numbers(text, spans) if _is_phone(text, span, regions))
    return Contacts(
        emails=of("email"), urls=of("url", "domain"), phones=tuple(dict.fromkeys(phones))
    )


def _numbers(text: str, spans: Sequence[Span]) -> list[Span]:
    """What is written like a phone number, in order."""
    found = [span for span in spans if span.kind == "phone"]
    taken = {at for span in spans for at in range(span.start, span.end)}
    found += [
        Span(match.start(), match.end(), match.group(), "phone")
        for match in _PLAIN.finditer(text)
        if match.start() not in taken
    ]
    return sorted(found)


def _is_phone(text: str, span: Span, regions: Sequence[str]) -> bool:
    if _CALLED.search(text, max(0, span.start - _REACH), span.start):
        return _DATE.fullmatch(span.text) is None
    if _GROUPED.fullmatch(span.text) or _DATE.fullmatch(span.text):
        return False
    if span.text.startswith("+") or _AREA_CODE.fullmatch(span.text):
        return True
    return not span.text.isdigit() and any(map(_valid_in(span.text), regions or _USUAL))


def _valid_in(written: str) -> Callable[[str], bool]:
    import phonenumbers

    def valid(region: str) -> bool:
        try:
            return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
        except phonenumbers.NumberParseException:
            return False

    return valid
