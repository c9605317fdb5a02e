"""Spanish noun phrases, put right before the generator.

What Apertium takes word by word from English: *habilidades buenas*, *ayudar trabajadores*,
*asegurar calidad*, *administrativo y apoyo de programa*, *Política y Agente de Investigación*.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from harmonize.engines.apertium.into_spanish.cells import (
    CODE_WORD,
    GENDERS,
    NUMBERS,
    Cell,
    agreeing,
    applied,
    is_finite,
    is_infinitive,
)
from harmonize.engines.apertium.persons import PERSONS
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.units import like

_HAS_FEMININE = ("dor", "tor", "sor", "ano", "rio", "ero", "ado", "ivo", "ico")
_OF_THE_FIRST = frozenset(
    "actual adicional anual diario entrante existente final mensual oportuno pendiente periódico "
    "preliminar previo próximo reciente regular semanal semestral siguiente trimestral".split()
)
_HAS_NONE = ("líder", "ante", "ente", "ista")
_QUALITIES = frozenset("bueno excelente sólido amplio excepcional mejor nuevo".split())
_TO_PERSONS = frozenset(
    "acompañar advertir alentar animar apoyar asesorar asistir atender ayudar capacitar contactar "
    "contratar convencer defender empoderar entrenar entrevistar escuchar excluir guiar "
    "incentivar informar instruir invitar involucrar llamar motivar movilizar orientar pagar "
    "proteger reclutar "
    "representar saludar sorprender supervisar sindicalizar visitar".split()
)
"""Verbs whose object, if it is somebody, has *a*."""
_OF_A_KIND = frozenset(
    "adquirir brindar buscar comprar vender exportar producir cultivar conducir crear dar "
    "demostrar desear exigir generar hablar hacer haber impartir necesitar ofrecer pedir poseer "
    "prestar proporcionar realizar recibir recolectar requerir ser solicitar tener tomar trabajar "
    "viajar vivir estar tratar".split()
)
"""Verbs whose object stands without an article: *brindar apoyo*."""
_OF_MEMBERS = frozenset(
    "asociación coalición comité cooperativa equipo federación grupo lista mayoría número "
    "organización porcentaje red sindicato".split()
)
POSTS = frozenset(
    "agente analista asesor asistente ayudante auditor consultor coordinador director "
    "especialista gerente investigador jefe oficial responsable técnico".split()
)


def noun_phrases(cells: list[Cell], people: Collection[str] = ()) -> list[Cell]:
    """*cells* with the rules of this module, one after the other.

    *people* are the code words of terms for persons and their organisations.
    """
    rules = (_women, _when, _posts, _shared_heads, _qualities_first, _objects, _short)
    cells = applied(rules, cells, _NEEDS)
    persons = PERSONS.union(people) if people else PERSONS
    return _to_persons(_all_of_them(cells, persons), persons)


def is_somebody(noun: Cell, people: Collection[str] = ()) -> bool:
    """Whether a noun stands for persons or their organisations; any unknown term may.

    >>> is_somebody(Cell("", "agricultor", ("<n>", "<m>", "<pl>")))
    True
    """
    lemma = noun.lemma.lower()
    is_code = bool(CODE_WORD.match(lemma)) and lemma in people
    return is_code or lemma in PERSONS or lemma.endswith(("ista", "dor", "dora"))


def _pos(cells: Sequence[Cell], at: int) -> str:
    return cells[at].pos if 0 <= at < len(cells) else "<sent>"


def _small(cell: Cell) -> Cell:
    """With a small letter, unless it is an acronym or a code word's whole capital."""
    return cell._replace(before=" ", lemma=cell.lemma[:1].lower() + cell.lemma[1:])


def _begins(cells: Sequence[Cell], at: int) -> bool:
    """Whether a noun phrase without a determiner begins at *at*."""
    before = _pos(cells, at - 1)
    return before in {"<sent>", "<pr>", "<cm>", "<cnjcoo>"} or before.startswith("<vb")


