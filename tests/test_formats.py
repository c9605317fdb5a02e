"""The formats that a posting is taken away in: what is in them, and what can never be."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from pyld import jsonld
from support import ROOT, SEEDS, Run
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile

from harmonize import Harmonizer
from harmonize.check import scored
from harmonize.records import CELL, Bilingual, Change, Posting, Segment, SegmentSource, Side
from harmonize.render import FORMATS, Entry, index_page, writers
from harmonize.render.inline import on_one_line, pieces, visible
from harmonize.render.listed import listed
from harmonize.render.repaired import source_runs
from harmonize.render.view import facts, shown
from harmonize.render.xliff import state_of
from harmonize.store import Store

CASES = Path(__file__).parent / "cases/formats"
GOLDEN = CASES / "golden"
HOSTILE = json.loads((CASES / "hostile.json").read_text())
SMALL = Posting.model_validate_json((CASES / "small.json").read_bytes())
ALL = tuple(FORMATS)
KINDS = ("title", "heading", "paragraph", "bullet", "bullet", "table", "table", "contact")


def files(posting: Posting, *formats: str) -> dict[str, str | bytes]:
    return {name: write(posting) for name, write in writers(formats or ALL).items()}


def text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode()


def posting_of(words: str, kinds: tuple[str, ...] = KINDS) -> Posting:
    """A posting that has *words* wherever a posting can have words."""
    place = SegmentSource(text=words, language="en", confidence=1, start=0, end=len(words))
    row = {"source": place, "section": "duties", "level": 1}
    terms = ({"en": words, "es": words, "outcome": "enforced"},)
    flags = ({"rule": "x", "severity": "warning", "message": words},)
    side = {"text": words, "origin": "machine"}
    segments = tuple(
        Segment.model_validate(
            {"id": f"s{number}", "kind": kind, "en": side, "es": side, **row}
            | {"terms": terms, "flags": flags}
        )
        for number, kind in enumerate(kinds)
    )
    return SMALL.model_copy(
        update={
            "title": Bilingual(en=words, es=words),
            "organization": words,
            "location": words,
            "employment_type": words,
            "deadline": words,
            "source": SMALL.source.model_copy(update={"path": words}),
            "contacts": SMALL.contacts.model_copy(update={"emails": (words,), "urls": (words,)}),
            "repairs": (Change(start=0, end=1, before=words, after=words, rule="x", confidence=1),),
            "segments": segments,
        }
    )


def every_file(posting: Posting) -> dict[str, str | bytes]:
    entry = Entry(listed(posting), tuple(files(posting)))
    rejects = [{"source": posting.title.en, "reason": posting.title.en}]
    return files(posting) | {"index.html": "".join(index_page([entry], rejects))}


# What a file is made of, without its words: equal for harmless and for hostile words.


def html_shape(content: str | bytes) -> list[tuple[str, list[str]]]:
    tree = lxml_html.document_fromstring(text(content))
    return [(str(each.tag), sorted(each.attrib)) for each in tree.iter()]


def xml_shape(content: str | bytes) -> list[tuple[str, list[str]]]:
    data = content if isinstance(content, bytes) else content.encode()
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, load_dtd=False))
    return [(str(each.tag), sorted(map(str, each.attrib))) for each in tree.iter()]


def json_shape(content: str | bytes) -> Any:
    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(each) for key, each in value.items()}
        return [walk(each) for each in value] if isinstance(value, list) else type(value).__name__

    return walk(json.loads(content))


def markdown_shape(content: str | bytes) -> list[str]:
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(text(content))
    inlines = [inline for token in tokens for inline in token.children or ()]
    assert not {"image", "html_inline"} & {inline.type for inline in inlines}
    links = [str(inline.attrs["href"]) for inline in inlines if inline.type == "link_open"]
    assert all(link.startswith(("https://", "http://", "mailto:", "tel:")) for link in links)
    return [token.type for token in tokens]


def docx_shape(content: str | bytes) -> list[list[tuple[str, list[str]]]]:
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith((".xml", ".rels")))
        shapes = [xml_shape(archive.read(name)) for name in names]
    # Word's space attribute tells only that a text begins or ends with a space.
    return [
        [(tag, [name for name in names if not name.endswith("}space")]) for tag, names in shape]
        for shape in shapes
    ]


def lines_shape(content: str | bytes) -> list[bool]:
    return [bool(line.strip()) for line in text(content).split("\n")]


SHAPES: dict[str, Callable[[str | bytes], Any]] = {
    ".md": markdown_shape,
    ".html": html_shape,
    ".json": json_shape,
    ".jsonld": json_shape,
    ".docx": docx_shape,
    ".tmx": xml_shape,
    ".xlf": xml_shape,
    ".txt": lines_shape,
}


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["name"])
def test_words_never_become_structure(case: dict[str, str]) -> None:
    words = case["text"]
    harmless = every_file(posting_of("Visit the farms. " + "|" * words.count(" | ")))
    for name, content in every_file(posting_of(words)).items():
        shape = SHAPES[Path(name).suffix]
        assert shape(content) == shape(harmless[name]), name


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["name"])
def test_words_are_all_there_and_what_is_hidden_can_be_seen(case: dict[str, str]) -> None:
    posting = posting_of(case["text"], ("paragraph",))
    expected = on_one_line(case["text"])
    written = every_file(posting)
    assert Posting.model_validate_json(written["posting.json"]) == scored(posting)
    tree = etree.fromstring(written["posting.tmx"])
    assert [seg.text for seg in tree.iter("seg")] == [expected, expected]
    tree = etree.fromstring(written["posting.xlf"])
    assert [each.text for each in tree.iter("{*}source", "{*}target")] == [expected, expected]
    rows = docx.Document(io.BytesIO(written["posting.docx"])).tables[0].rows
    assert [cell.text for cell in rows[-1].cells] == [expected, expected]
    assert text(written["en.txt"]).strip() == expected
    record = json.loads(written["en.jsonld"])
    assert record["responsibilities"] == expected
    assert lxml_html.fromstring(record["description"]).text_content() == expected
    page = lxml_html.document_fromstring(written["review.html"])
    [side] = page.xpath("//td[@lang='en']/p[1]")
    assert " ".join(side.text_content().split()) == expected
    rendered = MarkdownIt("commonmark").render(text(written["en.md"]))
    assert unescape(re.sub(r"<[^>]*>", "", rendered)).strip() == expected


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["name"])
def test_nothing_hidden_is_left_and_nothing_runs(case: dict[str, str]) -> None:
    for name, content in every_file(posting_of(case["text"])).items():
        if name.endswith(".docx") or name == "posting.json":
            continue
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text(content)
        )
        assert name.endswith((".md", ".txt")) or "<script>alert" not in text(content)
        assert not re.search(r"(?i)href=[\"']?\s*(javascript|data):", text(content))


PARTS = st.sampled_from(
    [
        *("# ", "## ", "- ", "* ", "+ ", "1. ", "9) ", "> ", "| ", " | ", "---", "===", "***"),
        *("```", "~~~", "<b>", "</p>", "<!--", "[a]: b", "[x](javascript:y)", "![p](https://q)"),
        *("\\", "`", "&amp;", "    ", "\t", "\n\n", "**b**", "___", "a", "ñ", "2024", ".", "]("),
    ]
)  # fmt: skip
WORDS = st.lists(PARTS | st.text(max_size=4), max_size=8).map("".join)


@given(st.lists(st.tuples(st.sampled_from(KINDS), WORDS, WORDS, st.integers(0, 4)), max_size=8))
def test_both_markdown_versions_have_the_same_blocks(
    rows: list[tuple[str, str, str, int]],
) -> None:
    harmless = _rows([(kind, "Visit", "Visitar", level) for kind, _, _, level in rows])
    written, plain = files(_rows(rows), "md"), files(harmless, "md")
    assert blocks(written["en.md"]) == blocks(written["es.md"]) == blocks(plain["en.md"])


@given(WORDS)
def test_markdown_shows_every_sign_that_the_author_wrote(words: str) -> None:
    content = text(files(_rows([("paragraph", words, words, 0)]), "md")["en.md"])
    rendered = MarkdownIt("commonmark").render(content)
    if words.strip() and on_one_line(words) and "<a href" not in rendered:
        shown_text = unescape(re.sub(r"<[^>]*>", "", rendered)).strip()
        assert shown_text.replace("*", "") == on_one_line(words).replace("*", "")


CELLS = st.sampled_from(("", "Visit", "four  years", "a|b", "5 | "))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=6), min_size=1, max_size=4))
def test_every_cell_of_a_table_stays_in_its_column(table: list[list[str]]) -> None:
    rows = [CELL.join(cell.strip(" |") for cell in row) for row in table]
    content = text(files(_rows([("table", row, row, 0) for row in rows]), "md")["es.md"])
    rendered = lxml_html.fromstring(MarkdownIt("commonmark").enable("table").render(content))
    shown = [[str(cell.text_content()) for cell in row] for row in rendered.iter("tr")]
    width = max(map(len, table))
    wanted = [[" ".join(cell.strip(" |").split()) for cell in row] for row in table]
    assert shown == [row + [""] * (width - len(row)) for row in wanted]


def blocks(content: str | bytes) -> list[str]:
    """The kinds of all blocks; a table's number of columns is that of its words."""
    found = markdown_shape(content)
    return [kind for kind in found if not kind.startswith(("td_", "th_")) and kind != "inline"]


