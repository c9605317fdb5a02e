"""Spanish nouns with their articles, numbers and adjectives, put right before the generator.

*la mitad de las personas*, *las barreras sociales, legales y económicas*, *contra el trabajo
infantil*, *reunión de donantes*; and verbs with the number of the noun that leads them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonize.engines.apertium.into_spanish.cells import (
    CODE_WORD,
    GENDERS,
    GONE,
    NUMBERS,
    Cell,
    agreeing,
    applied,
    is_finite,
    numbered,
)
from harmonize.engines.apertium.into_spanish.nouns import POSTS
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.units import like

_WITH_ARTICLE = frozenset(("contra", "hacia", "debido a", "gracias a", "frente a", "tras", "ante"))
_IN_CHARGE_OF_MANY = frozenset("adquisición beca comunicación finanza operación venta".split())
_PARTS_OF_MANY = frozenset("mayoría mitad número parte resto serie".split())
_MANY = frozenset(
    "agricultor auditor beneficiario candidato cliente comprador consumidor donante estudiante "
    "miembro migrante mujer niño participante proveedor productor socio trabajador usuario "
    "voluntario".split()
)
"""Persons, who are many where English has one of them before another noun."""


def with_articles(cells: list[Cell]) -> list[Cell]:
    """*cells* with the rules of this module, one after the other."""
    return applied(_RULES, cells, _NEEDS)


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if 0 <= at < len(cells) else GONE


def _half(cells: list[Cell]) -> list[Cell]:
    """*la mitad de las personas*, with its article."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        is_half = cell.lemma.lower() == "mitad" and cell.pos == "<n>"
        last = _at(cells, at - 1)
        if is_half and last.pos not in {"<det>", "<adj>", "<num>"} and at + 1 < len(cells):
            the = Cell(cell.before, like(cell.lemma, "el"), ("<det>", "<def>", "<f>", "<sg>"))
            made += [the, cell._replace(before=" ", lemma="mitad")]
        else:
            made.append(cell)
    return made


def _behind_that(cells: list[Cell]) -> list[Cell]:
    """*asegurar que las decisiones sean*: who or what does something there has an article."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        bare = cell.pos == "<n>" and cell.one_of(NUMBERS) and _at(cells, at + 1).pos != "<num>"
        if bare and _at(cells, at - 1).has("<cnjsub>") and _leads(cells, at):
            gender = cell.one_of(GENDERS) or "<m>"
            made.append(Cell(cell.before, "el", ("<det>", "<def>", gender, cell.one_of(NUMBERS))))
            made.append(cell._replace(before=" "))
        else:
            made.append(cell)
    return made


def _leads(cells: Sequence[Cell], at: int) -> bool:
    """Whether the noun at *at*, with what belongs to it, has a verb behind it."""
    place = at + 1
    while _at(cells, place).pos in {"<n>", "<adj>", "<pr>", "<det>", "<np>", "<cnjcoo>", "<num>"}:
        place += 1
    return is_finite(_at(cells, place)) or _at(cells, place).has("<adv>")


def _listed_adjectives(cells: list[Cell]) -> list[Cell]:
    """*las barreras sociales, legales y económicas* for *el social, barreras legales y …*."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        noun = made[at + 1]
        if made[at].pos != "<cm>" or noun.pos != "<n>" or not _describes(made, at - 1):
            continue
        start = at - 1
        while start > 1 and made[start - 1].pos == "<cm>" and _describes(made, start - 2):
            start -= 2
        before = _at(made, start - 1)
        begins = start == 0 or before.pos in {"<det>", "<pr>", "<sent>"} or before.pos[:3] == "<vb"
        if not begins or _at(made, at + 2).pos != "<adj>" or before.pos == "<vbser>":
            continue
        opening = made[start]
        head = noun._replace(before=opening.before, lemma=like(opening.lemma, noun.lemma))
        adjectives = [agreeing(each, noun) for each in made[start:at]]
        adjectives[0] = adjectives[0]._replace(before=" ", lemma=adjectives[0].lemma.lower())
        made[start : at + 2] = [head, *adjectives, made[at]]
        if before.pos == "<det>":
            made[start - 1] = agreeing(before, noun)
    return made


