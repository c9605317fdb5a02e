"""Apertium's stream format: how texts go in, what is changed on the way, how they come out.

A lexical unit stands between ``^`` and ``$``: ``^surface/lemma<tags>/…$`` after analysis,
``^lemma<tags>$`` before generation.  A unit without analysis is ``^word/*word$``.  See
https://wiki.apertium.org/wiki/Apertium_stream_format.

The filters here stand between the programs of the pipe.  They do what the language data cannot:
unknown capitalised words become proper nouns, so that the grammar around them holds ("CLAC's
mission" is "la misión de CLAC"), and headings lose the capitals that hide their words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from harmonize.engines.apertium.names import FEMININE
from harmonize.engines.apertium.units import HELD, NAME, UNIT, analysed_unit
from harmonize.engines.apertium.words import Words

CaseStyle = Literal["plain", "title", "upper"]


class Lexicon(Protocol):
    """What knows words that Apertium does not: see `Words` for what each method gives."""

    def read(self, surface: str, is_certain: bool = True) -> tuple[str, ...]: ...
    def joins(self, lemma: str, particle: str) -> str: ...
    def choose(self, surface: str, readings: tuple[str, ...]) -> tuple[str, ...]: ...
    def translate(self, unit: str) -> str | None: ...
    def correct(self, source: str, options: str) -> str: ...
    def write(self, unit: str) -> str | None: ...


END = "[]\n"
"""An empty blank and a line end: without something after the last word, lt-proc -b waits."""

_SPECIAL = re.compile(r"([\[\]{}^$/\\@<>])")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_STOP = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_MARKED = re.compile(r"\\?([*@#])(?=[^\W_])([^\W_][\w'’-]*)")
# Apertium marks what it does not know with these, an author's own would be taken for its marks; a
# middle dot is a letter to it, as in Catalan.
_MARKS = {"*": "\ue02a", "#": "\ue023", "@": "\ue040", "~": "\ue07e", "·": "\ue0b7"}
_OURS_TO_PRIVATE = str.maketrans(_MARKS | {"’": "'", "\0": " ", "\n": " "})
_PRIVATE_TO_OURS = str.maketrans({private: ours for ours, private in _MARKS.items()})
# Reordering leaves blanks before commas and stops.
_LOOSE = re.compile(r"(?<=\w) +(?=[,;.](?:\s|$))")
_MINE = ("<pri><p1><sg>", "<prs><p2><sg>", "<pri><p2><sg>")
_TITLE_WORDS = 12
_HER_NAME = "<np><al><f><sg>"
_NO_WORDS = Words()
# English verbs with a particle, of which the generator knows only the verb: carry# out.
_SEPARABLE = re.compile(r"\^([^$^#]*)<sep>([^$^#]*)# ([^$^]*)\$")
# Two words without a blank: what Apertium's rules for hyphens leave ("contratosde12 meses").
_GLUED = re.compile(r"(\^[^\W\d_][^$^]*\$)(?=\^\w)")
# "u Houston", "e Irlanda": Apertium's rules for spelling would write the name with a small letter.
_BEFORE_NAME = re.compile(
    r"\^(?:o(?=<cnjcoo>\$ \^?(?:[OÓ]|H[oó]))|y(?=<cnjcoo>\$ \^?(?:[IÍ]|H[ií])(?![aeé])))<cnjcoo>\$"
)
_JOINS = {"o": "u", "y": "e"}
# "A Chicago-based organisation": in a compound, only the participle makes sense.
_FINITE = re.compile(r"/[^/$]*<vblex><past>(?=/[^/$]*<vblex><pp>)")
_VERB_AND_PARTICLE = re.compile(r"\^([^$^]*<vblex>[^$^]*)\$ \^([^$^]*<(?:adv|pr)>[^$^]*)\$")
_BEFORE_NOUN = re.compile(r"<(?:det|pos|gen)>[^$^]{0,40}\$ $")
_NEAR = 60
_NAMES_BESIDE = re.compile(rf"\^([^$^/]+)/\1{NAME}\$(?: \^([^$^/]+)/\2{NAME}\$)+")
_FIRST_NAME = "<np><ant>"
_LONGER_THAN_SURNAMES = 8
_COMPOUND = re.compile(r"\^\w[^$^]*\$(?:\^-/-<guio>\$\^[^\W\d_][^$^]*\$)+")


def encode(text: str) -> str:
    r"""*text* as it enters the pipe: escaped, with a sentence end, closed by a blank.

    >>> encode("and/or")
    'and\\/or.[]\n'
    """
    stop = "" if _STOP.search(text) else "."
    return _SPECIAL.sub(r"\\\1", text.translate(_OURS_TO_PRIVATE)) + stop + END


class Marked(NamedTuple):
    """A word that Apertium marked: ``*`` and ``@`` are unknown to it, ``#`` has no such form."""

    mark: str
    word: str


