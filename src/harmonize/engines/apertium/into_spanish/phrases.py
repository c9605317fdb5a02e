"""English phrases that Apertium takes at their word, said in another way before it reads them.

"In the past twelve months" is *antiguamente* to it, "let us know" *déjenos saber*, and of "you will
be given tasks" nothing is left.
"""

from __future__ import annotations

import re

from harmonize.engines.apertium.into_spanish.formulas import plain_formulas

_DONE_TO_YOU = {
    "asked": "ask",
    "given": "give",
    "granted": "grant",
    "offered": "offer",
    "paid": "pay",
    "provided with": "offer",
    "sent": "send",
    "shown": "show",
    "told": "tell",
}
_PERSONS_DONE = re.compile(
    r"\b[Yy]ou (will|may|can|should|would) be (" + "|".join(_DONE_TO_YOU) + r") "
    r"(?=(?:an?|the|some|your|what|which|how|real|clear|regular|feedback|training|time|support)\b)"
)
_COUNTS = (
    r"(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|a (?:dozen|hundred|third|quarter|half))\b)"
)
_ABOUT = re.compile(
    r"\b(of|is|to|at|by|for|are|has|pay|have|with|earn|need|last|send|take|over|spend|reach|takes"
    r"|after|lasts|needs|travel|serves|employ|employs|together) (?:about|around|roughly) (?="
    + _COUNTS
    + ")"
)
_OVER = re.compile(
    r"\b(has|have|had|with|of|to|for|employs|represents|serves|reaches|supports|pays) over "
    r"(?=(?:\d|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b))"
)
_HUNDRED_THOUSANDS = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine) hundred thousand\b", re.IGNORECASE
)
_DIGITS = dict(
    zip("one two three four five six seven eight nine".split(), "123456789", strict=True)
)
_EACH = re.compile(
    r"\b((?:an?|one|two|three|four|five|six|several|few|some|\d{1,3}(?:,\d{3})?) "
    r"(?:[a-z]{1,15} ){0,2}(?:[a-z]{3,15}s|weekend|days of [a-z]{1,15})) an? "
    r"(day|week|month|year)\b"
)


def _into_place(match: re.Match[str]) -> str:
    verb = "implementing" if match[0].startswith("putting") else "implement"
    return f"{verb} {(match[1] or '').rstrip()}".rstrip()


def _to_account(match: re.Match[str]) -> str:
    verb = {"hold": "demand", "holding": "demanding"}[match[1]]
    return f"{verb} accountability from {match[2].rstrip()}"


