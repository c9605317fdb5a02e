"""English as the sector writes it, put right around Apertium's transfer from Spanish.

Behind the dictionary, where each unit has its Spanish and its English, what English has no word for
goes (the *a* before persons), *su* is *their*, and *se requiere experiencia* becomes "experience is
required".  Before the generator *deber* is "must", and a person who is not named is no "it".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from harmonize.engines.apertium_units import UNIT, like

TABLE = "data/spanish-transitives.csv"

_DAYS = frozenset("lunes martes miércoles jueves viernes sábado domingo".split())
_REFLEXIVE = "se<prn><pro><ref>"
_FINITE = re.compile(r"<vb\w+><(?:pri|ifi|pii|fti|cni|prs|pis)>")
_PASSIVE_VERB = re.compile(r"([^<]+)<vblex>(<(?:pri|fti|ifi|cni|prs)>)<p3>(<sg>|<pl>)$")
_NUMBER = re.compile(r"<n>.*(<sg>|<pl>)")
_NO_SUBJECT = ("<cnjsub>", "<inf>", "<rel>", "<adv>", "<pr>")
_CLAUSE_ENDS = ("<sent>", "<cm>")
_IT_MUST = re.compile(
    r"\^Prpers<prn><subj><p3>(?:<nt>|<mf>)<(?:sg|pl)>\$ (?:\^will<vaux><inf>\$ )?"
    r"\^have<vbmod>(?:<[^<>]*>)*# to\$"
)
_HAVE_TO = re.compile(
    r"(?:\^will<vaux><inf>\$ )?\^(h)ave<vbmod>(?:<pres>|<pri>|<inf>)(?:<[^<>]*>)*# to\$"
)


class Pair(NamedTuple):
    """A unit behind the dictionary: what stands before it, the Spanish, the English."""

    before: str
    spanish: str
    english: str

    @property
    def lemma(self) -> str:
        """The Spanish lemma, in small letters."""
        return self.spanish.partition("<")[0].lower()

    def written(self) -> str:
        """As it stands in the stream."""
        return f"{self.before}^{self.spanish}/{self.english}$"


def before_transfer(stream: str) -> str:
    """*stream* (of one text, behind the dictionary) with the rules of this module.

    >>> before_transfer("^apoyar<vblex><inf>/support<vblex>$ ^a<pr>/to<pr>$ ^el<det>/the<det>$")
    '^apoyar<vblex><inf>/support<vblex>$ ^el<det>/the<det>$'
    """
    pairs, tail = _pairs(stream)
    pairs = _passives(_without_articles(_without_personal_a(_theirs(pairs))))
    return "".join(pair.written() for pair in pairs) + tail


def in_good_english(stream: str) -> str:
    """*stream* before the generator: *must*, and no "it" that has to do something.

    >>> in_good_english("^have<vbmod><pres># to$ ^send<vblex><inf>$")
    'must ^send<vblex><inf>$'
    """
    return _HAVE_TO.sub("must", _IT_MUST.sub("Must", stream))  # the generator does not know it


def _pairs(stream: str) -> tuple[list[Pair], str]:
    pairs: list[Pair] = []
    done = 0
    for match in UNIT.finditer(stream):
        spanish, _, english = match[1].partition("/")
        pairs.append(Pair(stream[done : match.start()], spanish, english))
        done = match.end()
    return pairs, stream[done:]


def _theirs(pairs: list[Pair]) -> list[Pair]:
    """*su* of nobody in particular."""
    return [
        pair._replace(english=pair.english.replace("his<", "their<").replace("His<", "Their<"))
        if pair.spanish.lower().startswith("suyo<det><pos>")
        else pair
        for pair in pairs
    ]


def _without_personal_a(pairs: list[Pair]) -> list[Pair]:
    """*apoyar a las cooperativas* is to support them; the blank goes along."""
    return [
        pair
        for number, pair in enumerate(pairs)
        if not (number and pair.spanish == "a<pr>" and _is_transitive(pairs[number - 1]))
    ]


def _is_transitive(pair: Pair) -> bool:
    return "<vblex>" in pair.spanish and pair.lemma in _transitives()


def _without_articles(pairs: list[Pair]) -> list[Pair]:
    """*antes del viernes* is before Friday."""
    return [
        pair
        for number, pair in enumerate(pairs)
        if not (
            pair.lemma == "el"
            and "<det>" in pair.spanish
            and number + 1 < len(pairs)
            and pairs[number + 1].lemma in _DAYS
        )
    ]


def _passives(pairs: list[Pair]) -> list[Pair]:
    """*Se requiere experiencia.* is "Experience is required.", where nothing else is said."""
    for at in range(len(pairs) - 2):
        if not pairs[at].spanish.lower().startswith(_REFLEXIVE):
            continue
        verb = _PASSIVE_VERB.match(pairs[at + 1].spanish)
        end = _clause_end(pairs, at + 2)
        said = pairs[at + 2 : end]
        if said and said[0].spanish == "a<pr>":
            said = said[1:]  # se contactará a las personas
        if verb and said and _is_plain(said):
            turned = _turned(pairs[at], pairs[at + 1], verb, said)
            return [*pairs[:at], *turned, *_passives(pairs[end:])]
    return pairs


def _clause_end(pairs: Sequence[Pair], start: int) -> int:
    for at in range(start, len(pairs)):
        if any(tag in pairs[at].spanish for tag in _CLAUSE_ENDS):
            return at
    return len(pairs)


def _is_plain(said: Sequence[Pair]) -> bool:
    """Whether these are a subject: no verb among them, and no preposition or *que* first."""
    if any(tag in said[0].spanish for tag in _NO_SUBJECT):
        return False
    return not any(_FINITE.search(pair.spanish) for pair in said)


def _turned(se: Pair, active: Pair, verb: re.Match[str], said: Sequence[Pair]) -> list[Pair]:
    number = next((m[1] for pair in said if (m := _NUMBER.search(pair.spanish))), verb[3])
    english = active.english.partition("/")[0].partition("<")[0]
    be = Pair(" ", f"ser<vbser>{verb[2]}<p3>{number}", f"be<vbser>{verb[2]}<p3>{number}")
    participle = f"<vblex><pp><m>{number}"
    done = Pair(" ", verb[1].lower() + participle, english.lower() + participle)
    first = said[0]._replace(
        before=se.before,
        spanish=like(se.spanish, said[0].spanish),
        english="/".join(like(se.spanish, option) for option in said[0].english.split("/")),
    )
    return [first, *said[1:], be, done]


@cache
def _transitives() -> frozenset[str]:
    text = files(__package__).joinpath(TABLE).read_text(encoding="utf-8")
    return frozenset(row["verb"] for row in csv.DictReader(text.splitlines()))
