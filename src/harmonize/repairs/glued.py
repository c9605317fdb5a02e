"""Sentences, headings and list items that lost the space or the line break between them.

A *joint* is a place where a word directly follows another one's end.  One between two sentences
speaks for itself; one between two bare words ("regionBasic") may be a name, and counts only in a
line with several joints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from harmonize.repairs.code import is_code
from harmonize.repairs.edits import Edit
from harmonize.repairs.lexicon import frequency
from harmonize.repairs.notes import Findings

_UPPER, _LOWER = "A-ZÁÉÍÓÚÑÜ", "a-záéíóúñü"
_STOP = re.compile(rf"[.!?:;…](?=[¿¡“‘(]?[{_UPPER}])")
_HUMP = re.compile(rf"(?<=[{_LOWER}])(?=[{_UPPER}][{_LOWER}])|(?<=[0-9®™])(?=[{_UPPER}][{_LOWER}])")
_AFTER_CAPITALS = re.compile(rf"(?<=[{_UPPER}]{{2}})(?=[{_UPPER}][{_LOWER}]{{3}})")
_SIGN = re.compile(r"(?<=[^\W\d_])(?=©)")
_LETTERED_ITEM = re.compile(rf"(?<=[{_LOWER}]);(?=[a-z]\))")
_HINT = re.compile(rf"[{_UPPER}](?<=[.!?:;…¿¡“‘({_LOWER}].)|[;](?=[a-z]\))")
"""A capital right after a sentence's end or a small letter: a quick look for joints."""
_WORD_BEFORE = re.compile(r"[^\W\d_]{1,60}[)”’\"]*$")
_WORD_AFTER = re.compile(r"[¿¡“‘(]?([^\W\d_]{1,60})")
_ADDRESS = re.compile(r"://|www\.|@|#|\\|_|\.(?:com|org|net|edu|gov|js|py|io|es|mx)\b")
_GOES_ON = re.compile(rf" [{_LOWER}]")
_DOMAINS = frozenset({"COM", "ORG", "NET", "EDU", "GOV"})
_COPYRIGHT = re.compile(r"©[^©\n]{0,20}$")
_SUFFIXES = frozenset(
    {
        "com",
        "csv",
        "doc",
        "docx",
        "html",
        "js",
        "json",
        "net",
        "org",
        "pdf",
        "py",
        "txt",
        "xls",
        "xml",
    }
)
"""Ends of addresses and of file names, which may be capitals."""
_BRANDS = frozenset({"linkedin", "javascript", "typescript", "youtube", "powerpoint", "whatsapp"})
_LISTED = re.compile(r"[^\W\d_]{1,40}(?:[,;)/|.]|$| (?:and|or|y|o) )")
"""What follows a name in a list of names."""
_ENDS_WITH_COLON = re.compile(r"[^.!?\n]{0,120}:(?:\s|$)")
_KNOWN_ZIPF, _SHORT_ZIPF = 2.3, 5.0
_MANY = 2
"""Sentence joints in a line from which on its line breaks are lost, not a space."""
_MANY_HUMPS = 3
_TITLES = 0.7
_LONG_PART, _LONG_WHOLE = 5, 24
"""Letters of each part, and of the whole, of a lone word of three that is no name."""
_CONTEXT = 60


class _Joint(NamedTuple):
    """A place in a line where something was lost, and how it was recognised."""

    place: int
    kind: str


def part_glued(text: str) -> Findings:
    """Put back what was lost between sentences, headings and list items.

    >>> [(e.start, e.after) for e in part_glued("the global economy.Summary of Position:").edits]
    [(19, '\\n')]
    """
    edits: list[Edit] = []
    done = 0
    for hint in _HINT.finditer(text):
        if hint.start() < done:
            continue
        start, end = text.rfind("\n", 0, hint.start()) + 1, text.find("\n", hint.start())
        done = end if end >= 0 else len(text)
        if not is_code(text[start:done]):
            edits += _part(text[start:done], start)
    return Findings(edits)


def _part(line: str, offset: int) -> Iterator[Edit]:
    stops = list(_stops(line))
    items = [_Joint(m.end(), "item") for m in _LETTERED_ITEM.finditer(line)]
    broken = len(stops) >= _MANY
    humps = _humps(line) if broken or _is_titles(line) else []
    broken = broken or _are_spread(line, humps)
    if broken:
        humps += _furniture(line)
    elif not _is_long_compound(line, humps):
        humps = []
    for joint in sorted({*stops, *humps, *items}):
        after = _lost(line, joint, broken=broken)
        place = offset + joint.place
        yield Edit(place, place, after, "glued-" + _RULES[joint.kind], _TRUST[joint.kind])


def _humps(line: str) -> list[_Joint]:
    return [_Joint(m.start(), "hump") for m in _HUMP.finditer(line) if _is_hump(line, m.start())]


def _stops(line: str) -> Iterator[_Joint]:
    """Joints between sentences; after a capitalised word only where others are certain."""
    found = [(match, _stop_kind(line, match)) for match in _STOP.finditer(line)]
    certain = sum(kind == "certain" for _, kind in found)
    for match, kind in found:
        if kind == "certain" or (kind == "likely" and certain >= _MANY):
            yield _Joint(match.end(), "stop")


