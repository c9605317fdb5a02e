"""The salary: which of a posting's amounts is what it pays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.flags import flag
from harmonize.harmonise.data import any_of, either
from harmonize.harmonise.labels import Labelled, without_picture
from harmonize.harmonise.money import Amount, amounts, period, salary
from harmonize.harmonise.passages import Passage
from harmonize.harmonise.places import Country
from harmonize.records import Flag, Salary

_PAYS = any_of("pay")
_NOT_PAY = any_of("not_pay")
_OR = re.compile(r"\b(?:or|o|u)\b|[;/|]", re.IGNORECASE)
_FOR_COSTS = re.compile(
    rf"[^.;:,]{{0,12}}?\s(?:for|towards?|de|para)\s(?:the\s|your\s|el\s|la\s|tu\s|su\s)?{either('costs')}\b",
    re.IGNORECASE,
)
"""What an amount is for that is no pay: "$100 a month for transit"."""
_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=\d{3}))[.!?]\s(?!\d)|;\s|\s\|\s|\n")
_PARTS = re.compile(r"(?<!\s)\s{1,9}(?:[|·•]\s{1,9}|[–—]\s{1,9}(?!\W?\d))|\t{1,9}")
_TOP, _FEW_WORDS = 8, 4
_SECTIONS = frozenset({"duties", "about", "requirements"})


class Pay(NamedTuple):
    """The salary, the row it stands in, and flags by rows."""

    salary: Salary | None
    row: int
    flags: list[tuple[int, Flag]]


def pay(texts: Sequence[Passage], found: Sequence[Labelled], near: Sequence[Country]) -> Pay:
    """What the posting says it pays: labelled, or in a sentence about pay.

    >>> text = "We manage a budget of $5,000,000. The salary is £30,000 per annum."
    >>> pay([Passage(0, text, "en", "paragraph", "benefits")], [], []).salary
    Salary(currency='GBP', min=30000.0, max=30000.0, period='YEAR')
    """
    claims = list(_labelled(found, near)) or list(_said(texts, near))
    different = {_key(claim): (claim, passage) for claim, passage in reversed(claims)}
    if len(different) > 1:
        return Pay(None, -1, [(passage.row, _contradiction(claims)) for _, passage in claims])
    if not claims:
        return Pay(None, -1, [])
    claim, passage = max(claims, key=lambda each: each[0].period is not None)
    flag = [] if claim.currency else [(passage.row, _unclear())]
    return Pay(claim, passage.row, flag)


def _labelled(
    found: Sequence[Labelled], near: Sequence[Country]
) -> Iterator[tuple[Salary, Passage]]:
    for each in found:
        if each.fact == "salary":
            for amount in _choices(each.value):
                yield (
                    _assumed(salary(each.value, amount, each.label, near), amount, each.passage),
                    each.passage,
                )


def _choices(value: str) -> list[Amount]:
    """The first amount that a labelled *value* names, and those in other currencies.

    What stands in brackets says the first again: "USD 900 (about EUR 800)", "£30,000 (£18,000 pro
    rata)".
    """
    found = amounts(value, bare=True)[:1]
    return [*found, *(other for each in found for other in _others(value, each))]


def _others(text: str, first: Amount) -> Iterator[Amount]:
    """Amounts behind *first* in other currencies, in brackets or not: "£16,800 or €19,500"."""
    for each in amounts(text):
        depth = text.count("(", first.end, each.start) - text.count(")", first.end, each.start)
        joined = _OR.search(text, first.end, each.start)
        if each.start > first.end and depth == 0 and joined and each.sign != first.sign:
            yield each


def _said(texts: Sequence[Passage], near: Sequence[Country]) -> Iterator[tuple[Salary, Passage]]:
    head = ""
    for passage in texts:
        head = passage.text if passage.kind == "heading" else head
        if passage.row < _TOP and passage.kind != "heading":
            yield from _on_top(passage, near)
        if passage.section not in _SECTIONS and passage.kind != "heading":
            for sentence in _SENTENCE.split(passage.text):
                about_pay = passage.section == "benefits" or bool(_PAYS.search(head))
                for amount in _paid(sentence, about_pay):
                    yield _assumed(salary(sentence, amount, "", near), amount, passage), passage


def _on_top(passage: Passage, near: Sequence[Country]) -> Iterator[tuple[Salary, Passage]]:
    """A part of a line on top that is a range, or for a time: "Lima · S/ 4,000 a month"."""
    for part in _PARTS.split(passage.text):
        for amount in amounts(part)[:1]:
            rest = without_picture(part[: amount.start]) + part[amount.end :].partition(", ")[0]
            ranged = amount.sign and amount.low < amount.high and part != passage.text
            if (period(rest) or ranged) and len(rest.split()) <= _FEW_WORDS:
                yield _assumed(salary(part, amount, "", near), amount, passage), passage


def _paid(sentence: str, about_pay: bool) -> list[Amount]:
    """The amount that a sentence about pay names, or its choices; no budget or the like."""
    told, done = _PAYS.search(sentence) is not None, 0
    for amount in amounts(sentence):
        between = sentence[max(done, amount.start - 45) : amount.start]
        done = amount.end
        if _FOR_COSTS.match(sentence, amount.end):
            continue
        timed = about_pay and period(sentence[amount.end : amount.end + 20]) is not None
        if (told or timed) and not _NOT_PAY.search(between) and amount.high >= 5:
            return [amount, *_others(sentence, amount)]
    return []


def _assumed(claim: Salary, amount: Amount, passage: Passage) -> Salary:
    """ "$" in English, where no country says otherwise, is the US dollar."""
    plain = amount.sign in ("$", "dollars") and claim.currency is None and passage.language == "en"
    return claim.model_copy(update={"currency": "USD"}) if plain else claim


def _key(claim: Salary) -> tuple[object, ...]:
    return claim.min, claim.max


def _unclear() -> Flag:
    return flag("currency-unclear")


def _contradiction(claims: Sequence[tuple[Salary, Passage]]) -> Flag:
    named = "; ".join(dict.fromkeys(_written(claim) for claim, _ in claims))
    return flag("contradiction", fact="the salary", fact_es="el salario", named=named)


def _written(claim: Salary) -> str:
    """An amount in a message.

    >>> _written(Salary(currency="COP", min=9500000, max=9500000))
    'COP 9,500,000'
    """
    ends = dict.fromkeys(end for end in (claim.min, claim.max) if end is not None)
    return f"{claim.currency or ''} {'–'.join(f'{end:,.12g}' for end in ends)}".strip()
