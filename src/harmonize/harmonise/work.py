"""Where the work is done, on what kind of contract, and how much of it is travel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from harmonize.harmonise import places
from harmonize.harmonise.data import any_of, either, toml_table
from harmonize.harmonise.employer import Found, names_job
from harmonize.harmonise.labels import Labelled, trimmed, without_picture
from harmonize.harmonise.passages import Passage
from harmonize.segments.tables import key

_TOWN = r"(?:(?:[A-Z]\.){2,3}|(?:St\.\s)?[A-ZÁÉÍÓÚÑ][\w’'-]*)"
_PLACE = (
    r"(?P<place>(?:our\s|the\s|nuestr[ao]s?\s)?"
    r"(?:[\w’']+\s(?:office\s)?in\s|oficinas?\s(?:de|en)\s)?"
    rf"{_TOWN}(?:(?:,\s|\s|/|\s?–\s?|\s-\s)(?:(?:de|del|la|las|los|el|of|the|and|y|or|o)\s){{0,3}}"
    rf"{_TOWN}){{0,7}}(?:\s\([^()]{{2,50}}\))?)"
)
_BASED = re.compile(
    rf"\b(?i:{either('worker')})\b[^.;:]{{0,60}}?\b(?i:{either('based')})\s"
    rf"(?:in|at|from|en)\s(?:el\s|la\s|the\s)?{_PLACE}"
)
_SEATED = re.compile(rf"\b(?i:{either('based')})\s(?:in|at|from|en)\s(?:el\s|la\s|the\s)?{_PLACE}")
"""In a sentence that hires; elsewhere it may be the organisation's seat."""
_OFFICE = re.compile(
    rf"\b(?:en|desde)\s(?:la|nuestra|las|nuestras)\soficinas?\s(?:de|en)\s{_PLACE}"
    rf"|\b(?:in|at|from)\sour\s(?P<town>{_TOWN}(?:\s{_TOWN}){{0,3}})\soffice\b"
)
_JOB_IN = re.compile(
    rf"^(?:[\w/()-]+\s){{0,3}}?(?i:{either('worker')})\b[^.;:,]{{0,40}}?\s(?:in|en)\s(?:la\s|el\s|the\s)?{_PLACE}"
)
_WANTED = any_of("wanted")
_PARTS = re.compile(r"(?<!\s)\s+[|·•–—-]\s+|\t+")
_STATE = re.compile(r"[A-ZÁÉÍÓÚÑ][\w’' -]{2,40}, [A-Z]{2}(?: \d{5})?(?: \([^()]{2,30}\))?")
_ELSEWHERE = re.compile(
    r"[\s,(/]{0,3}(?:(?:or|o|and|y|with|con|–|-)\s)?\(?(?:fully\s|partly\s|100\s?%\s)?"
    r"(?:remote|hybrid|home.based|remot[oa]|h[ií]brid[oa]|virtual|teletrabajo)\b.{0,80}$",
    re.IGNORECASE,
)
"""Behind a place: "London or remote within the UK"."""
_LINE = re.compile(
    r"^(?i:based|located|position based|con sede|con base|sede|ubicad[oa])\s(?:in|at|en)\s"
    rf"(?:the\s|el\s|la\s)?{_PLACE}\.?$"
)
_REMOTE = re.compile(
    r"\b(?:this is a |fully |100 ?% )(?P<place>remote)\b"
    r"|\b(?:puesto|trabajo|modalidad) (?:100 ?% |totalmente )?(?P<place2>remot[oa]|virtual)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"^(?i:reports? to|reporting|supervis|line manager|reporta|depende|jef[ea])")
_PLACE_WORDS, _NAME_WORDS = 16, 9
_ORGANISATION = any_of("organisation")
_CONTRACT = any_of("contract")
_NOT_THE_JOB = any_of("not_the_job")
_HEAD = 12
_TRAVEL = any_of("travel")
_SHARE = re.compile(
    r"(?<![\d.,])(?:\d{1,3}\s?%?\s?(?:-|–|to|a)\s?)?"
    r"(?P<share>\d{1,3})\s?(?:%|per ?cent\b|por ciento\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;•]|(?<=[^\W\d_]{2})[.!?]\s")
_REACH = 70


def location(texts: Sequence[Passage], found: Sequence[Labelled]) -> Found | None:
    """Where the work is done, as the posting writes it.

    >>> text = "The position is based in San Salvador, El Salvador, with travel."
    >>> location([Passage(0, text, "en", "paragraph", "facts")], [])
    Found(value='San Salvador, El Salvador', row=0)
    """
    parts = [each for each in found if each.fact == "location" and _is_place(each.value)]
    if parts:
        return Found(_joined(parts), parts[0].passage.row)
    return next(_based(texts), None)


def _joined(parts: Sequence[Labelled]) -> str:
    """A city and a country with labels of their own, put together; else the first."""
    names = {key(each.label.split("/")[0]): each.value for each in reversed(parts)}
    city = names.get("city") or names.get("ciudad")
    country = names.get("country") or names.get("pais")
    if city and country and key(country) not in key(city):
        return f"{city}, {country}"
    return parts[0].value if not city or key(parts[0].label) not in ("country", "pais") else city


def _is_place(value: str) -> bool:
    return len(value.split()) <= _PLACE_WORDS and any(letter.isalpha() for letter in value)


def _based(texts: Sequence[Passage]) -> Iterator[Found]:
    for passage in texts:
        for text in _of_the_job(passage):
            rules = (_LINE, _BASED, _OFFICE)
            for rule in (*rules, _SEATED) if _WANTED.search(text) else rules:
                match = rule.search(text)
                if match:
                    yield Found(trimmed(match[match.lastgroup or "place"]), passage.row)
    yield from _on_top(texts)
    yield from _job_in(texts)
    for passage in texts:
        match = _REMOTE.search(passage.text)
        if match and passage.section in ("facts", "purpose", "benefits", "other"):
            yield Found(match["place"] or match["place2"], passage.row)


def _job_in(texts: Sequence[Passage]) -> Iterator[Found]:
    """The place in a line on top such as "Full-time position in Managua", if it is known."""
    for passage in texts[:_HEAD]:
        match = _JOB_IN.match(passage.text)
        if match and places.countries_in(match["place"]):
            yield Found(trimmed(match["place"]), passage.row)


def _of_the_job(passage: Passage) -> Iterator[str]:
    """*passage*, if its place can be the job's; of an organisation's own story, where it hires."""
    if passage.section != "about" and not _OTHERS.match(passage.text):
        yield passage.text
    elif passage.section == "about":
        yield from filter(_WANTED.search, _CLAUSE.split(passage.text))


def _on_top(texts: Sequence[Passage]) -> Iterator[Found]:
    """A line above all headings, or a part of one, that is the name of a place and no more."""
    for passage in texts[:_HEAD]:
        if passage.kind == "heading" and passage.section != "facts":
            return
        for part in _head_parts(passage):
            town = _ELSEWHERE.sub("", part)
            place = re.fullmatch(_PLACE, town)
            if _STATE.fullmatch(town) or (place and _names_only_places(town)):
                yield Found(part, passage.row)


def _head_parts(passage: Passage) -> list[str]:
    """The parts of a line on top; behind an organisation and a comma stands where it is."""
    if passage.kind not in ("paragraph", "title"):
        return []
    parts = [trimmed(without_picture(part)) for part in _PARTS.split(passage.text)]
    named, comma, rest = parts[0].partition(", ")
    is_name = len(named.split()) <= _NAME_WORDS and _ORGANISATION.search(named)
    return [rest, *parts[1:]] if comma and is_name else parts


def _names_only_places(text: str) -> bool:
    """Whether each part between commas is a known place, or one is and there are several."""
    parts = [part.strip() for part in re.split(r",|/|\(|\)", text) if part.strip()]
    if not parts or names_job(parts[0]):
        return False
    if _ORGANISATION.search(parts[0]) and not places.countries_in(parts[0]):
        return False
    known = [bool(places.countries_in(part)) and len(part.split()) < 5 for part in parts]
    return any(known) and (all(known) or 1 < len(parts) < 5) and known[-1] | known[0]


def employment_type(texts: Sequence[Passage], found: Sequence[Labelled]) -> Found | None:
    """schema.org's codes for the kind of employment, joined by ", ".

    >>> text = "This is a full-time, fixed-term position."
    >>> employment_type([Passage(0, text, "en", "paragraph", "facts")], [])
    Found(value='FULL_TIME, TEMPORARY', row=0)
    """
    told = [(each.value, each.passage.row) for each in found if each.fact == "employment_type"]
    told += [
        (part, text.row)
        for text in texts
        for part in _PARTS.split(text.text)
        if text.kind == "title"
        or (text.kind == "heading" and text.row < _HEAD)
        or _is_head_line(text, part)
    ]
    told += list(_sentences_on_contract(texts))
    codes: dict[str, int] = {}
    for words, row in told:
        for code in _codes(words):
            codes.setdefault(code, row)
    if not codes:
        return None
    return Found(", ".join(code for code in _rules() if code in codes), min(codes.values()))


def _is_head_line(text: Passage, part: str) -> bool:
    parts = len(_PARTS.split(text.text))
    kind = text.kind == "paragraph" or (text.kind == "bullet" and parts > 1)
    head = text.row < _HEAD and kind and len(part.split()) <= 8
    of_parts = text.row == 0 and parts > 3
    return head and (of_parts or text.section not in ("about", "duties"))


def _sentences_on_contract(texts: Sequence[Passage]) -> Iterator[tuple[str, int]]:
    for passage in texts:
        if passage.section not in ("about", "duties"):
            for clause in _CLAUSE.split(passage.text):
                for found in _CONTRACT.finditer(clause) if not _NOT_THE_JOB.search(clause) else ():
                    yield clause[max(0, found.start() - 40) : found.end() + 40], passage.row


def _codes(words: str) -> list[str]:
    plain = key(words)
    return [code for code, rule in _rules().items() if rule.search(plain)]


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    table = toml_table("employment.toml")
    return {code: re.compile(rf"\b(?:{'|'.join(words)})(?!\w)") for code, words in table.items()}


def travel_share(texts: Sequence[Passage], found: Sequence[Labelled]) -> tuple[float, int] | None:
    """The most of the working time that is travel, 0 to 1, and the row that says so.

    >>> text = "Willing to travel 20-30% of the time."
    >>> travel_share([Passage(0, text, "en", "bullet", "requirements")], [])
    (0.3, 0)
    """
    for each in found:
        match = _SHARE.search(each.value) if each.fact == "travel" else None
        if match and int(match["share"]) <= 100:
            return int(match["share"]) / 100, each.passage.row
    for passage in texts:
        for clause in _CLAUSE.split(passage.text):
            share = _share(clause)
            if share is not None and passage.section != "about":
                return share, passage.row
    return None


def _share(clause: str) -> float | None:
    for match in _SHARE.finditer(clause):
        near = clause[max(0, match.start() - _REACH) : match.end() + _REACH]
        if _TRAVEL.search(near) and 0 < int(match["share"]) <= 100:
            return int(match["share"]) / 100
    return None