def decode(output: str, source: str) -> tuple[str, tuple[Marked, ...]]:
    r"""What left the pipe as text, and the words that Apertium marked.

    >>> decode("El banco y\\/o *foo.[]\n", "bank and/or foo")
    ('El banco y/o foo', (Marked(mark='*', word='foo'),))
    """
    body = output.removesuffix(END).rstrip()
    if not _STOP.search(source) and body.endswith("."):
        body = body[:-1]
    marked = tuple(dict.fromkeys(Marked(*found) for found in _MARKED.findall(body)))
    plain = _ESCAPED.sub(r"\1", _MARKED.sub(r"\2", body)).translate(_PRIVATE_TO_OURS)
    if "’" in source and "'" not in source:
        plain = plain.replace("'", "’")
    if not _LOOSE.search(source):
        plain = _LOOSE.sub("", plain)
    return " ".join(plain.split()), marked


def case_style(text: str, is_heading: bool) -> CaseStyle:
    """How the capitals of *text* are to be read.

    >>> case_style("HOW TO APPLY", True), case_style("How to Apply", True)
    ('upper', 'title')
    >>> case_style("How to apply to CLAC", True), case_style("Ask Ms Ruiz", False)
    ('plain', 'plain')
    """
    words = re.findall(r"[^\W\d_]{2,}", text)
    if words and not any(letter.islower() for letter in text):
        return "upper"
    long_words = [word for word in words[1:] if len(word) > 3]
    titled = [word for word in long_words if word[0].isupper()]
    if is_heading and len(words) <= _TITLE_WORDS and len(titled) * 3 > len(long_words) * 2:
        return "title"
    return "plain"


def after_analysis(
    stream: str, names: Collection[str], style: CaseStyle, words: Lexicon = _NO_WORDS
) -> str:
    """Filter behind the analyser: names become proper nouns, headings small letters.

    Unknown words that are listed in *words* get their readings.

    >>> after_analysis("^CLAC/*CLAC$ ^works/work<n><pl>$", (), "plain")
    '^CLAC/CLAC<np><al><sg>$ ^works/work<n><pl>$'
    """
    previous = ""
    joined = _join_phrasals(_join_compounds(stream, names, words), words)
    followers = iter([*UNIT.findall(joined)[1:], ""])

    def mend(unit: re.Match[str]) -> str:
        nonlocal previous
        surface, analyses = _parts(unit[1])
        following = next(followers)
        verb_only = "<det>" in previous and _is_wish(analyses)
        if (_is_mine(analyses) or verb_only) and surface not in names:
            is_certain = style != "plain" or _may_be_word(surface, previous, following)
            analyses = words.read(surface, is_certain) or analyses
        elif _is_surname(surface, previous):
            previous = f"{surface}/{_FIRST_NAME}"
            return analysed_unit(surface, [surface + NAME])
        elif analyses:
            analyses = words.choose(surface, analyses)
        mended = _analysed(surface, analyses, previous, names, style)
        previous = mended.strip(" ^$")
        return mended

    mended = UNIT.sub(mend, joined)
    return _NAMES_BESIDE.sub(_one_name, mended) if "<np>" in mended else mended


def _is_surname(surface: str, previous: str) -> bool:
    """Whether a word with a capital stands behind what is a first name and nothing else.

    "Luis Castillo" is no castle, and "John Banks" has none.
    """
    return surface.istitle() and previous.count("/") == 1 and _FIRST_NAME in previous


