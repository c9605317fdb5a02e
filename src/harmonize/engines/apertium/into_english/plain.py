"""Spanish said in words that Apertium's dictionary and grammar have, before it is analysed.

Postings name both genders ("el/la auditor/a", "las socias y los socios"), which English does not;
*se trata de un puesto* is *es un puesto*, *existen becas* is *hay becas*.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from harmonize.engines.apertium.units import like

Change = str | Callable[[re.Match[str]], str]

_INFINITIVE = r"(?=[a-záéíóúñ]{1,20}[aeií]r(?:l[aeo]s?|se)?\b)"
_BOTH = r"(?i:\b(\w{3,20}?)(?:os|as|es|o|a|) [yoeu] (?:l[ao]s? )?\1(?:os|as|es|o|a|)\b)"
_DAY = "lunes|martes|miércoles|jueves|viernes|sábado|domingo"
_MONEY = "dólares|euros|pesos|soles|quetzales|lempiras|colones|córdobas|reales|bolivianos"
_ACCENTED = {"a": "á", "e": "é"}


def _either(doubled: re.Match[str]) -> str:
    """The masculine of two that are named: *técnica o técnico* is *técnico*."""
    words = doubled[0].split()
    first, last = words[0], words[-1]
    ends = [word.lower().endswith(("a", "as")) for word in (first, last)]
    if ends[0] == ends[1] or first.lower().endswith("s") != last.lower().endswith("s"):
        return doubled[0]
    return like(first, first if ends[1] else last)


def _article(both: re.Match[str]) -> str:
    """*el/la* is *el*, *Las y los* is *Los*."""
    words = re.split(r"\W+", both[0].strip())
    few = all(not word.lower().endswith("s") for word in words if word.lower() != "as")
    return like(both[0], ("el" if few else "los"))


def _is(finds: re.Match[str]) -> str:
    """*se encuentra ubicado* is *está ubicado*."""
    return like(finds[1], "est") + _ACCENTED[finds[2]] + finds[3]


_RULES: tuple[tuple[re.Pattern[str], Change], ...] = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (r"\b([Ss]i) (?:te|le) interesan?\b", r"\1 usted está interesado en"),
        (rf"\b[Tt]e (?:interesa|gustaría|apasiona) {_INFINITIVE}", "quieres "),
        (rf"\b[Ll]e (?:interesa|gustaría) {_INFINITIVE}", "usted quiere "),
        (rf"\b[Nn]os gustaría {_INFINITIVE}", "queremos "),
        (r"\bFavor de no (?=[a-záéíóú]+r\b)", "No "),
        (r"\bSe ruega no (?=[a-záéíóú]{2,20}r\b)", "No "),
        (r"\bSe ruega (?=[a-záéíóú]{2,20}r\b)", "Por favor "),
        (r"\ben (dos|tres|cuatro|cinco|seis|\d+) cuotas\b", r"en \1 pagos"),
        (r"\b(F|f)avor de (?=[a-záéíóú]+r\b)", "Por favor "),
        (
            r"\b[Pp]ersonas? "
            r"(?=[a-záéíóú]{1,20}(?:(?:d|t|s)oras?|istas?)\b|candidatas?\b)",
            "",
        ),
        (r"\b(?:[Ee]l ?/ ?la|[Ll]a ?/ ?el|[Ee]l o la|[Ll]a o el)\b", _article),
        (r"\b[Ll][oa]s(?: ?/ ?(?:l?[oa]s)\b| [yo] l[oa]s\b(?= \w)|\([oa]s\))", _article),
        (r"\b(?:del ?/ ?(?:de )?la|de la ?/ ?del|del o de la)\b", "del"),
        (r"\b(?:al ?/ ?(?:a )?la|a la ?/ ?al|al o a la)\b", "al"),
        (r"\b([Uu])na?(?: ?/ ?(?:una?|a)| o una?)\b", r"\1n"),
        (r"(?<=[a-záéíóúñ]{3})(?:/-?(?:[oa]s?|es|[rt]?oras?|[rt]as?)\b|\(-?(?:[oa]s?|es)\))", ""),
        (r"(?<=[dst]or)[@x](?=s\b)", "e"),
        (r"(?<=[a-záéíóúñ]{2})@(?=s?\b)|(?<=[a-záéíóúñ]{2})x(?=s\b)|(?<=ad|id|at|ri)x\b", "o"),
        (r"\b([Ll])[@x]s\b", r"\1os"),
        (r"\bl([oa])s (?=(\w{3,20}?)(?:os|as|es) [yo] l[oa]s \2(?:os|as|es)\b)", "los "),
        (r"\bL([oa])s (?=(\w{3,20}?)(?:os|as|es) [yo] l[oa]s \2(?:os|as|es)\b)", "Los "),
        (_BOTH, _either),
        (rf"\b([Dd])e ({_DAY}) a ({_DAY})\b", r"\1esde \2 hasta \3"),
        (r"\b([Uu]na?) (?:solo|sola)(?= \w)", r"\1 único"),
        (r"\bresult(?:[ea]n?|ará) (?=seleccionad)", "sea "),
        (r"(?<!siempre )\bque se tenga\b", "tener"),
        (
            r"\b([Ss]e (?:valora(?:rá)?|requ(?:iere|erirá)|pide)) que (?:tengan?|cuenten? con)\b",
            r"\1 tener",
        ),
        (
            r"\bque (?:les? )?(?:sean?|fueren?) (?=(?:asign|deleg|encomend|solicit)[ai]d[oa]s?\b)",
            "",
        ),
        (r"\bSe (anim|alient|invit|exhort)a (?=(?:especialmente )?a \w+r(?:se)?\b)", r"\1amos "),
        (
            r"^Mínimo (?:de )?(?=(?:\d|una?|dos|tres|cuatro|cinco|seis|siete|ocho|diez)\b)",
            "Al menos ",
        ),
        (r"^De no (?:contar con|tener|haber) ", "A falta de "),
        (r"^Al ser una? (?=\w)", "Como "),
        (
            r"\b([Bb]usca(?:mos|n)?|[Dd]esea(?:mos|n)?) (?:incorporar|sumar) (?=a? ?un)",
            r"\1 contratar ",
        ),
        (r"\bde la mujer\b(?! (?:que|de)\b)", "de las mujeres"),
        (r"\b((?:[Aa]nim|[Aa]lent|[Ii]nvit)amos a) presentarse\b", r"\1 postularse"),
        (rf"\b({_MONEY}) (?:mensual|al mes)(?:es)?\b", r"\1 por mes"),
        (rf"\b({_MONEY}) (?:anual|al año)(?:es)?\b", r"\1 por año"),
        (r"\bhoras semanales\b", "horas por semana"),
        (r"\bhoras diarias\b", "horas por día"),
        (r"\bun(a?) mism([oa]) (?=\w)", lambda same: f"{'la' if same[1] else 'el'} mism{same[2]} "),
        (r"\b(mil|millones de|\d+|l[oa]s|nuestr[oa]s|sus) afiliad[oa]s\b(?! a)", r"\1 miembros"),
        (r"\b[Ee]x[ -](?=trabajador|emplead|dirigent|líder|alumn)", "antiguos "),
        (r"\bpero sí (?=\w)", "pero "),
        (
            r"\b((?:duda|consulta|pregunta)s?) (pued|podr|deb)(\w{1,3}) dirigirse\b",
            r"\1 \2\3 ser enviada",
        ),
        (r"\bsin (\w{3,20}(?: \w{3,20})?) alguna\b", r"sin ninguna \1"),
        (r"\bsin (\w{3,20}(?: \w{3,20})?) alguno\b", r"sin ningún \1"),
        (r"\bde (\d{1,2}:\d\d) a (?=\d{1,2}:\d\d)", r"desde \1 hasta "),
        (rf"\b(?:a|con el) (?:fin|objetivo|objeto|propósito) de {_INFINITIVE}", "para "),
        (rf"\b(?:A|Con el) (?:fin|objetivo|objeto|propósito) de {_INFINITIVE}", "Para "),
        (rf"\bcon la finalidad de {_INFINITIVE}", "para "),
        (r"\b([Ss])e trata de (?=una?\b)", lambda said: "Es " if said[1] == "S" else "es "),
        (r"\bExisten?\b(?= \w)", "Hay"),
        (r"(?<!que )\bexisten?\b(?= (?!en\b)\w)", "hay"),
        (r"\bno existan?\b", "no hay"),
        (r"\b([Ss])e encuentr([ae])(n?)\b", _is),
        (r"\b([Ll])[oa]s interesad[oa]s\b(?! en\b)", r"\1as personas interesadas"),
        (r"\b[Ll]es? (?=(?:sea|será)n? [a-záéíóú]{2,20}[ai]d[oa]s?\b)", ""),
        (r"\bse les? (?=asign)", "se "),
        (r"\b([Nn])os enorgullece (?=\w)", r"estamos orgullosos de "),
        (r"\b[Tt]e apasionan? (?=(?:el|la|los|las)\b)", "eres apasionado de "),
        (r"^Se (?:requiere|solicita|pide):?$", "Requisitos"),
        (r"\bTengan en cuenta\b", "Tenga en cuenta"),
        (r"\bcuando así (?:lo|se) \w{3,20} (?=(?:el|la|los|las|su)\b)", "a solicitud de "),
        (
            r"(?<=[a-záéíóúñ] )(a|de|con|por|para|sobre|ante|bajo|desde) (la|el) que\b",
            r"\1 \2 cual",
        ),
        (r"(?<=[a-záéíóúñ] )(a|de)l que\b", r"\1 el cual"),
    )
)


def plain_spanish(text: str) -> str:
    """Spanish that says the same in words that the dictionary has.

    >>> plain_spanish("Si le interesa el puesto, escriba a la persona coordinadora.")
    'Si usted está interesado en el puesto, escriba a la coordinadora.'
    >>> plain_spanish("El/la Auditor/a visita a las socias y los socios.")
    'El Auditor visita a los socios.'
    """
    for pattern, plain in _RULES:
        text = pattern.sub(plain, text)
    return text