_PHRASES = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (
            r"\b(?:([Ii])n|([Oo])ver|([Dd])uring) the (?:past|last) "
            r"(?=(?:\w{1,12} )?(?:weeks?|months?|years?|decades?)\b)",
            lambda m: _cased(m[1] or m[2] or m[3], "in the last "),
        ),
        (r"\b([Ll])et us know\b", lambda m: "Inform us" if m[1] == "L" else "inform us"),
        (r"\b(do|does|did|doing|done) so\b(?! (?:much|many|well))", r"\1 it"),
        (r"\b([Ww]ork|[Ww]orks|[Ww]orking|[Ww]orked) from home\b", r"\1 remotely"),
        (
            r"\b([Mm])ak(e|es|ing) sure(?: that)?\b(?! of)",
            lambda m: _cased(m[1], f"ensur{m[2]} that"),
        ),
        (r"\b([Mm])ade sure(?: that)?\b(?! of)", lambda m: _cased(m[1], "ensured that")),
        (r"\b([Aa]) short\b", r"\1 brief"),
        (r"\bfailed to\b", "did not"),
        (r"\bfails to\b", "does not"),
        (r"\b(?:are|were) entitled\b", "have the right"),
        (r"\b(?:is|was) entitled\b", "has the right"),
        (r"\bbe entitled\b", "have the right"),
        (r"\b([Uu]pon|[Oo]n) (?:signing|signature)\b(?! of| the)", "at-signing"),
        (
            r"(?<!based )(?<!agreed )(?<!called )\b([Uu])pon "
            r"(?=(?:the )?\w{1,20}(?:tion|al|ment|ing|pt)\b)",
            lambda m: _cased(m[1], "after "),
        ),
        # A job's title, and what staff are asked to do by e-mail.
        (
            r"(?:(?<=^)|(?<=: )|(?<=\b[Aa] )|(?<=\b[Tt]he )|(?<=\b[Oo]ur )|(?<=\b[Yy]our ))Lead "
            r"(?=[A-Z][a-z]{2,15}(?:er|or|ist|ant|yst|ney)s?\b)",
            "Principal ",
        ),
        (
            r"^(Please |please )?([Ee])-?mail (?=(?:an?|your|the|their|us|them|cover|r[eé]sum[eé]"
            r"|CV|letter|one|two|three|any|all)\b)",
            lambda m: (m[1] or "") + _cased("S" if m[2] == "E" else "s", "send by e-mail "),
        ),
        (
            r"\b([Ff])ree (?=(?:and \w{1,15} )?(?:legal|medical|health|training|advice|counsel"
            r"|classes|courses|services|meals|lunch|transport|child|language|English|Spanish|public"
            r"|confidential|support|help|copies|workshops?)\b)",
            lambda m: _cased("N" if m[1] == "F" else "n", "no-cost "),
        ),
        (r"\b(is|are|be|was|were) free of charge\b", r"\1 no-cost"),
        (r"\b([Ww])e are based in\b", r"\1e are located in"),
        (r"(?<=\w) & (?=\w)", " and "),
        (r"(?<=\d )hrs?\b\.?|\bhrs\b\.?", "hours"),
        (r"(?<=[\d+] )yrs?\b\.?|\byrs\b\.?", "years"),
        (
            r"\b([Pp])ost(s?) (?=(?:for|on|to) (?:Instagram|Facebook|LinkedIn|Twitter|TikTok|X\b"
            r"|social|our (?:blog|web|social|channels)))",
            r"\1ublication\2 ",
        ),
        (r", plus (?=[a-z])", ", as well as "),
        (r"(?<=[\w)]) plus (?=(?:\d|an?\b|the\b|[a-z]))(?!or\b|and\b)", " as well as "),
        (r"\b([Hh])is (?:or|/) ?her\b|\b([Hh])is/her\b|\b[Hh]er or his\b", "their"),
        (r"\b(?:he or she|she or he|he/she|s/he)\b", "he"),
        (r"\b(?:He or she|She or he|He/she|S/he)\b", "He"),
        (r"\bsome (?=\d)", "approximately "),
        (
            r"\b([Yy]ou|[Ww]e|they|who) ((?:should |must |will |may )?(?:be|are)) used to\b",
            r"\1 \2 familiar with",
        ),
        (r"\b([Bb])e sure to\b", lambda m: _cased(m[1], "do not forget to")),
        (r"\b[Ii]\.e\.,?(?= )", "that is to say,"),
        (
            r"\b([Ww])e (?:(?:particularly|especially|warmly|strongly|actively) )?"
            r"welcome applications\b",
            r"\1e encourage in particular the applications",
        ),
        (
            r"\bencourage applications from\b(?! in)",
            "encourage the applications from",
        ),
        (r"\bReporting to (?=[^,.]{3,60}, )", "Under the supervision of "),
        (r"\b([Rr])eports? directly to\b", lambda m: _cased(m[1], "reports to")),
        (r"\b(hold(?:ing)?) ((?:\w{1,20} ){1,3})accountable\b", _to_account),
        (r"\bfalls? short\b", "are insufficient"),
        (r"\bby the end of\b", "before the end of"),
        (r"\bhave not heard from us\b", "have not received an answer"),
        (r"\bdo not hear from us\b", "do not receive an answer"),
        (r"\b([Ww])rite to us\b", r"\1rite us"),
        (r"(?<=[a-z] )to be based (?=in\b|at\b|out of\b)", "located "),
        (r"\b(will|must|can|should|would|may) be based (?=in\b|at\b)", r"\1 work "),
        (r"\b(is|are|was|were) based (?=in\b|at\b)", r"\1 located "),
        (r"\blook out for (?=each other|one another)", "support "),
        (
            r"\bwithin ([\w-]{1,15} (?:working )?(?:days|weeks|months)) of (?=\w{3,20}ing\b|the\b)",
            r"within \1 after ",
        ),
        (r"\bgo wrong\b", "fail"),
        (r"\bTurkey\b", "Turquía"),
        (r"\bGeneva\b", "Ginebra"),
        (r"\bKenya\b", "Kenia"),
        (r"\b(?:(?:had|have|has) grown|grew) tired of\b", "were tired of"),
        (r", so (?=\w{3,15} \w{3,20}s (?:are|is|will|can|must|should|may)\b)", ", therefore "),
        (r"\b(?:are|am) not afraid (?:to\b|of (?=\w{2,20}ing\b))", "do not hesitate to"),
        (r"\bis not afraid to\b", "does not hesitate to"),
        (
            r"\b(spoken and written|written and spoken) "
            r"(English|Spanish|French|Portuguese|German|Italian|Arabic)\b",
            r"\2, \1",
        ),
        (r"\bhear back from us\b", "receive an answer"),
        (r"\bShould you (?=[a-z])", "If you "),
        (r"\bput (\w{1,15} )?(?:in|into) place\b", _into_place),
        (r"\bputting (\w{1,15} )?(?:in|into) place\b", _into_place),
        (r"\bprovided that\b", "on condition that"),
        (r"\bover (?=\d[\d,.]{0,12} (?!years|months|weeks|days|hours))", "more than "),
        (r"\bgoes wrong\b", "fails"),
        (r"\bbeing offered (?=an?\b|the\b)", "receiving the offer of "),
        (r"\battended by\b", "with the participation of"),
        (r"\bLGBT[QIA]{0,4}\+", "lgbtqplus"),
        (
            r"(?<=[a-z)])(?<!\bas)(?<!\bis)(?<!\bbe)(?<!\bare)(?<!considered)(?<!\bwith),? "
            r"an? (?:strong |definite |big |real )?(?:plus|asset|advantage)(?=[.;,]|$)",
            " is an advantage",
        ),
        (r"\ba (?:strong |definite |big |real )?plus(?=[.;,]|$)", "an advantage"),
        (r"\ban asset(?=[.;,]|$)", "an advantage"),
        (r"\b(?:strongly|highly|greatly) preferred\b", "highly desirable"),
        (r"\bpreference will be given to\b", "we will give preference to"),
        (r"\bPreference will be given to\b", "We will give preference to"),
        (r"\b([Aa])gainst this background\b", lambda m: _cased(m[1], "in this context")),
        (r"\bbearing in mind\b", "considering"),
        (r"\b[Tt]hose interested\b(?! in)", "The interested persons"),
        (r"\bless than a quarter of\b", "less than the fourth part of"),
        (r"\ba quarter of (?=the|all|their|its|our)", "the fourth part of "),
    )
)


def _cased(letter: str, word: str) -> str:
    return word[:1].upper() + word[1:] if letter.isupper() else word


def rephrased(text: str) -> str:
    """*text* with its phrases said so that Apertium understands them.

    >>> rephrased("Let us know what was done in the past two years.")
    'Inform us what was done in the last two years.'
    >>> rephrased("You will be given a desk, and you travel about ten weeks.")
    'They will give you a desk, and you travel approximately ten weeks.'
    """
    text = _PERSONS_DONE.sub(_done_by_them, text)
    text = _ABOUT.sub(r"\1 approximately ", text)
    text = _OVER.sub(r"\1 more than ", text)
    text = _HUNDRED_THOUSANDS.sub(lambda m: f"{_DIGITS[m[1].lower()]}00,000", text)
    text = _EACH.sub(r"\1 per \2", text)
    for pattern, instead in _PHRASES:
        text = pattern.sub(instead, text)
    return plain_formulas(text)


def _done_by_them(match: re.Match[str]) -> str:
    they = "They" if match[0][0] == "Y" else "they"
    return f"{they} {match[1]} {_DONE_TO_YOU[match[2]]} you "
