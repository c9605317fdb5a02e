"""Spanish as the sector writes it, put right between Apertium's transfer and its generator.

Transfer makes "was founded" *estuvo fundada*, "should" *tendría que*, "you will be working" *serás
trabajar* and "someone who" *alguien quién*.  Here the units still have their tags, so that what is
changed comes out inflected.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from harmonize.engines.apertium_units import UNIT
from harmonize.engines.inflect import spanish

TABLE = "data/spanish-passives.csv"

_PARTS = re.compile(r"([^<]*)((?:<[^<>]*>)*)(.*)", re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>")
_VERB = re.compile(r"[^\W\d_]+[aeií]r$")
_FINITE = ("<pri>", "<ifi>", "<pii>", "<fti>", "<cni>", "<prs>", "<pis>")
_NUMBERS = ("<sg>", "<pl>")
_GENDERS = ("<m>", "<f>")


class Cell(NamedTuple):
    """A unit before the generator: what stands before it, its lemma, its tags, and what is joined.

    ``joined`` are the pronouns behind a verb (``+prpers<prn>…``), and in a unit of several words
    what does not change (``# que`` of *tener que*).
    """

    before: str
    lemma: str
    tags: tuple[str, ...]
    joined: str = ""

    @property
    def pos(self) -> str:
        """The part of speech."""
        return self.tags[0] if self.tags else ""

    def has(self, *tags: str) -> bool:
        """Whether it has all of *tags*."""
        return all(tag in self.tags for tag in tags)

    def one_of(self, tags: Sequence[str]) -> str:
        """The first of its tags that is among *tags*."""
        return next((tag for tag in self.tags if tag in tags), "")

    def swapped(self, old: str, new: str) -> Cell:
        """With *new* in place of the tag *old*."""
        return self._replace(tags=tuple(new if tag == old else tag for tag in self.tags))

    def written(self) -> str:
        """As it stands in the stream."""
        return f"{self.before}^{self.lemma}{''.join(self.tags)}{self.joined}$"


_LANGUAGES = frozenset("español inglés francés portugués alemán italiano árabe chino".split())
_OF_KINDS = frozenset("requerir necesitar desear preferir valorar buscar ofrecer exigir".split())
"""What is required, wanted or offered is of a kind: without an article."""
_GONE = Cell("", "", ())


def in_good_spanish(stream: str) -> str:
    """*stream* (of one text, behind transfer) with the rules of this module.

    >>> in_good_spanish("^estar<vblex><ifi><p3><sg>$ ^fundar<vblex><pp><f><sg>$")
    '^ser<vbser><ifi><p3><sg>$ ^fundar<vblex><pp><f><sg>$'
    >>> in_good_spanish("^tener<vbmod><pri><p3><pl># que$ ^viajar<vblex><inf>$")
    '^deber<vblex><pri><p3><pl>$ ^viajar<vblex><inf>$'
    """
    cells, tail = _cells(stream)
    for rule in _RULES:
        cells = [cell for cell in rule(cells) if cell is not _GONE]
    return "".join(cell.written() for cell in cells) + tail


def _cells(stream: str) -> tuple[list[Cell], str]:
    cells: list[Cell] = []
    done = 0
    for match in UNIT.finditer(stream):
        parts = _PARTS.match(match[1])
        lemma, tags, joined = parts.groups() if parts else (match[1], "", "")
        cells.append(Cell(stream[done : match.start()], lemma, tuple(_TAGS.findall(tags)), joined))
        done = match.end()
    return cells, stream[done:]


def _as_usted(cells: list[Cell]) -> list[Cell]:
    """The reader is *usted*: the verb stands in the third person."""
    return [
        cell.swapped("<p2>", "<p3>") if cell.pos.startswith("<vb") or _is_clitic(cell) else cell
        for cell in cells
    ]


def verbs_in(stream: str) -> set[str]:
    """The lemmas of the verbs in *stream*, in small letters.

    >>> verbs_in("^Resumir<vblex><pri><p3><sg>$ ^el<det>$")
    {'resumir'}
    """
    cells, _ = _cells(stream)
    return {
        cell.lemma.lower() for cell in cells if cell.pos == "<vblex>" and _VERB.match(cell.lemma)
    }


def with_our_verbs(stream: str, verbs: Collection[str]) -> str:
    """*stream* with the forms of *verbs*, which the generator does not know, written out.

    >>> with_our_verbs("^Resumir<vblex><pri><p3><sg>$ ^esto<prn>$", {"resumir"})
    'Resume ^esto<prn>$'
    """

    def write(unit: re.Match[str]) -> str:
        lemma, _, tags = unit[1].partition("<")
        if lemma.lower() not in verbs or not tags.startswith("vblex>"):
            return unit[0]
        form = spanish(lemma.lower(), "verb").get(f"<{tags}")
        return _like(lemma, form) if form else unit[0]

    return UNIT.sub(write, stream)


def _is_clitic(cell: Cell) -> bool:
    return cell.has("<prn>", "<pro>", "<p2>")


def _progressives(cells: list[Cell]) -> list[Cell]:
    """*serás trabajar*, from "you will be working", is *trabajará*."""
    made: list[Cell] = []
    for cell in cells:
        last = made[-1] if made else None
        if last and last.lemma.lower() == "ser" and last.one_of(_FINITE) and _is_infinitive(cell):
            verb = cell._replace(before=last.before, tags=("<vblex>", *last.tags[1:]))
            made[-1] = verb._replace(lemma=_like(last.lemma, cell.lemma))
        else:
            made.append(cell)
    return made


def _is_infinitive(cell: Cell) -> bool:
    return cell.has("<vblex>", "<inf>")


def _obligations(cells: list[Cell]) -> list[Cell]:
    """*deber* for *tener que*: shorter, and what postings say."""
    return [
        cell._replace(lemma=_like(cell.lemma, "deber"), tags=("<vblex>", *cell.tags[1:]), joined="")
        if cell.lemma.lower() == "tener" and cell.joined == "# que"
        else cell
        for cell in cells
    ]


def _relatives(cells: list[Cell]) -> list[Cell]:
    """Behind a noun *quién* asks nothing: "candidatos que viven", "la persona con quien"."""
    made: list[Cell] = []
    for cell in cells:
        last = made[-1] if made else None
        new = cell
        if last and cell.lemma == "quién" and cell.has("<itg>"):
            if last.pos in {"<n>", "<np>", "<adj>"} or last.lemma.lower() == "alguien":
                new = Cell(cell.before, "que", ("<rel>", "<an>", "<mf>", "<sp>"))
            elif last.pos == "<pr>":
                new = Cell(cell.before, "quien", ("<rel>", "<nn>", "<mf>", "<sg>"))
        made.append(new)
    return made


def _relative_verbs(cells: list[Cell]) -> list[Cell]:
    """*informes que resumen*: the verb right behind *que* has the number of what it tells of."""
    made = list(cells)
    for at in range(2, len(made)):
        behind_que = made[at - 1].lemma == "que" and made[at - 2].pos in {"<n>", "<adj>"}
        if behind_que and _is_finite(made[at]) and made[at].has("<p3>", "<sg>"):
            made[at] = _numbered(made[at], made[at - 2].one_of(_NUMBERS))
            participle = _participle(made, at)
            if participle:
                made[participle] = _agreeing(made[participle], made[at - 2])
    return made


def _responsible(cells: list[Cell]) -> list[Cell]:
    """*responsable de*, not *para*."""
    return [
        cell._replace(lemma="de")
        if number and cell.lemma in {"para", "por"} and cells[number - 1].lemma == "responsable"
        else cell
        for number, cell in enumerate(cells)
    ]


def _languages(cells: list[Cell]) -> list[Cell]:
    """*en español*: a language has no plural."""
    return [
        cell.swapped("<pl>", "<sg>")
        if number and cells[number - 1].lemma.lower() == "en" and cell.lemma.lower() in _LANGUAGES
        else cell
        for number, cell in enumerate(cells)
    ]


def _shared_subjects(cells: list[Cell]) -> list[Cell]:
    """Behind "and" a verb, or its participle, has the number of the verb before it."""
    made = list(cells)
    for at in range(1, len(made)):
        if made[at - 1].pos != "<cnjcoo>" or not _is_finite(made[at]) or not made[at].has("<p3>"):
            continue
        first = next((n for n in range(at - 2, -1, -1) if _is_finite(made[n])), None)
        if first is None or not made[first].has("<p3>") or _any(made[first:at], "<sent>"):
            continue
        number = made[first].one_of(_NUMBERS)
        made[at] = _numbered(made[at], number)
        predicate = _predicate(made, at)
        if predicate:
            made[predicate] = _numbered(made[predicate], number)
        ours, theirs = _participle(made, at), _participle(made, first)
        if ours and theirs:
            made[ours] = _agreeing(made[ours], made[theirs])
    return made


def _as_finite(cells: list[Cell]) -> list[Cell]:
    """Behind a finite verb and "and", the tagger's infinitive is finite too: "rely and engage"."""
    made = list(cells)
    for at in range(2, len(made)):
        if made[at - 1].pos != "<cnjcoo>" or not _is_infinitive(made[at]) or made[at].joined:
            continue
        first = _sentence_start(made, at)
        verbs = [n for n in range(first, at) if made[n].pos.startswith("<vb")]
        plain = bool(verbs) and all(_is_finite(made[n]) for n in verbs)
        if plain and made[verbs[-1]].pos == "<vblex>" and made[verbs[-1]].has("<p3>"):
            made[at] = made[at]._replace(tags=made[verbs[-1]].tags)
    return made


def _sentence_start(cells: Sequence[Cell], at: int) -> int:
    return next((n + 1 for n in range(at - 1, -1, -1) if cells[n].pos == "<sent>"), 0)


def _predicate(cells: Sequence[Cell], verb: int) -> int | None:
    """The adjective that is said of the subject: "deberían ser capaces"."""
    at = verb + (verb + 1 < len(cells) and cells[verb + 1].has("<vbser>", "<inf>"))
    is_being = cells[at].lemma.lower() in {"ser", "estar"}
    follows = at + 1 < len(cells) and cells[at + 1].pos == "<adj>"
    return at + 1 if is_being and follows else None


def _any(cells: Sequence[Cell], tag: str) -> bool:
    return any(tag in cell.tags for cell in cells)


def _is_finite(cell: Cell) -> bool:
    return cell.pos.startswith("<vb") and bool(cell.one_of(_FINITE))


def _numbered(cell: Cell, number: str) -> Cell:
    return cell.swapped(cell.one_of(_NUMBERS), number) if number else cell


def _agreeing(cell: Cell, model: Cell) -> Cell:
    gender = model.one_of(_GENDERS)
    cell = cell.swapped(cell.one_of(_GENDERS), gender) if gender else cell
    return _numbered(cell, model.one_of(_NUMBERS))


def _participle(cells: Sequence[Cell], verb: int) -> int | None:
    """The participle that *ser* or *estar* at *verb* has, adverbs between."""
    if cells[verb].lemma.lower() not in {"ser", "estar"}:
        return None
    for at in range(verb + 1, len(cells)):
        if cells[at].has("<vblex>", "<pp>"):
            return at
        if cells[at].pos not in {"<adv>", "<preadv>"}:
            return None
    return None


def _passives(cells: list[Cell]) -> list[Cell]:
    """*fue fundada* for *estuvo fundada*, *se requiere* for *está requerida*."""
    made = list(cells)
    for at in range(len(made)):
        place = _participle(made, at)
        if place is None or not _is_finite(made[at]):
            continue
        kind = _kinds().get(made[place].lemma.lower(), "")
        by = place + 1 < len(made) and made[place + 1].lemma == "por"
        if kind == "held":  # "interviews will be held"
            made[place] = made[place]._replace(lemma="celebrar")
        if kind == "reflexive" and _is_expected(made, place):
            made[at : place + 2] = _expected(made[at : place + 2])
            continue
        made[at : place + 1] = _voiced(made[at : place + 1], kind, by=by)
    return _verbs_before_subjects(made)


def _verbs_before_subjects(cells: list[Cell]) -> list[Cell]:
    """*Se requiere experiencia* for "la experiencia se requiere", where a clause begins so."""
    made = list(cells)
    for at in range(1, len(made) - 1):
        first = _clause_start(made, at)
        subject = made[first:at]
        turns = made[at].has("<ref>") and _kinds().get(made[at + 1].lemma) == "reflexive"
        if turns and subject and subject[-1].pos != "<rel>" and not _has_verb(subject):
            moved = _moved(subject, made[at + 1].lemma)
            number = next((cell.one_of(_NUMBERS) for cell in subject if cell.pos == "<n>"), "")
            opening = made[at]._replace(
                before=made[first].before, lemma=_like(made[first].lemma, made[at].lemma)
            )
            gone = [_GONE] * (len(subject) - len(moved))
            made[first : at + 2] = [opening, _numbered(made[at + 1], number), *moved, *gone]
    return made


def _clause_start(cells: Sequence[Cell], at: int) -> int:
    ends = {"<sent>", "<cnjcoo>", "<cm>"}
    return next((n + 1 for n in range(at - 1, -1, -1) if cells[n].pos in ends), 0)


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
    if is_estar and (be.has("<ifi>") or by):
        ser = be._replace(lemma=_like(be.lemma, "ser"), tags=("<vbser>", *be.tags[1:]))
        return [ser, *adverbs, participle]
    return cells


def _is_expected(cells: Sequence[Cell], place: int) -> bool:
    """Somebody is *expected to* do something: before an infinitive with its preposition."""
    if cells[place].lemma != "esperar" or place + 2 >= len(cells):
        return False
    return cells[place + 1].pos == "<pr>" and _is_infinitive(cells[place + 2])


def _expected(cells: list[Cell]) -> list[Cell]:
    """*deberá trabajar* for "is expected to work"; what falls away leaves empty cells."""
    be = cells[0]
    tags = tuple("<fti>" if tag == "<pri>" else tag for tag in be.tags[1:])
    must = Cell(be.before, _like(be.lemma, "deber"), ("<vblex>", *tags))
    return [must, *[_GONE] * (len(cells) - 1)]


def _reflexive(be: Cell, adverbs: list[Cell], participle: Cell) -> list[Cell]:
    """*se* and the verb in the tense of *be*: "se requiere"; the placeholders keep the length."""
    tags = _numbered(be, participle.one_of(_NUMBERS)).tags
    verb = Cell(" ", participle.lemma, ("<vblex>", *tags[1:]))
    se = Cell(be.before, _like(be.lemma, "se"), ("<prn>", "<pro>", "<ref>", "<p3>", "<mf>", "<sp>"))
    return [se, verb, *adverbs]


def _like(model: str, lemma: str) -> str:
    return lemma[:1].upper() + lemma[1:] if model[:1].isupper() else lemma


_RULES: tuple[Callable[[list[Cell]], list[Cell]], ...] = (
    _as_usted,
    _progressives,
    _obligations,
    _relatives,
    _relative_verbs,
    _responsible,
    _languages,
    _as_finite,
    _shared_subjects,
    _passives,
)


@cache
def _kinds() -> dict[str, str]:
    text = files(__package__).joinpath(TABLE).read_text(encoding="utf-8")
    return {row["verb"]: row["kind"] for row in csv.DictReader(text.splitlines())}
