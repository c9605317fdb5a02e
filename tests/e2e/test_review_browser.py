"""The review in a real browser, as people use it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from harmonize.memory import TranslationMemory
from review_cases import PATIENCE

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
expect.set_options(timeout=PATIENCE)
AXE = (ROOT / "tests/e2e/vendor/axe.min.js").read_text(encoding="utf-8")
UNION = "Promote the goals of the trade union in every region."
BETTER = "Promover los objetivos del sindicato en cada región."

Visit = Callable[..., Any]


def row(page: Any, words: str) -> Any:
    return page.locator("article.row").filter(has_text=words)


def spanish(page: Any, words: str) -> Any:
    return row(page, words).locator("[data-side=es] .text")


def edit(page: Any, words: str, text: str) -> None:
    """Open a row's Spanish with the keyboard and type."""
    found = row(page, words)
    found.locator(".number").click()
    page.keyboard.press("e")
    expect(found.locator("textarea")).to_be_focused()
    found.locator("textarea").fill(text)
    expect(found.locator(".hint span")).to_have_text("Saved.")


def written(review: Any, id_: str) -> dict[str, Any]:
    posting: dict[str, Any] = json.loads((review.out / id_ / "posting.json").read_text())
    return posting


def segment(review: Any, id_: str, source: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for each in written(review, id_)["segments"] if source in each["source"]["text"]
    )
    return found


def test_edit_accept_undo_and_reload(review: Any, visit: Visit) -> None:
    page = visit(review.address)
    expect(page.locator(".posting")).to_have_count(3)
    page.fill("#q", "program")
    expect(page.locator(".posting")).to_have_count(1)
    page.click("text=Program Officer")

    edit(page, "Promote the goals", BETTER)
    page.reload()  # what was typed is kept, though nobody pressed a button
    expect(spanish(page, "Promote the goals")).to_have_text(BETTER)

    row(page, "Promote the goals").locator(".number").click()
    page.keyboard.press("a")
    expect(row(page, "Promote the goals")).to_have_class(re.compile("accepted"))
    expect(page.locator("#progress")).to_contain_text("1 of")
    expect(page.locator("#said")).to_have_text(re.compile("accepted"))
    # The keyboard is in the next row by now.
    expect(row(page, "Coordinate 5 workshops")).to_be_focused()

    page.keyboard.press("u")
    expect(row(page, "Promote the goals")).to_have_class(re.compile("edited"))
    page.keyboard.press("r")
    expect(spanish(page, "Promote the goals")).to_have_text(f"Es: {UNION}")
    page.keyboard.press("c")
    expect(spanish(page, "Promote the goals")).to_have_text(UNION)
    page.keyboard.press("u")
    expect(spanish(page, "Promote the goals")).not_to_have_text(UNION)
    page.keyboard.press("h")
    expect(row(page, "Promote the goals").locator(".log li")).not_to_have_count(0)


