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
    return _behind_commas(made)


def _behind_commas(cells: list[Cell]) -> list[Cell]:
    """*una función nueva, creada para*, *una organización de membresía liderada por*."""
    made = list(cells)
    for at in range(2, len(made) - 1):
        done, last = made[at], made[at - 1]
        bound = made[at + 1].pos == "<pr>" and done.has("<vblex>", "<pp>")
        alone = made[at - 2].pos != "<cnjcoo>" and done.one_of(NUMBERS) == last.one_of(NUMBERS)
        by = made[at + 1].lemma == "por" and last.pos == "<n>" and alone
        if bound and (by or last.pos == "<cm>"):
            head = _head(made, at - 1)
            made[at] = agreeing(done, head) if head else done
    return made


def _head(cells: Sequence[Cell], at: int) -> Cell | None:
    """The noun that the phrase ending at *at* is about, what belongs to it with *de* left out."""
    while at >= 0 and cells[at].pos in {"<adj>", "<cm>"}:
        at -= 1
    while at > 1 and cells[at - 1].lemma == "de" and cells[at - 2].pos in {"<n>", "<adj>"}:
        at -= 2
    while at >= 0 and cells[at].pos == "<adj>":
        at -= 1
    known = at >= 0 and cells[at].pos == "<n>" and cells[at].one_of(GENDERS)
    return cells[at] if known else None


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
