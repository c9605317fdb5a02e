"""Repair of garbled text: what a posting's author typed, given back.

First version: ftfy, paragraph by paragraph, each change recorded.
"""

from harmonize.repairs.plan import apply_changes, repair

__all__ = ["apply_changes", "repair"]
