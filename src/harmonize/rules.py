"""Which rules a result was made by: a hash over the package's own code and tables."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

_NO_RULES = frozenset(("__pycache__", "packs", "review", "cli", "batch"))


@cache
def rules_digest() -> str:
    """A hash over the package's own code and tables: any change of a rule changes it.

    Left out is what only shows or asks: no result depends on it.
    """
    digest = hashlib.sha256()
    pending = [resources.files("harmonize")]
    while pending:
        for entry in sorted(pending.pop().iterdir(), key=lambda entry: entry.name):
            if entry.is_dir() and entry.name not in _NO_RULES:
                pending.append(entry)
            elif entry.is_file():
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:12]
