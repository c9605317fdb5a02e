"""Facts of a posting that are read off its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from harmonize.protect import protected_spans
from harmonize.records import Bilingual, Contacts, Segment
from harmonize.segments import known_head

_TITLE_LENGTH = 120


def find_contacts(text: str) -> Contacts:
    """E-mail addresses, URLs and phone numbers in *text*, each once, as written.

    >>> find_contacts("Write to a@b.org, +503 2222-3344 or see www.b.org.")
    Contacts(emails=('a@b.org',), urls=('www.b.org',), phones=('+503 2222-3344',))
    """
    spans = protected_spans(text)

    def of(*kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(span.text for span in spans if span.kind in kinds))

    return Contacts(emails=of("email"), urls=of("url", "domain"), phones=of("phone"))


def language_shares(texts: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Each language's share of the letters, from pairs of language and text; the largest first.

    >>> language_shares([("en", "abc"), ("es", "d"), ("en", "ef")])
    {'en': 0.83, 'es': 0.17}
    """
    letters: Counter[str] = Counter()
    for language, text in texts:
        letters[language] += sum(letter.isalpha() for letter in text)
    total = letters.total()
    return {name: round(count / total, 2) for name, count in letters.most_common() if count}


def title_of(segments: Sequence[Segment], fallback: str) -> Bilingual:
    """The posting's title in both languages, without a label such as "Job title:".

    *fallback* where no segment is a title: a heading would be a guess.
    """
    for segment in segments:
        if segment.kind == "title":
            return Bilingual(en=_bare(segment.en.text, "en"), es=_bare(segment.es.text, "es"))
    return Bilingual(en=fallback, es=fallback)


def _bare(text: str, language: str) -> str:
    head = known_head(text, language)
    label = head.words if head and head.words.endswith(":") else ""
    return _shortened(text.removeprefix(label).strip() or text)


def _shortened(text: str) -> str:
    text = text.rstrip(":")
    if len(text) <= _TITLE_LENGTH:
        return text
    return text[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
