"""Laws that hold for any text."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import harmonize
from harmonize.dates import find_dates, write_date
from harmonize.engines.base import BOTH, Availability, Request, Result
from harmonize.engines.dress import like_source
from harmonize.engines.fake import FakeEngine
from harmonize.errors import EngineFailed
from harmonize.harmonise import find_contacts
from harmonize.protect import pieces_around, protected_spans, shield
from harmonize.read.inputs import safe_id
from harmonize.records import Change
from harmonize.repairs import apply_changes
from harmonize.repairs.offsets import OffsetMap
from harmonize.translate import Text, Work, translate_texts
from harmonize.units import LONGEST_UNIT, units

PARTS = st.sampled_from(
    [
        "Write to ", "a.b@x.org", ", ", "see https://x.org/a_(b)?c=1", ". ", "£33,678", " - ",
        "+503 2222-3344", " | ", "**", "1) soil ", "2) water", "by March 11, 2024", "¿Qué?", "\n",
        "US$ 1,200.50", "REF-2024/015", "XBQBZ", "🍌", "a", " ", "el 3 de mayo", "www.x.org",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS | st.text(max_size=5), max_size=12).map("".join)


class Echo:
    """An engine that gives back what it got."""

    name = "echo"

    def availability(self) -> Availability:
        return Availability(BOTH, "")

    def signature(self) -> str:
        return "echo"

    def translate(self, batch: list[Request], source: str, target: str) -> list[Result]:
        return [Result(text=request.text) for request in batch]

    def close(self) -> None:
        pass


class Forgetful(Echo):
    """An engine that loses every code word, as neural ones sometimes do."""

    def translate(self, batch: list[Request], source: str, target: str) -> list[Result]:
        return [
            Result(text=" ".join(word for word in r.text.split() if word not in r.names) or "x")
            for r in batch
        ]


@given(TEXTS)
def test_units_joined_are_the_text(text: str) -> None:
    assert "".join(unit.words for unit in units(text, "en")) == text


@given(TEXTS)
def test_what_is_shielded_comes_back(text: str) -> None:
    shielded = shield(text)
    assert shielded.restore(shielded.text) == text
    assert "".join(piece for piece, _ in pieces_around(text)) == text
    spans = protected_spans(text)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@settings(deadline=None)
@given(TEXTS)
def test_an_engine_that_changes_nothing_changes_nothing(text: str) -> None:
    text = text.replace("March", "Marsh").replace("mayo", "mato")  # dates are written anew
    assert translate_texts([Text(text)], Work(Echo(), "en", "es"))[0].text == text


@settings(deadline=None)
@example("a.b@x.org.²", Forgetful)
@example("a.b@x.org.A", FakeEngine)
@example("see https://x.org/a_(b)?c=1**Write to ", FakeEngine)
@given(TEXTS, st.sampled_from([FakeEngine, Forgetful]))
def test_nothing_protected_is_lost_whatever_the_engine_does(text: str, engine: type[Echo]) -> None:
    translation = translate_texts([Text(text)], Work(engine(), "en", "es"))[0].text
    for span in protected_spans(text):
        assert translation.count(span.text) >= 1


class Choking(Echo):
    """An engine that dies of certain words."""

    def __init__(self, poison: str) -> None:
        self.poison = poison

    def translate(self, batch: list[Request], source: str, target: str) -> list[Result]:
        if any(self.poison in request.text for request in batch):
            raise EngineFailed("It choked.")
        return super().translate(batch, source, target)


def test_a_text_that_kills_the_engine_harms_no_other() -> None:
    texts = [Text(f"Sentence number {number}.") for number in range(40)]
    results = translate_texts(texts, Work(Choking("number 17"), "en", "es"))
    assert [result.text for result in results] == [text.words for text in texts]
    flagged = [number for number, result in enumerate(results) if result.flags]
    assert flagged == [17]
    assert results[17].flags[0].rule == "engine-failed"


def test_an_engine_that_always_fails_is_reported() -> None:
    with pytest.raises(EngineFailed, match="It choked"):
        translate_texts([Text(f"Text {n}") for n in range(40)], Work(Choking("Text"), "en", "es"))


def test_what_has_no_end_is_cut_and_what_is_no_word_is_copied() -> None:
    endless = "word " * 5000
    assert max(len(unit.words) for unit in units(endless, "en")) <= LONGEST_UNIT
    assert "".join(unit.words for unit in units(endless, "en")) == endless
    assert not any(unit.to_translate for unit in units("a" * 10_000, "en"))


@given(TEXTS, TEXTS)
def test_a_translation_keeps_the_outer_spaces_of_its_source(source: str, translated: str) -> None:
    dressed = like_source(source, translated)
    if source.strip() and translated.strip():
        assert (
            dressed[: len(dressed) - len(dressed.lstrip())]
            == source[: len(source) - len(source.lstrip())]
        )


@given(
    st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4), st.text(max_size=4)), max_size=6)
)
def test_offsets_lead_back_to_the_input(parts: list[tuple[str, str, str]]) -> None:
    changes, place = [], 0
    for kept, before, after in parts:
        place += len(kept)
        changes.append(
            Change(
                start=place,
                end=place + len(before),
                before=before,
                after=after,
                rule="x",
                confidence=1,
            )
        )
        place += len(before)
    text = "".join(kept + before for kept, before, _ in parts)
    repaired = apply_changes(text, changes)
    assert repaired == "".join(kept + after for kept, _, after in parts)
    offsets = OffsetMap(changes)
    assert offsets.to_input(0, len(repaired))[1] <= len(text)
    for start in range(len(repaired)):
        low, high = offsets.to_input(start, start + 1)
        assert 0 <= low <= high <= len(text)


@given(st.text(max_size=300))
def test_ids_are_safe_folder_names(name: str) -> None:
    made = safe_id(name)
    assert made
    assert len(made) <= 81
    assert "/" not in made
    assert "\0" not in made
    assert not made.startswith(".")


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("March 11, 2024", "es", "11 de marzo de 2024"),
        ("11 March 2024", "es", "11 de marzo de 2024"),
        ("the 15th of February", "es", "15 de febrero"),
        ("Sept. 1, 2023", "es", "1.º de septiembre de 2023"),
        ("May 2025", "es", "mayo de 2025"),
        ("el 3 de mayo de 2024", "en", "May 3, 2024"),
        ("15 de SETIEMBRE del 2024", "en", "September 15, 2024"),
        ("marzo de 2016", "en", "March 2016"),
    ],
)
def test_dates_in_the_other_languages_way(text: str, language: str, written: str) -> None:
    [date] = find_dates(text)
    assert write_date(date, language) == written


@pytest.mark.parametrize(
    "text", ["We may 5 times", "march 11", "in 2024", "mayo", "June Smith", "Marzo 5a"]
)
def test_no_date_where_there_is_none(text: str) -> None:
    assert find_dates(text) == []


def test_contacts_once_each_in_order() -> None:
    text = "b@x.org, a@x.org; b@x.org. See https://x.org/a. Or (503) 555-1234, not 2019-2024."
    contacts = find_contacts(text)
    assert contacts.emails == ("b@x.org", "a@x.org")
    assert contacts.urls == ("https://x.org/a",)
    assert contacts.phones == ("(503) 555-1234",)


def test_the_harmonizer_is_thread_safe_and_answers_in_order() -> None:
    with harmonize.Harmonizer(engine="apertium") as harmonizer:
        texts = [f"The house has {number} doors." for number in range(50)]
        expected = harmonizer.translate_many(texts, "en", "es")
        results: dict[int, list[object]] = {}

        def work(number: int) -> None:
            results[number] = list(harmonizer.translate_many(texts, "en", "es"))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(result == expected for result in results.values())
    assert len(results) == 4


def test_the_harmonizer_refuses_what_it_cannot_do() -> None:
    with harmonize.Harmonizer(engine="fake") as harmonizer:
        with pytest.raises(harmonize.HarmonizeError, match="en→fr"):
            harmonizer.translate("Hello", "en", "fr")
        posting = harmonizer.run_text("Officer\n\nWrite reports every month.\n", id="x")
    assert posting.segments[-1].en.text == "Write reports every month."
