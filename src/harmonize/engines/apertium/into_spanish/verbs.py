"""Spanish verbs beside prepositions, put right before the generator.

*cómo utilizar* for *cómo para utilizar*, *dispuesto a viajar*, *lo que incluye dar seguimiento*;
a request to the reader is one to *usted*: *envíe su CV*.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.into_spanish.cells import (
    CODE_WORD,
    FINITE,
    GONE,
    Cell,
    applied,
    is_finite,
    is_infinitive,
)
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.units import like

_REQUESTS = frozenset(
    "adjuntar anotar completar consultar contactar contar decir describir enviar escribir explicar "
    "incluir indicar informar leer llamar llenar mandar marcar mencionar presentar preguntar "
    "remitir responder ver visitar".split()
)
_WITH_A = frozenset("dispuesto disponible comprometido".split())
_PREPOSITIONS = frozenset("a con de en para por".split())
_INVITE = frozenset("alentar animar fomentar invitar".split())
_MONTHS = frozenset(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre".split()
)
_PARTS_OF_MONTHS = {"temprano": "principio", "tardío": "final", "tarde": "final"}
_STATED = ("<imp>", "<p3>", "<sg>")


def verb_phrases(cells: list[Cell]) -> list[Cell]:
    """*cells* with the rules of this module, one after the other."""
    return applied(_RULES, cells, _NEEDS)


def as_requests(cells: list[Cell]) -> list[Cell]:
    """*Envíe su CV.* for *Enviar su CV.*: in running text the reader is asked to."""
    cells = _forbidden(cells)
    made = list(cells)
    asked = False
    for at, cell in enumerate(cells):
        last = cells[at - 1].pos if at else "<sent>"
        asked = asked and last != "<sent>"
        if not is_infinitive(cell) or cell.lemma.lower() not in _REQUESTS:
            continue
        if last == "<sent>" or (asked and last == "<cnjcoo>") or _behind_if(cells, at):
            made[at] = _request(cell)
            asked = True
    return made


def _forbidden(cells: list[Cell]) -> list[Cell]:
    """*No dude en escribir*, where a sentence begins so."""
    made = list(cells)
    for at in range(1, len(made)):
        verb = made[at]
        word = _at(made, at - 2)
        please = word.pos == "<adv>" and (
            CODE_WORD.match(word.lemma) or word.lemma.lower() == "por favor"
        )
        opens = made[at - 1].lemma.lower() == "no" and (
            at == 1 or made[at - 2].pos == "<sent>" or please
        )
        asks = verb.lemma in _REQUESTS | {"dudar", "olvidar"} and verb.has("<pri>", "<p3>", "<sg>")
        if opens and asks:
            made[at] = verb.swapped("<pri>", "<prs>")
    return made


def _behind_if(cells: Sequence[Cell], at: int) -> bool:
    """*Si necesita ayuda, llame*; *Para postularse, envíe*: behind the comma of what begins so."""
    first = next((n + 1 for n in range(at - 1, -1, -1) if cells[n].pos == "<sent>"), 0)
    opens = cells[first].lemma.lower()
    purpose = opens == "para"
    commas = sum(cell.pos == "<cm>" for cell in cells[first:at])
    return cells[at - 1].pos == "<cm>" and (opens == "si" or (purpose and commas == 1))


def _request(verb: Cell) -> Cell:
    return verb._replace(tags=("<vblex>", *_STATED))


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if 0 <= at < len(cells) else GONE


def _how_to(cells: list[Cell]) -> list[Cell]:
    """*cómo utilizar*: no preposition between."""
    return [
        cell
        for at, cell in enumerate(cells)
        if not (
            cell.lemma in {"para", "a"}
            and _at(cells, at - 1).lemma.lower() in {"cómo", "qué", "cuándo"}
            and is_infinitive(_at(cells, at + 1))
        )
    ]


def _when_doing(cells: list[Cell]) -> list[Cell]:
    """*al gestionar* for *cuándo gestionando*; *cuando* asks only where a question is asked."""
    made = list(cells)
    asks = any(cell.lemma.endswith("?") for cell in cells)
    for at, cell in enumerate(made):
        if cell.lemma in {"cuándo", "cuando"} and _at(made, at + 1).has("<ger>"):
            made[at] = Cell(cell.before, "a", ("<pr>",))
            article = Cell(" ", "el", ("<det>", "<def>", "<m>", "<sg>"))
            made[at + 1 : at + 2] = [article, made[at + 1].swapped("<ger>", "<inf>")]
        elif cell.lemma == "cuándo" and at and not asks:
            made[at] = cell._replace(lemma="cuando", tags=("<cnjadv>",))
    return made


def _including(cells: list[Cell]) -> list[Cell]:
    """*lo que incluye dar seguimiento*, not *incluyendo dando*."""
    made = list(cells)
    for at, cell in enumerate(made):
        deed = _at(made, at + 1)
        acts = deed.has("<ger>") or is_infinitive(deed)
        if cell.lemma == "incluir" and cell.has("<ger>") and acts:
            made[at] = cell._replace(before=" ", tags=("<vblex>", "<pri>", "<p3>", "<sg>"))
            made[at + 1] = made[at + 1].swapped("<ger>", "<inf>")
            what = Cell(cell.before, "lo que", ("<rel>", "<nn>", "<nt>", "<sg>"))
            return [*made[:at], what, made[at], *_including(made[at + 1 :])]
    return made


def _governed(cells: list[Cell]) -> list[Cell]:
    """*apoyar en coordinar y supervisar*: a verb that ends in a preposition takes infinitives."""
    made = list(cells)
    for at, cell in enumerate(made):
        if cell.pos != "<vblex>" or cell.lemma.rpartition(" ")[2] not in _PREPOSITIONS:
            continue
        place = at + 1
        while _at(made, place).has("<ger>"):
            made[place] = made[place].swapped("<ger>", "<inf>")
            place += 2 if _at(made, place + 1).pos == "<cnjcoo>" else len(made)
    return made


def _willing(cells: list[Cell]) -> list[Cell]:
    """*dispuesto a viajar y a trabajar*; *relacionado con*."""
    made = list(cells)
    for at, cell in enumerate(made):
        last = _at(made, at - 1)
        if cell.pos != "<pr>":
            continue
        if last.lemma.lower() in _WITH_A and is_infinitive(_at(made, at + 1)):
            made[at] = cell._replace(lemma="a")
            for place in range(at + 2, len(made) - 1):
                joined = made[place - 1].pos == "<cnjcoo>" and is_infinitive(made[place + 1])
                if joined and made[place].lemma == "para":
                    made[place] = made[place]._replace(lemma="a")
        elif cell.lemma == "a" and last.lemma in {"relacionar", "relacionado"}:
            made[at] = cell._replace(lemma="con")
    return made


def _counted(cells: list[Cell]) -> list[Cell]:
    """*cuatro veces*: what is counted is not time."""
    return [
        Cell(cell.before, "vez", ("<n>", "<f>", "<pl>"))
        if cell.lemma == "tiempo" and _at(cells, at - 1).pos == "<num>"
        else cell
        for at, cell in enumerate(cells)
    ]


def _one_of_them(cells: list[Cell]) -> list[Cell]:
    """*de una página*: behind *uno* stands one."""
    return [
        cell.swapped("<pl>", "<sg>")
        if cell.pos == "<n>"
        and _at(cells, at - 1).lemma in {"uno", "un"}
        and not _at(cells, at - 1).has("<pl>")
        else cell
        for at, cell in enumerate(cells)
    ]


def _under(cells: list[Cell]) -> list[Cell]:
    """*bajo presión*, not *debajo presión*."""
    return [
        cell._replace(lemma="bajo", tags=("<pr>",))
        if cell.lemma == "debajo" and _at(cells, at + 1).pos in {"<n>", "<det>", "<adj>"}
        else cell
        for at, cell in enumerate(cells)
    ]


def _early(cells: list[Cell]) -> list[Cell]:
    """*a principios de junio* for *en junio temprano*."""
    made = list(cells)
    for at, cell in enumerate(made):
        when = _PARTS_OF_MONTHS.get(cell.lemma)
        month = _at(made, at - 1)
        if when and month.lemma.lower() in _MONTHS and _at(made, at - 2).lemma == "en":
            made[at - 2 : at + 1] = [
                made[at - 2]._replace(lemma="a"),
                Cell(" ", when, ("<n>", "<m>", "<pl>")),
                Cell(" ", "de", ("<pr>",)),
                month,
            ]
            return made
    return made


def _invited(cells: list[Cell]) -> list[Cell]:
    """*se alienta a las mujeres a postularse*: nobody is *fuertemente fomentado*."""
    made = list(cells)
    for at, cell in enumerate(made):
        verb = next((n for n in range(at + 1, at + 3) if _at(made, n).has("<pp>")), None)
        if cell.lemma not in {"ser", "estar"} or verb is None or not is_finite(cell):
            continue
        start = next((n + 1 for n in range(at - 1, -1, -1) if made[n].pos == "<sent>"), 0)
        to, deed = _at(made, verb + 1), _at(made, verb + 2)
        if made[verb].lemma not in _INVITE or not is_infinitive(deed) or start == at:
            continue
        is_short = not any(
            is_finite(c) or c.pos == "<cm>" or (c.pos == "<pr>" and c.lemma != "de")
            for c in made[start:at]
        )
        if not is_short:
            ends = _at(made, verb + 3)
            if deed.lemma not in {"aplicar", "postular"} or ends.pos != "<sent>":
                continue
            said = _invitation(made[start:at], cell, deed, ends.before)
            return [*made[:start], *said, ends._replace(before=""), *made[verb + 4 :]]
        first = made[start]
        invite = "invitar" if made[verb].lemma == "invitar" else "alentar"
        se = ("<prn>", "<pro>", "<ref>", "<p3>", "<mf>", "<sp>")
        a = Cell(" ", "a", ("<pr>",))
        subject = [first._replace(before=" ", lemma=first.lemma.lower()), *made[start + 1 : at]]
        made[start : verb + 2] = [
            Cell(first.before, like(first.lemma, "se"), se),
            Cell(" ", invite, ("<vblex>", cell.one_of(FINITE), "<p3>", "<sg>")),
            a,
            *subject,
            to._replace(lemma="a"),
        ]
        return made
    return made


def _invitation(subject: Sequence[Cell], be: Cell, deed: Cell, for_what: str) -> list[Cell]:
    """*Se alienta a postularse a las personas de color, a …*: those who are invited come last."""
    se = ("<prn>", "<pro>", "<ref>", "<p3>", "<mf>", "<sp>")
    first, *rest = subject
    is_name = first.pos == "<np>"
    small = first.lemma if is_name else first.lemma.lower()
    return [
        Cell(first.before, like(first.lemma, "se"), se),
        Cell(" ", "alentar", ("<vblex>", be.one_of(FINITE), "<p3>", "<sg>")),
        Cell(" ", "especialmente", ("<adv>",)),
        Cell(" ", "a", ("<pr>",)),
        *_apply([deed._replace(before=" "), Cell("", ".", ("<sent>",))])[:1],
        Cell(f"{for_what} ", "a", ("<pr>",)),
        first._replace(before=" ", lemma=small),
        *rest,
    ]


def _apply(cells: list[Cell]) -> list[Cell]:
    """*postularse*, where nothing is applied."""
    made = list(cells)
    for at, cell in enumerate(made):
        ends = _at(made, at + 1).pos in {"<sent>", "<cm>", "<adv>", ""}
        if cell.lemma.lower() == "aplicar" and is_infinitive(cell) and not cell.joined and ends:
            lemma = like(cell.lemma, "postular")
            made[at] = cell._replace(lemma=lemma, joined="+se<prn><enc><ref><p3><mf><sp>")
    return made


def _you(cells: list[Cell]) -> list[Cell]:
    """*Reportará a …* for *Tú reportará a …*, where the verb is a phrase of the glossary."""
    made = list(cells)
    for at in range(len(made) - 1):
        you, phrase = made[at], made[at + 1]
        is_you = you.lemma.lower() == "prpers" and you.has("<tn>") and phrase.pos == "<adv>"
        if not is_you or not CODE_WORD.match(phrase.lemma):
            continue
        made[at] = GONE
        made[at + 1] = phrase._replace(before=you.before, lemma=like(you.lemma, phrase.lemma))
        for place in range(at + 2, len(made)):
            if made[place].pos == "<sent>" or is_finite(made[place]):
                break
            if made[place - 1].pos == "<cnjcoo>" and is_infinitive(made[place]):
                made[place] = made[place]._replace(tags=("<vblex>", "<fti>", "<p3>", "<sg>"))
        break
    return made


def _please(cells: list[Cell]) -> list[Cell]:
    """*Por favor envíe*: the phrase, which stands there as a code word, and a request."""
    made = list(cells)
    for at in range(1, len(made)):
        phrase, verb = made[at - 1], made[at]
        opens = at == 1 or made[at - 2].pos in {"<sent>", "<cm>", "<adv>", "<cnjadv>"}
        if not opens or phrase.pos != "<adv>" or not CODE_WORD.match(phrase.lemma):
            continue
        if is_infinitive(verb) and verb.lemma != "notar":
            made[at] = _request(verb)
        elif verb.lemma == "notar":
            made[at] = Cell(
                verb.before, like(verb.lemma, "tener"), ("<vblex>", *_STATED), "# en cuenta"
            )
    return made


_RULES = (
    _how_to,
    _when_doing,
    _including,
    _governed,
    _willing,
    _counted,
    _one_of_them,
    _under,
    _early,
    _invited,
    _apply,
    _please,
    _you,
)
_NEEDS = needs(
    {
        _how_to: [{"cómo", "qué", "cuándo"}],
        _when_doing: [{"cuándo", "cuando"}],
        _including: ["incluir", "<ger>"],
        _governed: ["<ger>"],
        _willing: [{*_WITH_A, "relacionar", "relacionado"}],
        _counted: ["tiempo", "<num>"],
        _one_of_them: [{"uno", "un"}],
        _under: ["debajo"],
        _early: [_PARTS_OF_MONTHS, "en"],
        _invited: [{"ser", "estar"}, _INVITE],
        _apply: ["aplicar"],
        _please: ["<adv>"],
    }
)