def _describes(cells: Sequence[Cell], at: int) -> bool:
    return at >= 0 and cells[at].pos == "<adj>"


def _of_many(cells: list[Cell]) -> list[Cell]:
    """*reunión de donantes*, where English has one noun before another."""
    return [
        cell.swapped("<sg>", "<pl>")
        if cell.pos == "<n>"
        and (cell.lemma.lower() in _MANY or _is_of_post(cells, at))
        and _at(cells, at - 1).lemma == "de"
        and _at(cells, at - 2).pos == "<n>"
        and _at(cells, at + 1).pos not in {"<np>", "<n>", "<num>"}
        and not _at(cells, at + 1).has("<adj>", "<sg>")
        else cell
        for at, cell in enumerate(cells)
    ]


def _is_plain_subject(cells: Sequence[Cell], at: int) -> bool:
    """Whether the noun at *at* has something of it, and then, with no *que* between, its verb."""
    between = {"<n>", "<adj>", "<pr>", "<det>", "<np>", "<num>"}
    if _at(cells, at + 1).lemma != "de":
        return False
    joint = next((n for n in range(at, len(cells)) if cells[n].pos == "<cnjcoo>"), at)
    if _at(cells, joint + 1).has("<det>", "<def>"):
        between.add("<cnjcoo>")
    verb = next((n for n in range(at + 1, len(cells)) if cells[n].pos not in between), at)
    return is_finite(_at(cells, verb))


def _is_of_post(cells: Sequence[Cell], at: int) -> bool:
    """*gerente de operaciones*: what somebody is in charge of is many."""
    post = _at(cells, at - 2).lemma.lower()
    return cells[at].lemma.lower() in _IN_CHARGE_OF_MANY and post in POSTS


def _which_ones(cells: list[Cell]) -> list[Cell]:
    """*Los candidatos que …*: whom a sentence begins with has an article."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        opens = at == 0 or cells[at - 1].pos == "<sent>"
        follows = _at(cells, at + 1).lemma in {"que", "de"}
        is_one = cell.has("<sg>") and _is_plain_subject(cells, at)
        named = cell.pos == "<n>" and (cell.has("<pl>") or is_one) and follows
        least = 1 if _at(cells, at + 1).lemma == "de" else 2
        ends = next((n for n in range(at, len(cells)) if cells[n].pos == "<sent>"), len(cells))
        if opens and named and sum(map(is_finite, cells[at:ends])) >= least:
            gender = cell.one_of(GENDERS) or "<m>"
            number = cell.one_of(NUMBERS)
            the = Cell(cell.before, like(cell.lemma, "el"), ("<det>", "<def>", gender, number))
            small = cell.lemma[:1].lower() + cell.lemma[1:]
            made += [the, cell._replace(before=" ", lemma=small)]
        else:
            made.append(cell)
    return made


def _bare_behind(cells: list[Cell]) -> list[Cell]:
    """*contra el trabajo infantil*, *debido al robo de salarios*: one thing has its article."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        is_one = cell.pos == "<n>" and cell.has("<sg>") and cell.lemma.islower()
        if not is_one:
            made.append(cell)
            continue
        last = _at(cells, at - 1)
        behind = last.lemma.lower() in _WITH_ARTICLE and last.pos == "<pr>"
        behind |= last.lemma == "por" and _at(cells, at - 2).lemma in {"campaña", "lucha", "pasión"}
        behind |= _goes_with_article(cells, at)
        if behind and " " not in cell.lemma and _at(cells, at + 1).pos != "<num>":
            gender = cell.one_of(GENDERS) or "<m>"
            made.append(Cell(cell.before, "el", ("<det>", "<def>", gender, "<sg>")))
            made.append(cell._replace(before=" "))
        else:
            made.append(cell)
    return made


def _goes_with_article(cells: Sequence[Cell], at: int) -> bool:
    """Whether a term behind "and" goes with one that has its article: *la libertad y la paz*."""
    joined = _at(cells, at - 1).pos == "<cnjcoo>" and CODE_WORD.match(_at(cells, at).lemma)
    first = _at(cells, at - 2)
    return bool(
        joined and CODE_WORD.match(first.lemma) and _at(cells, at - 3).has("<det>", "<def>")
    )


