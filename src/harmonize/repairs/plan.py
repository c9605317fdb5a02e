"""The order of the repairs, and the record of every change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

import ftfy

from harmonize.records import Change, Repaired

FTFY = ftfy.TextFixerConfig(
    uncurl_quotes=False,  # curly quotes are right in a posting; straightening them is a loss
    explain=False,  # the changes are read off the result, not off ftfy's plan
)

_LINE = re.compile(r"[^\n]*\n?")
_TOKEN = re.compile(r"\s+|\S+")


def repair(text: str) -> Repaired:
    """Repair *text* and say what was changed; pure, and idempotent.

    >>> repair("Gestión de la membresÃ\\xada").text
    'Gestión de la membresía'
    >>> [(c.start, c.before, c.after) for c in repair("tÃ©cnico").changes]
    [(0, 'tÃ©cnico', 'técnico')]
    """
    changes: list[Change] = []
    offset = 0
    for line in _LINE.findall(text):
        changes += _changes(line, ftfy.fix_text(line, config=FTFY), offset)
        offset += len(line)
    return Repaired(text=apply_changes(text, changes), changes=tuple(changes))


def apply_changes(text: str, changes: Iterable[Change]) -> str:
    """Replay *changes* (sorted, not overlapping, offsets in *text*) on *text*.

    >>> change = Change(start=1, end=2, before="-", after="+", rule="x", confidence=1)
    >>> apply_changes("a-b", [change])
    'a+b'
    """
    pieces: list[str] = []
    done = 0
    for change in changes:
        pieces += (text[done : change.start], change.after)
        done = change.end
    return "".join([*pieces, text[done:]])


def _changes(before: str, after: str, offset: int) -> list[Change]:
    """The differences between two versions of a line, token by token."""
    if before == after:
        return []
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    starts = [offset]
    for token in old:
        starts.append(starts[-1] + len(token))
    return [
        Change(
            start=starts[i1],
            end=starts[i2],
            before="".join(old[i1:i2]),
            after="".join(new[j1:j2]),
            rule="ftfy",
            confidence=0.95,
        )
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
