"""Terms that reviewers' edits ask for: the same words put in place of the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from harmonize.glossary.match import Matcher
from harmonize.glossary.model import Language
from harmonize.glossary.suggest import Passage, runs
from harmonize.glossary.tables import tables
from harmonize.records import Record

LONGEST = 5
"""Words of the longest replacement that is taken for a term."""

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")


class Edited(NamedTuple):
    """What a person made of a translation, and what was translated."""

    source: str
    language: Language
    before: str
    after: str


class Pair(Record):
    """Words that reviewers replaced by the same words again and again.

    ``term`` is the longest run of words that all their sources have, empty where there is none.
    """

    term: str
    language: Language
    instead_of: str
    better: str
    times: int
    example: str


def suggest_pairs(edits: Iterable[Edited], matcher: Matcher, least: int = 2) -> list[Pair]:
    """What *least* different rows were corrected alike in, the most frequent first.

    >>> from harmonize.glossary.model import Glossary
    >>> edits = [Edited(f"Hired hands {en}.", "en", f"Manos alquiladas {es}.", f"Jornaleros {es}.")
    ...     for en, es in (("rise", "madrugan"), ("come", "vienen"))]
    >>> [(p.term, p.instead_of, p.better) for p in suggest_pairs(edits, Matcher(Glossary()))]
    [('Hired hands', 'Manos alquiladas', 'Jornaleros')]
    """
    groups: dict[tuple[Language, str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for edit in edits:
        for before, after in _replaced(edit):
            key = edit.language, before.casefold(), after.casefold()
            groups[key].setdefault(edit.source, (before, after))
    found = [
        _pair(language, places, matcher)
        for (language, _, _), places in groups.items()
        if len(places) >= least
    ]
    return sorted(found, key=lambda each: (-each.times, each.better))


def _replaced(edit: Edited) -> Iterator[tuple[str, str]]:
    """The runs of words that were put in place of others; small words alone are no terms."""
    before, after = _WORD.findall(edit.before), _WORD.findall(edit.after)
    stops = tables("es" if edit.language == "en" else "en")["stopwords"]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        old, new = before[first:last], after[start:end]
        short = len(old) <= LONGEST and len(new) <= LONGEST
        words = [word for word in new if word.isalpha() and word.casefold() not in stops]
        if kind == "replace" and short and words:
            yield " ".join(old), " ".join(new)


def _pair(language: Language, places: dict[str, tuple[str, str]], matcher: Matcher) -> Pair:
    instead_of, better = next(iter(places.values()))
    shared = [
        dict(runs(Passage("", language, source), matcher, may_be_known=True)) for source in places
    ]
    keys = set(shared[0]).intersection(*shared[1:])
    best = max(keys, key=lambda key: (len(key.split()), len(key), key), default="")
    return Pair(
        term=shared[0].get(best, ""),
        language=language,
        instead_of=instead_of,
        better=better,
        times=len(places),
        example=next(iter(places))[:200],
    )
