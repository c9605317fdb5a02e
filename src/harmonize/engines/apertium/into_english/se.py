"""The Spanish *se* of what is done, behind the dictionary, as an English passive.

*Se requiere experiencia* is "experience is required", *los salarios que se pagan* "the salaries
that are paid", *puede realizarse* "can be carried out", *cuando se trabaje* "when working".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonize.engines.apertium.into_english.pairs import FINITE, Pair, at_pair, lowered
from harmonize.engines.apertium.persons import is_person
from harmonize.engines.apertium.units import TERM_CODE, like

_REFLEXIVE = "se<prn><pro><ref>"
_BE = re.compile(r"^(?:ser<vbser>|quedar<vblex>)<(?:pri|fti|cni)><p3>", re.IGNORECASE)
_PASSIVE_VERB = re.compile(
    r"^([^<]{1,60})<vblex>(?:<pron>)?(<(?:pri|fti|ifi|cni|pii)>)<p3>(<sg>|<pl>)$"
)
_MODAL = re.compile(r"(?:poder|deber)<vbmod>(<(?:pri|fti|ifi|cni|pii)>)<p3>(<sg>|<pl>)$")
_HAS = re.compile(r"<vbhaver>(<(?:pri|fti|cni|pii)>)<p3>(<sg>|<pl>)$")
_THOSE = frozenset({"quien", "el que"})
_ONLY = frozenset("exclusivamente solamente solo sólo únicamente".split())
_BEEN = Pair(" ", "ser<vbser><pp><m><sg>", "be<vbser><pp>")
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
_A = ("Uno<det><ind><f><sg>", "A<det><ind><sg>")
_IT = ("prpers<prn><tn><p3><nt><sg>", "prpers<prn><subj><p3><nt><sg>")


def passives(pairs: list[Pair]) -> list[Pair]:
    """*Se requiere experiencia* is "Experience is required"; *que se paga* "that is paid"."""
    made = _with_free_se(pairs)
    for at in range(len(made) - 2, -1, -1):
        if made[at].spanish.lower().startswith(_REFLEXIVE):
            made = _without_se(made, at)
        elif _stands_before_its_subject(made, at):
            made = _subject_first(made, at)
    return made


def _without_se(pairs: list[Pair], at: int) -> list[Pair]:
    """The clause of the *se* at *at* as a passive, where it is one."""
    end = _verb_end(pairs, at + 1)
    if end is None:
        return pairs
    no = at > 0 and pairs[at - 1].lemma == "no"
    start = at - no
    if at_pair(pairs, start - 1).lemma == "cuando" and _goes_on(pairs, end):
        doing = (each.replace("<pri><p3><sg>", "<ger>") for each in pairs[at + 1][1:])
        return [*pairs[:at], Pair(" ", *doing), *pairs[end:]]  # cuando se trabaje en alturas
    if _is_in_place(pairs, start, end):
        active = _passive(pairs[at:end], None)
        active[0] = active[0]._replace(before=pairs[start].before)
        return [*pairs[:start], *_negated(active, no), *pairs[end:]]
    turned = _turned(pairs, at, end, no)
    if not turned and "<cnjadv>" in at_pair(pairs, start - 1).spanish and _goes_on(pairs, end):
        it = Pair(" ", *_IT)  # aunque podría adelantarse si …
        return [*pairs[:start], it, *_negated(_passive(pairs[at:end], None), no), *pairs[end:]]
    return [*pairs[:start], *turned[0], *turned[1]] if turned else pairs


def _stands_before_its_subject(pairs: Sequence[Pair], at: int) -> bool:
    """*Serán consideradas las solicitudes*, with nothing before but an adverb."""
    be, done, named = pairs[at], at_pair(pairs, at + 1), at_pair(pairs, at + 2)
    if not _BE.search(be.spanish) or "<pp>" not in done.spanish or "<det>" not in named.spanish:
        return False
    before = at_pair(pairs, at - 1)
    start = at - 1 if "<adv>" in before.spanish else at
    return any(tag in at_pair(pairs, start - 1).spanish for tag in _CLAUSE_ENDS)


def _subject_first(pairs: list[Pair], at: int) -> list[Pair]:
    """The clause with its subject before *ser* or *quedar* and what is done."""
    stop = _clause_end(pairs, at)
    said, rest = _parted(pairs[at + 2 : stop], gives=False)
    if not _is_plain(said):
        return pairs
    be = Pair(" ", *(re.sub(r"^\w+<vb\w+>", "<vbser>", unit) for unit in pairs[at][1:]))
    be = be._replace(spanish="ser" + be.spanish, english="be" + be.english)
    first = pairs[at]
    led = said[0]._replace(
        before=first.before,
        spanish=like(first.spanish, said[0].spanish),
        english=like(first.spanish, said[0].english),
    )
    return [*pairs[:at], led, *said[1:], be, pairs[at + 1], *rest, *pairs[stop:]]


def _goes_on(pairs: Sequence[Pair], at: int) -> bool:
    follows = at_pair(pairs, at).spanish
    return any(tag in follows for tag in ("<pr>", "<sent>", "<adv>", "<cnjadv>"))


def _with_free_se(pairs: list[Pair]) -> list[Pair]:
    """*puede realizarse* as *se puede realizar*."""
    made: list[Pair] = []
    for at, pair in enumerate(pairs):
        verb = at_pair(pairs, at + 1)
        follows = at_pair(pairs, at + 2).spanish.startswith("se<prn><enc><ref>")
        if _MODAL.match(pair.spanish.lower()) and follows and _is_action(verb):
            se = _REFLEXIVE + "<p3><mf><sp>"
            made += [Pair(pair.before, like(pair.spanish, se), ""), pair._replace(before=" ")]
        elif not (pair.spanish.startswith("se<prn><enc><ref>") and _is_freed(pairs, at)):
            made.append(pair)
    return made


def _is_freed(pairs: Sequence[Pair], at: int) -> bool:
    modal, verb = at_pair(pairs, at - 2), at_pair(pairs, at - 1)
    return bool(_MODAL.match(modal.spanish.lower())) and _is_action(verb)


def _is_action(verb: Pair) -> bool:
    """Whether an infinitive with *se* is what can be done to something."""
    done = verb.lemma not in _TRULY_REFLEXIVE or verb.lemma in _PASSIVE_TOO
    return done and verb.spanish.endswith("<vblex><inf>")


def _verb_end(pairs: Sequence[Pair], at: int) -> int | None:
    """Where the verb at *at* ends that *se* may turn into a passive; a modal takes another."""
    verb = _PASSIVE_VERB.match(pairs[at].spanish)
    if verb:
        lemma = verb[1].lower().removesuffix("se")
        thing = lemma in _PASSIVE_TOO and not at_pair(pairs, at + 1).spanish.startswith("a<pr>")
        return None if lemma in _TRULY_REFLEXIVE and not thing else at + 1
    infinitive = at_pair(pairs, at + 1).spanish
    if _HAS.search(pairs[at].spanish) and "<vblex><pp>" in infinitive:
        return None if at_pair(pairs, at + 1).lemma in _TRULY_REFLEXIVE else at + 2
    if _MODAL.match(pairs[at].spanish) and infinitive.endswith("<vblex><inf>"):
        return at + 2
    return None


def _is_in_place(pairs: Sequence[Pair], start: int, end: int) -> bool:
    """Whether the subject of *se* has been named: by *que*, or as the noun of the clause."""
    before = at_pair(pairs, start - 1)
    if before.lemma == "que" and "<rel>" in before.spanish:
        return "<pr>" not in at_pair(pairs, start - 2).spanish
    if "<rel>" in before.spanish and before.lemma in {"cual", "el cual", "quien"}:
        return True
    if has_its_subject(pairs, start):
        return True
    ends = any(tag in at_pair(pairs, end).spanish for tag in _CLAUSE_ENDS)
    asked = "<itg>" in before.spanish
    joined = any(tag in before.spanish for tag in ("<cnjcoo>", "<cm>")) and start > 1
    return (ends and not asked) or (joined and _goes_on(pairs, end))


def has_its_subject(pairs: Sequence[Pair], at: int) -> bool:
    """Whether a noun that no preposition governs stands before *at* in its clause."""
    start = at
    while start and not any(
        tag in pairs[start - 1].spanish for tag in ("<sent>", "<cm>", "<cnjsub>", "<rel>")
    ):
        if "<cnjcoo>" in pairs[start - 1].spanish and "<det>" in pairs[start].spanish:
            break
        if FINITE.search(pairs[start - 1].spanish) or "<inf>" in pairs[start - 1].spanish:
            return False
        start -= 1
    while start < at and any(t in pairs[start].spanish for t in ("<cnjcoo>", "<adv>", "<cnjadv>")):
        start += 1
    said = pairs[start:at]
    if not said or "<pr>" in said[0].spanish:
        return False
    return any(
        "<n>" in pair.spanish or "<np>" in pair.spanish or TERM_CODE.fullmatch(pair.lemma)
        for pair in said
    )


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
    if adverbs and adverbs[0].lemma in _ONLY:
        units = (like(opening.spanish, unit) for unit in adverbs.pop(0)[1:])
        subject = [Pair(opening.before, *units), lowered(subject[0]), *subject[1:]]
    return [*subject, *_negated(passive, no), *adverbs, *rest], list(pairs[stop:])


def _with_a(said: list[Pair]) -> list[Pair]:
    """*Se busca persona con experiencia*: a person."""
    first = said[0]
    bare = "<n>" in first.spanish and "<sg>" in first.spanish and is_person(first.lemma)
    return [Pair(first.before, *_A), lowered(first), *said[1:]] if bare else said


def _parted(said: list[Pair], *, gives: bool) -> tuple[list[Pair], list[Pair]]:
    """What is said, and how, when or to whom: *preferencia* | *a quienes tengan experiencia*."""
    for at, pair in enumerate(said):
        if any(tag in pair.spanish for tag in ("<rel>", "<pp>")) or FINITE.search(pair.spanish):
            break
        to_whom = gives and pair.spanish == "a<pr>"
        if at and (
            to_whom or ("<pr>" in pair.spanish and pair.lemma.replace(" ", "_") in _ADJUNCTS)
        ):
            return said[:at], said[at:]
    return said, []


def _clause_end(pairs: Sequence[Pair], start: int) -> int:
    for at in range(start, len(pairs)):
        if any(tag in pairs[at].spanish for tag in _CLAUSE_ENDS) or _joins_clause(pairs, at):
            return at
    return len(pairs)


def _joins_clause(pairs: Sequence[Pair], at: int) -> bool:
    """*ni se darán explicaciones*: what is joined has a verb of its own."""
    if "<cnjcoo>" not in pairs[at].spanish:
        return False
    for pair in pairs[at + 1 :]:
        if any(tag in pair.spanish for tag in ("<rel>", "<cnjsub>", *_CLAUSE_ENDS)):
            return False
        if FINITE.search(pair.spanish):
            return True
    return False


def _is_plain(said: Sequence[Pair]) -> bool:
    """Whether these are a subject: no verb among them, and no preposition or *que* first."""
    if any(tag in said[0].spanish for tag in _NO_SUBJECT) and said[0].lemma not in _THOSE:
        return False
    for pair in said:
        if "<rel>" in pair.spanish:
            return True
        if FINITE.search(pair.spanish):
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
    elif has := _HAS.search(verbs[0].spanish):
        spanish, english = verbs[1].lemma, _english(verbs[1])
        number = number or has[2]
        tags = f"<vbhaver>{has[1]}<p3>{number}"
        be = [Pair(se.before, f"haber{tags}", f"have{tags}"), _BEEN]
    else:
        tense, given = _PASSIVE_VERB.sub(r"\2 \3", verbs[0].spanish).split()
        number = number or given
        tags = f"<vbser>{tense}<p3>{number}"
        be = [Pair(se.before, f"ser{tags}", f"be{tags}")]
        spanish, english = verbs[0].lemma.removesuffix("se"), _english(verbs[0])
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
