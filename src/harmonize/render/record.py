"""The whole record of a posting: `posting.json`."""

from __future__ import annotations

import json

from harmonize.records import Posting


def record(posting: Posting) -> str:
    """The record as JSON, exactly: what was hidden in a text is there still."""
    text = json.dumps(posting.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return text + "\n"
