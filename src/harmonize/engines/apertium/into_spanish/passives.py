"""What is done to something: passives with *ser*, *estar* and *se*, as Spanish has them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from harmonize.engines.apertium.into_spanish.cells import (
    GONE,
    NUMBERS,
    Cell,
    is_finite,
    is_infinitive,
    numbered,
    participle_of,
)
from harmonize.engines.apertium.into_spanish.nouns import is_somebody
from harmonize.engines.apertium.tables import rows
from harmonize.engines.apertium.units import like

_OF_KINDS = frozenset("requerir necesitar desear preferir valorar buscar ofrecer exigir".split())
"""What is required, wanted or offered is of a kind: without an article."""
_EVENTS = frozenset(
    "asamblea audiencia congreso conferencia conversación curso elección entrevista evento foro "
    "reunión ronda segundo sesión taller votación".split()
)
"""What is held, in Spanish *celebrado*."""
_SE = ("<prn>", "<pro>", "<ref>", "<p3>", "<mf>", "<sp>")
_ENDS_OF_CLAUSES = frozenset("<sent> <cnjsub> <cnjadv> <rel>".split())
_PARTS = {"haber": "<pp>", "estar": "<ger>"}
"""Which part of *ser* stands behind these verbs in a passive."""


def passives(cells: list[Cell], people: Collection[str] = ()) -> list[Cell]:
    """*fue fundada* for *estuvo fundada*, *se paga* for *está pagada*, *debe tomarse*.

    *people* are the code words of terms for persons, of whom nothing is said with *se*.
    """
    made = _modal(_perfect(cells, people), people)
    for at in range(len(made)):
        place = participle_of(made, at)
        if place is None or not is_finite(made[at]):
            continue
        kind = _kinds().get(made[place].lemma.lower(), "") or _kind_here(made, at, people)
        by = place + 1 < len(made) and made[place + 1].lemma == "por"
        subject = subject_of(made, at)
        if kind == "held" and (subject is None or subject.lemma in _EVENTS):
            made[place] = made[place]._replace(lemma="celebrar")
        if _is_expected(made, place):
            made[at : place + 2] = _expected(made[at : place + 2])
            continue
        if subject is not None and kind == "reflexive" and subject.has("<pl>"):
            made[place] = numbered(made[place], "<pl>")
        made[at : place + 1] = _voiced(made[at : place + 1], kind, by=by)
    return _verbs_before_subjects(made)


def _kind_here(cells: Sequence[Cell], at: int, people: Collection[str]) -> str:
    """What happens to things, and did not happen once, is said with *se*: *se paga en euros*."""
    if cells[at].has("<ifi>") or cells[at].has("<prs>"):
        return ""
    subject = subject_of(cells, at)
    return "active" if subject is None or is_somebody(subject, people) else "reflexive"


def subject_of(cells: Sequence[Cell], at: int) -> Cell | None:
    """The first noun of the clause of the verb at *at*, or the one before its *que*."""
    first = at
    while first and cells[first - 1].pos not in _ENDS_OF_CLAUSES:
        first -= 1
    nouns = [
        cells[n]
        for n in range(first, at)
        if cells[n].pos == "<n>" and not _is_governed(cells, n, first)
    ]
    if nouns:
        return nouns[0]
    if first and cells[first - 1].lemma.lower() == "lo que":
        return cells[first - 1].swapped("<nt>", "<m>")
    behind_que = first and cells[first - 1].has("<rel>") and first == at
    if behind_que and first > 1 and cells[first - 2].pos in {"<n>", "<adj>", "<cm>"}:
        return next((c for c in reversed(cells[: first - 1]) if c.pos == "<n>"), None)
    return None


def _is_governed(cells: Sequence[Cell], at: int, first: int) -> bool:
    """Whether a preposition stands before the noun at *at* and what it has before itself."""
    while at > first and cells[at - 1].pos in {"<det>", "<adj>", "<num>"}:
        at -= 1
    return at > first and cells[at - 1].pos == "<pr>"


def _perfect(cells: list[Cell], people: Collection[str]) -> list[Cell]:
    """*se han tomado* for *han sido tomadas*, *se están siguiendo* for *están siendo seguidas*."""
    made = list(cells)
    for at in range(len(made) - 2):
        have, be, done = made[at : at + 3]
        follows = be.lemma == "ser" and be.has("<vbser>") and done.has("<vblex>", "<pp>")
        by = at + 3 < len(made) and made[at + 3].lemma == "por"
        if (
            not follows
            or by
            or not is_finite(have)
            or not be.has(_PARTS.get(have.lemma.lower(), ""))
        ):
            continue
        subject = subject_of(made, at)
        if subject is None or is_somebody(subject, people):
            continue
        verb = ("<vblex>", "<pp>", "<m>", "<sg>") if be.has("<pp>") else ("<vblex>", "<ger>")
        se = Cell(have.before, like(have.lemma, "se"), _SE)
        lemma = have.lemma.lower()
        number = subject.one_of(NUMBERS)
        made[at : at + 3] = [
            se,
            numbered(have._replace(before=" ", lemma=lemma), number),
            done._replace(tags=verb),
        ]
    return made


def _modal(cells: list[Cell], people: Collection[str]) -> list[Cell]:
    """*deben tomarse* for *deben ser tomadas*."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        must, be, done = made[at - 1 : at + 2]
        is_modal = must.lemma.lower() in {"deber", "poder"} and is_finite(must)
        by = at + 2 < len(made) and made[at + 2].lemma == "por"
        if not is_modal or by or not be.has("<vbser>", "<inf>") or not done.has("<vblex>", "<pp>"):
            continue
        subject = subject_of(made, at - 1)
        if subject is None or is_somebody(subject, people):
            continue
        joined = "+se<prn><enc><ref><p3><mf><sp>"
        made[at : at + 2] = [Cell(be.before, done.lemma, ("<vblex>", "<inf>"), joined), GONE]
    return [cell for cell in made if cell is not GONE]


