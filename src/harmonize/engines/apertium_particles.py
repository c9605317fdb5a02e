"""Small Spanish words, behind the dictionary, whose English depends on what stands around them.

*Como voluntaria* is "as a volunteer", *tanto oral como escrito* "both oral and written"; behind
*no*, *ni* is "or"; *por* is "by" whom something is done and otherwise "for".
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium_pairs import Pair, at_pair
from harmonize.engines.apertium_units import TERM_CODE, like

_REACH = 12
_WAYS = frozenset({"manera", "forma", "modo"})
_NEGATIONS = frozenset("no sin ni nunca ningún ninguno nadie tampoco".split())
_LENGTHS = frozenset("año mes semana día hora minuto".split())
_MEANS = frozenset("correo mensaje mensajería teléfono transferencia vía zoom".split())
_A = Pair(" ", "uno<det><ind><f><sg>", "a<det><ind><sg>")
_AND = ("y<cnjcoo>", "and<cnjcoo>")


def particles(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with the rules of this module."""
    for rule in (_both, _as, _or, _for, _ways, _law, _senses):
        pairs = rule(pairs)
    return pairs


def _both(pairs: list[Pair]) -> list[Pair]:
    """*tanto en el campo como en la oficina*: both in … and in …"""
    made = list(pairs)
    for at, pair in enumerate(made):
        if pair.lemma != "tanto" or "<pl>" in pair.spanish:
            continue
        for other in range(at + 2, min(len(made), at + _REACH)):
            if "<sent>" in made[other].spanish:
                break
            if made[other].lemma == "como":
                both = like(pair.spanish, "both<adv>")
                made[at] = pair._replace(spanish=like(pair.spanish, "tanto<adv>"), english=both)
                made[other] = made[other]._replace(spanish=_AND[0], english=_AND[1])
                break
    return made


def _as(pairs: list[Pair]) -> list[Pair]:
    """*trabajar como promotora* is to work *as a* promoter."""
    made: list[Pair] = []
    for at, pair in enumerate(pairs):
        following = at_pair(pairs, at + 1)
        named = "<n>" in following.spanish or "<adj>" in following.spanish
        if pair.lemma == "como" and "<vb" not in pair.spanish and at and named:
            made.append(pair._replace(spanish="como<pr>", english="as<pr>"))
            if "<n>" in following.spanish and "<sg>" in following.spanish:
                made.append(_A)
        else:
            made.append(pair)
    return made


def _or(pairs: list[Pair]) -> list[Pair]:
    """*no sustituye puestos ni genera una relación*: or generate."""
    made = list(pairs)
    negated = finite = False
    for at, pair in enumerate(made):
        if "<sent>" in pair.spanish:
            negated = finite = False
        negated = negated or pair.lemma in _NEGATIONS
        if pair.lemma == "ni" and negated and at:
            made[at] = pair._replace(spanish="o<cnjcoo>", english="or<cnjcoo>")
            verb = at_pair(made, at + 1)
            if finite and "<vblex><pri><p3>" in verb.spanish:
                made[at + 1] = Pair(verb.before, *map(_infinitive, verb[1:]))
        finite = finite or "<vblex><pri><p3>" in pair.spanish
    return made


def _infinitive(unit: str) -> str:
    return unit.replace("<pri><p3><sg>", "<inf>").replace("<pri><p3><pl>", "<inf>")


def _for(pairs: list[Pair]) -> list[Pair]:
    """*por 18 meses*, *licencia por estudio*, but *firmado por la gerencia*."""
    made = list(pairs)
    for at, pair in enumerate(made):
        if pair.spanish.lower() != "por<pr>" or not at:
            continue
        done = any(map(_is_done, made[max(0, at - 4) : at]))
        length = (
            at_pair(made, at + 2).lemma in _LENGTHS and "<num>" in at_pair(made, at + 1).spanish
        )
        follows = at_pair(made, at + 1).spanish
        is_means = bool(TERM_CODE.match(follows)) or at_pair(made, at + 1).lemma in _MEANS
        if length or (not done and not is_means and "<inf>" not in follows):
            made[at] = pair._replace(english="for<pr>")
    return made


def _is_done(pair: Pair) -> bool:
    """Whether a word says what has been done: a participle, or *proporcionado*."""
    is_adjective = "<adj>" in pair.spanish and pair.lemma.endswith(("ado", "ido"))
    return "<pp>" in pair.spanish or is_adjective


def _ways(pairs: list[Pair]) -> list[Pair]:
    """*de manera participativa*: in a participatory way."""
    made: list[Pair] = []
    at = 0
    while at < len(pairs):
        of, way, which = pairs[at], at_pair(pairs, at + 1), at_pair(pairs, at + 2)
        made.append(of)
        if of.lemma == "de" and way.lemma in _WAYS and "<adj>" in which.spanish:
            made[-1] = of._replace(
                spanish=like(of.spanish, "en<pr>"), english=like(of.english, "in<pr>")
            )
            made += [_A, way._replace(spanish="manera<n><f><sg>", english="way<n><sg>")]
            at += 1
        at += 1
    return made


def _law(pairs: list[Pair]) -> list[Pair]:
    """*estudios en derecho* are of law; *el derecho a la salud* is a right."""
    made = list(pairs)
    for at, pair in enumerate(made):
        if not pair.spanish.lower().startswith("derecho<n><m><sg>"):
            continue
        has_article = "<det>" in at_pair(made, at - 1).spanish
        of_something = at_pair(made, at + 1).lemma in {"a", "de", "que"}
        if not has_article and not of_something and _is_field(made, at):
            made[at] = pair._replace(english=like(pair.spanish, "law<n><sg>"))
    return made


def _is_field(pairs: Sequence[Pair], at: int) -> bool:
    before = at_pair(pairs, at - 1)
    return before.lemma in {"en", "de"} or any(
        tag in before.spanish for tag in ("<cm>", "<cnjcoo>", "<sent>")
    )


def _senses(pairs: list[Pair]) -> list[Pair]:
    """*capacidad de negociar* is an ability; *seguir trabajando* is to continue."""
    made = list(pairs)
    for at, pair in enumerate(made):
        of, what = at_pair(made, at + 1), at_pair(made, at + 2)
        if pair.lemma == "capacidad" and of.lemma in {"de", "para"} and "<inf>" in what.spanish:
            made[at] = _said(pair, "ability")
        if pair.lemma == "seguir" and "<ger>" in of.spanish:
            made[at] = _said(pair, "continue")
    return made


def _said(pair: Pair, english: str) -> Pair:
    """*pair* with another English lemma."""
    first = pair.english.partition("/")[0]
    return pair._replace(english=like(first, english) + "<" + first.partition("<")[2])
