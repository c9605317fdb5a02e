"""What Spanish verbs bring along, behind the dictionary, where English says it otherwise.

*Viene ejecutando* is "has been implementing", *animamos a postular a mujeres* "we encourage women
to apply"; what is done to a meeting, a complaint or a goal decides the English verb: a meeting is
held, a complaint filed, a goal met (``data/collocations.csv``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from harmonize.engines.apertium.into_english.pairs import FINITE, Pair, at_pair
from harmonize.engines.apertium.into_english.particles import said
from harmonize.engines.apertium.tables import rows
from harmonize.engines.apertium.units import TERM_CODE, like

_GOES = re.compile(r"^(?:ir|venir)<vb\w+>(?:<pron>)?(<[^/]{1,20})$", re.IGNORECASE)
_BEEN = ("ser<vbser><pp><m><sg>", "be<vbser><pp>")
_TENSE = re.compile(r"(?<=<vblex>)(?:<pron>)?<ger>$")
_URGES = frozenset("alentar animar ayudar exhortar instar invitar motivar".split())
_LEADS_TO_DOING = re.compile(
    r"^[^<]* (?:for|on|with|of|about|from|in|by|against|at)<vblex>|^(?:commit to|"
    r"contribute to|dedicate to|look forward to|with a view to|in addition to|committed to|"
    r"access to)<",
    re.IGNORECASE,
)
_CARRIES = re.compile(r"^llevar<vblex>(<(?:pri|pii)><p[123]><(?:sg|pl)>)$", re.IGNORECASE)
_LENGTHS = frozenset("año mes semana día década hora".split())
_ASKS = frozenset("exigir pedir recomendar rogar solicitar".split())
_NOMINAL = ("<det>", "<n>", "<adj>", "<np>", "<pp>")
_JOINS = ("<cnjcoo>", "<cm>")
_ENDS = ("<sent>", "<cm>", "<rel>", "<cnjsub>", "<cnjadv>")
_REACH = 6
_SKIPPED = ("<adv>", "<det>", "<predet>", "<adj>", "<num>", "<prn><enc>", "<pp>")


def verbs(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with the rules of this module."""
    for rule in (_which, _going_on, _spent, _asked, _urged, _doing):
        pairs = rule(pairs)
    return pairs


def collocated(pairs: list[Pair]) -> list[Pair]:
    """*celebrar un contrato*, *las quejas que se presenten*: signed, filed.

    >>> unit = Pair("", "presentar<vblex><inf>", "present<vblex><inf>")
    >>> collocated([unit, Pair(" ", "queja<n><f><pl>", "complaint<n><pl>")])[0].english
    'file<vblex><inf>'
    """
    made = list(pairs)
    for at, pair in enumerate(pairs):
        wanted = (
            _instead().get(pair.lemma.removesuffix("se")) if "<vblex>" in pair.spanish else None
        )
        if not wanted:
            continue
        thing = _done_to(pairs, at) if "<pp>" in pair.spanish else _object(pairs, at)
        if thing in wanted:
            made[at] = said(pair, wanted[thing])
    return made


@cache
def _instead() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in rows("collocations.csv"):
        objects = dict.fromkeys(row["objects"].split(), row["instead"])
        table.setdefault(row["verb"], {}).update(objects)
    return table


def _object(pairs: Sequence[Pair], at: int) -> str:
    """The noun behind the verb at *at*, or the one that *que* takes up."""
    for pair in pairs[at + 1 : at + _REACH]:
        if "<n>" in pair.spanish:
            return pair.lemma
        if pair.spanish != "a<pr>" and not any(tag in pair.spanish for tag in _SKIPPED):
            break
    before = at_pair(pairs, at - 1)
    return _noun_before(pairs, at - 1) if before.lemma == "que" else ""


def _done_to(pairs: Sequence[Pair], at: int) -> str:
    """The noun of which the participle at *at* is said."""
    if "<vbhaver>" in at_pair(pairs, at - 1).spanish:
        return _object(pairs, at)
    while at and any(
        tag in pairs[at - 1].spanish for tag in ("<vbser>", "<vbmod>", "<vaux>", "<adv>", "<rel>")
    ):
        at -= 1
    return _noun_before(pairs, at)


def _noun_before(pairs: Sequence[Pair], at: int) -> str:
    """The noun that ends at *at*: of *entrevistas de selección* the first."""
    found = ""
    while at > 0:
        at -= 1
        if "<n>" in pairs[at].spanish:
            found = pairs[at].lemma
            before = at_pair(pairs, at - 1)
            at -= "<det>" in before.spanish
            if at_pair(pairs, at - 1).lemma != "de":
                return found
            at -= 1
        elif "<adj>" not in pairs[at].spanish and "<pp>" not in pairs[at].spanish:
            return found
    return found


def _which(pairs: list[Pair]) -> list[Pair]:
    """*formular propuestas que sirvan*: behind what is named, *que* is which."""
    return [
        pair._replace(
            spanish=pair.spanish.replace("<cnjsub>", "<rel><an><mf><sp>"),
            english=pair.english.replace("<cnjsub>", "<rel><an><mf><sp>"),
        )
        if pair.spanish == "que<cnjsub>" and _is_named(pairs, number)
        else pair
        for number, pair in enumerate(pairs)
    ]


def _is_named(pairs: Sequence[Pair], at: int) -> bool:
    """Whether a term that ends with a noun, or a noun with its quality, stands before *at*."""
    last, before = at_pair(pairs, at - 1), at_pair(pairs, at - 2)
    if TERM_CODE.fullmatch(last.lemma):
        finite = FINITE.search(at_pair(pairs, at + 1).spanish)
        return bool(finite) and " " in last.english.partition("<")[0]
    return ("<adj>" in last.spanish or "<pp>" in last.spanish) and "<n>" in before.spanish


