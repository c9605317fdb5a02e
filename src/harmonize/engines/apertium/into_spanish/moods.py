"""What is wanted, waited for or asked, put right before the generator.

*asegurar que las respuestas sean confidenciales*, *una vez que se haya aprobado*, *hasta que
llegue*, *no envíe originales*; *escribiendo propuestas* for *por escribir propuestas*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonize.engines.apertium.into_spanish.cells import GONE, Cell, is_finite, is_infinitive
from harmonize.engines.apertium.units import like

_WANT = frozenset("asegurar garantizar procurar lograr recomendar sugerir pedir exigir".split())
"""Verbs behind whose *que* stands what is not so yet."""
_NOT_YET = frozenset(
    (
        "antes de que",
        "de modo que",
        "para que",
        "a menos que",
        "siempre que",
        "a condición de que",
        "sin que",
    )
)
_UNTIL = frozenset(("hasta que", "una vez que", "tan pronto como"))
_BY_ITSELF = frozenset("abogar comenzar empezar esforzarse luchar optar preocupar quedar".split())
"""Verbs that have *por* before an infinitive."""
_SE = ("<prn>", "<pro>", "<ref>", "<p3>", "<mf>", "<sp>")
_BETWEEN = frozenset("<adv> <preadv> <pr> <n> <adj> <det> <num> <np> <cnjcoo> <prn>".split())


def with_moods(cells: list[Cell]) -> list[Cell]:
    """*cells* with the rules of this module, one after the other."""
    for rule in _RULES:
        cells = [cell for cell in rule(cells) if cell is not GONE]
    return cells


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if 0 <= at < len(cells) else GONE


def _subjunctives(cells: list[Cell]) -> list[Cell]:
    """*antes de que se firme*, *para que puedan*, *asegurar que sea*: not yet so."""
    made = list(cells)
    for at, cell in enumerate(made):
        small = cell.lemma.lower()
        begins = small in _NOT_YET | _UNTIL and cell.pos in {"<cnjadv>", "<cnjsub>"}
        wanted = cell.has("<cnjsub>") and small == "que" and _is_wanted(made, at)
        if not (begins or wanted):
            continue
        for place in _verbs_of(made, at + 1):
            made[place] = made[place].swapped("<pri>", "<prs>")
    return made


def _is_wanted(cells: Sequence[Cell], at: int) -> bool:
    """Whether *que* at *at* says what is wanted: behind the verb, or joined to such a *que*."""
    before = _at(cells, at - 1)
    if before.lemma.lower() in _WANT and not before.has("<pp>"):
        return True
    if before.pos not in {"<cnjcoo>", "<cm>"}:
        return False
    for place in range(at - 2, 0, -1):
        if cells[place].pos == "<sent>":
            return False
        if cells[place].has("<cnjsub>") and cells[place].lemma == "que":
            return _is_wanted(cells, place)
    return False


def _verbs_of(cells: Sequence[Cell], start: int) -> list[int]:
    """The verb of the clause that begins at *start*, and the one that "and" joins to it."""
    found: list[int] = []
    for at in range(start, len(cells)):
        if cells[at].pos in {"<sent>", "<rel>", "<cnjsub>", "<cnjadv>"} or cells[at].lemma == "que":
            break
        if found and cells[at].pos == "<cm>":
            break
        if is_finite(cells[at]):
            if found and cells[at - 1].pos != "<cnjcoo>" and not cells[at - 1].has("<ref>"):
                break
            found.append(at)
    return found


def _until(cells: list[Cell]) -> list[Cell]:
    """*hasta que los anticipos lleguen*, *una vez que el informe*: before a verb, with *que*."""
    made = list(cells)
    for at, cell in enumerate(made):
        small = cell.lemma.lower()
        if small not in {"desde", "hasta", "una vez"} or cell.pos not in {
            "<pr>",
            "<adv>",
            "<cnjadv>",
        }:
            continue
        place = at + 1
        while _at(made, place).pos in {"<det>", "<n>", "<adj>", "<np>", "<num>"} or (
            _at(made, place).lemma == "de"
        ):
            place += 1
        verb = _at(made, place + 1) if _at(made, place).has("<ref>") else _at(made, place)
        is_past = verb.has("<ifi>") and small != "desde"
        has_noun = any(each.pos == "<n>" for each in made[at + 1 : place])
        if has_noun and is_finite(verb) and not is_past:
            made[at] = cell._replace(lemma=like(cell.lemma, f"{small} que"), tags=("<cnjadv>",))
    return made


def _by_doing(cells: list[Cell]) -> list[Cell]:
    """*ganar socios escribiendo propuestas*, not *por escribir*."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        verb = made[at + 1]
        how = made[at].lemma == "por" and is_infinitive(verb) and not verb.joined
        if not how or verb.lemma.endswith("se") or made[at - 1].lemma.lower() in _BY_ITSELF:
            continue
        if made[at - 1].pos not in {"<cm>", "<n>", "<adv>", "<vblex>", "<adj>", "<np>"}:
            continue
        made[at + 1] = verb.swapped("<inf>", "<ger>")
        made[at] = GONE
        place = at + 2
        while _at(made, place).pos in _BETWEEN | {"<cm>"}:
            if _at(made, place).pos == "<cnjcoo>" and is_infinitive(_at(made, place + 1)):
                made[place + 1] = made[place + 1].swapped("<inf>", "<ger>")
                break
            place += 1
    return made


