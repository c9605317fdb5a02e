"""Which of the record's sections each block belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.records import Block, SectionName
from harmonize.segments.tables import heading


def sections_of(blocks: Sequence[Block]) -> list[SectionName]:
    """The section of each block: that of the last heading that the table of headings knows.

    A line such as "Deadline: 5 May" belongs to the section of its own label, and the lines after
    it to the section before.

    >>> duty = Block(kind="bullet", text="Draft reports.", start=0, end=0)
    >>> sections_of([Block(kind="heading", text="Main duties:", start=0, end=0), duty])
    ['duties', 'duties']
    """
    current: SectionName = "other"
    sections: list[SectionName] = []
    for block in blocks:
        cue = heading(block.text.partition(":")[0]) if ":" in block.text else heading(block.text)
        if block.kind == "heading":
            current = cue.section if cue else current
            sections.append(current)
        else:
            labelled = cue if ":" in block.text else None
            sections.append(labelled.section if labelled else current)
    return sections