def _posts(cells: list[Cell]) -> list[Cell]:
    """*Agente de Política e Investigación*: what the post is for comes behind it."""
    made = list(cells)
    for at in range(1, len(made) - 3):
        joined = made[at].pos == "<cnjcoo>" and made[at + 1].lemma.lower() in POSTS
        if not joined or made[at + 2].lemma != "de" or made[at + 1].has("<pl>"):
            continue
        start = at
        while start and made[start - 1].pos in {"<n>", "<adj>", "<pr>"}:
            start -= 1
        first = made[start]
        is_person = any(c.lemma.lower() in POSTS | PERSONS for c in made[start:at])
        article = _pos(made, start - 1) == "<det>"
        opens = start == 0 or article or _pos(made, start - 1) in {"<sent>", "<cm>"}
        if start == at or first.pos != "<n>" or not first.has("<sg>") or is_person or not opens:
            continue
        post = made[at + 1]._replace(
            before=first.before, lemma=like(first.lemma, made[at + 1].lemma)
        )
        if article:
            made[start - 1] = agreeing(made[start - 1], post.swapped("<mf>", "<m>"))
        of = Cell(" ", "de", ("<pr>",))
        topic = [first._replace(before=" "), *made[start + 1 : at]]
        made[start : at + 3] = [post, of, *topic, made[at]]
        return made
    return made


def _women(cells: list[Cell]) -> list[Cell]:
    """*consultoras* for *consultores de mujeres*, *mujeres líderes* where they are called alike."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        who, of, women = made[at - 1 : at + 2]
        is_so = of.lemma == "de" and women.lemma == "mujer" and women.has("<n>")
        follows = _pos(made, at + 2) in {"<adj>", "<det>", "<pr>"} and not _ends(made, at + 2)
        if not is_so or who.pos != "<n>" or follows or not who.has("<pl>"):
            continue
        small = who.lemma.lower()
        if small not in PERSONS or not small.endswith((*_HAS_FEMININE, *_HAS_NONE)):
            continue
        if _pos(made, at - 2) in {"<det>", "<adj>"}:
            made[at - 2] = made[at - 2].swapped("<m>", "<f>")
        if small.endswith(_HAS_NONE):
            first = women._replace(before=who.before, lemma=like(who.lemma, "mujer"))
            made[at - 1 : at + 2] = [first, who._replace(before=" ", lemma=small)]
        else:
            made[at - 1 : at + 2] = [who.swapped("<m>", "<f>")]
        return _women(made)
    return made


def _ends(cells: Sequence[Cell], at: int) -> bool:
    """Whether a preposition at *at* goes on about those before it: "consultoras de la región"."""
    return _pos(cells, at) == "<pr>"


def _when(cells: list[Cell]) -> list[Cell]:
    """*informes de auditoría anuales*: how often, which and when is said of the first noun."""
    made = list(cells)
    for at in range(3, len(made)):
        adjective, of = made[at], made[at - 2]
        head = at - 3
        while head > 1 and made[head - 1].lemma == "de" and made[head - 2].pos == "<n>":
            head -= 2
        first = made[head]
        noun = made[at - 1]
        is_noun = noun.pos == "<n>" and noun.lemma not in {"forma", "manera", "modo"}
        if adjective.lemma not in _OF_THE_FIRST or of.lemma != "de" or not is_noun:
            continue
        if first.pos == "<n>" and first.one_of(NUMBERS) and made[at].pos == "<adj>":
            made[at] = agreeing(adjective, first)
    return made


def _shared_heads(cells: list[Cell]) -> list[Cell]:
    """*apoyo administrativo y de programa*, not *administrativo y apoyo de programa*."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        start = _adjectives_before(made, at)
        if start is not None:
            made[start : at + 2] = _led(made, start, at)
            if _pos(made, start - 1) == "<det>":
                made[start - 1] = agreeing(made[start - 1], cells[at + 1])
    return made


def _adjectives_before(cells: Sequence[Cell], at: int) -> int | None:
    """Where the adjectives begin that a noun behind "and" at *at* has in common with others."""
    if cells[at].pos != "<cnjcoo>" or cells[at + 1].pos != "<n>" or cells[at - 1].pos != "<adj>":
        return None
    start = at - 1
    while start and cells[start - 1].pos == "<adj>":
        start -= 1
    begins = _begins(cells, start) or _pos(cells, start - 1) == "<det>"
    is_term = bool(CODE_WORD.match(cells[at + 1].lemma))
    if not begins or not (is_term or _goes_on(cells, at + 2)):
        return None
    return None if all(each.lemma.lower() in _QUALITIES for each in cells[start:at]) else start


