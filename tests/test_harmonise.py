"""The harmonised record: sections and facts of the seeds and of postings made for these tests."""

from __future__ import annotations

import json
import re
import time
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

import harmonize
from harmonize.harmonise import SECTION_TITLES, by_section, find_contacts
from harmonize.harmonise.data import csv_rows
from harmonize.harmonise.days import mentions
from harmonize.harmonise.money import amounts, currency, period
from harmonize.harmonise.places import countries_in
from harmonize.harmonise.sections import guess_flags, sections_of
from harmonize.pipeline import draft
from harmonize.records import Bilingual, Block, Posting, RawPosting, SectionName, Segment
from harmonize.render.words import value as named
from harmonize.segments.tables import table_rows

CASES = sorted((ROOT / "tests/cases/harmonise").glob("*.json"))
NAMES = get_args(SectionName)


def case_of(path: Path) -> tuple[dict[str, Any], str]:
    case = json.loads(path.read_text(encoding="utf-8"))
    source = ROOT / case["source"] if "source" in case else path.with_suffix(".txt")
    return case, source.read_text(encoding="utf-8")


@cache
def run(text: str) -> Posting:
    with harmonize.Harmonizer(engine="fake", glossary=[]) as harmonizer:
        return harmonizer.run_text(text, id="x")


def own_side(segment: Segment) -> str:
    """The author's words, repaired."""
    return segment.es.text if segment.source.language == "es" else segment.en.text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_posting_has_the_facts_that_its_reader_finds(path: Path) -> None:
    case, text = case_of(path)
    record = json.loads(run(text).model_dump_json())
    title = case["expected"].pop("title", {})
    assert {language: record["title"][language] for language in title} == title
    assert {fact: record[fact] for fact in case["expected"]} == case["expected"]
    known = {fact for fact in record["fact_sources"] if record[fact]}
    assert known == set(record["fact_sources"])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_line_stands_in_its_section(path: Path) -> None:
    case, text = case_of(path)
    segments = run(text).segments
    expected = [(start, name) for name, starts in case["sections"].items() for start in starts]
    found = [(start, _sections(segments, start)) for start, _ in expected]
    assert found == [(start, {name}) for start, name in expected]


