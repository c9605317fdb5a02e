"""The organisation that hires: from its label, or from sentences that say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.harmonise.data import any_of, either
from harmonize.harmonise.labels import Labelled, trimmed
from harmonize.harmonise.passages import Passage
from harmonize.segments import tables
from harmonize.segments.tables import key

_CAP = r"[\"“«]?[A-ZÁÉÍÓÚÑÜ][\w’'&.-]*[\"”»]?"
_INNER = (
    r"(?:of|by|to|at|do|da|dos|the|and|for|de|del|la|las|los|y|e|el|en|para|por|con|on|in|&|a|-|–)"
)
_ACRONYM = r"(?:\s\([A-Z][\w.&/-]{1,14}\))"
_WORDS = rf"{_CAP}(?:,?\s(?:{_INNER}\s){{0,3}}{_CAP}){{0,12}}(?:\s\d{{1,4}}\b)?"
_NAME = rf"(?P<name>{_WORDS}{_ACRONYM}?)"
_ARTICLE = r"(?:(?:The|the|La|El|Los|Las|la|el|los|las|En|At)\s)?"
_ONE = rf"\b(?i:{either('organisation')})\b"
_TEXT = r"(?:[^.;:]|\.(?=\S))"
"""Characters of one clause; "U.S.-based" ends none."""
_BEING = r"(?:is|are|es|son)\s(?:an?|the|one of|part of|un|una|el|la)\s"
_IS_A = re.compile(rf"^{_ARTICLE}{_NAME},?\s{_BEING}{_TEXT}{{0,110}}?{_ONE}")
_IS_ANY = re.compile(rf"^{_ARTICLE}{_NAME},?\s{_BEING}")
_APPOSED = re.compile(
    rf"^{_ARTICLE}{_NAME},\s(?:an?|the|un|una|el|la)\s{_TEXT}{{0,110}}?{_ONE}{_TEXT}{{0,120}}?,\s"
    rf"(?i:{either('hires_after_comma')})\s"
)
_DOES = re.compile(rf"^{_ARTICLE}{_NAME},?\s{either('organisation_does')}\s")
_SEATED = rf"(?:,\s(?i:{either('seated')})\s[^.;:]{{2,60}}?)?"
_HIRES = re.compile(rf"(?:^|(?<=[.!?:]\s)){_ARTICLE}{_NAME}{_SEATED},?\s{either('hires')}\s")
_WE_ARE = re.compile(
    rf"^(?:We are|We’re|We're|Somos)\s{_ARTICLE}{_NAME},\s(?:an?|the|un|una|el|la)\s"
    rf"{_TEXT}{{0,110}}?{_ONE}"
)
_AT = re.compile(rf"^(?:at|with|en|@)\s{_ARTICLE}{_NAME}$")
_TITLE_AT = re.compile(rf"\s(?:at|@)\s{_ARTICLE}{_NAME}$")
"""Behind the job: "Communications Intern @ Tea Union"."""
_AS_AT = re.compile(
    rf"^As (?:an?|the|our) [^.;:]{{3,90}}? (?:at|with|for) {_ARTICLE}{_NAME},? (?:you|your)\b"
)
_AT_ONE = re.compile(
    rf"\b(?:at|with|en|for) {_ARTICLE}{_NAME}, (?:an?|the|un|una) [^.;:,]{{0,60}}?{_ONE}"
)
_JOIN = re.compile(
    rf"\b(?i:{either('join')}) {_ARTICLE}{_NAME}(?=[\s.,!]*(?:$|as\b|como\b|team\b|and help\b))"
)
_ABOUT = re.compile(rf"^(?i:{either('about_name')})\s{_ARTICLE}{_NAME}[\s.?:!]*$")
_OWNED = re.compile(
    rf"\b{_NAME}[’']s?\s(?:mission|vision|values|board of directors|founding)\b"
    rf"|\b(?:misi[oó]n|visi[oó]n|valores) de(?:l| la)? (?P<name2>{_CAP}(?:\s{_CAP}){{0,6}})"
)
_NO_EMPLOYER = re.compile(rf"^{either('no_employer')}\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:Position|Role|Puesto|Consultancy|Consultoría|Team|Department|Unit|Equipo)\b"
)
_PROJECT = re.compile(
    r"\b(?:Programme?|Project|Proyecto|Programa|Initiative|Iniciativa|Campaign|Campaña)\b"
)
_KIND = any_of("organisation")
_ANY_VERB = re.compile(rf"^{_ARTICLE}{_NAME},?\s(?:[a-z]{{2,}}s|has|[a-záéíóú]{{3,}}[aeóé])\s")
_TOP = 10
_LINE_JOINT = re.compile(r"(?<!\s)\s+[|·•–—-]\s+|,\s(?=[^,]*$)")
_SENTENCES = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+|(?<=[a-z]{2}[.!?])\s+(?=[A-Z])|(?<=\)[.!?])\s+")
_LONGEST = 110


class Found(NamedTuple):
    """A fact's words and the row they stand in."""

    value: str
    row: int