def _one_name(names: re.Match[str]) -> str:
    """Names beside each other are one: "Yulia Tymoshenko" is no Tymoshenko *of* Yulia."""
    surfaces = " ".join(unit.partition("/")[0] for unit in UNIT.findall(names[0]))
    return analysed_unit(surfaces, [surfaces + NAME])


def _may_be_word(surface: str, previous: str, following: str) -> bool:
    """An unknown word with a capital in the middle of a sentence is rather a name.

    Unless it is too long for a surname and stands behind an article or in a title, beside a word
    with a capital ("the Facilitator of the Stakeholder Engagement unit").
    """
    if surface.islower() or not previous or "<sent>" in previous:
        return True
    is_titled = "<det>" in previous or _is_titled(previous) or _is_titled(following)
    return is_titled and len(surface) >= _LONGER_THAN_SURNAMES


def _is_titled(unit: str) -> bool:
    surface, *readings = unit.split("/")
    return surface.istitle() and len(surface) > 3 and "<n>" in "".join(readings)


def _join_compounds(stream: str, names: Collection[str], words: Lexicon) -> str:
    """Make one word of a compound that is listed, and two of a noun before a noun.

    Apertium's rules for hyphens do well by "well-designed" and "12-month", but not by
    "employer-employee relations" ("empresario-relaciones de empleado").
    """

    def mend(compound: re.Match[str]) -> str:
        units = [unit.split("/") for unit in UNIT.findall(compound[0])[::2]]
        surfaces = [surface for surface, *_ in units]
        for joined in ("-".join(surfaces), "".join(surfaces)):
            if words.read(joined) and not set(surfaces) & set(names):
                return f"^{joined}/*{joined}$"
        if all(map(_is_noun, units)):
            return " ".join(map(_as_noun, units))
        return _FINITE.sub("", compound[0])

    return _COMPOUND.sub(mend, stream)


def _join_phrasals(stream: str, words: Lexicon) -> str:
    """Make one verb of a verb and its particle where the two are listed: "carried out".

    >>> from harmonize.engines.apertium.words import Word
    >>> words = Words.of([Word("carry out", "realizar", "verb")], ("en", "es"))
    >>> _join_phrasals("^carries/carry<vblex><pri><p3><sg>$ ^out/out<adv>/out<pr>$", words)
    '^carries out/carry out<vblex><pri><p3><sg>$'
    """

    def mend(pair: re.Match[str]) -> str:
        surface, *readings = pair[1].split("/")
        particle = pair[2].partition("/")[0]
        if "<n>" in pair[1] and _BEFORE_NOUN.search(stream[: pair.start()][-_NEAR:]):
            return pair[0]  # "the results in", "our support for"
        joined = [
            phrasal + reading[len(lemma) :]
            for reading in readings
            if "<vblex>" in reading and "#" not in reading
            for lemma in [reading.partition("<")[0]]
            if (phrasal := words.joins(lemma, particle))
        ]
        return analysed_unit(f"{surface} {particle}", joined) if joined else pair[0]

    return _VERB_AND_PARTICLE.sub(mend, stream)


def _is_noun(unit: list[str]) -> bool:
    readings = "/".join(unit[1:])
    return "<n><sg>" in readings and not re.search(r"<(?:adj|adv|ger|pp|pr|num|np)\b", readings)


def _as_noun(unit: list[str]) -> str:
    return analysed_unit(unit[0], (text for text in unit[1:] if text.endswith("<n><sg>")))


def after_dictionary(stream: str, words: Lexicon = _NO_WORDS) -> str:
    """Filter behind the bilingual dictionary: a name translates as itself, a listed word is given.

    >>> after_dictionary("^CLAC<np><al><sg>/@CLAC<np><al><sg>$")
    '^CLAC<np><al><sg>/CLAC<np><al><sg>$'
    """

    def mend(unit: re.Match[str]) -> str:
        source, _, target = unit[1].partition("/")
        if not target.startswith("@"):
            return f"^{source}/{words.correct(source, target)}$"
        translated = words.translate(source)
        if translated is None and source.endswith((NAME, _HER_NAME)):
            translated = source
        return unit[0] if translated is None else f"^{source}/{translated}$"

    return UNIT.sub(mend, stream)


