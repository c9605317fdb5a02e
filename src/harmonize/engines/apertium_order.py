"""English word order and articles, before the generator.

Spanish has its adjectives behind the noun, and lists of them: *criterios sociales, económicos y
ambientales* are "social, economic and environmental criteria".
"""

from __future__ import annotations

import re

from harmonize.engines.apertium_units import like

_ADJECTIVE = r"\^[^<$^]{1,40}<(?:adj|vblex><pp)>(?:<[^<>$^]*>){0,3}\$"
_NOUN = r"\^[^<$^]{1,40}<n>(?:<[^<>$^]*>){1,3}\$"
_AND = r"(?:\^,<cm>\$)? \^(?:and|or)<cnjcoo>\$"
_MORE = rf"(?:\^,<cm>\$ {_ADJECTIVE}){{0,3}}{_AND} {_ADJECTIVE}"
_FREE = r"(?<!<pp>\$)(?! ?\^[^<$^]{1,40}<(?:n|adj|np|vblex><pp|cnjcoo)>| [A-Za-z])"
_DONE = r"(?<=<pp>\$)(?=\^[^<$^]{1,9}<(?:sent|cm)>|$)"
_LISTED = re.compile(
    rf"(?P<first>{_ADJECTIVE}) (?P<noun>{_NOUN})(?P<rest>{_MORE})(?:{_FREE}|{_DONE})"
)
_BEHIND = re.compile(
    rf"(?P<noun>{_NOUN}) (?P<first>{_ADJECTIVE})(?P<rest>{_MORE})(?:{_FREE}|{_DONE})"
)
_CODE = r"X[B-DF-HJ-NP-TV-XZ]Q[B-DF-HJ-NP-TV-XZ]Z\b"
_THE_CODE = re.compile(rf"\^the<det><def><sg>\$ (?=\^?{_CODE})")
_AT_OF = re.compile(rf"(:<sent>\$\^\d\d<num>\$) \^of<pr>\$ (?=\^?{_CODE})")
_UNTIL_THE = re.compile(r"(\^(?:until|by|before|from)<pr>\$) \^the<det><def><(?:sg|pl)>\$ (?=\^\d)")
_NOT_A = re.compile(
    r"(\^[Tt]here<adv>\$ \^be<vbser>[^$]{0,40}\$) \^not<adv>\$ (?=\^[^<$]{1,40}<(?:n|adj)>)"
)
_FOLLOWING = re.compile(r"(\^\d{1,4}<num>\$|\^[a-z-]{2,15}<num><sp>\$) (\^following<adj>\$)")
_TO_DOING = re.compile(
    r"(\^(?:contribute|commit|dedicate|oppose)<vblex>[^$]{1,30}\$ \^to<pr>\$ \^[^<$]{1,30}<vblex>)"
    r"<inf>"
)
_KNOW_HOW = re.compile(
    r"(\^[Kk]now<vblex>[^$]{0,20}\$)(?: \^to<pr>\$)? (?=\^[^<$]{1,30}<vblex><inf>)"
)
_YOU_ASK = re.compile(
    r"^(\W{0,3})\^Prpers(<prn><subj><p2><mf><sp>)\$ \^([^<$]{1,30}<vb(?:lex|mod)>)<pres>([^$]{0,20})\$"
    r"(?=[^?]{1,2000}\?)"
)
_DOUBLE_TO = re.compile(r"( to<vblex>[^$]{1,30}\$) \^to<pr>\$")
_SOMEBODY = (
    r"\^(?:[Ww]oman|[Mm]an|[Pp]eople|[Pp]erson|[Pp]rofessional|[Cc]hild|[Mm]igrant|[Ss]omebody|"
    r"[A-Za-z][a-z -]{2,20}(?:er|or|ist|ant|ee|ate|yst))<(?:n|prn)>[^$]{0,20}\$"
)
_NOBODY = (
    "computer|paper|letter|number|matter|order|sector|factor|error|offer|center|poster|certificate|"
    "climate|committee|debate|rate|folder|newsletter|barrier|power|water|harbor|indicator|quarter"
)
_ONE_OF_MANY = r"[^$]{0,20}\$ \^[^<$]{1,30}<vb\w+><pri><p3><sg>"
_WHO = re.compile(rf"({_SOMEBODY}) \^that<rel>(?:(?<!<pl>\$ \^that<rel>)|(?!{_ONE_OF_MANY}))")
_THING = re.compile(rf"[ ^](?:{_NOBODY})<n>", re.IGNORECASE)
_INFINITIVE_IS = re.compile(
    r"^(\^[A-Z][^<$]{1,30}<vb(?:lex|haver|ser)>)<inf>(?=[^$]{0,20}\$(?: \^(?:[^$<]{1,40}<(?!rel|itg|cnj|sent|cm|vaux)"
    r"[^$]{1,40})\$){1,25} (?:\^will<vaux><inf>\$ \^be<vbser><inf>|\^be<vbser><pri><p3>))"
)
_WHICH = re.compile(r"(\^,<cm>\$) \^that<rel>")


def in_order(stream: str) -> str:
    """*stream* (of one text, before the generator) with the rules of this module.

    >>> in_order("^Social<adj>$ ^criterion<n><pl>$^,<cm>$ ^old<adj>$ ^and<cnjcoo>$ ^new<adj>$^.<sent>$")
    '^Social<adj>$^,<cm>$ ^old<adj>$ ^and<cnjcoo>$ ^new<adj>$ ^criterion<n><pl>$^.<sent>$'
    """
    stream = _BEHIND.sub(_adjectives_first, _LISTED.sub(_noun_last, stream))
    stream = _THE_CODE.sub("", _NOT_A.sub(r"\1 ^no<det><ind><sp>$ ", stream))
    stream = _UNTIL_THE.sub(r"\1 ", _AT_OF.sub(r"\1 ^on<pr>$ ", stream))
    stream = _WHICH.sub(
        r"\1 ^which<rel>", _WHO.sub(_who, _KNOW_HOW.sub(r"\1 how ^to<pr>$ ", stream))
    )
    stream = _FOLLOWING.sub(r"\2 \1", _TO_DOING.sub(r"\1<ger>", stream))
    stream = _INFINITIVE_IS.sub(r"\1<ger>", stream)
    return _YOU_ASK.sub(r"\1^Do<vbdo><pres>$ ^prpers\2$ ^\3<inf>\4$", _DOUBLE_TO.sub(r"\1", stream))


def _who(match: re.Match[str]) -> str:
    """*mujeres que viven lejos*: who, not that."""
    return match[0] if _THING.search(match[1]) else f"{match[1]} ^who<rel>"


def _noun_last(match: re.Match[str]) -> str:
    return f"{match['first']}{match['rest']} {match['noun']}"


def _adjectives_first(match: re.Match[str]) -> str:
    noun = match["noun"][1:]
    first = "^" + like(noun, match["first"][1:])
    return f"{first}{match['rest']} ^{noun[:1].lower()}{noun[1:]}"
