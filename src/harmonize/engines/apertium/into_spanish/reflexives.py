"""Spanish verbs with *se* or a preposition of their own: *incorporarse a*, *confiar en*.

The lists of words have such verbs whole; before the generator the pronoun takes its place, and the
preposition that of an English one.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.into_spanish.cells import GONE, Cell, is_finite
from harmonize.engines.apertium.units import like

SE = ("<prn>", "<pro>", "<ref>", "<p3>", "<mf>", "<sp>")
_ENCLITIC = "+se<prn><enc><ref><p3><mf><sp>"
_OURS = ("<prn>", "<pro>", "<p1>", "<mf>", "<pl>")
_PREPOSITIONS = frozenset("a con de en por".split())
_REPLACED = frozenset("a acerca# de con de en para por sobre".split())
_ENDS = frozenset({"<sent>", "<cm>", "<cnjcoo>", ""})
_NAMES_SOMETHING = frozenset("<det> <n> <np>".split())


def reflexives(cells: list[Cell]) -> list[Cell]:
    """*se incorporará a un equipo*, *confían en nosotros*, *se queja de la falta*.

    >>> verb = Cell("", "Incorporarse a", ("<vblex>", "<fti>", "<p3>", "<sg>"))
    >>> " ".join(cell.lemma for cell in reflexives([verb, Cell(" ", "uno", ("<det>",))]))
    'Se incorporar a uno'
    """
    made: list[Cell] = []
    unchanging = ""  # what of a verb of several words has no form: "postularse al puesto"
    for at, each in enumerate(cells):
        cell = each._replace(before=unchanging + each.before) if unchanging else each
        unchanging = ""
        verb, _, rest = cell.lemma.partition(" ")
        is_ours = cell.pos == "<vblex>" and not cell.has("<pron>")
        is_reflexive = is_ours and verb.endswith("rse")
        if not is_reflexive and not (is_ours and rest in _PREPOSITIONS):
            made.append(cell)
            continue
        following = cells[at + 1] if at + 1 < len(cells) else GONE
        before = made[-1] if made else GONE
        apart = _is_clitic(before) or following.lemma in _REPLACED
        if rest and rest not in _PREPOSITIONS and is_reflexive:
            rest, unchanging = "", f" {rest}"
        elif following.pos in _ENDS:
            rest = ""  # "small producers cannot join."
        elif not is_reflexive and not apart:
            made.append(cell)  # `verb_and_rest` will write it
            continue
        if verb.lower() == "volverse" and following.pos in _NAMES_SOMETHING:
            verb, rest = like(verb, "convertirse"), "en"
        whom = _clitic(made) if rest else None
        bare = cell._replace(lemma=verb.removesuffix("se") if is_reflexive else verb)
        made += _with_se(bare, made) if is_reflexive else [bare]
        if rest:
            made.append(Cell(" ", rest, ("<pr>",)))
            made += [whom] if whom else []
    return _one_preposition(made)


def _clitic(made: list[Cell]) -> Cell | None:
    """Takes *nos* away from before the verb: *a nosotros* will stand behind it."""
    last = made[-1] if made else GONE
    if not _is_clitic(last):
        return None
    made.pop()
    gender = last.one_of(("<m>", "<f>")) or "<m>"
    number = last.one_of(("<sg>", "<pl>")) or "<sg>"
    return Cell(
        " ", "prpers", ("<prn>", "<tn>", last.one_of(("<p1>", "<p2>", "<p3>")), gender, number)
    )


def _is_clitic(cell: Cell) -> bool:
    return cell.has("<prn>", "<pro>") and not cell.has("<ref>")


def _with_se(verb: Cell, made: list[Cell]) -> list[Cell]:
    """The verb with its pronoun: behind it where it has no person, else before it."""
    if verb.has("<pp>"):
        have = made[-1] if made else GONE
        if have.lemma.lower() == "haber" and is_finite(have):
            made[-1:] = [*_se_before(have), have._replace(before=" ", lemma="haber")]
        return [verb]
    if not is_finite(verb):
        return [verb._replace(joined=_ENCLITIC + verb.joined)]
    return [*_se_before(verb), verb._replace(before=" ", lemma=verb.lemma.lower())]


def _se_before(verb: Cell) -> list[Cell]:
    is_ours = verb.has("<p1>", "<pl>")
    lemma, tags = ("prpers", _OURS) if is_ours else ("se", SE)
    return [Cell(verb.before, like(verb.lemma, lemma), tags)]


def _one_preposition(cells: Sequence[Cell]) -> list[Cell]:
    """*quejarse de la falta*: not *de sobre*; what follows it is an infinitive."""
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        last = made[-1] if made else GONE
        ours = last.lemma in _PREPOSITIONS and last.pos == "<pr>" and at > 1
        governed = ours and cells[at - 1] is last and cells[at - 2].pos == "<vblex>"
        if governed and cell.pos == "<pr>" and cell.lemma in _REPLACED:
            continue
        made.append(cell.swapped("<ger>", "<inf>") if governed else cell)
    return made
