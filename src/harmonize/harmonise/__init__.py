"""From aligned segments to one record with the same fields for every posting."""

from harmonize.harmonise.contacts import find_contacts
from harmonize.harmonise.facts import Findings, language_shares, read_rows
from harmonize.harmonise.order import SECTION_TITLES, by_section
from harmonize.harmonise.title import title_of

__all__ = [
    "SECTION_TITLES",
    "Findings",
    "by_section",
    "find_contacts",
    "language_shares",
    "read_rows",
    "title_of",
]
