"""Plain text of one language's version, for pasting anywhere."""

from __future__ import annotations

from harmonize.records import Posting, Segment
from harmonize.render.inline import on_one_line
from harmonize.render.view import Language, groups, shown, words_of


def plain_text(posting: Posting, language: Language) -> str:
    """One line for each segment, with its list marker; boilerplate left out."""
    blocks = (
        "\n".join(_line(segment, language) for segment in group.segments)
        for group in groups(shown(posting))
    )
    return "\n\n".join(blocks) + "\n"


def _line(segment: Segment, language: Language) -> str:
    marker = f"{on_one_line(segment.marker)} " if segment.kind == "bullet" else ""
    return "  " * segment.level + marker.lstrip() + on_one_line(words_of(segment, language))
