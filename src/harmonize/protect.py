"""What no engine may touch: addresses, phone numbers, amounts of money, codes and dates.

Before a text goes to an engine, each of these is replaced by a short code word (`shield`); after,
each code word must have come back exactly once (`Shielded.restore`), or the text is translated in
pieces around them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from harmonize.again import once
from harmonize.dates import find_dates, with_article, write_date

_SIGN = r"(?:(?:US|MX|CA|AU|RD|HK|R|C|B/)?[$£€¥₡₲₱]|S/\.?)"
_LETTER_SIGN = r"\b(?:Q|L|Lps|Bs)\.?(?=\s?\d{1,3}[.,]\d{3})"
_ISO = r"\b(?:USD|EUR|GBP|MXN|DOP|COP|PEN|CRC|GTQ|HNL|NIO|BRL|ARS|CLP|BOB|UYU|PYG|CHF|CAD|AUD)\b"
_CURRENCY = rf"(?:{_SIGN}|{_ISO}|{_LETTER_SIGN})"
_NUMBER = r"\d{1,12}(?:[.,'’\u00a0 ]\d{3}){0,4}(?:[.,]\d{1,4})?"
_MAGNITUDE = r"(?:\s?(?:[kKmM]\b|MM\b))?"
_TLD = (
    "com|org|net|edu|gov|int|info|ngo|coop|mx|do|sv|gt|hn|ni|cr|pa|pe|bo|co|ec|ar|cl|uy|py|ve|br"
    "|es|uk|eu|us|ca|de|fr|nl|ch|COM|ORG|NET"
)
_LABEL = r"[A-Za-z0-9-]{1,63}\."
_HOST = r"[A-Za-zÀ-ɏ0-9-]"
# Two stars end an address: they are emphasis, and a text is cut at them.
_PATH = r"(?:[^\s<>\"“”*]|\*(?!\*))"

_RATES = (
    *(("hour", "hora"), ("hr", "hora"), ("day", "día"), ("week", "semana"), ("month", "mes")),
    *(("year", "año"), ("yr", "año")),
)
"""What an amount is paid for behind a stroke, in English and Spanish: "$20/hour"."""
NAME = "XNQNZ"
"""Stands for the name of a posting's organisation, where an engine must not see it."""

_PATTERNS = {
    "name": rf"\b{NAME}\b",
    "email": rf"[\w.+%-]{{1,64}}@{_HOST}{{1,63}}(?:\.{_HOST}{{1,63}}){{0,7}}\.{_HOST}{{2,63}}",
    "url": rf"(?:https?://|www\.){_PATH}{{1,2000}}",
    "domain": rf"\b(?:{_LABEL}){{0,4}}[A-Za-z0-9-]{{2,63}}\.(?:{_TLD})\b(?:/{_PATH}{{0,500}})?",
    "amount": rf"(?:{_CURRENCY}\s?{_NUMBER}{_MAGNITUDE}|\b{_NUMBER}{_MAGNITUDE}\s?{_CURRENCY})"
    rf"(?:\s?/\s?(?:{'|'.join(each for pair in _RATES for each in pair)})\b)?",
    "phone": r"(?<![\w+(/])(?:\(?\+\d{1,12}\)?(?:(?:[\s./-]|\s-\s)\(?\d{1,9}\)?|\(\d{1,5}\)){0,6}"
    r"|\(?\d{1,5}\)?(?:[\s./-]{0,2}\(?\d{2,5}\)?){1,5})(?!\w)",
    "time": r"\b\d{1,2}(?:[:.]\d\d)?\s?[aApP]\.?\s?[mM]\b(?:\.(?=\s?[^\sA-ZÁÉÍÓÚÑ¿¡]))?",
    "handle": r"(?<![\w@])[@#][A-Za-z_]\w{2,49}\b",
    "code": r"\b[A-Z]{1,6}\d{2,6}\b|\b(?=[\w/-]{0,39}\d)(?=[\w/-]{0,39}[A-Z])"
    r"[A-Z0-9][A-Za-z0-9]{0,19}(?:[/_-][A-Za-z0-9]{1,19}){1,5}\b",
}
_SOME = re.compile(rf"[\d@#]|https?://|www\.|\.(?:{_TLD})\b")
"""Of these each pattern needs one, and most texts have none."""
_PROTECTED = re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in _PATTERNS.items()))
# Dates, and numbers in groups: 2.000.000.
_OTHER_NUMBER = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d\d[./-]\d\d|\d{1,3}(?:\.\d{3})+"
)
_AFTER_ADDRESS = ".,;:!?)]}'’»*"
_LETTER = re.compile(r"[^\W\d_]")
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"


class Span(NamedTuple):
    """A protected stretch of a text: its offsets, its kind, and how it is written afterwards."""

    start: int
    end: int
    text: str
    kind: str


