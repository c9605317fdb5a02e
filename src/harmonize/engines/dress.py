"""A translation made to begin and end as its source does, and to stand in the same capitals."""

from __future__ import annotations

import re

import simplemma

_FIRST_LETTER = re.compile(r"[^\W\d_]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_WORDS = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"((?<=\s)\([^()]*\))")
"""What stands in brackets may be written otherwise: "LEGAL ADVISER (part time)"."""
_STOPS = ".!?:;,…"


def like_source(source: str, translated: str) -> str:
    """Give *translated* the first capital, the final stop and the outer spaces of *source*.

    Engines add a capital or a full stop to fragments, and drop them from others.

    >>> like_source("workers' rights", "Derechos de los trabajadores.")
    'derechos de los trabajadores'
    >>> like_source("Purpose: ", "propósito:")
    'Propósito: '
    """
    core, body = source.strip(), translated.strip()
    if not core or not body:
        return source[: len(source) - len(source.lstrip())] + body + source[len(source.rstrip()) :]
    body = _like_end(core, _like_start(core, body))
    before = source[: len(source) - len(source.lstrip())]
    return before + body + source[len(source.rstrip()) :]


def _like_start(source: str, translated: str) -> str:
    letter, ours = _FIRST_LETTER.search(source), _FIRST_LETTER.search(translated)
    if letter is None or ours is None:
        return translated
    if source[0].isdigit() and translated.startswith("Se "):
        return translated  # "5 years preferred": "Se prefieren 5 años"
    word = re.match(r"\w+", translated[ours.start() :])
    is_acronym = word is not None and len(word[0]) > 1 and word[0][1:] != word[0][1:].lower()
    small = ours[0] if is_acronym else ours[0].lower()
    first = ours[0].upper() if letter[0].isupper() else small
    return translated[: ours.start()] + first + translated[ours.end() :]


def _like_end(source: str, translated: str) -> str:
    if source[-1] not in _STOPS:
        return translated[:-1].rstrip() if translated.endswith(".") else translated
    if translated[-1] not in _STOPS and not translated.endswith(('."', ".”", ".»", ".)")):
        return translated + source[-1]
    return translated


def is_shouted(text: str) -> bool:
    """Whether all of a text of several words stands in capitals, but for what is in brackets.

    >>> is_shouted("SALARY AND LEAVE (a year)"), is_shouted("CV, OPP"), is_shouted("Pay in USD")
    (True, False, False)
    """
    plain = _ASIDE.sub("", text)
    return plain.isupper() and len(_LONG_WORD.findall(plain)) > 1


def in_small_letters(text: str, language: str) -> str:
    """A text in capitals as engines read it best: only what may be a name keeps them.

    >>> in_small_letters("VISIT THE FARMS OF YORO (two days)", "en")
    'Visit the farms of YORO (two days)'
    """
    parts = _ASIDE.split(text)
    parts[::2] = [_WORDS.sub(lambda word: _quiet(word[0], language), each) for each in parts[::2]]
    quiet = "".join(parts)
    first = _FIRST_LETTER.search(quiet)
    return quiet[: first.start()] + first[0].upper() + quiet[first.end() :] if first else quiet


def in_capitals(text: str) -> str:
    """*text* in capitals, but for what is in brackets.

    >>> in_capitals("Legal adviser (part time)")
    'LEGAL ADVISER (part time)'
    """
    parts = _ASIDE.split(text)
    parts[::2] = [each.upper() for each in parts[::2]]
    return "".join(parts)


def _quiet(word: str, language: str) -> str:
    small = word.lower()
    known = len(word) == 1 or simplemma.is_known(small, language)
    return small if known else word
