"""Text that ran together: where a heading, a paragraph or a duty starts without a line break.

Each rule asks for evidence that a break was lost, so that "PowerPoint" and "U.S." stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from harmonize.segments import tables
from harmonize.segments.lines import Line, glued

_SENTENCE = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=[)\]”\"%])|(?<=\d\d))[.;!?][)”\"]?"
    r"(?=[“\"¿¡(]?(?!Com\b|Org\b|Net\b)[A-ZÁÉÍÓÚÑ](?:[a-záéíóúñ]|\s))"
)
"""A sentence ends and the next starts with no space between: "…economy.Summary of Position"."""

_CAMEL = re.compile(
    r"(?<=[^\W\d_][a-záéíóúñ])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ])"
    r"|(?<=[®™])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z]+ [a-z])"
    r"|(?<=[a-záéíóúñ]{3})(?=[A-Z] [a-z])"
)
"""A capital right after a small letter: "Staffing PositionsGeographical Links"."""

_ALWAYS = re.compile(r"(?<=\S)(?=©)|(?<=[a-z]\))(?=[A-ZÁÉÍÓÚÑ][a-z]{2})")
_SIGN = re.compile(r"[•▪●◦■➢✓](?=\s*\w)")
_COLON = re.compile(r"(?<=[\w)]) ?:(?:\*\*)?")
_QUESTION = re.compile(r"(¿?[^?¿.!:]{3,60}\?)\s+(?=\w)")
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"\w{1,40}")
_CAPITAL = re.compile(r"\*{0,2}[A-ZÁÉÍÓÚÑ¿]")
_TAIL = re.compile(r"\.(?=[A-Z][a-z])")
_LABEL_REACH = 60
_MANY = 4
"""So many capitals inside words on one line are not names any more: the line lost its breaks."""
_MANY_FACTS = 2
"""So many labels of facts in the middle of a line: it is a list of facts that lost its breaks."""
_PLAIN = frozenset({"facts", "other"})
"""After a label of these sections stands a short fact; both stay together."""
_FACT_WORDS = 7
_SOLID = 450
"""Code points from which a paragraph can be a whole posting, or half of one."""
_NEXT = re.compile(r"(?<=\w{2})[.!?]\s+(?=[A-ZÁÉÍÓÚÑ¿¡])")
_FEW_WORDS = 2
"""After "Requirements:" fewer words than that are enough to stand alone."""


def cut(text: str, line: Line) -> Iterator[Line]:
    """The parts of *line*; most often the line itself.

    >>> text = "We fight for workers.Purpose: The Specialist will train and advise the members."
    >>> whole = Line(0, 0, len(text))
    >>> [part.words(text) for part in cut(text, whole)][1:]
    ['Purpose:', 'The Specialist will train and advise the members.']
    """
    words = line.words(text)
    cuttable = "\t" not in words and line.body < line.end
    places = sorted({_word_from(words, at) for at in _places(words)}) if cuttable else []
    start = line
    for at in places:
        place = line.body + at
        yield replace(start, end=start.body + len(text[start.body : place].rstrip()))
        start = glued(text, place, line)
    yield start


def _word_from(words: str, at: int) -> int:
    """Where the text begins that follows a place: places on both sides of a space are one."""
    return len(words) - len(words[at:].lstrip())


def cut_solid(text: str, parts: Sequence[Line]) -> list[Line]:
    """*parts*, with a long paragraph cut where it turns to another subject, if none is a heading.

    >>> text = "We weave. " * 60 + "To apply, send us a letter. You will learn."
    >>> [part.words(text)[:8] for part in cut_solid(text, [Line(0, 0, len(text))])]
    ['We weave', 'To apply', 'You will']
    """
    if any(_is_headed(text, part) for part in parts):
        return list(parts)
    return [piece for part in parts for piece in _turns(text, part)]


def _is_headed(text: str, part: Line) -> bool:
    words = text[part.body : min(part.end, part.body + _LABEL_REACH)]
    head = words.partition(":")[0]
    cue = tables.heading(head)
    return bool(part.marker) or (cue is not None and cue.section not in _PLAIN)


def _turns(text: str, part: Line) -> Iterator[Line]:
    start = part
    if part.end - part.body >= _SOLID:
        for found in _NEXT.finditer(text, part.body, part.end):
            words = [tables.key(word) for word in text[found.end() : found.end() + 60].split()[:3]]
            if not tables.words("turns").isdisjoint(" ".join(words[:n]) for n in (1, 2, 3)):
                yield replace(start, end=found.start() + 1)
                start = glued(text, found.end(), part)
    yield start


def _places(words: str) -> Iterator[int]:
    """Where to cut *words*, in any order, some perhaps twice."""
    plain = _TOKEN.sub(_hidden, words)
    lost = {found.end() for found in _SENTENCE.finditer(plain)} | set(_capitals(plain))
    yield from lost
    yield from (found.start() for found in _ALWAYS.finditer(plain))
    yield from _signs(plain)
    yield from _question(words)
    yield from _labels(plain, lost)


def _hidden(token: re.Match[str]) -> str:
    """An address with its letters blotted out, up to a sentence glued to its end."""
    word = token.group()
    if "@" not in word and "://" not in word and not word.startswith("www."):
        return word
    tail = _TAIL.search(word)
    hidden = tail.start() if tail else len(word)
    return "x" * hidden + word[hidden:]


def _capitals(words: str) -> list[int]:
    places = [at for at in map(re.Match.start, _CAMEL.finditer(words)) if not _is_name(words, at)]
    if len(places) >= _MANY:
        return places
    return [at for at in places if _opens(words, at)]


def _is_name(words: str, at: int) -> bool:
    """Whether the word around *at* is a known name such as PowerPoint."""
    start = at
    while start > 0 and at - start < 20 and words[start - 1].isalnum():
        start -= 1
    word = _WORD.match(words, start)
    return word is not None and word.group().removesuffix("s") in tables.words("camel")


def _opens(words: str, at: int) -> bool:
    """Whether a word that often starts a sentence stands at *at*, with another word after it."""
    word = _WORD.match(words, at)
    if word is None or words[word.end() : word.end() + 1] != " ":
        return False
    return word.group().lower() in tables.words("openers")


def _signs(words: str) -> list[int]:
    """Bullets inside a line, if there are at least two."""
    places = [found.start() for found in _SIGN.finditer(words)]
    return places if len(places) > 1 else []


def _question(words: str) -> Iterator[int]:
    """Behind a known heading that is a question of several words: "¿Quiénes somos? Somos …"."""
    found = _QUESTION.match(words)
    if found and " " in found[1] and tables.heading(found[1]):
        yield found.end()


def _labels(words: str, lost: set[int]) -> Iterator[int]:
    """Before each known label that starts a sentence, and after it where a text follows."""
    ended = 0
    facts: list[int] = []
    for colon in _COLON.finditer(words):
        floor = max(ended, colon.start() - _LABEL_REACH)
        start = _label_start(words, floor, colon.start(), lost)
        ended = colon.end()
        if start is None:
            facts += _fact_start(words, floor, colon.start())
        if start is None:
            continue
        yield from [start] if start else []
        yield from _after(words, start, colon)
    yield from facts if len(facts) >= _MANY_FACTS else []


def _label_start(words: str, floor: int, colon: int, lost: set[int]) -> int | None:
    for capital in _CAPITAL.finditer(words, floor, colon):
        at = capital.start()
        if _starts(words, at, lost) and tables.heading(words[at:colon]):
            return at
    return None


def _fact_start(words: str, floor: int, colon: int) -> list[int]:
    """Where a known label of a fact starts after a plain space: "… Manager Reports to:"; so may
    "About the Union:".
    """
    for capital in _CAPITAL.finditer(words, floor, colon):
        label = words[capital.start() : colon]
        cue = tables.heading(label)
        told = cue and (cue.section == "facts" or label.startswith(("About ", "Sobre ")))
        if told and words[capital.start() - 1] == " ":
            return [capital.start()]
    return []


def _starts(words: str, at: int, lost: set[int]) -> bool:
    """Whether a label may start at *at*: a sentence ended there, or the space before was lost."""
    if at == 0 or at in lost:
        return True
    before = words[max(0, at - 3) : at]
    if before.isspace():
        return True
    ended = before.rstrip()[-1:] in ".;!?"
    inside_capitals = before[-1].isupper() and words[at : at + 2].isupper()
    return ended or (before[-1].isalpha() and not inside_capitals)


def _after(words: str, start: int, colon: re.Match[str]) -> Iterator[int]:
    cue = tables.heading(words[start : colon.start()])
    body = words[colon.end() : colon.end() + 200]
    if cue is None or cue.section in _PLAIN or not body.strip():
        return
    label = tables.key(words[start : colon.start()]).split()
    enough = _FEW_WORDS if tables.words("lists").intersection(label) else _FACT_WORDS
    if len(body.split()) > enough or body[0].isalpha():
        yield colon.end()
