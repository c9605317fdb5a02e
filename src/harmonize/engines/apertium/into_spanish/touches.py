"""Small things of Spanish, each put right where it shows.

*tener un título*, not *mantener*; *derecho*, not *ley*, as a subject; *tanto … como*; *las personas
interesadas*; *documentos que se entregarán*, not *para ser entregados*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from harmonize.engines.apertium.into_spanish.cells import (
    GENDERS,
    GONE,
    NUMBERS,
    Cell,
    applied,
    is_finite,
    is_infinitive,
    numbered,
)
from harmonize.engines.apertium.into_spanish.reflexives import reflexives
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.tables import rows
from harmonize.engines.apertium.units import like

_MODALS = frozenset({"deber", "poder"})
_OF_AN_OBJECT = frozenset("<det> <adj> <num> <adv> <preadv>".split())
_PRICES = frozenset("costo precio ritmo tarifa tasa velocidad".split())
_LES, _LOS = "<enc><p3><mf><pl>", "<enc><p3><m><pl>"
_TO_WHOM = frozenset(
    "ayudar brindar conceder contar dar decir enseñar escribir explicar gustar impedir interesar "
    "informar mostrar ofrecer otorgar pagar parecer pedir permitir preguntar prestar proporcionar "
    "responder tocar".split()
)
"""Verbs beside which *les* is to whom, not whom."""
_FOR = {
    "amor": "por",
    "campaña": "por",
    "compromiso": "con",
    "interés": "en",
    "lucha": "por",
    "pasión": "por",
    "preocupación": "por",
    "respeto": "por",
}


def touched_up(cells: list[Cell]) -> list[Cell]:
    """*cells* with the rules of this module, one after the other."""
    return reflexives(applied(_RULES, cells, _NEEDS))


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if 0 <= at < len(cells) else GONE


def _by_object(cells: list[Cell]) -> list[Cell]:
    """*tener un título*, *recaudar fondos*: the verb that goes with what it acts upon."""
    made = list(cells)
    for at, cell in enumerate(made):
        choices = _objects().get(cell.lemma.lower(), {})
        if not choices or not cell.pos.startswith("<vb"):
            continue
        if cell.has("<pp>") and _at(made, at - 1).lemma.lower() != "haber":
            continue
        noun = _object(made, at + 1)
        verb = choices.get(noun.lemma.lower(), "") if noun else ""
        if verb:
            made[at] = cell._replace(lemma=like(cell.lemma, verb))
    return made


def _object(cells: Sequence[Cell], at: int) -> Cell | None:
    """The noun that stands at *at*, behind what may stand before a noun."""
    while _at(cells, at).pos in _OF_AN_OBJECT:
        at += 1
    noun = _at(cells, at)
    if noun.pos == "<n>" and noun.lemma in {"millón", "mil"} and _at(cells, at + 1).lemma == "de":
        noun = _at(cells, at + 2)
    return noun if noun.pos == "<n>" else None


def _that_that(cells: list[Cell]) -> list[Cell]:
    """*creemos que nadie*, with one *que*."""
    return [
        cell
        for at, cell in enumerate(cells)
        if not (cell.lemma == "que" and _at(cells, at - 1).joined.endswith("que"))
    ]


def _to_have_done(cells: list[Cell]) -> list[Cell]:
    """*debe haber completado con éxito*: behind a modal verb an infinitive, and the adverb last."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.lemma != "haber" or not is_finite(cell):
            continue
        before = at - 1
        while _at(made, before).pos == "<adv>" and _at(made, before).lemma.endswith("mente"):
            before -= 1
        modal = _at(made, before)
        if modal.lemma.lower() in _MODALS or (modal.pos == "<pr>" and before == at - 1):
            have = cell._replace(before=" ", tags=("<vbhaver>", "<inf>"))
            adverbs = made[before + 1 : at]
            made[before + 1 : at + 2] = [have, *made[at + 1 : at + 2], *adverbs]
    return made