def _one_another(cells: list[Cell]) -> list[Cell]:
    """*se apoyan mutuamente*, *aprender unos de otros*: what each does to the other."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        last = made[-1] if made else GONE
        if cell.lemma != "mutuamente" or _at(cells, at - 1) is not last:
            made.append(cell)
        elif last.pos == "<pr>":
            ones = Cell(last.before, "uno", ("<prn>", "<tn>", "<m>", "<pl>"))
            others = Cell(" ", "otro", ("<prn>", "<tn>", "<m>", "<pl>"))
            made[-1:] = [ones, last._replace(before=" "), others]
        elif is_finite(last) and last.has("<p3>"):
            se = Cell(last.before, like(last.lemma, "se"), _SE)
            made[-1:] = [se, last._replace(before=" ", lemma=last.lemma.lower()), cell]
        else:
            if is_infinitive(last) and not last.joined:
                made[-1] = last._replace(joined="+se<prn><enc><ref><p3><mf><sp>")
            made.append(cell)
    return made


def _in_a_way(cells: list[Cell]) -> list[Cell]:
    """*de manera oportuna* for *en una manera oportuna*."""
    made = list(cells)
    for at in range(len(made) - 2):
        into, a, way = made[at : at + 3]
        if (
            into.lemma.lower() == "en"
            and a.has("<det>", "<ind>")
            and way.lemma in {"manera", "modo"}
        ):
            made[at] = into._replace(lemma=like(into.lemma, "de"))
            made[at + 1] = GONE
    return made


def _help(cells: list[Cell]) -> list[Cell]:
    """*ayudar a aumentar*, not *ayudar aumentar*."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        last = _at(cells, at - 1)
        if last.lemma.lower() == "ayudar" and is_infinitive(cell) and not last.has("<pp>"):
            made.append(Cell(" ", "a", ("<pr>",)))
        made.append(cell)
    return made


def _after_prepositions(cells: list[Cell]) -> list[Cell]:
    """*cansados de esperar*, not *de esperando*."""
    return [
        cell.swapped("<ger>", "<inf>")
        if cell.has("<ger>") and _at(cells, at - 1).pos == "<pr>"
        else cell
        for at, cell in enumerate(cells)
    ]


def _grows(cells: list[Cell]) -> list[Cell]:
    """*estamos creciendo rápidamente*: what grows by itself is not cultivated."""
    made = list(cells)
    for at, cell in enumerate(made):
        following = _at(made, at + 1)
        fast = following.lemma == "rápido" and following.pos == "<adj>"
        by_itself = fast or following.pos in {"<sent>", "<cm>", "<cnjcoo>", "<adv>"}
        active = is_finite(cell) or cell.has("<ger>")
        if cell.lemma.lower() != "cultivar" or not active or not by_itself or cell.joined:
            continue
        made[at] = cell._replace(lemma=like(cell.lemma, "crecer"))
        if fast:
            made[at + 1] = following._replace(lemma="rápidamente", tags=("<adv>",))
    return made


def _ones(cells: list[Cell]) -> list[Cell]:
    """*los financieros* for *el financiero unos*."""
    made = list(cells)
    for at in range(2, len(made)):
        the, adjective, ones = made[at - 2 : at + 1]
        if ones.lemma != "uno" or not ones.has("<prn>", "<pl>") or adjective.pos != "<adj>":
            continue
        if the.pos == "<det>" and the.has("<sg>"):
            made[at - 2 : at + 1] = [
                the.swapped("<sg>", "<pl>"),
                adjective.swapped("<sg>", "<pl>"),
                GONE,
            ]
    return made


def _runs(cells: list[Cell]) -> list[Cell]:
    """*los proyectos funcionan bien*: what runs by itself is not led."""
    made = list(cells)
    for at, cell in enumerate(made):
        following, last = _at(made, at + 1), _at(made, at - 1)
        by_itself = following.pos in {"<sent>", "<cm>", "<adv>"} and last.pos in {"<n>", "<adj>"}
        if cell.lemma == "dirigir" and is_finite(cell) and not cell.joined and by_itself:
            made[at] = cell._replace(lemma="funcionar")
    return made


def _to_the_end(cells: list[Cell]) -> list[Cell]:
    """*las metas son:*, *los recursos para:* where a list follows."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        ends = made[at + 1].pos == "<sent>" and made[at + 1].lemma == ":"
        if ends and made[at].lemma in {"a", "para"} and made[at].pos == "<pr>":
            made[at] = GONE if made[at - 1].pos == "<vbser>" else made[at]._replace(lemma="para")
    return made


def _asked_for(cells: list[Cell]) -> list[Cell]:
    """*pedirle dinero*, not *pedirle para dinero*."""
    return [
        cell
        for at, cell in enumerate(cells)
        if not (
            cell.lemma == "para"
            and _at(cells, at - 1).lemma.lower() in {"pagar", "pedir"}
            and not _at(cells, at - 1).has("<pp>")
            and _at(cells, at + 1).pos in {"<n>", "<det>", "<adj>"}
        )
    ]


_RULES: tuple[Callable[[list[Cell]], list[Cell]], ...] = (
    _until,
    _subjunctives,
    _by_doing,
    _one_another,
    _in_a_way,
    _help,
    _after_prepositions,
    _grows,
    _ones,
    _runs,
    _to_the_end,
    _asked_for,
)
