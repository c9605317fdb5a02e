"""What is said of a subject has its gender and number: *la experiencia obtenida es buena*."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.into_spanish.cells import (
    CODE_WORD,
    GENDERS,
    NUMBERS,
    Cell,
    agreeing,
    is_finite,
    numbered,
)
from harmonize.engines.apertium.into_spanish.passives import subject_of

_BEING = frozenset({"ser", "estar"})
_DEGREES = frozenset({"<adv>", "<preadv>"})


def agreed(cells: list[Cell]) -> list[Cell]:
    """*cells* with predicates that agree with their subjects.

    >>> noun = Cell("", "decisión", ("<n>", "<f>", "<pl>"))
    >>> be = Cell(" ", "ser", ("<vbser>", "<pri>", "<p3>", "<pl>"))
    >>> agreed([noun, be, Cell(" ", "justo", ("<adj>", "<m>", "<pl>"))])[-1].tags
    ('<adj>', '<f>', '<pl>')
    """
    made = list(cells)
    for at, be in enumerate(cells):
        if be.lemma.lower() not in _BEING or not is_finite(be) or not be.has("<p3>"):
            continue
        subject = _alone(cells, at)
        for place in _predicates(cells, at + 1):
            if subject is not None and subject.one_of(NUMBERS) == be.one_of(NUMBERS):
                made[place] = agreeing(made[place], subject)
            elif made[place].one_of(NUMBERS):
                made[place] = numbered(made[place], be.one_of(NUMBERS))
    return made


def _alone(cells: Sequence[Cell], at: int) -> Cell | None:
    """The subject of the verb at *at*, if it is one noun of a known gender."""
    subject = subject_of(cells, at)
    if subject is None or not subject.one_of(GENDERS) or CODE_WORD.match(subject.lemma):
        return None
    place = next((n for n in range(at - 1, -1, -1) if cells[n] is subject), at)
    between = cells[place + 1 : at]
    joined = any(cell.pos in {"<cnjcoo>", "<cm>", "<rel>"} for cell in between)
    return None if joined or place == at else subject


def _predicates(cells: Sequence[Cell], start: int) -> list[int]:
    """The adjectives, and participles behind "and", that are said from *start* on."""
    found: list[int] = []
    at = start
    while at < len(cells):
        while at < len(cells) and cells[at].pos in _DEGREES:
            at += 1
        if at == len(cells) or not (cells[at].pos == "<adj>" or cells[at].has("<vblex>", "<pp>")):
            break
        found.append(at)
        joins = at + 1 < len(cells) and cells[at + 1].pos in {"<cnjcoo>", "<cm>"}
        if not joins:
            break
        at += 2
    return found
