"""Spanish prepositions, behind the dictionary, whose English something else decides.

*Compromiso con* is commitment to, *durante seis meses* for six months; *por* is "by" whom something
is done and otherwise "for".
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.into_english.pairs import Pair, at_pair
from harmonize.engines.apertium.units import TERM_CODE, like

LENGTHS = frozenset("año mes semana día hora minuto".split())
"""What time is counted in."""
_MEANS = frozenset("correo mensaje mensajería teléfono transferencia vía zoom".split())
_GOVERNED = {
    ("compromiso", "con"): "to",
    ("comprometer", "con"): "to",
    ("esperar", "de"): "from",
    ("recibir", "de"): "from",
    ("obtener", "de"): "from",
    ("dominio", "de"): "in",
    ("inscripción", "a"): "with",
    ("aprender", "de"): "from",
    ("apasionado", "de"): "about",
    ("ingreso", "de"): "of",
    ("requerimiento", "de"): "for",
    ("solicitud", "de"): "for",
    ("demanda", "de"): "for",
    ("búsqueda", "de"): "for",
    ("necesidad", "de"): "for",
    ("respeto", "de"): "for",
    ("conversar", "sobre"): "about",
    ("hablar", "sobre"): "about",
    ("orientar", "sobre"): "about",
    ("pregunta", "sobre"): "about",
    ("informar", "sobre"): "about",
    ("informar", "de"): "about",
    ("derecho", "sobre"): "to",
    ("ingreso", "a"): "to",
    ("candidato", "a"): "for",
    ("responsable", "de"): "for",
    ("incidencia", "ante"): "with",
    ("gestión", "ante"): "with",
    ("trámite", "ante"): "with",
    ("seguimiento", "a"): "on",
    ("consulta", "sobre"): "about",
    ("información", "sobre"): "on",
    ("datos", "sobre"): "on",
    ("asesoría", "a"): "to",
    ("sensibilidad", "a"): "to",
    ("experto", "en"): "in",
    ("entrevista", "a"): "with",
    ("capacitación", "a"): "for",
    ("acompañamiento", "a"): "for",
    ("formación", "a"): "for",
    ("taller", "a"): "for",
    ("especialista", "en"): "in",
    ("participar", "de"): "in",
    ("depender", "de"): "on",
    ("impacto", "en"): "on",
    ("efecto", "en"): "on",
    ("énfasis", "en"): "on",
    ("incumplimiento", "de"): "with",
    ("cumplimiento", "de"): "with",
}
"""Prepositions whose English a noun or verb decides."""
_LANGUAGES = frozenset("español inglés portugués francés alemán quechua aymara".split())
_BEGINNINGS = frozenset("creación constitución fundación inicio nacimiento origen".split())
_EVENTS = frozenset(
    "abuso acoso amenaza caso conflicto crisis desastre emergencia hallazgo incidente "
    "incumplimiento riesgo situación solicitud violación violencia vulneración".split()
)
_SURFACES = frozenset("frontera página plataforma".split())
"""What English has things on, not in."""


def prepositions(pairs: list[Pair]) -> list[Pair]:
    """*pairs* (of one text, behind the dictionary) with the rules of this module."""
    return _governed(_for(pairs))


def _for(pairs: list[Pair]) -> list[Pair]:
    """*por 18 meses*, *licencia por estudio*, but *firmado por la gerencia*."""
    made = list(pairs)
    for at, pair in enumerate(made):
        if pair.spanish.lower() != "por<pr>" or not at:
            continue
        done = any(map(_is_done, made[max(0, at - 4) : at]))
        length = at_pair(made, at + 2).lemma in LENGTHS and "<num>" in at_pair(made, at + 1).spanish
        follows = at_pair(made, at + 1).spanish
        is_means = (
            bool(TERM_CODE.match(follows)) or follows.partition(" ")[0].partition("<")[0] in _MEANS
        )
        if length or (not done and not is_means and "<inf>" not in follows):
            made[at] = pair._replace(english="for<pr>")
    return made


def _governed(pairs: list[Pair]) -> list[Pair]:
    """*compromiso con* is commitment to; *durante seis meses* for six months."""
    made = list(pairs)
    for at, pair in enumerate(made):
        english = _preposition(made, at) if "<pr>" in pair.spanish else ""
        if english:
            made[at] = pair._replace(english=like(pair.spanish, english) + "<pr>")
    return made


def _preposition(pairs: Sequence[Pair], at: int) -> str:
    """The English of the preposition at *at*, where what stands around decides it."""
    pair, last = pairs[at], at_pair(pairs, at - 1)
    one, two = at_pair(pairs, at + 1), at_pair(pairs, at + 2)
    if pair.lemma in {"a", "de"} and {one.lemma, two.lemma} & _LANGUAGES:
        return "into" if pair.lemma == "a" else "from" if _into(pairs, at) else ""
    english = _before_noun(pair.lemma, one, two)
    if english:
        return english
    english = _GOVERNED.get((last.lemma, pair.lemma), "")
    is_for = english == "for" and pair.lemma == "de" and last.lemma != "responsable"
    return "" if is_for and "<det>" in one.spanish else english


def _before_noun(preposition: str, one: Pair, two: Pair) -> str:
    """The English of a preposition that the noun behind it decides: *on the platform*."""
    number = "<num>" in one.spanish
    if preposition == "durante" and number and two.lemma in LENGTHS:
        return "for"
    if preposition == "desde" and two.lemma in _BEGINNINGS:
        return "since"
    if preposition == "entre" and number:
        return "between"
    if preposition == "en" and {one.lemma, two.lemma} & _SURFACES:
        return "on"
    if preposition == "ante" and {one.lemma, two.lemma} & _EVENTS:
        return "in response to"
    return "at" if preposition == "a" and one.lemma == "nivel" else ""


def _into(pairs: Sequence[Pair], at: int) -> bool:
    """Whether *a* and a language follow: *del inglés al español*."""
    following = pairs[at + 1 : at + 6]
    to = next((n for n, each in enumerate(following) if each.spanish == "a<pr>"), None)
    return to is not None and bool(_LANGUAGES & {each.lemma for each in following[to:]})


def _is_done(pair: Pair) -> bool:
    """Whether a word says what has been done: a participle, or *proporcionado*."""
    is_adjective = "<adj>" in pair.spanish and pair.lemma.endswith(("ado", "ido"))
    return "<pp>" in pair.spanish or is_adjective
