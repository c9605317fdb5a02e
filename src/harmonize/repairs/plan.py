"""The order of the repairs, and the record of every change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from harmonize.records import Change, Note, Repaired
from harmonize.repairs import glued, markdown, markup, quoted, repeats, typography
from harmonize.repairs.edits import Edit, compose, replay
from harmonize.repairs.ftfy_first import fix_with_ftfy
from harmonize.repairs.lossy import fill_gaps
from harmonize.repairs.notes import Findings
from harmonize.repairs.notes import Note as Found
from harmonize.repairs.options import ALL_REPAIRS, RepairOptions
from harmonize.repairs.redecode import redecode

LAYERS: tuple[tuple[str, Callable[[str], Findings]], ...] = (
    ("entities", markup.unescape),
    ("ftfy", fix_with_ftfy),
    ("nfc", typography.compose_accents),
    ("redecode", redecode),
    ("lost_letters", fill_gaps),
    ("html", markup.strip_tags),
    ("quote_marks", quoted.drop_marks),
    ("markdown", markdown.drop_unbalanced),
    ("ligatures", typography.split_ligatures),
    ("invisible", typography.drop_invisible),
    ("no_break_spaces", typography.loosen_spaces),
    ("double_spaces", typography.single_spaces),
    ("quote_spaces", typography.hug_quotes),
    ("stray_quotes", typography.drop_stray_quotes),
    ("repeats", repeats.drop_repeats),
    ("glued", glued.part_glued),
)
"""The layers in the order in which they work, each with the name of its switch.

Characters come before words, and words before structure: a layer relies on what is before it.
"""

_ROUNDS = 12
"""Text that still changes after so many rounds is left alone: no damage is that deep."""


def repair(text: str, options: RepairOptions = ALL_REPAIRS) -> Repaired:
    """Repair *text* and say what was changed; pure, and idempotent.

    The layers are gone through until none finds anything, so that repairing a repaired text
    changes nothing.

    >>> repair("Gestión de la membresÃ\\xada").text
    'Gestión de la membresía'
    >>> [(c.start, c.before, c.after) for c in repair("El Ăˇrea tÃ©cnica").changes]
    [(3, 'Ăˇrea', 'área'), (9, 'tÃ©cnica', 'técnica')]
    """
    current = text
    edits: Sequence[Edit] = ()
    for _ in range(_ROUNDS):
        repaired, edits, notes = _round(current, edits, options)
        if repaired == current:
            return Repaired(text=current, changes=_changes(text, edits), notes=_notes(notes))
        current = repaired
    reason = f"the text did not settle in {_ROUNDS} rounds"
    return Repaired(text=text, notes=(Note(start=0, end=len(text), rule="plan", reason=reason),))


def apply_changes(text: str, changes: Iterable[Change]) -> str:
    """Replay *changes* (sorted, not overlapping, offsets in *text*) on *text*.

    >>> change = Change(start=1, end=2, before="-", after="+", rule="x", confidence=1)
    >>> apply_changes("a-b", [change])
    'a+b'
    """
    return replay(text, changes)


def _round(
    text: str, edits: Sequence[Edit], options: RepairOptions
) -> tuple[str, Sequence[Edit], list[Found]]:
    """Let each layer work once; the edits lead from the first input to the text."""
    notes: list[Found] = []
    for switch, layer in LAYERS:
        if not getattr(options, switch):
            continue
        found = layer(text)
        notes += found.notes
        if found.edits:
            edits = compose(edits, found.edits, text)
            text = replay(text, found.edits)
    return text, edits, notes


def _changes(text: str, edits: Iterable[Edit]) -> tuple[Change, ...]:
    return tuple(
        Change(
            start=edit.start,
            end=edit.end,
            before=text[edit.start : edit.end],
            after=edit.after,
            rule=edit.rule,
            confidence=edit.confidence,
        )
        for edit in edits
        if text[edit.start : edit.end] != edit.after
    )


def _notes(notes: Iterable[Found]) -> tuple[Note, ...]:
    return tuple(
        Note(start=note.start, end=note.end, rule=note.rule, reason=note.reason) for note in notes
    )
