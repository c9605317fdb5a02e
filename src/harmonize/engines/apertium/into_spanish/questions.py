"""English that asks: questions with their verb first, and requests behind a comma."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.surfaces import (
    INFINITIVE,
    Word,
    at_place,
    begins_object,
    clause_start,
    is_noun,
)

_ASKED = frozenset("ask call contact email phone visit write".split())
_QUESTIONS = frozenset("how what when where which who why".split())


def asked_to(words: list[Word]) -> list[Word]:
    """*If you have questions, call Ruth*: behind the comma the reader is asked."""
    made = list(words)
    for at, word in enumerate(made):
        if word.small not in _ASKED or not word.may(INFINITIVE):
            continue
        opens = at_place(made, clause_start(made, at)).small
        goes_on = begins_object(at_place(made, at + 1)) or at_place(made, at + 1).may("<np>")
        if at_place(made, at - 1).must("<cm>") and opens in {"if", "for", "to"} and goes_on:
            made[at] = word.only(INFINITIVE)
    return made


def inverted(words: list[Word]) -> list[Word]:
    """*How have the trainings changed it?*: as Spanish has it, the subject first."""
    made = list(words)
    for at, word in enumerate(made):
        asks = at == 0 or made[at - 1].small in _QUESTIONS or made[at - 1].small.startswith("to-")
        if word.small not in {"have", "has"} or not asks or not made or "?" not in _end(made, at):
            continue
        end = at + 1
        while is_noun(at_place(made, end)) or at_place(made, end).must("<det>", "<adj>", "<np>"):
            end += 1
        if end > at + 1 and at_place(made, end).may("<pp>"):
            small = tuple(r[:1].lower() + r[1:] for r in word.only("<vbhaver>").readings)
            have = Word(" ", word.small, small)
            first = made[at + 1]._replace(before=word.before)
            done = made[end].only("<pp>")
            return [*made[:at], first, *made[at + 2 : end], have, done, *made[end + 1 :]]
    return made


def _end(words: Sequence[Word], at: int) -> str:
    """The mark that the sentence of the word at *at* ends with."""
    return next((word.surface for word in words[at:] if word.must("<sent>")), "")