def _goes_on(cells: Sequence[Cell], at: int) -> bool:
    """Whether the noun before *at* has an adjective, or something of it."""
    return _pos(cells, at) == "<adj>" or (_pos(cells, at) == "<pr>" and cells[at].lemma == "de")


def _led(cells: Sequence[Cell], start: int, at: int) -> list[Cell]:
    """The adjectives from *start* on and the noun behind "and", with the noun first."""
    opening, head = cells[start], cells[at + 1]
    adjectives = [_small(agreeing(each, head)) for each in cells[start:at]]
    judged = [each for each in adjectives if each.lemma in _QUALITIES]
    others = [each for each in adjectives if each.lemma not in _QUALITIES]
    if _goes_on(cells, at + 2):
        phrase = [*judged, _small(head), *others, cells[at]]
    else:  # a term, whose own words come first: "habilidades administrativas y organizativas"
        phrase = [*judged, _small(head), *others[:-1], cells[at], others[-1]]
    first = phrase[0]._replace(before=opening.before, lemma=like(opening.lemma, phrase[0].lemma))
    return [first, *phrase[1:]]


def _qualities_first(cells: list[Cell]) -> list[Cell]:
    """*buenas habilidades de comunicación*: a judgement stands before what it judges."""
    made = list(cells)
    for at in range(1, len(made)):
        quality = made[at]
        if quality.pos != "<adj>" or quality.lemma.lower() not in _QUALITIES:
            continue
        joined = _pos(made, at + 1) == "<cnjcoo>" and _pos(made, at + 2) == "<adj>"
        compared = made[at - 1].pos in {"<adv>", "<preadv>"}
        head = _head_of(made, at)
        if head is None or joined or compared:
            continue
        noun = made[head]
        gender, number = noun.one_of(GENDERS), noun.one_of(NUMBERS)
        wrong = (quality.one_of(GENDERS) or gender) != gender
        if not number or wrong or quality.one_of(NUMBERS) != number:
            continue
        lemma = like(noun.lemma, quality.lemma.lower())
        moved = quality._replace(before=noun.before, lemma=lemma)
        is_first = noun.lemma[:1].isupper() and (head == 0 or made[head - 1].pos == "<sent>")
        rest = [noun._replace(before=" "), *made[head + 1 : at]]
        rest[0] = _small(rest[0]) if is_first else rest[0]
        made[head : at + 1] = [moved, *rest]
    return made


def _head_of(cells: Sequence[Cell], at: int) -> int | None:
    """The noun that the words before *at* belong to: *habilidades* of *habilidades de …*."""
    head = None
    place = at - 1
    while place >= 0 and (
        cells[place].pos in {"<n>", "<adj>"} or cells[place].lemma == "de" or _joins(cells, place)
    ):
        if cells[place].pos == "<n>":
            head = place
            if place and cells[place - 1].lemma != "de":
                break
        place -= 1
    return head


def _joins(cells: Sequence[Cell], at: int) -> bool:
    """Whether an "and" stands there between two adjectives."""
    return (
        cells[at].pos == "<cnjcoo>"
        and _pos(cells, at - 1) == "<adj>"
        and _pos(cells, at + 1) == "<adj>"
    )


def _short(cells: list[Cell]) -> list[Cell]:
    """*buen apoyo*, not *bueno apoyo*."""
    return [
        cell._replace(lemma=like(cell.lemma, "buen"))
        if cell.lemma.lower() == "bueno"
        and cell.has("<m>", "<sg>")
        and _pos(cells, at + 1) == "<n>"
        else cell
        for at, cell in enumerate(cells)
    ]