def _rows(rows: list[tuple[str, str, str, int]]) -> Posting:
    place = SegmentSource(text="x", language="en", confidence=1, start=0, end=1)
    segments = tuple(
        Segment.model_validate(
            {
                "id": f"s{number}",
                "kind": kind,
                "section": "duties",
                "source": place,
                "en": Side(text=en, origin="source"),
                "es": Side(text=es, origin="machine"),
                "level": level,
            }
        )
        for number, (kind, en, es, level) in enumerate(rows)
    )
    return SMALL.model_copy(update={"segments": segments})


@pytest.fixture(scope="module")
def seeds() -> list[Posting]:
    """The seeds, with an engine that every machine has: formats do not depend on words."""
    from harmonize.read import find_inputs, read_posting

    inputs, _ = find_inputs([str(SEEDS)])
    with Harmonizer(engine="fake", glossary=[]) as harmonizer:
        return harmonizer.run([read_posting(item) for item in inputs])


def test_the_seeds_have_the_same_blocks_in_both_languages(seeds: list[Posting]) -> None:
    openings = {"heading_open", "paragraph_open", "list_item_open", "tr_open"}
    for posting in seeds:
        written = files(posting, "md")
        english, spanish = (
            [token.type for token in MarkdownIt("commonmark").enable("table").parse(text(content))]
            for content in written.values()
        )
        assert [kind for kind in english if kind in openings] == [
            kind for kind in spanish if kind in openings
        ]
        items = [each for each in shown(posting) if each.kind == "bullet"]
        assert english.count("list_item_open") == len(items)


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*")))
def test_golden_files(name: str) -> None:
    written = text(every_golden()[name])
    if os.environ.get("UPDATE_GOLDEN"):
        (GOLDEN / name).write_text(written)
    assert written == (GOLDEN / name).read_text()


