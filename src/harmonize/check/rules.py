"""The checks: each a small function from both sides of a segment to what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from harmonize.protect import protected_spans
from harmonize.records import Flag, Severity

Check = Callable[[str, str], str]
"""Source text and translation in, what is wrong and what to do out; empty where all is well."""

_WORDS_THAT_DIFFER = 5
"""From this many words on, a translation equal to its source is no coincidence of names."""


def addresses_kept(source: str, translation: str) -> str:
    """Every address, phone number, amount and code stands in the translation as often.

    >>> addresses_kept("Write to a@b.org.", "Escriba.")
    'a@b.org is not in the translation: put it back.'
    """
    expected = Counter(span.text for span in protected_spans(source))
    for text, times in expected.items():
        if translation.count(text) < times:
            return f"{text} is not in the translation: put it back."
    return ""


def translated_at_all(source: str, translation: str) -> str:
    """A longer text that came back as it went in.

    >>> translated_at_all("Pay", "Pay")
    ''
    >>> translated_at_all(*["Experience with trade union education"] * 2)
    'The translation is a copy of the source: translate it by hand.'
    """
    same = source.casefold().split() == translation.casefold().split()
    if same and len(source.split()) >= _WORDS_THAT_DIFFER:
        return "The translation is a copy of the source: translate it by hand."
    return ""


def nothing_empty(source: str, translation: str) -> str:
    """A translation that is empty where the source is not.

    >>> nothing_empty("Pay", " ")
    'The translation is empty: translate it by hand.'
    """
    empty = source.strip() and not translation.strip()
    return "The translation is empty: translate it by hand." if empty else ""


CHECKS: dict[str, tuple[Severity, Check]] = {
    "lost-address": ("error", addresses_kept),
    "untranslated": ("warning", translated_at_all),
    "empty": ("error", nothing_empty),
}
"""Every check by the name of its flag, with the severity of that flag."""


def check(source: str, translation: str) -> tuple[Flag, ...]:
    """The flags of one translated segment.

    >>> [flag.rule for flag in check("See https://x.org", "Vea")]
    ['lost-address']
    """
    found = ((rule, severity, run(source, translation)) for rule, (severity, run) in CHECKS.items())
    return tuple(
        Flag(rule=rule, severity=severity, message=message)
        for rule, severity, message in found
        if message
    )
