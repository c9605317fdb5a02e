"""Build the word and letter model that `harmonize.language` reads.

    pip install wordfreq simplemma
    python training/build_word_model.py GALICIAN_TEXT src/harmonize/language/data/words.bin.xz

Word frequencies come from wordfreq 3 (eight languages).  It has no Galician: those counts come
from GALICIAN_TEXT (a line per paragraph; the Debian package libreoffice-help-gl was used), from
simplemma's Galician word forms, each as frequent as the same form is in Spanish or Portuguese, and
from Portuguese and Spanish words in Galician spelling.  The output is the same, byte for byte, for
the same input.  What the numbers mean is told in `docs/segments.md`.
"""

from __future__ import annotations

import lzma
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

LANGUAGES = ("en", "es", "pt", "ca", "gl", "fr", "it", "de", "nl")
FLOORS = {"en": 7e-7, "es": 7e-7}
"""A word must be this frequent to get a row of its own; 2e-6 in the other languages."""
OTHER_FLOOR = 2e-6
STRIPPED_SHARE = 0.03
"""How often a writer drops the accents of a word, above all in capitals."""
LETTER_SHARE = 0.03
"""Share of running text made of words that the list does not know."""
ORDER = 4
MIN_NGRAM_WORDS = 4
STEPS_PER_NAT = 12
WORD = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)*")
FOREIGN = re.compile(r"\b(?:the|of|and|to|los|las|del|y|el)\b", re.IGNORECASE)

FROM_PORTUGUESE = (
    ("lh", "ll"), ("nh", "ñ"), ("ção$", "ción"), ("ções$", "cións"), ("são$", "sión"),
    ("sões$", "sións"), ("ão$", "ón"), ("ões$", "óns"), ("j", "x"), ("g(?=[eiéí])", "x"),
    ("ss", "s"), ("ç(?=[aou])", "z"), ("ç", "c"), ("m$", "n"), ("vel$", "ble"), ("veis$", "bles"),
    ("ém$", "én"), ("quan", "can"), ("qual", "cal"), ("ê", "é"), ("ô", "ó"),
)  # fmt: skip
FROM_SPANISH = (("j", "x"), ("g(?=[eiéí])", "x"), ("dad$", "dade"), ("tud$", "tude"))

Frequencies = dict[str, float]


def main() -> None:
    galician, target = Path(sys.argv[1]), Path(sys.argv[2])
    words = {language: from_wordfreq(language) for language in LANGUAGES if language != "gl"}
    words["gl"] = galician_frequencies(galician, words["es"], words["pt"])
    words = {language: normalised(with_stripped(words[language])) for language in LANGUAGES}
    letters = [LetterModel(words[language]) for language in LANGUAGES]
    word_rows = rows_of_words(words, letters)
    letter_rows = rows_of_letters(letters)
    target.write_bytes(packed(word_rows, letter_rows))
    sys.stderr.write(f"{len(word_rows)} words, {len(letter_rows)} letter sequences\n")


def from_wordfreq(language: str) -> Frequencies:
    """Frequencies of plain words; the parts around an apostrophe count on their own."""
    import wordfreq

    found: Counter[str] = Counter()
    for entry, frequency in wordfreq.get_frequency_dict(language, "best").items():
        for word in WORD.findall(entry):
            found[word] += frequency
    return found


def galician_frequencies(text: Path, spanish: Frequencies, portuguese: Frequencies) -> Frequencies:
    counts: Counter[str] = Counter()
    for line in text.read_text(encoding="utf-8").splitlines():
        if not FOREIGN.search(line):
            counts.update(WORD.findall(line.lower()))
    total = sum(counts.values())
    found = Counter({word: 0.6 * count / total for word, count in counts.items() if count > 1})
    for form in galician_forms():
        found[form] += 0.4 * max(spanish.get(form, 0), portuguese.get(form, 0), 1e-6)
    for sister, changes in ((portuguese, FROM_PORTUGUESE), (spanish, FROM_SPANISH)):
        for word, frequency in sister.items():
            form = respelled(word, changes)
            usual = max(spanish.get(form, 0.0), portuguese.get(form, 0.0))
            if form != word and usual < 0.1 * frequency:
                found[form] = max(found[form], 0.5 * frequency)
    return {word: min(frequency, ceiling(word, spanish)) for word, frequency in found.items()}


def respelled(word: str, changes: tuple[tuple[str, str], ...]) -> str:
    """How Galician spells a word that it shares with a sister language.

    >>> respelled("trabalhadores", FROM_PORTUGUESE), respelled("regional", FROM_SPANISH)
    ('traballadores', 'rexional')
    """
    for pattern, letters in changes:
        word = re.sub(pattern, letters, word)
    return word