def test_every_text_format_has_its_golden_files() -> None:
    assert set(every_golden()) == {path.name for path in GOLDEN.glob("*")}


def every_golden() -> dict[str, str]:
    """The files of the small posting, as of no version."""
    entry = Entry(listed(SMALL), tuple(files(SMALL)))
    written = files(SMALL) | {"index.html": "".join(index_page([entry], []))}
    found = {name: text(content) for name, content in written.items() if name != "posting.docx"}
    numbered = re.compile(r'(tool-?version=")[^"]+')
    return {name: numbered.sub(r"\1VERSION", content) for name, content in found.items()}


def test_a_second_time_gives_the_same_bytes_and_writes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.write(SMALL, ALL) == len(files(SMALL))
    assert store.write(SMALL, ALL) == 0
    code = (
        "import sys; from harmonize.records import Posting; from harmonize.render import writers\n"
        "posting = Posting.model_validate_json(open(sys.argv[1]).read())\n"
        "sys.stdout.buffer.write(writers(['docx'])['posting.docx'](posting))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, CASES / "small.json"],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
    )
    assert other.stdout == (tmp_path / SMALL.id / "posting.docx").read_bytes()


def test_a_library_is_loaded_only_for_its_format(tmp_path: Path) -> None:
    code = (
        "import sys; from harmonize.render import writers; import harmonize.cli\n"
        "writers(['md', 'txt', 'json', 'jsonld', 'html'])\n"
        "print([name for name in ('docx', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


# HTML


def test_the_review_page_holds_the_whole_record() -> None:
    page = lxml_html.document_fromstring(files(SMALL, "html")["review.html"])
    words = " ".join(page.text_content().split())
    for each in SMALL.segments:
        assert on_one_line(each.source.text.split("Ăł")[0]) in words
        assert all(flag.message in words for flag in each.flags)
        assert all(f"{term.en} → {term.es}" in words for term in each.terms)
    for fact in ("Cooperativa Las Marías", "USD 1,200–1,500 a month", "3 de mayo de 2024"):
        assert fact in words
    assert "Tiempo completo" in words
    assert "None" not in words
    headings = [" ".join(head.text_content().split()) for head in page.xpath("//main//h2")]
    duties, benefits = (
        next(number for number, head in enumerate(headings) if name in head)
        for name in ("Duties Funciones", "What we offer")
    )
    assert duties < benefits
    assert "Main duties" in words, "the author's own heading stays"
    assert [
        (each.text, each.getnext().text) for each in page.xpath("//td[@class='source']//del")
    ] == [
        ("FunciĂłn", "Función"),
        ("gestiĂłn.", "gestión."),
    ]


def test_only_the_index_has_a_script_and_names_its_hash(tmp_path: Path) -> None:
    review = text(files(SMALL, "html")["review.html"])
    index = "".join(index_page([Entry(listed(SMALL), ("review.html", "en.md"))], []))
    assert "<script" not in review
    assert "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'" in review
    import base64
    import hashlib

    [script] = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in index
    assert "Promotora de campo" in index.partition("<script>")[0]
    links = lxml_html.document_fromstring(index).xpath("//@href")
    assert links == ["field-promoter/review.html", "field-promoter/en.md"]


def colours(page: str) -> Iterator[dict[str, str]]:
    """The colours of the light and of the dark page."""
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part))
        for part in re.findall(r":root \{(.*?)\}", page, re.DOTALL)[:2]
    )
    yield light
    yield light | dark


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_every_text_has_the_contrast_of_wcag_aa() -> None:
    pairs = [(ink, paper) for ink in ("ink", "soft", "link") for paper in ("paper", "card", "band")]
    pairs += [(name, f"{name}bg") for name in ("out", "in", "warning", "error", "info")]
    pairs += [("accent", "card")]
    for palette in colours(text(files(SMALL, "html")["review.html"])):
        for ink, paper in pairs:
            one, two = luminance(palette[ink]), luminance(palette[paper])
            assert (max(one, two) + 0.05) / (min(one, two) + 0.05) >= 4.5, (ink, paper)


