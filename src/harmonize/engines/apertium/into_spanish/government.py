"""What Spanish verbs, nouns and adjectives ask of what follows, put right before the generator.

English has *to* before every infinitive; Apertium makes *para* of it: "invitado para presentar",
"no dude para contactar".  The tables are `data/governed.csv` and `data/states.csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from harmonize.engines.apertium.into_spanish.cells import (
    GENDERS,
    GONE,
    Cell,
    applied,
    is_infinitive,
)
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.tables import rows
from harmonize.engines.apertium.units import like

_TO = frozenset({"para", "a", "de"})
_OBJECTS = frozenset("<det> <adj> <n> <np> <num> <prn> <cnjcoo> <cm>".split())
_TO_SOMEBODY = frozenset(
    "alentar animar ayudar autorizar capacitar enseñar forzar impedir incitar invitar obligar "
    "permitir persuadir".split()
)
"""Verbs whose object does what the infinitive says: *ayudar a las familias a vender*."""
_STATES_OF = frozenset(
    "condición conflicto contacto contra curso huelga marcha peligro posición riesgo uso venta "
    "vigor".split()
)
_TIMES = frozenset("año mes semana día hora minuto década trimestre semestre".split())
_FOR_A_TIME = frozenset(
    "beca campaña contrato convenio estrategia fondo permiso plan presupuesto programa proyecto "
    "puesto visa".split()
)
_HOW_LONG = frozenset(
    "al_menos menos_de más_de casi más de unos varios mínimo no menos otro todo muchos".split()
)


def governed(cells: list[Cell]) -> list[Cell]:
    """*cells* with the rules of this module, one after the other."""
    return applied(_RULES, cells, _NEEDS)


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if 0 <= at < len(cells) else GONE


def _infinitives(cells: list[Cell]) -> list[Cell]:
    """*invitado a presentar*, *decide vender*, *capacidad de leer y de escribir*."""
    made = list(cells)
    last: str | None = None
    for at, cell in enumerate(made):
        if cell.pos == "<sent>":
            last = None
        if cell.pos != "<pr>" or cell.lemma not in _TO or not is_infinitive(_at(made, at + 1)):
            continue
        joined = _at(made, at - 1).pos in {"<cnjcoo>", "<cm>"}
        wanted = last if joined and cell.lemma == "para" else _wanted(made, at)
        if joined and wanted is None and cell.lemma == "para" and _behind_modal(made, at):
            wanted = ""  # "deberá permanecer y declarar"
        if wanted is None:
            continue
        last = wanted
        made[at] = cell._replace(lemma=wanted) if wanted else GONE
        if not wanted:
            made[at + 1] = made[at + 1]._replace(before=cell.before)
    return made


def _needed(cells: list[Cell]) -> list[Cell]:
    """*las pruebas necesarias para respaldar*, not *necesitadas respaldar*."""
    return [
        cell._replace(lemma="necesario", tags=("<adj>", *cell.tags[2:]))
        if cell.lemma == "necesitar" and cell.has("<pp>") and _at(cells, at - 1).pos == "<n>"
        else cell
        for at, cell in enumerate(cells)
    ]


def _behind_modal(cells: Sequence[Cell], at: int) -> bool:
    """Whether the first infinitive of the sentence stands behind *deber* or *poder*."""
    start = next((n + 1 for n in range(at - 1, -1, -1) if cells[n].pos == "<sent>"), 0)
    first = next((n for n in range(start, at) if is_infinitive(cells[n])), None)
    goes_on = cells[at - 1].pos == "<cnjcoo>" or any(
        cells[n].pos == "<cnjcoo>" and cells[n + 1].lemma == "para"
        for n in range(at, len(cells) - 1)
    )
    return bool(first and cells[first - 1].lemma.lower() in {"deber", "poder"} and goes_on)


def _wanted(cells: Sequence[Cell], at: int) -> str | None:
    """The preposition that the word before *at*, or the verb before its object, asks for."""
    head = _at(cells, at - 1)
    lemma = head.lemma.lower()
    is_verb = head.pos.startswith("<vb") and not head.joined
    if (is_verb or head.pos in {"<n>", "<adj>"}) and lemma in _table():
        return _table()[lemma] if cells[at].lemma == "para" or is_verb else None
    if cells[at].lemma != "para":
        return None
    for place in range(at - 1, max(at - 9, -1), -1):
        verb = cells[place]
        if verb.pos.startswith("<vb"):
            return _table().get(verb.lemma) if verb.lemma.lower() in _TO_SOMEBODY else None
        if verb.pos not in _OBJECTS and verb.lemma not in {"a", "de"}:
            return None
    return None


def _to_somebody(cells: list[Cell]) -> list[Cell]:
    """*permitir a los socios ver*: who is to do it has *a*, be it a person or a shop."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        last = _at(cells, at - 1)
        plain = last.pos == "<vblex>" and not last.joined and not last.has("<pp>")
        if plain and last.lemma.lower() in _TO_SOMEBODY and cell.pos in {"<det>", "<n>", "<num>"}:
            phrase = _noun_phrase(cells, at)
            end = _at(cells, phrase)
            does = is_infinitive(end) or (
                end.pos == "<pr>" and end.lemma in _TO and is_infinitive(_at(cells, phrase + 1))
            )
            if does:
                made.append(Cell(" ", "a", ("<pr>",)))
                if cell.pos == "<n>" and cell.has("<pl>"):
                    gender = cell.one_of(GENDERS) or "<m>"
                    made.append(Cell(" ", "el", ("<det>", "<def>", gender, "<pl>")))
        made.append(cell)
    return made


