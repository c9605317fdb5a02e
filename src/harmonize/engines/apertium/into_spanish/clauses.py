"""English sentences made plainer, when each word has its reading.

What Spanish must say and English leaves out ("the people we audit"), what goes together in a list
("visiting farms, listening and agreeing"), and words whose sense their neighbours settle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonize.engines.apertium.into_spanish.insertions import said_in_full
from harmonize.engines.apertium.rules import needs
from harmonize.engines.apertium.surfaces import (
    Word,
    applied,
    at_place,
    clause_start,
    is_finite,
    words_of,
    written,
)
from harmonize.engines.apertium.units import like

_ING = ("<vblex><ger>", "<vblex><subs>", "<vbser><ger>", "<vbser><subs>", "<vbhaver><ger>")
_SUBJECTS = frozenset("i we you he she it they".split())
_DEGREES = frozenset("more less fewer later earlier".split())
_ASKED = frozenset(
    "ask asked asking asks assess check decide decided decides deciding determine evaluate explain "
    "find forget identify investigate know known knows learn say see show specify state tell tells "
    "telling understand understands verify wonder".split()
)
_HOW_OFTEN = frozenset("annually daily fortnightly monthly quarterly weekly yearly".split())
_STRANDED = frozenset("about at for from in of on with to".split())
_WHEN = frozenset("when while once if".split())


def plainer(analysed: str) -> str:
    """*analysed* (English, one reading for each word) with the rules of this module.

    >>> plainer("^No/No<det><ind><sp>$ ^less than/less than<pr>$")
    '^No/No<adv>$ ^less than/less than<pr>$'
    """
    words, tail = words_of(analysed)
    return written(said_in_full(applied(_RULES, words, _NEEDS)), tail)


def _is_ing(word: Word) -> bool:
    return word.small.endswith("ing") and word.must(*_ING)


def _with(word: Word, old: str, new: str) -> Word:
    return word._replace(readings=tuple(each.replace(old, new) for each in word.readings))


def _lists(words: list[Word]) -> list[Word]:
    """*visiting farms, listening and agreeing*: all as the first."""
    made = list(words)
    first: Word | None = None
    pending: list[int] = []
    for at, word in enumerate(made):
        if word.must("<sent>"):
            first, pending = None, []
        if not _is_ing(word):
            continue
        last = at_place(made, at - 1)
        if first is not None and last.must("<cnjcoo>"):
            for place in (*pending, at):
                made[place] = _as_first(made[place], first)
            pending = []
        elif first is not None and last.must("<cm>"):
            pending.append(at)
        else:
            first, pending = word, []
    return made


def _as_first(word: Word, first: Word) -> Word:
    if first.must("<subs>"):
        return _with(word, "<ger>", "<subs>")
    return _with(word, "<subs>", "<ger>")


def _opening(words: list[Word]) -> list[Word]:
    """*Reporting to the director, the manager oversees*: how, not what."""
    first = at_place(words, 0)
    comma = next((at for at, word in enumerate(words) if word.must("<cm>")), len(words))
    subject = at_place(words, comma + 1)
    ends = next((at for at in range(comma, len(words)) if words[at].must("<sent>")), len(words))
    has_verb = any(is_finite(word) for word in words[comma + 1 : ends])
    if _is_ing(first) and subject.must("<det>", "<prn>", "<np>") and has_verb:
        return [_with(first, "<subs>", "<ger>"), *words[1:]]
    return words


def _while(words: list[Word]) -> list[Word]:
    """*while reducing costs*: Spanish has the gerund alone, behind a comma."""
    made: list[Word] = []
    for at, word in enumerate(words):
        goes = at and word.small in {"while", "whilst"} and _is_ing(at_place(words, at + 1))
        if not goes:
            made.append(word)
        elif not words[at - 1].must("<cm>") and not words[at - 1].must("<cnjcoo>"):
            made.append(Word("", ",", (",<cm>",)))
    return made


def _quantities(words: list[Word]) -> list[Word]:
    """*no less than*, *no later than*: no determiner."""
    return [
        word._replace(readings=(word.surface + "<adv>",))
        if word.small == "no" and at_place(words, at + 1).small.split(" ")[0] in _DEGREES
        else word
        for at, word in enumerate(words)
    ]


def _unsaid(words: list[Word]) -> list[Word]:
    """*the people we audit* are those *that* we audit; *the story it is about*, *about which*."""
    made: list[Word] = []
    gone: set[int] = set()
    for at, word in enumerate(words):
        if at in gone:
            continue
        last = at_place(words, at - 1)
        if (
            word.small in _SUBJECTS
            and at
            and last.must("<n>", "<prn><tn>")
            and not last.must("<gen>")
            and at_place(words, at - 2).small not in {"what", "which"}
            and is_finite(_after_adverbs(words, at + 1))
            and _is_object(words, at)
        ):
            left = _stranded(words, at)
            if left:
                gone.add(left)
                made.append(words[left]._replace(before=word.before))
                made.append(Word(" ", "which", ("which<rel><an><mf><sp>",)))
            else:
                made.append(Word(word.before, "that", ("that<rel><an><mf><sp>",)))
            made.append(word._replace(before=" "))
        else:
            made.append(word)
    return made


def _stranded(words: Sequence[Word], at: int) -> int | None:
    """The preposition that a clause from *at* on ends with."""
    for place in range(at + 2, min(at + 8, len(words))):
        if words[place].must("<sent>", "<cm>"):
            return None
        ends = at_place(words, place + 1).must("<sent>", "<cm>", "<cnjcoo>")
        if ends and words[place].small in _STRANDED and words[place - 1].must("<v", "<adj>", "<n>"):
            return place
    return None


def _objects(words: list[Word]) -> list[Word]:
    """*We help you*: the verb would have the person of *you*, but that of a third person never."""
    made = list(words)
    for at, word in enumerate(made):
        if not word.must("<prn><obj><p2>") or not at_place(made, at - 1).must("<vblex>"):
            continue
        said = made[max(0, at - 4) : at - 1]
        if any(each.small in {"we", "i"} for each in said):
            made[at] = word._replace(readings=("prpers<prn><obj><p3><m><sg>",))
    return made


def _after_adverbs(words: Sequence[Word], at: int) -> Word:
    while at_place(words, at).must("<adv>", "<preadv>"):
        at += 1
    return at_place(words, at)


def _is_object(words: Sequence[Word], at: int) -> bool:
    """Whether the noun before *at* ends a clause that has its verb, or begins one that will."""
    said = words[clause_start(words, at) : at]
    if any(word.small in _WHEN for word in said) and not any(w.must("<cm>") for w in said):
        return False
    clause = said
    for place in range(len(said) - 1, -1, -1):
        if said[place].must("<cm>"):
            clause = said[place + 1 :]
            break
    if any(word.must("<vb") and not word.must("<pp>") for word in clause):
        return True
    ends = next((n for n in range(at, len(words)) if words[n].must("<sent>", "<cm>")), len(words))
    if clause and clause[0].must("<det>") and sum(map(is_finite, words[at:ends])) > 1:
        return True
    place = len(clause) - 1
    while place > 0 and clause[place].must("<n>", "<adj>", "<det>", "<num>"):
        place -= 1
    return 0 < place < len(clause) - 1 and clause[place].must("<pr>")


def _asked(words: list[Word]) -> list[Word]:
    """*tell us who you are* asks; *what they told you* is that which they told."""
    made = list(words)
    for at, word in enumerate(made):
        last = at_place(made, at - 1)
        if (
            word.small == "who"
            and at
            and last.must("<vblex>", "<prn><obj>")
            and not last.may("<n>")
        ):
            made[at] = word._replace(readings=("who<prn><itg><m><sp>",))
        if (
            word.small == "which"
            and last.must("<pr>")
            and at > 1
            and not at_place(words, at - 2).must("<v")
        ):
            made[at] = word._replace(readings=("which<rel><an><mf><sp>",))
        if word.small == "what" and at and at_place(made, at + 1).must("<n>"):
            made[at] = word._replace(readings=("what<det><itg><sp>",))
        elif word.small == "what" and at and word.must("<itg>", "<rel>") and not word.must("<det>"):
            asks = any(each.small in _ASKED for each in made[max(0, at - 3) : at])
            reading = "what<prn><itg><m><sp>" if asks else "what<rel><nn><mf><sg>"
            if asks or last.must("<vblex>", "<pr>", "<cnjcoo>"):
                made[at] = word._replace(readings=(reading,))
    return made


def _meetings(words: list[Word]) -> list[Word]:
    """*The committee meets monthly*: nobody is met, nothing is complied with."""
    made = list(words)
    for at, word in enumerate(made):
        reading = word.readings[0] if word.must("<vblex>") else ""
        if reading.lower().startswith("meet<") and _alone(made, at):
            made[at] = word._replace(readings=(like(reading, "meet up") + reading[4:],))
            often = at_place(made, at + 1)
            if often.small in _HOW_OFTEN:
                made[at + 1] = often._replace(readings=(often.small + "<adv>",))
    return made


def _alone(words: Sequence[Word], at: int) -> bool:
    following = at_place(words, at + 1)
    ends = following.must("<sent>", "<cm>", "<adv>") or following.small in _HOW_OFTEN
    is_when = following.small in {"in", "on", "at", "every", "once", "twice"}
    return (ends or is_when) and not words[at].must("<pp>")


_RULES: tuple[Callable[[list[Word]], list[Word]], ...] = (
    _opening,
    _lists,
    _while,
    _quantities,
    _unsaid,
    _asked,
    _objects,
    _meetings,
)
_NEEDS = needs(
    {
        _lists: [{"<ger>", "<subs>"}],
        _opening: [{"<ger>", "<subs>"}],
        _while: [{"while", "whilst"}],
        _quantities: ["no"],
        _unsaid: [_SUBJECTS],
        _objects: ["<obj>"],
        _asked: [{"who", "what"}],
        _meetings: ["meet"],
    }
)
