"""What is done to whom in Spanish, behind the dictionary, before English puts it in order.

The *a* before persons goes ("apoyar a las cooperativas y a los socios" is to support them); a
subject behind its verb comes before it ("las violaciones que denuncien los trabajadores" are those
that workers report).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from harmonize.engines.apertium.into_english.pairs import Pair, at_pair, lowered
from harmonize.engines.apertium.persons import is_person
from harmonize.engines.apertium.tables import rows
from harmonize.engines.apertium.units import like

_JOINS = ("<cnjcoo>", "<cm>")
_CLAUSE_ENDS = ("<sent>", "<cm>")
_NOMINAL = ("<n>", "<adj>", "<np>", "<pp>")
_THEY = ("prpers<prn><tn><p3><m><pl>", "prpers<prn><subj><p3><mf><pl>")
_BY_THEMSELVES = frozenset(
    "abrir aparecer bastar caber caer cambiar cerrar coincidir comenzar continuar corresponder "
    "costar crear crecer depender doler durar empezar existir fallar faltar fracasar funcionar "
    "haber importar interesar llegar mejorar motivar nacer ocurrir operar pasar perdurar persistir "
    "preocupar proceder quedar regir seguir servir sobrar suceder surgir terminar trabajar valer "
    "vencer venir vivir".split()
)
"""Verbs of things that do something, with nobody else to be named."""
_LE = re.compile(r"prpers<prn><(?:pro|enc)><p3><mf><sg>", re.IGNORECASE)
_YOU = "prpers<prn><subj><p2>"


def objects(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with the rules of this module."""
    return _with_they(_without_personal_a(_subjects_first(_you_first(_to_you(pairs)))))


def _to_you(pairs: list[Pair]) -> list[Pair]:
    """*Le agradecemos*: we thank *you*."""
    made = list(pairs)
    for at, pair in enumerate(made):
        ours = "<p1><pl>" in at_pair(made, at + 1).spanish
        if ours and re.match(r"prpers<prn><pro><p3>", pair.spanish, re.IGNORECASE):
            made[at] = pair._replace(english=like(pair.english, "prpers<prn><obj><p2><mf><sp>"))
        elif _LE.match(pair.spanish):
            made[at] = pair._replace(english=like(pair.english, "prpers<prn><obj><p3><mf><pl>"))
    return made


def _you_first(pairs: list[Pair]) -> list[Pair]:
    """*¿Conoce usted el precio?* as *usted conoce*."""
    made = list(pairs)
    for at in range(len(made) - 1):
        verb, you = made[at], made[at + 1]
        if _YOU in you.english and "<p3>" in verb.spanish and "<vb" in verb.spanish:
            first = [like(verb.spanish, unit) for unit in you[1:]]
            made[at : at + 2] = [Pair(verb.before, *first), lowered(verb)]
    return made


def _subjects_first(pairs: list[Pair]) -> list[Pair]:
    """*que denuncien los trabajadores*: without *a*, they are who reports."""
    made = list(pairs)
    for at in range(1, len(made) - 2):
        that, verb = made[at], made[at + 1]
        is_state = "be<vbser>" in verb.english and made[at + 2].lemma.endswith(("ado", "ido", "to"))
        is_that = "<rel>" in that.spanish and (that.lemma == "que" or is_state)
        if not is_that or not ("<vblex>" in verb.spanish or is_state):
            continue
        start = at + 2 + is_state
        end = _noun_phrase_end(made, start)
        named = made[start:end]
        persons = any("<n>" in each.spanish and is_person(each.lemma) for each in named[:3])
        behind = at_pair(made, end)
        closes = any(tag in behind.spanish for tag in (*_CLAUSE_ENDS, "<pr>", "<cnjcoo>"))
        closes = closes and behind.lemma != "de"
        if persons and closes and "<p3>" in verb.spanish and "<det>" in named[0].spanish:
            made[at + 1 : end] = [*named, *made[at + 1 : start]]
    return made


