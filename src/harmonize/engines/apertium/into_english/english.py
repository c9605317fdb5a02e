"""English as the sector writes it, put right around Apertium's transfer from Spanish.

Behind the dictionary, where each unit has its Spanish and its English, what English has no word for
goes (the *a* before persons), *su* is *their*, and *se requiere experiencia* becomes "experience is
required".  Before the generator *deber* is "must", and a person who is not named is no "it".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from harmonize.engines.apertium.into_english.clauses import clauses
from harmonize.engines.apertium.into_english.objects import objects
from harmonize.engines.apertium.into_english.order import in_order
from harmonize.engines.apertium.into_english.pairs import Pair, at_pair, pairs_of
from harmonize.engines.apertium.into_english.particles import particles
from harmonize.engines.apertium.into_english.requests import requests
from harmonize.engines.apertium.into_english.touches import touched
from harmonize.engines.apertium.into_english.verbs import collocated, verbs
from harmonize.engines.apertium.persons import is_person
from harmonize.engines.apertium.units import TERM_CODE, UNIT, like
from harmonize.engines.inflect import english

_DAYS = frozenset("lunes martes miércoles jueves viernes sábado domingo".split())
_YOURS = frozenset(
    "apellido candidatura carta currículo currículum cv dato disponibilidad documento "
    "expectativa experiencia hoja interés motivación nombre postulación propuesta referencia "
    "solicitud teléfono".split()
)
_BODIES = frozenset(
    "asociación central centro cooperativa coordinadora empresa federación fundación movimiento "
    "ong organismo organización programa proyecto red sindicato".split()
)
_THANKS = frozenset({"agradecer", "gracias por"})
_IT_MUST = re.compile(
    r"\^Prpers<prn><subj><p3>(?:<nt>|<mf>)<(?:sg|pl)>\$ (?:\^will<vaux><inf>\$ )?"
    r"\^have<vbmod>(?:<[^<>]*>)*# to\$"
)
_HAVE_TO = re.compile(
    r"(?:\^will<vaux><inf>\$ )?\^(h)ave<vbmod>(?:<pres>|<pri>|<inf>)(?:<[^<>]*>)*# to\$"
)


_SHOULD = re.compile(r"\^would<vaux><inf>\$ (\^not<adv>\$ )?\^have<vbmod><inf># to\$")
_MUST_AGAIN = re.compile(r"(should {1,2}(?:\^not<adv>\$ {1,2})?)\^have<vbmod><inf># to\$")
_MUST_NOT = re.compile(r"\^do<vbdo>[^$]{0,20}\$ (\^not<adv>\$ )must\b")
_VERB = re.compile(r"\^([A-Za-z][a-z-]+)<vblex>")
_COUNTED = frozenset(
    "building briefing finding gathering hearing listing meeting offering opening posting ruling "
    "saving setting".split()
)
"""Nouns in *-ing* that have a plural and articles."""
_PIECE = re.compile(r"\s*(?:\^[^$]*\$|[^\s^]+)|\s+$")
_THE = re.compile(r"\^[Tt]he<det><def>")
_NOMINAL = re.compile(r"\^[^<]*<(?:adj|n|np)>|^\s*[A-Za-z][\w'’-]*$")
_SAYS_WHICH = re.compile(
    r"\^(?:of|that|which|who|whose|in|for|from|between|with|at)<|\^[^<$]{1,30}<vblex><pp>"
)
_KNOWN_ONES = re.compile(
    r"\^(?:main|principal|following|existing|established|corresponding|necessary|last|first|next|own|"
    r"same|above|remaining|previous|relevant|different|various|other|two|three|four|\d+)<|<num>"
)
_OF_SOME = re.compile(r"\^(?:any|some|one|each|most|majority|many|none|all|part|member)<")
_PERSON = re.compile(
    r"^(?:women|woman|men|people|persons?|child|children|famil|communit|citizen|migrant|youth|"
    r"member|union|trade union|survivor|victim|partner|colleague|peasant|applicant|candidate|"
    r"cooperative|compan|government|[a-z -]*(?:er|or|ist|ant|ee)$|z[b-z]{2}[sz]$)"
)
_NO_HEADS = (
    "agenda amount area awareness birth bit box breach bunch case category certificate citizen "
    "code command convention copy country culture date day decade declaration deed degree domain "
    "end family fluency freedom group half handful hour increase kind knowledge lack letter level "
    "list majority master mastery member ministry month name number pair part people percentage "
    "period person place point principle proof proficiency promotion prevention range rest right "
    "sense series set share side sort source state sum term thousand type use variety victim "
    "violation way week woman year"
)
_NO_FIRSTS = (
    "north south east west child choice force interest law man origin people person quality type "
    "woman"
)
_COMPOUND = re.compile(
    rf"\^(?!(?i:{'|'.join(_NO_HEADS.split())})<)([A-Za-z]+)<n>(<sg>|<pl>)\$ \^of<pr>\$ "
    rf"\^(?!(?:{'|'.join(_NO_FIRSTS.split())})<)([a-z-]+)<n><(?:sg|pl)>\$"
    r"(?: \^and<cnjcoo>\$ \^([a-z-]+)<n><(?:sg|pl)>\$)?"
    r"(?! \^of<|\^,<cm>| \^(?:and|or)<cnjcoo>\$ \^(?:[^<$]*<(?:n|adj|det)|of<pr)>| \^[^<$]*<adj>)"
)
_DOINGS = ("tion", "ment", "sis")
_CODE_AND_MORE = re.compile(
    r"\^([Zz][b-df-hj-np-tv-x]{2}[sz])(<n>[^$^]*)\$ \^(and|or)<cnjcoo>\$ \^([a-z]+)<adj>\$"
    r"(?: \^([a-z]+ly)<adj>\$)?(?! \^[^<$]*<(?:n|adj)>)"
)
_SAID_OF_NOUN = re.compile(
    r"\^([A-Za-z]+)(<n>[^$^]*)\$ \^([a-z]+)<vblex><pp>\$(?=\^(?:<sent>|[.,;:)])|\^\)| \^and<|\^,|"
    r" must\b| may\b| \^(?:will|be|have|can|do)<)"
)
_YOU_IS = re.compile(r"(\^[Pp]rpers<prn><subj><p2><mf><sp>\$) \^be<vbser><pri><p3><sg>\$")
_IT_DOES = re.compile(
    r"^(\^)Prpers<prn><subj><p3><nt><sg>\$ \^([a-z])"
    r"(?=[^<$]{1,20}<vb(?:lex|haver)>|e<vbser>[^$]{1,20}\$ \^(?:able|willing|capable)<)"
)
_IT_DOES_NOT = re.compile(r"\^Prpers<prn><subj><p3><nt><sg>\$ \^do<vbdo><pres>\$ (?=\^not<adv>\$)")
_DOES_NOT = re.compile(
    r"(<n><sg>\$ \^(?:that|which|who)<rel>[^$]*\$) \^do<vbdo><pres>\$(?= \^not<adv>\$)"
)
_THAT_IT_COMPLY = re.compile(
    r"(\^that<cnjsub>\$ (?:\^the<det>[^$]*\$ )?(?:\^[^<$]*<adj>\$ )*\^[^<$]*<n><sg>\$ "
    r"\^[^<$]*<vblex>)<pres>"
)
_BE_SO = re.compile(r"\^([Bb]e) ([^<$]{1,40})<vblex>([^$]{0,20})\$")
"""A phrase such as *be responsible for*, with the tags of any verb."""
_BASED = re.compile(r"(\^base<vblex><pp>\$) \^in<pr>\$")
_RESPONSIBLE = re.compile(r"(\^[Rr]esponsible<adj>\$) \^to<pr>\$ (?=\^[^<$]*<vblex><inf>\$)")
_NOT_DOING = re.compile(
    r"(^|<cm>\$ |(?:^|<sent>\$ )\^[Zz][b-df-hj-np-tv-x]{2}z<adv>\$ )"
    r"\^([Nn])ot<adv>\$ (\^(?!have<)[^<$]*<vblex>)<(?:ger|inf)>"
)
_BEFORE_COURT = re.compile(r"\^([Ii])n front of<pr>\$")
_AT_HOUR = re.compile(r"\^to<pr>\$ \^the<det><def><(?:pl|sg)>\$ (?=\^\d{1,2}<num>\$)")
_HOURS = re.compile(r"(\^:<sent>\$\^\d\d<num>\$) \^hour<n><pl>\$")
_AMONG_TWO = re.compile(
    r"\^([Aa])mong<pr>\$(?= (?:\^[^<$]*<(?:det|adj)>[^$]*\$ )*\^[^<$]*<n>[^$]*\$ \^and<)"
)
_JOINED_INFINITIVE = re.compile(r"(<cm>\$ |<cnjcoo>\$ |\^for<pr>\$ )(\^[^<$]*<vblex>)<inf>")
_MASS_TERMS = frozenset(
    "association work resolution management building development protection cooperation "
    "certification mediation".split()
)
_KINDS_OF_WORK = re.compile(
    r"\^(?:informal|decent|child|forced|domestic|agricultural|rural|unpaid|paid|wage|seasonal)<"
)
_MASSES = frozenset(
    "trade labour labor development agriculture dialogue education health water equality justice "
    "coffee cocoa sugar cotton gender compliance transparency accountability remediation advocacy "
    "productivity sustainability biodiversity training discrimination violence harassment poverty "
    "commerce confidentiality english spanish french portuguese bargaining employment legislation "
    "diligence consumption awareness outsourcing membership overtime "
    "security stress food lodging accommodation diversity volunteering housing hiring "
    "recruitment transport confidence trust retirement funding society fieldwork unionization "
    "advice assistance respect credit leadership unity democracy peace freedom "
    "migration corruption impunity exploitation litigation cooperation collaboration communication "
    "racism slavery innovation empowerment marketing childcare proficiency land care "
    "self-management teamwork feminism agroecology business tourism solidarity efficiency "
    "resilience".split()
)


def before_transfer(stream: str) -> str:
    """*stream* (of one text, behind the dictionary) with the rules of this module.

    >>> before_transfer("^apoyar<vblex><inf>/support<vblex>$ ^a<pr>/to<pr>$ ^el<det>/the<det>$")
    '^apoyar<vblex><inf>/support<vblex>$ ^el<det>/the<det>$'
    """
    pairs, tail = pairs_of(requests(stream))
    pairs = clauses(_without_articles(objects(verbs(_theirs(pairs)))))
    pairs = particles(collocated(pairs))
    return "".join(pair.written() for pair in pairs) + tail


def in_good_english(stream: str, masses: Collection[str] = (), *, is_item: bool = False) -> str:
    """*stream* before the generator: *must*, and no "it" that has to do something.

    *masses* are the code words of terms such as *fair trade*, which English has without an article.

    >>> in_good_english("^have<vbmod><pres># to$ ^send<vblex><inf>$")
    'must ^send<vblex><inf>$'
    """
    stream = _BE_SO.sub(_be_so, stream)
    stream = _IT_DOES.sub(lambda m: m[1] + m[2].upper(), stream) if is_item else stream
    stream = _MUST_AGAIN.sub(r"\1have to", _SHOULD.sub(_should, stream))
    stream = _HAVE_TO.sub("must", _IT_MUST.sub("Must", stream))  # the generator lacks it
    stream = _MUST_NOT.sub(r"must ^not<adv>$", stream)
    stream = _YOU_IS.sub(r"\1 are", _IT_DOES_NOT.sub("Do ", stream))
    stream = _NOT_DOING.sub(lambda m: f"{m[1]}{like(m[2], 'do')} not {m[3]}<inf>", stream)
    stream = _DOES_NOT.sub(r"\1 does", stream)
    stream = _THAT_IT_COMPLY.sub(r"\1<pri><p3><sg>", stream)
    stream = _BEFORE_COURT.sub(lambda m: like(m[1], "before"), stream)
    stream = _AMONG_TWO.sub(lambda m: like(m[1], "between"), stream)
    stream = _HOURS.sub(r"\1", _AT_HOUR.sub("^at<pr>$ ", stream))
    stream = _responsible(_BASED.sub(r"\1 ^on<pr>$", stream))
    stream = _CODE_AND_MORE.sub(_more_first, _SAID_OF_NOUN.sub(_participle_first, stream))
    return touched(in_order(_generic(_COMPOUND.sub(_compound, stream), masses)))


def english_verbs(stream: str) -> set[str]:
    """The lemmas of the verbs in *stream*, in small letters.

    >>> english_verbs("^Organize<vblex><ger>$ ^the<det>$")
    {'organize'}
    """
    return {verb.lower() for verb in _VERB.findall(stream)}


def with_english_verbs(stream: str, verbs: Collection[str]) -> str:
    """*stream* with the forms of *verbs*, which the generator does not know, written out.

    >>> with_english_verbs("^Organize<vblex><ger>$ ^the<det>$", {"organize"})
    'Organizing ^the<det>$'
    """

    def write(unit: re.Match[str]) -> str:
        lemma, _, tags = unit[1].partition("<")
        if lemma.lower() not in verbs or not tags.startswith("vblex>"):
            return unit[0]
        form = english(lemma.lower(), "verb").get(f"<{tags}")
        return like(lemma, form) if form else unit[0]

    return UNIT.sub(write, stream)


def is_mass(term: str) -> bool:
    """Whether an English term stands without an article: *fair trade*.

    >>> is_mass("fair trade"), is_mass("audit report")
    (True, False)
    """
    last = term.rpartition(" ")[2].lower()
    return last in _MASSES or last in _MASS_TERMS or (last.endswith("ing") and last not in _COUNTED)


def _should(would: re.Match[str]) -> str:
    """*No deberían*: should not."""
    return "should ^not<adv>$" if would[1] else "should"


def _be_so(phrase: re.Match[str]) -> str:
    """A phrase with *be*, whose forms are other ones than those of other verbs.

    >>> _BE_SO.sub(_be_so, "^report<n><sg>$ ^be borne by<vblex><past>$")
    '^report<n><sg>$ ^be<vbser><past><p3><sg>$ borne by'
    """
    subject = phrase.string[: phrase.start()].rpartition("<n>")[2]
    was = phrase[3] == "<past>" and subject.startswith("<sg>")
    return f"^{phrase[1]}<vbser>{phrase[3]}{'<p3><sg>' * was}$ {phrase[2]}"


def _responsible(stream: str) -> str:
    """*responsible for recording, preparing and supporting*, not *to record*."""
    place = _RESPONSIBLE.search(stream)
    if not place:
        return stream
    rest = _JOINED_INFINITIVE.sub(r"\1\2<ger>", "^for<pr>$ " + stream[place.end() :])
    return f"{stream[: place.start()]}{place[1]} {rest}"


def _more_first(match: re.Match[str]) -> str:
    """*economic and technical proposals*, where the term is *technical proposals*."""
    code, tags, joins, adjective, often = match.groups()
    said = [word for word in (often, adjective) if word]
    said[0] = like(code, said[0])
    before = " ".join(f"^{word}<adj>$" for word in said)
    return f"{before} ^{joins}<cnjcoo>$ ^{code.lower()}{tags}$"


def _participle_first(match: re.Match[str]) -> str:
    """*related areas*: a participle by itself stands before its noun."""
    noun, tags, verb = match.groups()
    return f"^{like(noun, verb)}<vblex><pp>$ ^{noun.lower()}{tags}$"


def _compound(match: re.Match[str]) -> str:
    """*sistemas de monitoreo y evaluación* are monitoring and evaluation systems.

    >>> _COMPOUND.sub(_compound, "^Form<n><pl>$ ^of<pr>$ ^registration<n><sg>$^.<sent>$")
    '^Registration<n><sg>$ ^form<n><pl>$^.<sent>$'
    """
    head, number, first, second = match.groups()
    if match.string[: match.start()].endswith("^the<det><def><sg>$ ") and head.endswith(_DOINGS):
        return match[0]  # the identification of hazards
    if second and TERM_CODE.fullmatch(second) and not TERM_CODE.fullmatch(first):
        return match[0]  # proposals and financial statements
    and_second = f" ^and<cnjcoo>$ ^{second}<n><sg>$" if second else ""
    return f"^{like(head, first)}<n><sg>${and_second} ^{head.lower()}<n>{number}$"


def _generic(stream: str, masses: Collection[str] = ()) -> str:
    """*los agricultores* are farmers, but *the farmers of* the region: all or those.

    >>> _generic("^Support<vblex><inf>$ ^the<det><def><pl>$ ^small<adj>$ ^farmer<n><pl>$^.<sent>$")
    '^Support<vblex><inf>$ ^small<adj>$ ^farmer<n><pl>$^.<sent>$'
    """
    pieces = _PIECE.findall(stream)
    kept: list[str] = []
    for number, piece in enumerate(pieces):
        if not _THE.search(piece) or not _is_generic(pieces, number, masses):
            kept.append(piece)
        elif number + 1 < len(pieces):
            blank = piece[: piece.index("^")]
            pieces[number + 1] = blank + _capital_like(piece, pieces[number + 1].lstrip())
    return "".join(kept)


def _is_generic(pieces: Sequence[str], number: int, masses: Collection[str]) -> bool:
    """Whether nothing behind the noun says which ones; of a mass, only some words are known."""
    end = number + 1
    while end < len(pieces) and _NOMINAL.search(pieces[end]):
        end += 1
    if end == number + 1 or (end < len(pieces) and _SAYS_WHICH.search(pieces[end])):
        return False
    if all("<np>" in piece for piece in pieces[number + 1 : end]):
        return False  # the Andes
    last = pieces[end - 1].strip(" ^").partition("<")[0].lower()
    if "<pl>" not in pieces[number]:
        ends = "" if " of " in last else last.rpartition(" ")[2]
        of_kind = ends == "work" and any(map(_KINDS_OF_WORK.search, pieces[number + 1 : end]))
        return ends in _MASSES or last in masses or last.endswith(" work") or of_kind
    if "<sg>" in pieces[end - 1]:
        return True  # los cuidados: care
    return not _are_known(pieces, number, end) and not (
        _are_known_by_context(pieces, number, end) and not _PERSON.match(last)
    )


def _are_known(pieces: Sequence[str], number: int, end: int) -> bool:
    """*the main findings*, *any of the stages*."""
    some = number > 1 and "^of<pr>" in pieces[number - 1] and _OF_SOME.search(pieces[number - 2])
    return bool(some) or any(map(_KNOWN_ONES.search, pieces[number + 1 : end]))


def _are_known_by_context(pieces: Sequence[str], number: int, end: int) -> bool:
    """*the steps to file a complaint*, *the maps of the plots*: things, but not persons."""
    leads_on = end < len(pieces) and pieces[end].strip().startswith("^to<pr>")
    of = number > 2 and "^of<pr>" in pieces[number - 1]
    return leads_on or bool(of and _THE.search("".join(pieces[max(0, number - 4) : number - 2])))


def _capital_like(the: str, piece: str) -> str:
    if "^T" not in the:
        return piece
    at = piece.startswith("^")
    return piece[:at] + piece[at : at + 1].upper() + piece[at + 1 :]


def _theirs(pairs: list[Pair]) -> list[Pair]:
    """*su* of nobody in particular, of the reader who is thanked, and of a thing."""
    made: list[Pair] = []
    asks_how = len(pairs) > 1 and pairs[0].lemma == "cómo" and "<inf>" in pairs[1].spanish
    is_to_you = asks_how or any(
        "<subj><p2>" in pair.english or "<p2>" in pair.spanish for pair in pairs
    )
    for at, pair in enumerate(pairs):
        if pair.spanish.lower().startswith("suyo<det><pos>"):
            thanks = any(each.lemma in _THANKS for each in made[-2:])
            is_yours = is_to_you and at_pair(pairs, at + 1).lemma in _YOURS
            its = "its<" if _is_of_thing(pairs, at) else "their<"
            whose = "your<" if thanks or is_yours else its
            english = pair.english.replace("his<", whose).replace("His<", like("T", whose))
            made.append(pair._replace(english=english))
        else:
            made.append(pair)
    return made


def _is_of_thing(pairs: Sequence[Pair], at: int) -> bool:
    """Whether all nouns before *su* are of one thing, or the first is an organisation."""
    start = next((n + 1 for n in range(at - 1, -1, -1) if "<sent>" in pairs[n].spanish), 0)
    nouns = [pair for pair in pairs[start:at] if "<n>" in pair.spanish]
    if not nouns or any(TERM_CODE.fullmatch(noun.lemma) for noun in nouns):
        return False
    if nouns[0].lemma in _BODIES and "<sg>" in nouns[0].spanish:
        return nouns[0] is nouns[-1] or not is_person(nouns[-1].lemma)
    return all("<sg>" in noun.spanish and not is_person(noun.lemma) for noun in nouns)


def _without_articles(pairs: list[Pair]) -> list[Pair]:
    """*antes del viernes* is before Friday."""
    return [
        pair
        for number, pair in enumerate(pairs)
        if not (
            pair.lemma == "el"
            and "<det>" in pair.spanish
            and number + 1 < len(pairs)
            and pairs[number + 1].lemma in _DAYS
        )
    ]
