"""Checks of finished segments: what a person should look at, and why."""

from harmonize.check.bitext import Bitext
from harmonize.check.guesses import repair_flags
from harmonize.check.rules import CHECKED, CHECKS, check
from harmonize.check.score import posting_score, rated, scored, segment_score
from harmonize.check.terms import terms_of

__all__ = [
    "CHECKED",
    "CHECKS",
    "Bitext",
    "check",
    "posting_score",
    "rated",
    "repair_flags",
    "scored",
    "segment_score",
    "terms_of",
]
