"""All that a glossary says about one term."""

from __future__ import annotations

from harmonize.glossary.check import LANGUAGES
from harmonize.glossary.match import Matcher
from harmonize.glossary.model import Entry, Glossary, fold
from harmonize.glossary.patterns import forms

_NAMES = {"en": "English", "es": "Spanish"}


def look_up(glossary: Glossary, term: str) -> list[Entry]:
    """The entries that *term* can stand for, in either language and any form; drafts too.

    >>> glossary = Glossary(entries=(Entry(en="wage", es="salario"), Entry(en="band", es="banda")))
    >>> [entry.en for entry in look_up(glossary, "salarios")]
    ['wage']
    """
    wanted = fold(term)
    found = [entry for entry in glossary.entries if _has(entry, wanted)]
    matcher = Matcher(glossary)
    for language in LANGUAGES:
        for match in (*matcher.find(term, language), *matcher.find_avoided(term, language)):
            if match.text == term.strip():
                found += (match.entry, *match.others)
    return list({id(entry): entry for entry in found}.values())


def _has(entry: Entry, wanted: str) -> bool:
    named = (entry.en, entry.es, *entry.en_forms, *entry.avoid_en, *entry.avoid_es)
    return wanted in map(fold, named)


def describe(entry: Entry) -> dict[str, str]:
    """The entry's cells, the forms under which it is found, and its place.

    >>> describe(Entry(en="wage", es="salario", file="my.csv", line=2))["found in English"]
    'wage, wages'
    """
    found = {
        f"found in {_NAMES[language]}": ", ".join(
            form.text for form in forms(entry, language) if not form.avoided
        )
        for language in LANGUAGES
    }
    return {**entry.cells(), **found, "place": entry.place}
