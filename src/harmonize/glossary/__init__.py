"""The glossary: terms that must come out right, and files that people can maintain.

`load` reads the files, a `Matcher` finds their terms in a text, and `inflect` gives the form that
a translation needs.
"""

from __future__ import annotations

from harmonize.glossary.inflect import (
    Forms,
    article,
    contract,
    default_gender,
    forms,
    in_english,
    inflect,
    own_number,
)
from harmonize.glossary.load import is_bundled, load
from harmonize.glossary.match import Match, Matcher
from harmonize.glossary.model import Entry, Glossary, Problem
from harmonize.glossary.settle import Settled, avoided, settle

__all__ = [
    "Entry",
    "Forms",
    "Glossary",
    "Match",
    "Matcher",
    "Problem",
    "Settled",
    "article",
    "avoided",
    "contract",
    "default_gender",
    "forms",
    "in_english",
    "inflect",
    "is_bundled",
    "load",
    "own_number",
    "settle",
]
