"""ftfy's part of the work, and why each of its settings differs from ftfy's own."""

from __future__ import annotations

import re

import ftfy

from harmonize.repairs.edits import Edit, differences, replay
from harmonize.repairs.lexicon import frequency
from harmonize.repairs.notes import Findings
from harmonize.repairs.redecode import redecode

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
    # It takes any space after "Ã" for a lost byte; our own layer asks which words come out.
    restore_byte_a0=False,
    # It takes UTF-8 read as cp850 for cp1252; our own layer asks which words come out.
    decode_inconsistent_utf8=False,
    # Composition has a switch of its own, and NFC would also take apart letters of clean Hindi.
    normalization=None,
    # The changes are read off the result, not off ftfy's plan.
    explain=False,
)

CAREFUL = CONFIG._replace(fix_encoding=False, fix_c1_controls=False)
"""What is left of ftfy where its reading of a line makes no sense."""

_FEW = 3
"""So few letters of another alphabet do not come into a line by themselves."""
_LINE = re.compile(r"[^\n]+\n?|\n")
_WORD = re.compile(r"[^\W\d_]+")
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
        found = differences(line, _fixed(line), offset, "ftfy", _TRUST)
        edits += (e for e in found if not _have_better(text[e.start : e.end], e.after))
        offset += len(line)
    return Findings(edits)


def _fixed(line: str) -> str:
    fixed = ftfy.fix_text(line, config=CONFIG)
    known = set(line)
    added = [char for char in fixed if char > "\u024f" and char not in known]
    alien = [char for char in added if char.isalpha()]
    senseless = any("\ue000" <= char <= "\uf8ff" for char in added) or 0 < len(alien) < _FEW
    return ftfy.fix_text(line, config=CAREFUL) if senseless else fixed


def _have_better(before: str, after: str) -> bool:
    """Whether our own layer makes known words of what ftfy makes unknown ones of.

    >>> _have_better("AsÃ", "Asà"), _have_better("gestiÃ³n", "gestión")
    (True, False)
    """
    if before.isspace() or _rarest(after) > 0:
        return False
    return _rarest(replay(before, redecode(before).edits)) > 0


def _rarest(text: str) -> float:
    """Frequency (Zipf) of the rarest word; 0 where there is none."""
    return min(map(frequency, _WORD.findall(text)), default=0.0)
