"""Who does what in a Spanish clause, behind the dictionary, where English must name it.

Subjects that Spanish leaves to the verb are put in: "los productos que evaluamos" is "that *we*
assess"; what is wished for ("que sepan conducir") is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonize.engines.apertium.into_english.pairs import FINITE, Pair, at_pair, lowered
from harmonize.engines.apertium.into_english.se import passives
from harmonize.engines.apertium.into_english.subjects import subjects_first
from harmonize.engines.apertium.units import like

_PERSON = re.compile(r"<vb\w+><(?:pri|ifi|pii|fti|cni|prs)><(p[12])><(sg|pl)>")
_WISHED = re.compile(r"(<vb\w+>(?:<pron>)?)<prs><p[23]><(?:sg|pl)>")
_PRONOUNS = {
    ("p1", "pl"): ("prpers<prn><tn><p1><m><pl>", "prpers<prn><subj><p1><mf><pl>"),
    ("p2", "sg"): ("prpers<prn><tn><p2><mf><sg>", "prpers<prn><subj><p2><mf><sp>"),
    ("p2", "pl"): ("prpers<prn><tn><p2><mf><pl>", "prpers<prn><subj><p2><mf><sp>"),
    ("p3", "pl"): ("prpers<prn><tn><p3><m><pl>", "prpers<prn><subj><p3><mf><pl>"),
}
_YOU = ("p2", "sg")
_THEY = ("p3", "pl")
_ACTS = re.compile(r"<vb(?:lex|mod)><(fti|pri|cni)><p3><sg>")
_EVENTS = frozenset(
    "comenzar corresponder deber durar empezar existir finalizar haber iniciar llegar ocurrir "
    "regir suceder tratar".split()
)
_WANTS = frozenset("buscar desear necesitar poder preferir querer".split())
_CLITIC = re.compile(r"<prn><pro>|^no<adv>", re.IGNORECASE)


def clauses(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with the rules of this module."""
    return passives(_with_subjects(subjects_first(_once(_indicative(_verbs_last(_wishes(pairs)))))))


def _wishes(pairs: list[Pair]) -> list[Pair]:
    """*Que sepan conducir y tengan licencia*: know how to drive and have a license."""
    if not pairs or not pairs[0].spanish.lower().startswith("que<"):
        return pairs
    first = next((n for n, each in enumerate(pairs[1:3], 1) if _WISHED.search(each.spanish)), 0)
    if not first:
        return pairs
    made = pairs[1:]
    for at, pair in enumerate(made):
        if "<sent>" in pair.spanish or "<rel>" in pair.spanish:
            break
        if _WISHED.search(pair.spanish):
            made[at] = Pair(pair.before, *(_WISHED.sub(r"\1<inf>", unit) for unit in pair[1:]))
    return [_raised(made[0]), *made[1:]]


def _verbs_last(pairs: list[Pair]) -> list[Pair]:
    """*Qué implica el trabajo*: what the work involves."""
    asks = at_pair(pairs, 0).spanish.lower().startswith(("qué<prn><itg>", "lo que<rel>"))
    verb, rest = at_pair(pairs, 1), pairs[2:]
    end = next((n for n, each in enumerate(rest) if "<sent>" in each.spanish), len(rest))
    named = bool(end) and "<det>" in rest[0].spanish and "<vblex>" in verb.spanish
    if not asks or not named or any("<vb" in each.spanish for each in rest[:end]):
        return pairs
    return [pairs[0], *rest[:end], verb, *rest[end:]]


def _raised(pair: Pair) -> Pair:
    """With a capital, at the beginning of a text."""
    large = "/".join(each[:1].upper() + each[1:] for each in pair.english.split("/"))
    return Pair("", pair.spanish[:1].upper() + pair.spanish[1:], large)


def _indicative(pairs: list[Pair]) -> list[Pair]:
    """*que incluya*: English tells what is wished for as it tells what is."""
    return [
        pair._replace(
            spanish=pair.spanish.replace("<prs>", "<pri>"),
            english=pair.english.replace("<prs>", "<pri>"),
        )
        if "<prs>" in pair.spanish and "<vb" in pair.spanish
        else pair
        for pair in pairs
    ]


def _once(pairs: list[Pair]) -> list[Pair]:
    """*que aplique métodos y que devuelva los datos*: that … applies and returns."""
    made: list[Pair] = []
    that = False
    for at, pair in enumerate(pairs):
        joined = "<cnjcoo>" in at_pair(pairs, at - 1).spanish
        acts = FINITE.search(at_pair(pairs, at + 1).spanish)
        again = that and joined and acts and pair.lemma == "que"
        that = pair.spanish == "que<cnjsub>" or (that and "<sent>" not in pair.spanish)
        if not again:
            made.append(_being(pair, at_pair(pairs, at + 1), at_pair(pairs, at + 2)))
    return made


