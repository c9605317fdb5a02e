"""Numbers in words and Roman numerals: treinta y cinco, siglo XXI."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from harmonize.again import once
from harmonize.glossary.model import Language

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"\b(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})\b")
_ONES = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés "
    "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
}
_MORE = {
    "veintiún veintiuna": 21, "thirty treinta": 30, "forty cuarenta": 40,
    "fifty cincuenta": 50, "sixty sesenta": 60,
    "seventy setenta": 70, "eighty ochenta": 80, "ninety noventa": 90, "hundred cien ciento": 100,
    "thousand mil": 1000, "million millón millones": 1_000_000, "dozen docena decena": 12,
    "un una first once single primer primera primero únicamente a an": 1,
    "second twice both double couple pair segundo segunda doble ambos ambas par dos": 2,
    "third tercer tercera tercero triple thirds tercio tercios trimestre": 3,
    "fourth cuarto cuarta": 4, "fifth quinto quinta": 5,
    "sixth sexto sexta semestre semestral": 6, "seventh séptimo séptima": 7,
    "eighth octavo octava": 8, "ninth noveno novena": 9, "tenth décimo décima": 10,
    "thirteenth aguinaldo decimotercer decimotercero": 13,
    "quarterly trimestral": 4, "half medio media mitad": 2, "decade década": 10,
    "biennial bienal biennium bienio": 2,
    "fortnight quincena quincenal": 15, "fortnightly": 14, "weekly semanal": 1,
}  # fmt: skip
"""Words that say a number among others; the first that a word stands for counts."""

_CARDINALS = {
    "en": "thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 "
    "thousand 1000",
    "es": "un 1 una 1 treinta 30 cuarenta 40 cincuenta 50 sesenta 60 setenta 70 ochenta 80 "
    "noventa 90 cien 100 ciento 100 veintiún 21 veintiuna 21 doscientos 200 trescientos 300 "
    "cuatrocientos 400 quinientos 500 seiscientos 600 setecientos 700 ochocientos 800 "
    "novecientos 900 doscientas 200 trescientas 300 cuatrocientas 400 quinientas 500 "
    "seiscientas 600 setecientas 700 ochocientas 800 novecientas 900 mil 1000",
}
"""The numbers that are counted, beside the first ones; *two-thirds* is said with two."""
_LANGUAGES: tuple[Language, ...] = ("en", "es")
_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000
_PERCENT = re.compile(r"\bpor ciento\b")
_JOINT = re.compile(r"[-\s]+(?:(?:and|y)\s+)?")


@once(512)  # each side of a pair is asked on behalf of both
def spelled(text: str) -> frozenset[Decimal]:
    """The numbers that words and Roman numerals of *text* say.

    >>> sorted(map(int, spelled("treinta y cinco; siglo XXI")))
    [5, 21, 30, 35]
    """
    said = {Decimal(number) for language in _LANGUAGES for _, number in worded(text, language)}
    before: Decimal | None = None
    for word in _WORD.findall(text):
        number = _named().get(word.lower())
        if number is not None:
            said.add(number)
            if before is not None and before >= 20 and number < 10:
                said.add(before + number)
            if before is not None and number >= 100:
                said.add(before * number)
            before = number
        elif word.lower() != "y":
            before = None
    said |= {Decimal(_roman(match[0])) for match in _ROMAN.finditer(text) if match[0]}
    return frozenset(said)


@cache
def _named() -> dict[str, Decimal]:
    names: dict[str, Decimal] = {}
    for words in _ONES.values():
        names |= {word: Decimal(number) for number, word in enumerate(words.split())}
    for more, number in _MORE.items():
        for word in more.split():
            names.setdefault(word, Decimal(number))
    return names


def _roman(numeral: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10}
    total = 0
    for letter, following in zip(numeral, [*numeral[1:], ""], strict=True):
        small = following and worth[letter] < worth[following]
        total += -worth[letter] if small else worth[letter]
    return total


@once(512)
def worded(text: str, language: Language) -> list[tuple[str, int]]:
    """The numbers from two on that *text* says in words; capitalised ones may be names.

    >>> worded("Twenty-one of two hundred, one of Tres", "en")
    [('Twenty-one', 21), ('two hundred', 200)]
    >>> worded("dos mil trescientas treinta y una familias", "es")
    [('dos mil trescientas treinta y una', 2331)]
    """
    found: list[tuple[str, int]] = []
    run: list[re.Match[str]] = []
    known = _cardinals(language)
    if known.keys().isdisjoint(map(str.casefold, _WORD.findall(text))):
        return []
    text = _PERCENT.sub("% por", text)
    words = [match for match in _WORD.finditer(text) if match[0].casefold() in known]
    for match in words:
        if run and not _continues(text, run[-1], match, known):
            found += _number_of(text, run, known)
            run = []
        run.append(match)
    return [*found, *_number_of(text, run, known)]


def _continues(text: str, last: re.Match[str], match: re.Match[str], known: dict[str, int]) -> bool:
    before, number = known[last[0].casefold()], known[match[0].casefold()]
    smaller = any(number < next_ <= before for next_ in (_HUNDRED, _THOUSAND))
    joined = _JOINT.fullmatch(text, last.end(), match.start()) is not None
    units = before >= _TWENTY and number < _TEN
    return joined and (smaller or units or before < number in (_HUNDRED, _THOUSAND))


def _number_of(text: str, run: list[re.Match[str]], known: dict[str, int]) -> list[tuple[str, int]]:
    if not run or (run[0][0][0].isupper() and run[0].start() and not text.isupper()):
        return []
    thousands = rest = 0
    for match in run:
        number = known[match[0].casefold()]
        if number == _THOUSAND:
            thousands, rest = max(1, rest) * number, 0
        else:
            rest = max(1, rest) * number if number == _HUNDRED else rest + number
    words = text[run[0].start() : run[-1].end()]
    return [(words, thousands + rest)] if thousands + rest > 1 else []


@cache
def _cardinals(language: Language) -> dict[str, int]:
    pairs = _CARDINALS[language].split()
    names = {word: number for number, word in enumerate(_ONES[language].split()) if number}
    return names | dict(zip(pairs[::2], map(int, pairs[1::2]), strict=True))
