"""The posting's title in both languages: from its label, from its line, or from a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harmonize.harmonise.data import any_of, either
from harmonize.harmonise.labels import Labelled, fact_of, labelled
from harmonize.harmonise.passages import Passage
from harmonize.language import detect
from harmonize.records import CELL, Bilingual, Segment
from harmonize.segments import tables
from harmonize.segments.tables import key

_TITLE_LENGTH = 120
_TITLE_WORDS = 20
_LABEL_WORDS = 4
_MANY_PARTS, _PART_WORDS = 4, 10
_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"(?<!\s)\s+(?:[-–—|:·]+\s+(?:[-–—|:·]+\s+)*|(?=\|))")
_SITE = re.compile(rf"\b{either('site')}\b|\.(?:com|org|net)\b", re.IGNORECASE)
_TERMS = re.compile(
    r".*(?:terms of reference|t[eé]rminos de referencia)", re.IGNORECASE | re.DOTALL
)
_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
_QUOTED = re.compile(r"[“\"«][^”\"»]{10,160}[”\"»]")
_SIGNS = re.compile(r"^[^\w¡¿(“\"«*]+|[^\w)!?.”\"»*]+$")
_ANNOUNCED = re.compile(
    rf"^[¡\s]*{either('announced')}"
    r"(?:[\s!:.,–—-]+(?:an?|un[ao]?(?:/a)?|una persona|el|la)?\b\s*|\s+)",
    re.IGNORECASE,
)
_NAMED = any_of("title_label")
"""Labels that only a title has; what follows "Wanted:" must name a job."""
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w’'./-]*"
_LINKS = r"(?:(?:of|and|for|de|del|la|las|los|y|en|the|para|–|-|&)\s){0,2}"
_JOINED = rf"{_CAPITAL}(?:\s{_LINKS}{_CAPITAL}){{0,9}}"
_SAID = re.compile(
    rf"\b{either('title_is')}\s+[“\"«']?\s?(?:an?\s|the\s|un[ao]?\s)?(?P<title>{_JOINED})"
    rf"|\b{either('wanted')}\s(?:an?|un[ao]?|una persona|el/la|un/a|our|the)\s"
    rf"(?:(?P<wanted>{_JOINED})|(?P<small>[a-záéíóúñ/-]+(?:\s[a-záéíóúñ/-]+){{0,3}}))"
)


class Said(NamedTuple):
    """A title that stands only in a sentence, and the language of that sentence."""

    text: str
    language: str


def title_of(
    segments: Sequence[Segment], fallback: str, organization: str | None = None
) -> Bilingual:
    """The posting's title in both languages, without a label such as "Job title:".

    What follows the job's name in a line, its *organization* and the name of a site, is left out.
    *fallback* where no segment is a title: a heading would be a guess.
    """
    own = next((_of_segment(each, organization) for each in _title_segments(segments)), None)
    told = next(_labelled_titles(segments), None)
    if told and (own is None or names_job(told.en) or names_job(told.es)):
        own = told
    return own or Bilingual(en=fallback, es=fallback)


def _title_segments(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The title; of terms of reference, rather the quoted line below."""
    for at, each in enumerate(segments):
        if each.kind == "title" and _is_banner(own_text(each)):
            yield from (line for line in segments[at + 1 : at + 2] if _could_name(line))
        elif each.kind == "title":
            below = segments[at + 1 : at + 2] if _TERMS.match(each.en.text + each.es.text) else ()
            yield from (line for line in below if _QUOTED.fullmatch(line.source.text.strip()))
            yield each


def _could_name(segment: Segment) -> bool:
    """Whether the line below a banner can be the title: no label, no sentence, no known heading."""
    text = own_text(segment)
    short = segment.kind in ("paragraph", "heading") and len(text.split()) <= _TITLE_WORDS
    label, _, rest = text.partition(": ")
    named = not rest or (not fact_of(label) and tables.heading(label) is None)
    return short and text[-1:] not in ".:" and named and tables.heading(text) is None


def said_title(texts: Sequence[Passage]) -> Said | None:
    """The title that a sentence gives, for a posting without a line or a label that does.

    >>> text = "We hire for the position of Sustainable Banana Technician."
    >>> said_title([Passage(0, text, "en", "paragraph", "about")])
    Said(text='Sustainable Banana Technician', language='en')
    """
    lines = [text for text in texts if text.kind == "title"]
    sentences = [text for text in lines if len(text.text.split()) > _LABEL_WORDS * 2]
    if told := next(_said_in(sentences), None):
        return told
    named = any(each.fact == "title" for each in labelled(texts))
    if named or not all(_is_banner(line.text) for line in lines):
        return None
    if texts and (title := _named_in(texts[0].text)):
        return Said(title, texts[0].language)
    return next(_said_in(texts), None)


def _said_in(texts: Sequence[Passage]) -> Iterator[Said]:
    for passage in texts:
        loud = passage.text.isupper()
        for match in _SAID.finditer(passage.text.lower() if loud else passage.text):
            title = match["title"] or match["wanted"] or _up_to_job(match["small"])
            if names_job(title):
                yield Said(title.strip(" .,"), passage.language)


