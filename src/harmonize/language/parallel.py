"""Postings that come in both languages: which block is the author's own version of which.

Blocks are taken in runs of one language.  Where a run of one language meets a run of the other,
the two are laid beside each other, in order; the pairs count only if they fill most of what lies
between the first and the last of them, up to the place where the runs meet.  So an English
paragraph and its Spanish version are found, a list and its version, and two whole halves; two
texts that only touch the same subject are not.  When in doubt, nothing is paired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from harmonize.language.detect import HOME
from harmonize.language.evidence import Print, agrees, likely, likeness, print_of, sure
from harmonize.records import Block, Detection

_MOST_CELLS = 40_000
"""Runs longer than 200 blocks each are not compared: the work would grow with their product."""
_FILLED = 0.7
_SURE_SHARE = 1 / 3
_SUPPORT = 2
_MOST_ENCLOSED = 3
"""So many blocks on each side may face each other between two pairs."""
_FEW_WORDS = 8
"""So short a block may share nothing with its version."""
_HINT = 0.1
"""What two lone blocks must share if only one pair stands beside them."""

Pair = tuple[int, int]
Pairs = list[Pair]


def pairs(blocks: Sequence[Block], detections: Sequence[Detection]) -> Pairs:
    """Which blocks say the same in two languages: (first, its later version), in order.

    >>> from harmonize.language import detect_blocks
    >>> from harmonize.segments import segment
    >>> text = "We train 40 members of rural cooperatives.\\n\\n" \\
    ...        "Capacitamos a 40 miembros de cooperativas rurales.\\n"
    >>> blocks = segment(text)
    >>> pairs(blocks, detect_blocks(blocks))
    [(0, 1)]
    """
    runs = list(_runs(blocks, detections))
    prints = {at: print_of(blocks[at]) for run in runs for at in run} if len(runs) > 1 else {}
    laid = [_region(_laid(*both, prints), *both, prints) for both in pairwise(runs)]
    regions = _accepted(laid, prints)
    whole = [
        region or _between(regions, at, *both, prints)
        for at, (region, both) in enumerate(zip(regions, pairwise(runs), strict=True))
    ]
    return sorted(pair for region in whole for pair in region)


def _runs(blocks: Sequence[Block], detections: Sequence[Detection]) -> Iterator[list[int]]:
    """The places of neighbouring blocks in one language, English or Spanish by turns."""
    places = [
        at
        for at, (block, found) in enumerate(zip(blocks, detections, strict=True))
        if found.language in HOME and block.kind != "boilerplate"
    ]
    for _, run in groupby(places, key=lambda at: detections[at].language):
        yield list(run)


def _laid(first: list[int], second: list[int], prints: dict[int, Print]) -> Pairs:
    """The best way to lay *second* beside *first*, both in order; blocks may stay alone."""
    if len(first) * len(second) > _MOST_CELLS:
        return []
    above: list[tuple[float, Pairs]] = [(0.0, [])] * (len(second) + 1)
    for one in first:
        row: list[tuple[float, Pairs]] = [(0.0, [])]
        for at, two in enumerate(second):
            options = [above[at + 1], row[at]]
            if likely(prints[one], prints[two]):
                value, before = above[at]
                options.append((value + likeness(prints[one], prints[two]), [*before, (one, two)]))
            row.append(max(options, key=lambda option: option[0]))
        above = row
    return above[-1][1]


def _region(found: Pairs, first: list[int], second: list[int], prints: dict[int, Print]) -> Pairs:
    """*found* and what it encloses, if that fills the end of *first* and the start of *second*."""
    if not found:
        return []
    whole = sorted(found + _enclosed(found, first, second, prints))
    left = len(first) - first.index(whole[0][0])
    right = second.index(whole[-1][1]) + 1
    return whole if len(whole) >= _FILLED * max(left, right) else []


def _enclosed(found: Pairs, first: list[int], second: list[int], prints: dict[int, Print]) -> Pairs:
    """The few blocks that face each other between the pairs *found*, before them, or after."""
    frame = [(first[0] - 1, second[0] - 1), *found]
    if len(found) > 1:
        frame.append((first[-1] + 1, _list_end(found[-1][1], second, prints)))
    result: Pairs = []
    for before, after in pairwise(frame):
        left = [at for at in first if before[0] < at < after[0]]
        right = [at for at in second if before[1] < at < after[1]]
        facing = list(zip(left, right, strict=False))
        if len(left) == len(right) <= _MOST_ENCLOSED and _agree(facing, prints):
            result += facing
    return result


def _agree(facing: Pairs, prints: dict[int, Print]) -> bool:
    """Whether blocks may be versions of each other for no better reason than their places."""
    return all(
        agrees(prints[one], prints[two])
        and (prints[one].words <= _FEW_WORDS or likeness(prints[one], prints[two]) >= _HINT)
        for one, two in facing
    )


def _list_end(last: int, second: list[int], prints: dict[int, Print]) -> int:
    """Where the list that the block *last* stands in ends; right after it if it is in none."""
    end = last + 1
    while prints[last].kind == "bullet" and end in second and prints[end].kind == "bullet":
        end += 1
    return end


def _accepted(regions: list[Pairs], prints: dict[int, Print]) -> list[Pairs]:
    """*regions*, those emptied that neither carry themselves nor have the text's support."""
    certain = [sum(sure(prints[one], prints[two]) for one, two in region) for region in regions]
    result: list[Pairs] = []
    taken: set[int] = set()
    for region, own in zip(regions, certain, strict=True):
        places = {place for pair in region for place in pair}
        enough = own >= max(1, _SURE_SHARE * len(region)) or sum(certain) >= _SUPPORT
        result.append(region if enough and not places & taken else [])
        taken |= places if result[-1] else set()
    return result


def _between(
    regions: list[Pairs], at: int, first: list[int], second: list[int], prints: dict[int, Print]
) -> Pairs:
    """A lone block and the one after it, where the text gives every block twice, by turns."""
    alone = len(first) == len(second) == 1 and not any(regions[max(0, at - 1) : at + 2])
    if not alone or not agrees(prints[first[0]], prints[second[0]]):
        return []
    beside = sum(bool(regions[near]) for near in (at - 2, at + 2) if 0 <= near < len(regions))
    hint = likeness(prints[first[0]], prints[second[0]]) >= _HINT
    return [(first[0], second[0])] if beside == 2 or (beside and hint) else []
