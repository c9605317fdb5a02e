"""Reading garbled tokens the way they were written, with every channel that fits.

A token is what stands between spaces.  Its candidates are all that the channels, one after the
other, make of it.  One whose words are known is taken; one that merely looks like Spanish is taken
where other tokens of the text came the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from harmonize.repairs.channels import Channel, channels, suspicion
from harmonize.repairs.edits import Edit
from harmonize.repairs.evidence import Level, Verdict, judge, opens_sentence
from harmonize.repairs.notes import Findings, Note

_SPACES = " \n\t"
_TO_SPACE = re.compile(r"[^ \n\t]*")
_LONGEST = 120
"""Longer tokens (code points) are data, not words."""
_STARTS = re.compile(r"(?:^|[.!?…•*]\s+|\n\s*)[“\"«(¿¡]*$")
_SENTENCE = 400
"""Code points after a token in which its sentence may close."""
_ROUNDS = 3
"""How many times text is garbled at most."""
_CLEAR_WIN = 1.0
"""How much commoner (Zipf, powers of ten) the best candidate must be than the next."""
_LONE_ZIPF = {1: 9.0, 2: 9.0, 3: 4.5}
_LONE_LONG_ZIPF, _LONE_SIGN_ZIPF = 2.3, 1.0
"""How common a word must be, by its letters, to swap code pages on its evidence alone."""
_WEIGHTS = {Level.STRONG: 2, Level.FAIR: 1, Level.WEAK: 0, Level.NONE: 0}
_FARTHER = 2
"""How many tokens elsewhere in the text speak as loudly as one in the same line."""
_OPENING_ZIPF = 5.0
_TRUST = {"utf8": 0.95, "lost": 0.9, "mixed": 0.85, "rare": 0.8}
_WEAK_TRUST = 0.1
_RANK = {"utf8": 0, "lost": 1, "mixed": 2, "rare": 3}


class Candidate(NamedTuple):
    """What a token may have been, and the ways that lead back to it."""

    text: str
    verdict: Verdict
    kind: str
    paths: tuple[str, ...]


class Token(NamedTuple):
    """A token that may be garbled, with all of its candidates."""

    start: int
    text: str
    candidates: tuple[Candidate, ...]


def redecode(text: str) -> Findings:
    """Find what was read in the wrong code page.

    >>> [(e.start, e.after, e.rule) for e in redecode("autogestiĂłn de la membresĂa").edits]
    [(0, 'autogestión', 'utf8-as-cp1250'), (19, 'membresía', 'utf8-as-cp1250-AD-lost')]
    """
    edits: list[Edit] = []
    notes: list[Note] = []
    lines = list(_by_line(text))
    certain = [t for tokens in lines for t in tokens if _is_certain(t)]
    everywhere = _votes(certain)
    for tokens in lines:
        votes = _votes(tokens)
        for channel, count in everywhere.items():
            votes[channel] = max(votes[channel], count // _FARTHER)
        for token in tokens:
            best = _in_case(text, token, _best(token, votes))
            if len(best) == 1 and _enough(token, best[0], votes):
                edits.append(_edit(token, best[0]))
            elif len(best) > 1 and best[0].verdict.level >= Level.FAIR:
                notes.append(_tie(token, best))
    return Findings(edits, notes)


def _by_line(text: str) -> Iterator[list[Token]]:
    """Tokens that may be garbled, those of a line together: they speak for each other."""
    tokens: list[Token] = []
    end = -1
    for token in _suspects(text):
        if token.start > end >= 0:
            yield tokens
            tokens = []
        if not tokens:
            end = text.find("\n", token.start) % (len(text) + 1)
        tokens.append(token)
    if tokens:
        yield tokens


def _suspects(text: str) -> Iterator[Token]:
    done = 0
    for match in suspicion().finditer(text):
        place = match.start()
        if place < done:
            continue
        start, done = _around(text, place)
        if done - start <= _LONGEST:
            token = text[start:done]
            candidates = _candidates(token)
            if candidates:
                yield Token(start, token, _in_line(text, done, token, candidates))


def _in_line(
    text: str, end: int, token: str, candidates: tuple[Candidate, ...]
) -> tuple[Candidate, ...]:
    """A candidate's ``¿`` or ``¡`` is certain where the sentence closes with its counterpart."""
    line = text[end - 1 : end + _SENTENCE].partition("\n")[0]
    closed = {opening for opening, closing in ("¿?", "¡!") if closing in line}
    return tuple(
        c._replace(verdict=Verdict(Level.STRONG, max(c.verdict.zipf, _OPENING_ZIPF)))
        if not closed.isdisjoint(c.text) and opens_sentence(token, c.text)
        else c
        for c in candidates
    )