def _with_they(pairs: list[Pair]) -> list[Pair]:
    """*los casos que investigue*, and nothing behind: that *they* investigate."""
    made: list[Pair] = []
    for at, pair in enumerate(pairs):
        that, thing = at_pair(pairs, at - 1), at_pair(pairs, at - 2)
        ends = any(tag in at_pair(pairs, at + 1).spanish for tag in _CLAUSE_ENDS)
        acts = "<vblex>" in pair.spanish and "<p3>" in pair.spanish and "<pron>" not in pair.spanish
        of_thing = "<n>" in thing.spanish and not is_person(thing.lemma) and _is_that(that)
        at_which = that.lemma in {"el cual", "quien"} and "<pr>" in thing.spanish
        is_done = "<vbser>" in pair.spanish and "<pp>" in at_pair(pairs, at + 1).spanish
        if at_which and is_done and "<p3>" in pair.spanish:
            ends = acts = any(tag in at_pair(pairs, at + 2).spanish for tag in _CLAUSE_ENDS)
        if ends and acts and (of_thing or at_which) and pair.lemma not in _BY_THEMSELVES:
            made.append(Pair(" ", *_THEY))
            made.append(Pair(" ", *(unit.replace("<p3><sg>", "<p3><pl>") for unit in pair[1:])))
        else:
            made.append(pair)
    return made


def _is_that(pair: Pair) -> bool:
    return pair.lemma == "que" and ("<rel>" in pair.spanish or "<cnjsub>" in pair.spanish)


def _noun_phrase_end(pairs: Sequence[Pair], at: int) -> int:
    while "<det>" in at_pair(pairs, at).spanish:
        at += 1
    while any(tag in at_pair(pairs, at).spanish for tag in _NOMINAL):
        at += 1
    return at


def _without_personal_a(pairs: list[Pair]) -> list[Pair]:
    """*apoyar a las cooperativas y a los socios* is to support them; the blank goes along.

    So too the second *a* of a verb that the list of phrases has with one: *dar seguimiento a*.
    """
    made: list[Pair] = []
    held = ""
    for number, pair in enumerate(pairs):
        last = _before_adverbs(pairs, number)
        if any(tag in pair.spanish for tag in (*_CLAUSE_ENDS, "<vblex>")):
            lists = "<cm>" in pair.spanish and at_pair(pairs, number + 1).spanish == held
            held = held if lists else _preposition(pair)
        if pair.spanish == "a<pr>" and number and _takes_object(pairs, number, last):
            held = "a<pr>"
        elif held and pair.spanish == held and any(tag in last.spanish for tag in _JOINS):
            if "<inf>" in at_pair(pairs, number + 1).spanish:
                held = ""
                made.append(pair)
        else:
            made.append(pair)
    return made


def _preposition(pair: Pair) -> str:
    """The preposition that a verb of the list of phrases ends with."""
    last = pair.lemma.rpartition(" ")[2]
    return f"{last}<pr>" if "<vblex>" in pair.spanish and last in {"a", "de", "con"} else ""


def _takes_object(pairs: Sequence[Pair], at: int, last: Pair) -> bool:
    hour = "".join(each.spanish for each in pairs[at + 1 : at + 3])
    counts = "<n>" in at_pair(pairs, at + 3).spanish and at_pair(pairs, at + 3).lemma != "hora"
    is_hour = "<num>" in hour and hour.lower().startswith("el<det>") and not counts
    passive = "<pp>" in last.spanish and "<vbhaver>" not in at_pair(pairs, at - 2).spanish
    listed = last.lemma in _transitives() or last.lemma == "poner en riesgo"
    acts = "<vblex>" in last.spanish and listed
    return acts and not passive and not is_hour


def _before_adverbs(pairs: Sequence[Pair], at: int) -> Pair:
    """*involucrar de forma segura a*: the word before, without adverbs."""
    while at > 1 and "<adv>" in pairs[at - 1].spanish:
        at -= 1
    return pairs[at - 1] if at else pairs[0]


@cache
def _transitives() -> frozenset[str]:
    return frozenset(row["verb"] for row in rows("transitives.csv"))
