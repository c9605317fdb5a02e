"""TMX 1.4b, as translation programs exchange memories: written and read as a stream.

Our own fields go into ``prop`` elements and come back without loss.  In others' files the codes of
inline tags are left out, regional variants are English and Spanish all the same, and white space is
made single.
"""

from __future__ import annotations

import json
import time
from calendar import timegm
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

from lxml import etree
from pydantic import ValidationError

from harmonize.errors import UsageError
from harmonize.glossary.model import Language
from harmonize.memory.entries import Entry, Who
from harmonize.memory.keys import can_be_kept

TOOL = "harmonize"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = "%Y%m%dT%H%M%SZ"
_LANGUAGES: tuple[Language, ...] = ("en", "es")
_PLAIN = ("who", "kind", "section", "before", "after", "origin", "engine", "glossary", "rules")
_NUMBERS = ("duty",)
_LISTS = ("terms", "flags")
_CHUNK = 1 << 16
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))
"""Inline elements whose content is another program's markup, not words."""

_PREFERRED = ("es-419", "es-mx", "es")
"""Of several Spanish variants in one unit the first of these, else the first there is."""

Reason = Literal[
    "no English", "no Spanish", "an empty side", "a side that is too long", "unreadable fields"
]


class Reject(NamedTuple):
    """A unit of the file that gives no entry, and where it stands."""

    line: int
    reason: Reason


def write(entries: Iterable[Entry], file: BinaryIO) -> int:
    """Write *entries* as TMX; how many there were."""
    count = 0
    with etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xml.element("tmx", version="1.4"):
            xml.write("\n", _header(), "\n")
            with xml.element("body"):
                for entry in entries:
                    xml.write("\n", _unit(entry))
                    count += 1
                xml.write("\n")
    return count


def read(file: BinaryIO, name: str, who: Who | None = None) -> Iterator[Entry | Reject]:
    """The units of a TMX file, as they come; *who* overrules what the file says of them.

    A unit of a file whose source language is ``*all*`` gives two entries, one for each direction.
    Entries without a date have ``changed`` 0.  Nothing is fetched and no entity is resolved; raises
    `UsageError` for what is no TMX, is cut short, or defines entities.
    """
    header: dict[str, str] = {}
    try:
        for element in _elements(file, name):
            if element.tag == "header":
                header = dict(element.attrib)
            else:
                yield from _entries(element, header, who, Path(name).name)
    except etree.XMLSyntaxError as error:
        remedy = "Export it again as TMX 1.4."
        raise UsageError(f"{name}: not whole XML: {error}.", remedy) from error