def _around(text: str, place: int) -> tuple[int, int]:
    """The token around a place; cut short where it is longer than any word."""
    low, high = max(0, place - _LONGEST), place + _LONGEST
    start = max(text.rfind(space, low, place) for space in _SPACES)
    match = _TO_SPACE.match(text, place, high)
    return (start + 1 if start >= 0 else low), match.end() if match else high


@lru_cache(maxsize=8192)
def _candidates(token: str) -> tuple[Candidate, ...]:
    """Everything that channels make of a token and that reads better than it."""
    found: dict[str, Candidate] = {}
    for channel, text in _readings(token):
        verdict = judge(token, text, not channel.swaps)
        if verdict.level:
            old = found.get(text)
            paths = (*old.paths, channel.name) if old else (channel.name,)
            kind = old.kind if old else channel.kind
            found[text] = Candidate(text, verdict, kind, paths)
    return tuple(found.values())


def _readings(token: str) -> Iterator[tuple[Channel, str]]:
    """What the channels make of a token, alone and one after the other."""
    seen = {token}
    frontier = [token]
    for _ in range(_ROUNDS):
        reached: list[str] = []
        for text in frontier:
            letters = frozenset(text)
            for channel in channels():
                if channel.chars.isdisjoint(letters) or (channel.swaps and text != token):
                    continue
                fixed = unicodedata.normalize("NFC", channel.fix(text))
                if fixed != text:
                    yield channel, fixed
                if fixed not in seen and not channel.swaps:
                    reached.append(fixed)
                seen.add(fixed)
        frontier = reached


def _votes(tokens: list[Token]) -> Counter[str]:
    """How many tokens lead back to known words, by channel; a fair one counts half."""
    votes: Counter[str] = Counter()
    for token in tokens:
        for candidate in _leading(token.candidates):
            weight = _WEIGHTS[candidate.verdict.level]
            votes.update(dict.fromkeys(map(_family, candidate.paths), weight))
    return votes


def _is_certain(token: Token) -> bool:
    return any(c.verdict.level == Level.STRONG for c in token.candidates)


def _leading(candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """The candidates with the best evidence of all, by level and then by kind."""
    level = max(c.verdict.level for c in candidates)
    rank = min(_RANK[c.kind] for c in candidates if c.verdict.level == level)
    return [c for c in candidates if c.verdict.level == level and _RANK[c.kind] == rank]


def _family(path: str) -> str:
    """The channel without what was lost on it."""
    return path.partition(",")[0]


def _support(candidate: Candidate, votes: Counter[str]) -> int:
    return max(votes[_family(path)] for path in candidate.paths)


def _best(token: Token, votes: Counter[str]) -> list[Candidate]:
    """The candidates with the best evidence; more than one is a tie."""
    best = _leading(token.candidates)
    most = max(_support(c, votes) for c in best)
    best = [c for c in best if _support(c, votes) == most]
    top = max(c.verdict.zipf for c in best)
    return [c for c in best if c.verdict.zipf > top - _CLEAR_WIN]


def _in_case(text: str, token: Token, best: list[Candidate]) -> list[Candidate]:
    """Where only capitals are at issue, the one that a sentence begins with, or does not."""
    if len({candidate.text.lower() for candidate in best}) > 1:
        return best
    starts = _STARTS.search(text[max(0, token.start - 9) : token.start]) is not None
    fitting = [c for c in best if c.text[:1].isupper() == starts]
    return fitting if len(best) > 1 and fitting else best


def _enough(token: Token, candidate: Candidate, votes: Counter[str]) -> bool:
    """Whether a candidate without rival is good enough."""
    support = _support(candidate, votes) - _WEIGHTS[candidate.verdict.level]
    strong = candidate.verdict.level == Level.STRONG
    if candidate.kind in {"utf8", "lost"}:
        return strong or support > 1
    zipf = candidate.verdict.zipf
    if strong and candidate.kind == "mixed" and zipf >= _least_alone(token.text, candidate.text):
        return True
    if candidate.verdict.level == Level.FAIR:
        return support > 0
    return support > (1 if zipf or len(candidate.text) == 1 else 3)


def _least_alone(before: str, after: str) -> float:
    """How common (Zipf) a word must be to stand alone; a sign inside a word is damage anyway."""
    sign = any(not char.isalpha() for char in set(before) - set(after))
    return _LONE_ZIPF.get(len(after), _LONE_SIGN_ZIPF if sign else _LONE_LONG_ZIPF)


def _edit(token: Token, candidate: Candidate) -> Edit:
    trust = _TRUST[candidate.kind]
    if candidate.verdict.level == Level.WEAK:
        trust -= _WEAK_TRUST
    rule = candidate.paths[0].replace(",", "").replace(" ", "-")
    end = token.start + len(token.text)
    return Edit(token.start, end, candidate.text, rule, round(trust, 2))


def _tie(token: Token, best: list[Candidate]) -> Note:
    options = ", ".join(repr(candidate.text) for candidate in best)
    return Note(token.start, token.start + len(token.text), "redecode", f"a tie between {options}")
