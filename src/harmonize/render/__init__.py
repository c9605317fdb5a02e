"""Formats that people take a posting away in: each a function from a posting to file contents."""

from harmonize.render.formats import DEFAULT_FORMATS, FORMATS, check_formats, writers
from harmonize.render.html import index_page

__all__ = ["DEFAULT_FORMATS", "FORMATS", "check_formats", "index_page", "writers"]