_RULES = {"stop": "sentences", "hump": "words", "item": "items"}
_TRUST = {"stop": 0.85, "hump": 0.75, "item": 0.8}


def _lost(line: str, joint: _Joint, *, broken: bool) -> str:
    if joint.kind == "item" or _COPYRIGHT.search(line[max(0, joint.place - 24) : joint.place]):
        return " "
    leads_in = _ENDS_WITH_COLON.match(line, joint.place)
    return "\n" if broken or joint.kind == "hump" or leads_in else " "


def _stop_kind(line: str, match: re.Match[str]) -> str:
    """Whether a sentence ends here and the next begins, both words known: certain, likely, no."""
    before, after = _around(line, match.start(), match.end())
    end = match.end() + len(after)
    if not before or not after or _in_address(line, match.end()):
        return "no"
    if match.group() == "." and (after.lower() in _SUFFIXES or after.lower() == before.lower()):
        return "no"
    if line[end : end + 1] in {".", "(", "_"} or not _known(after):
        return "no"
    if match.group() == ";" and not _GOES_ON.match(line, end):
        return "no"
    kind = _end_kind(line, match, before)
    return "likely" if kind == "certain" and _HUMP.match(line, end) else kind


def _end_kind(line: str, match: re.Match[str], before: str) -> str:
    """Whether the word before a stop can end a sentence, or a heading if the stop is a colon."""
    if before[-1] in ')”’"':
        return "certain"
    start = match.start() - len(before)
    if line[start - 1 : start] in {".", "_"}:
        return "likely" if before in _DOMAINS else "no"
    if before.isupper() and len(before) > 1 and _GOES_ON.match(line, _word_end(line, match.end())):
        return "likely"
    if _HUMP.match(line, start) or not _known(before):
        return "no"
    if len(before) > 2 and (before.islower() or match.group() in "!:"):
        return "certain"
    return "likely" if before.istitle() and len(before) > 3 else "no"


def _word_end(line: str, start: int) -> int:
    word = _WORD_AFTER.match(line, start)
    return word.end() if word else start


def _is_hump(line: str, place: int) -> bool:
    before, after = _around(line, place, place)
    if not after or _in_address(line, place):
        return False
    start, end = place - len(before), place + len(after)
    whole = (before + after).lower()
    if (before and frequency(whole)) or whole in _BRANDS or line[end : end + 1] == "(":
        return False
    if not before:
        return _known(after) and len(after) > 3
    return (
        len(before) > 2
        and before[1:].islower()
        and _known(before)
        and _known(after)
        and (line[start - 1 : start] not in {"#", "@", "_"})
    )


def _is_titles(line: str) -> bool:
    """Whether most words are capitalised, as in menus: names of programs stand in prose."""
    words = [word for word in line.split() if word[:1].isalpha()]
    return sum(word[0].isupper() for word in words) >= _TITLES * len(words)


def _are_spread(line: str, humps: list[_Joint]) -> bool:
    """Whether joints between bare words stand all over a line: one name may hold several."""
    tokens = {line.rfind(" ", max(0, joint.place - _CONTEXT), joint.place) for joint in humps}
    listed = sum(bool(_LISTED.match(line, joint.place)) for joint in humps)
    return len(humps) >= _MANY_HUMPS and len(tokens) > 1 and listed * 3 <= len(humps)


def _furniture(line: str) -> Iterator[_Joint]:
    """Joints that only a line without its breaks can have: after capitals, before a ©."""
    for match in _SIGN.finditer(line):
        yield _Joint(match.start(), "hump")
    for match in _AFTER_CAPITALS.finditer(line):
        after = _WORD_AFTER.match(line, match.start())
        if after and len(after[1]) > 3 and _known(after[1]):
            yield _Joint(match.start(), "hump")


def _is_long_compound(line: str, humps: list[_Joint]) -> bool:
    """Whether two joints part one word into three long ones ("StaffingPositionsGeographical")."""
    if len(humps) != _MANY:
        return False
    first, second = (joint.place for joint in humps)
    before, middle = _around(line, first, first)
    _, after = _around(line, second, second)
    parts = (before, middle, after)
    whole = sum(map(len, parts))
    return (
        first + len(middle) == second
        and min(map(len, parts)) >= _LONG_PART
        and whole >= _LONG_WHOLE
    )


def _around(line: str, end: int, start: int) -> tuple[str, str]:
    """The word that ends at one place and the word that starts at the other, humps apart."""
    before = _WORD_BEFORE.search(line[max(0, end - _CONTEXT) : end])
    after = _WORD_AFTER.match(line[start : start + _CONTEXT])
    left, right = before.group() if before else "", after[1] if after else ""
    return _HUMP.split(left)[-1], _HUMP.split(right)[0]


def _in_address(line: str, place: int) -> bool:
    """Whether a place is inside an address, a file name or a handle."""
    left = line[max(0, place - _CONTEXT) : place].rpartition(" ")[2]
    right = line[place : place + _CONTEXT].partition(" ")[0]
    return bool(_ADDRESS.search(left + right))


def _known(word: str) -> bool:
    return frequency(word) >= (_SHORT_ZIPF if len(word) < 3 else _KNOWN_ZIPF)
