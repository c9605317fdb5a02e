"""Checks of finished segments: what a person should look at, and why."""

from harmonize.check.rules import CHECKS, check

__all__ = ["CHECKS", "check"]
