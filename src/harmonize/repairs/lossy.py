"""Letters that became ``?`` or U+FFFD: put back where exactly one word fits.

These are guesses, with a confidence of at most 0.7; their rules begin with ``lost-``.  ``?`` is an
ordinary sign too, so one at a word's end counts as a letter only where another word of the same
line has lost a letter inside, and the sentence goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from harmonize.repairs.edits import Edit
from harmonize.repairs.lexicon import ACCENTED, frequency, gaps, is_cut_elsewhere, lexicon
from harmonize.repairs.notes import Findings, Note

LOST = "\N{REPLACEMENT CHARACTER}"
_TRUST = {LOST: 0.7, "?": 0.6}
_RULES = {LOST: "lost-letter", "?": "lost-letter-question-mark"}
_TOUCHED = re.compile(rf"[?{LOST}](?:(?<=[^\W\d_].)|(?=[?{LOST}]?[^\W\d_]))")
_RUN = re.compile(rf"[?{LOST}]{{0,2}}[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ?{LOST}]{{0,40}}")
_INSIDE = re.compile(rf"[A-Za-zÀ-ÿ][?{LOST}]{{1,2}}[A-Za-zÀ-ÿ]")
_GOES_ON = re.compile(r"[”»\")]? [a-z0-9(]|[.,;:]")
_CODE = re.compile(r"[=&@\\_$%*+|^<>{}\[\]#~]|://|www\.|\.[A-Za-z]{2,5}\?|/\?")
"""Signs of an address, a pattern or a program in a token: there ``?`` means something."""
_GAP = re.compile(rf"[?{LOST}]")
_PAIR = re.compile(rf"[?{LOST}]{{2}}")
_LONGEST = 80
"""Code points before a word in which its token may start."""
_CONTEXT = 400
"""Code points on each side of a word that are looked at."""
_HALF = re.compile(rf"Ã[?{LOST}]")
"""The first byte of a Spanish letter in UTF-8, its second byte gone."""
_NO_RIVAL = 1.3
"""A word that is this much rarer (Zipf, powers of ten) than another does not count as fitting."""
_LEAST_ZIPF = 1.5
_COMMON_ZIPF = 3.0
_SURE_ZIPF = 4.0
"""How common a word must be for a ``?`` at its start or end to be a letter, with no other sign."""
_FIRST_PERSON = re.compile(r"\b(yo|me|mi|mis|conmigo|estoy|soy|tengo|he)\b", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(^|[.!…]\s+|[\n•*–-]\s*)[“\"«(¿¡]*$")
_ENGLISH = re.compile(rf"([A-Za-z]{{2,}})[?{LOST}](s|t|re|ve|ll|d|m)", re.IGNORECASE)
_NEGATED = re.compile(
    r"(are|ca|could|did|does|do|had|has|have|is|must|need|should|was|were|wo|would)n", re.IGNORECASE
)
_PRONOUNS = {"you", "we", "they", "he", "she", "it", "that", "who", "there", "what"}


class _Word(NamedTuple):
    """A run of letters and gaps, and what stands around it in its line."""

    start: int
    text: str
    inside: bool
    before: str
    after: str


class _Reading(NamedTuple):
    """One way to take a run: signs before and after it, and the word with its gaps."""

    head: str
    body: str
    tail: str
    least: float
    """How common (Zipf) a word must be to be believed in."""


def fill_gaps(text: str) -> Findings:
    """Put lost letters back.

    >>> [(e.start, e.after) for e in fill_gaps("La funci?n principal: ¿por qué?").edits]
    [(3, 'función')]
    """
    edits: list[Edit] = []
    notes: list[Note] = []
    for line in _lines(text):
        damaged = sum(1 for word in line if word.inside and _filled(word, damaged=False))
        for word in line:
            filled = _filled(word, damaged=damaged > word.inside or LOST in word.text)
            end = word.start + len(word.text)
            if filled == [word.text]:
                continue
            if len(filled) == 1:
                sign = LOST if LOST in word.text else "?"
                edits.append(Edit(word.start, end, filled[0], _RULES[sign], _TRUST[sign]))
            elif filled or LOST in word.text:
                fitting = " and ".join(filled) or "no known word"
                notes.append(Note(word.start, end, "lost-letter", f"what fits: {fitting}"))
    return Findings(edits, notes)


def _lines(text: str) -> Iterator[list[_Word]]:
    """The words with gaps of each line that has some."""
    for start, line in _damaged_lines(text):
        words = [
            _word(line, start, match)
            for match in _RUN.finditer(line)
            if _GAP.search(match.group()) and (LOST in match.group() or not _is_code(line, match))
        ]
        if words:
            yield words


def _damaged_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with a gap that touches a letter, and where they start."""
    done = 0
    for gap in _TOUCHED.finditer(text):
        if gap.start() >= done:
            start, end = text.rfind("\n", 0, gap.start()) + 1, text.find("\n", gap.start())
            done = end if end >= 0 else len(text)
            yield start, text[start:done]


def _word(line: str, start: int, match: re.Match[str]) -> _Word:
    run = match.group()
    before = line[max(0, match.start() - _CONTEXT) : match.start()]
    after = line[match.end() : match.end() + _CONTEXT]
    return _Word(start + match.start(), run, bool(_INSIDE.search(run)), before, after)