def _noun_phrase(cells: Sequence[Cell], at: int) -> int:
    """Where the noun phrase that begins at *at* ends."""
    while _at(cells, at).pos in _OBJECTS or (
        _at(cells, at).lemma == "de" and not is_infinitive(_at(cells, at + 1))
    ):
        at += 1
    return at


def _states(cells: list[Cell]) -> list[Cell]:
    """*están dispuestos*, *están en riesgo*, not *son*."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.pos != "<vbser>" or cell.has("<pp>"):
            continue
        end = at + 1
        while _at(made, end).pos in {"<adv>", "<preadv>"}:
            end += 1
        said = _at(made, end)
        is_state = said.pos == "<adj>" and said.lemma.lower() in _states_of_being()
        if is_state or (said.lemma == "en" and _at(made, end + 1).lemma in _STATES_OF):
            made[at] = _being(cell)
    return made


def _being(cell: Cell) -> Cell:
    return cell._replace(lemma=like(cell.lemma, "estar"), tags=("<vblex>", *cell.tags[1:]))


def _progressive(cells: list[Cell]) -> list[Cell]:
    """*ha estado trabajando* for *ha sido trabajando*."""
    return [
        _being(cell) if cell.pos == "<vbser>" and _at(cells, at + 1).has("<ger>") else cell
        for at, cell in enumerate(cells)
    ]


def _for_a_time(cells: list[Cell]) -> list[Cell]:
    """*durante cuatro años*, *un contrato por dos años*, not *para*."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.lemma.lower() != "para" or cell.pos != "<pr>":
            continue
        end = at + 1
        while _at(made, end).lemma.replace(" ", "_") in _HOW_LONG or _at(made, end).pos == "<num>":
            end += 1
        if end > at + 1 and _at(made, end).lemma in _TIMES:
            head = next(
                (c.lemma for c in reversed(made[max(0, at - 4) : at]) if c.pos == "<n>"), ""
            )
            by = "por" if head in _FOR_A_TIME else "durante"
            made[at] = cell._replace(lemma=like(cell.lemma, by))
    return made


def _most_of_them(cells: list[Cell]) -> list[Cell]:
    """*la mayoría de los trabajadores*, with the article."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        made.append(cell)
        most = cell.lemma == "de" and _at(cells, at - 1).lemma == "mayoría"
        most |= cell.lemma.lower().endswith("mayoría de")
        noun = _at(cells, at + 1) if most else GONE
        if noun.pos == "<n>" and noun.has("<pl>"):
            gender = noun.one_of(GENDERS) or "<m>"
            made.append(Cell(" ", "el", ("<det>", "<def>", gender, "<pl>")))
    return made


def _none(cells: list[Cell]) -> list[Cell]:
    """*no cobra ninguna tarifa*, not *cualquier*."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.lemma == "cualquier" and cell.has("<det>", "<pl>"):
            made[at] = GONE  # "any questions": preguntas
            if at + 1 < len(made):
                made[at + 1] = made[at + 1]._replace(before=cell.before)
        if cell.lemma != "cualquier" or not cell.has("<det>", "<sg>"):
            continue
        clause = made[max(0, at - 5) : at]
        noun = _at(made, at + 1)
        denied = any(each.lemma.lower() in {"no", "sin", "nunca"} for each in clause)
        if denied and noun.pos == "<n>":
            tags = ("<det>", "<ind>", noun.one_of(GENDERS) or "<m>", "<sg>")
            made[at] = Cell(cell.before, "ninguno", tags)
    return made


def _last_year(cells: list[Cell]) -> list[Cell]:
    """*el año pasado*, *el próximo mes*: a time that is named has its article."""
    made = list(cells)
    for at, cell in enumerate(made):
        noun, last = _at(made, at + 1), _at(made, at - 1)
        named = noun.lemma in _TIMES | {"primavera", "otoño", "verano", "invierno"}
        bare = last.pos not in {"<det>", "<num>", "<pr>", "<adj>"} and noun.has("<sg>")
        small = cell.lemma.lower()
        if not named or not bare or small not in {"último", "próximo"}:
            continue
        gender = noun.one_of(GENDERS) or "<m>"
        the = Cell(cell.before, like(cell.lemma, "el"), ("<det>", "<def>", gender, "<sg>"))
        if small == "último":
            past = Cell(" ", "pasado", ("<adj>", gender, "<sg>"))
            made[at : at + 2] = [the, noun._replace(before=" "), past]
        else:
            made[at : at + 1] = [the, cell._replace(before=" ", lemma=small)]
        return made
    return made


@cache
def _table() -> dict[str, str]:
    return {row["word"]: row["preposition"] for row in rows("governed.csv")}


@cache
def _states_of_being() -> frozenset[str]:
    return frozenset(row["adjective"] for row in rows("states.csv"))


_RULES = (
    _to_somebody,
    _needed,
    _infinitives,
    _progressive,
    _states,
    _for_a_time,
    _most_of_them,
    _none,
    _last_year,
)
_NEEDS = needs(
    {
        _infinitives: [_TO, "<inf>"],
        _to_somebody: [_TO_SOMEBODY],
        _states: ["<vbser>"],
        _progressive: ["<vbser>", "<ger>"],
        _for_a_time: ["para"],
        _most_of_them: ["<pl>"],
        _none: ["cualquier"],
        _last_year: [{"último", "próximo"}],
    }
)
