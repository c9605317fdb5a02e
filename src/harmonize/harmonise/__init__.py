"""From aligned segments to one record with the same fields for every posting."""

from harmonize.harmonise.facts import find_contacts, language_shares, title_of
from harmonize.harmonise.sections import sections_of

__all__ = ["find_contacts", "language_shares", "sections_of", "title_of"]