def _objects(cells: list[Cell]) -> list[Cell]:
    """*asegurar la calidad*: one thing that is acted upon has its article."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        last = cells[at - 1] if at else None
        passive = at > 1 and cells[at - 2].has("<ref>")
        if last and not passive and _takes_article(last) and _is_bare(cells, at):
            made.append(_article(cell))
        made.append(cell)
    return made


def _takes_article(verb: Cell) -> bool:
    if verb.lemma.endswith(" como"):
        return False
    plain = verb.pos == "<vblex>" and (is_infinitive(verb) or is_finite(verb) or verb.has("<ger>"))
    return plain and not verb.joined and verb.lemma.lower() not in _OF_A_KIND


def _is_bare(cells: Sequence[Cell], at: int) -> bool:
    """Whether a common noun in the singular stands there, and belongs to no list of nouns."""
    cell = cells[at]
    is_common = (
        cell.pos == "<n>" and cell.has("<sg>") and cell.lemma.islower() and cell.one_of(GENDERS)
    )
    return bool(is_common) and " " not in cell.lemma and _pos(cells, at + 1) != "<num>"


def _article(noun: Cell) -> Cell:
    gender = noun.one_of(GENDERS) or "<m>"
    return Cell(" ", "el", ("<det>", "<def>", gender, noun.one_of(NUMBERS)))


def _is_people(cells: Sequence[Cell], at: int, persons: Collection[str]) -> bool:
    """Whether a noun for persons in the plural stands there without a determiner."""
    if at < len(cells) and cells[at].pos == "<adj>":
        at += 1
    return at < len(cells) and cells[at].pos == "<n>" and cells[at].lemma.lower() in persons


def _all_of_them(cells: list[Cell], persons: Collection[str]) -> list[Cell]:
    """*los derechos de las comunidades*, *asistencia a los agricultores*."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        made.append(cell)
        if (
            cell.pos != "<pr>"
            or not _is_people(cells, at + 1, persons)
            or not cells[at + 1].has("<pl>")
        ):
            continue
        of_known = (
            cell.lemma == "de"
            and at > 1
            and cells[at - 1].pos == "<n>"
            and cells[at - 2].has("<det>", "<def>")
            and cells[at - 1].lemma.lower() not in _OF_MEMBERS | POSTS
        )
        if cell.lemma == "a" or of_known:
            noun = cells[at + 1] if cells[at + 1].pos == "<n>" else cells[at + 2]
            made.append(_article(noun))
    return made


def _to_persons(cells: list[Cell], persons: Collection[str]) -> list[Cell]:
    """*apoyar a los productores*, *supervisar a dos voluntarios*; *ayudarles a vender*."""
    made: list[Cell] = []
    to = Cell(" ", "a", ("<pr>",))
    helped = False
    for at, cell in enumerate(cells):
        last = cells[at - 1] if at else None
        if last and last.pos == "<vblex>" and last.lemma.lower() in _TO_PERSONS and not last.joined:
            noun = at + (cell.pos in {"<det>", "<num>"})
            perfect = last.has("<pp>") and at > 1 and cells[at - 2].lemma == "haber"
            is_named = cell.pos == "<np>" and last.lemma.lower() in {"contactar", "llamar"}
            is_called = is_named and not CODE_WORD.match(cell.lemma)
            people = is_called or _is_people(cells, noun, persons)
            if (perfect or not last.has("<pp>")) and people:
                made.append(to)
                if noun == at and _is_plural(cells, at):
                    made.append(_article(cell if cell.pos == "<n>" else cells[at + 1]))
        helped = (helped or cell.lemma.lower() == "ayudar") and cell.pos not in {"<sent>", "<cm>"}
        follows = at + 1 < len(cells) and is_infinitive(cells[at + 1])
        purpose = last is not None and last.lemma == "necesario"
        as_a = helped and cell.lemma == "para" and follows and not purpose
        made.append(cell._replace(lemma="a") if as_a else cell)
    return made


def _is_plural(cells: Sequence[Cell], at: int) -> bool:
    return cells[at].has("<pl>")


_NEEDS = needs(
    {
        _posts: ["<cnjcoo>", POSTS, "de"],
        _shared_heads: ["<cnjcoo>", "<adj>"],
        _qualities_first: ["<adj>", _QUALITIES],
        _short: ["bueno"],
        _objects: ["<vblex>", "<sg>"],
    }
)
