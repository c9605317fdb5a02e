"""Fill the column ``ours`` of the lists of words, and leave out what Apertium knows by itself.

Run it after changing the list, with ``apertium-eng-spa`` installed::

    python scripts/fill_apertium_words.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from harmonize.engines.apertium.engine import ApertiumEngine, Parts, read_mode
from harmonize.engines.apertium.pipe import Pipe
from harmonize.engines.apertium.tables import DATA
from harmonize.engines.apertium.words import (
    CHOICES,
    PHRASES,
    TABLE,
    Word,
    load,
    load_choices,
    load_phrases,
)
from harmonize.engines.base import Pair

COLUMNS = ("en", "es", "pos", "gender", "ours")
PAIRS: dict[str, Pair] = {"en": ("en", "es"), "es": ("es", "en")}


def main() -> None:
    """Read the lists, ask Apertium about each word, and write the lists again."""
    words = load()
    parts = {language: parts_from(language) for language in PAIRS}
    unknown = {language: unknown_forms(words, parts[language], language) for language in PAIRS}
    untranslated = {
        language: no_translation(words, parts[language], language) for language in PAIRS
    }
    needed = [
        word
        for word in words
        if " " in word.en
        or any(is_unknown(word, lang, unknown) or word in untranslated[lang] for lang in PAIRS)
    ]
    choices = load_choices()
    phrases = load_phrases()
    every = needed + [word for _, word in choices]
    ours = {lang: not_written(every, parts[other(lang)], lang) for lang in PAIRS}
    write(TABLE, COLUMNS, [filled(word, ours) for word in needed])
    write(CHOICES, ("from", *COLUMNS), [(source, *filled(word, ours)) for source, word in choices])
    unwritten = not_written([each for each in phrases if each.pos == "verb"], parts["es"], "en")
    rows = [(*each[:3], "" if is_written(each, unwritten) else "en") for each in phrases]
    write(PHRASES, ("en", "es", "pos", "ours"), rows)
    print(f"{len(needed)} words, {len(words) - len(needed)} left out.")


def is_written(phrase: Word, unwritten: set[tuple[str, str, str]]) -> bool:
    """Whether the generator writes the English of a Spanish phrase: most verbs' first words."""
    return phrase.pos == "verb" and key(phrase, "en") not in unwritten


def filled(word: Word, ours: dict[str, set[tuple[str, str, str]]]) -> tuple[str, ...]:
    """The row of *word*."""
    return (*word[:4], " ".join(lang for lang in PAIRS if key(word, lang) in ours[lang]))


def parts_from(language: str) -> Parts:
    """The pipe that translates from *language*."""
    mode = ApertiumEngine()._mode(PAIRS[language])
    return Parts.of(read_mode(mode.read_text()))


def other(language: str) -> str:
    return "es" if language == "en" else "en"


def forms_to_read(word: Word, language: str) -> list[str]:
    lemma = word.citation(language)
    return [] if " " in lemma else [lemma, *word.forms(language).values()]


def unknown_forms(words: Iterable[Word], parts: Parts, language: str) -> set[str]:
    """Forms that the analyser does not know; it reads a compound as its parts."""
    forms = sorted({form for word in words for form in forms_to_read(word, language)})
    answers = parts.analyse.run([form + ".[]\n" for form in forms])
    pairs = zip(forms, answers, strict=True)
    return {form for form, answer in pairs if "/*" in answer or "<guio>" in answer}


def no_translation(words: Iterable[Word], parts: Parts, language: str) -> set[Word]:
    """Words that the analyser lacks as this part of speech, or the dictionary altogether."""
    single = [word for word in words if " " not in word.citation(language)]
    lemmas = [word.citation(language) for word in single]
    readings = parts.analyse.run([lemma + ".[]\n" for lemma in lemmas])
    tags = {"noun": "<n>", "adj": "<adj>", "verb": "<vblex>", "adv": "<adv>"}
    units = [lemma + tags[word.pos] for word, lemma in zip(single, lemmas, strict=True)]
    dictionary = Pipe(parts.look_up.stages[-1:])
    answers = dictionary.run([f"^{unit}$[]\n" for unit in units])
    dictionary.close()
    return {
        word
        for word, unit, reading, answer in zip(single, units, readings, answers, strict=True)
        if "/" + unit not in reading or "/@" in answer
    }


def is_unknown(word: Word, language: str, unknown: dict[str, set[str]]) -> bool:
    return any(form in unknown[language] for form in forms_to_read(word, language))


def key(word: Word, language: str) -> tuple[str, str, str]:
    return word.citation(language), word.pos, word.gender if language == "es" else ""


def units_to_write(word: Word, language: str) -> list[str]:
    """What the generator must know; the first word of a verb phrase is left to it."""
    lemma = word.citation(language)
    if word.pos == "verb":
        lemma = lemma.partition(" ")[0]
        lemma = lemma.removesuffix("se") if lemma.endswith("rse") else lemma
    return [f"^{lemma}{tags}$" for tags in word.forms(language) if "+" not in tags]


def not_written(words: list[Word], parts: Parts, language: str) -> set[tuple[str, str, str]]:
    """Words of which the generator does not know some form."""
    units = [
        (key(word, language), unit) for word in words for unit in units_to_write(word, language)
    ]
    answers = parts.generate.run([unit + "[]\n" for _, unit in units])
    return {word for (word, _), answer in zip(units, answers, strict=True) if "#" in answer}


def write(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    table = Path(str(DATA.joinpath(name)))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