def _sections(segments: tuple[Segment, ...], start: str) -> set[str]:
    return {each.section for each in segments if own_side(each).startswith(start)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_doubtful_is_flagged(path: Path) -> None:
    case, text = case_of(path)
    segments = run(text).segments
    flags = [(each, flag) for each in segments for flag in each.flags]
    for rule, words in case.get("rules", {}).items():
        messages = [flag.message for _, flag in flags if flag.rule == rule]
        assert any(all(word in message for word in words) for message in messages), (rule, messages)
    for start in case.get("guessed", []):
        rules = {flag.rule for each, flag in flags if own_side(each).startswith(start)}
        assert "section-guessed" in rules
    doubts = {"contradiction", "ambiguous-date", "date-without-year", "year-inferred"}
    assert {flag.rule for _, flag in flags} & doubts - set(case.get("rules", {})) <= case_doubts(
        path
    )


def case_doubts(path: Path) -> set[str]:
    """What may be doubted in a case without being named: nothing, but in the one made for it."""
    return {"date-without-year"} if path.stem == "ambiguous-date" else set()


def test_there_are_enough_postings_of_enough_kinds() -> None:
    seeds = {path.stem for path in CASES if path.stem.startswith("seed-")}
    assert len(seeds) == len(list((ROOT / "seeds").glob("*.txt")))
    assert len(CASES) - len(seeds) >= 10


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_facts_are_the_postings_own_words(path: Path) -> None:
    _, text = case_of(path)
    posting = run(text)
    words = set(re.findall(r"\w+", " ".join(own_side(each) for each in posting.segments)))
    for value in (posting.organization, posting.location, *posting.contacts.emails):
        assert set(re.findall(r"\w+", value or "")) <= words


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_fact_leads_to_the_segment_it_was_read_from(path: Path) -> None:
    _, text = case_of(path)
    posting = run(text)
    by_id = {each.id: own_side(each) for each in posting.segments}
    for fact in ("organization", "location"):
        value = getattr(posting, fact)
        if value and "(" not in value and ", " not in value:
            assert value in by_id[posting.fact_sources[fact]]
    for fact in ("deadline", "start_date", "date_posted", "salary", "travel_share"):
        if getattr(posting, fact):
            assert re.search(r"\d", by_id[posting.fact_sources[fact]])


def test_sections_come_in_canonical_order_and_none_is_lost() -> None:
    assert tuple(SECTION_TITLES) == NAMES
    for path in CASES:
        posting = run(case_of(path)[1])
        grouped = by_section(posting)
        assert [name for name, _ in grouped] == [
            name for name in NAMES if any(each.section == name for each in posting.segments)
        ]
        assert sorted(each.id for _, segments in grouped for each in segments) == [
            each.id for each in posting.segments
        ]


BLOCKS = st.lists(
    st.builds(
        Block,
        kind=st.sampled_from(["title", "heading", "paragraph", "bullet", "table", "contact"]),
        text=st.sampled_from(
            [
                "Duties", "Why us?", "What you bring:", "Draft reports.", "Degree in law",
                "Location: Lima", "We offer pay.", "a | b", "x@y.org", "…", "Salario: S/ 900",
                "Send your CV.", "¿Qué?",
            ]
        ),
        start=st.just(0),
        end=st.just(0),
    ),
    max_size=12,
)  # fmt: skip


@given(BLOCKS)
def test_every_block_has_one_section_and_guesses_are_told(blocks: list[Block]) -> None:
    placed = sections_of(blocks)
    assert len(placed) == len(blocks)
    assert {each.section for each in placed} <= set(NAMES)
    flagged = guess_flags(placed, blocks)
    assert all(placed[at].guessed for at in flagged)
    assert bool(flagged) == any(each.guessed for each in placed)


PIECES = st.sampled_from(
    [
        "Deadline: ", "Fecha límite: ", "3/4/2025", "31 March", "hasta el ", "Salary: ", "$5k",
        "\n", ". ", " - ", "About CLAC", "Duties:", "Tel. 2222-3344", "Organisation: X Y", "|",
        "Spanish", "20% travel", "Based in Lima", "Posted ", "2024-02-30", "•", ": ", "💰", "0",
        "S/ 3,500", " is a union",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join))
def test_nothing_is_invented_and_nothing_fails(text: str) -> None:
    done = draft(RawPosting(id="x", path="", sha256="", media_type="", encoding="", text=text))
    facts = done.findings.facts
    words = set(re.findall(r"\w+", " ".join(row.block.text for row in done.rows)))
    for value in (facts.organization, facts.location):
        assert set(re.findall(r"\w+", value or "")) <= words
    years = set(re.findall(r"\d{2,4}", text))
    for value in (facts.deadline, facts.start_date, facts.date_posted):
        assert value is None or value[:4] in years or value[2:4] in {year[-2:] for year in years}
    if facts.salary:
        assert re.search(r"\d", text)


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("15th of March 2024", "en", "2024-03-15"),
        ("Mar. 5, 2024", "en", "2024-03-05"),
        ("15-Mar-24", "en", "2024-03-15"),
        ("primero de mayo de 2024", "es", "2024-05-01"),
        ("11 de setiembre del 2024", "es", "2024-09-11"),
        ("30 de abril, 2024", "es", "2024-04-30"),
        ("del 1 al 15 de marzo de 2024", "es", "2024-03-15"),
        ("3/4/2025", "es", "2025-04-03"),
        ("13/04/2025", "en", "2025-04-13"),
        ("Friday 03/04/2026", "en", "2026-04-03"),
        ("2024-03-15T23:59", "en", "2024-03-15"),
        ("June 2024", "en", "2024-06"),
        ("31/02/2024", "en", ""),
        ("between 2021-2024", "en", ""),
        ("Tel 12.34.5678", "en", ""),
    ],
)
def test_dates_are_read_as_they_are_meant(text: str, language: str, days: str) -> None:
    found = [day.iso() for each in mentions(text, language) for day in each.days]
    assert " ".join(found) == days


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("£33,678 - £43,859", ("GBP", 33678, 43859, None)),
        ("€1.200,50", ("EUR", 1200.5, 1200.5, None)),
        ("USD 2,500 per month", ("USD", 2500, 2500, "MONTH")),
        ("Q. 8,000 mensuales", ("GTQ", 8000, 8000, "MONTH")),
        ("S/ 3,500", ("PEN", 3500, 3500, None)),
        ("de Q 8,000 a Q 10,000 al mes", ("GTQ", 8000, 10000, "MONTH")),
        ("US$18-22/hour", ("USD", 18, 22, "HOUR")),
        ("RD$45,000.00", ("DOP", 45000, 45000, None)),
        ("$1'200.000 COP", ("COP", 1200000, 1200000, None)),
        ("entre 800 y 1,000 dólares", ("USD", 800, 1000, None)),
        ("R 18 500 a month", ("ZAR", 18500, 18500, "MONTH")),
        ("£45k pa", ("GBP", 45000, 45000, "YEAR")),
    ],
)
def test_amounts_are_read_by_rule(text: str, found: tuple[object, ...]) -> None:
    [each] = amounts(text)
    assert (currency(each.sign, ()), each.low, each.high, period(text)) == found