def employer(texts: Sequence[Passage], found: Sequence[Labelled]) -> Found | None:
    """The hiring organisation, as the posting writes it; the strongest evidence counts.

    >>> text = "The Andean Weavers Alliance (AWA) is a network of 38 cooperatives."
    >>> employer([Passage(0, text, "en", "paragraph", "about")], [])
    Found(value='Andean Weavers Alliance (AWA)', row=0)
    """
    for each in found:
        if (
            each.fact == "organization"
            and len(each.value) <= _LONGEST
            and not each.value[0].islower()
        ):
            return Found(each.value, each.passage.row)
    titled = any(each.fact == "title" for each in found)
    for rule in (_stated, _hiring, _above_title if titled else _on_top, _headed, _possessed):
        names = list(rule(texts))
        if names:
            return _fuller(_longer(min(names, key=_is_project), texts), texts)
    return None


def _is_project(found: Found) -> bool:
    """Whether the name may be that of a project rather than of its organisation."""
    return _PROJECT.search(found.value) is not None


def names_job(name: str) -> bool:
    """Whether *name* is a job's: "Field Officer", "Coordinator of Programs"; not with an acronym.

    >>> names_job("Field Officer, Textiles"), names_job("Domestic Worker Network")
    (True, False)
    """
    if re.search(rf"{_ACRONYM}$", name):
        return False
    ends = re.finditer(
        r"(?<![^\W\d_])([^\W\d_]+)(?=$|,|\s(?:of|for|de|del|para|en|in)\b|\s[–-]\s)", name
    )
    jobs = tables.words("jobs")
    first = name.split(maxsplit=1)[0]
    spanish = key(first) in jobs and _KIND.fullmatch(first) is None  # "Capacitadora Regional"
    return spanish or bool(_NO_NAME.search(name)) or any(key(end[1]) in jobs for end in ends)


def describes_one(text: str) -> bool:
    """Whether *text* begins by saying what an organisation is.

    >>> describes_one("Café Sur is a cooperative."), describes_one("You are a team player.")
    (True, False)
    """
    any_one = _IS_ANY.match(text)
    match = _IS_A.match(text) or _APPOSED.match(text) or _DOES.match(text)
    match = match or (any_one if any_one and _KIND.search(any_one["name"]) else None)
    return (
        match is not None
        and _NO_EMPLOYER.match(match["name"]) is None
        and not names_job(match["name"])
    )


def _stated(texts: Sequence[Passage]) -> Iterator[Found]:
    """ "X is a … organisation", most of all under a heading about it; "at X" on its own line."""
    for passage in texts:
        in_title = _TITLE_AT.search(passage.text) if passage.kind == "title" else None
        own_line = in_title or _AT.match(passage.text)
        if own_line and len(passage.text) < _LONGEST:
            yield from _named(own_line["name"], passage)
    yield from _described(texts)


