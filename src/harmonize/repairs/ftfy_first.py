"""ftfy's part of the work, and why each of its settings differs from ftfy's own."""

from __future__ import annotations

import re

import ftfy

from harmonize.repairs.edits import Edit, differences
from harmonize.repairs.notes import Findings

CONFIG = ftfy.TextFixerConfig(
    # Entities are a layer of their own, with a switch; ftfy stops at the first "<" of a text.
    unescape_html=False,
    # Curly quotes are right in a posting; straightening them is a loss.
    uncurl_quotes=False,
    # Clean Chinese and Japanese texts use full-width signs.
    fix_character_width=False,
    # ftfy also takes letters apart that are right in Dutch and Croatian; we have our own table.
    fix_latin_ligatures=False,
    # It would turn "Ã?" into U+FFFD and so forget which letters it can have been.
    replace_lossy_sequences=False,
    # It takes UTF-8 read as cp850 for cp1252; our own layer asks which words come out.
    decode_inconsistent_utf8=False,
    # Composition has a switch of its own, and NFC would also take apart letters of clean Hindi.
    normalization=None,
    # The changes are read off the result, not off ftfy's plan.
    explain=False,
)

_LINE = re.compile(r"[^\n]+\n?|\n")
_TRUST = 0.97


def fix_with_ftfy(text: str) -> Findings:
    """What ftfy repairs, as edits.

    >>> [edit.after for edit in fix_with_ftfy("gestiÃ³n y formaciÃ³n").edits]
    ['gestión', 'formación']
    """
    if ftfy.fix_text(text, config=CONFIG) == text:
        return Findings()
    edits: list[Edit] = []
    offset = 0
    for line in _LINE.findall(text):
        edits += differences(line, ftfy.fix_text(line, config=CONFIG), offset, "ftfy", _TRUST)
        offset += len(line)
    return Findings(edits)
