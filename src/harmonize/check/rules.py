"""All checks, in the order in which a reader is told."""

from __future__ import annotations

from functools import lru_cache

from harmonize.check import denial, kept, listed, money, whole, writing
from harmonize.check.bitext import Bitext, Check
from harmonize.flags import flag
from harmonize.records import Flag

CHECKS: tuple[Check, ...] = (
    whole.not_empty,
    whole.translated,
    whole.in_its_language,
    kept.addresses,
    kept.numbers,
    money.currencies,
    money.percents,
    denial.denial,
    kept.names,
    listed.languages_and_countries,
    listed.items,
    writing.garbled,
    writing.engine_marks,
    writing.repetition,
    writing.doubled,
    whole.length,
    whole.sentence_count,
    writing.brackets,
    writing.quotes,
    writing.inverted_marks,
    writing.capitals,
)
"""Every check; the severities and messages of what it finds are in `data/flags.toml`."""

CHECKED = frozenset(
    (
        *("empty", "untranslated", "wrong-language", "length", "sentences"),
        *("lost-address", "added-address", "lost-number", "added-number", "lost-name"),
        *("currency", "lost-percent", "added-percent", "lost-negation", "added-negation"),
        "lost-item",
        *("garbled", "engine-mark", "repetition", "doubled-word", "brackets", "quotes"),
        *("inverted-marks", "capitals", "all-capitals"),
    )
)
"""The rules that the checks look at."""

_ALONE = frozenset(("empty", "untranslated", "wrong-language"))
"""Where one of these holds, nothing else is worth saying."""


@lru_cache(maxsize=2_000)  # postings say many things again and again
def check(pair: Bitext) -> tuple[Flag, ...]:
    """The flags of one translated segment.

    >>> [flag.rule for flag in check(Bitext("See https://x.org", "Vea"))]
    ['lost-address']
    """
    flags: list[Flag] = []
    for look in CHECKS:
        findings = list(look(pair))
        flags += [flag(each.rule, **each.facts) for each in findings]
        if any(each.rule in _ALONE for each in findings):
            break
    return tuple(dict.fromkeys(flags))