def _being(pair: Pair, one: Pair, two: Pair) -> Pair:
    """*quedarán (automáticamente) descartadas*: will be."""
    done = two if "<adv>" in one.spanish else one
    if pair.lemma != "quedar" or "<pp>" not in done.spanish or not FINITE.search(pair.spanish):
        return pair
    tags = pair.spanish.partition("<vblex>")[2].removeprefix("<pron>")
    be = (like(pair.spanish, word) + f"<vbser>{tags}" for word in ("ser", "be"))
    return Pair(pair.before, *be)


def _with_subjects(pairs: list[Pair]) -> list[Pair]:
    """*We* and *you* before verbs that have no other subject."""
    made: list[Pair] = []
    last = ("", "")
    for at, pair in enumerate(pairs):
        verb = pair
        person = _PERSON.search(verb.spanish)
        said = (person[1], person[2]) if person else ("", "")
        if "<p3><pl>" in pair.spanish and _is_what_they(pairs, at):
            said = _THEY
        if _is_of_reader(pairs, at):
            said = _YOU
            verb = Pair(pair.before, *(each.replace("<p3>", "<p2>") for each in pair[1:]))
        start = len(made)
        while start and _CLITIC.search(made[start - 1].spanish):
            start -= 1
        joined = start > 0 and "<cnjcoo>" in made[start - 1].spanish
        that = start > 0 and made[start - 1].spanish.startswith("que<cnjsub>")
        if (joined or that) and last == _YOU and start == len(made) and _ACTS.search(pair.spanish):
            said = _YOU
            verb = Pair(pair.before, *(each.replace("<p3>", "<p2>") for each in pair[1:]))
        has_subject = start > 0 and "<prn><tn>" in made[start - 1].spanish
        if said in _PRONOUNS and not has_subject and not (joined and said == last):
            made = _led_by(made, start, _PRONOUNS[said], verb)
            verb = lowered(verb)
        made.append(verb)
        if FINITE.search(verb.spanish):
            last = said
    return made


def _is_what_they(pairs: Sequence[Pair], at: int) -> bool:
    """*qué pueden esperar*: what they can expect."""
    before = at_pair(pairs, at - 1)
    asked = "<itg>" in before.spanish or (
        before.lemma == "el cual" and "<vbmod>" in pairs[at].spanish
    )
    named = "<det>" in at_pair(pairs, at + 1).spanish
    return asked and not named and bool(FINITE.search(pairs[at].spanish)) and at > 1


def _is_of_reader(pairs: Sequence[Pair], at: int) -> bool:
    """*También apoyará la creación …*, *el país donde reside*: said of *usted*."""
    acts = _ACTS.search(pairs[at].spanish)
    if not acts or "<prn><tn>" in pairs[at].spanish or pairs[at].lemma in _EVENTS:
        return False
    place = at - 1
    while place > 0 and _CLITIC.search(pairs[place].spanish):
        place -= 1
    if any(pair.lemma == "se" for pair in pairs[place + 1 : at]):
        return False  # si se recibe
    before, after = at_pair(pairs, place), at_pair(pairs, at + 1)
    if "<subj><p2>" in before.english:
        return True
    if acts[1] == "fti":
        return _opens(pairs, at) and not _ends(after)
    return _is_meant(pairs, at, before)


def _is_meant(pairs: Sequence[Pair], at: int, before: Pair) -> bool:
    """Whether the word before a verb without a subject makes it the reader's."""
    after = at_pair(pairs, at + 1)
    if before.lemma == "que" and "<p1>" in at_pair(pairs, at - 1).spanish:
        return not any(tag in after.spanish for tag in ("<det>", "<n>"))  # que nos envíe
    if before.spanish.startswith("donde<rel>"):
        return _ends(after)
    if "<itg>" in before.spanish:
        return "<vbmod>" in pairs[at].spanish and at > 1
    if before.lemma not in {"si", "aunque"}:
        return False
    wants = pairs[at].lemma in _WANTS and not at_pair(pairs, at + 2).lemma.startswith("se")
    addressed = before.lemma == "si" or any("<p2>" in each.english for each in pairs)
    return addressed and (wants or "<vb" not in after.spanish)


def _opens(pairs: Sequence[Pair], at: int) -> bool:
    start = at - 1 if "<adv>" in at_pair(pairs, at - 1).spanish else at
    return start == 0 or "<sent>" in at_pair(pairs, start - 1).spanish


def _ends(pair: Pair) -> bool:
    return any(tag in pair.spanish for tag in ("<sent>", "<cm>"))


def _led_by(made: list[Pair], start: int, pronoun: tuple[str, str], verb: Pair) -> list[Pair]:
    """The pairs with *pronoun* before those from *start* on, and with its capital."""
    first = made[start] if start < len(made) else verb
    led = Pair(first.before, *(like(first.spanish, word) for word in pronoun))
    rest = [lowered(each) if n == 0 else each for n, each in enumerate(made[start:])]
    return [*made[:start], led, *rest]
