"""Plain text of one language's version, for pasting anywhere."""

from __future__ import annotations

from harmonize.records import Posting
from harmonize.render.markdown import Language, side_of


def plain_text(posting: Posting, language: Language) -> str:
    """One block for each segment, with its list marker; boilerplate left out."""
    lines: list[str] = []
    previous = ""
    for segment in posting.segments:
        if segment.kind == "boilerplate":
            continue
        together = segment.kind == previous and segment.kind in {"bullet", "table"}
        lines += [] if together or not lines else [""]
        marker = f"{segment.marker} " if segment.marker and segment.kind == "bullet" else ""
        lines.append("  " * segment.level + marker + side_of(segment, language).text)
        previous = segment.kind
    return "\n".join(lines) + "\n"
