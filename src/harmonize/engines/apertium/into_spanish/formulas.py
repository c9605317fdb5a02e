"""Formulas of English postings, said as whole clauses before Apertium reads them.

"Master's degree preferred" has no verb, "four years' experience" no *of*, and who "will be given
preference" is not given away.
"""

from __future__ import annotations

import re

from harmonize.engines.apertium.units import TERM_CODE

_GIVEN = re.compile(
    r"^([A-Z][^.;:]{2,120}?) will be given (preference|priority)(?=[.;]|$)(?! (?:for|over)\b)"
)
_NUMBER = (
    r"(?:\d{1,2}\+?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en"
    r"|[Tt]welve|[Ff]ifteen|[Tt]wenty|[Tt]hirty|more)"
)
_TIME = re.compile(
    rf"\b({_NUMBER} (?:calendar |working )?(?:years?|months?|weeks?|days?))[’']? "
    r"((?:[a-z-]{2,20} ){0,3})(?=(?:experience|leave|vacation|notice|holiday|"
    rf"{TERM_CODE.pattern[2:-2]})\b)"
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|as|with|and|or|to|for|on|at|from|after|before|per|a|an|the|is|are|paid) "
)
_CLAUSE = re.compile(r"[^;.]{4,200}(?=[.;]|$)")
_WANTED = re.compile(
    r",? ((?:highly )?(?:preferred|required|desired|desirable|essential|preferable|helpful)"
    r"(?: but not (?:required|essential|necessary))?)$"
)
_VERB = re.compile(
    r"\b(?:is|are|be|was|were|been|has|have|had|will|must|can|may|should|would|if|when|where|as|"
    r"than|that|who|which|means)\b"
)
_HEADING = re.compile(
    r"(?:[\w’'-]{1,20}(?:,| and|,? or| &)? )?(?:skills|experience|qualifications?|knowledge"
    r"|training|competenc\w{2,4}|education|profile|abilities|attributes|requirements|documents|materials"
    r"|languages?)",
    re.IGNORECASE,
)


def plain_formulas(text: str) -> str:
    """*text* with its formulas as whole clauses.

    >>> plain_formulas("Four years' work experience; driver's license preferred.")
    "Four years of work experience; driver's license is preferred."
    >>> plain_formulas("Women will be given preference."), plain_formulas("Skills required")
    ('We will give preference to women.', 'Skills required')
    """
    text = _TIME.sub(_time_of, _GIVEN.sub(_given_to, text))
    return _CLAUSE.sub(_wanted, text) if _may_want(text) else text


def _may_want(text: str) -> bool:
    return (
        text.rstrip(".").endswith(("ed", "able", "ial", "ful", "ary"))
        or ";" in text
        or ". " in text
    )


def _given_to(match: re.Match[str]) -> str:
    whom = match[1]
    is_acronym = whom[1:2].isupper()
    whom = whom if is_acronym else whom[:1].lower() + whom[1:]
    return f"We will give {match[2]} to {whom}"


def _time_of(match: re.Match[str]) -> str:
    if _PREPOSITION.search(match[2]):
        return match[0]
    return f"{match[1]} of {match[2]}"


def _wanted(match: re.Match[str]) -> str:
    """A clause without a verb that ends in what is wanted gets one."""
    clause = match[0]
    wanted = _WANTED.search(clause)
    if wanted is None or _VERB.search(clause):
        return clause
    thing = clause[: wanted.start()]
    if _HEADING.fullmatch(thing.strip()):
        return clause
    return f"{thing} is {wanted[1]}"
