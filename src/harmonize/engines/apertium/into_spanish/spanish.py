"""Spanish as the sector writes it, put right between Apertium's transfer and its generator.

Transfer makes "was founded" *estuvo fundada*, "should" *tendría que*, "you will be working" *serás
trabajar* and "someone who" *alguien quién*.  Here the units still have their tags, so that what is
changed comes out inflected.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial

from harmonize.engines.apertium.into_spanish.agreement import agreed
from harmonize.engines.apertium.into_spanish.articles import with_articles
from harmonize.engines.apertium.into_spanish.cells import (
    FINITE,
    NUMBERS,
    Cell,
    Rule,
    agreeing,
    applied,
    cells_of,
    is_finite,
    is_infinitive,
    numbered,
    participle_of,
)
from harmonize.engines.apertium.into_spanish.government import governed
from harmonize.engines.apertium.into_spanish.insertions import WALL
from harmonize.engines.apertium.into_spanish.moods import with_moods
from harmonize.engines.apertium.into_spanish.nouns import noun_phrases
from harmonize.engines.apertium.into_spanish.passives import passives
from harmonize.engines.apertium.into_spanish.reflexives import SE, reflexives
from harmonize.engines.apertium.into_spanish.relatives import pointing_back
from harmonize.engines.apertium.into_spanish.touches import AFTER_MODALS, WHOSE_PERSON, touched_up
from harmonize.engines.apertium.into_spanish.verbs import as_requests, verb_phrases
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.units import UNIT, like
from harmonize.engines.inflect import spanish

_VERB = re.compile(r"\^([^\W\d_]+[aeií]r)<vblex>")


_LANGUAGES = frozenset("español inglés francés portugués alemán italiano árabe chino".split())
_BESIDE = frozenset("en y o de".split())


def in_good_spanish(stream: str, *, is_text: bool = False, people: Collection[str] = ()) -> str:
    """*stream* (of one text, behind transfer) with the rules of this module.

    ``is_text`` says that it is running text, in which an infinitive asks the reader to
    do something; *people* are the code words of terms for persons.

    >>> in_good_spanish("^estar<vblex><ifi><p3><sg>$ ^fundar<vblex><pp><f><sg>$")
    '^ser<vbser><ifi><p3><sg>$ ^fundar<vblex><pp><f><sg>$'
    >>> in_good_spanish("^tener<vbmod><pri><p3><pl># que$ ^viajar<vblex><inf>$")
    '^deber<vblex><pri><p3><pl>$ ^viajar<vblex><inf>$'
    """
    cells, tail = cells_of(stream)
    cells = [cell for cell in cells if not cell.lemma.endswith(WALL)]
    cells = applied((*_RULES, partial(passives, people=people), *_LATER), cells, _NEEDS)
    if is_text:
        cells = as_requests(cells)
    return "".join(cell.written() for cell in noun_phrases(cells, people)) + tail


def _as_usted(cells: list[Cell]) -> list[Cell]:
    """The reader is *usted*: the verb stands in the third person; *con usted* for *contigo*."""
    return [
        cell._replace(joined=cell.joined.replace("<enc><p2>", "<enc><p3>")).swapped("<p2>", "<p3>")
        if cell.pos.startswith("<vb") or _is_clitic(cell)
        else cell
        for cell in cells
    ]


def verbs_in(stream: str) -> set[str]:
    """The lemmas of the verbs in *stream*, in small letters.

    >>> verbs_in("^Resumir<vblex><pri><p3><sg>$ ^el<det>$")
    {'resumir'}
    """
    return {verb.lower() for verb in _VERB.findall(stream)}


def with_our_verbs(stream: str, verbs: Collection[str]) -> str:
    """*stream* with the forms of *verbs*, which the generator does not know, written out.

    >>> with_our_verbs("^Resumir<vblex><pri><p3><sg>$ ^esto<prn>$", {"resumir"})
    'Resume ^esto<prn>$'
    """

    if verbs_in(stream).isdisjoint(verbs):
        return stream

    def write(unit: re.Match[str]) -> str:
        lemma, _, tags = unit[1].partition("<")
        if lemma.lower() not in verbs or not tags.startswith("vblex>"):
            return unit[0]
        form = spanish(lemma.lower(), "verb").get(f"<{tags}")
        return like(lemma, form) if form else unit[0]

    return UNIT.sub(write, stream)


def _is_clitic(cell: Cell) -> bool:
    return cell.has("<prn>", "<pro>", "<p2>")


def _progressives(cells: list[Cell]) -> list[Cell]:
    """*serás trabajar*, from "you will be working", is *trabajará*."""
    made: list[Cell] = []
    for cell in cells:
        last = made[-1] if made else None
        if last and last.lemma.lower() == "ser" and last.one_of(FINITE) and is_infinitive(cell):
            made[-1:] = _in_tense(last, cell)
        else:
            made.append(cell)
    return made


def _in_tense(be: Cell, verb: Cell) -> list[Cell]:
    """*verb* in the tense of *be*, what is joined to it before it: "se incorporará"."""
    tags = ("<vblex>", *be.tags[1:])
    if not verb.joined.startswith("+se<prn>"):
        return [verb._replace(before=be.before, tags=tags, lemma=like(be.lemma, verb.lemma))]
    se = Cell(be.before, like(be.lemma, "se"), SE)
    return [se, verb._replace(before=" ", tags=tags, joined="", lemma=verb.lemma.lower())]


def _obligations(cells: list[Cell]) -> list[Cell]:
    """*deber* for *tener que*: shorter, and what postings say."""
    return [
        cell._replace(lemma=like(cell.lemma, "deber"), tags=("<vblex>", *cell.tags[1:]), joined="")
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
        if behind_que and is_finite(made[at]) and made[at].has("<p3>"):
            made[at] = numbered(made[at], made[at - 2].one_of(NUMBERS))
            said = _predicate(made, at)
            if said and made[at - 2].pos == "<n>" and made[said].one_of(("<m>", "<f>")):
                made[said] = agreeing(made[said], made[at - 2])
            participle = participle_of(made, at)
            if participle:
                made[participle] = agreeing(made[participle], made[at - 2])
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
        if number
        and cells[number - 1].lemma.lower() in _BESIDE
        and cell.lemma.lower() in _LANGUAGES
        else cell
        for number, cell in enumerate(cells)
    ]


def _shared_subjects(cells: list[Cell]) -> list[Cell]:
    """Behind "and" a verb, or its participle, has the number of the verb before it."""
    made = list(cells)
    for at in range(1, len(made)):
        if made[at - 1].pos != "<cnjcoo>" or not is_finite(made[at]) or not made[at].has("<p3>"):
            continue
        verbs = [n for n in range(at - 2, -1, -1) if is_finite(made[n])]
        tense = made[at].one_of(FINITE)
        first = next((n for n in verbs if tense in made[n].tags), verbs[0] if verbs else None)
        if first is None or not made[first].has("<p3>") or _any(made[first:at], "<sent>"):
            continue
        number = made[first].one_of(NUMBERS)
        made[at] = numbered(made[at], number)
        predicate = _predicate(made, at)
        if predicate:
            made[predicate] = numbered(made[predicate], number)
        ours, theirs = participle_of(made, at), participle_of(made, first)
        if ours and theirs:
            made[ours] = agreeing(made[ours], made[theirs])
    return made


def _what_we_do(cells: list[Cell]) -> list[Cell]:
    """*Organizamos, damos asesoría*: behind a comma or "and", verbs go on in the first person."""
    made = list(cells)
    for at in range(1, len(made)):
        before = at - 1
        while made[before].pos == "<adv>" or made[before].has("<prn>", "<pro>"):
            before -= 1
        joined = made[before].pos in {"<cm>", "<cnjcoo>"}
        bare = is_infinitive(made[at]) and not made[at].joined
        is_other = made[at].before.startswith("  ")  # a pronoun fell away: "and you will receive"
        if (
            is_other
            or not joined
            or not (bare or (is_finite(made[at]) and made[at].has("<p3>", "<sg>")))
        ):
            continue
        said = made[_sentence_start(made, at) : before + 1]
        verbs = [cell for cell in said if cell.pos.startswith("<vb")]
        verbs = [verb for verb in verbs if not verb.has("<ger>")]
        if not verbs or not all(is_finite(verb) and verb.has("<p1>") for verb in verbs):
            continue
        if verbs[0].has("<pl>") and bare:
            made[at] = made[at]._replace(tags=("<vblex>", *verbs[0].tags[1:]))
        elif verbs[0].has("<pl>"):
            made[at] = made[at].swapped("<p3>", "<p1>").swapped("<sg>", "<pl>")
    return made


def _as_finite(cells: list[Cell]) -> list[Cell]:
    """Behind a finite verb and "and", the tagger's infinitive is finite too: "rely and engage"."""
    made = list(cells)
    for at in range(2, len(made)):
        before = at - 1
        while made[before].pos == "<adv>" and before:
            before -= 1
        if (
            made[before].pos not in {"<cnjcoo>", "<cm>"}
            or not is_infinitive(made[at])
            or made[at].joined
        ):
            continue
        if made[before].pos == "<cm>" and not _goes_on(made, at):
            continue
        that = next((n for n in range(at, 0, -1) if made[n].has("<rel>")), 0)
        first = max(_sentence_start(made, at), that)
        verbs = [n for n in range(first, before) if made[n].pos.startswith("<vb")]
        plain = bool(verbs) and all(is_finite(made[n]) for n in verbs)
        if plain and made[verbs[-1]].pos == "<vblex>" and made[verbs[-1]].has("<p3>"):
            made[at] = made[at]._replace(tags=made[verbs[-1]].tags)
    return made