def _going_on(pairs: list[Pair]) -> list[Pair]:
    """*viene ejecutando*: has been implementing; *irá creciendo*: will grow."""
    made: list[Pair] = []
    at = 0
    while at < len(pairs):
        going, doing = _GOES.match(pairs[at].spanish), at_pair(pairs, at + 1)
        if not going or not doing.spanish.endswith("<vblex><ger>"):
            made.append(pairs[at])
        elif going[1] == "<pp><m><sg>":
            made.append(Pair(pairs[at].before, *_BEEN))
        elif pairs[at].lemma == "venir" and going[1].startswith("<pri>"):
            tags = "<vbhaver>" + going[1]
            have = (like(pairs[at].spanish, word) + tags for word in ("haber", "have"))
            made += [Pair(pairs[at].before, *have), Pair(" ", *_BEEN)]
        else:
            units = (like(pairs[at].spanish, _TENSE.sub(going[1], unit)) for unit in doing[1:])
            made.append(Pair(pairs[at].before, *units))
            at += 1
        at += 1
    return made


def _spent(pairs: list[Pair]) -> list[Pair]:
    """*lleva quince años denunciando*: has spent fifteen years."""
    made = list(pairs)
    for at in range(len(pairs) - 3, -1, -1):
        tags = _CARRIES.match(pairs[at].spanish)
        number, length = pairs[at + 1], pairs[at + 2]
        ends = next(
            (n for n in range(at + 3, min(at + 6, len(pairs))) if "<ger>" in pairs[n].spanish), 0
        )
        if tags and "<num>" in number.spanish and length.lemma in _LENGTHS and ends:
            have = (
                like(pairs[at].spanish, word) + "<vbhaver>" + tags[1] for word in ("haber", "have")
            )
            spent = Pair(" ", "pasar<vblex><pp><m><sg>", "spend<vblex><pp>")
            made[at : at + 1] = [Pair(pairs[at].before, *have), spent]
    return made


def _asked(pairs: list[Pair]) -> list[Pair]:
    """*exigir a las empresas que rindan cuentas*: demand that companies report."""
    for at, pair in enumerate(pairs):
        if pair.lemma not in _ASKS or at_pair(pairs, at + 1).spanish != "a<pr>":
            continue
        that = next(
            (
                n
                for n in range(at + 2, _end_of_noun(pairs, at + 2) + 1)
                if at_pair(pairs, n).lemma == "que"
            ),
            0,
        )
        if that and "<prs>" in "".join(each.spanish for each in pairs[that + 1 : that + 3]):
            named = [pairs[at + 2]._replace(before=" "), *pairs[at + 3 : that]]
            which = Pair(" ", "que<cnjsub>", "that<cnjsub>")
            return [*pairs[: at + 1], which, *named, *pairs[that + 1 :]]
    return pairs


def _end_of_noun(pairs: Sequence[Pair], at: int) -> int:
    while any(tag in at_pair(pairs, at).spanish for tag in _NOMINAL):
        at += 1
    return at


def _urged(pairs: list[Pair]) -> list[Pair]:
    """*Animamos a postular a mujeres*: whom before what to do."""
    for at, pair in enumerate(pairs):
        go = at + 1 + ("<adv>" in at_pair(pairs, at + 1).spanish)
        to, doing = at_pair(pairs, go), at_pair(pairs, go + 1)
        if pair.lemma not in _URGES or to.spanish != "a<pr>" or "<inf>" not in doing.spanish:
            continue
        end = _list_end(pairs, go + 2)
        whom = next((n + 1 for n in range(go + 2, end) if pairs[n].spanish == "a<pr>"), go + 2)
        what = pairs[go + 2 : whom - 1]
        if whom == go + 2:  # postular a
            if not doing.lemma.endswith(" a"):
                continue
            doing = Pair(doing.before, *map(_without_last_word, doing[1:]))
        if whom < end:
            first = pairs[whom]._replace(before=" ")
            named = [first, *pairs[whom + 1 : end]]
            return [*pairs[:go], *named, to, doing, *what, *pairs[end:]]
    return pairs


def _without_last_word(unit: str) -> str:
    lemma, _, tags = unit.partition("<")
    return f"{lemma.rpartition(' ')[0]}<{tags}"


def _list_end(pairs: Sequence[Pair], start: int) -> int:
    """Where a clause ends, with a list in it that no further verb follows."""
    ends = (n for n in range(start, len(pairs)) if any(tag in pairs[n].spanish for tag in _ENDS))
    end = next(ends, len(pairs))
    if "<cm>" not in at_pair(pairs, end).spanish:
        return end
    later = _list_end(pairs, end + 1)
    return end if any(FINITE.search(each.spanish) for each in pairs[end:later]) else later


def _doing(pairs: list[Pair]) -> list[Pair]:
    """*encargarse de elaborar planes y revisar cuentas*: for drawing up … and reviewing …"""
    made = list(pairs)
    leads = False
    for at, pair in enumerate(pairs):
        last = at_pair(pairs, at - 1)
        if _LEADS_TO_DOING.search(pair.english):
            leads = True
        elif any(tag in pair.spanish for tag in _ENDS[:1]) or FINITE.search(pair.spanish):
            leads = False
        elif leads and pair.spanish.endswith("<vblex><inf>"):
            joined = any(tag in last.spanish for tag in _JOINS)
            if joined or _LEADS_TO_DOING.search(last.english):
                made[at] = pair._replace(
                    spanish=pair.spanish.replace("<inf>", "<ger>"),
                    english=pair.english.replace("<inf>", "<ger>"),
                )
            else:
                leads = joined
    return made
