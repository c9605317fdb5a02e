"""What repair guessed, and what it saw and left: for a person to decide."""

from __future__ import annotations

from harmonize.flags import flag
from harmonize.records import Flag, Repaired, SegmentSource

GUESS = 0.7
"""A change of at most this confidence filled in what was lost."""


def repair_flags(
    repaired: Repaired, place: SegmentSource, start: int, end: int
) -> tuple[Flag, ...]:
    """The flags of one segment: *place* in the input, *start* to *end* in the repaired text.

    >>> from harmonize.records import Change
    >>> change = Change(start=0, end=7, before="Funci?n", after="Función", rule="x", confidence=0.6)
    >>> place = SegmentSource(text="Funci?n", language="es", confidence=1, start=0, end=7)
    >>> repair_flags(Repaired(text="Función", changes=(change,)), place, 0, 7)[0].message
    '“Funci?n” was read as “Función”, the only word that fits: check it.'
    """
    guessed = (
        flag("repair-guess", before=change.before, after=change.after)
        for change in repaired.changes
        if place.start <= change.start and change.end <= place.end and change.confidence <= GUESS
    )
    left = (
        flag("left-garbled", text=repaired.text[note.start : note.end], reason=note.reason)
        for note in repaired.notes
        if start <= note.start and note.end <= end
    )
    return (*guessed, *left)
