"""English terms: plural, singular, possessive, and one spelling for British and American."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from harmonize.glossary.spanish import is_acronym, like
from harmonize.glossary.tables import tables

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$|quy$")
_PLURAL_ACRONYM = re.compile(r"[A-Za-z][A-Z]s$")
_LIKE = {
    re.compile(r"(?<=.)(?<!hu)(?<!ger)(?<!ro)(?<!tali)man$"): "men",
    re.compile(
        r"(?:(?<=wi)|(?<=li)|(?<=kni))fe$|(?:(?<=lea)|(?<=hal)|(?<=sel)|(?<=loa)|(?<=shel)|(?<=thie))f$"
    ): "ves",
    re.compile(r"person$"): "people",
    re.compile(r"sis$"): "ses",
}
"""Plurals by the word's ending: *midwives*, *salespeople*."""

_ENDINGS = (
    *(("men", "man"), ("people", "person"), ("ies", "y"), ("ves", "fe"), ("ves", "f")),
    *(("es", ""), ("s", ""), ("ses", "sis")),
)
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$", re.IGNORECASE)


def plural(term: str) -> str:
    """The plural of an English term in the singular: its head noun's.

    >>> [plural(term) for term in ("trade union", "head of department", "policy", "woman", "CV")]
    ['trade unions', 'heads of department', 'policies', 'women', 'CVs']
    """
    if term.lower() in _plurals_backwards():
        return term
    if given := tables("en")["plurals"].get(term.lower()):
        return like(term, given)
    before, head, after = _around_head(term)
    return before + _plural(head) + after


def _plural(word: str) -> str:
    small = word.lower()
    if small in tables("en")["invariable"] or is_plural(word):
        return word
    if is_acronym(word) or not word[1:].islower():
        return word + "s"  # CVs, MoUs
    if given := tables("en")["plurals"].get(small):
        return like(word, given)
    return like(word, _regular_plural(small))


def _regular_plural(word: str) -> str:
    for singular, plural in _LIKE.items():
        if singular.search(word):
            return singular.sub(plural, word)
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    if _SIBILANT.search(word) or word in tables("en")["es_plural"]:
        return word + "es"
    return word + "s"


def singular(term: str) -> str:
    """The singular of an English term in the plural; other terms come back as they are.

    >>> [singular(term) for term in ("trade unions", "heads of department", "policies", "women")]
    ['trade union', 'head of department', 'policy', 'woman']
    """
    backwards = _plurals_backwards()
    if term.lower() in backwards:
        return like(term, backwards[term.lower()])
    before, head, after = _around_head(term)
    return before + _singular(head) + after


def _singular(word: str) -> str:
    if given := _plurals_backwards().get(word.lower()):
        return like(word, given)
    if word.endswith("ses") and word[:-2] + "is" in tables("en")["no_plurals"]:
        return word[:-2] + "is"
    # Of all words that could have this plural, the first whose plural it is.
    for ending, other in _ENDINGS:
        candidate = word[: -len(ending)] + other
        if word.lower().endswith(ending) and candidate and _plural(candidate) == word:
            return candidate
    return word


@cache
def _plurals_backwards() -> dict[str, str]:
    return {plural.lower(): word for word, plural in tables("en")["plurals"].items()}


def is_plural(word: str) -> bool:
    """Whether *word* looks like a plural: rights, terms; not business, status, analysis.

    >>> [is_plural(word) for word in ("rights", "business", "status", "analysis", "women", "bus")]
    [True, False, False, False, True, False]
    """
    small = word.lower()
    if small in _plurals_backwards() or _PLURAL_ACRONYM.search(word):
        return True
    if small in tables("en")["no_plurals"] or is_acronym(word):
        return False
    if small.endswith(("women", "men", "people")):
        return True
    return len(small) > 3 and small.endswith("s") and not small.endswith(("ss", "us", "is", "'s"))


def possessive(term: str) -> str:
    """The possessive of an English term, singular or plural.

    >>> possessive("worker"), possessive("workers"), possessive("women"), possessive("boss")
    ("worker's", "workers'", "women's", "boss's")
    """
    last = term.rpartition(" ")[2]
    return term + ("'" if last.endswith("s") and is_plural(last) else "'s")


def unpossessive(word: str) -> str:
    """The word without its possessive mark.

    >>> unpossessive("workers’"), unpossessive("women's"), unpossessive("CV")
    ('workers', 'women', 'CV')
    """
    return re.sub(r"['’]s?$", "", word)


def verb_forms(verb: str) -> tuple[str, ...]:
    """The regular forms of an English verb, or of a phrase that begins with one.

    >>> verb_forms("assess")
    ('assess', 'assesses', 'assessed', 'assessing')
    >>> verb_forms("plan visits")[2:], verb_forms("supply")[1:3]
    (('planned visits', 'planning visits'), ('supplies', 'supplied'))
    """
    base, space, rest = verb.partition(" ")
    third = base[:-1] + "ies" if _CONSONANT_Y.search(base) else base + _third_ending(base)
    past = base[:-1] + "ied" if _CONSONANT_Y.search(base) else _stem(base).removesuffix("e") + "ed"
    ing = base[:-2] + "y" if base.endswith("ie") else _stem(base)
    return tuple(form + space + rest for form in (base, third, past, ing + "ing"))


def _third_ending(base: str) -> str:
    return "es" if _SIBILANT.search(base) or base.endswith("o") else "s"


def _stem(base: str) -> str:
    """What -ed and -ing are put to: assess, evaluat(e), plann."""
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1]
    if _DOUBLING.match(base) or base.lower() in tables("en")["doubling"]:
        return base + base[-1]
    return base


@lru_cache(maxsize=65536)
def one_spelling(word: str) -> str:
    """One spelling for both shores: the American one, or what the rules make of it.

    >>> one_spelling("organisations"), one_spelling("labour"), one_spelling("programmes")
    ('organizations', 'labor', 'programs')
    """
    for pattern, american in _spellings():
        changed, number = pattern.subn(american, word)
        if number:
            return changed
    return word


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = tables("en")["spelling"]
    return tuple((re.compile(rule["british"]), rule["american"]) for rule in rules)


def head(term: str) -> str:
    """The head noun: the last word before the first preposition.

    >>> head("head of department"), head("collective agreement")
    ('head', 'agreement')
    """
    return _around_head(term)[1]


def _around_head(term: str) -> tuple[str, str, str]:
    """What stands before the head noun, the head, and what stands behind it."""
    spans = [match.span() for match in re.finditer(r"\S+", term)]
    closers = tables("en")["closers"]
    last = [
        number
        for number, span in enumerate(spans)
        if number and term[slice(*span)].lower() in closers
    ]
    start, end = spans[last[0] - 1 if last else -1] if spans else (0, 0)
    start += term[start:end].rfind("-") + 1
    return term[:start], term[start:end], term[end:]
