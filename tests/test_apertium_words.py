"""The list of words that Apertium lacks: sound in itself, and right in the real pipe."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from support import SEEDS

from harmonize.engines.apertium.engine import ApertiumEngine
from harmonize.engines.apertium.into_english.phrases import with_phrases
from harmonize.engines.apertium.into_spanish.compounds import compounded
from harmonize.engines.apertium.stream import after_analysis
from harmonize.engines.apertium.words import (
    Word,
    Words,
    load,
    load_choices,
    load_phrases,
    words_for,
)
from harmonize.engines.base import BOTH, Pair, Request
from harmonize.engines.inflect import Gender, Pos, english, spanish
from harmonize.translate import Text, Work, translate_texts

CASES = json.loads((Path(__file__).parent / "cases/apertium-words.json").read_text())
WORDS = load()
PAIRS: dict[str, Pair] = {"en": ("en", "es"), "es": ("es", "en")}

ENGLISH_FRAMES = {
    "<n><sg>": "The {} is here.",
    "<n><pl>": "The {} are here.",
    "<adj>": "The {} person is here.",
    "<adv>": "They work {}.",
    "<vblex><inf>": "They will {} it.",
    "<vblex><past>": "She {} it.",
    "<vblex><ger>": "They are {} it.",
    "<vblex><pri><p3><sg>": "He {} it.",
}
SPANISH_FRAMES = {
    "<n><m><sg>": "El {} es nuevo.",
    "<n><mf><sg>": "El {} es nuevo.",
    "<n><f><sg>": "La {} es nueva.",
    "<n><m><pl>": "Los {} son nuevos.",
    "<n><mf><pl>": "Los {} son nuevos.",
    "<n><f><pl>": "Las {} son nuevas.",
    "<adj><m><sg>": "Un grupo {}.",
    "<adj><mf><sg>": "Un grupo {}.",
    "<adj><f><pl>": "Las reglas {}.",
    "<adj><mf><pl>": "Las reglas {}.",
    "<adv>": "Trabajan {}.",
    "<vblex><inf>": "Van a {} eso.",
    "<vblex><pri><p3><pl>": "Ellas {} eso.",
    "<vblex><ifi><p3><sg>": "Ella {} eso.",
    "<vblex><ger>": "Están {} eso.",
}


@pytest.fixture(scope="module")
def engine() -> Iterator[ApertiumEngine]:
    engine = ApertiumEngine()
    if engine.availability().pairs != BOTH:
        pytest.skip("Apertium is not installed: harmonize setup")
    yield engine
    engine.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_what_comes_out(engine: ApertiumEngine, case: dict[str, str]) -> None:
    text = Text(case["text"], case.get("kind", "paragraph"))
    [result] = translate_texts([text], Work(engine, *PAIRS[case["from"]]))
    assert result.text == case.get("expected", result.text)
    assert case.get("contains", "") in result.text


def test_the_phrases_are_sound() -> None:
    phrases = load_phrases()
    keys = Counter((phrase.es, phrase.pos in {"noun", "mass"}, phrase.pos) for phrase in phrases)
    assert [key for key, n in keys.items() if n > 1] == []
    for phrase in phrases:
        assert phrase.pos in {"noun", "mass", "verb", "adj", "adv", "pr", "if"}, phrase
        assert phrase.es == phrase.es.strip() and phrase.en == phrase.en.strip(), phrase


def test_every_phrase_is_found_as_the_list_has_it(engine: ApertiumEngine) -> None:
    """Alone, behind the real analyser; of a verb only the forms with *se* stand elsewhere."""
    parts, words = engine._parts_of(("es", "en")), words_for(("es", "en"))
    rows = [phrase for phrase in load_phrases() if " " in phrase.es and phrase.pos != "verb"]
    analysed = parts.analyse.run([f"{phrase.es}.[]\n" for phrase in rows])
    joined = [with_phrases(after_analysis(units, (), "plain", words)) for units in analysed]
    lost = [
        phrase.es
        for phrase, units in zip(rows, joined, strict=True)
        if f"^{phrase.es}/{phrase.es}<" not in units and "<inf>" not in units
    ]
    assert lost == []


def test_the_list_is_sound() -> None:
    doubled = [key for key, n in Counter((w.en, w.es, w.pos) for w in WORDS).items() if n > 1]
    assert doubled == []
    choices = load_choices()
    sources = Counter((source, w.citation(source), w.pos) for source, w in choices)
    assert [key for key, n in sources.items() if n > 1] == []
    for word in WORDS + [word for _, word in choices]:
        assert word.pos in get_args(Pos), word
        assert word.gender in get_args(Gender), word
        assert bool(word.gender) == (word.pos in {"noun", "mass"}), word
        assert word.ours <= {"en", "es"}, word
        for text in (word.en, word.es):
            assert re.fullmatch(r"[\w.+'-]+(?: [\w.'-]+)*", text), word


def frames(word: Word, language: str) -> list[str]:
    table = ENGLISH_FRAMES if language == "en" else SPANISH_FRAMES
    forms = word.forms(language)
    return [frame.format(forms[tags]) for tags, frame in table.items() if tags in forms]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_word_comes_out_translated(engine: ApertiumEngine, language: str) -> None:
    """Neither the word nor its translation is marked as unknown, in any of its main forms."""
    listed = [word for word in WORDS if " " not in word.citation(language)]
    tried = [(word, frame) for word in listed for frame in frames(word, language)]
    chosen = [word for source, word in load_choices() if source == language]
    tried += [(word, frames(word, language)[0]) for word in chosen]  # known words may be irregular
    results = engine.translate([Request(text=frame) for _, frame in tried], *PAIRS[language])
    assert len(tried) > len(WORDS)
    wrong = []
    for (word, frame), result in zip(tried, results, strict=True):
        marked = {found for flag in result.flags for found in re.findall("“(.+?)”", flag.message)}
        expected = {*word.en.split(), *word.es.split(), *word.forms(language).values()}
        if marked & expected:
            wrong.append((frame, result.text))
    assert wrong == []


def plain_sentences(words: Words) -> list[str]:
    """Pieces of the seeds, in whatever language, without any listed word."""
    text = " ".join(path.read_text() for path in sorted(SEEDS.glob("*.txt")))
    pieces = [" ".join(piece.split()) for piece in re.split(r"[.,;:\n]", text)]
    return [
        piece
        for piece in dict.fromkeys(pieces)
        if 1 < len(piece.split()) < 40
        and "-" not in compounded(piece)
        and not any(words.read(word) for word in re.findall(r"\w+", piece))
    ]


@pytest.mark.usefixtures("engine")  # which skips where Apertium is not installed
def test_other_sentences_stay_as_they_were() -> None:
    listed = words_for(("en", "es"))
    requests = [Request(text=piece) for piece in plain_sentences(listed)]
    assert len(requests) > 200
    # Both anew: Apertium's tagger remembers what it has seen.
    phrasals = [word for word in WORDS if word.en in listed.phrasals]
    without = ApertiumEngine(
        words=lambda pair: Words.of(phrasals, pair, listed.chosen.values(), listed.genders)
    )
    engines = (ApertiumEngine(), without)
    results = [each.translate(requests, "en", "es") for each in engines]
    for each in engines:
        each.close()
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("lemma", "tags", "form"),
    [
        ("imagen", "<n><f><pl>", "imágenes"),
        ("capacitación", "<n><f><pl>", "capacitaciones"),
        ("crisis", "<n><f><pl>", "crisis"),
        ("país", "<n><m><pl>", "países"),
        ("voz", "<n><f><pl>", "voces"),
        ("organización no gubernamental", "<n><f><pl>", "organizaciones no gubernamentales"),
        ("hoja de cálculo", "<n><f><pl>", "hojas de cálculo"),
        ("pequeño productor", "<n><f><pl>", "pequeñas productoras"),
        ("priorizar", "<vblex><prs><p3><sg>", "priorice"),
        ("abarcar", "<vblex><ifi><p1><sg>", "abarqué"),
        ("carecer", "<vblex><pri><p1><sg>", "carezco"),
        ("infligir", "<vblex><pri><p1><sg>", "inflijo"),
        ("interactuar", "<vblex><pri><p3><pl>", "interactúan"),
        ("interactuar", "<vblex><pri><p1><pl>", "interactuamos"),
        ("reenviar", "<vblex><imp><p3><sg>", "reenvíe"),
        ("tomar nota", "<vblex><ifi><p3><sg>", "tomó nota"),
    ],
)
def test_spanish_forms(lemma: str, tags: str, form: str) -> None:
    pos: Pos = "verb" if "vblex" in tags else "noun"
    gender: Gender = "mf" if lemma == "pequeño productor" else "m" if "<m>" in tags else "f"
    assert spanish(lemma, pos, gender)[tags] == form


@pytest.mark.parametrize(
    ("lemma", "tags", "form"),
    [
        ("policy", "<n><pl>", "policies"),
        ("workday", "<n><pl>", "workdays"),
        ("woman leader", "<n><pl>", "women leaders"),
        ("analysis", "<n><pl>", "analyses"),
        ("map", "<vblex><past>", "mapped"),
        ("train", "<vblex><ger>", "training"),
        ("oversee", "<vblex><past>", "oversaw"),
        ("follow up", "<vblex><past>", "followed up"),
        ("agree", "<vblex><past>", "agreed"),
        ("comply", "<vblex><pri><p3><sg>", "complies"),
    ],
)
def test_english_forms(lemma: str, tags: str, form: str) -> None:
    pos: Pos = "verb" if "vblex" in tags else "noun"
    assert english(lemma, pos)[tags] == form
