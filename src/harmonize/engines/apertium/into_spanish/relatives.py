"""Spanish pronouns that point back: *en la que*, *todas las cuales*, *este es*, *los propios*.

Apertium gives them the masculine singular, whatever they stand for.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.into_spanish.cells import (
    GENDERS,
    GONE,
    NUMBERS,
    Cell,
    applied,
    is_finite,
)
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.units import like

_WHICH = ("<rel>", "<nn>")
_ALL = frozenset("todo alguno mucho ninguno poco varios mayoría mitad tercio parte".split())


def pointing_back(cells: list[Cell]) -> list[Cell]:
    """*cells* with the rules of this module, one after the other."""
    return applied(_RULES, cells, _NEEDS)


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if 0 <= at < len(cells) else GONE


def _noun_before(cells: Sequence[Cell], at: int) -> Cell | None:
    """The nearest noun before *at* in the same sentence."""
    for cell in reversed(cells[:at]):
        if cell.pos == "<sent>":
            return None
        if cell.pos == "<n>" and cell.one_of(NUMBERS) and cell.lemma not in _ALL:
            return cell
    return None


def _gendered(cell: Cell, noun: Cell, number: str = "") -> Cell:
    """*cell* with the noun's gender and number, the masculine where it may have either."""
    old_gender, old_number = cell.one_of((*GENDERS, "<mf>")), cell.one_of((*NUMBERS, "<sp>"))
    cell = cell.swapped(old_gender, noun.one_of(GENDERS) or "<m>")
    return cell.swapped(old_number, number or noun.one_of(NUMBERS))


def _of_whom(cells: list[Cell]) -> list[Cell]:
    """*todas las cuales*, *algunos de los cuales* for *todo de quien*."""
    made = list(cells)
    for at in range(2, len(made)):
        quantity, of, whom = made[at - 2 : at + 1]
        noun = _noun_before(made, at - 2)
        is_rel = (whom.lemma == "quien" and whom.has(*_WHICH)) or whom.lemma == "el cual"
        if noun is None or not is_rel or of.lemma != "de" or not _counts(quantity):
            continue
        which = Cell(whom.before, "el cual", (*_WHICH, noun.one_of(GENDERS) or "<m>", "<pl>"))
        made[at] = which
        if quantity.pos == "<prn>":
            made[at - 2] = _gendered(quantity, noun, "<pl>")
        if quantity.lemma == "todo":
            made[at - 1] = GONE
        verb = _at(made, at + 1)
        if is_finite(verb) and verb.has("<p3>", "<sg>"):
            made[at + 1] = verb.swapped("<sg>", "<pl>")
    return made


def _most_of_whom(cells: list[Cell]) -> list[Cell]:
    """*la mayoría de quienes son*, not *de quien es*."""
    made = list(cells)
    for at in range(2, len(made)):
        most, of, whom = made[at - 2 : at + 1]
        if most.lemma != "la mayoría" or of.lemma != "de" or whom.lemma != "quien":
            continue
        made[at] = whom.swapped("<sg>", "<pl>")
        verb = next((n for n in range(at + 1, min(at + 4, len(made))) if is_finite(made[n])), at)
        made[verb] = made[verb].swapped("<sg>", "<pl>")
    return made


def _counts(cell: Cell) -> bool:
    return cell.lemma.lower() in _ALL or cell.pos == "<num>"


def _which(cells: list[Cell]) -> list[Cell]:
    """*una cultura en la que*, *la reunión, la cual*: as the noun before it."""
    made = list(cells)
    for at, cell in enumerate(made):
        last = _at(made, at - 1)
        if cell.lemma == "quien" and cell.has(*_WHICH, "<sg>") and last.pos == "<pr>":
            whom = _noun_before(made, at - 1)
            made[at] = cell.swapped("<sg>", whom.one_of(NUMBERS)) if whom else cell
        if cell.lemma != "el cual" or not cell.has(*_WHICH) or last.pos not in {"<pr>", "<cm>"}:
            continue
        if last.lemma == "de" and _counts(_at(made, at - 2)):
            continue
        noun = _noun_before(made, at - 1)
        if noun:
            made[at] = _gendered(cell, noun)
    return made


def _and_who(cells: list[Cell]) -> list[Cell]:
    """*que vive aquí y que trabaja*: the second one asks no more than the first."""
    made = list(cells)
    for at, cell in enumerate(made):
        last = _at(made, at - 1)
        joined = last.pos == "<cnjcoo>" or (last.pos == "<cm>" and _at(made, at - 2).pos == "<n>")
        if cell.lemma != "quién" or not joined or not is_finite(_at(made, at + 1)):
            continue
        if last.pos == "<cm>" or any(
            each.lemma == "que" and each.has("<rel>") for each in made[:at]
        ):
            made[at] = Cell(cell.before, "que", ("<rel>", "<an>", "<mf>", "<sp>"))
    return made


def _this_is(cells: list[Cell]) -> list[Cell]:
    """*Este es un puesto*: of a thing that is named, not *esto*."""
    made = list(cells)
    for at, cell in enumerate(made):
        names = _at(made, at + 2).pos == "<det>" and _at(made, at + 2).one_of(GENDERS)
        if (
            cell.lemma.lower() in {"esto", "eso", "aquello"}
            and _at(made, at + 1).pos == "<vbser>"
            and names
        ):
            near = "este" if cell.lemma.lower() == "esto" else "ese"
            this = Cell(cell.before, like(cell.lemma, near), ("<prn>", "<tn>", "<m>", "<sg>"))
            made[at] = _gendered(this, made[at + 2])
    return made


def _themselves(cells: list[Cell]) -> list[Cell]:
    """*los propios productores* for *los productores ellos*."""
    made = list(cells)
    for at in range(1, len(made)):
        cell, noun = made[at], made[at - 1]
        is_self = cell.lemma.lower() == "prpers" and cell.has("<prn>", "<tn>", "<p3>")
        if is_self and noun.pos == "<n>" and cell.before:
            tags = ("<adj>", noun.one_of(GENDERS) or "<m>", noun.one_of(NUMBERS))
            if _at(made, at - 2).pos == "<det>":
                own = Cell(noun.before, "propio", tags)
                made[at - 1 : at + 1] = [own, noun._replace(before=" ")]
            else:
                made[at] = Cell(cell.before, "mismo", tags)
    return made


def _own(cells: list[Cell]) -> list[Cell]:
    """*su propio escritorio* for *su escritorio propio*."""
    made = list(cells)
    for at in range(2, len(made)):
        whose, noun, own = made[at - 2 : at + 1]
        if own.lemma == "propio" and noun.pos == "<n>" and whose.has("<det>", "<pos>"):
            made[at - 1 : at + 1] = [own._replace(before=" "), noun._replace(before=" ")]
    return made


_RULES = (_most_of_whom, _of_whom, _which, _and_who, _this_is, _themselves, _own)
_NEEDS = needs(
    {
        _of_whom: [{"quien", "el cual"}],
        _which: [{"quien", "el cual"}],
        _and_who: ["quién"],
        _this_is: ["esto"],
        _themselves: ["prpers"],
        _own: ["propio"],
    }
)