def test_keys_that_come_before_the_answer(review: Any, visit: Visit) -> None:
    """Each key means the row that is current once the key before it is answered."""
    page = visit(review.page("officer"))
    row(page, "Promote the goals").locator(".number").click()
    for key in ("a", "a", "u", "r"):
        page.keyboard.press(key)
    expect(row(page, "Promote the goals")).to_have_class(re.compile("accepted"))
    expect(row(page, "Coordinate 5 workshops")).to_have_class(re.compile("open"))
    expect(row(page, "Coordinate 5 workshops")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.press("h")
    expect(row(page, "Coordinate 5 workshops").locator(".log li")).not_to_have_count(0)


def test_what_is_accepted_is_written_and_taught(review: Any, visit: Visit) -> None:
    page = visit(review.page("officer"))
    edit(page, "Promote the goals", BETTER)
    page.keyboard.press("Control+Enter")
    expect(row(page, "Promote the goals")).to_have_class(re.compile("accepted"))
    edit(page, "Write reports", "Redactar informes para el comité.")
    page.keyboard.press("Control+Enter")
    expect(row(page, "Write reports").locator(".same")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("#said")).to_have_text("Rows accepted: 1")
    review.stop()
    assert segment(review, "driver", "Write reports")["es"]["origin"] == "human"
    assert segment(review, "officer", UNION)["es"] == {
        "text": BETTER, "origin": "human", "memory": [],
    }  # fmt: skip
    assert BETTER in (review.out / "officer/es.md").read_text()
    assert BETTER in (review.out / "officer/es.txt").read_text()
    assert BETTER in (review.out / "officer/review.html").read_text()
    memory = TranslationMemory(review.memory)
    known = memory.exact(UNION, "en", "es")
    memory.close()
    assert known
    assert (known.target, known.who) == (BETTER, "human")


def test_only_what_needs_a_look(review: Any, visit: Visit) -> None:
    page = visit(review.page("officer"))
    edit(page, "Coordinate 5 workshops", "Coordinar 6 talleres con el sindicato cada año.")
    expect(row(page, "Coordinate 5 workshops").locator(".flag").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(row(page, "Coordinate 5 workshops").locator("textarea")).to_have_count(0)
    every = page.locator("article.row:visible").count()
    page.keyboard.press("f")
    expect(page.locator("article.row:visible")).not_to_have_count(every)
    expect(row(page, "Coordinate 5 workshops")).to_be_visible()
    page.keyboard.press("f")
    page.keyboard.press("/")
    page.keyboard.type("espanol")
    expect(page.locator("article.row:visible")).to_have_count(1)


def test_two_people_in_one_row(review: Any, visit: Visit) -> None:
    one, two = visit(review.page("officer")), visit(review.page("officer"))
    found = row(two, "Write reports")
    found.locator(".number").click()
    two.keyboard.press("e")
    expect(found.locator("textarea")).to_be_focused()
    edit(one, "Write reports", "Redactar informes para el comité.")
    found.locator("textarea").fill("Escribir reportes para el comité.")
    clash = found.locator(".clash")
    expect(clash).to_contain_text("Redactar informes")
    expect(clash).to_contain_text("Escribir reportes")
    one.reload()  # nothing was overwritten
    expect(spanish(one, "Write reports")).to_have_text("Redactar informes para el comité.")
    clash.get_by_role("button", name="Use mine").click()
    expect(spanish(two, "Write reports")).to_have_text("Escribir reportes para el comité.")
    row(one, "Write reports").locator(".tick").click()
    clash = row(one, "Write reports").locator(".clash")
    expect(clash).to_contain_text("Escribir reportes")
    clash.get_by_role("button", name="Keep it as it stands").click()
    expect(spanish(one, "Write reports")).to_have_text("Escribir reportes para el comité.")


def select(page: Any, words: str, side: str, inside: str) -> None:
    """Select *words* in one side of a row, as with the mouse."""
    page.evaluate(
        """([inside, side, words]) => {
          const rows = [...document.querySelectorAll('article.row')];
          const row = rows.find((each) => each.textContent.includes(inside));
          const text = row.querySelector(`[data-side=${side}] .text`);
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (!node.data.includes(words)) node = walker.nextNode();
          const start = node.data.indexOf(words);
          getSelection().setBaseAndExtent(node, start, node, start + words.length);
        }""",
        [inside, side, words],
    )
    expect(page.locator(f"#picked-{side}")).to_have_text(words)


def test_a_term_is_added_shown_and_applied(review: Any, visit: Visit) -> None:
    page = visit(review.page("officer"))
    edit(page, "Coordinate 5 workshops", "Coordinar 5 talleres con los sindicatos cada año.")
    page.keyboard.press("Control+Enter")
    select(page, "trade union", "en", "Promote the goals")
    select(page, "sindicatos", "es", "Coordinate 5 workshops")
    page.keyboard.press("t")
    form = page.locator("#term-form")
    expect(form.locator("[name=en]")).to_have_value("trade union")
    expect(form.locator("[name=es]")).to_have_value("sindicato")
    expect(form.locator("#proposal")).to_contain_text("sindicatos")
    form.locator("[name=avoid_es]").fill("gremio|sindicato")
    expect(form.locator("#proposal .flag.error")).to_be_visible()
    form.locator("[name=avoid_es]").fill("trade union")
    expect(form.locator("#proposal .flag.error")).to_have_count(0)
    form.get_by_role("button", name="Save the term").click()
    sheet = page.locator("#sheet")
    expect(sheet.locator("ins").first).to_have_text("sindicato")
    rows = list(csv.DictReader(review.own.read_text().splitlines()))
    assert [(each["en"], each["es"], each["gender"]) for each in rows][-1] == (
        "trade union", "sindicato", "m",
    )  # fmt: skip
    assert "sindicato" not in segment(review, "driver", "Drive the van")["es"]["text"]
    sheet.get_by_role("button", name="Change them").click()
    expect(sheet).to_contain_text("Rows changed")
    sheet.get_by_role("button", name="Close").last.click()
    expect(spanish(page, "Promote the goals").locator(".term")).to_have_text("sindicato")
    review.stop()
    assert "sindicato" in segment(review, "driver", "Drive the van")["es"]["text"]
    # What a person accepted is never changed by a term.
    assert segment(review, "officer", "Coordinate 5")["es"]["text"] == (
        "Coordinar 5 talleres con los sindicatos cada año."
    )


def test_the_memory_suggests(review: Any, visit: Visit) -> None:
    memory = TranslationMemory(review.memory)
    memory.confirm("Write reports for the committees.", "Redactar informes.", "en", "es")
    memory.close()
    page = visit(review.page("officer"))
    card = row(page, "Write reports").locator(".hint-card")
    expect(card).to_contain_text("Redactar informes.")
    row(page, "Write reports").locator(".number").click()
    page.keyboard.press("1")
    expect(spanish(page, "Write reports")).to_have_text("Redactar informes.")


def test_a_hostile_posting_does_nothing(review: Any, visit: Visit) -> None:
    for address in (review.address, review.page("hostile"), f"{review.address}terms"):
        page = visit(address)
        page.wait_for_load_state("networkidle")
        assert "taken" not in page.title()
    page = visit(review.page("hostile"))
    assert page.locator("img").count() == 0
    found = row(page, "Write the minutes")
    found.locator(".number").click()
    page.keyboard.press("e")
    value = found.locator("textarea").input_value()
    assert "</textarea><img src=x onerror=" in value
    turned = row(page, "around for the workers")
    expect(turned.locator("[data-side=es] .text")).to_contain_text("[U+202E]")
    edit(page, "around for the workers", "Girar </textarea><script>document.title='taken'</script>")
    page.keyboard.press("Control+Enter")
    expect(turned).to_have_class(re.compile("accepted"))
    assert page.locator("main script").count() == 0
    assert page.title() != "taken"


def test_in_spanish_on_a_phone(review: Any, visit: Visit) -> None:
    small = {"viewport": {"width": 360, "height": 740}, "locale": "es-SV"}
    page = visit(review.page("officer"), **small)
    assert page.locator("html").get_attribute("lang") == "es"
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for path in ("", "terms", "diff", "posting/officer"):
        page.goto(review.address + path)
        assert page.evaluate(wide) is False, path
    expect(page.get_by_text("Sin aceptar", exact=True)).to_be_visible()
    page.get_by_role("button", name="EN English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_two_runs_beside_each_other(review: Any, visit: Visit, made: Path) -> None:
    page = visit(review.page("officer"))
    edit(page, "Write reports", "Redactar informes.")
    page.keyboard.press("Control+Enter")
    expect(row(page, "Write reports")).to_have_class(re.compile("accepted"))
    page.goto(f"{review.address}diff")
    page.fill("[name=a]", str(made / "out"))
    page.fill("[name=b]", str(review.out))
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".diff-row")).to_have_count(1)
    expect(page.locator(".diff-row ins")).to_have_text("Redactar informes")


def test_a_server_that_is_gone_loses_no_words(review: Any, visit: Visit) -> None:
    page = visit(review.page("driver"))
    edit(page, "Keep the van clean", "Mantener limpia la camioneta.")
    review.stop()
    page.locator("textarea").fill("Mantener limpia y segura la camioneta.")
    expect(page.locator("#trouble")).to_contain_text("does not answer")
    assert page.locator("textarea").input_value() == "Mantener limpia y segura la camioneta."
    review.start(review.address.rstrip("/").rpartition(":")[2])
    page = visit(review.page("driver"))
    expect(spanish(page, "Keep the van clean")).to_have_text("Mantener limpia la camioneta.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(review: Any, visit: Visit, scheme: str) -> None:
    page = visit(review.address, color_scheme=scheme)
    check(page, "list")
    page.goto(f"{review.address}terms?q=goal")
    check(page, "terms")
    page.click("text=New term")
    page.wait_for_selector("#term-form")
    check(page, "form of a term")
    page.goto(f"{review.address}diff?a={review.out}&b={review.out}&all=1")
    check(page, "diff")
    page.goto(f"{review.address}posting/none")
    check(page, "error")
    page.goto(review.page("officer"))
    page.keyboard.press("?")
    check(page, "help")
    page.locator("#help [data-close]").click()
    edit(page, "Coordinate 5 workshops", "Coordinar 6 talleres con el sindicato.")
    check(page, "posting with an open row")
    page.keyboard.press("Control+Enter")
    expect(row(page, "Coordinate 5 workshops")).to_have_class(re.compile("accepted"))
    check(page, "posting with an accepted row")


def check(page: Any, name: str) -> None:
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"][:300])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == [], name
