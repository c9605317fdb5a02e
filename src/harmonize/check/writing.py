"""How a translation is written: marks, brackets, capitals, what stands there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy.badness

from harmonize.check.bitext import Bitext, Finding, found
from harmonize.protect import protected_spans

_ENGINE_MARK = re.compile(
    r"▁\S*|<unk>|⁇|(?<![\w*])[*@#][^\W\d_][\w-]{2,}(?![\w*.])|\^\w[^$^\s]*\$|\bX[B-Z]Q[B-Z]Z\b"
)
_LOST = re.compile("\\S{0,20}\N{REPLACEMENT CHARACTER}\\S{0,20}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DOUBLED = re.compile(r"\b([^\W\d_]{2,})[ \t]+\1\b", re.IGNORECASE)
_MAY_DOUBLE = frozenset("had that que nos bye cha muy no".split())
_SYLLABLES = re.compile(r"([^\W\d_]{4,12})\1", re.IGNORECASE)
_LETTERS_AGAIN = re.compile(r"([^\W\d_]{1,3})\1{4,}")
_LONGEST_PHRASE = 8
_TIMES = 3
_EMPTIED = 0.75
"""What a text's `growth` is at most that has lost what stood in brackets."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_FIRST_WORD = re.compile(r"[\W_]*([^\W\d_]+)")
_NO_PARTNER = re.compile(
    r"(?<![\w(])(?:\d{1,2}|[A-Za-z]|[ivx]{2,4})\)|(?<=\w)\((?:e?s|as?|os?|es)\)"
)


def garbled(pair: Bitext) -> Iterator[Finding]:
    """Mojibake and replacement characters in the translation.

    >>> [each.facts["text"] for each in garbled(Bitext("The function", "La funciÃ³n"))]
    ['funciÃ³n']
    """
    for word in dict.fromkeys(pair.target.split()):
        if ftfy.badness.is_bad(word) and word not in pair.source:
            yield found("garbled", text=word)
    for match in _LOST.finditer(pair.target):
        yield found("garbled", text=match[0])


def engine_marks(pair: Bitext) -> Iterator[Finding]:
    """What engines leave behind: `*word`, `▁`, `<unk>`, our own code words.

    >>> [each.facts["text"] for each in engine_marks(Bitext("the premium", "la *premium"))]
    ['*premium']
    """
    for text in dict.fromkeys(_ENGINE_MARK.findall(pair.target)):
        if text not in pair.source:
            yield found("engine-mark", text=text)


def repetition(pair: Bitext) -> Iterator[Finding]:
    """A word or phrase said again and again, which the source does not do.

    >>> [each.facts["text"] for each in repetition(Bitext("mainstream", "mainstremainstre"))]
    ['mainstremainstre']
    >>> [each.facts["text"] for each in repetition(Bitext("x", "los derechos " * 3))]
    ['los derechos']
    """
    for word in _WORD.findall(pair.target):
        stuck = _SYLLABLES.search(word) or _LETTERS_AGAIN.search(word)
        if stuck and word.casefold() not in pair.source.casefold():
            yield found("repetition", text=word)
    phrase = _said_again(pair.target)
    if phrase and not _said_again(pair.source):
        yield found("repetition", text=phrase)


def _said_again(text: str) -> str:
    """The first phrase of up to eight words that stands there three times in a row."""
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    for size in range(1, _LONGEST_PHRASE + 1):
        run = 0
        for at in range(size, len(words)):
            run = run + 1 if words[at] == words[at - size] else 0
            if run >= size * (_TIMES - 1) and any(c.isalpha() for c in words[at]):
                return " ".join(words[at - size + 1 : at + 1])
    return ""


def doubled(pair: Bitext) -> Iterator[Finding]:
    """ "de de": the same word twice, where the source has nothing of the kind.

    >>> [each.facts["text"] for each in doubled(Bitext("the rights", "los los derechos"))]
    ['los']
    """
    if _DOUBLED.search(pair.source):
        return
    for match in _DOUBLED.finditer(pair.target):
        if match[1].lower() not in _MAY_DOUBLE:
            yield found("doubled-word", text=match[1])


def brackets(pair: Bitext) -> Iterator[Finding]:
    """Each bracket has its partner, and what stood in brackets is there: "Lima (Perú)" may go.

    >>> list(brackets(Bitext("Unions (local)", "Sindicatos (locales")))
    [Finding(rule='brackets', facts={'source': '()', 'target': '('})]
    """
    before, after = _brackets(pair.source), _brackets(pair.target)
    apart = len(before) - len(after)
    emptied = apart > 0 and pair.growth < _EMPTIED
    if before != after and (_unpaired(after) or abs(apart) > len("()") or emptied):
        yield found("brackets", source=before or "–", target=after or "–")


def _brackets(text: str) -> str:
    """The brackets in order, but for those of "1)" and of the endings of "worker(s)"."""
    kept = _NO_PARTNER.sub("", text)
    for span in protected_spans(text):  # (502) 2222-3344
        kept = kept.replace(span.text, "")
    return "".join(c for c in kept if c in "()[]")


def _unpaired(marks: str) -> bool:
    while "()" in marks or "[]" in marks:
        marks = marks.replace("()", "").replace("[]", "")
    return bool(marks)


def quotes(pair: Bitext) -> Iterator[Finding]:
    """Quotation marks come in pairs, unless the source's do not.

    >>> list(quotes(Bitext("the “brand”", "la “marca")))
    [Finding(rule='quotes', facts={})]
    """
    if _partnerless(pair.target) and not _partnerless(pair.source):
        yield found("quotes")


def _partnerless(text: str) -> bool:
    pairs = (("“", "”"), ("«", "»"))
    odd = text.count('"') % 2 == 1
    return odd or any(text.count(first) != text.count(last) for first, last in pairs)


def inverted_marks(pair: Bitext) -> Iterator[Finding]:
    """Spanish opens a question or exclamation with ¿ or ¡.

    >>> [each.facts["mark"] for each in inverted_marks(Bitext("Who are we?", "Quiénes somos?"))]
    ['¿']
    """
    if pair.target_language != "es":
        return
    for closing, opening in (("?", "¿"), ("!", "¡")):
        closed = len(re.findall(rf"\{closing}+", pair.target))
        # An address may have a question mark in it.
        if closed > pair.target.count(opening) and "://" not in pair.target:
            yield found("inverted-marks", mark=opening)


def capitals(pair: Bitext) -> Iterator[Finding]:
    """Both sides begin alike, and both are in capitals or neither.

    >>> [each.facts for each in capitals(Bitext("Support members", "apoyar a miembros"))]
    [{'source': 'S', 'target': 'a'}]
    """
    loud = [
        text.isupper() and " " in text.strip() and bool(_LONG_WORD.search(text))
        for text in pair[:2]
    ]
    if loud[0] != loud[1]:
        yield found("all-capitals")
    before, after = (_FIRST_WORD.match(text) for text in pair[:2])
    if before and after and before[1][0].isupper() != after[1][0].isupper():
        acronym = any(word[1][1:] != word[1][1:].lower() for word in (before, after))
        if not acronym and before[1] != "I":
            yield found("capitals", source=before[1][0], target=after[1][0])
