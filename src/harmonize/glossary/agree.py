"""A term put into a finished sentence: what stands beside it is made to agree with it.

In Spanish these are articles and other determiners, contractions, and adjectives on either side;
in English the article's *n* and a determiner's number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from harmonize.glossary import spanish, words
from harmonize.glossary.inflect import Forms, OneGender, article, contract, forms_of, head
from harmonize.glossary.tables import tables

_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")
_FIRST_WORD = re.compile(r"( (?:muy |más )?)([^\W\d_]+)")
_NEXT_WORD = re.compile(r"( (?:y |e |muy |más )?)([^\W\d_]+)")
_FEMININE = re.compile(r"(?:iv|ic|os)a$")
_COPULA = re.compile(r" ([^\W\d_]+)(?= )")
_INFINITIVE = re.compile(r"[aei]r$")
_PARTICIPLE = re.compile(
    r"(?:[aií]d|crit|iert|uelt|uest|vist|rot|muert|hech|dich|pres)[oa]s?$", re.IGNORECASE
)
_A_OR_AN = re.compile(r"\b(an?) $", re.IGNORECASE)
_DEMONSTRATIVE = re.compile(r"\b(this|these|that|those) $", re.IGNORECASE)
_PLURALS = {"this": "these", "that": "those"}
_SINGULARS = {plural: singular for singular, plural in _PLURALS.items()}
_OTHER_DETERMINERS = {"a", "an", "lo", *_PLURALS, *_SINGULARS}
_VOWEL = re.compile(r"hour|honest|honou?r|heir|(?!uni[^nm]|us[eu]|uti|eu|one?ce?$)[aeiou]", re.I)
_LETTERS_LIKE_VOWELS = "AEFHILMNORSX"
_PLURAL_ENDINGS = (("iones", "ión"), ("ces", "z"), ("es", ""), ("s", ""))
_NOUN_ENDINGS = ("ción", "sión", "dad", "tad", "tud", "umbre", "eza", "anza", "miento", "ismo")
_BEFORE = 3
"""So many words before a noun may agree with it: *todas las nuevas cooperativas*."""


class Agreement(NamedTuple):
    """What a Spanish noun asks of the words beside it."""

    gender: OneGender
    number: str


_ANY = Agreement("m", "sg")


class Placed(NamedTuple):
    """A sentence in three parts: what stands before a term, the term, and what stands behind.

    ``turned`` has what a replaced Spanish noun asked of its neighbours, and what the term asks.
    """

    before: str
    form: str
    after: str
    turned: tuple[Agreement, Agreement] | None = None

    @property
    def text(self) -> str:
        """The sentence."""
        return self.going_on(self.after)

    def going_on(self, after: str) -> str:
        """The sentence with another end, made to agree with the term."""
        return (
            self.before
            + self.form
            + (_agreed_behind(after, *self.turned) if self.turned else after)
        )


def place_spanish(text: str, span: tuple[int, int], form: str, new: Agreement) -> Placed:
    """*form* in the place of *span*, with its neighbours as *new* asks.

    >>> text, feminine = "Es parte del nuevo sindicato regional.", Agreement("f", "sg")
    >>> place_spanish(text, (19, 28), "asociación", feminine).text
    'Es parte de la nueva asociación regional.'
    >>> place_spanish("La prima fue pagada.", (3, 8), "bonos", Agreement("m", "pl")).text
    'Los bonos fue pagados.'
    """
    before = _stressed(_agreed_before(text[: span[0]], new), form, new)
    return Placed(before, form, text[span[1] :], (agreement_of(text, *span), new))


def place_english(text: str, span: tuple[int, int], form: str, *, is_plural: bool) -> Placed:
    """*form* in the place of *span*, with the article that it needs.

    >>> place_english("Form a trade union.", (7, 18), "association", is_plural=False).text
    'Form an association.'
    >>> place_english("Send this form.", (10, 14), "papers", is_plural=True).text
    'Send these papers.'
    """
    before = _english_before(text[: span[0]], form, is_plural=is_plural)
    return Placed(before, form, text[span[1] :])


def agreement_of(text: str, start: int, end: int) -> Agreement:
    """The gender and number that the Spanish noun phrase ``text[start:end]`` has there.

    >>> agreement_of("con las líderes sindicales", 8, 26)
    Agreement(gender='f', number='pl')
    """
    phrase = text[start:end]
    noun = head(phrase).lower()
    shown = _shown_before(text[:start], phrase)
    if shown:
        return shown
    female = spanish.gender_of(_singular(noun)) == "f"
    return Agreement("f" if female else "m", "pl" if spanish.is_plural(noun) else "sg")


def person_gender(text: str, span: tuple[int, int]) -> str:
    """The gender of the person that a Spanish noun phrase names; empty where it names none.

    >>> person_gender("con las líderes sindicales", (8, 26)), person_gender("la dirección", (3, 12))
    ('f', '')
    """
    noun = _singular(head(text[slice(*span)]).lower())
    base = noun[:-1] + "o" if _PARTICIPLE.search(noun) else words.lemma(noun, "es")
    either = tables("es")["one_for_both"] | tables("es")["either_gender"]
    has_both = noun in either or spanish.feminine(base) == noun != base
    person = has_both or "mf" in (spanish.gender_of(noun), spanish.gender_of(base))
    female = has_both and noun != base
    return "f" if female else agreement_of(text, *span).gender if person else ""


def is_adjective(word: str, agreement: Agreement) -> bool:
    """Whether a Spanish word beside a noun can be its adjective, in *agreement* with it.

    >>> old = Agreement("f", "sg")
    >>> [is_adjective(word, old) for word in ("regional", "abierta", "trabaja", "nuevo", "de")]
    [True, True, False, False, False]
    """
    return _turned(word, agreement, agreement) is not None


def is_verb(word: str) -> bool:
    """Whether a Spanish word looks like a form of a verb, and not like a participle.

    >>> [is_verb(word) for word in ("trabaja", "recibir", "firmado", "sindicato", "taller")]
    [True, True, False, False, False]
    """
    lemma = words.lemma(word, "es")
    if not _INFINITIVE.search(lemma) or _PARTICIPLE.search(word):
        return False
    # Only an infinitive has a gerund that leads back to it: lugar and taller have none.
    gerund = lemma[:-2] + ("ando" if lemma.endswith("ar") else "iendo")
    return word != lemma or words.lemma(gerund, "es") == lemma


def is_determiner(word: str) -> bool:
    """Whether a word is one that agrees with the noun behind it: an article, *nuestra*, *a*, *an*.

    >>> [is_determiner(word) for word in ("Cuántos", "del", "an", "para")]
    [True, True, True, False]
    """
    return _row_of(word) is not None or word.lower() in _OTHER_DETERMINERS


def introduces_noun(word: str) -> bool:
    """Whether a noun follows a Spanish word: a determiner, a preposition, *nuevo*.

    >>> [introduces_noun(word) for word in ("Cuántos", "del", "para", "se", "sindicato")]
    [True, True, True, False, False]
    """
    small = word.lower()
    known = small in tables("es")["closers"] | tables("es")["numerals"] and small != "que"
    return known or _row_of(small) is not None or _before_noun(small, _ANY) is not None


def a_or_an(phrase: str) -> str:
    """The English indefinite article for *phrase*, by how it begins.

    >>> [a_or_an(each) for each in ("union", "hour", "NGO", "ILO standard", "farm", "entity")]
    ['a', 'an', 'an', 'an', 'a', 'an']
    """
    first = re.split(r"[\s-]", phrase, maxsplit=1)[0]
    if spanish.is_acronym(first.removesuffix("s")):
        return "an" if first[0] in _LETTERS_LIKE_VOWELS else "a"
    return "an" if _VOWEL.match(first) else "a"


def _agreed_before(before: str, new: Agreement) -> str:
    """*before* with the determiners and adjectives at its end as the noun behind it needs them."""
    turned = ""
    for _ in range(_BEFORE):
        found = _LAST_WORD.search(before)
        form = found and (_determiner(found[1], new) or _before_noun(found[1], new))
        if not found or not form:
            break
        before = before[: found.start()]
        turned = f"{spanish.like(found[1], form)} {turned}"
    return contract(before + turned)


def _determiner(word: str, new: Agreement) -> str | None:
    row = _row_of(word)
    return Forms(*row).pick(new.number, new.gender) if row else None


def _row_of(word: str) -> list[str] | None:
    """The forms of a determiner; of *del* and *al* these are two words."""
    rows: list[list[str]] = tables("es")["determiners"]
    return next((row for row in rows if word.lower() in row), None)


def _before_noun(word: str, new: Agreement) -> str | None:
    small = word.lower()
    for row in tables("es")["short"].values():
        if small in row:
            return Forms(row[0], row[1], row[2], row[3]).pick(new.number, new.gender)
    lemma = words.lemma(small, "es")
    if small in tables("es")["function_words"] or lemma not in tables("es")["before_noun"]:
        return None
    return forms_of(lemma, "adj").pick(new.number, new.gender)


def _agreed_behind(after: str, old: Agreement, new: Agreement) -> str:
    """*after* with the adjectives that follow the noun, or a verb of being, turned to *new*."""
    beside, rest = _agreed_adjectives(after, old, new)
    copula = _COPULA.match(rest)
    if not copula or copula[1].lower() not in tables("es")["copulas"]:
        return beside + rest
    predicate, rest = _agreed_adjectives(rest[copula.end() :], old, new)
    return beside + copula[0] + predicate + rest


def _agreed_adjectives(text: str, old: Agreement, new: Agreement) -> tuple[str, str]:
    """The adjectives that *text* begins with, turned, and what stands behind them."""
    done = ""
    while found := (_NEXT_WORD if done else _FIRST_WORD).match(text):
        form = _turned(found[2], old, new)
        if form is None:
            break
        done += found[1] + form
        text = text[found.end() :]
    return done, text


def _turned(word: str, old: Agreement, new: Agreement) -> str | None:
    small = word.lower()
    base = _base_of(small)
    if base is None or small in tables("es")["function_words"]:
        return None
    given = forms_of(base, "adj")
    if given.pick(old.number, old.gender) != small:
        return None
    return spanish.like(word, given.pick(new.number, new.gender))


def _base_of(word: str) -> str | None:
    """The masculine singular of what may be an adjective or a participle; None for verbs."""
    if _PARTICIPLE.search(word):
        return re.sub(r"[oa]s?$", "o", word)
    lemma = words.lemma(word, "es")
    if _FEMININE.search(lemma):  # "junta directiva": a noun too, but not beside another
        return lemma[:-1] + "o"
    return None if is_verb(word) or lemma.endswith(_NOUN_ENDINGS) else lemma


def _stressed(before: str, form: str, new: Agreement) -> str:
    """*la* and *una* give way before a stressed a: *el área*."""
    found = _LAST_WORD.search(before)
    if not found or new != Agreement("f", "sg") or found[1].lower() not in ("la", "una"):
        return before
    given = article(form, "sg", "f", definite=found[1].lower() == "la")
    return contract(f"{before[: found.start()]}{spanish.like(found[1], given)} ")


def _shown_before(before: str, phrase: str) -> Agreement | None:
    """What the determiner of a phrase tells of it, if there is one that tells both."""
    for _ in range(_BEFORE):
        found = _LAST_WORD.search(before)
        if not found:
            return None
        row = _row_of(found[1]) or []
        numbers = [number for number, form in enumerate(row) if form == found[1].lower()]
        if len(numbers) == 1:
            return _of_row(numbers[0], phrase)
        if not row and _before_noun(found[1], _ANY) is None:
            return None
        before = before[: found.start()]
    return None


def _of_row(column: int, phrase: str) -> Agreement:
    first = phrase.split(" ", 1)[0].lower()
    female = column % 2 == 1 or (column == 0 and first in tables("es")["stressed_a"])
    return Agreement("f" if female else "m", "pl" if column > 1 else "sg")


def _singular(noun: str) -> str:
    """The Spanish singular whose plural *noun* is, or *noun*.

    >>> [_singular(noun) for noun in ("voces", "reuniones", "quejas", "crisis", "líderes")]
    ['voz', 'reunión', 'queja', 'crisis', 'líder']
    """
    if not spanish.is_plural(noun):
        return noun
    for ending, other in _PLURAL_ENDINGS:
        candidate = noun[: -len(ending)] + other
        if noun.endswith(ending) and spanish.plural(candidate) == noun != candidate:
            return candidate
    return noun


def _english_before(before: str, form: str, *, is_plural: bool) -> str:
    found = _A_OR_AN.search(before)
    if found:
        kept = "" if is_plural else spanish.like(found[1], a_or_an(form)) + " "
        return before[: found.start()] + kept
    found = _DEMONSTRATIVE.search(before)
    if found:
        own = _PLURALS if is_plural else _SINGULARS
        kept = spanish.like(found[1], own.get(found[1].lower(), found[1].lower()))
        return f"{before[: found.start()]}{kept} "
    return before