CHANGES = [
    ("“ Networks ”;", [(1, 2, ""), (10, 11, "")], "“Networks”;"),
    ("in region.Train", [(10, 10, "\n")], "in region.\nTrain"),
    ("aĂłb cĂłd", [(1, 3, "ó"), (6, 8, "ó")], "aób cód"),
    ("a\u00a0b", [(1, 2, " ")], "a b"),
    ("x" * 500, [(250, 251, "y")], "x" * 250 + "y" + "x" * 249),
]


@pytest.mark.parametrize(("before", "changes", "after"), CHANGES)
def test_repairs_are_shown_word_by_word_and_nothing_is_lost(
    before: str, changes: list[tuple[int, int, str]], after: str
) -> None:
    place = SegmentSource(text=before, language="en", confidence=1, start=7, end=7 + len(before))
    made = [
        Change(start=7 + start, end=7 + end, before="", after=words, rule="x", confidence=1)
        for start, end, words in changes
    ]
    runs = list(source_runs(place, made))
    back = str.maketrans({"⍽": "\u00a0", "↵": ""})
    joined = {
        state: "".join(run.text for run in runs if run.state != state).translate(back)
        for state in ("in", "out")
    }
    assert joined["in"] == before
    assert joined["out"] == after
    assert all(len(run.text) < 100 for run in runs if run.state != "kept")


