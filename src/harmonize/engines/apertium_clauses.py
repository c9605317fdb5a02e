"""Who does what in a Spanish clause, behind the dictionary, where English must name it.

Subjects that Spanish leaves to the verb are put in ("los productos que evaluamos" is "that *we*
assess"), and *se* becomes a passive: "se requiere experiencia" is "experience is required", "los
salarios que se pagan" are "the salaries that are paid".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonize.engines.apertium_nouns import is_person
from harmonize.engines.apertium_pairs import Pair, at_pair
from harmonize.engines.apertium_units import like

_REFLEXIVE = "se<prn><pro><ref>"
_FINITE = re.compile(r"<vb\w+><(?:pri|ifi|pii|fti|cni|prs|pis)>")
_PERSON = re.compile(r"<vb\w+><(?:pri|ifi|pii|fti|cni|prs)><(p[12])><(sg|pl)>")
_WISHED = re.compile(r"(<vb\w+>(?:<pron>)?)<prs><p[23]><(?:sg|pl)>")
_PASSIVE_VERB = re.compile(r"([^<]+)<vblex>(?:<pron>)?(<(?:pri|fti|ifi|cni|pii)>)<p3>(<sg>|<pl>)$")
_MODAL = re.compile(r"(?:poder|deber)<vbmod>(<(?:pri|fti|ifi|cni|pii)>)<p3>(<sg>|<pl>)$")
_NUMBER = re.compile(r"<n>[^/]{0,30}(<sg>|<pl>)")
_NO_SUBJECT = ("<cnjsub>", "<rel>", "<pr>", "<cnjcoo>", "<cnjadv>")
_CLAUSE_ENDS = ("<sent>", "<cm>")
_TO_WHOM = frozenset(
    "brindar comunicar conceder dar dedicar enviar entregar informar notificar ofrecer otorgar "
    "pagar prestar proporcionar solicitar".split()
)
_ADJUNCTS = frozenset(
    "por mediante durante hasta según desde conforme_a dentro_de antes_de después_de a_partir_de "
    "a_través_de a_más_tardar de_acuerdo_con en_el_marco_de".split()
)
_TRULY_REFLEXIVE = frozenset(
    "acercar adaptar afiliar apegar apoyar arrepentir articular atrever beneficiar capacitar "
    "casar centrar comprometer concentrar conectar convertir coordinar dedicar desempeñar "
    "desplazar dirigir distinguir encargar encontrar enfocar enfrentar enorgullecer esforzar "
    "expresar formar graduar identificar incorporar inscribir integrar interesar ir "
    "jubilar mantener mover mudar negar ocupar oponer organizar orientar parecer postular "
    "preocupar presentar producir quedar quejar referir relacionar reservar responsabilizar "
    "reunir sentir sindicalizar sumar tratar trasladar unir".split()
)
"""Verbs with which *se* is the doer rather than what it is done to."""
_PASSIVE_TOO = frozenset("identificar organizar presentar producir coordinar".split())
"""Of these, the ones whose *se* is a passive where a thing follows or leads."""
_PRONOUNS = {
    ("p1", "sg"): ("prpers<prn><tn><p1><mf><sg>", "prpers<prn><subj><p1><mf><sg>"),
    ("p1", "pl"): ("prpers<prn><tn><p1><m><pl>", "prpers<prn><subj><p1><mf><pl>"),
    ("p2", "sg"): ("prpers<prn><tn><p2><mf><sg>", "prpers<prn><subj><p2><mf><sp>"),
    ("p2", "pl"): ("prpers<prn><tn><p2><mf><pl>", "prpers<prn><subj><p2><mf><sp>"),
    ("p3", "pl"): ("prpers<prn><tn><p3><m><pl>", "prpers<prn><subj><p3><mf><pl>"),
}
_YOU = ("p2", "sg")
_THEY = ("p3", "pl")
_ACTS = re.compile(r"<vblex><(fti|pri)><p3><sg>")
_EVENTS = frozenset(
    "comenzar corresponder durar empezar existir finalizar haber iniciar llegar ocurrir regir "
    "suceder tratar".split()
)
_A = ("Uno<det><ind><f><sg>", "A<det><ind><sg>")
_IT = ("prpers<prn><tn><p3><nt><sg>", "prpers<prn><subj><p3><nt><sg>")
_CLITIC = re.compile(r"<prn><pro>|^no<adv>", re.IGNORECASE)


def clauses(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with the rules of this module."""
    return passives(_with_subjects(_indicative(_verbs_last(_wishes(pairs)))))


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