def before_generation(stream: str, names: Collection[str], words: Lexicon = _NO_WORDS) -> str:
    """Filter before the generator, which has no forms for names: they leave as plain words.

    So do listed words whose forms it does not know.  Words that stick together are parted.

    >>> before_generation("^contrato<n><m><pl>$^de<pr>$^12<num>$", ())
    '^contrato<n><m><pl>$ ^de<pr>$ ^12<num>$'
    >>> before_generation("^carry<vblex><sep><past># out$", ())
    '^carry<vblex><past>$ out'

    >>> before_generation("^la<det><def>$ ^cLAC<np><al>$", ["CLAC"])
    '^la<det><def>$ CLAC'
    >>> before_generation("^Dallas<np>$ ^o<cnjcoo>$ ^Houston<np>$", ())
    '^Dallas<np>$ u ^Houston<np>$'
    """
    spelling = {name.casefold(): name for name in names}

    def mend(unit: re.Match[str]) -> str:
        lemma, _, tags = unit[1].partition("<")
        written = words.write(unit[1])
        if written is not None:
            return written
        name = spelling.get(lemma.casefold()) if spelling else None
        return unit[0] if name is None or not tags.startswith("np>") else name

    stream = _GLUED.sub(r"\1 ", stream)
    if "<sep>" in stream:
        stream = _SEPARABLE.sub(r"^\1\2$ \3", stream)
    return UNIT.sub(mend, _BEFORE_NAME.sub(lambda join: _JOINS[join[0][1]], stream))


def names_in(stream: str) -> tuple[str, ...]:
    """The words that `after_analysis` made names of.

    >>> names_in("^CLAC/CLAC<np><al><sg>$ ^of/of<pr>$")
    ('CLAC',)
    """
    if "<np>" not in stream:
        return ()
    units = (unit.split("/", 1) for unit in UNIT.findall(stream) if "/" in unit)
    named = {NAME, _HER_NAME}
    return tuple(surface for surface, analysis in units if analysis.removeprefix(surface) in named)


def _analysed(
    surface: str, analyses: Sequence[str], previous: str, names: Collection[str], style: CaseStyle
) -> str:
    if surface in names or (_unknown(analyses) and _looks_like_name(surface)):
        return analysed_unit(surface, [surface + (_HER_NAME if _is_her(surface) else NAME)])
    if surface == "'" and previous.partition("/")[0].endswith("s") and "<pl>" in previous:
        return " ^'s/'s<gen>$"  # workers' rights: the data know the genitive only as 's
    if (
        style != "plain"
        and not _unknown(analyses)
        and not _keeps_capitals(surface, analyses, style)
    ):
        return analysed_unit(surface, analyses).lower()
    return analysed_unit(surface, analyses)


def _is_her(surface: str) -> bool:
    return surface.startswith(FEMININE) and len(surface) == len(FEMININE) + 2


@lru_cache(HELD)
def _parts(unit: str) -> tuple[str, tuple[str, ...]]:
    """A unit's surface and its analyses."""
    surface, *analyses = unit.split("/")
    return surface, tuple(analyses)


def _unknown(analyses: Sequence[str]) -> bool:
    return not analyses or analyses[0].startswith("*")


@lru_cache(HELD)
def _is_mine(analyses: tuple[str, ...]) -> bool:
    """Whether a word is unknown, or a Spanish one that could only be what *I* do (*manejo*) or
    *you* do (*giras*)."""
    return _unknown(analyses) or all(
        "<vblex>" in each and each.endswith(_MINE) for each in analyses
    )


@lru_cache(HELD)
def _is_wish(analyses: tuple[str, ...]) -> bool:
    """Whether a Spanish word behind an article could only be a subjunctive (*algún ajuste*)."""
    return all("<vblex><prs>" in each or "<vblex><imp>" in each for each in analyses)


def _keeps_capitals(surface: str, analyses: Sequence[str], style: CaseStyle) -> bool:
    """Names do, and so do Roman numerals (which "CV" is to Apertium) and, in titles, acronyms."""
    if style == "title" and surface.isupper() and len(surface) > 1:
        return True
    return all("<np>" in analysis or "<num>" in analysis for analysis in analyses)


def _looks_like_name(word: str) -> bool:
    return any(letter.isupper() or letter.isdigit() for letter in word)
