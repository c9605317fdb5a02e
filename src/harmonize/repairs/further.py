"""Further edits of a text that is repaired already, recorded as if they were made at once."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.records import Change, Note, Repaired
from harmonize.repairs.edits import Edit, compose, replay


def repaired_further(text: str, repaired: Repaired, edits: Sequence[Edit]) -> Repaired:
    """*repaired* (made from *text*) with *edits* of its text made too.

    The changes lead from *text* to the new text; notes keep their places.

    >>> done = repaired_further("xa", Repaired(text="xa"), [Edit(0, 1, "yy", "rule", 0.9)])
    >>> done.text, done.changes[0].before
    ('yya', 'x')
    """
    first = [Edit(c.start, c.end, c.after, c.rule, c.confidence) for c in repaired.changes]
    composed = compose(first, edits, repaired.text)
    changes = tuple(
        Change(before=text[edit.start : edit.end], **edit._asdict()) for edit in composed
    )
    notes = tuple(_moved(note, edits) for note in repaired.notes)
    return Repaired(text=replay(repaired.text, edits), changes=changes, notes=notes)


def _moved(note: Note, edits: Sequence[Edit]) -> Note:
    before = [edit for edit in edits if edit.end <= note.start]
    shift = sum(len(edit.after) - (edit.end - edit.start) for edit in before)
    return note.model_copy(update={"start": note.start + shift, "end": note.end + shift})