# JSON-LD


def expanded(posting: Posting, language: str) -> dict[str, Any]:
    def load(url: str, options: object) -> dict[str, Any]:
        assert url == "https://schema.org", "nothing else is to be loaded"
        context = {"@context": {"@vocab": "https://schema.org/"}}
        return {"contextUrl": None, "documentUrl": url, "document": context}

    record = json.loads(text(files(posting, "jsonld")[f"{language}.jsonld"]))
    [found] = jsonld.expand(record, {"documentLoader": load})
    return {name.removeprefix("https://schema.org/"): value for name, value in found.items()}


def test_json_ld_is_a_job_posting_in_each_language() -> None:
    english, spanish = (expanded(SMALL, language) for language in ("en", "es"))
    assert english["@type"] == ["https://schema.org/JobPosting"]
    assert english["identifier"] == spanish["identifier"]
    assert english["validThrough"] == [{"@value": "2024-05-03"}]
    assert english["employmentType"] == [{"@value": "FULL_TIME"}]
    [salary] = english["baseSalary"]
    [value] = salary["https://schema.org/value"]
    assert value["https://schema.org/minValue"] == [{"@value": 1200}]
    assert value["https://schema.org/unitText"] == [{"@value": "MONTH"}]
    for found, language in ((english, "en"), (spanish, "es")):
        [page] = found["mainEntityOfPage"]
        assert page["https://schema.org/inLanguage"] == [{"@value": language}]
    assert "Visitar las cooperativas" in spanish["responsibilities"][0]["@value"]
    assert "jobStartDate" not in english


def test_facts_that_are_null_are_absent() -> None:
    bare = {"organization", "location", "employment_type", "salary", "date_posted", "deadline"}
    posting = SMALL.model_copy(update=dict.fromkeys(bare))
    for name, content in files(posting).items():
        if not name.endswith(".docx") and name != "posting.json":
            assert not re.search(r"\b(null|None)\b", text(content)), name
    record = json.loads(text(files(posting, "jsonld")["en.jsonld"]))
    assert not {"hiringOrganization", "jobLocation", "baseSalary", "validThrough"} & set(record)


def test_facts_are_told_in_both_languages() -> None:
    asked = SimpleNamespace(language="qu", level="basic", required=False)
    told = SimpleNamespace(**dict(SMALL))
    told.employment_type, told.start_date = "FULL_TIME, TEMPORARY", "2024-06"
    told.languages_required, told.travel_share = (asked,), 0.3
    found = {fact.key: (fact.value.en, fact.value.es) for fact in facts(told)}
    assert found["employment_type"] == ("Full time, Temporary", "Tiempo completo, Temporal")
    assert found["start_date"] == ("June 2024", "junio de 2024")
    assert found["languages_required"] == (
        *("Quechua (basic, an advantage)", "quechua (básico, deseable)"),
    )
    assert found["travel"] == ("up to 30% of the time", "hasta 30\N{NO-BREAK SPACE}% del tiempo")