def _far_subjects(cells: list[Cell]) -> list[Cell]:
    """*Las víctimas del robo pierden*: the verb has the number of the noun that leads."""
    made = list(cells)
    start: int | None = 0
    said = False
    for at, cell in enumerate(made):
        if cell.pos == "<sent>" or (cell.pos == "<cm>" and not said):
            start, said = at + 1, said and cell.pos != "<sent>"
        elif cell.pos in {"<rel>", "<cnjsub>", "<cnjadv>", "<cm>", "<cnjcoo>"}:
            start = None
        if not is_finite(cell):
            continue
        if start is not None and cell.has("<p3>"):
            made[at] = numbered(cell, _number(made, start, at))
        start, said = None, True
    return made


def _behind_clauses(cells: list[Cell]) -> list[Cell]:
    """*Los candidatos que viven aquí pueden*: the second verb is that of the noun before *que*."""
    made = list(cells)
    for at in range(1, len(made)):
        noun, que = made[at - 1], made[at]
        opens = at == 1 or made[at - 2].pos == "<sent>" or made[at - 2].pos == "<det>"
        if que.lemma != "que" or noun.pos != "<n>" or not noun.has("<pl>") or not opens:
            continue
        verbs: list[int] = []
        for place in range(at + 1, len(made)):
            if made[place].pos in {"<sent>", "<cm>", "<cnjcoo>", "<cnjsub>", "<cnjadv>", "<rel>"}:
                break
            verbs += [place] if is_finite(made[place]) else []
        if len(verbs) == 2 and made[verbs[1]].has("<p3>"):
            made[verbs[1]] = numbered(made[verbs[1]], "<pl>")
    return made


def _number(cells: Sequence[Cell], start: int, verb: int) -> str:
    """The number of what leads the words from *start* to *verb*, where it is sure."""
    first = _at(cells, start)
    if first.lemma.lower() == "uno" and first.pos == "<prn>":
        return "<sg>"
    return "<pl>" if _are_many(cells, start, verb) else ""


def _are_many(cells: Sequence[Cell], start: int, verb: int) -> bool:
    """Whether the words from *start* to *verb* are one noun in the plural with what it has."""
    head = start + (_at(cells, start).pos in {"<det>", "<num>"})
    head += _at(cells, head).pos != "<n>"
    noun = _at(cells, head)
    joins = {"<prn>", "<cnjcoo>", "<num>"}
    plain = not any(each.pos in joins and not each.has("<ref>") for each in cells[head:verb])
    is_many = noun.pos == "<n>" and noun.has("<pl>") and noun.lemma not in _PARTS_OF_MANY
    return is_many and plain and head < verb


def _one_of(cells: list[Cell]) -> list[Cell]:
    """*una de nuestras socias*, *sin uno*: a pronoun where no noun follows."""
    made = list(cells)
    for at, cell in enumerate(made):
        following = _at(made, at + 1)
        alone = following.pos not in {"<n>", "<adj>", "<num>", "<np>", "<cnjcoo>"}
        if cell.lemma.lower() not in {"un", "uno"} or not cell.has("<num>", "<sg>") or not alone:
            continue
        gender = cell.one_of(GENDERS) or "<m>"
        if following.lemma == "de":
            noun = next((each for each in made[at + 2 : at + 5] if each.pos == "<n>"), GONE)
            gender = noun.one_of(GENDERS) or gender
        made[at] = Cell(cell.before, like(cell.lemma, "uno"), ("<prn>", "<tn>", gender, "<sg>"))
    return made


_RULES: tuple[Callable[[list[Cell]], list[Cell]], ...] = (
    _half,
    _one_of,
    _listed_adjectives,
    _of_many,
    _which_ones,
    _behind_that,
    _bare_behind,
    _far_subjects,
    _behind_clauses,
)
_NEEDS = needs(
    {
        _half: ["mitad"],
        _listed_adjectives: ["<cm>", "<adj>"],
        _of_many: ["de"],
        _which_ones: [{"que", "de"}],
        _bare_behind: [{*_WITH_ARTICLE, "por", "<cnjcoo>"}],
        _far_subjects: ["<p3>"],
        _behind_clauses: ["que", "<pl>"],
        _one_of: [{"un", "uno"}],
    }
)
