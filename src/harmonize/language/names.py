"""Which words of a text say nothing about its language: names, acronyms, addresses, numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from harmonize.language import model

_WORD = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)*")
_TOKEN = re.compile(r"\S+")
_ENDINGS = re.compile(r"\.(?:org|com|net|edu|gob|gov|coop|info|io)\b", re.IGNORECASE)
_DOMAIN = re.compile(rf"www\.|{_ENDINGS.pattern}", re.IGNORECASE)
_ENDING = re.compile(
    r"(?:ción|ciones|dad|dades|mente|[dst]or(?:es|as?)|eros?|eras?|istas?|logos?|logas?"
    r"|tions?|ings?|ness|ments?|ers|ship|ists?|ly|ians?|ed)$"
)
"""Endings of words that are hardly ever names, even where the model does not know them."""
_MOST_NAMES = 12
"""No list of names is as long as this."""
_ACRONYM = 5


def words(text: str) -> list[str]:
    """The words of *text* as written, without the parts of addresses.

    >>> words("Write to jobs@example.org by 3 May")
    ['Write', 'to', 'by', 'May']
    """
    if "@" in text or "://" in text or ("." in text and _DOMAIN.search(text)):
        text = " ".join(token for token in _TOKEN.findall(text) if not _is_address(token))
    return _WORD.findall(text)


def _is_address(token: str) -> bool:
    return (
        "@" in token
        or "://" in token
        or token.lower().lstrip("(").startswith("www.")
        or (_ENDINGS.search(token) is not None and token[0].isalnum())
    )


def telling(found: Sequence[str]) -> list[str]:
    """Those of the words *found* that tell a language, in small letters.

    >>> telling(["Supports", "the", "CLAC", "members"])
    ['supports', 'the', 'members']
    >>> telling(["María", "de", "la", "Cruz"]), telling(["de", "la", "OIT"])
    ([], ['de', 'la'])
    """
    shouted = all(word.isupper() for word in found)
    kept = [word for word in found if not _is_acronym(word, shouted)]
    small = [word.lower() for word in kept]
    named = not _names().isdisjoint(small)
    if len(small) > _MOST_NAMES or any(_is_word(word, named) for word in kept):
        return small
    return [] if not found or found[0][0].isupper() else small


def _is_word(word: str, named: bool) -> bool:
    """Whether *word* is more than a name or a particle; *named*: a sure name stands beside it."""
    small = word.lower()
    if small in _names() or small in word_list("particles") or (named and small in _words_too()):
        return False
    return model.known(small) or word.islower() or _ENDING.search(small) is not None


def _is_acronym(word: str, shouted: bool) -> bool:
    if not word.isupper() or len(word) == 1:
        return False
    return (
        len(word) <= 3 and word.lower() not in word_list("short")
        if shouted
        else len(word) <= _ACRONYM
    )


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the lists of `data/lists.toml`.

    >>> "of" in word_list("inside")
    True
    """
    lists = tomllib.loads(_data("lists.toml"))
    return frozenset(lists[name])


@cache
def _names() -> frozenset[str]:
    return frozenset(_named("")) - _words_too()


@cache
def _words_too() -> frozenset[str]:
    """Names that are words as well, such as Flores."""
    return frozenset(_named("?"))


def _named(mark: str) -> list[str]:
    """The words of those lines of the list that start with *mark*."""
    lines = _data("names.txt").splitlines()
    wanted = [line for line in lines if line[0] != "#" and line.startswith("?") == bool(mark)]
    return [name for line in wanted for name in line.removeprefix("?").split()]


def _data(name: str) -> str:
    return files("harmonize.language").joinpath("data", name).read_text(encoding="utf-8")
