"""TBX-Basic (ISO 30042), versions 2 and 3, as translation programs exchange terms.

A concept has one language section for each language, and that one section for each term: the
preferred one first, then further forms (admitted) and what must not appear (deprecated).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from lxml import etree

from harmonize.errors import UsageError
from harmonize.glossary.model import Entry, Language

_XML = "{http://www.w3.org/XML/1998/namespace}"
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANGUAGES: tuple[Language, ...] = ("en", "es")
_POS = {
    **{"noun": "noun", "adj": "adjective", "verb": "verb"},
    **{"name": "properNoun", "phrase": "other"},
}
_GENDER = {"m": "masculine", "f": "feminine", "mf": "other"}
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "draft": "supersededTerm-admn-sts",
    "further": "admittedTerm-admn-sts",
    "avoid": "deprecatedTerm-admn-sts",
}
# XML 1.0 has no place for these at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Names(NamedTuple):
    """What the elements are called in a version."""

    root: str
    header: str
    concept: str
    language: str
    term: str


_VERSIONS = {
    2: _Names("martif", "martifHeader", "termEntry", "langSet", "tig"),
    3: _Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec"),
}


class _Section(NamedTuple):
    """A term of a concept: its text, what kind of term it is, and the notes on it."""

    text: str
    status: str
    notes: dict[str, str]


def write(entries: Sequence[Entry], version: int = 2) -> str:
    """*entries* as TBX-Basic.

    >>> print(write([Entry(en="wage", es="salario")], 3).splitlines()[1])
    <tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en">
    """
    names = _VERSIONS[version]
    root = _root(names, version)
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, entry in enumerate(entries, 1):
        concept = etree.SubElement(body, names.concept, id=f"c{number}")
        _write_concept(concept, entry, names)
    etree.indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}{etree.tostring(root, encoding='unicode')}\n"


def read(data: bytes, name: str = "") -> list[Entry]:
    """The entries of a TBX file of either version; concepts without both languages are left out.

    Entities are not resolved and nothing is fetched; a file that defines entities is refused.
    """
    root = _parse(data, name)
    concepts = (
        element for element in root.iter() if _tag(element) in ("termEntry", "conceptEntry")
    )
    return [entry for concept in concepts for entry in _read_concept(concept, name)]


def _root(names: _Names, version: int) -> Any:
    space = {None: _NAMESPACE} if version == 3 else None
    root = etree.Element(names.root, nsmap=space, type="TBX-Basic")
    if version == 3:
        root.set("style", "dca")
    root.set(f"{_XML}lang", "en")
    described = etree.SubElement(etree.SubElement(root, names.header), "fileDesc")
    if version == 2:
        statement = etree.SubElement(described, "titleStmt")
        etree.SubElement(statement, "title").text = "Glossary"
    source = etree.SubElement(etree.SubElement(described, "sourceDesc"), "p")
    source.text = "Exported by harmonize"
    return root


def _write_concept(concept: Any, entry: Entry, names: _Names) -> None:
    if entry.domain:
        _note(concept, "descrip", "subjectField", entry.domain)
    if entry.source:
        _note(concept, "admin", "source", entry.source)
    if entry.note:
        _note(concept, "note", "", entry.note)
    for language in _LANGUAGES:
        section = etree.SubElement(concept, names.language)
        section.set(f"{_XML}lang", language)
        for each in _sections(entry, language):
            part = etree.SubElement(section, names.term)
            etree.SubElement(part, "term").text = _clean(each.text)
            for kind, value in each.notes.items():
                _note(part, "termNote", kind, value)


def _sections(entry: Entry, language: Language) -> Iterator[_Section]:
    status = "draft" if entry.status == "draft" else "preferred"
    notes = {"partOfSpeech": _POS[entry.pos], "administrativeStatus": _STATUS[status]}
    if language == "es" and entry.gender:
        notes["grammaticalGender"] = _GENDER[entry.gender]
    yield _Section(entry.term(language), status, notes)
    further = entry.en_forms if language == "en" else ()
    for text, kind in (
        *((form, "further") for form in further),
        *((rendering, "avoid") for rendering in entry.avoid(language)),
    ):
        yield _Section(text, kind, {"administrativeStatus": _STATUS[kind]})


def _note(parent: Any, tag: str, kind: str, text: str) -> None:
    element = etree.SubElement(parent, tag)
    if kind:
        element.set("type", kind)
    element.text = _clean(text)


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _parse(data: bytes, name: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{name}: not XML: {error}.", "Export it again as TBX-Basic.") from error
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise UsageError(
            f"{name}: the file defines XML entities, which are refused.",
            "Export it again without a document type.",
        )
    if _tag(root) not in ("martif", "tbx"):
        raise UsageError(f"{name}: not TBX, but <{_tag(root)}>.", "Export it as TBX-Basic.")
    return root


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _read_concept(concept: Any, name: str) -> Iterator[Entry]:
    found = {
        language: [_section(part) for part in _parts(concept, language)] for language in _LANGUAGES
    }
    sides = {language: _main(sections) for language, sections in found.items()}
    if not all(sides.values()):
        return
    english, spanish = sides["en"], sides["es"]
    pos = _backwards(_POS, _noted("partOfSpeech", english, spanish)) or "noun"
    same = pos == "name" and english.text == spanish.text
    status = "draft" if "draft" in (english.status, spanish.status) else "preferred"
    row: dict[str, Any] = {
        "en": english.text,
        "es": spanish.text,
        "pos": pos,
        "gender": _backwards(_GENDER, _noted("grammaticalGender", spanish)),
        # TBX cannot say "keep"; a name that is the same in both languages is nothing else.
        "status": "keep" if same and status == "preferred" else status,
        "en_forms": _further(found["en"], english),
        "avoid_en": _texts(found["en"], "avoid"),
        "avoid_es": _texts(found["es"], "avoid"),
        "domain": _text_of(concept, "descrip", "subjectField"),
        "source": _text_of(concept, "admin", "source"),
        "note": _text_of(concept, "note", ""),
    }
    yield Entry(**row, file=name, line=concept.sourceline or 0)


def _parts(concept: Any, language: str) -> Iterator[Any]:
    for section in concept.iter():
        code = section.get(f"{_XML}lang", "").lower()
        if _tag(section) in ("langSet", "langSec") and re.match(rf"{language}\b", code):
            yield from (part for part in section.iter() if _tag(part) in ("tig", "ntig", "termSec"))


def _section(part: Any) -> _Section:
    text = next((_text(each) for each in part.iter() if _tag(each) == "term"), "")
    notes = {each.get("type", ""): _text(each) for each in part.iter() if _tag(each) == "termNote"}
    status = _backwards(_STATUS, notes.get("administrativeStatus", "")) or "preferred"
    return _Section(text, status, notes)


def _main(sections: Iterable[_Section]) -> Any:
    usable = [each for each in sections if each.text and each.status in ("preferred", "draft")]
    return usable[0] if usable else None


def _noted(kind: str, *sections: _Section) -> str:
    return next((each.notes[kind] for each in sections if each.notes.get(kind)), "")


def _further(sections: Iterable[_Section], main: _Section) -> tuple[str, ...]:
    """What else a concept is called: all but its term and what is to be avoided."""
    others = (each for each in sections if each is not main and each.status != "avoid")
    return tuple(each.text for each in others if each.text)


def _texts(sections: Iterable[_Section], status: str) -> tuple[str, ...]:
    return tuple(each.text for each in sections if each.status == status and each.text)


def _text_of(concept: Any, tag: str, kind: str) -> str:
    """The text of a note on the concept itself, not on one of its terms."""
    for element in concept:
        if _tag(element) == tag and element.get("type", "") == kind:
            return _text(element)
    return ""


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _backwards(table: dict[str, str], value: str) -> str:
    return next((key for key, other in table.items() if other == value), "")