def ceiling(word: str, spanish: Frequencies) -> float:
    """The Galician text is about software: its "columna" must not outweigh the Spanish one."""
    shared = spanish.get(word, 0.0)
    return 0.7 * shared if len(word) > 4 and shared >= 1e-6 else 1.0


def galician_forms() -> list[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    table = DefaultDictionaryFactory().get_dictionary("gl")
    forms = {as_text(item) for pair in table.items() for item in pair}
    return sorted(form for form in forms if WORD.fullmatch(form) and form.islower())


def as_text(item: str | bytes) -> str:
    return item.decode() if isinstance(item, bytes) else item


def stripped(word: str) -> str:
    """*word* without accents, but with its ñ and ç."""
    kept = word.replace("ñ", "\0").replace("ç", "\1")
    plain = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return plain.replace("\0", "ñ").replace("\1", "ç")


def with_stripped(words: Frequencies) -> Frequencies:
    result = Counter(words)
    for word, frequency in words.items():
        if (plain := stripped(word)) != word:
            result[plain] += STRIPPED_SHARE * frequency
    return result


def normalised(words: Frequencies) -> Frequencies:
    total = sum(words.values())
    return {word: frequency / total for word, frequency in words.items()}


class LetterModel:
    """P(letter | the three before it), learnt from a language's word types (Witten-Bell)."""

    def __init__(self, words: Frequencies) -> None:
        self.counts: defaultdict[str, float] = defaultdict(float)
        self.types: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self.cache: dict[str, float] = {}
        for word, frequency in words.items():
            if frequency >= 5e-7:
                self.learn(word, math.sqrt(frequency * 1e7))

    def learn(self, word: str, weight: float) -> None:
        for ngram in ngrams(word):
            for size in range(1, len(ngram) + 1):
                part = ngram[-size:]
                if part not in self.counts:
                    self.types[part[:-1]] += 1
                self.counts[part] += weight
                if size > 1 or part != "^":
                    self.words[part] += 1
                self.counts["<" + part[:-1]] += weight

    def probability(self, ngram: str) -> float:
        """P(last letter | the others); interpolated with ever shorter contexts."""
        if not ngram:
            return 1 / 60
        if ngram not in self.cache:
            context = ngram[:-1]
            seen, kinds = self.counts.get("<" + context, 0.0), self.types.get(context, 0)
            lower = self.probability(ngram[1:])
            total = seen + kinds
            value = (self.counts.get(ngram, 0.0) + kinds * lower) / total if total else lower
            self.cache[ngram] = value
        return self.cache[ngram]

    def word(self, word: str) -> float:
        result = 1.0
        for ngram in ngrams(word):
            result *= self.probability(ngram)
        return result


def ngrams(word: str) -> list[str]:
    """The sequence that ends at each letter of *word* and at its end.

    >>> ngrams("de")
    ['^d', '^de', '^de$']
    """
    marked = f"^{word}$"
    return [marked[max(0, end - ORDER) : end] for end in range(2, len(marked) + 1)]


def rows_of_words(words: dict[str, Frequencies], letters: list[LetterModel]) -> dict[str, bytes]:
    chosen = {
        word
        for language in LANGUAGES
        for word, frequency in words[language].items()
        if frequency >= FLOORS.get(language, OTHER_FLOOR)
    }
    return {
        word: bytes(
            quantised(
                (1 - LETTER_SHARE) * words[language].get(word, 0.0)
                + LETTER_SHARE * model.word(word)
            )
            for language, model in zip(LANGUAGES, letters, strict=True)
        )
        for word in sorted(chosen)
    }


def rows_of_letters(letters: list[LetterModel]) -> dict[str, bytes]:
    seen: Counter[str] = Counter()
    for model in letters:
        seen.update(model.words)
    chosen = sorted(n for n, count in seen.items() if len(n) == 1 or count >= MIN_NGRAM_WORDS)
    return {n: bytes(quantised(model.probability(n)) for model in letters) for n in chosen}


def quantised(probability: float) -> int:
    return min(255, round(-math.log(max(probability, 1e-12)) * STEPS_PER_NAT))


def packed(*tables: dict[str, bytes]) -> bytes:
    """Each table as a line of keys and then its rows, all compressed."""
    body = b"".join(" ".join(table).encode() + b"\n" + b"".join(table.values()) for table in tables)
    return lzma.compress(" ".join(LANGUAGES).encode() + b"\n" + body, preset=6)


if __name__ == "__main__":
    main()
