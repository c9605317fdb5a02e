"""Subjects that stand behind their verb in Spanish, behind the dictionary.

*Persisten brechas importantes* is "important gaps persist", *podrán participar las personas que …*
"the people who … may take part".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonize.engines.apertium.into_english.pairs import FINITE, Pair, at_pair
from harmonize.engines.apertium.into_english.se import has_its_subject
from harmonize.engines.apertium.units import like

_APPEAR = frozenset(
    "acudir aparecer asistir bastar caber colaborar concurrir concursar convivir crecer existir "
    "faltar intervenir llegar nacer ocurrir participar permanecer persistir postular sobrar "
    "subsistir suceder surgir".split()
)
"""Verbs that take no object: what stands behind them does them."""
_NUMBER = re.compile(r"<n>[^/]{0,12}(<sg>|<pl>)")
_OPENS = ("<det>", "<adj>", "<n>", "<num>", "<np>")
_SAID = (*_OPENS, "<pp>", "<cnjcoo>", "<preadv>")
_ENDS = ("<sent>", "<cm>")


def subjects_first(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with each of these subjects before its verb."""
    at = 0
    while at < len(pairs):
        end = _verb_end(pairs, at)
        stop = _subject_end(pairs, end) if end else 0
        if end and stop > end and _agrees(pairs, at, end) and not _is_led(pairs, at):
            pairs = [*pairs[:at], *_turned(pairs[at:end], pairs[end:stop]), *pairs[stop:]]
            at = stop
        at += 1
    return pairs


def _verb_end(pairs: Sequence[Pair], at: int) -> int:
    """Where the verb at *at* ends, if it is one of these; a modal takes another."""
    verb, second = pairs[at], at_pair(pairs, at + 1)
    if not FINITE.search(verb.spanish) or "<p3>" not in verb.spanish:
        return 0
    if "<vbmod>" in verb.spanish and "<inf>" in second.spanish:
        return at + 2 if second.lemma in _APPEAR else 0
    return at + 1 if verb.lemma in _APPEAR else 0


def _subject_end(pairs: Sequence[Pair], start: int) -> int:
    """Where the noun with what is said of it ends; a clause with *que* goes to its end."""
    if not any(tag in at_pair(pairs, start).spanish for tag in _OPENS):
        return start
    at = start
    while at < len(pairs) and (
        any(tag in pairs[at].spanish for tag in _SAID) or pairs[at].spanish == "de<pr>"
    ):
        at += 1
    if "<rel>" in at_pair(pairs, at).spanish:
        while at < len(pairs) and not any(tag in pairs[at].spanish for tag in _ENDS):
            at += 1
    return at


def _agrees(pairs: Sequence[Pair], at: int, end: int) -> bool:
    number = next(
        (m[1] for pair in pairs[end : end + 4] if (m := _NUMBER.search(pair.spanish))), ""
    )
    return bool(number) and f"<p3>{number}" in pairs[at].spanish


def _is_led(pairs: Sequence[Pair], at: int) -> bool:
    """Whether the verb at *at* has its subject before it, or asks for one."""
    before = at_pair(pairs, at - 1)
    if "<rel>" in before.spanish and "<pr>" in at_pair(pairs, at - 2).spanish:
        return False  # en las que participan
    led = any(tag in before.spanish for tag in ("<rel>", "<prn>", "<itg>", "<cnjcoo>"))
    return led or before.lemma == "no" or has_its_subject(pairs, at)


def _turned(verb: Sequence[Pair], named: Sequence[Pair]) -> list[Pair]:
    """The noun, with the capital of the verb, and the verb."""
    first, second = verb[0], named[0]
    units = (like(first.spanish, unit) for unit in second[1:])
    small = Pair(" ", *(unit[:1].lower() + unit[1:] for unit in first[1:]))
    return [Pair(first.before, *units), *named[1:], small, *verb[1:]]