def _elements(file: BinaryIO, name: str) -> Iterator[Any]:
    """The header and every unit; what was read is forgotten, so that files may be of any size."""
    parser = etree.XMLPullParser(
        ("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,  # an endless text or nesting is an error, not a full memory
    )
    while True:
        data = file.read(_CHUNK)
        if data:
            parser.feed(data)
        else:
            parser.close()
        for event, element in parser.read_events():
            if event == "start" and element.getparent() is None:
                _check_root(element, name)
            elif event == "end" and element.tag in {"header", "tu"}:
                yield element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
        if not data:
            return


def _check_root(root: Any, name: str) -> None:
    if root.tag != "tmx":
        raise UsageError(f"{name}: not TMX, but <{root.tag}>.", "Export it as TMX 1.4.")
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise UsageError(
            f"{name}: the file defines XML entities, which are refused.",
            "Export it again without a document type.",
        )


def _entries(
    unit: Any, header: dict[str, str], who: Who | None, name: str
) -> Iterator[Entry | Reject]:
    """The entry in a unit, or why there is none; both directions where it has no source."""
    ours = header.get("creationtool") == TOOL
    sides = {language: _side(unit, language, ours) for language in _LANGUAGES}
    problem = _problem(sides)
    if problem:
        yield Reject(unit.sourceline or 0, problem)
        return
    fields = _fields(unit, header, ours)
    if not ours:
        fields["origin"] = name
    if who:
        fields["who"] = who
    for source, target in _directions(unit.get("srclang") or header.get("srclang", "")):
        both = {"source": sides[source], "target": sides[target]}
        languages = {"source_language": source, "target_language": target}
        try:
            yield Entry.model_validate({**fields, **both, **languages})
        except ValidationError:
            yield Reject(unit.sourceline or 0, "unreadable fields")


def _directions(source: str) -> list[tuple[Language, Language]]:
    """The directions of a unit, by its source language."""
    primary = _primary(source)
    if primary in _LANGUAGES:
        return [("en", "es") if primary == "en" else ("es", "en")]
    return [("en", "es"), ("es", "en")]


def _problem(sides: dict[Language, str | None]) -> Reason | None:
    texts = [text for text in sides.values() if text is not None]
    if sides["en"] is None:
        return "no English"
    if sides["es"] is None:
        return "no Spanish"
    if not all(map(str.strip, texts)):
        return "an empty side"
    return None if all(map(can_be_kept, texts)) else "a side that is too long"


def _side(unit: Any, language: Language, ours: bool) -> str | None:
    """The unit's words in *language*; None without any."""
    variants = {
        code.lower(): found
        for each in unit.iterchildren("tuv")
        if _primary(code := each.get(_LANG) or each.get("lang") or "") == language
        and (found := each.find("seg")) is not None
    }
    if not variants:
        return None
    chosen = next((code for code in _PREFERRED if code in variants), next(iter(variants)))
    text = "".join(_words(variants[chosen]))
    return text if ours else " ".join(text.split())


def _words(element: Any) -> Iterator[str]:
    """The text of a segment, without the codes of inline tags."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _CODES:
            yield from _words(child)
        yield child.tail or ""


def _primary(code: str) -> str:
    """The language of a code such as ``es-419`` or ``EN_us``."""
    return code.lower().replace("_", "-").partition("-")[0]


def _fields(unit: Any, header: dict[str, str], ours: bool) -> dict[str, Any]:
    """All but the words: TMX's own attributes, and ours."""
    properties = {
        each.get("type", "").removeprefix("x-"): each.text or ""
        for each in (unit.iterchildren("prop") if ours else ())
    }
    fields: dict[str, Any] = {
        name: properties[name] for name in (*_PLAIN, *_NUMBERS) if name in properties
    }
    fields |= {name: _json(properties[name]) for name in _LISTS if name in properties}
    fields["reviewer"] = unit.get("changeid") or unit.get("creationid") or ""
    created = unit.get("creationdate") or header.get("creationdate", "")
    fields["created"] = _seconds(created)
    fields["changed"] = _seconds(unit.get("changedate", "")) or fields["created"]
    fields["last_used"] = _seconds(unit.get("lastusagedate", ""))
    fields["used"] = unit.get("usagecount") or 0
    return fields


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text  # no list: the record refuses it


def _seconds(date: str) -> int:
    """A date of TMX, such as ``20240131T235959Z``; 0 where it is none."""
    try:
        return timegm(time.strptime(date, _DATE))
    except ValueError:
        return 0


def _date(seconds: int) -> str:
    return time.strftime(_DATE, time.gmtime(seconds))


def _header() -> Any:
    return etree.Element(
        "header",
        {
            **{"creationtool": TOOL, "creationtoolversion": version(TOOL), "segtype": "block"},
            **{"o-tmf": TOOL, "adminlang": "en", "srclang": "*all*", "datatype": "plaintext"},
            "creationdate": _date(int(time.time())),
        },
    )


def _unit(entry: Entry) -> Any:
    attributes = {
        "srclang": entry.source_language,
        "creationdate": _date(entry.created),
        "changedate": _date(entry.changed),
        "usagecount": str(entry.used),
    }
    if entry.last_used:
        attributes["lastusagedate"] = _date(entry.last_used)
    if entry.reviewer:
        attributes["changeid"] = entry.reviewer
    unit = etree.Element("tu", attributes)
    for name, value in _properties(entry):
        etree.SubElement(unit, "prop", type=f"x-{name}").text = value
    sides = {entry.source_language: entry.source, entry.target_language: entry.target}
    for language, words in sides.items():
        variant = etree.SubElement(unit, "tuv", {_LANG: language})
        etree.SubElement(variant, "seg").text = words
    return unit


def _properties(entry: Entry) -> Iterator[tuple[str, str]]:
    """Our own fields, those that say something."""
    dumped = entry.model_dump(mode="json", include={*_PLAIN, *_NUMBERS, *_LISTS})
    for name in (*_PLAIN, *_NUMBERS, *_LISTS):
        if name == "who":
            yield name, entry.who
        elif value := dumped[name]:
            text = json.dumps(value, ensure_ascii=False) if name in _LISTS else str(value)
            yield name, str(int(value)) if name in _NUMBERS else text