def _with_subjects(pairs: list[Pair]) -> list[Pair]:
    """*We* and *you* before verbs that have no other subject."""
    made: list[Pair] = []
    last: tuple[str, str] | None = None
    for at, pair in enumerate(pairs):
        verb = pair
        person = _PERSON.search(verb.spanish)
        said = (person[1], person[2]) if person else None
        if "<p3><pl>" in pair.spanish and _is_what_they(pairs, at):
            said = _THEY
        if _is_of_reader(pairs, at):
            said = _YOU
            verb = Pair(pair.before, *(each.replace("<p3>", "<p2>") for each in pair[1:]))
        start = len(made)
        while start and _CLITIC.search(made[start - 1].spanish):
            start -= 1
        joined = start > 0 and "<cnjcoo>" in made[start - 1].spanish
        has_subject = start > 0 and "<prn><tn>" in made[start - 1].spanish
        if said and not has_subject and not (joined and said == last):
            made = _led_by(made, start, _PRONOUNS[said], verb)
            verb = _lowered(verb)
        made.append(verb)
        if _FINITE.search(verb.spanish):
            last = said
    return made


def _is_what_they(pairs: Sequence[Pair], at: int) -> bool:
    """*qué pueden esperar*: what they can expect."""
    asked = "<itg>" in at_pair(pairs, at - 1).spanish
    named = "<det>" in at_pair(pairs, at + 1).spanish
    return asked and not named and bool(_FINITE.search(pairs[at].spanish)) and at > 1


def _is_of_reader(pairs: Sequence[Pair], at: int) -> bool:
    """*También apoyará la creación …*, *el país donde reside*: said of *usted*."""
    acts = _ACTS.search(pairs[at].spanish)
    if not acts or "<prn><tn>" in pairs[at].spanish or pairs[at].lemma in _EVENTS:
        return False
    before, after = at_pair(pairs, at - 1), at_pair(pairs, at + 1)
    if "<subj><p2>" in before.english:
        return True
    ends = any(tag in after.spanish for tag in ("<sent>", "<cm>"))
    if before.spanish.startswith("donde<rel>"):
        return ends
    if before.lemma == "si" and acts[1] == "pri":
        return "<vb" not in after.spanish
    start = at - 1 if "<adv>" in before.spanish else at
    opens = start == 0 or "<sent>" in at_pair(pairs, start - 1).spanish
    return opens and acts[1] == "fti" and not ends


def _led_by(made: list[Pair], start: int, pronoun: tuple[str, str], verb: Pair) -> list[Pair]:
    """The pairs with *pronoun* before those from *start* on, and with its capital."""
    first = made[start] if start < len(made) else verb
    led = Pair(first.before, *(like(first.spanish, word) for word in pronoun))
    rest = [_lowered(each) if n == 0 else each for n, each in enumerate(made[start:])]
    return [*made[:start], led, *rest]


def _lowered(pair: Pair) -> Pair:
    small = "/".join(each[:1].lower() + each[1:] for each in pair.english.split("/"))
    return Pair(" ", pair.spanish[:1].lower() + pair.spanish[1:], small)


def passives(pairs: list[Pair]) -> list[Pair]:
    """*Se requiere experiencia* is "Experience is required"; *que se paga* "that is paid"."""
    pairs = _with_free_se(pairs)
    for at in range(len(pairs) - 1):
        if not pairs[at].spanish.lower().startswith(_REFLEXIVE):
            continue
        end = _verb_end(pairs, at + 1)
        if end is None:
            continue
        no = at > 0 and pairs[at - 1].lemma == "no"
        start = at - no
        if _is_in_place(pairs, start, end):
            active = _passive(pairs[at:end], None)
            active[0] = active[0]._replace(before=pairs[start].before)
            return [*pairs[:start], *_negated(active, no), *passives(pairs[end:])]
        turned = _turned(pairs, at, end, no)
        if turned:
            done, rest = turned
            return [*pairs[:start], *done, *passives(rest)]
    return pairs


