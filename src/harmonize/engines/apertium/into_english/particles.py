"""Small Spanish words, behind the dictionary, whose English depends on what stands around them.

*Como voluntaria* is "as a volunteer", *tanto oral como escrito* "both oral and written"; behind
*no*, *ni* is "or".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonize.engines.apertium.into_english.pairs import Pair, at_pair
from harmonize.engines.apertium.into_english.prepositions import prepositions
from harmonize.engines.apertium.persons import is_person
from harmonize.engines.apertium.units import TERM_CODE, like

_REACH = 12
_WAYS = frozenset({"manera", "forma", "modo"})
_NEGATIONS = frozenset("no sin ni nunca ningún ninguno nadie tampoco".split())
_FIELDS = {"derecho": "law", "economía": "economics", "contabilidad": "accounting"}
_PRESENT = re.compile(r"<vb(?:lex|ser)>(?:<pron>)?(<pri>)(<p[123]>)(<sg>|<pl>)")
_PRESENT_OR_PERFECT = re.compile(r"<vbhaver><pri>|" + _PRESENT.pattern)
_POS = re.compile(r"<vb(?:lex|ser)>")
_SENSES = (
    ("capacidad", True, "<inf>", "ability"),
    ("forma", True, "<inf>", "way"),
    ("posibilidad", True, "<inf>", "opportunity"),
    ("requerir", False, "<inf>", "need"),
    ("seguir", False, "<ger>", "continue"),
    ("importar", False, "<det>", "import"),
    ("importar", False, "<n>", "import"),
    ("importar", False, "<cnjcoo>", "import"),
    ("conducir", False, "<cnjcoo>", "drive"),
    ("conducir", False, "<sent>", "drive"),
    ("conducir", False, "<cm>", "drive"),
    ("cuál", False, "<vbser>", "what"),
    ("revisar", False, "<cnjsub>", "check"),
)
"""Word, whether *de* or *para* follows, what follows that, and the English then."""
_ADDRESSES = frozenset("correo electrónico indicado postal señalado siguiente web".split())
_PERSONS = frozenset(
    "aliado artesano auditor cafetalero campesino donante indígena migrante obrero pescador "
    "productor recolector socio solicitante".split()
)
_AGREES = re.compile(r"<n>((<m>|<f>)(?:<sg>|<pl>))")
_A = Pair(" ", "uno<det><ind><f><sg>", "a<det><ind><sg>")
_AND = ("y<cnjcoo>", "and<cnjcoo>")


def particles(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with the rules of this module."""
    for rule in _RULES:
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
        if pair.lemma == "como" and "<vb" not in pair.spanish and named:
            units = (like(pair.spanish, unit) for unit in ("como<pr>", "as<pr>"))
            made.append(Pair(pair.before, *units))
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
            verb = at_pair(made, at + 1)
            if "<n>" in verb.spanish and _acts(made, at + 1):
                made[at] = Pair(pair.before, *_AND)
                made[at + 1] = verb._replace(english=f"no {verb.english}")
                continue
            made[at] = pair._replace(spanish="o<cnjcoo>", english="or<cnjcoo>")
            if finite and "<vblex><pri><p3>" in verb.spanish:
                made[at + 1] = Pair(verb.before, *map(_infinitive, verb[1:]))
        finite = finite or "<vblex><pri><p3>" in pair.spanish
    return made


def _acts(pairs: Sequence[Pair], at: int) -> bool:
    """Whether the noun at *at* has a verb of its own in the clause."""
    for pair in pairs[at:]:
        if any(tag in pair.spanish for tag in ("<rel>", "<cm>", "<sent>")):
            return False
        if "<vbser>" in pair.spanish:
            return True
    return False


def _infinitive(unit: str) -> str:
    return unit.replace("<pri><p3><sg>", "<inf>").replace("<pri><p3><pl>", "<inf>")


def _since(pairs: list[Pair]) -> list[Pair]:
    """*trabaja desde 2006*, *desde hace veinte años defendemos*: has worked, have defended."""
    made = list(pairs)
    for at, pair in enumerate(pairs):
        following = at_pair(pairs, at + 1).spanish
        since_year = pair.lemma == "desde" and bool(re.match(r"\d{4}<", following))
        if since_year:
            made[at] = pair._replace(english=like(pair.spanish, "since<pr>"))
        if not since_year and pair.lemma != "desde hace":
            continue
        behind = range(at + 1, len(pairs))
        comma = "<cm>" in at_pair(pairs, at - 1).spanish
        in_clause = "<rel>" in at_pair(pairs, at - 1 - comma).spanish
        places = [*behind] if in_clause else [*range(at - 1, -1, -1), *behind]
        near = next((n for n in places if _PRESENT_OR_PERFECT.search(pairs[n].spanish)), None)
        has = near is not None and "<vbhaver>" in pairs[near].spanish
        if near is not None and not has and "<rel>" not in at_pair(pairs, near - 1).spanish:
            return [*made[:near], *_perfect(pairs[near]), *made[near + 1 :]]
    return made


