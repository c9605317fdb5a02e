"""The seam for memories: what was translated once and for good need not be translated again.

A memory answers whole batches of texts.  Its answer may have gaps, for words that are in no memory
("Experience in …"): the engine fills them, in the same batch as everything else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from harmonize.glossary import contract
from harmonize.glossary.english import verb_forms
from harmonize.glossary.model import Language
from harmonize.records import Kind, Origin, SectionName, Term

GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a recalled text where a filling goes."""

Case = Literal["", "upper", "first"]

_DOUBLED = re.compile(r"\b(to|the|a|an|el|la|los|las|de|del|al) \1\b(?! la\b)", re.IGNORECASE)
_LISTED = re.compile(r"(^|, |,? (?:and|or) )([A-Za-z]+)")
_JOINER = re.compile(r"(?:^|(?<=\s))([yo]) $")
_LIKE_I = re.compile(r"h?i(?![aeo])", re.IGNORECASE)
_LIKE_O = re.compile(r"h?o", re.IGNORECASE)


class Context(NamedTuple):
    """What surrounds a text in its posting: its section, and `mark`s of its neighbours."""

    section: SectionName | Literal[""] = ""
    before: str = ""
    after: str = ""


class Text(NamedTuple):
    """A text to be translated, what kind of segment it is, and whether it tells what to do.

    ``name`` is the organisation's, where it stands in the words: it stays as it is.
    """

    words: str
    kind: Kind = "paragraph"
    duty: bool = False
    context: Context = Context()
    name: str = ""


class Line(NamedTuple):
    """A segment of a posting, as far as its neighbours' translation depends on it."""

    words: str
    kind: Kind
    section: SectionName


def text_at(lines: Sequence[Line], number: int) -> Text:
    """The text that is asked for where the segment *number* of a posting is to be translated.

    >>> lines = [Line("Duties", "heading", "duties"), Line("Draft reports", "bullet", "duties")]
    >>> text_at(lines, 1).duty, text_at(lines, 1).context.before == mark("duties")
    (True, True)
    """
    words, kind, section = lines[number]
    before = mark(lines[number - 1].words) if number else ""
    after = mark(lines[number + 1].words) if number + 1 < len(lines) else ""
    duty = section == "duties" and kind in {"bullet", "paragraph"}
    return Text(words, kind, duty, Context(section, before, after))


def mark(words: str) -> str:
    """Twelve digits that stand for a neighbour, so that its words are not kept with others'."""
    text = " ".join(words.casefold().split())
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


class Gap(NamedTuple):
    """A part of the source text, ``text[start:end]``, that the engine has to translate.

    ``words`` are what the engine gets: the same, but for the capital of a sentence's beginning.
    ``kind`` is empty where it is that of the whole text.  ``case`` says how the filling is written:
    in capitals, with a first capital, or as it comes; its first ``verbs`` English verbs get -ing.
    """

    start: int
    end: int
    words: str
    kind: Kind | Literal[""] = ""
    duty: bool = False
    case: Case = ""
    verbs: int = 0


class Recalled(NamedTuple):
    """A text from a memory: its words with `GAP` for each gap, in order, and where it comes from.

    ``origin`` is ``human``, ``memory`` or ``machine``; ``identity`` names the entry for good.
    ``terms`` are left empty by memories: the glossary's outcomes are found out by `translate`.
    What a person ``confirmed`` stays word for word, even against the glossary.
    """

    text: str
    origin: Origin
    identity: str
    gaps: tuple[Gap, ...] = ()
    terms: tuple[Term, ...] = ()
    confirmed: bool = False

    def filled(self, fillings: Sequence[str], target: Language) -> str:
        """The text with *fillings* in its gaps, and what the seams need in *target*.

        >>> gap = Gap(0, 1, "x")
        >>> Recalled("Apoyo a \\ufffc", "memory", "1", (gap,)).filled(["el equipo"], "es")
        'Apoyo al equipo'
        >>> Recalled("Ability to \\ufffc", "memory", "1", (gap,)).filled(["to travel"], "en")
        'Ability to travel'
        """
        if not self.gaps:
            return self.text
        text, *rest = self.text.split(GAP)
        for gap, filling, after in zip(self.gaps, fillings, rest, strict=True):
            text = joined(text, _written(filling, gap), target) + after
        return contract(text) if target == "es" else text


class Memory(Protocol):
    """What remembers translations.  Making one is cheap; it is read at the first question."""

    def signature(self) -> str:
        """Changes with everything that can change an answer."""
        ...

    def recall(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> list[Recalled | None]:
        """For each text, in order, what this memory has; None where it has nothing."""
        ...


def joined(before: str, words: str, target: Language) -> str:
    """*words* behind *before*: no word twice, and Spanish *y* and *o* as they sound well.

    >>> joined("español y ", "inglés", "es"), joined("water or ", "oil", "en")
    ('español e inglés', 'water or oil')
    """
    if target == "es" and (joiner := _JOINER.search(before)):
        sounds = _LIKE_I if joiner[1] == "y" else _LIKE_O
        if sounds.match(words):
            before = before[: joiner.start(1)] + {"y": "e ", "o": "u "}[joiner[1]]
    last, first = before.rpartition(" ")[0].rpartition(" ")[2], words.partition(" ")[0]
    doubled = before.endswith(" ") and _DOUBLED.fullmatch(f"{last} {first}")
    return before + (words.partition(" ")[2] if doubled else words)


def _written(filling: str, gap: Gap) -> str:
    if gap.verbs:
        filling = _in_ing(filling, gap.verbs)
    if gap.case == "upper":
        return filling.upper()
    return filling[:1].upper() + filling[1:] if gap.case == "first" else filling


def _in_ing(text: str, verbs: int) -> str:
    """An English text with its first *verbs* verbs in -ing.

    >>> _in_ing("to plan and execute projects and reports", 2)
    'planning and executing projects and reports'
    """
    return _LISTED.sub(
        lambda found: found[1] + (found[2] if _is_ing(found[2]) else verb_forms(found[2])[-1]),
        text.removeprefix("to "),
        count=verbs,
    )


def _is_ing(word: str) -> bool:
    return len(word) > 5 and word.endswith("ing")