def _both(cells: list[Cell]) -> list[Cell]:
    """*tanto en inglés como en español*."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.lemma.lower() != "tanto" or cell.pos != "<cnjcoo>":
            continue
        for place in range(at + 1, min(at + 12, len(made))):
            if made[place].lemma in {"y", "e"} and made[place].pos == "<cnjcoo>":
                if _at(made, place + 1).lemma == "como":
                    made[place + 1] = GONE
                made[place] = made[place]._replace(lemma="como", tags=("<cnjadv>",))
                return _both_behind(made, at, place)
    return made


def _both_behind(cells: list[Cell], both: int, joint: int) -> list[Cell]:
    """*tanto en inglés como en español* for *en tanto inglés como español*."""
    last = cells[both - 1] if both else GONE
    if last.pos != "<pr>" or _at(cells, joint + 1).pos == "<pr>":
        return cells
    again = last._replace(before=" ", lemma=last.lemma.lower())
    moved = [cells[both]._replace(before=last.before), last._replace(before=" ")]
    return [*cells[: both - 1], *moved, *cells[both + 1 : joint + 1], again, *cells[joint + 1 :]]


def _to_be_done(cells: list[Cell]) -> list[Cell]:
    """*documentos que serán entregados* for *documentos para ser entregados*."""
    made = list(cells)
    for at in range(1, len(made) - 2):
        to, be, done = made[at : at + 3]
        noun = next((c for c in reversed(made[:at]) if c.pos in {"<n>", "<vblex>"}), GONE)
        follows = to.lemma == "para" and be.has("<vbser>", "<inf>") and done.has("<pp>")
        if follows and noun.pos == "<n>" and made[at - 1].pos in {"<n>", "<adj>", "<cm>"}:
            made[at] = Cell(to.before, "que", ("<rel>", "<an>", "<mf>", "<sp>"))
            number = noun.one_of(NUMBERS) or "<sg>"
            made[at + 1] = be._replace(tags=("<vbser>", "<fti>", "<p3>", number))
    return made


def _those(cells: list[Cell]) -> list[Cell]:
    """*las personas interesadas* for *aquellos interesados*."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        described = _at(cells, at + 1)
        is_those = cell.lemma.lower() == "aquel" and cell.has("<prn>", "<pl>")
        if is_those and described.has("<pp>"):
            the = Cell(cell.before, like(cell.lemma, "el"), ("<det>", "<def>", "<f>", "<pl>"))
            made += [the, Cell(" ", "persona", ("<n>", "<f>", "<pl>"))]
        elif made and made[-1].lemma == "persona" and _at(cells, at - 1).lemma.lower() == "aquel":
            made.append(cell.swapped(cell.one_of(GENDERS), "<f>"))
        else:
            made.append(cell)
    return made


def _law(cells: list[Cell]) -> list[Cell]:
    """*título en derecho*, *derecho laboral*: what is studied, without an article."""
    made = list(cells)
    for at, cell in enumerate(made):
        determined = _at(made, at - 1).pos in {"<det>", "<num>", "<adj>"}
        by = _at(made, at - 1).lemma in {"por", "según"}
        if cell.lemma.lower() == "ley" and cell.has("<n>", "<sg>") and not determined and not by:
            made[at] = cell._replace(lemma=like(cell.lemma, "derecho")).swapped("<f>", "<m>")
            if _at(made, at + 1).pos == "<adj>":
                made[at + 1] = made[at + 1].swapped("<f>", "<m>")
    return made


def _prices(cells: list[Cell]) -> list[Cell]:
    """*a precios justos*, not *en*."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.lemma == "en" and cell.pos == "<pr>":
            place = at + 1
            while _at(made, place).pos in {"<det>", "<adj>"}:
                place += 1
            if _at(made, place).lemma in _PRICES:
                made[at] = cell._replace(lemma="a")
    return made


def _subject_gerunds(cells: list[Cell]) -> list[Cell]:
    """*Haber vivido aquí es una ventaja*: a subject is an infinitive."""
    made = list(cells)
    for at, cell in enumerate(made):
        opens = at == 0 or made[at - 1].pos == "<sent>"
        if opens and cell.has("<ger>") and cell.pos in {"<vbhaver>", "<vbser>"}:
            ends = next((n for n in range(at, len(made)) if made[n].pos == "<sent>"), len(made))
            rest = made[at + 1 : ends]
            if not any(each.pos == "<cm>" for each in rest):
                made[at] = cell.swapped("<ger>", "<inf>")
    return made


def _or_who(cells: list[Cell]) -> list[Cell]:
    """*quienes cosen la ropa, recogen la fruta y arman teléfonos*: one subject, one form."""
    made = list(cells)
    for at in range(2, len(made)):
        joined = made[at - 1].pos in {"<cm>", "<cnjcoo>"}
        alike = is_infinitive(made[at]) or (is_finite(made[at]) and made[at].has("<p3>", "<sg>"))
        if not joined or not alike or made[at].joined:
            continue
        start = next(
            (n for n in range(at - 1, -1, -1) if made[n].pos in {"<rel>", "<sent>", "<cnjsub>"}), -1
        )
        verbs = [cell for cell in made[start + 1 : at] if cell.pos.startswith("<vb")]
        follows = start >= 0 and made[start].has("<rel>") and is_finite(_at(made, start + 1))
        if not follows or not all(map(is_finite, verbs)) or not verbs[0].has("<p3>"):
            continue
        if is_infinitive(made[at]) and verbs[-1].pos == "<vblex>":
            made[at] = made[at]._replace(tags=("<vblex>", *verbs[0].tags[1:]))
        elif is_finite(made[at]):
            number = verbs[0].one_of(NUMBERS)
            made[at] = numbered(made[at], number)
            if made[at].pos == "<vbser>" and _at(made, at + 1).pos == "<adj>":
                made[at + 1] = numbered(made[at + 1], number)
    return made


def _to_us(cells: list[Cell]) -> list[Cell]:
    """*nos toma una semana*: the verb has the person of who does it, not of *nos*."""
    made = list(cells)
    for at in range(1, len(made)):
        us, verb = made[at - 1], made[at]
        is_us = us.has("<prn>", "<pro>", "<p1>") and not us.has("<ref>")
        if not is_us or not is_finite(verb) or not verb.has("<p1>"):
            continue
        number = verb.one_of(NUMBERS)
        made[at] = verb.swapped("<p1>", "<p3>").swapped(number, _number_of_subject(made, at - 1))
    return made


def _number_of_subject(cells: Sequence[Cell], at: int) -> str:
    for place in range(at - 1, -1, -1):
        if cells[place].pos in {"<sent>", "<cnjcoo>", "<cm>"}:
            break
        if cells[place].pos == "<n>" and _at(cells, place - 1).pos != "<pr>":
            return cells[place].one_of(NUMBERS) or "<sg>"
    return "<sg>"


def _since(cells: list[Cell]) -> list[Cell]:
    """*…, ya que esto depende de*: behind a comma, *como* would compare."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.lemma != "como" or _at(made, at - 1).pos != "<cm>":
            continue
        ends = next(
            (n for n in range(at, len(made)) if made[n].pos in {"<sent>", "<cm>"}), len(made)
        )
        if any(map(is_finite, made[at + 1 : ends])):
            made[at] = Cell(cell.before, "ya que", ("<cnjadv>",))
    return made


