"""Verbs in gaps: what the engine gets, so that its answer fits behind *experience in* and *en*.

English has a form in -ing where Spanish has the infinitive: "experience in managing grants",
"experiencia en gestionar subvenciones".
"""

from __future__ import annotations

import re

from harmonize.glossary import english, words
from harmonize.sector.tables import gap_words

_ING = r"[A-Za-z]+ing"
_LISTED = re.compile(rf"({_ING}(?:, {_ING})*(?:,? (?:and|or|and/or) {_ING})?) ([\w'’-]+)")
_JOINED = re.compile(rf"\b(?:and|or) ({_ING}) ([\w'’-]+)")
_BEHIND = frozenset(("and", "or", "of"))
_INFINITIVES = re.compile(
    r"(?:[a-záéíóúñü]+[aeií]r(?:se)?)(?:(?:, | y | e | o )[a-záéíóúñü]+[aeií]r(?:se)?(?=\W|$))*",
    re.IGNORECASE,
)


def with_bare_verbs(filling: str) -> str:
    """An English filling with its verbs in -ing made bare; the same text where it has none.

    >>> with_bare_verbs("designing, implementing and monitoring projects")
    'design, implement and monitor projects'
    >>> with_bare_verbs("leading teams and managing conflict")
    'lead teams and manage conflict'
    >>> with_bare_verbs("monitoring and evaluation"), with_bare_verbs("training in labour law")
    ('monitoring and evaluation', 'training in labour law')
    """
    found = _LISTED.match(filling)
    if not found or not _is_verb(re.findall(_ING, found[1])[-1], found[2]):
        return filling
    listed = re.sub(_ING, lambda word: _bare(word[0]), found[1])
    rest = _JOINED.sub(_bare_joined, filling[found.end(1) :])
    return listed + rest


def _bare_joined(found: re.Match[str]) -> str:
    if not _is_verb(found[1], found[2]):
        return found[0]
    return found[0].replace(found[1], _bare(found[1]), 1)


def _is_verb(word: str, following: str) -> bool:
    small, after = word.lower(), following.lower()
    if small in gap_words("nouns") or after in _BEHIND or _bare(word) == word:
        return False
    if small in gap_words("either"):
        return after not in gap_words("prepositions") | gap_words("behind_nouns")
    return True


def _bare(word: str) -> str:
    """The infinitive of a form in -ing; the same where there is none.

    >>> _bare("Managing"), _bare("planning"), _bare("spring")
    ('Manage', 'plan', 'spring')
    """
    bare = words.lemma(word, "en")
    if bare == word.lower() or english.verb_forms(bare)[-1] != word.lower():
        return word
    return bare.capitalize() if word[0].isupper() else bare


def leading_infinitives(filling: str) -> int:
    """How many Spanish infinitives a filling begins with.

    >>> leading_infinitives("planificar y ejecutar proyectos"), leading_infinitives("taller")
    (2, 0)
    """
    found = _INFINITIVES.match(filling)
    if not found or filling[found.end() : found.end() + 1].isalpha():
        return 0
    listed = re.split(r", | (?:y|e|o) ", found[0].lower())
    return 0 if listed[0] in gap_words("no_infinitives") else len(listed)


def is_preposition(word: str) -> bool:
    """Whether an English verb behind *word* has its form in -ing.

    >>> is_preposition("in"), is_preposition("to"), is_preposition("will")
    (True, False, False)
    """
    return word.lower() in gap_words("prepositions") - {"to"}
