"""Which of the record's sections each block belongs to.

Known headings decide.  Where there are none, the words of headings and texts are weighed: each
block gets points for each section (`cues`), a change of section costs some, and the cheapest way
through the posting is taken (the Viterbi algorithm), so that one odd line tears no list apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, get_args

from harmonize.flags import flag
from harmonize.harmonise.cues import Points, opens_with_verb, points
from harmonize.harmonise.employer import describes_one
from harmonize.harmonise.labels import fact_of, trimmed
from harmonize.harmonise.order import SECTION_TITLES
from harmonize.records import CELL, Block, Flag, SectionName
from harmonize.segments import tables
from harmonize.segments.tables import Cue, heading, key

NAMES: tuple[SectionName, ...] = get_args(SectionName)
_KNOWN = 100
"""Points of what a heading of the table says: nothing outweighs it."""
_LISTED = frozenset({"duties", "requirements", "benefits"})
_BELOW_KNOWN, _BELOW_KNOWN_LIST, _BELOW_GUESSED = 5, 2, 2
_BULLET_BELOW_KNOWN, _UNMARKED_BELOW_KNOWN = 12, 8
"""An item that lost its marker may be no item."""
_CHANGE, _CHANGE_IN_LIST, _CHANGE_BELOW_HEADING, _CHANGE_AT_TOP = 3, 6, 12, 1
_LINE_WORDS = 9
_LEAD_WORDS, _BARE_WORDS = 12, 6
_LABEL_WORDS, _LABELLED = 4, 80
_SURE = 8
"""Points of a phrase such as "you will bring", which hardly stands in anything but a heading."""
_ROWS = frozenset({"bullet", "table"})
_SUBJECT = re.compile(r"(?:The|This|El|La|Este|Esta|As an?) ")
_OF_US = re.compile(
    r"(?:We|Our|Nuestr[ao]s?|Somos|Nosotr[ao]s) (?!are (?:looking|seeking|hiring)|offer|seek|pay"
    r"|provide|need|ofrecemos|buscamos|pagamos|necesitamos)"
)
_WORD = re.compile(r"[^\W\d_]+")


class Placed(NamedTuple):
    """The section of a block; *guessed* where no heading of the table says so."""

    section: SectionName
    guessed: bool = False


class _Above(NamedTuple):
    """What stands above a block: the last section that a heading told, whether the last heading
    was a known one, whether it stands right above, whether a list has begun since, and whether
    the block right above is an item of it."""

    told: SectionName | None = None
    known: bool = False
    headed: bool = False
    listed: bool = False
    row: bool = False


class _Step(NamedTuple):
    """A block on the way: its points, and what it costs to change section before it."""

    at: int
    points: Points
    change: int
    told: SectionName | None


def sections_of(blocks: Sequence[Block]) -> list[Placed]:
    """The section of each block, in order.

    A line such as "Deadline: 5 May" belongs to the section of its own label, and the lines after
    it to the section before.

    >>> duty = Block(kind="bullet", text="Draft reports.", start=0, end=0)
    >>> sections_of([Block(kind="heading", text="Main duties:", start=0, end=0), duty])
    [Placed(section='duties', guessed=False), Placed(section='duties', guessed=False)]
    >>> sections_of([duty])
    [Placed(section='duties', guessed=True)]
    """
    placed: list[Placed] = [Placed("other")] * len(blocks)
    steps = _steps(blocks, placed)
    for step, section in zip(steps, _cheapest(steps), strict=True):
        placed[step.at] = Placed(section, section != step.told)
    return placed


def guess_flags(placed: Sequence[Placed], blocks: Sequence[Block]) -> dict[int, Flag]:
    """A flag for each heading that was guessed, and for the first of each run of such blocks.

    >>> duty = Block(kind="bullet", text="Draft reports.", start=0, end=0)
    >>> guess_flags([Placed("duties", True)] * 2, [duty] * 2)[0].message
    'No known heading says so: this was taken for “Duties” because of its words. Check it.'
    """
    flags: dict[int, Flag] = {}
    before = Placed("other")
    for at, (each, block) in enumerate(zip(placed, blocks, strict=True)):
        if each.guessed and (each != before or block.kind == "heading"):
            title = SECTION_TITLES[each.section]
            flags[at] = flag("section-guessed", section=title.en, section_es=title.es)
        before = each
    return flags


def _steps(blocks: Sequence[Block], placed: list[Placed]) -> list[_Step]:
    """The blocks whose section depends on their neighbours; the others go into *placed*."""
    steps: list[_Step] = []
    above = _Above()
    for at, block in enumerate(blocks):
        cue = _cue(block, above.told)
        if block.kind == "heading" or (cue is None and _leads(block)):
            above = _Above(cue.section if cue else above.told, cue is not None, headed=True)
            steps.append(_heading_step(at, block, cue, above.told))
        elif block.kind in _FIXED or cue:
            placed[at] = Placed(cue.section if cue else _FIXED[block.kind])
        else:
            steps.append(_text_step(at, block, above))
            row = block.kind in _ROWS
            if not (row or above.headed) and _tells_how_to_apply(steps[-1]):
                above = _Above("how_to_apply")
            above = above._replace(headed=False, listed=above.listed or row, row=row)
    return steps


_SENDING = re.compile(
    r"(?:please\s|por favor,?\s|interesad\S+\s|to apply,?\s|para postular\w*,?\s)?"
    r"(?:send|e-?mail|submit|apply|write|env[ií]\w+|mand[ea]\w*|escrib\w+|remit\w+|postul\w+)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s[|·•]\s")
"""A line that lists facts: "Managua | full time | US$ 1,200 a month"."""

_FIXED: dict[str, SectionName] = {"title": "facts", "boilerplate": "other"}


def _cue(block: Block, told: SectionName | None) -> Cue | None:
    """What the table of headings says of a heading, or of the label of a line."""
    if block.kind == "boilerplate":
        return None
    label, colon, _ = block.text.partition(CELL if block.kind == "table" else ":")
    if block.kind == "heading" or not colon:
        return _heading_cue(block.text) if block.kind == "heading" else None
    if block.kind in _ROWS and told in _LISTED:
        return None  # "Travel: visit the cooperatives" is a duty
    fact = fact_of(label)
    if fact in ("", "stop"):
        return heading(label) or _heading_cue(label)
    return Cue("requirements" if fact == "languages" else "facts", frozenset())


def _heading_cue(text: str) -> Cue | None:
    halves = [text, text.partition(":")[0], *text.replace("(", "/").split("/")]
    return next((cue for cue in map(heading, halves) if cue), None)


def _heading_step(at: int, block: Block, cue: Cue | None, told: SectionName | None) -> _Step:
    found: Points = points(block.text, "heading")
    if cue:
        found[cue.section] += _KNOWN
    elif told:
        found[told] += 1
    return _Step(at, found, 1, cue.section if cue else None)


def _text_step(at: int, block: Block, above: _Above) -> _Step:
    found = _text_points(block, above.told)
    row = block.kind in _ROWS
    if above.told:
        marked = _BULLET_BELOW_KNOWN if block.marker else _UNMARKED_BELOW_KNOWN
        known = marked if row else _BELOW_KNOWN_LIST if above.listed else _BELOW_KNOWN
        found[above.told] += known if above.known else _BELOW_GUESSED
    change = _CHANGE if above.told else _CHANGE_AT_TOP
    change = _CHANGE_IN_LIST if row and above.row else change
    told = above.told if above.known else None
    return _Step(at, found, _CHANGE_BELOW_HEADING if above.headed else change, told)


def _tells_how_to_apply(step: _Step) -> bool:
    """Whether a paragraph behind a list turns to applications: what follows belongs to it."""
    return step.points["how_to_apply"] >= max(_SURE, *step.points.values())


def _text_points(block: Block, told: SectionName | None) -> Points:
    found = points(block.text, "text")
    label, _, rest = block.text.partition(": ")
    if len(label.split()) <= _LABEL_WORDS and opens_with_verb(key(rest[:_LABELLED])):
        found["duties"] += 4  # "Sourcing: finds new suppliers"
    if block.kind == "paragraph":
        found["about"] += 6 * describes_one(block.text) + 3 * bool(_OF_US.match(block.text))
        found["purpose"] += 4 * _tells_the_job(block.text)
        found["how_to_apply"] += 4 * ("@" in block.text)
        found["how_to_apply"] += 6 * ("@" in block.text and bool(_SENDING.match(block.text)))
    found["facts"] += 4 * (block.kind == "table" and told is None)
    if block.kind == "contact":
        found["how_to_apply"] += 6 if "@" in block.text or told is None else 2
    if told is None and block.kind != "bullet":
        found["facts"] += 3 * _is_line(block.text) + 6 * (len(_PARTED.findall(block.text)) > 1)
    if not +found:
        found["other"] += 1
    return found


def _leads(block: Block) -> bool:
    """Whether a line leads over to what follows, as a heading does: "You will also:"."""
    words = len(block.text.split())
    if block.kind != "paragraph" or words > _LEAD_WORDS:
        return False
    bare = words <= _BARE_WORDS and block.text[-1:].isalpha()
    return block.text[-1:] in (":", "?") or (bare and _says_surely(block.text))


def _says_surely(text: str) -> bool:
    return max(points(text, "heading").values(), default=0) >= _SURE


def _is_line(text: str) -> bool:
    return len(text.split()) < _LINE_WORDS and trimmed(text)[-1:] == text[-1:]


def _tells_the_job(text: str) -> bool:
    """Whether *text* begins with a job as its subject: "The Field Officer leads …"."""
    start = text[:120]
    nouns = (key(word) for word in _WORD.findall(start.split(".")[0])[1:8])
    return _SUBJECT.match(start) is not None and any(noun in tables.words("jobs") for noun in nouns)


def _cheapest(steps: Sequence[_Step]) -> list[SectionName]:
    """The section of each step, so that points less the cost of changes are the most."""
    best: dict[SectionName, float] = dict.fromkeys(NAMES, 0.0)
    origins: list[dict[SectionName, SectionName]] = []
    for number, step in enumerate(steps):
        top = max(NAMES, key=lambda name: best[name])
        cost = step.change if number else 0
        origin = {name: name if best[name] >= best[top] - cost else top for name in NAMES}
        best = {
            name: best[origin[name]] - (cost if origin[name] != name else 0) + step.points[name]
            for name in NAMES
        }
        origins.append(origin)
    found = [max(NAMES, key=lambda name: best[name])] if steps else []
    for origin in reversed(origins[1:]):
        found.append(origin[found[-1]])
    return found[::-1]
