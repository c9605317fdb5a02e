"""What must be on both sides alike: addresses, numbers, dates, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import simplemma

from harmonize.check.bitext import Bitext, Finding, found
from harmonize.check.listed import plain, stem
from harmonize.check.values import Value, unmatched, unsaid, values
from harmonize.glossary.model import Language
from harmonize.protect import Span, protected_spans

_IDENTICAL = frozenset(("email", "url", "domain", "handle", "code", "phone"))
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STARTS = re.compile(r"(?:^|[.!?:;•|\n–—-]\s*|[\"“«(¿¡]\s*)$")
_NAME_AT_LEAST = 4


def addresses(pair: Bitext) -> Iterator[Finding]:
    """Every e-mail address, web address, phone number and code is there as often, none is new.

    >>> list(addresses(Bitext("Write to a@b.org.", "Escriba.")))
    [Finding(rule='lost-address', facts={'text': 'a@b.org'})]
    """
    before, after = _identical(pair.source), _identical(pair.target)
    for key in before.keys() - after.keys():
        if not _is_there(before[key], pair.target):
            yield found("lost-address", text=before[key].text)
    for key in after.keys() - before.keys():
        if not _is_there(after[key], pair.source):
            yield found("added-address", text=after[key].text)


def _identical(text: str) -> dict[str, Span]:
    """What is to be the same on both sides, by how it is compared."""
    return {_key(span): span for span in protected_spans(text) if span.kind in _IDENTICAL}


def _key(span: Span) -> str:
    """A phone number is its digits."""
    return re.sub(r"\D", "", span.text) if span.kind == "phone" else span.text.casefold()


def _is_there(span: Span, text: str) -> bool:
    """Whether a text has it, where it is not seen as what it is: 1234-5678 beside "ext"."""
    if span.kind == "phone":
        return _key(span) in re.sub(r"\D", "", text)
    return re.search(rf"(?<!\w){re.escape(span.text)}(?!\w)", text, re.IGNORECASE) is not None


def numbers(pair: Bitext) -> Iterator[Finding]:
    """Numbers, dates and times are equal by value, however they are written.

    >>> list(numbers(Bitext("By March 3: 1,200.50", "Antes del 3 de marzo: 1.200,50")))
    []
    >>> [each.facts["text"] for each in numbers(Bitext("5 years", "50 años"))]
    ['5', '50']
    """
    ours, theirs = values(pair.source), values(pair.target)
    lost = Counter(value.text for value in unmatched(ours, theirs, pair.target))
    lost += _in_words(pair.source, pair.source_language, theirs, pair.target)
    added = Counter(value.text for value in unmatched(theirs, ours, pair.source))
    added += _in_words(pair.target, pair.target_language, ours, pair.source)
    yield from (found("lost-number", text=text) for text in lost)
    yield from (found("added-number", text=text) for text in added)


def _in_words(text: str, language: Language, theirs: list[Value], other: str) -> Counter[str]:
    """The numbers that a text says in words, and the other text not at all."""
    return Counter(unsaid(text, language, theirs, other))


def names(pair: Bitext) -> Iterator[Finding]:
    """A name that no dictionary of the source's language has is in the translation too.

    >>> [each.facts for each in names(Bitext("Work with Ixchel daily.", "Trabajar a diario."))]
    [{'text': 'Ixchel'}]
    """
    named = dict.fromkeys(_names(pair.source))
    target = plain(pair.target) if named else ""
    for name in named:
        bare = name.removesuffix("'s").removesuffix("’s")
        known = any(simplemma.is_known(bare, lang=language) for language in ("en", "es"))
        if not known and stem(plain(bare)) not in target:
            yield found("lost-name", text=name)


def _names(text: str) -> Iterator[str]:
    """Capitalised words inside of sentences that are no acronyms."""
    for word in _WORD.finditer(text):
        letters = word[0]
        first = _STARTS.search(text[max(0, word.start() - 4) : word.start()])
        large = letters[0].isupper() and not letters.removesuffix("s").isupper()
        if large and len(letters) >= _NAME_AT_LEAST and "-" not in letters and not first:
            yield letters