def _with_free_se(pairs: list[Pair]) -> list[Pair]:
    """*puede realizarse* as *se puede realizar*."""
    made: list[Pair] = []
    for at, pair in enumerate(pairs):
        verb = at_pair(pairs, at + 1)
        follows = at_pair(pairs, at + 2).spanish.startswith("se<prn><enc><ref>")
        is_action = verb.spanish.endswith("<vblex><inf>") and verb.lemma not in _TRULY_REFLEXIVE
        if _MODAL.match(pair.spanish.lower()) and follows and is_action:
            se = _REFLEXIVE + "<p3><mf><sp>"
            made += [Pair(pair.before, like(pair.spanish, se), ""), pair._replace(before=" ")]
        elif not (pair.spanish.startswith("se<prn><enc><ref>") and _is_freed(pairs, at)):
            made.append(pair)
    return made


def _is_freed(pairs: Sequence[Pair], at: int) -> bool:
    modal, verb = at_pair(pairs, at - 2), at_pair(pairs, at - 1)
    is_action = verb.spanish.endswith("<vblex><inf>") and verb.lemma not in _TRULY_REFLEXIVE
    return bool(_MODAL.match(modal.spanish.lower())) and is_action


def _verb_end(pairs: Sequence[Pair], at: int) -> int | None:
    """Where the verb at *at* ends that *se* may turn into a passive; a modal takes another."""
    verb = _PASSIVE_VERB.match(pairs[at].spanish)
    if verb:
        lemma = verb[1].lower()
        thing = lemma in _PASSIVE_TOO and not at_pair(pairs, at + 1).spanish.startswith("a<pr>")
        return None if lemma in _TRULY_REFLEXIVE and not thing else at + 1
    infinitive = at_pair(pairs, at + 1).spanish
    if _MODAL.match(pairs[at].spanish) and infinitive.endswith("<vblex><inf>"):
        return at + 2
    return None


def _is_in_place(pairs: Sequence[Pair], start: int, end: int) -> bool:
    """Whether the subject of *se* has been named: by *que*, or as the noun of the clause."""
    before = at_pair(pairs, start - 1)
    if before.lemma == "que" and "<rel>" in before.spanish:
        return "<pr>" not in at_pair(pairs, start - 2).spanish
    if "<rel>" in before.spanish and before.lemma in {"cual", "quien"}:
        return True
    if _has_its_subject(pairs, start):
        return True
    follows = at_pair(pairs, end).spanish
    goes_on = any(tag in follows for tag in ("<pr>", "<sent>", "<adv>", "<cnjadv>"))
    return "<cnjcoo>" in before.spanish and goes_on


def _has_its_subject(pairs: Sequence[Pair], at: int) -> bool:
    """Whether a noun that no preposition governs stands before *at* in its clause."""
    start = at
    while start and not any(
        tag in pairs[start - 1].spanish for tag in ("<sent>", "<cm>", "<cnjsub>", "<rel>")
    ):
        if "<cnjcoo>" in pairs[start - 1].spanish and "<det>" in pairs[start].spanish:
            break
        if _FINITE.search(pairs[start - 1].spanish) or "<inf>" in pairs[start - 1].spanish:
            return False
        start -= 1
    while start < at and any(t in pairs[start].spanish for t in ("<cnjcoo>", "<adv>", "<cnjadv>")):
        start += 1
    said = pairs[start:at]
    if not said or "<pr>" in said[0].spanish:
        return False
    return any("<n>" in pair.spanish or "<np>" in pair.spanish for pair in said)