def _goes_on(cells: Sequence[Cell], at: int) -> bool:
    """Whether the verb behind a comma at *at* is one of a list: no "if" before, an "and" behind."""
    said = cells[_sentence_start(cells, at) : at]
    end = next((n for n in range(at, len(cells)) if cells[n].pos == "<sent>"), len(cells))
    joined = any(cell.pos == "<cnjcoo>" for cell in cells[at:end])
    return joined and not any(cell.pos == "<cnjadv>" or cell.lemma == "para" for cell in said)


def _having(cells: list[Cell]) -> list[Cell]:
    """*hemos recuperado salarios y hemos ayudado*: the second has the person of the first."""
    made = list(cells)
    for at in range(1, len(made)):
        if made[at].pos != "<vbhaver>" or made[at - 1].pos != "<cnjcoo>" or not is_finite(made[at]):
            continue
        said = made[_sentence_start(made, at) : at]
        have = next((c for c in reversed(said) if c.pos == "<vbhaver>" and is_finite(c)), None)
        made[at] = made[at]._replace(tags=have.tags) if have else made[at]
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


_RULES: tuple[Rule, ...] = (
    WHOSE_PERSON,
    reflexives,
    _as_usted,
    _progressives,
    _obligations,
    _relatives,
    _relative_verbs,
    _responsible,
    _languages,
    _as_finite,
    _having,
    _what_we_do,
    touched_up,
    with_articles,
    AFTER_MODALS,
    pointing_back,
    _shared_subjects,
)
_LATER: tuple[Rule, ...] = (verb_phrases, governed, with_moods, agreed)
_NEEDS = needs(
    {
        _as_usted: ["<p2>"],
        _progressives: ["ser"],
        _obligations: ["tener"],
        _relatives: ["quién"],
        _relative_verbs: ["que"],
        _responsible: ["responsable"],
        _languages: [_LANGUAGES],
        _shared_subjects: ["<cnjcoo>", "<p3>"],
        _what_we_do: [{"<cm>", "<cnjcoo>"}, "<p1>"],
        _as_finite: ["<cnjcoo>", "<inf>"],
        AFTER_MODALS: ["haber"],
        WHOSE_PERSON: ["<pro>", "<p1>"],
        passives: [{"ser", "estar", "<vbser>", "<ref>"}],
    }
)
