"""Formats that people take a posting away in: each a function from a posting to file contents."""

from harmonize.render.formats import DEFAULT_FORMATS, FORMATS, check_formats, writers
from harmonize.render.index import Entry, index_page

__all__ = ["DEFAULT_FORMATS", "FORMATS", "Entry", "check_formats", "index_page", "writers"]
