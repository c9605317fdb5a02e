"""Facts of a posting that are read off its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from harmonize.protect import protected_spans
from harmonize.records import Bilingual, Contacts, Segment

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
    """The posting's title in both languages: its title segment, else its first heading or line."""
    for kinds in ({"title"}, {"heading"}, {"paragraph", "bullet"}):
        for segment in segments:
            if segment.kind in kinds and segment.en.text:
                return Bilingual(en=_shortened(segment.en.text), es=_shortened(segment.es.text))
    return Bilingual(en=fallback, es=fallback)


def _shortened(text: str) -> str:
    text = text.rstrip(":")
    if len(text) <= _TITLE_LENGTH:
        return text
    return text[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
