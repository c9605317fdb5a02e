"""Checks of finished segments: what a person should look at, and why."""

from harmonize.check.guesses import repair_flags
from harmonize.check.rules import CHECKS, check

__all__ = ["CHECKS", "check", "repair_flags"]