def _is_code(line: str, match: re.Match[str]) -> bool:
    """Whether a word stands in an address, a pattern or a program."""
    low = max(0, match.start() - _LONGEST)
    start = max(line.rfind(space, low, match.start()) for space in " \t") + 1
    token = line[start or low : match.end() + 20].split(maxsplit=1)
    return bool(token) and bool(_CODE.search(token[0]))


def _filled(word: _Word, *, damaged: bool) -> list[str]:
    """The run as it should read, for each word that fits the first reading that has any."""
    for reading in _readings(word, damaged=damaged):
        if not _GAP.search(reading.body):
            return [reading.head + reading.body + reading.tail]
        found = _fits(reading.body, word)
        if found and not (reading.least and _rarest(found) < reading.least):
            return [reading.head + fit + reading.tail for fit in found]
    return []


def _readings(word: _Word, *, damaged: bool) -> Iterator[_Reading]:
    """What gaps at either end may be: letters, marks that open a sentence, or themselves."""
    core = word.text.strip("?" + LOST)
    at = word.text.index(core)
    head, tail = word.text[:at], word.text[at + len(core) :]
    for letters, signs, least in _tails(word, core, tail, damaged=damaged):
        if head and core[0].isupper():
            yield from _opened(word, core + letters, signs, damaged=damaged)
        if not head or core[0].islower() or core.isupper():
            sure = damaged or not head
            yield _Reading("", head + core + letters, signs, least if sure else _SURE_ZIPF)


def _tails(word: _Word, core: str, tail: str, *, damaged: bool) -> Iterator[tuple[str, str, float]]:
    """Letters and signs that gaps at the end may be, and how common (Zipf) the word must be."""
    if not tail:
        yield "", "", 0.0
        return
    if LOST in tail or (damaged and _GOES_ON.match(word.after)):
        yield tail, "", 0.0
    if "?" in tail[-1]:
        if len(tail) > 1 and damaged:
            yield tail[:-1], tail[-1], 0.0
        if not _closes_question(word) and not _known_anywhere(core):
            yield tail, "", _SURE_ZIPF
        yield "", tail, 0.0


def _closes_question(word: _Word) -> bool:
    return "¿" in word.before.rpartition("?")[2] or word.text.startswith("?")


def _known_anywhere(word: str) -> bool:
    return len(word) < 3 or frequency(word) > _LEAST_ZIPF or is_cut_elsewhere(word)


def _rarest(words: list[str]) -> float:
    return min(map(_spanish, words))


def _opened(word: _Word, body: str, tail: str, *, damaged: bool) -> Iterator[_Reading]:
    """The reading in which the gap before a capital is the mark that opens a sentence."""
    closing = re.search("[?!]", tail + word.after)
    if closing and damaged:
        yield _Reading("¿" if closing.group() == "?" else "¡", body, tail, 0.0)


def _fits(body: str, word: _Word) -> list[str]:
    """The words that a body may be, in its capitals; two gaps may stand for one letter."""
    for spelling in dict.fromkeys((body, _PAIR.sub("?", body), _HALF.sub("?", body))):
        words = _spanish_fits(spelling.lower().replace(LOST, "?"))
        if words:
            words = _third_person(words, word)
            start = bool(_SENTENCE_START.search(word.before))
            return [_capitals_of(spelling, fit, start=start) for fit in words]
    return _english_fits(body)


def _third_person(words: list[str], word: _Word) -> list[str]:
    """Without forms such as *trabajé* beside *trabajó*, unless the line speaks of its writer."""
    if len(words) < 2 or _FIRST_PERSON.search(word.before + word.after):
        return words
    others = {w[:-1] for w in words if w.endswith("ó")} | {
        w[:-1] for w in words if w.endswith("rá")
    }
    return [w for w in words if not (w.endswith("é") and w[:-1] in others)]


def _spanish_fits(body: str) -> list[str]:
    skeleton = body.translate(_SKELETON)
    rated = {
        word: _spanish(word)
        for word in gaps().get(skeleton, ())
        if all(gap in {"?", letter} for gap, letter in zip(body, word, strict=True))
    }
    highest = max(rated.values(), default=0.0)
    least = max(highest - _NO_RIVAL, _LEAST_ZIPF)
    return sorted(word for word, zipf in rated.items() if zipf >= least)


_SKELETON = str.maketrans(dict.fromkeys(ACCENTED, "?"))


def _english_fits(body: str) -> list[str]:
    """A lost apostrophe: ``worker?s``, ``don?t``."""
    match = _ENGLISH.fullmatch(body)
    if not match:
        return []
    base, end = match[1].lower(), match[2].lower()
    if end == "t":
        fits = bool(_NEGATED.fullmatch(base))
    elif end == "s":
        fits = lexicon().english.get(base, 0.0) >= _COMMON_ZIPF
    else:
        fits = base in _PRONOUNS
    return [f"{match[1]}’{match[2]}"] if fits else []


def _spanish(word: str) -> float:
    return lexicon().spanish.get(word.lower(), 0.0)


def _capitals_of(pattern: str, word: str, *, start: bool) -> str:
    """The word, its letters capital where the pattern's are; a gap goes with its neighbours."""
    letters = [char for char in pattern if char.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return word.upper()
    capitals = [sign.isupper() for sign in pattern]
    capitals[0] = capitals[0] or (start and _GAP.match(pattern) is not None)
    return "".join(
        letter.upper() if capital else letter
        for capital, letter in zip(capitals, word, strict=True)
    )
