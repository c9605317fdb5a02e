"""The whole record of a posting: `posting.json`."""

from __future__ import annotations

from harmonize.check import scored
from harmonize.records import Posting


def record(posting: Posting) -> str:
    """The record as JSON, exactly: what was hidden in a text is there still.

    The scores are those of the flags as they are now.
    """
    return scored(posting).model_dump_json(indent=2) + "\n"
