"""A Word document of one posting: English and Spanish in two columns, row for row."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from harmonize.records import TARGETS, Posting, Segment
from harmonize.render.inline import on_one_line, pieces, plain
from harmonize.render.view import Fact, Language, facts, shown, words_of

_CODES: dict[Language, str] = {"en": "en-US", "es": "es-419"}
_STYLES = {"title": "Heading 1", "heading": "Heading 2"}
_INK, _SOFT = RGBColor(0x1C, 0x24, 0x30), RGBColor(0x4A, 0x55, 0x63)
_BAND, _LINE = "EEF2F6", "CBD3DC"
_FONT = "Calibri"
# No clock: the same posting gives the same bytes.  The day is the first that a zip file can hold.
_DAY = datetime(1980, 1, 1, tzinfo=UTC)
_WORD_INDENT, _WORD_LEVELS = Cm(0.6), 5


def docx_file(posting: Posting) -> bytes:
    """The posting as a Word document; a flag stands as a comment on the row that it is about."""
    document = docx.Document()
    _page(document)
    _properties(document, posting)
    table = _table(document)
    for fact in facts(posting):
        _fact(table, fact)
    for segment in shown(posting):
        _row(document, table, segment)
    _run(document.add_paragraph(), "", "en").font.size = Pt(1)  # Word wants one behind a table
    _page_numbers(document)
    return _same_bytes(document)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    sizes = {"Normal": 10.5, "Heading 1": 16, "Heading 2": 12}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[attribute]  # else Word takes the theme's font instead
        fonts.set(qn("w:hAnsi"), _FONT)
        style.paragraph_format.space_before = Pt(6 if name != "Normal" else 2)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.keep_with_next = name != "Normal"


def _properties(document: Any, posting: Posting) -> None:
    about = document.core_properties
    about.title = " · ".join(plain(title)[:120] for title in (posting.title.en, posting.title.es))
    about.author = about.last_modified_by = f"harmonize {version('harmonize')}"
    about.identifier, about.language = posting.id, "en-US, es-419"
    about.subject = on_one_line(posting.organization or "")[:200]
    about.comments = ""
    about.created = about.modified = _DAY
    about.revision = 1


def _table(document: Any) -> Any:
    table = document.add_table(rows=1, cols=2)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _lines(table)
    header = table.rows[0]
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page
    for cell, language in zip(header.cells, TARGETS, strict=True):
        name = {"en": "English", "es": "Español"}[language]
        _run(_paragraph(cell), name, language, bold=True)
        _shade(cell)
    return table


def _lines(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": "4", "space": "0", "color": _LINE}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side, width in {"top": 40, "left": 115, "bottom": 40, "right": 115}.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table.autofit = False
    properties = table._tbl.tblPr
    properties.insert_element_before(borders, "w:tblLayout", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def _fact(table: Any, fact: Fact) -> None:
    for cell, language in zip(table.add_row().cells, TARGETS, strict=True):
        paragraph = _paragraph(cell)
        label = _run(paragraph, f"{getattr(fact.label, language)}: ", language)
        label.font.color.rgb = _SOFT
        _run(paragraph, on_one_line(getattr(fact.value, language)), language)
        _shade(cell)


def _row(document: Any, table: Any, segment: Segment) -> None:
    runs = []
    for cell, language in zip(table.add_row().cells, TARGETS, strict=True):
        paragraph = _paragraph(cell, _STYLES.get(segment.kind, "Normal"))
        if segment.kind == "bullet":
            _mark(paragraph, segment, language)
        runs += [
            _run(paragraph, piece.text, language, bold=piece.bold or None)
            for piece in pieces(on_one_line(words_of(segment, language)))
        ]
    for flag in segment.flags:
        text = on_one_line(f"{segment.id} · {flag.message}")
        comment = document.add_comment(runs, text, author="harmonize", initials="h")
        comment._comment_elm.attrib.pop(qn("w:date"), None)


def _mark(paragraph: Any, segment: Segment, language: Language) -> None:
    """The author's own number or letter, else a bullet, with the text hanging behind it."""
    layout = paragraph.paragraph_format
    layout.left_indent = _WORD_INDENT * (min(segment.level, _WORD_LEVELS) + 1)
    layout.first_line_indent = -_WORD_INDENT
    layout.tab_stops.add_tab_stop(layout.left_indent)
    marker = on_one_line(segment.marker)
    _run(paragraph, (marker if marker[:1].isalnum() else "•") + "\t", language)


def _paragraph(cell: Any, style: str = "Normal") -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    return paragraph


def _run(paragraph: Any, text: str, language: Language, bold: bool | None = None) -> Any:
    run = paragraph.add_run(text)
    run.bold = bold
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _CODES[language])
    run._r.get_or_add_rPr().append(tag)  # the language that its spelling is checked in
    return run


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in {"val": "clear", "color": "auto", "fill": _BAND}.items():
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _page_numbers(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for field, before in (("PAGE", ""), ("NUMPAGES", " / ")):
        _run(paragraph, before, "en")
        element = OxmlElement("w:fldSimple")
        element.set(qn("w:instr"), field)
        element.append(_run(paragraph, "1", "en")._r)  # until Word counts
        paragraph._p.append(element)


def _same_bytes(document: Any) -> bytes:
    """The document's zip file, packed anew with one time for all its parts."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as archive:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _DAY.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))
    return packed.getvalue()