def _described(texts: Sequence[Passage]) -> Iterator[Found]:
    for passage in sorted(texts, key=lambda each: each.section != "about"):
        if passage.kind in ("paragraph", "bullet") and passage.section not in (
            "duties",
            "requirements",
        ):
            for sentence in _SENTENCES.split(passage.text)[:3]:
                match = _IS_A.match(sentence) or _APPOSED.match(sentence) or _WE_ARE.match(sentence)
                yield from _named(match["name"], passage) if match else ()
    for passage in texts:
        if passage.section == "about" and passage.kind == "paragraph":
            match = (
                _IS_ANY.match(passage.text)
                or _DOES.match(passage.text)
                or _ANY_VERB.match(passage.text)
            )
            yield from _named(match["name"], passage) if match else ()


def _hiring(texts: Sequence[Passage]) -> Iterator[Found]:
    for passage in texts:
        if passage.section not in ("duties", "requirements"):
            for rule in (_HIRES, _AS_AT, _AT_ONE, _JOIN):
                for match in rule.finditer(passage.text):
                    yield from _named(match["name"], passage)


def _above_title(texts: Sequence[Passage]) -> Iterator[Found]:
    """Where a label tells the title, the line on top may be the organisation's name."""
    plain = (each._replace(kind="paragraph") if each.kind == "title" else each for each in texts)
    return _on_top(list(plain))


def _on_top(texts: Sequence[Passage]) -> Iterator[Found]:
    """A line with nothing but a name, that says "network" or the like, or comes again later."""
    for passage in texts[:_TOP]:
        words = _LINE_JOINT.split(passage.text.strip("*# "))[0]
        match = re.fullmatch(rf"{_ARTICLE}{_NAME}", words)
        if passage.kind == "paragraph" and match and len(words.split()) < _TOP:
            again = any(words in other.text for other in texts if other.row > passage.row)
            if again or _KIND.search(words):
                yield from _named(match["name"], passage)


def _headed(texts: Sequence[Passage]) -> Iterator[Found]:
    for passage in texts:
        match = _ABOUT.match(passage.text) if passage.kind == "heading" else None
        yield from _named(match["name"], passage) if match else ()
    for passage in texts:
        match = _DOES.match(passage.text) if passage.row < 6 else None
        yield from _named(match["name"], passage) if match else ()


def _possessed(texts: Sequence[Passage]) -> Iterator[Found]:
    for passage in texts:
        for match in _OWNED.finditer(passage.text):
            yield from _named(match["name"] or match["name2"], passage)


def _named(name: str, passage: Passage) -> Iterator[Found]:
    """*name*, if it can be an organisation's."""
    name = trimmed(re.sub(rf"^(?:{_ARTICLE})", "", name))
    plain = _KIND.fullmatch(name) or _NO_EMPLOYER.match(name) or names_job(name)
    if not plain and 2 <= len(name) <= _LONGEST and key(name):
        yield Found(name, passage.row)


def _longer(found: Found, texts: Sequence[Passage]) -> Found:
    """The name as a line on top or a sentence that hires writes it, if that has more of it."""
    own = key(found.value).split()
    for longer in (*_on_top(texts), *_hiring(texts)):
        words = iter(key(longer.value).split())
        if len(longer.value) > len(found.value) and all(word in words for word in own):
            return longer
    return found


def _fuller(found: Found, texts: Sequence[Passage]) -> Found:
    """The name with its acronym, if *found* is only the acronym of a name written out."""
    if not re.fullmatch(r"[A-Z][\w&.-]{1,11}", found.value):
        return found
    rule = re.compile(rf"(?P<name>{_WORDS})\s\({re.escape(found.value)}\)")
    for passage in texts:
        match = rule.search(passage.text)
        if match and not names_job(match["name"]):
            name = re.sub(rf"^{_ARTICLE}", "", match["name"])
            return Found(f"{name} ({found.value})", passage.row)
    return found
