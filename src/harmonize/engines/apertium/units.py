"""The lexical units of Apertium's stream, taken apart and put together.

``^surface/lemma<tags>/…$`` behind the analyser, ``^lemma<tags>$`` before the generator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

UNIT = re.compile(r"\^([^\\$^]*(?:\\.[^\\$^]*)*)\$", re.DOTALL)
"""One lexical unit; its group is what stands between the marks."""

NAME = "<np><al><sg>"
"""Tags of a proper noun that is neither a place nor a person."""

CODE_LETTERS = "bcdfghjklmnpqrtvwx"
TERM_CODE = re.compile(rf"\bz[{CODE_LETTERS}]{{2}}[sz]\b", re.IGNORECASE)
"""A word that stands for a glossary term of several words while it is in the pipe."""

GENDER_TAGS = re.compile(r"<(?:m|f|mf|GD)>")
"""The tags that give a noun its gender; with ``GD`` the sentence decides."""

HELD = 1 << 14
"""So many units are held taken apart: the same ones come again and again."""


def analysed_unit(surface: str, readings: Iterable[str]) -> str:
    """A unit as it stands behind the analyser.

    >>> analysed_unit("hubs", ["hub<n><pl>"])
    '^hubs/hub<n><pl>$'
    """
    return f"^{'/'.join([surface, *readings])}$"


@lru_cache(HELD)
def parted(unit: str) -> tuple[str, str, str]:
    """Lemma, part of speech, further tags.

    >>> parted("hub<n><pl>")
    ('hub', '<n>', '<pl>')
    """
    lemma, _, tags = unit.partition("<")
    tag, _, rest = tags.partition(">")
    return lemma, f"<{tag}>", rest


def like(model: str, word: str) -> str:
    """*word* with a first capital if *model* has one.

    >>> like("Hub", "centro")
    'Centro'
    """
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def verb_and_rest(lemma: str, tags: str) -> str:
    """A verb of several words before the generator, which inflects the first.

    >>> verb_and_rest("dar seguimiento a", "<vblex><inf>")
    '^dar<vblex><inf>$ seguimiento a'
    """
    verb, space, rest = lemma.partition(" ")
    return f"^{verb}{tags}${space}{rest}"
