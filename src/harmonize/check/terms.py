"""The glossary in words that people wrote: engines' words are held against it before."""

from __future__ import annotations

from harmonize.flags import flag
from harmonize.glossary import Matcher, settle
from harmonize.glossary.model import Language
from harmonize.glossary.settle import avoided
from harmonize.records import Flag, Term


def terms_of(
    matcher: Matcher, source: str, target: str, languages: tuple[Language, Language]
) -> tuple[tuple[Term, ...], tuple[Flag, ...]]:
    """What became of each term of *source* in *target*, whose words stay as they are.

    >>> from harmonize.glossary import Entry, Glossary
    >>> entry = Entry(en="goal", es="objetivo", avoid_es=("gol",))
    >>> matcher = Matcher(Glossary(entries=(entry,)))
    >>> [each.rule for each in terms_of(matcher, "Our goal", "Nuestro gol", ("en", "es"))[1]]
    ['term-avoided', 'term-violated']
    """
    written, wanted = languages
    wrong = [
        flag("term-avoided", found=target[each.start : each.end], wanted=each.after)
        for each in avoided(matcher, target, wanted)
    ]
    # `settle` would replace what is avoided; here it must count as not being there.
    masked = target
    for each in avoided(matcher, target, wanted):
        masked = masked[: each.start] + " " * (each.end - each.start) + masked[each.end :]
    done = settle(matcher, matcher.find(source, written), masked, wanted)
    return done.terms, tuple(dict.fromkeys((*wrong, *done.flags)))
