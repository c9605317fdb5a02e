"""The sector's way of writing, where Apertium has another.

A duty begins with the bare verb in English and with the infinitive in Spanish ("Train local
partners" is "Capacitar …", not a train); readers are addressed as *usted*.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise

from harmonize.engines.apertium.into_spanish.compounds import compounded
from harmonize.engines.apertium.into_spanish.phrases import rephrased
from harmonize.engines.apertium.units import HELD, UNIT, analysed_unit

_ADJECTIVE = "<adj>"
_INFINITIVE = "<vblex><inf>"
_GOVERNED = ("<n>", "<np>", "<det>", "<ger>", "/*")
_JOINS = ("<cnjcoo>", "<cm>")
_YOUR = re.compile(r"\b([Vv])uestr[oa](s?)\b")
_UNCONTRACTED = re.compile(r"\b([Aa]|[Dd]e) el(?= [^\W\d_])")
_PLURAL_ACRONYM = re.compile(r"\b([A-Z]{2,6})['’]s(?=\s*(?:[),.;:]|$)|\s+(?:and|or|on|in)\b)")
# "It is used to plan" tells what for; Apertium takes "used to" for a habit.
_USED_FOR = re.compile(r"\b(be|been|is|are|was|were) used to\b")
_TI = re.compile(r"\b(para|de|a|por|en|sobre|hacia|sin) ti\b")
_STATES = re.compile(r"\b([Ee]l|[Dd]el|[Aa]l)(?= Estados Unidos)")
_STATES_ARTICLE = {"el": "los", "del": "de los", "al": "a los"}
_TIMES_A = re.compile(
    r"\b(times|once|twice|hours?|days?|weeks?|visits?) an? (day|week|month|year)\b"
)
_IN_ISE = re.compile(
    r"\b((?:re|de|un|dis)?(?:author|capital|categor|central|character|critic|custom|democrat|digit|"
    r"econom|emphas|equal|fertil|final|formal|general|global|harmon|legal|local|marginal|maxim|"
    r"minim|mobil|modern|normal|optim|organ|personal|priorit|professional|public|real|recogn|"
    r"revital|sensit|social|special|stabil|standard|stigmat|summar|systemat|union|util|visual))"
    r"is(e[ds]?|ers?|ing|ations?)\b",
    re.IGNORECASE,
)
_CAN_NOT = re.compile(r"\b([Cc])an not\b(?! only)")
_BARE = re.compile(
    r"\b([Hh]ave|[Hh]aving|[Hh]old|[Ww]ith|[Aa]bsence of) "
    r"((?:(?:current|valid|university|driver['’]s|technical|bachelor['’]s|master['’]s) ){0,3}"
    r"(?:licen[cs]e|degree|diploma|certificate))\b"
)
_LABOR = re.compile(r"\b([Ll])abor(?=\b(?! of love)|ers?\b|-)")
_LOUD_ARTICLE = re.compile(r"\bEL(?= [^\W\d_A-ZÁÉÍÓÚÑ])")
_TWO_DOTS = re.compile(r"\b(EE\. ?UU)\.\.$")
_TO_BE_SEATED = re.compile(r"\b(?:para ser|que será) (?=con sede en\b)")
_SEATED = re.compile(r"\b(es|está|son|están|era|fue|será|serán|ser|estar|sea) (?=con sede en\b)")
_HAS_SEAT = {"es": "cuenta", "está": "cuenta", "son": "cuentan", "están": "cuentan"}
_HAS_SEAT |= {"era": "contaba", "fue": "contó", "será": "contará", "serán": "contarán"}
_HAS_SEAT |= {"ser": "contar", "estar": "contar", "sea": "cuente"}
_AWAY = re.compile(r"\bfuera de hogar\b")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_COST_OF_LIVING = re.compile(r"\b([Cc]ostos?) de vivir\b")
_AFTER_ARTICLE = re.compile(r"(<det><(?:def|ind|pos)>[^$^]*\$ )\^([^$^]*<past>[^$^]*)\$")
# "It is strongly encouraged": behind a form of "be", adverbs between or not.
_AFTER_BE = re.compile(
    r"(<vbser>[^$^]{0,200}\$ (?:\^[^$^/]*/[^$^/]*<adv>\$ ){0,2})\^([^$^]*<past>[^$^]*)\$"
)
_ON_OR_AS = re.compile(r"\^(?:on|as)/", re.IGNORECASE)
_TO_DO = re.compile(r"To (?=[a-z])")
# "Projects related to wages": behind a noun and before its preposition, no past tense.
_LINKED = re.compile(
    r"\^((?:related|based|focused|linked)/[^$^]*)\$(?= \^(?:to|on|in)/)", re.IGNORECASE
)
_EXPERIENCE = re.compile(
    r"\^([Ee]xperience|[Cc]omfort|[Bb]ackground)/[^$]*\$( \^[^$/]{2,20}ly/[^$]*\$)? "
    r"\^([^$/]*ing)/[^$]*?([^$/]*<ger>)[^$]*\$"
)
# "Working with partners", "managing the team": before these an -ing form is no adjective.
_GERUND = re.compile(
    r"\^([^$^/]*ing)/[^$^]*?([^$^/]*<ger>)[^$^]*<adj>[^$^]*\$(?= \^(?:with/|[^$^]*<det>))"
)


# Words whose choice of readings the tagger of apertium-eng-spa 0.8.1 has not been trained on, among
# the 60,000 commonest of each language, and the reading to take.  See `trained`.
_UNTRAINED = {
    "en": dict.fromkeys(("bore", "span"), "<inf>")
    | dict.fromkeys(("near", "till"), "<pr>")
    | dict.fromkeys(("elected", "included"), "<pp>")
    | {"boo": "<n>", "fit": "<adj>", "thanks": "<ij>"},
    "es": dict.fromkeys(("vela", "velas", "velo", "autodidacta", "ases", "vale"), "<n>")
    | {"apenas": "<adv>"},
}


def trained(analysed: str, language: str) -> str:
    """Leave one reading of the words whose choice the tagger does not know.

    It would take such a choice in, and its answers to all later texts would change.

    >>> trained("^Known/Known<adj>/Know<vblex><pp>$", "en")
    '^Known/Known<adj>$'
    """
    return UNIT.sub(lambda unit: _trained(unit[0], language), analysed)


@lru_cache(HELD)
def _trained(unit: str, language: str) -> str:
    surface, *readings = unit[1:-1].split("/")
    tag = _UNTRAINED[language].get(surface.lower(), _ADJECTIVE if _is_quality(readings) else "")
    kept = [reading for reading in readings if tag and tag in reading]
    return analysed_unit(surface, kept[:1]) if kept else unit


def _is_quality(readings: list[str]) -> bool:
    """Whether a word is an adjective or a participle and nothing else: known, worn."""
    adjectives = sum(_ADJECTIVE in reading for reading in readings)
    participles_ = sum("<pp>" in reading for reading in readings)
    return bool(adjectives and participles_) and adjectives + participles_ == len(readings)


def verbs_first(analysed: str, *, is_duty: bool = True) -> str:
    """Take the verb reading of the words that a duty begins with; for the stream behind analysis.

    Adverbs before the verb and further verbs joined to it by "and", "or" or a comma are seen too.
    Of a text that is not known to be a duty, only a word that can be nothing but a verb is taken:
    its imperative would address the reader as *tú*.

    >>> verbs_first("^Train/Train<n><sg>/Train<vblex><inf>$ ^staff/staff<n><sg>$")
    '^Train/Train<vblex><inf>$ ^staff/staff<n><sg>$'
    """
    chosen: list[re.Match[str]] = []
    for unit, following in pairwise(chain(UNIT.finditer(analysed), [None])):
        readings = unit[1].split("/")[1:] if unit else []
        is_verb = any(_INFINITIVE in reading for reading in readings)
        if unit and is_verb:
            if not is_duty and not all("<vblex>" in reading for reading in readings):
                break
            chosen.append(unit)
        elif not readings or not _leads_on(readings, bool(chosen)):
            break
        if is_verb and not (following and any(join in following[1] for join in _JOINS)):
            break
    return _with_infinitives(analysed, chosen)


def gerunds(analysed: str) -> str:
    """Take the gerund in "working with partners", and "experience managing" as one *in* managing.

    >>> gerunds("^Experience/Experience<n><sg>$ ^working/work<vblex><ger>/working<adj>$")
    '^Experience/Experience<n><sg>$ ^in/in<pr>$ ^working/work<vblex><ger>$'
    """
    analysed = _EXPERIENCE.sub(r"^\1/\1<n><sg>$ ^in/in<pr>$ ^\3/\4$\2", analysed)
    return _GERUND.sub(r"^\1/\2$", analysed)


def participles(analysed: str) -> str:
    """Take the participle behind an article: "the experienced workers" did not happen.

    So too where a preposition binds it ("projects related to wages") and behind "be".  Where there
    is an adjective too, it alone is taken: the tagger has not seen the two as a choice, and a
    choice that it has not seen changes its answers to all later texts.

    >>> participles("^The/The<det><def><sp>$ ^trained/train<vblex><past>/train<vblex><pp>$")
    '^The/The<det><def><sp>$ ^trained/train<vblex><pp>$'
    """
    analysed = _LINKED.sub(lambda match: _as_participle(match[1]), analysed)
    for rule in (_AFTER_ARTICLE, _AFTER_BE):
        analysed = rule.sub(lambda match: match[1] + _as_participle(match[2]), analysed)
    return analysed


def _as_participle(unit: str) -> str:
    surface, *readings = unit.split("/")
    adjectives = [reading for reading in readings if "<adj>" in reading]
    kept = adjectives or [reading for reading in readings if "<past>" not in reading]
    return analysed_unit(surface, kept or readings)


def prepositions(analysed: str) -> str:
    """Take "on" and "as" for prepositions where something follows that they can govern.

    Apertium's tagger prefers the adverbs: "reports on wages" would be "encima sueldos", and "serve
    as hub" "servir tan centro".  A comparison ("as good as") keeps its adverb.

    >>> prepositions("^as/as<preadv>/as<pr>$ ^hub/hub<n><sg>$")
    '^as/as<pr>$ ^hub/hub<n><sg>$'
    >>> prepositions("^as/as<preadv>/as<pr>$ ^big/big<adj>$ ^as/as<pr>$ ^it/it<prn>$")
    '^as/as<preadv>/as<pr>$ ^big/big<adj>$ ^as/as<pr>$ ^it/it<prn>$'
    """
    if not _ON_OR_AS.search(analysed):
        return analysed
    units = [match[1] for match in UNIT.finditer(analysed)]
    governs = iter([_governs(units, number) for number in range(len(units))])

    def mend(unit: re.Match[str]) -> str:
        readings = unit[1].split("/")
        kept = [reading for reading in readings[1:] if "<pr>" in reading]
        return analysed_unit(readings[0], kept) if next(governs) and kept else unit[0]

    return UNIT.sub(mend, analysed)


def _governs(units: list[str], number: int) -> bool:
    word = units[number].partition("/")[0].lower()
    follower = units[number + 1] if number + 1 < len(units) else ""
    if word not in {"on", "as"} or not any(tag in follower for tag in _GOVERNED):
        return False
    nearby = [unit.partition("/")[0].lower() for unit in units[max(0, number - 3) : number + 4]]
    return word == "on" or nearby.count("as") == 1


def english(text: str, *, is_duty: bool = False) -> str:
    """English as Apertium's analyser wants it: the plural of an acronym is no genitive.

    A duty loses the "to" of its infinitive.

    >>> english("small producers (SPO’s), SPO’s rights")
    'small producers (SPOs), SPO’s rights'
    """
    text = _TIMES_A.sub(r"\1 per \2", compounded(rephrased(text)))
    text = _USED_FOR.sub(r"\1 utilized to", text)
    return _PLURAL_ACRONYM.sub(r"\1s", bare_verb(text) if is_duty else text)


def bare_verb(text: str) -> str:
    """A duty without the "to" of its infinitive.

    >>> bare_verb("To provide support to members")
    'Provide support to members'
    """
    to = _TO_DO.match(text)
    return text[to.end()].upper() + text[to.end() + 1 :] if to else text


def spanish(text: str) -> str:
    """Spanish that says *su* where Apertium says *vuestro*, *al* and *del*, and no "EL agua".

    >>> spanish("EL agua, vuestra función y vuestros equipos, a el logro")
    'El agua, su función y sus equipos, al logro'
    """
    text = _UNCONTRACTED.sub(r"\1l", _AWAY.sub("fuera de casa", text))
    text = _YOUR.sub(lambda your: ("S" if your[1] == "V" else "s") + "u" + your[2], text)
    text = _STATES.sub(lambda the: _STATES_ARTICLE[the[1].lower()], _TI.sub(r"\1 usted", text))
    text = _TWO_DOTS.sub(r"\1.", text)
    text = _SEATED.sub(lambda be: f"{_HAS_SEAT[be[1]]} ", _TO_BE_SEATED.sub("", text))
    text = _COST_OF_LIVING.sub(r"\1 de vida", _asking(text))
    return _LOUD_ARTICLE.sub("El", text)


def english_spelling(text: str) -> str:
    """English in one spelling, that of the glossary, and *a degree*: terms come without articles.

    >>> english_spelling("organise labor unions; emphasis on trade-union organisations")
    'organize labour unions; emphasis on trade-union organizations'
    """
    text = _BARE.sub(r"\1 a \2", text)
    return _CAN_NOT.sub(r"\1annot", _LABOR.sub(r"\1abour", _IN_ISE.sub(r"\1iz\2", text)))


def _asking(text: str) -> str:
    """With the mark that a question begins with."""
    if not text.endswith("?") or "¿" in text:
        return text
    letter = _FIRST_LETTER.search(text)
    return f"{text[: letter.start()]}¿{text[letter.start() :]}" if letter else text


def _leads_on(readings: list[str], after_verb: bool) -> bool:
    """Whether a verb may still come: behind an adverb, or behind what joins two verbs."""
    if all("<adv>" in reading or "<preadv>" in reading for reading in readings):
        return not after_verb
    return any(join in reading for reading in readings for join in _JOINS)


def _with_infinitives(analysed: str, units: list[re.Match[str]]) -> str:
    for unit in reversed(units):
        surface, *readings = unit[1].split("/")
        verbs = [reading for reading in readings if _INFINITIVE in reading]
        mended = analysed_unit(surface, verbs)
        analysed = analysed[: unit.start()] + mended + analysed[unit.end() :]
    return analysed