@pytest.mark.parametrize(
    "text", ["10 % of the time", "since 2016", "Call 555 0199", "room R2", "a team of 5"]
)
def test_other_numbers_are_no_money(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Salary: competitive", {"salary": None}),
        ("Deadline: open until filled", {"deadline": None}),
        ("Supervisor: the Director, based in Washington, DC", {"location": None}),
        ("We manage a budget of $2,000,000 and pay 40 people.", {"salary": None}),
        ("The charity was founded in March 1994 to end hunger.", {"start_date": None}),
        ("Reports to: Union of Weavers", {"organization": None}),
        ("Deadline: 3 May 2024. Deadline extended to 10 May 2024.", {"deadline": "2024-05-10"}),
        ("Sueldo: hasta US$ 900 al mes", {"salary": ("USD", None, 900, "MONTH")}),
        ("Salary: from £30,000 a year", {"salary": ("GBP", 30000, None, "YEAR")}),
        ("Location: Oaxaca, México\nSueldo: $12,000", {"salary": ("MXN", 12000, 12000, None)}),
        ("Compensation and benefits: 15 days of leave; 401(k) with 5% match", {"salary": None}),
        (
            "Field Officer\n\nTea Union | Nairobi or remote in Kenya | £31,200–£34,800 | 0.8 FTE",
            {
                "salary": ("GBP", 31200, 34800, None),
                "location": "Nairobi or remote in Kenya",
            },
        ),
        (
            "PICKERS & PACKERS WORKERS UNITED – Local 41\n\nPosition announcement: Lead Organizer",
            {"organization": "PICKERS & PACKERS WORKERS UNITED"},
        ),
        (
            "Communications Intern @ Tea Union\n\n📍 Norwich, UK\n💷 £12.60 per hour, 21 hrs",
            {
                "organization": "Tea Union",
                "location": "Norwich, UK",
                "salary": ("GBP", 12.6, 12.6, "HOUR"),
            },
        ),
        (
            "Tea Federation - Secretary, Asia - Colombo, Sri Lanka - Permanent, full-time - "
            "The Federation brings together 120 unions. Purpose of the job: To lead the office.",
            {
                "title": Bilingual(en="Secretary, Asia", es="Es: Secretary, Asia"),
                "employment_type": "FULL_TIME",
                "location": "Colombo, Sri Lanka",
            },
        ),
        (
            "Tea Collective is looking for a Partnerships Manager to join our team!\n\n"
            "What you will do\n- Meet brands\n\nApply before Nov 30th (2026)",
            {
                "title": Bilingual(en="Partnerships Manager", es="Es: Partnerships Manager"),
                "deadline": "2026-11-30",
            },
        ),
        (
            'REQUEST FOR PROPOSALS\nFinal evaluation: "Safe Fields" project\nSubmission deadline: '
            "8 January 2027",
            {
                "title": Bilingual(
                    en='Final evaluation: "Safe Fields" project',
                    es='Es: Final evaluation: "Safe Fields" project',
                ),
                "deadline": "2027-01-08",
            },
        ),
        (
            "SE OFRECE\nContrato indefinido a tiempo completo, a partir de febrero de 2027.",
            {"start_date": "2027-02"},
        ),
        ("Lead Union Organizer\n\nVisit the farms.", {"organization": None}),
        (
            "HONORARIOS Y FORMA DE PAGO\nS/ 38.000, a todo costo: 30% a la firma",
            {"salary": ("PEN", 38000, 38000, None)},
        ),
        (
            "PLAZO\n75 días calendario a partir del 1 de marzo de 2027.\n\n"
            "Las propuestas se recibirán hasta el 05/02/2027.",
            {"start_date": "2027-03-01", "deadline": "2027-02-05"},
        ),
        (
            "How to apply\n\nEmail a résumé by 5 p.m. Pacific time on Friday, February 26, 2027.",
            {"deadline": "2027-02-26"},
        ),
    ],
)
def test_absent_is_null_and_said_is_read(text: str, facts: dict[str, object]) -> None:
    found = run(text)
    for fact, value in facts.items():
        read = getattr(found, fact)
        assert (tuple(read.model_dump().values()) if fact == "salary" and read else read) == value