def _verbs_before_subjects(cells: list[Cell]) -> list[Cell]:
    """*Se requiere experiencia* for "la experiencia se requiere", where a clause begins so."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        if not made[at].has("<ref>") or _kinds().get(made[at + 1].lemma) != "reflexive":
            continue
        first = _clause_start(made, at)
        subject = made[first:at]
        if subject and subject[-1].pos != "<rel>" and not _has_verb(subject):
            moved = _moved(subject, made[at + 1].lemma)
            number = next((cell.one_of(NUMBERS) for cell in subject if cell.pos == "<n>"), "")
            model = "A" if first == 0 and made[0].lemma[:1].isdigit() else made[first].lemma
            opening = made[at]._replace(
                before=made[first].before, lemma=like(model, made[at].lemma)
            )
            gone = [GONE] * (len(subject) - len(moved))
            made[first : at + 2] = [opening, numbered(made[at + 1], number), *moved, *gone]
    return made


def _clause_start(cells: Sequence[Cell], at: int) -> int:
    """Where a clause begins: an "and" or a comma before which no verb stands joins nouns."""
    for n in range(at - 1, -1, -1):
        joins = cells[n].pos in {"<cnjcoo>", "<cm>"} and _has_verb(cells[:n])
        if joins or cells[n].pos in {"<sent>", "<cnjadv>", "<cnjsub>"}:
            return n + 1
    return 0


def _has_verb(cells: Sequence[Cell]) -> bool:
    return any(cell.pos.startswith("<vb") and not cell.has("<pp>") for cell in cells)


def _moved(cells: Sequence[Cell], verb: str) -> list[Cell]:
    """A subject as it stands behind its verb: "se requiere experiencia", "se utiliza el fondo"."""
    first, *rest = cells
    is_plain = not any(cell.has("<pp>") or cell.has("<adj>", "<pl>") for cell in rest)
    if first.has("<det>", "<def>") and rest and verb in _OF_KINDS and is_plain:
        return rest
    is_name = first.pos == "<np>" or first.lemma[1:] != first.lemma[1:].lower()
    small = first.lemma if is_name else first.lemma[:1].lower() + first.lemma[1:]
    return [first._replace(before=" ", lemma=small), *rest]


def _voiced(cells: list[Cell], kind: str, *, by: bool) -> list[Cell]:
    """A verb of being, adverbs and a participle, in the voice that fits."""
    be, *adverbs, participle = cells
    is_estar = be.lemma.lower() == "estar"
    if kind == "state" and not by:
        return [be.swapped("<ifi>", "<pii>"), *adverbs, participle] if is_estar else cells
    if kind == "reflexive" and not by:
        return _reflexive(be, adverbs, participle)
    if is_estar and (be.has("<ifi>") or by or kind == "active"):
        ser = be._replace(lemma=like(be.lemma, "ser"), tags=("<vbser>", *be.tags[1:]))
        return [ser, *adverbs, participle]
    return cells


def _is_expected(cells: Sequence[Cell], place: int) -> bool:
    """Somebody is *expected to* do something: before an infinitive with its preposition."""
    if cells[place].lemma not in {"esperar", "pedir"} or place + 2 >= len(cells):
        return False
    return cells[place + 1].pos == "<pr>" and is_infinitive(cells[place + 2])


def _expected(cells: list[Cell]) -> list[Cell]:
    """*deberá trabajar* for "is expected to work"; what falls away leaves empty cells."""
    be = cells[0]
    tags = tuple("<fti>" if tag == "<pri>" else tag for tag in be.tags[1:])
    must = Cell(be.before, like(be.lemma, "deber"), ("<vblex>", *tags))
    return [must, *[GONE] * (len(cells) - 1)]


def _reflexive(be: Cell, adverbs: list[Cell], participle: Cell) -> list[Cell]:
    """*se* and the verb in the tense of *be*: "se requiere"; the placeholders keep the length."""
    tags = numbered(be, participle.one_of(NUMBERS)).tags
    verb = Cell(" ", participle.lemma, ("<vblex>", *tags[1:]))
    se = Cell(be.before, like(be.lemma, "se"), _SE)
    return [se, verb, *adverbs]


@cache
def _kinds() -> dict[str, str]:
    return {row["verb"]: row["kind"] for row in rows("passives.csv")}