# DOCX


def word_file(posting: Posting) -> Any:
    content = files(posting, "docx")["posting.docx"]
    assert isinstance(content, bytes)
    return docx.Document(io.BytesIO(content))


def test_word_has_both_languages_row_for_row() -> None:
    document = word_file(SMALL)
    [table] = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["English", "Español"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert ["Apply by: May 3, 2024", "Postular hasta el: 3 de mayo de 2024"] in rows
    assert [
        "1.\tVisit the cooperatives every month.",
        "1.\tVisitar las cooperativas cada mes.",
    ] in rows
    assert len(rows) == 1 + 8 + len(shown(SMALL))
    styles = {row.cells[0].text: row.cells[0].paragraphs[0].style.name for row in table.rows}
    assert styles["Field Promoter"] == "Heading 1"
    assert styles["Main duties"] == "Heading 2"
    bold = [run.text for row in table.rows for run in row.cells[1].paragraphs[0].runs if run.bold]
    assert "pequeños productores" in bold
    for row in table.rows:
        for cell, code in zip(row.cells, ("en-US", "es-419"), strict=True):
            for run in filter(lambda each: each.text, cell.paragraphs[0].runs):
                assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == code


def test_word_has_flags_as_comments_page_numbers_and_properties() -> None:
    document = word_file(SMALL)
    flags = [flag.message for each in SMALL.segments for flag in each.flags]
    assert [comment.text.partition(" · ")[2] for comment in document.comments] == flags
    footer = document.sections[0].footer._element
    fields = [each.get(qn("w:instr")) for each in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.core_properties.title == "Field Promoter · Promotora de campo"
    assert document.core_properties.identifier == SMALL.id
    assert "python-docx" not in document.core_properties.author + document.core_properties.comments
    with zipfile.ZipFile(io.BytesIO(files(SMALL, "docx")["posting.docx"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# TMX and XLIFF


def test_tmx_follows_its_document_type_and_can_be_read_by_others() -> None:
    content = files(SMALL, "tmx")["posting.tmx"]
    assert isinstance(content, bytes)
    with (CASES / "tmx.dtd").open() as file:
        etree.DTD(file).assertValid(etree.fromstring(content))
    store = tmxfile(io.BytesIO(content), sourcelanguage="en", targetlanguage="es")
    found = {unit.source: unit.target for unit in store.units}
    assert found["Visit the cooperatives every month."] == "Visitar las cooperativas cada mes."
    ids = [unit.get("tuid") for unit in etree.fromstring(content).iter("tu")]
    # The French line, which nobody translated, and page furniture are no pairs.
    assert ids == [f"field-promoter/{each.id}" for each in SMALL.segments[:11]]
    assert re.search(rb"creationdate|changedate", content) is None


def test_xliff_follows_its_schema_and_can_be_read_by_others() -> None:
    content = files(SMALL, "xliff")["posting.xlf"]
    assert isinstance(content, bytes)
    tree = etree.fromstring(content)
    etree.RelaxNG(etree.parse(CASES / "xliff.rng")).assertValid(tree)
    store = xlifffile.parsestring(content)
    found = {unit.source: unit for unit in store.units}
    assert (
        found["Visitar las cooperativas cada mes."].target == "Visit the cooperatives every month."
    )
    assert found["Visitar las cooperativas cada mes."].getnotes() == ""
    assert "put it in" in found["Train members in quality control."].getnotes()
    assert {unit.get("id") for unit in tree.iter("{*}trans-unit")} == {
        each.id for each in shown(SMALL)
    }
    directions = [
        (file.get("source-language"), file.get("target-language")) for file in tree.iter("{*}file")
    ]
    assert directions == [("en", "es"), ("es", "en")]


STATES = {
    "s001": ("final", True),  # the author wrote both
    "s003": ("translated", False),
    "s006": ("translated", False),
    "s007": ("final", True),  # a person translated it
    "s008": ("needs-review-translation", False),
    "s010": ("translated", False),
    "s012": ("needs-translation", False),
}


@pytest.mark.parametrize("id_", STATES)
def test_how_far_a_segment_is(id_: str) -> None:
    [segment] = [each for each in SMALL.segments if each.id == id_]
    target = "en" if segment.source.language == "es" else "es"
    state = state_of(segment, target)
    assert (state.state, state.approved) == STATES[id_]


@given(st.text(max_size=40))
def test_what_is_made_visible_can_stand_in_xml(words: str) -> None:
    element = etree.Element("a")
    element.text = visible(words)
    assert visible(visible(words)) == visible(words)
    assert "".join(piece.text for piece in pieces(words)).replace("*", "") == words.replace("*", "")


# harmonize export


@pytest.fixture
def out(run: Run, tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Officer {name}\n\nVisit the farms every month.\n")
    run("translate", "one.txt", "two.txt", "-o", "out", "--engine", "fake", "--format", "md")
    return tmp_path / "out"


def test_export_writes_later_what_was_not_asked_for_and_needs_no_engine(
    run: Run, out: Path
) -> None:
    before = (out / "one/posting.json").stat().st_mtime_ns
    command = ("export", "out", "--format", "docx,tmx", "--json")
    done = run(*command, env={"PATH": "/nowhere"})
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        **{"folder": "out", "postings": 2, "written": 4, "unchanged": 0, "rejects": []}
    }
    assert {path.name for path in (out / "one").iterdir()} == {
        *("en.md", "es.md", "posting.json", "posting.docx", "posting.tmx")
    }
    assert (out / "one/posting.json").stat().st_mtime_ns == before
    assert "one/posting.docx" in (out / "index.html").read_text()
    assert json.loads(run(*command).stdout)["unchanged"] == 4


def test_export_of_one_posting_to_another_folder(run: Run, out: Path, tmp_path: Path) -> None:
    before = sorted(out.rglob("*"))
    done = run("export", "out", "--format", "xliff,jsonld", "--id", "two", "-o", "away")
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "away").rglob("*.*")) == [
        *("en.jsonld", "es.jsonld", "posting.xlf")
    ]
    assert sorted(out.rglob("*")) == before


@pytest.mark.parametrize(
    ("damage", "reason"),
    [("{", "damaged"), ('{"id": "x"}', "source: Field required"), ("", "damaged")],
)
def test_a_damaged_record_is_rejected_and_the_others_exported(
    run: Run, out: Path, damage: str, reason: str
) -> None:
    (out / "one/posting.json").write_text(damage)
    done = run("export", "out", "--format", "docx")
    assert done.returncode == 1
    assert "Rejected out/one/posting.json: It is damaged" in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert (out / "two/posting.docx").exists()
    assert not (out / "one/posting.docx").exists()


@pytest.mark.parametrize("id_", ["three", "../out/one", "/etc"])
def test_export_of_a_posting_that_is_not_there(run: Run, out: Path, id_: str) -> None:
    done = run("export", "out", "--format", "docx", "--id", id_, "-o", "away")
    assert done.returncode == 1
    assert "There is no such posting. Here are: one, two." in done.stderr


def test_export_writes_under_the_folders_name_whatever_the_record_says(
    run: Run, out: Path, tmp_path: Path
) -> None:
    record = out / "one/posting.json"
    record.write_text(record.read_text().replace('"id": "one"', '"id": "../../elsewhere"', 1))
    assert run("export", "out", "--format", "txt", "-o", "deep/away").returncode == 0
    assert (tmp_path / "deep/away/one/en.txt").exists()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere holds no postings"),
        (["."], "Run: harmonize translate"),
        (["out", "--format", "pdf"], "There is no format called pdf"),
    ],
)
def test_wrong_usage_of_export(run: Run, out: Path, arguments: list[str], message: str) -> None:
    done = run("export", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