def _turned(
    pairs: Sequence[Pair], at: int, end: int, no: bool
) -> tuple[list[Pair], list[Pair]] | None:
    """The clause of *se* with what is said first, and what follows it; none where none can be."""
    stop = _clause_end(pairs, end)
    said = list(pairs[end:stop])
    if said and said[0].spanish == "a<pr>":
        said = said[1:]  # se contactará a las personas
    adverbs: list[Pair] = []
    while said and "<adv>" in said[0].spanish and "<adj>" not in said[0].spanish:
        adverbs.append(said.pop(0)._replace(before=" "))
    opening = pairs[at - 1] if no else pairs[at]
    if said and "que<cnjsub>" in said[0].spanish:
        it = Pair(opening.before, *(like(opening.spanish, word) for word in _IT))
        passive = _spaced(_passive(pairs[at:end], None))
        return [it, *_negated(passive, no), *adverbs], [*said, *pairs[stop:]]
    verb = _PASSIVE_VERB.match(pairs[end - 1].spanish)
    gives = bool(verb and verb[1].lower() in _TO_WHOM)
    asked = "<itg>" in at_pair(pairs, at - no - 1).spanish
    if not said and asked:  # cómo se invierte
        it = Pair(" ", *_IT)
        return [it, *_negated(_spaced(_passive(pairs[at:end], None)), no)], list(pairs[stop:])
    said, rest = _parted(said, gives=gives)
    if not said or not _is_plain(said):
        return None
    if "<inf>" in said[0].spanish:
        said[0] = said[0]._replace(
            spanish=said[0].spanish.replace("<inf>", "<ger>"),
            english=said[0].english.replace("<inf>", "<ger>"),
        )
        number = "<sg>"
    else:
        number = next((m[1] for pair in said if (m := _NUMBER.search(pair.spanish))), "")
    passive = _spaced(_passive(pairs[at:end], number or None))
    first = said[0]._replace(
        before=opening.before,
        spanish=like(opening.spanish, said[0].spanish),
        english="/".join(like(opening.spanish, option) for option in said[0].english.split("/")),
    )
    subject = _with_a([first, *said[1:]])
    return [*subject, *_negated(passive, no), *adverbs, *rest], list(pairs[stop:])


def _with_a(said: list[Pair]) -> list[Pair]:
    """*Se busca persona con experiencia*: a person."""
    first = said[0]
    bare = "<n>" in first.spanish and "<sg>" in first.spanish and is_person(first.lemma)
    return [Pair(first.before, *_A), _lowered(first), *said[1:]] if bare else said


def _parted(said: list[Pair], *, gives: bool) -> tuple[list[Pair], list[Pair]]:
    """What is said, and how, when or to whom: *preferencia* | *a quienes tengan experiencia*."""
    for at, pair in enumerate(said):
        if any(tag in pair.spanish for tag in ("<rel>", "<pp>")) or _FINITE.search(pair.spanish):
            break
        to_whom = gives and pair.spanish == "a<pr>"
        if at and (
            to_whom or ("<pr>" in pair.spanish and pair.lemma.replace(" ", "_") in _ADJUNCTS)
        ):
            return said[:at], said[at:]
    return said, []


def _clause_end(pairs: Sequence[Pair], start: int) -> int:
    for at in range(start, len(pairs)):
        if any(tag in pairs[at].spanish for tag in _CLAUSE_ENDS):
            return at
    return len(pairs)


def _is_plain(said: Sequence[Pair]) -> bool:
    """Whether these are a subject: no verb among them, and no preposition or *que* first."""
    if any(tag in said[0].spanish for tag in _NO_SUBJECT) and said[0].lemma != "quien":
        return False
    for pair in said:
        if "<rel>" in pair.spanish:
            return True
        if _FINITE.search(pair.spanish):
            return False
    return True


def _passive(clause: Sequence[Pair], number: str | None) -> list[Pair]:
    """*es requerido* for *se requiere*, which the grammar makes "is required" of."""
    se, *verbs = clause
    modal = _MODAL.match(verbs[0].spanish)
    if modal:
        be = [verbs[0]._replace(before=se.before), Pair(" ", "ser<vbser><inf>", "be<vbser><inf>")]
        spanish, english = verbs[1].lemma, _english(verbs[1])
        number = number or modal[2]
    else:
        tense, given = _PASSIVE_VERB.sub(r"\2 \3", verbs[0].spanish).split()
        number = number or given
        tags = f"<vbser>{tense}<p3>{number}"
        be = [Pair(se.before, f"ser{tags}", f"be{tags}")]
        spanish, english = verbs[0].lemma, _english(verbs[0])
    participle = f"<vblex><pp><m>{number}"
    return [*be, Pair(" ", spanish + participle, english + participle)]


def _english(verb: Pair) -> str:
    """The English verb, with a particle where it has one: carry# out."""
    first = verb.english.partition("/")[0]
    lemma, _, tags = first.partition("<")
    return lemma.lower() + ("#" + tags.partition("#")[2] if "#" in tags else "")


def _spaced(passive: list[Pair]) -> list[Pair]:
    return [passive[0]._replace(before=" "), *passive[1:]]


def _negated(passive: list[Pair], no: bool) -> list[Pair]:
    """*no se revisarán*: not are reviewed, which the grammar puts in order."""
    if not no:
        return passive
    first = passive[0]
    small = first._replace(before=" ")
    return [Pair(first.before, "no<adv>", "not<adv>"), small, *passive[1:]]
