"""The main text of a web page, found by trafilatura."""

from __future__ import annotations

import re

from harmonize.batch.model import needs_extra
from harmonize.errors import RejectedInput

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Whether a text is a whole web page; what is only marked up is not.

    >>> is_page("<!DOCTYPE html><html>"), is_page("<p>Field officer</p>")
    (True, False)
    """
    return bool(_PAGE.match(text))


def main_text(page: bytes | str) -> str:
    """The text of a page without its furniture, as Markdown."""
    try:
        from trafilatura import extract
    except ImportError as error:
        raise needs_extra("A web page", error) from error
    try:
        # Comments are readers' words, not the posting's.
        text = extract(
            page, output_format="markdown", include_formatting=True, include_comments=False
        )
    except Exception as error:
        raise RejectedInput(f"The page cannot be read ({type(error).__name__}).") from error
    if not text:
        raise RejectedInput("No main text was found on the page.")
    return str(text)