def _perfect(verb: Pair) -> list[Pair]:
    tags = "<vbhaver>" + "".join(_PRESENT.findall(verb.spanish)[0])
    spanish, english = (
        _PRESENT.sub("", unit.partition("/")[0]).partition("<")[0].lower()
        + "".join(_POS.findall(unit)[:1])
        + "<pp><m><sg>"
        for unit in verb[1:]
    )
    have = [like(verb.spanish, "haber") + tags, like(verb.spanish, "have") + tags]
    return [Pair(verb.before, *have), Pair(" ", spanish, english)]


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
        field = _FIELDS.get(pair.lemma) if "<n><" in pair.spanish and "<sg>" in pair.spanish else ""
        if not field:
            continue
        has_article = "<det>" in at_pair(made, at - 1).spanish
        of_something = at_pair(made, at + 1).lemma in {"a", "de", "que"}
        if not has_article and not of_something and _is_field(made, at):
            made[at] = pair._replace(english=like(pair.spanish, f"{field}<n><sg>"))
    return made


def _is_field(pairs: Sequence[Pair], at: int) -> bool:
    before = at_pair(pairs, at - 1)
    return before.lemma in {"en", "de"} or any(
        tag in before.spanish for tag in ("<cm>", "<cnjcoo>", "<sent>")
    )


def _beside(pairs: list[Pair]) -> list[Pair]:
    """*mujeres campesinas e indígenas*: a noun for persons that says which stands before."""
    made = list(pairs)
    for at in range(1, len(made)):
        pair, last = made[at], made[at - 1]
        if "<cnjcoo>" in last.spanish and "<adj>" in at_pair(made, at - 2).spanish:
            last = at_pair(made, at - 3)
        tags = _AGREES.search(last.spanish)
        if (
            pair.lemma in _PERSONS
            and tags
            and f"<n>{tags[1]}" in pair.spanish.replace("<mf>", tags[2])
        ):
            noun = pair.english.partition("/")[0].partition("<")[0]
            adjective = ("peasant" if pair.lemma == "campesino" else noun) + "<adj>"
            made[at] = pair._replace(
                spanish=pair.spanish.replace("<n>", "<adj>"), english=adjective
            )
    return made


def _senses(pairs: list[Pair]) -> list[Pair]:
    """*capacidad de negociar* is an ability; *seguir trabajando* is to continue."""
    made = list(pairs)
    for at, pair in enumerate(made):
        one, two = at_pair(made, at + 1), at_pair(made, at + 2)
        follows = (one.lemma, two.spanish) if one.lemma in {"de", "para"} else ("", one.spanish)
        for lemma, preposition, tag, english in _SENSES:
            if pair.lemma == lemma and bool(follows[0]) == preposition and tag in follows[1]:
                made[at] = said(pair, english)
    return made


def _each(pairs: list[Pair]) -> list[Pair]:
    """*Toda persona*, *ningún trabajador*, *muchas víctimas*: any, no, many."""
    made = list(pairs)
    for at, pair in enumerate(made):
        one = at_pair(made, at + 1)
        if pair.lemma == "mucho" and "<det>" in pair.spanish and "<pl>" in pair.spanish:
            made[at] = said(pair, "many")
        if pair.lemma == "dirección" and _is_management(made, at):
            made[at] = said(pair, "management")
        if (
            pair.lemma == "quien"
            and "<sg>" in pair.spanish
            and (at == 0 or "<sent>" in made[at - 1].spanish)
        ):
            made[at] = said(pair, "anyone who")
        opens = any(tag in at_pair(made, at - 1).spanish for tag in ("<sent>", "<cm>"))
        if pair.lemma == "ninguno" and "<det>" in pair.spanish and opens:
            made[at] = pair._replace(english=like(pair.spanish, "no<det><ind><sp>"))
        if pair.lemma == "todo" and "<predet>" in pair.spanish and "<n>" in one.spanish:
            made[at] = pair._replace(english=like(pair.spanish, "any<det><ind><sp>"))
    return made


def _is_management(pairs: Sequence[Pair], at: int) -> bool:
    """*informar a la dirección*, but *la dirección de correo*, *la siguiente dirección*."""
    before, after, then = (at_pair(pairs, at + step) for step in (-1, 1, 2))
    where = after.lemma in _ADDRESSES or then.lemma in _ADDRESSES or TERM_CODE.match(then.lemma)
    return "<det>" in before.spanish and not where and ":" not in after.spanish


def said(pair: Pair, english: str) -> Pair:
    """*pair* with another English lemma."""
    first = pair.english.partition("/")[0]
    return pair._replace(english=like(first, english) + "<" + first.partition("<")[2])


def _a_member(pairs: list[Pair]) -> list[Pair]:
    """*Ser miembro de una cooperativa*: to be *a* member."""
    made: list[Pair] = []
    for at, pair in enumerate(pairs):
        last = at_pair(pairs, at - 1)
        bare = "<n>" in pair.spanish and "<sg>" in pair.spanish and is_person(pair.lemma)
        if bare and last.spanish.lower().startswith("ser<vbser>"):
            made.append(_A)
        made.append(pair)
    return made


_RULES = (
    *(_both, _as, _or, prepositions, _since),
    *(_ways, _law, _beside, _senses, _each, _a_member),
)