def test_both_versions_of_a_posting_must_agree() -> None:
    text = "Fecha límite / Deadline: 10 de febrero de 2023 / {} 10, 2023"
    assert run(text.format("February")).deadline == "2023-02-10"
    doubtful = run(text.format("March"))
    assert doubtful.deadline is None
    assert "contradiction" in {flag.rule for flag in doubtful.segments[0].flags}


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("Tel. 2222-3344", ("2222-3344",)),
        ("WhatsApp: 976543210", ("976543210",)),
        ("RUC 20601234567, NPO 012-345-678", ()),
        ("budget 2.500.000, 2019-2024, 12.03.2024", ()),
        ("Write or ring 0117 496 0123.", ("0117 496 0123",)),
        ("Consultas: +591 4 4251234. 15 plazas", ("+591 4 4251234",)),
        (
            "WhatsApp +52 1 55 1234 5678 o +1 (509) 555-0142",
            ("+52 1 55 1234 5678", "+1 (509) 555-0142"),
        ),
    ],
)
def test_only_phone_numbers_are_phone_numbers(text: str, phones: tuple[str, ...]) -> None:
    assert find_contacts(text).phones == phones


def test_a_number_valid_in_the_postings_country_needs_no_label() -> None:
    peru = [country.code for country in countries_in("Lima, Perú")]
    assert find_contacts("(01) 427-2000", peru).phones == ("(01) 427-2000",)


def test_a_spanish_heading_that_goes_out_never_says_tu() -> None:
    """Of several translations the first counts, so the first must say usted or nobody."""
    familiar = re.compile(
        r"\b(?:tus?|tú|ti|te|eres|tienes|aportas|debes|únete|unirte|contáctanos|envía"
        r"|postúlate|recibes|necesitas)\b|rás\b",
        re.IGNORECASE,
    )
    first: dict[str, str] = {}
    for row in table_rows("headings.csv"):
        first.setdefault(row["en"], row["es"])
    assert [es for es in first.values() if familiar.search(es)] == []
    assert {row["es"] for row in table_rows("headings.csv")} >= {
        "Tu rol",
        "Qué harás",
        "Quién eres",
    }


def test_the_table_of_headings_is_long_in_both_languages() -> None:
    rows = table_rows("headings.csv")
    assert min(len({row[language] for row in rows}) for language in ("en", "es")) >= 250
    assert {row["section"] for row in rows} == set(NAMES)


def test_reading_a_posting_takes_little_time() -> None:
    texts = [case_of(path)[1] for path in CASES]
    rows = [
        draft(RawPosting(id="x", path="", sha256="", media_type="", encoding="", text=text)).rows
        for text in texts
    ]
    from harmonize.harmonise import read_rows

    started = time.perf_counter()
    for each in rows:
        read_rows(each)
    assert (time.perf_counter() - started) / len(rows) < 0.1  # some 3 ms on a free core


def test_every_language_that_can_be_asked_for_has_a_name_in_both_languages() -> None:
    codes = {row["code"] for row in csv_rows("languages.csv")}
    assert {code for code in codes if named("language", code).en == code} == set()
