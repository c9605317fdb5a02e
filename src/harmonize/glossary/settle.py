"""After a translation: what became of each term, and renderings that must not stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from harmonize.flags import flag
from harmonize.glossary import english, spanish
from harmonize.glossary.agree import Agreement, agreement_of, place_english, place_spanish
from harmonize.glossary.inflect import Number, OneGender, head, in_english, inflect
from harmonize.glossary.match import Match, Matcher
from harmonize.glossary.model import Language
from harmonize.records import Flag, Term


class Settled(NamedTuple):
    """A translation without avoided renderings, its terms' outcomes, and flags for a reader."""

    text: str
    terms: tuple[Term, ...]
    flags: tuple[Flag, ...]


class Replacement(NamedTuple):
    """``text[start:end]`` is to be avoided; *after* should stand there."""

    start: int
    end: int
    after: str


def settle(
    matcher: Matcher,
    matches: Sequence[Match],
    text: str,
    target: Language,
    agreed: Sequence[Term] = (),
) -> Settled:
    """Replace what must not appear in *text*, and say of each term whether it came out.

    *agreed* are the terms that an engine says it had right before it looked at the glossary.

    >>> from harmonize.glossary import Entry, Glossary
    >>> entry = Entry(en="goal", es="objetivo", avoid_es=("gol",))
    >>> matcher = Matcher(Glossary(entries=(entry,)))
    >>> settle(matcher, matcher.find("Our goals", "en"), "Nuestros goles", "es")[:2]
    ('Nuestros objetivos', (Term(en='goal', es='objetivo', outcome='enforced'),))
    """
    text = _without_avoided(matcher, text, target)
    terms = []
    flags = []
    for match in matches:
        term = _outcome(matcher, match, text, target)
        if term.outcome == "enforced" and term.model_copy(update={"outcome": "agreed"}) in agreed:
            term = term.model_copy(update={"outcome": "agreed"})
        terms.append(term)
        if term.outcome == "violated":
            flags.append(_violated(term, target))
    return Settled(text, tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(flags)))


def avoided(matcher: Matcher, text: str, language: Language) -> list[Replacement]:
    """What the glossary says must not stand in *text*, and what should.

    >>> from harmonize.glossary import Entry, Glossary
    >>> matcher = Matcher(Glossary(entries=(Entry(en="CV", es="CV", avoid_en=("Life Sheet",)),)))
    >>> avoided(matcher, "Send your Life Sheet.", "en")
    [Replacement(start=10, end=20, after='CV')]
    """
    made: list[Replacement] = []
    for match in matcher.find_avoided(text, language):
        own = Replacement(match.start, match.end, _like(match, _form(match, language)))
        whole = _agreeing(text, match, language)
        apart = not made or whole.start >= made[-1].end
        made.append(whole if apart else own)
    return made


def _agreeing(text: str, match: Match, language: Language) -> Replacement:
    """What stands for an avoided rendering, and for what beside it must agree with it.

    >>> from harmonize.glossary import Entry, Glossary
    >>> entry = Entry(en="field officer", es="técnico de campo", gender="mf",
    ...               avoid_es=("oficial de campo",))
    >>> text = "Con las oficiales de campo"
    >>> (match,) = Matcher(Glossary(entries=(entry,))).find_avoided(text, "es")
    >>> _agreeing(text, match, "es").after
    'técnicas de campo'
    """
    span, number = (match.start, match.end), _number(match, language)
    if match.entry.pos != "noun" or match.entry.status == "keep":
        return Replacement(*span, _like(match, _form(match, language)))
    if language == "en":
        after = _like(match, in_english(match.entry, number))
        new = place_english(text, span, after, is_plural=number == "pl").text
    else:
        gender = _gender(text, match)
        after = _like(match, inflect(match.entry, number, gender))
        new = place_spanish(text, span, after, Agreement(gender, number)).text
    return _difference(text, new, span)


