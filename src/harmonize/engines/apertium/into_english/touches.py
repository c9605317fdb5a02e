"""The last touches to English before the generator: places and small words.

*Maintain up-to-date the database* is "keep the database up to date", *the 40 % of the time* "40 %
of the time", *must have degree* "must have a degree".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from harmonize.engines.apertium.into_english.order import CODE as _CODE
from harmonize.engines.apertium.units import like

Change = str | Callable[[re.Match[str]], str]

_ADJECTIVE = r"\^[^<$^]{1,40}<(?:adj|vblex><pp)>(?:<[^<>$^]*>){0,3}\$"
_NOUN = r"\^[^<$^]{1,40}<n>(?:<[^<>$^]*>){1,3}\$"
_DETERMINER = r"\^[^<$^]{1,20}<det>[^$^]{0,30}\$"
_NAMED = (
    rf"{_DETERMINER}(?: {_ADJECTIVE}){{0,3}}(?: {_NOUN}){{1,3}}(?: \^of<pr>\$(?: {_NOUN}){{1,2}})?"
)
_FREE = r"(?! ?\^[^<$^]{1,40}<(?:n|adj|np|vblex><pp)>| [A-Za-z])"
_COUNTED = (
    r"\^(?:[a-z'-]{1,20} ){0,2}(?:license|licence|degree|diploma|certificate|vehicle|motorcycle|"
    r"car|computer|laptop|passport|visa|track record|profile|permit|qualification|background|"
    r"sense|attitude|approach|vision|contract|account|permit|card|plan|team|network|"
    r"union|committee|level|command)<n><sg>\$"
)


def _keep(kept: re.Match[str]) -> str:
    """*Mantener actualizado el registro*: keep the register up to date."""
    verb = kept[1].replace("^maintain", "^keep").replace("^Maintain", "^Keep")
    return f"{verb} {kept[3]} {kept[2].replace('up-to-date', 'up to date')}"


def _a(bare: re.Match[str]) -> str:
    """*tener licencia*: have a license."""
    return f"{bare[1]} ^a<det><ind><sg>$ {bare[2]}"


_RULES: tuple[tuple[re.Pattern[str], Change], ...] = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (
            rf"(\^(?:[Mm]aintain|[Kk]eep|[Dd]eclare|[Cc]onsider|[Ll]eave)<vblex>[^$^]{{1,20}}\$) "
            rf"({_ADJECTIVE}) ({_NAMED})",
            _keep,
        ),
        (
            rf"\^([Kk]eep) up to date(<vblex>[^$^]{{0,20}})\$ ({_NAMED})",
            r"^\1\2$ \3 up to date",
        ),
        (r"\^in<pr>\$ (?=\^risk<n><sg>\$)", "^at<pr>$ "),
        (
            r"(\^(?:[Ii]mpact|[Ee]ffect)<n><(?:sg|pl)>\$ \^of<pr>\$(?: \^[^$^]{1,40}\$){1,6}) "
            r"\^in<pr>\$",
            r"\1 ^on<pr>$",
        ),
        # The 40 % of the time; the one percent.
        (r"\^the<det><def><(?:sg|pl)>\$ (?=\^\d[\d.,]{0,8}<num>\$ ?%)", ""),
        (r"\^the<det><def><sg>\$ (?=\^[a-z-]{2,15}<num>[^$^]{0,20}\$ \^percent<)", ""),
        # Only we will contact you.
        (
            r"^\^Only<adv>\$ \^prpers(<prn><subj><p1>[^$^]{0,20})\$ (\^will<vaux><inf>\$ )?"
            r"(\^(?:be|can)<vb[^$^]{1,30}\$ )?",
            lambda only: f"^Prpers{only[1]}$ {only[2] or ''}{only[3] or ''}^only<adv>$ ",
        ),
        # Not having a criminal record.
        (
            r"^\^Not<adv>\$ \^have<vb\w{1,8}><(?:ger|inf)>\$ (?=\^[^<$^]{1,40}<(?:n|adj)>)",
            r"^Have<vblex><inf>$ ^no<det><ind><sp>$ ",
        ),
        # They will be able to apply.
        (
            r"(?<!<subj><p1><mf><pl>\$ )\^will<vaux><inf>\$ (\^not<adv>\$ )?"
            r"\^be able to<vbmod><inf>\$",
            lambda may: f"may {may[1] or ''}".rstrip(),
        ),
        (r"(compliance<vblex>[^$^]{0,20}\$) \^of<pr>\$", r"\1 ^with<pr>$"),
        (
            r"\^only<adv>\$ (\^will<vaux><inf>\$ \^be<vbser><inf>\$ \^[^<$^]{1,40}<vblex><pp>\$)",
            r"\1 ^only<adv>$",
        ),
        (
            r"\^all<[^$^]{1,30}\$ (?:\^the<det>[^$^]{0,20}\$ )?\^what<rel>[^$^]{0,20}\$",
            "everything",
        ),
        (r"^\^Please<adv>\$\^,<cm>\$", "^Please<adv>$"),
        (rf"\^among<pr>\$ (?=\^\d|{_CODE})", "^between<pr>$ "),
        (r"(\^[Ff]rom<pr>\$(?: \^[^$^]{1,50}\$){1,8}) \^until<pr>\$", r"\1 ^to<pr>$"),
        # Without that anybody protects them.
        (
            r"\^([Ww])ithout<pr>\$ \^that<cnjsub>\$"
            r"((?: \^[^<$^]{1,30}<(?:n|prn|det|adj|np)>[^$^]{0,30}\$){1,5}) "
            r"(\^[^<$^]{1,30}<vb(?:lex|ser|haver)>)<(?:pres|pri><p3><sg)>",
            r"^\1ithout<pr>$\2 \3<ger>",
        ),
        (r"\^([Ss])omebody<prn><tn><m><sg>\$", r"\1omeone"),
        (
            r"(<cm>\$) (\^(?:to|with|for|by|of|from)<pr>\$) "
            r"\^(?:the one|those) who<rel>[^$^]{0,20}\$",
            r"\1 \2 whom",
        ),
        (r"(\^(?:[Ww]illingness|[Ww]illing) to<pr>\$ \^[^<$^]{1,30}<vb\w{1,8}>)<ger>", r"\1<inf>"),
        # Promote that companies include clauses.
        (
            r"\^(?:promote)(<vblex>[^$^]{0,20})\$ \^that<cnjsub>\$"
            r"((?: \^[^<$^]{1,40}<(?:n|det|adj|np|num)>[^$^]{0,30}\$){1,6}) "
            r"(\^[^<$^]{1,30}<vb(?:lex|ser|haver)>)<(?:pres|pri><p3><sg)>\$",
            r"^encourage\1$\2 ^to<pr>$ \3<inf>$",
        ),
        (
            r"\^Promote(<vblex>[^$^]{0,20})\$ \^that<cnjsub>\$"
            r"((?: \^[^<$^]{1,40}<(?:n|det|adj|np|num)>[^$^]{0,30}\$){1,6}) "
            r"(\^[^<$^]{1,30}<vb(?:lex|ser|haver)>)<(?:pres|pri><p3><sg)>\$",
            r"^Encourage\1$\2 ^to<pr>$ \3<inf>$",
        ),
        # The centre nearer; improving it in a 35 %; anybody should know.
        (
            rf"(\^[Tt]he<det><def><sg>\$) ((?:{_ADJECTIVE} )?{_NOUN}) "
            r"(\^[^<$^]{1,30}<adj><sint>)<comp>\$",
            r"\1 \3<sup>$ \2",
        ),
        (r"\^in<pr>\$ \^a<det><ind><sg>\$ (?=\^\d[\d.,]{0,8}<num>\$ ?%)", "^by<pr>$ "),
        (
            r"(?<!without<pr>\$ )\^([Aa])nybody<prn><tn><m><sg>\$"
            r"(?= (?:should|must|may|\^[^<$^]{1,20}<v(?!blex><ger)))",
            lambda nobody: like(nobody[1], "nobody"),
        ),
        (
            r"(\^(?:project|program|programme|fund|network)<n><sg>\$) "
            r"(\^[A-Z]{2,8}<np>[^$^]{0,20}\$)",
            r"\2 \1",
        ),
        # Audiences very different; the own communities; give them the access; denied to go.
        (
            rf"({_NOUN}) (\^(?:very|highly|quite)<(?:pre)?adv>\$) "
            r"(\^[^<$^]{1,40}<adj>[^$^]{0,20}\$)"
            r"(?=\^[^<$^]{1,9}<(?:sent|cm)>|$)",
            r"\2 \3 \1",
        ),
        (rf"(\^the<det><def><pl>\$) \^own<adj>[^$^]{{0,12}}\$ ({_NOUN})", r"\1 \2 themselves"),
        (r"(<prn><obj>[^$^]{0,20}\$) \^the<det><def><sg>\$ (?=\^access<n>)", r"\1 "),
        (r"\^deny(?=<vblex>[^$^]{0,20}\$ \^to<pr>\$ \^[^<$^]{1,40}<vblex><inf>)", "^refuse"),
        # The way in that; a salary, what helps.
        (rf"({_NOUN}) \^in<pr>\$ \^that<(?:rel|cnjsub)>[^$^]{{0,20}}\$", r"\1 ^in<pr>$ which"),
        (r"\^form(?=<n><sg>\$ \^in<pr>\$ which)", "^way"),
        (r"(\^[Ww]ithin<pr>\$ )\^the<det><def><pl>\$ (?=\^[a-z\d-]{1,12}<num>)", r"\1"),
        (r"(\^,<cm>\$) \^what<rel>[^$^]{0,20}\$", r"\1 which"),
        (r"\^more<(?:pre)?adv>\$ (?=\^(?:the|a|their|your)<det>)", "^plus<pr>$ "),
        # Quarterly narrative and financial reports.
        (
            rf"({_ADJECTIVE}) (\^[^<$^]{{1,40}}<n><pl>\$) \^and<cnjcoo>\$ ({_ADJECTIVE}) "
            rf"(\^[^<$^]{{1,40}}ly<adj>\$){_FREE}",
            r"\4 \1 ^and<cnjcoo>$ \3 \2",
        ),
        (r"(\^[Oo]pportunity<n><(?:sg|pl)>\$) \^of<pr>\$", r"\1 ^for<pr>$"),
        (r"\^no<adv>\$ (?=\^[^<$^]{1,40}<vblex><pp>)", "^not<adv>$ "),
        # The certifier authorized that …
        (r"(\^[^<$^]{1,40}<n><sg>\$) (\^[^<$^]{1,40}<vblex><pp>\$)(?= \^that<rel>)", r"\2 \1"),
        (
            rf"(\^(?:[Hh]ave|[Hh]old|[Ll]ack|[Nn]eed)<vb\w{{1,8}}><(?:inf|pres|pri|ger)>[^$^]{{0,20}}\$|"
            rf"\^(?:[Ww]ith|[Ww]ithout)<pr>\$) ((?:{_ADJECTIVE} ){{0,2}}{_COUNTED})",
            _a,
        ),
        (
            r"\^([Tt])he<det><def><sg>\$ \^(proficiency|fluency|expertise|mastery|knowledge|"
            r"advocacy|compliance)(?=<n><sg>\$ \^(?:in|of|with|for)<pr>)",
            lambda bare: "^" + like(bare[1], bare[2]),
        ),
    )
)

_DOINGS = dict(
    pair.split(":")
    for pair in (
        "scheduling:schedule administration:manage management:manage preparation:prepare "
        "writing:write "
        "drafting:draft design:design implementation:implement planning:plan "
        "coordination:coordinate supervision:supervise facilitation:facilitate "
        "evaluation:evaluate organization:organize leadership:lead formulation:formulate "
        "systematization:systematize development:develop review:review application:apply "
        "creation:create analysis:analyse collection:collect compilation:compile "
        "promotion:promote defence:defend production:produce delivery:deliver "
        "negotiation:negotiate identification:identify hiring:hire verification:verify "
        "purchase:buy execution:implement establishment:establish elimination:eliminate "
        "prevention:prevent resolution:resolve construction:build update:update "
        "strengthening:strengthen handling:handle handle:handle "
    ).split()
)
"""Nouns that say what is done, and the verbs of them."""
_IN_DOING = re.compile(
    r"(\^(?:in|for)<pr>\$|<ger>\$(?: \^[^<$^]{1,40}<(?:n|adj|det|np|pr)>[^$^]{0,30}\$){1,6} "
    r"\^and<cnjcoo>\$) "
    rf"(?:\^the<det><def><sg>\$ )?\^({'|'.join(_DOINGS)})<n><sg>\$ \^of<pr>\$"
)
_IN_THE = re.compile(
    rf"(\^[Ee]xperience<n><sg>\$ \^in<pr>\$) \^the<det><def><sg>\$ "
    rf"(?=(?:\^[^<$^]{{1,30}}<(?:n|adj)>[^$^]{{0,20}}\$ ){{1,3}}\^(?:{'|'.join(_DOINGS)})<n><sg>\$)"
)


def _in_doing(said: re.Match[str]) -> str:
    """*experiencia en la elaboración de informes*: in preparing reports.

    >>> _IN_DOING.sub(_in_doing, "^in<pr>$ ^the<det><def><sg>$ ^preparation<n><sg>$ ^of<pr>$")
    '^in<pr>$ ^prepare<vblex><ger>$'
    """
    return f"{said[1]} ^{_DOINGS[said[2]]}<vblex><ger>$"


def touched(stream: str) -> str:
    """*stream* (of one text, before the generator) with the rules of this module.

    >>> touched("^the<det><def><sg>$ ^40<num>$ % ^of<pr>$")
    '^40<num>$ % ^of<pr>$'
    """
    for pattern, change in _RULES:
        stream = pattern.sub(change, stream)
    stream = _IN_THE.sub(r"\1 ", stream)
    return _IN_DOING.sub(_in_doing, _IN_DOING.sub(_in_doing, stream))