class Shielded(NamedTuple):
    """A text with code words in place of what is protected."""

    text: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]

    def restore(self, translated: str) -> str | None:
        """Put the protected texts back; None unless each code word stands there exactly once.

        >>> shielded = shield("Write to a@b.org.")
        >>> shielded.restore(shielded.text.replace("Write to", "Escriba a"))
        'Escriba a a@b.org.'
        >>> shielded.restore("Escriba.") is None
        True
        """
        if any(translated.count(word) != 1 for word in self.words):
            return None
        for word, span in zip(self.words, self.spans, strict=True):
            before, after = translated.split(word)
            written = span.text
            if span.kind == "date":
                before, written = with_article(before, written)
            if span.kind == "time" and before.endswith(" por "):  # by 5 p.m.
                before = before.removesuffix("por ") + "antes de las "
            translated = before + written + after
        return translated


def protected_spans(text: str, target: str = "") -> list[Span]:
    """Where *text* holds something that no engine may touch, in order, not overlapping.

    With a *target* language, dates and hours are among them, as that language writes them.

    >>> [span.text for span in protected_spans("Pay: £33,678 - £43,859. See https://x.org/a.")]
    ['£33,678', '£43,859', 'https://x.org/a']
    """
    return list(_spans(text, target))


@once(1024)  # every check of a segment asks for those of both its sides
def _spans(text: str, target: str) -> tuple[Span, ...]:
    if not _SOME.search(text):
        return ()
    spans = [
        Span(date.start, date.end, write_date(date, target), "date")
        for date in (find_dates(text) if target else ())
    ]
    for match in _PROTECTED.finditer(text):
        kind, words = match.lastgroup or "", match.group()
        if kind in {"url", "domain"}:
            words = _without_sentence_end(words)
        end = match.start() + len(words)
        if kind == "time" and not target:
            continue
        if kind == "amount":
            words = _rated(words, target)
        if kind == "time":
            words = _hour(words, target, stopped=text[end : end + 1] == ".")
        if kind != "phone" or _looks_like_phone(words):
            spans.append(Span(match.start(), end, words, kind))
    return tuple(_without_overlaps(spans))


def _rated(words: str, target: str) -> str:
    """An amount with what it is paid for as *target* says it.

    >>> _rated("$4,000/month", "es"), _rated("S/ 80 / día", "en"), _rated("$4,000/month", "")
    ('$4,000/mes', 'S/ 80 / day', '$4,000/month')
    """
    for english, spanish in _RATES if target else ():
        ours, theirs = (english, spanish) if target == "es" else (spanish, english)
        words = re.sub(rf"(/\s?){ours}$", rf"\g<1>{theirs}", words)
    return words


def _hour(words: str, target: str, *, stopped: bool) -> str:
    """An hour of the clock as *target* writes it; *stopped* where a full stop follows already.

    >>> _hour("9am", "es", stopped=False), _hour("5:30 P.M", "en", stopped=True)
    ('9 a. m.', '5:30 p.m')
    """
    digits = words.rstrip("aApPmM. ")
    half = "a" if "a" in words.casefold() else "p"
    return f"{digits} {half}.{' ' if target == 'es' else ''}m" + "." * (not stopped)


def shield(text: str, target: str = "") -> Shielded:
    """Replace each protected stretch by a code word that *text* does not hold."""
    spans = tuple(protected_spans(text, target))
    words: list[str] = []
    pieces: list[str] = []
    done = number = 0
    for span in spans:
        word = _code_word(number)
        while word in text:
            number += 1
            word = _code_word(number)
        number += 1
        words.append(word)
        pieces += (text[done : span.start], word)
        done = span.end
    return Shielded("".join([*pieces, text[done:]]), tuple(words), spans)


def pieces_around(text: str, target: str = "") -> list[tuple[str, bool]]:
    """*text* cut at its protected stretches: (piece, is it protected), in order."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for span in protected_spans(text, target):
        pieces += ((text[done : span.start], False), (span.text, True))
        done = span.end
    return [(piece, protected) for piece, protected in [*pieces, (text[done:], False)] if piece]


def has_words(text: str) -> bool:
    """Whether anything in *text* is there to be translated.

    >>> has_words("talent@x.org, £33,678"), has_words("Pay: £33,678")
    (False, True)
    """
    return any(_LETTER.search(piece) for piece, protected in pieces_around(text) if not protected)


def _code_word(number: int) -> str:
    """A capitalised word of consonants: no dictionary has it, and engines take it for a name."""
    first, second = divmod(number, len(_CONSONANTS))
    return f"X{_CONSONANTS[first % len(_CONSONANTS)]}Q{_CONSONANTS[second]}Z"


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """In order; of two that overlap, the one that begins first."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _looks_like_phone(words: str) -> bool:
    """Seven to fifteen digits (ITU-T E.164 allows fifteen), written as phone numbers are.

    >>> [_looks_like_phone(words) for words in ("+1 (503) 555-1234", "2222-3344", "2.000.000")]
    [True, True, False]
    """
    groups = re.findall(r"\d+", words)
    years = [group for group in groups if re.fullmatch(r"(?:19|20)\d\d", group)]
    if years == groups:
        return False  # (2024-2027)
    if not 7 <= sum(map(len, groups)) <= 15:
        return False
    if words.startswith(("+", "(")) or len(groups) >= 3:
        return not _OTHER_NUMBER.fullmatch(words)
    return len(groups) == 2 and "-" in words and not years


def _without_sentence_end(address: str) -> str:
    """The address without the punctuation of the sentence that it stands in."""
    while address and address[-1] in _AFTER_ADDRESS:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address
