"""What a reader is told about a segment: one table of messages, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from harmonize.records import Flag, Severity


class Wording(NamedTuple):
    """How a rule's flag reads: its severity, and what is wrong and what to do, with slots."""

    severity: Severity
    en: str
    es: str


def flag(rule: str, **facts: object) -> Flag:
    """The flag of *rule*, its message filled in with *facts*.

    >>> flag("unknown-word", engine="Apertium", word="flurbish").message
    'Apertium does not know “flurbish”: it stands untranslated. Translate it by hand.'
    >>> flag("empty").message_es
    'La traducción está vacía: tradúzcala a mano.'
    """
    wording = wordings()[rule]
    return Flag(
        rule=rule,
        severity=wording.severity,
        message=wording.en.format(**facts),
        message_es=wording.es.format(**facts),
    )


@cache
def wordings() -> dict[str, Wording]:
    """Every rule that there is, by name.

    >>> wordings()["empty"].severity
    'error'
    """
    text = files("harmonize").joinpath("data/flags.toml").read_text(encoding="utf-8")
    return {rule: Wording(**cells) for rule, cells in tomllib.loads(text).items()}
