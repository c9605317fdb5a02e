"""Which repairs are made: one switch for each."""

from __future__ import annotations

from harmonize.records import Record


class RepairOptions(Record):
    """The switches of the rules; all are on by default.  ``docs/repair.md`` describes each.

    >>> RepairOptions(glued=False).glued
    False
    """

    entities: bool = True
    ftfy: bool = True
    nfc: bool = True
    redecode: bool = True
    lost_letters: bool = True
    html: bool = True
    quote_marks: bool = True
    markdown: bool = True
    repeats: bool = True
    glued: bool = True
    ligatures: bool = True
    invisible: bool = True
    no_break_spaces: bool = True
    double_spaces: bool = True
    quote_spaces: bool = True
    stray_quotes: bool = True


ALL_REPAIRS = RepairOptions()
"""Every rule switched on."""
