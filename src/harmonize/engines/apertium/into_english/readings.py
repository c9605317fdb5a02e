"""One reading of Spanish words behind the analyser, where neighbours settle it.

*Para las giras* is about trips, not about who turns them; *envía tu carta* asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.engines.apertium.surfaces import Word, at_place, clause_start, words_of
from harmonize.engines.apertium.units import analysed_unit

_ASKED = "<vblex><imp><p2><sg>"
_ARTICLES = frozenset("los las la el un una unos unas".split())
_BEFORE_NOUNS = frozenset(
    "antiguos antiguas antiguo antigua jóvenes joven nuevo nueva nuevos nuevas pequeño pequeña "
    "pequeños pequeñas mejor mejores principal principales primer primera primeros primeras "
    "último última últimos últimas".split()
)
_VERBAL = ("<vblex>", "<vbmod>", "<vbser>", "<vbhaver>")


def well_read_spanish(stream: str) -> str:
    """*stream* (of one text, behind the analyser) with the rules of this module.

    >>> well_read_spanish("^para/para<pr>$ ^la/el<det><def><f><sg>/prpers<prn>$ "
    ...     "^firma/firma<n><f><sg>/firmar<vblex><pri><p3><sg>$")
    '^para/para<pr>$ ^la/el<det><def><f><sg>$ ^firma/firma<n><f><sg>$'
    """
    words, tail = words_of(stream)
    for rule in (_nouns, _persons, _qualities, _internal, _heads, _insurance, _asked):
        words = rule(words)
    return (
        "".join(each.before + analysed_unit(each.surface, each.readings) for each in words) + tail
    )


def _nouns(words: list[Word]) -> list[Word]:
    """*para la firma*, *publicando contenidos*: no verbs."""
    made = list(words)
    to_you = _is_to_you(words)
    for at, word in enumerate(made):
        last, article = at_place(made, at - 1), at_place(made, at - 2)
        following = at_place(made, at + 1)
        if not word.may("<n>") or not any(tag in each for each in word.readings for tag in _VERBAL):
            continue
        behind_article = last.small in _ARTICLES and last.may("<det>") and article.must("<pr>")
        behind_verb = last.must("<inf>", "<ger>") and word.may("<n><m><pl>")
        verbs = [each for each in word.readings if any(tag in each for tag in _VERBAL)]
        mine = all("<p1><sg>" in each or each.endswith("<p2><sg>") for each in verbs)
        mine = mine and last.small not in {"yo", "tú", "que", "si", "te", "me"} and not to_you
        only_mine = mine and not word.may("<adj>")
        is_part = word.small == "parte" and following.small in {"de", "del"}
        if behind_article or last.must("<det>") or behind_verb or only_mine or is_part:
            nouns = [each for each in word.readings if "<n>" in each]
            made[at] = word._replace(readings=(nouns[0],)) if len(nouns) == 1 else word
        if behind_article and len(made[at].readings) == 1:
            made[at - 1] = last.only("<det>")
    return made


def _persons(words: list[Word]) -> list[Word]:
    """*como voluntaria*: a noun, though there is an adjective."""
    made = list(words)
    for at, word in enumerate(made):
        nouns = [each for each in word.readings if "<n>" in each]
        alone = not at_place(made, at + 1).may("<n>") and not at_place(made, at + 1).may("<adj>")
        if (
            at_place(made, at - 1).small == "como"
            and word.may("<adj>")
            and len(nouns) == 1
            and alone
        ):
            made[at] = word._replace(readings=(nouns[0],))
    return made


def _qualities(words: list[Word]) -> list[Word]:
    """*familias campesinas*, *un archivo ordenado, físico y digital*: adjectives, not nouns."""
    made = list(words)
    for at, word in enumerate(made):
        adjectives = [each for each in word.readings if "<adj>" in each]
        if len(adjectives) != 1 or len(word.readings) != 2 or not word.may("<n>"):
            continue
        last = at_place(made, at - 1)
        before = at_place(made, at - 2)
        behind_noun = last.must("<n>") and not last.must("<adj>")
        behind_noun = behind_noun or (last.must("<adj>") and before.must("<n>"))
        number = "<pl>" if word.may("<pl>") else "<sg>"
        in_list = last.must("<cm>", "<cnjcoo>") and at_place(made, at - 2).must(
            f"<adj><mf>{number}", f"<adj><m>{number}", f"<adj><f>{number}"
        )
        both = last.small == "tanto" and any(each.small == "como" for each in made[at : at + 4])
        if behind_noun or in_list or both:
            made[at] = word._replace(readings=(adjectives[0],))
    return made


def _internal(words: list[Word]) -> list[Word]:
    """*políticas internas*: of two that are both noun and adjective, the first is the noun."""
    made = list(words)
    for at, word in enumerate(made[:-1]):
        second = made[at + 1]
        nouns, adjectives = _as(word, "<n>"), _as(second, "<adj>")
        both = nouns and adjectives and _as(word, "<adj>") and _as(second, "<n>")
        if both and word.small not in _BEFORE_NOUNS and not at_place(made, at - 1).may("<n>"):
            made[at], made[at + 1] = (
                word._replace(readings=nouns[:1]),
                second._replace(readings=adjectives[:1]),
            )
    return made


def _heads(words: list[Word]) -> list[Word]:
    """*las cooperativas obtienen*: a noun, behind an article and with none behind it."""
    made = list(words)
    for at, word in enumerate(made):
        nouns, following = _as(word, "<n>"), at_place(made, at + 1)
        alone = not any(map(following.may, ("<n>", "<adj>", "<pp>", "<np>")))
        if len(nouns) == 1 and at_place(made, at - 1).small in _ARTICLES and alone:
            made[at] = word._replace(readings=nouns)
    return made


def _as(word: Word, tag: str) -> tuple[str, ...]:
    """The readings with *tag*, of a word that is nothing but noun or adjective."""
    return tuple(each for each in word.readings if tag in each) if word.must("<n>", "<adj>") else ()


def _insurance(words: list[Word]) -> list[Word]:
    """*seguro de salud*, but *está seguro de que*."""
    return [
        word.only("<n>")
        if word.small in {"seguro", "seguros"}
        and at_place(words, at + 1).small in {"de", "médico", "dental", "privado", "social"}
        and at_place(words, at + 2).may("<n>")
        and not any(map(at_place(words, at - 1).may, ("<vbser>", "<n>")))
        else word
        for at, word in enumerate(words)
    ]


def _asked(words: list[Word]) -> list[Word]:
    """*Llena el formulario*, *si cumples …, envía tu carta*: what is asked of *tú*."""
    if not _is_to_you(words):
        return words
    made = list(words)
    for at, word in enumerate(made):
        opens = at == clause_start(made, at) or at_place(made, at - 1).must("<cm>")
        joined = at_place(made, at - 1).must("<cnjcoo>") and any(
            each.must(_ASKED) for each in made[:at]
        )
        if (opens or joined) and word.may(_ASKED) and _takes_object(made, at + 1):
            made[at] = word.only(_ASKED)
    return made


def _is_to_you(words: Sequence[Word]) -> bool:
    """Whether a sentence speaks to *tú* somewhere."""
    return any(
        word.must("<p2><sg>", "tuyo<det>") or word.small in {"te", "ti", "contigo"}
        for word in words
    )


def _takes_object(words: Sequence[Word], at: int) -> bool:
    following = at_place(words, at)
    return following.may("<det>") or following.may("<n>") or following.must("<pr>", "<prn>")