def _difference(old: str, new: str, span: tuple[int, int]) -> Replacement:
    """Whole words of *old*, with those of *span*, and what *new* has in their place."""
    same = _alike(old[: span[0]], new)
    start = span[0] if same == span[0] else old.rfind(" ", 0, same) + 1
    rest = old[span[1] :]
    same = _alike(rest[::-1], new[::-1])
    kept = rest[len(rest) - same :]
    if same < len(rest):
        kept = kept[kept.find(" ") :] if " " in kept else ""
    return Replacement(start, len(old) - len(kept), new[start : len(new) - len(kept)])


def _alike(first: str, second: str) -> int:
    """How many code points two texts have in common at their beginning."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _without_avoided(matcher: Matcher, text: str, target: Language) -> str:
    """*text* without what must not stand there; articles and adjectives agree with what does.

    >>> from harmonize.glossary import Entry, Glossary
    >>> matcher = Matcher(Glossary(entries=(Entry(en="goal", es="meta", avoid_es=("gol",)),)))
    >>> _without_avoided(matcher, "Es parte del gol común.", "es")
    'Es parte de la meta común.'
    """
    return replaced(text, avoided(matcher, text, target))


def _gender(text: str, match: Match) -> OneGender:
    """The entry's gender; of people that of the rendering, or of what stands beside it."""
    own = match.entry.gender or spanish.gender_of(head(match.entry.es).lower())
    if own != "mf":
        return "f" if own == "f" else "m"
    shown = match.gender or agreement_of(text, match.start, match.end).gender
    return "f" if shown == "f" else "m"


def replaced(text: str, replacements: Sequence[Replacement]) -> str:
    """*text* with *replacements* (in order, not overlapping) made."""
    for each in reversed(replacements):
        text = text[: each.start] + each.after + text[each.end :]
    return text


def _form(match: Match, language: Language) -> str:
    number = _number(match, language)
    if language == "en":
        return in_english(match.entry, number)
    return inflect(match.entry, number, match.gender)


def _number(match: Match, language: Language) -> Number:
    return "pl" if match.number == "pl" or _is_plural(match, language) else "sg"


def _is_plural(match: Match, language: Language) -> bool:
    """Whether a rendering that a file lists in the plural only stands in the plural."""
    if language == "en":
        return english.is_plural(match.text.split()[-1].lower())
    return spanish.is_plural(head(match.text).lower())


def _like(match: Match, form: str) -> str:
    if match.case == "upper" and form.islower():
        return form.upper()
    return form[:1].upper() + form[1:] if match.text[:1].isupper() else form


def _outcome(matcher: Matcher, match: Match, text: str, target: Language) -> Term:
    """A term is there in any form of any entry that its words may stand for."""
    readings = (match.entry, *match.others)
    if match.entry.status == "keep":
        there = match.text.casefold() in text.casefold()
        there = there or bool(matcher.occurrences(text, target, match.entry))
        outcome = "kept" if there else "violated"
    elif any(matcher.occurrences(text, target, entry) for entry in readings):
        outcome = "enforced"
    elif match.text[:1].isupper() and _is_in_name(match.text, text):
        outcome = "kept"
    else:
        # A verb's form may be beyond what the matcher knows: no alarm without evidence.
        outcome = "skipped" if any(entry.pos == "verb" for entry in readings) else "violated"
    return Term.model_validate({"en": match.entry.en, "es": match.entry.es, "outcome": outcome})


_BIG = r"(?!(?:A|Al|An|Con|De|Del|El|En|La|Las|Los|Por|The|Un|Una)\b)[A-ZÁÉÍÓÚÑ][\w’'-]{1,40}"
"""A word with a capital that is no article or preposition at the beginning of a sentence."""


def _is_in_name(words: str, text: str) -> bool:
    """Whether *words* stand in *text* as they were, beside another word with a capital.

    >>> _is_in_name("Garment", "el Garment Solidarity Fund"), _is_in_name("Garment", "El Garment.")
    (True, False)
    """
    exact = re.escape(words)
    return bool(re.search(rf"(?<!\w){_BIG} {exact}(?!\w)|(?<!\w){exact} {_BIG}", text))


def _violated(term: Term, target: Language) -> Flag:
    wanted = term.es if target == "es" else term.en
    other = term.en if target == "es" else term.es
    return flag("term-violated", wanted=wanted, other=other)