def _known(cells: list[Cell]) -> list[Cell]:
    """*conocer las comunidades*, not *saber*."""
    return [
        cell._replace(lemma=like(cell.lemma, "conocer"))
        if cell.lemma.lower() == "saber"
        and cell.pos[:3] == "<vb"
        and _at(cells, at + 1).pos != "<adv>"
        and _object(cells, at + 1)
        else cell
        for at, cell in enumerate(cells)
    ]


def _for_what(cells: list[Cell]) -> list[Cell]:
    """*campaña por la igualdad*, *compromiso con la justicia*."""
    made = list(cells)
    for at, cell in enumerate(made):
        head = at - 1 - (_at(made, at - 1).pos == "<adj>")
        wanted = _FOR.get(_at(made, head).lemma.lower(), "")
        takes = cell.pos == "<pr>" and cell.lemma in {"para", "a"} and wanted
        if takes and _at(made, head).pos == "<n>" and not is_infinitive(_at(made, at + 1)):
            made[at] = cell._replace(lemma=wanted)
    return made


def _there_is(cells: list[Cell]) -> list[Cell]:
    """*no hay ninguna paz* for *allí es ninguna paz*."""
    made = list(cells)
    for at, cell in enumerate(made):
        be = _at(made, at + 1)
        if cell.lemma.lower() != "allí" or be.pos != "<vbser>" or not be.has("<pri>"):
            continue
        there = Cell(" ", "hay", ("<vblex>", "<pri>", "<p3>", "<sg>"))
        none = _at(made, at + 2).lemma == "ninguno"
        first = Cell(cell.before, like(cell.lemma, "no"), ("<adv>",)) if none else GONE
        made[at] = first
        made[at + 1] = there if none else there._replace(before=cell.before)
    return made


def _them(cells: list[Cell]) -> list[Cell]:
    """*enviarlos al laboratorio*, but *darles apoyo*: what is acted upon, and to whom."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.pos == "<vblex>" and cell.lemma.lower() not in _TO_WHOM:
            made[at] = cell._replace(joined=cell.joined.replace(_LES, _LOS))
            before = _at(made, at - 1)
            if is_finite(cell) and before.has("<prn>", "<pro>", "<p3>", "<mf>", "<pl>"):
                made[at - 1] = before.swapped("<mf>", "<m>")
    return made


@cache
def _objects() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows("objects.csv"):
        found.setdefault(row["verb"], {}).update(
            dict.fromkeys(row["objects"].split(), row["instead"])
        )
    return found


_RULES: tuple[Callable[[list[Cell]], list[Cell]], ...] = (
    _that_that,
    _by_object,
    _both,
    _to_be_done,
    _those,
    _law,
    _prices,
    _subject_gerunds,
    _or_who,
    _since,
    _known,
    _for_what,
    _there_is,
    _them,
)
WHOSE_PERSON = _to_us
"""Comes before the rule that gives reflexive verbs their pronoun."""
AFTER_MODALS = _to_have_done
"""Comes behind the rule that makes *deber* of *tener que*."""
_NEEDS = needs(
    {
        _that_that: ["que"],
        _both: ["tanto"],
        _to_be_done: ["para", "<vbser>", "<pp>"],
        _those: ["aquel"],
        _law: ["ley"],
        _prices: ["en", _PRICES],
        _subject_gerunds: ["<ger>", {"<vbhaver>", "<vbser>"}],
        _or_who: [{"<cm>", "<cnjcoo>"}, "<rel>"],
        _since: ["como", "<cm>"],
        _known: ["saber"],
        _for_what: [_FOR, {"para", "a"}],
        _there_is: ["allí"],
        _them: [{"<enc>", "<pro>"}],
    }
)
