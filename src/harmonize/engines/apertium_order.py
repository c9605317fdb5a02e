"""English word order and articles, before the generator.

Spanish has its adjectives behind the noun, and lists of them: *criterios sociales, económicos y
ambientales* are "social, economic and environmental criteria".
"""

from __future__ import annotations

import re

from harmonize.engines.apertium_units import like

_ADJECTIVE = r"\^[^<$^]{1,40}<(?:adj|vblex><pp)>(?:<[^<>$^]*>){0,3}\$"
_NOUN = r"\^[^<$^]{1,40}<n>(?:<[^<>$^]*>){1,3}\$"
_JOIN = r"(?:\^,<cm>\$|(?: \^,<cm>\$)? \^(?:and|or|e|u)<cnjcoo>\$)"
_FREE = r"(?! ?\^[^<$^]{1,40}<(?:n|adj|np|vblex><pp|cnjcoo)>| [A-Za-z])"
_LISTED = re.compile(
    rf"(?P<first>{_ADJECTIVE}) (?P<noun>{_NOUN})(?P<rest>(?:{_JOIN} {_ADJECTIVE}){{1,4}}){_FREE}"
)
_BEHIND = re.compile(
    rf"(?P<noun>{_NOUN}) (?P<first>{_ADJECTIVE})(?P<rest>(?:{_JOIN} {_ADJECTIVE}){{1,4}}){_FREE}"
)
_THE_CODE = re.compile(r"\^the<det><def><sg>\$ (?=\^?X[B-DF-HJ-NP-TV-XZ]Q[B-DF-HJ-NP-TV-XZ]Z\b)")
_NOT_A = re.compile(
    r"(\^[Tt]here<adv>\$ \^be<vbser>[^$]{0,40}\$) \^not<adv>\$ (?=\^[^<$]{1,40}<(?:n|adj)>)"
)
_FOLLOWING = re.compile(r"(\^\d{1,4}<num>\$|\^[a-z-]{2,15}<num><sp>\$) (\^following<adj>\$)")
_TO_DOING = re.compile(
    r"(\^(?:contribute|commit|dedicate|oppose|access)<vblex>[^$]{1,30}\$ \^to<pr>\$ \^[^<$]{1,30}<vblex>)<inf>"
)
_YOU_ASK = re.compile(
    r"^(\W{0,3})\^Prpers(<prn><subj><p2><mf><sp>)\$ \^([^<$]{1,30}<vb(?:lex|mod)>)<pres>([^$]{0,20})\$(?=[^?]{1,2000}\?)"
)
_DOUBLE_TO = re.compile(r"( to) \^to<pr>\$")


def in_order(stream: str) -> str:
    """*stream* (of one text, before the generator) with the rules of this module.

    >>> in_order("^Social<adj>$ ^criterion<n><pl>$^,<cm>$ ^old<adj>$ ^and<cnjcoo>$ ^new<adj>$^.<sent>$")
    '^Social<adj>$^,<cm>$ ^old<adj>$ ^and<cnjcoo>$ ^new<adj>$ ^criterion<n><pl>$^.<sent>$'
    """
    stream = _BEHIND.sub(_adjectives_first, _LISTED.sub(_noun_last, stream))
    stream = _THE_CODE.sub("", _NOT_A.sub(r"\1 ^no<det><ind><sp>$ ", stream))
    stream = _FOLLOWING.sub(r"\2 \1", _TO_DOING.sub(r"\1<ger>", stream))
    return _YOU_ASK.sub(r"\1^Do<vbdo><pres>$ ^prpers\2$ ^\3<inf>\4$", _DOUBLE_TO.sub(r"\1", stream))


def _noun_last(match: re.Match[str]) -> str:
    return f"{match['first']}{match['rest']} {match['noun']}"


def _adjectives_first(match: re.Match[str]) -> str:
    noun = match["noun"][1:]
    first = "^" + like(noun, match["first"][1:])
    return f"{first}{match['rest']} ^{noun[:1].lower()}{noun[1:]}"
