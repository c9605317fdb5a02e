"""English word order, before the generator, and the small words that hang on it.

Spanish has its adjectives behind the noun, and lists of them: *criterios sociales, económicos y
ambientales* are "social, economic and environmental criteria".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from harmonize.engines.apertium.units import like

Change = str | Callable[[re.Match[str]], str]

_ADJECTIVE = r"\^[^<$^]{1,40}<(?:adj|vblex><pp)>(?:<[^<>$^]*>){0,3}\$"
_NOUN = r"\^[^<$^]{1,40}<n>(?:<[^<>$^]*>){1,3}\$"
_AND = r"(?:\^,<cm>\$)? \^(?:and|or)<cnjcoo>\$"
_MORE = rf"(?P<rest>(?:\^,<cm>\$ {_ADJECTIVE}){{0,3}}{_AND} {_ADJECTIVE})"
_FREE = r"(?<!<pp>\$)(?! ?\^[^<$^]{1,40}<(?:n|adj|np|vblex><pp|cnjcoo)>| [A-Za-z])"
_DONE = r"(?<=<pp>\$)(?=\^[^<$^]{1,9}<(?:sent|cm)>|$)"
_ENDS = rf"(?:{_FREE}|{_DONE})"
CODE = r"\^?X[B-DF-HJ-NP-TV-XZ]Q[B-DF-HJ-NP-TV-XZ]Z\b"
_VERB = r"\^[^<$]{1,30}<vblex>"
_SOMEBODY = (
    r"\^(?:[Ww]oman|[Mm]an|[Pp]eople|[Pp]erson|[Pp]rofessional|[Cc]hild|[Mm]igrant|[Ss]omebody|[Ii]ndividual|[Yy]outh|"
    r"[A-Za-z][a-z -]{2,20}(?:er|or|ist|ant|ee|ate|yst))<(?:n|prn)>[^$]{0,20}\$"
)
_SOMETHING = re.compile(
    r"[ ^](?:computer|paper|letter|number|matter|order|sector|factor|error|offer|center|poster|"
    r"certificate|climate|committee|debate|rate|folder|newsletter|barrier|power|water|harbor|"
    r"indicator|quarter)<n>",
    re.IGNORECASE,
)
_ONE_OF_MANY = r"[^$]{0,20}\$ \^[^<$]{1,30}<vb\w+><pri><p3><sg>"
_GOES_ON = r"\^[^$<]{1,40}<(?!rel|itg|cnj(?!coo)|sent|cm|vaux)[^$]{1,40}\$"
_IS = r"\^(?:will<vaux><inf>\$ \^be<vbser><inf>|be<vbser><pri><p3>|z[b-z]{2}z<adv>\$\^)"


def _noun_last(match: re.Match[str]) -> str:
    return f"{match['first']}{match['rest']} {match['noun']}"


def _adjectives_first(match: re.Match[str]) -> str:
    noun = match["noun"][1:]
    first = "^" + like(noun, match["first"][1:])
    return f"{first}{match['rest']} ^{noun[:1].lower()}{noun[1:]}"


def _adverb_first(match: re.Match[str]) -> str:
    """*Utilizar siempre el casco*: always use it."""
    return f"^{match[2].capitalize()}<adv>$ ^{match[1][:1].lower()}{match[1][1:]}$"


def _who(match: re.Match[str]) -> str:
    """*mujeres que viven lejos*: who, not that."""
    return match[0] if _SOMETHING.search(match[1]) else f"{match[1]} ^who<rel>"


_RULES: tuple[tuple[re.Pattern[str], Change], ...] = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (rf"(?P<first>{_ADJECTIVE}) (?P<noun>{_NOUN}){_MORE}{_ENDS}", _noun_last),
        (rf"(?P<noun>{_NOUN}) (?P<first>{_ADJECTIVE}){_MORE}{_ENDS}", _adjectives_first),
        # There is not child labour.
        (
            r"(\^[Tt]here<adv>\$ \^be<vbser>[^$]{0,40}\$) \^not<adv>\$ "
            r"(?=\^[^<$]{1,40}<(?:n|adj)>)",
            r"\1 ^no<det><ind><sp>$ ",
        ),
        # Before the June 30, until the 17:00 of May 12.
        (rf"\^the<det><def><sg>\$ (?={CODE})", ""),
        (rf"(:<sent>\$\^\d\d<num>\$) \^of<pr>\$ (?={CODE})", r"\1 ^on<pr>$ "),
        (r"\^among<pr>\$ \^the<det><def><sg>\$ (?=\^\d)", "^between<pr>$ "),
        (
            r"^\^([A-Z][^<$]{1,20}<vblex><inf>)\$ "
            r"\^(always|never|regularly|periodically|promptly|actively|constantly)<adv>\$",
            _adverb_first,
        ),
        (r"(\^(?:until|by|before|from)<pr>\$) \^the<det><def><(?:sg|pl)>\$ (?=\^\d)", r"\1 "),
        # Know drive.
        (
            rf"(\^[Kk]now<vblex>[^$]{{0,20}}\$)(?: \^to<pr>\$)? (?={_VERB}<inf>)",
            r"\1 how ^to<pr>$ ",
        ),
        (rf"({_SOMEBODY}) \^that<rel>(?:(?<!<pl>\$ \^that<rel>)|(?!{_ONE_OF_MANY}))", _who),
        (r"(\^,<cm>\$) \^that<rel>", r"\1 ^which<rel>"),
        (r"(\^\d{1,4}<num>\$|\^[a-z-]{2,15}<num><sp>\$) (\^following<adj>\$)", r"\2 \1"),
        # Contribute to reduce.
        (
            rf"(\^(?:[Cc]ontribute|[Cc]ommit|[Dd]edicate)<vblex>[^$]{{1,30}}\$ \^to<pr>\$ {_VERB})"
            r"<inf>",
            r"\1<ger>",
        ),
        (r"( to<vblex>[^$]{1,30}\$) \^to<pr>\$", r"\1"),
        # Assess annually their progress, explain them.
        (
            r"(?<= )(\^[a-z][^<$]{1,30}<vblex><inf>\$) (\^[a-z]{3,20}ly<adv>\$)"
            r" (?=\^[^<$]{1,30}<(?:det|n|adj)>)",
            r"\2 \1 ",
        ),
        (r"(\^[Ee]xplain<vblex>[^$]{0,20}\$) (?=\^prpers<prn><obj>)", r"\1 ^to<pr>$ "),
        # Allow to make decisions.
        (
            rf"\^([Aa])llow<vblex>([^$]{{0,20}})\$ (?=\^to<pr>\$ {_VERB}<inf>)",
            lambda allow: f"^{like(allow[1], 'make')}<vblex>{allow[2]}$ it possible ",
        ),
        # The salary is of 500 dollars; any another.
        (rf"(<vbser>[^$]{{0,20}}\$) \^of<pr>\$ (?=\^[\d,.]{{1,12}}<num>|{CODE})", r"\1 "),
        (r"(\^[Aa]ny<det>[^$]{0,20}\$ )\^another<", r"\1^other<"),
        (
            r"\^(english|spanish|french|portuguese|german|italian)(?=<)",
            lambda name: "^" + name[1].capitalize(),
        ),
        # How apply? What motivates you work?
        (rf"(\^[Hh]ow<[^$]{{1,30}}\$) (?={_VERB}<inf>)", r"\1 ^to<pr>$ "),
        (
            rf"(\^(?:motivate|invite|encourage|allow|ask|enable)<vblex>[^$]{{0,20}}\$ "
            rf"\^prpers<prn><obj>[^$]{{0,20}}\$) (?={_VERB}<inf>)",
            r"\1 ^to<pr>$ ",
        ),
        # Have passed a course will be an advantage.
        (
            rf"^(\^[A-Z][^<$]{{1,30}}<vb(?:lex|haver|ser)>)<inf>"
            rf"(?=[^$]{{0,20}}\$(?: {_GOES_ON}){{1,25}} {_IS})",
            r"\1<ger>",
        ),
        # What we do?
        (
            r"(\^[Ww]hat<(?:prn|rel|det)[^$]{0,30}\$ )(\^prpers<prn><subj><p[12]>[^$]{0,20}\$ )"
            r"(\^[^<$]{1,30}<vblex>)<pres>(?=[^$]{0,20}\$[^?]{0,2000}\?)",
            r"\1^do<vbdo><pres>$ \2\3<inf>",
        ),
        (
            rf"^(\^[A-Z][^<$]{{1,30}}<vb(?:lex|haver|ser)><ger>[^$]{{0,20}}\$"
            rf"(?: {_GOES_ON}){{1,25}}) \^prpers<prn><subj><p3><nt><sg>\$(?= {_IS})",
            r"\1",
        ),
        # You want to come?
        (
            r"^(\W{0,3})\^Prpers(<prn><subj><p2><mf><sp>)\$ \^([^<$]{1,30}<vb(?:lex|mod)>)<pres>"
            r"([^$]{0,20})\$(?=[^?]{1,2000}\?)",
            r"\1^Do<vbdo><pres>$ ^prpers\2$ ^\3<inf>\4$",
        ),
    )
)


def in_order(stream: str) -> str:
    """*stream* (of one text, before the generator) with the rules of this module.

    >>> in_order("^Social<adj>$ ^aim<n><pl>$ ^and<cnjcoo>$ ^legal<adj>$^.<sent>$")
    '^Social<adj>$ ^and<cnjcoo>$ ^legal<adj>$ ^aim<n><pl>$^.<sent>$'
    """
    for pattern, change in _RULES:
        stream = pattern.sub(change, stream)
    return stream