def _up_to_job(words: str) -> str:
    """*words* up to the last that names a job, as a title is written.

    >>> _up_to_job("part-time bookkeeper to keep"), _up_to_job("new office")
    ('Part-time bookkeeper', '')
    """
    parts = words.split()
    ends = [at for at, word in enumerate(parts, 1) if names_job(word)]
    found = " ".join(parts[: ends[-1]]) if ends else ""
    return found[:1].upper() + found[1:]


def _is_banner(text: str) -> bool:
    """Whether a line only says that there is a vacancy: "Convocatoria pública"."""
    return fact_of(text.strip(" .!¡:")) != "" or tables.heading(text) is not None


def names_job(text: str) -> bool:
    """Whether one of the words of *text* names a job.

    >>> names_job("Técnica de campo"), names_job("Solidarity Center")
    (True, False)
    """
    jobs = tables.words("jobs")
    return any(key(word) in jobs for word in _WORD.findall(text))


def _labelled_titles(segments: Sequence[Segment]) -> Iterator[Bilingual]:
    """Labelled titles with their versions in the other language."""
    texts = [_passage(at, each) for at, each in enumerate(segments) if each.kind != "boilerplate"]
    for found in labelled(texts):
        short = found.fact == "title" and len(found.value.split()) <= _TITLE_WORDS
        if short and (names_job(found.value) or _NAMED.search(key(found.label))):
            yield _versions(found, segments[found.passage.row])


def own_text(segment: Segment) -> str:
    """What the author wrote, repaired."""
    return segment.es.text if segment.source.language == "es" else segment.en.text


def _passage(at: int, segment: Segment) -> Passage:
    language = "es" if segment.source.language == "es" else "en"
    return Passage(at, own_text(segment), language, segment.kind, segment.section)


def _versions(found: Labelled, segment: Segment) -> Bilingual:
    sides = {"en": segment.en.text, "es": segment.es.text}
    here = found.passage.language
    other = "en" if here == "es" else "es"
    values = {here: found.value, other: _value(sides[other], found, other)}
    halves = re.split(r"\s/\s|\s\|\s", found.value)
    by_language = {detect(half).language: half for half in halves}
    if by_language.keys() == sides.keys():
        values = by_language
    return Bilingual(en=_shortened(values["en"]), es=_shortened(values["es"]))


def _value(text: str, found: Labelled, language: str) -> str:
    """What stands in *text*, the other version, where *found* stands in its own."""
    if found.cell is not None:
        cells = text.split(CELL)
        return cells[found.cell].strip() if found.cell < len(cells) else found.value
    if found.value == found.passage.text.strip(" .:"):
        return text.strip(" .:")  # the label stands on the line above
    return _without_label(text, language) or text


def _without_label(text: str, language: str) -> str:
    passage = Passage(0, text, language, "paragraph", "facts")
    told = (each.value for each in labelled([passage]) if each.fact == "title")
    return next(told, "") or text.partition(": ")[2].strip()


def _of_segment(segment: Segment, organization: str | None) -> Bilingual:
    return Bilingual(
        en=_bare(segment.en.text, "en", organization), es=_bare(segment.es.text, "es", organization)
    )


def _bare(text: str, language: str, organization: str | None) -> str:
    text = text.strip("#*_ ")
    passage = Passage(0, text, language, "title", "facts")
    told = (each.value for each in labelled([passage]) if each.fact == "title")
    return _shortened(_alone(_unannounced(next(told, text)), organization))


def _unannounced(text: str) -> str:
    """*text* without what only says that somebody is wanted: "🌱 We're hiring! Field Officer"."""
    text = _SIGNS.sub("", text)
    label, _, named = text.partition(": ")
    if len(label.split()) <= _LABEL_WORDS and names_job(named) and not names_job(label):
        text = named
    rest = _ANNOUNCED.sub("", text)
    return rest[:1].upper() + rest[1:] if names_job(rest) else text


def _alone(text: str, organization: str | None) -> str:
    """*text* up to the organisation or the site that is named behind the job."""
    if organization:
        text = re.sub(
            rf"\s+(?:at|@|with|en|para)\s+(?:the\s|la\s|el\s)?{re.escape(organization)}$", "", text
        )
    for joint in _JOINT.finditer(text):
        rest = _JOINT.split(text[joint.end() :])[0]
        foreign = organization is not None and key(rest) == key(organization)
        if joint.start() and (foreign or _SITE.search(rest)):
            return text[: joint.start()]
        if organization and key(text[: joint.start()]) == key(organization):
            return text[joint.end() :]
    return text


def _named_in(line: str) -> str:
    """The part of a *line* of many parts that names a job: "Union - Officer - Lima - Full time".

    >>> _named_in("Tea Union - Regional Secretary, Asia - Colombo - Permanent - The union unites …")
    'Regional Secretary, Asia'
    """
    parts = _JOINT.split(line)
    short = [part for part in parts if len(part.split()) <= _PART_WORDS]
    return next(filter(names_job, short), "") if len(parts) >= _MANY_PARTS else ""


def _shortened(text: str) -> str:
    text = _STOP.sub("", text.rstrip(":")).strip('*_ "“”«»')
    if len(text) <= _TITLE_LENGTH:
        return text
    return text[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
