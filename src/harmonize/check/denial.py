"""Whether both sides deny or affirm: "not considered" is no "se considerarán"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from harmonize.check.bitext import Bitext, Finding, found
from harmonize.glossary.model import Language

_NUMERO = re.compile(
    r"\bno\.?(?=\s?\d)|\b(?:ref(?:erence)?|reg(?:istration|istro)?|id|job|vacancy|file)\.?\s"
    r"no\b\.?|\bno\.:",
    re.IGNORECASE,
)
"""*No. 98* is a number, and *Ref. no.* asks for one."""
_NO_PREFIX = r"un(?!der|ion|it|iv|iq|ani|til)\w{3,}|\w{3,}less"
"""*Unpaid*, *paperless*, but not *union*."""


def denial(pair: Bitext) -> Iterator[Finding]:
    """What one side denies and the other does not.

    >>> list(denial(Bitext("You need not apply twice.", "Debe postularse dos veces.")))
    [Finding(rule='lost-negation', facts={'text': 'not'})]
    >>> list(denial(Bitext("Unpaid overtime", "Horas extra no pagadas")))
    []
    """
    source, target = pair.source_language, pair.target_language
    ours, theirs = _denying(pair.source, source), _denying(pair.target, target)
    if ours and not theirs and not _resembles(pair.target, target):
        yield found("lost-negation", text=ours)
    elif theirs and not ours and not _resembles(pair.source, source):
        yield found("added-negation", text=theirs)


def _denying(text: str, language: Language) -> str:
    """The first word that denies, as it is written; empty where there is none."""
    plain = _harmless(language).sub(" ", _NUMERO.sub(" ", text.replace("’", "'")))
    match = _deny(language).search(plain)
    return match[0] if match else ""


def _resembles(text: str, language: Language) -> bool:
    """Whether something may stand for a denial: *unpaid*, *libre de*."""
    plain = text.replace("’", "'")
    return bool(_like(language).search(plain) or _harmless(language).search(plain))


@cache
def _deny(language: Language) -> re.Pattern[str]:
    words = "|".join(_words("deny")[language].split())
    short = r"|\b\w+n't" if language == "en" else ""
    return re.compile(rf"\b(?:{words})\b{short}", re.IGNORECASE)


@cache
def _harmless(language: Language) -> re.Pattern[str]:
    phrases = [" ".join(each.split()) for each in _words("harmless")[language].split("|")]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


@cache
def _like(language: Language) -> re.Pattern[str]:
    begun = "|".join(_words("like")[language].split())
    more = f"|{_NO_PREFIX}" if language == "en" else ""
    return re.compile(rf"\b(?:(?:{begun})\w*{more})", re.IGNORECASE)


@cache
def _words(table: str) -> dict[Language, str]:
    text = files("harmonize.check").joinpath("data", "denial.toml").read_text(encoding="utf-8")
    words: dict[Language, str] = tomllib.loads(text)[table]
    return words
