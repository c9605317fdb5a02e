"""What each part of a posting is, from its own shape and from its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from harmonize.records import Kind
from harmonize.segments import tables
from harmonize.segments.join import Part
from harmonize.segments.lines import family, is_rule

_ADDRESS = re.compile(
    r"[^\s@<>()]{1,64}@[\w.-]+\.\w+|(?:https?://|www\.)\S+|(?!\d{4}\s?[-–]\s?\d{4}\b)\+?\(?\d[\d\s().-]{6,}\d"
)
_LABEL = re.compile(r"\**([^\s:|*][^\s:|]*(?: [^\s:|]+){0,4}) ?:\**\s*(?=\S)")
_WORD = re.compile(r"[^\W\d_]+")
_SPANISH_VERB = re.compile(r"[^\W\d_]{2,}(?:ar|er|ir)(?:se)?\s")
_BOTH = re.compile(r"(?:(?<!\s)\s+)?/{1,2}\s*|(?<!\s)\s+(?:[|–—-]\s+|\()")
_LONGEST_HEADING = 120
_CONTACT_WORDS = 4
_HEADING_WORDS = 10
_LONG = 60
_BARE_WORDS = 6
_TITLE_WORDS = 16
_SENTENCE_WORDS = 8
_HEAD = 14
_RUN = 3
_MENU_WORDS = 3
_SHORTEST_MENU = 3
_ITEM_WORDS = 45
_MAIL_HEAD = re.compile(
    r"\**(?P<name>from|to|cc|bcc|date|sent|subject|reply-to|de|para|cco|fecha|enviado(?: el)?"
    r"|asunto):\**\s",
    re.IGNORECASE,
)
_FROM, _SUBJECT = frozenset({"from", "de"}), frozenset({"subject", "asunto"})
_PASSED_ON = re.compile(
    r"[-_\s]*(?:begin\s|inicio del\s)?(?:(?:forwarded|original)\smessage"
    r"|mensaje\s(?:reenviado|original))\b.{0,30}",
    re.IGNORECASE,
)
_LISTED = frozenset({"duties", "requirements", "benefits"})


def kinds(parts: Sequence[Part], rows: Sequence[bool]) -> list[Kind]:
    """The kind of each part; *rows* tells which are rows of a table.

    >>> from harmonize.segments.join import join
    >>> from harmonize.segments.lines import lines
    >>> text = "Duties\\n- Draft reports\\n- Plan visits\\njobs@example.org"
    >>> kinds(join(text, list(lines(text))), [False] * 4)
    ['heading', 'bullet', 'bullet', 'contact']
    """
    found: list[Kind] = [
        "table" if row else _own(part) for part, row in zip(parts, rows, strict=True)
    ]
    _mark_weak_furniture(parts, found)
    _mark_menu(parts, found)
    _mark_mail_head(parts, found)
    _mark_lists(parts, found)
    _mark_headings(parts, found)
    _mark_lists(parts, found)
    _mark_title(parts, found)
    return found


def _own(part: Part) -> Kind:
    """The kind as far as the part itself tells."""
    words, marked = part.text, bool(part.first.marker)
    if not marked and (tables.furniture(words) == "sure" or is_rule(words)):
        return "boilerplate"
    if _is_contact(words):
        return "contact"
    if marked:
        return "bullet"
    return "heading" if _is_known(words) or _is_marked_up(words) else "paragraph"


def _is_contact(words: str) -> bool:
    """Whether *words* are an address, with hardly more than its label."""
    if len(words) > 300:
        return False
    label = _LABEL.match(words)
    if label and tables.key(label[1]) in tables.words("contacts"):
        return len(words.split()) <= _CONTACT_WORDS * 3
    rest = _ADDRESS.sub(" ", words)
    named = _WORD.findall(rest)
    asks = not tables.words("asks").isdisjoint(map(tables.key, named))
    return rest != words and len(named) <= _CONTACT_WORDS and not asks


def _is_known(words: str) -> bool:
    """Whether *words* are a known heading, or one in both languages: "Duties / Funciones"."""
    if len(words) > _LONGEST_HEADING or re.search(r"[,;]$|[;:] |, [^,]*\.", words):
        return False
    halves = _BOTH.split(words)
    return tables.heading(words) is not None or (
        len(halves) == 2 and all(tables.heading(half) for half in halves)
    )


def _is_marked_up(words: str) -> bool:
    """Whether *words* carry the marks of a heading: "## Duties", "**Duties**"."""
    bold = re.fullmatch(r"\*\*[^*]{2,80}\*\*:?|__[^_]{2,80}__:?", words)
    tags = len(re.findall(r"(?<!\S)#\w", words)) > 1  # #jobs #fairtrade
    return bold is not None or (words.startswith("#") and len(words) < 200 and not tags)


def _mark_weak_furniture(parts: Sequence[Part], found: list[Kind]) -> None:
    """Words such as "Home" are furniture beside furniture, and so is the rest of a glued menu."""
    weak = [
        kind == "boilerplate" or _is_weak(part) for part, kind in zip(parts, found, strict=True)
    ]
    for at, kind in enumerate(found):
        beside = weak[max(0, at - 1) : at] + weak[at + 1 : at + 2]
        if kind in ("paragraph", "heading") and any(beside):
            inside = all(beside) and len(beside) == 2 and _in_menu(parts, at)
            if weak[at] or inside or (at == 0 and _in_menu(parts, at) and _is_page(parts[1])):
                found[at] = "boilerplate"


def _mark_menu(parts: Sequence[Part], found: list[Kind]) -> None:
    """Lines of a few words each, from furniture to furniture, if half or more of them are it."""
    plain = {"boilerplate", "heading", "paragraph"}
    few = [kind in plain and _is_few(part) for part, kind in zip(parts, found, strict=True)]
    for is_few, run in groupby(range(len(parts)), key=few.__getitem__):
        weak = [at for at in run if is_few and _is_weak(parts[at])]
        if len(weak) >= _SHORTEST_MENU:
            length = weak[-1] - weak[0] + 1
            if 2 * len(weak) >= length:
                found[weak[0] : weak[-1] + 1] = ["boilerplate"] * length


def _mark_mail_head(parts: Sequence[Part], found: list[Kind]) -> None:
    """Who passed a posting on to whom, and when: no part of it."""
    heads = [_MAIL_HEAD.match(part.text) for part in parts]
    for is_head, run in groupby(range(len(parts)), key=lambda at: heads[at] is not None):
        places = list(run)
        names = {match["name"].casefold() for at in places if (match := heads[at])}
        if is_head and names & _FROM and names & _SUBJECT:
            above = places[0] - 1
            if above >= 0 and _PASSED_ON.fullmatch(parts[above].text):
                places.append(above)
            for at in places:
                found[at] = "boilerplate"


def _is_few(part: Part) -> bool:
    return len(part.text.split()) <= _MENU_WORDS and not part.first.marker


def _is_weak(part: Part) -> bool:
    if part.first.marker:
        return False
    trade_mark = part.text[-1:] in "®™" and len(part.text.split()) <= _TITLE_WORDS // 2
    glued = part.first.glued and _is_known(part.text)
    return tables.furniture(part.text) != "" or glued or trade_mark


def _is_page(part: Part) -> bool:
    return tables.furniture(part.text) != ""


def _in_menu(parts: Sequence[Part], at: int) -> bool:
    """Whether a few words are glued to what follows, as in "HomeAbout UsPost a JobLog In"."""
    after = parts[at + 1 : at + 2]
    return bool(after) and after[0].first.glued and len(parts[at].text.split()) <= _MENU_WORDS


def _mark_headings(parts: Sequence[Part], found: list[Kind]) -> None:
    """Headings that only their place gives away."""
    rules = {"bullet": _heads_marked, "paragraph": _heads}
    for at, kind in enumerate(found):
        rule = rules.get(kind)
        if rule and at + 1 < len(parts) and rule(parts, found, at):
            found[at] = "heading"


def _heads_marked(parts: Sequence[Part], found: Sequence[Kind], at: int) -> bool:
    """Whether a line with a marker heads what follows: "- About CLAC", "2. Objectives"."""
    part = parts[at]
    short = len(part.text.split()) <= _HEADING_WORDS and part.text[-1:] not in ",;"
    own = family(part.first.marker)
    if not short or own not in _NUMBERS_AND_DASHES:
        return False
    before = family(parts[at - 1].first.marker) if at else ""
    after = family(parts[at + 1].first.marker)
    if after == own or found[at + 1] == "boilerplate":
        return False
    in_capitals = part.text.isupper() and not (before == own and parts[at - 1].text.isupper())
    numbered = own != "-" and own in _families_of_headings(parts, found, at)
    if tables.heading(part.text) or in_capitals or (numbered and found[at + 1] == "table"):
        return True
    alone = before != own and not after and found[at + 1] != "table"
    return alone and len(parts[at + 1].text) > 2 * len(part.text)


def _families_of_headings(parts: Sequence[Part], found: Sequence[Kind], end: int) -> set[str]:
    """The kinds of markers that headings before *end* have."""
    return {family(parts[at].first.marker) for at in range(end) if found[at] == "heading"} - {""}


_NUMBERS_AND_DASHES = frozenset(
    {"-", "–", "—", "*", "1.", "1)", "a.", "a)", "(1)", "(a)", "I.", "1.1"}
)


def _heads(parts: Sequence[Part], found: Sequence[Kind], at: int) -> bool:
    """Whether a line without a marker has the shape of a heading and something to head."""
    words = parts[at].text
    if found[at + 1] == "boilerplate" or not _could_head(words):
        return False
    if found[at + 1] == "heading":
        return _has_job(words) and _is_capitalised(words)
    if words.endswith(":"):
        return not _introduces(words)
    if words.isupper() or (_is_capitalised(words) and _is_apart(parts, at)):
        return found[at + 1] == "bullet" or len(parts[at + 1].text) > len(words)
    return _stands_out(parts, found, at)


def _could_head(words: str) -> bool:
    words = tables.unlettered(words)
    count = len(words.split())
    return (
        count <= _HEADING_WORDS
        and words[-1] not in ".;,!)"
        and not words[0].islower()
        and bool(_WORD.search(words))
        and not re.search(r": \S|\. |[;@]|\d{3}|#\w", words)
        and not any(word.lower() in tables.words("verbs") for word in _WORD.findall(words))
    )


def _introduces(words: str) -> bool:
    """Whether *words* and their colon only lead over to a list: "The goals are to:"."""
    plain = tables.key(words).split()
    return not plain or plain[-1] in tables.words("lead_ends") or len(plain) > 7


def _is_capitalised(words: str) -> bool:
    """Whether the long words of *words* start with a capital: "Program Information"."""
    long = [word for word in _WORD.findall(words) if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _is_apart(parts: Sequence[Part], at: int) -> bool:
    """Whether a part is no line in a row of short ones."""
    return at == 0 or parts[at].first.gap > 0 or len(parts[at - 1].text) > _LONG


def _stands_out(parts: Sequence[Part], found: Sequence[Kind], at: int) -> bool:
    """Whether a short line in small letters stands between text and more text."""
    words, after = parts[at].text, parts[at + 1]
    if len(words.split()) > _BARE_WORDS or _SPANISH_VERB.match(words) or parts[at].first.glued:
        return False
    if at and found[at - 1] == "heading":
        return False
    if found[at + 1] == "bullet":
        return True
    past_head = at >= _HEAD // 2  # before that, short lines tell who, where and what
    if past_head and parts[at].first.gap and after.first.gap:
        return len(after.text.split()) >= _BARE_WORDS - 1
    return len(after.text) > 80 and found[at + 1] == "paragraph" and after.text[-1] in ".!?:"


def _mark_title(parts: Sequence[Part], found: list[Kind]) -> None:
    """The line that names the job; short lines around it are no headings."""
    body = _body_starts(parts, found)
    named = [at for at in range(body) if _names_job(parts[at].text)]
    plain = [at for at in range(body) if _could_be_title(parts[at].text, found[at])]
    lines = sorted({*named, *plain}, key=lambda at: (not _has_job(parts[at].text), at))
    if not lines:
        return
    title = lines[0]
    found[title] = "title"
    for at in range(body):
        if found[at] == "heading" and at != title and not _keeps(parts[at].text):
            found[at] = "paragraph"


def _keeps(words: str) -> bool:
    return _is_known(words) or words.endswith(":")


def _body_starts(parts: Sequence[Part], found: Sequence[Kind]) -> int:
    """How many parts stand before the first that is long, marked or tabulated."""
    for at, part in enumerate(parts[:_HEAD]):
        count = len(part.text.split())
        ends = part.text.endswith(".") and count >= _SENTENCE_WORDS
        long = found[at] == "paragraph" and (count > _TITLE_WORDS or ends)
        if long or found[at] in ("bullet", "table"):
            return at
    return min(len(parts), _HEAD)


def _names_job(words: str) -> bool:
    label = _LABEL.match(words)
    return (
        label is not None
        and tables.key(label[1]) in tables.words("titles")
        and len(words.split()) <= _TITLE_WORDS
    )


def _has_job(words: str) -> bool:
    """Whether one of *words* names a job: "Field Officer", "Coordinador/a de campo"."""
    jobs = tables.words("jobs")
    return any(tables.key(word) in jobs for word in _WORD.findall(words))


def _could_be_title(words: str, kind: Kind) -> bool:
    return (
        kind in ("heading", "paragraph")
        and not _is_known(words)
        and (not _LABEL.match(words) or _announces(words))
        and (words[-1] not in ".:;," or _is_stopped_job(words))
        and not words[0].islower()
        and bool(_WORD.search(words))
    )


def _is_stopped_job(words: str) -> bool:
    """Whether *words* are a job and a full stop: "Field Officer."."""
    short = len(words.split()) <= _BARE_WORDS and words.count(".") == 1
    return short and words[-1] == "." and _has_job(words)


def _announces(words: str) -> bool:
    """Whether an unknown label stands before a job: "We need you: Field Officer"."""
    label, _, rest = words.partition(": ")
    return tables.heading(label) is None and not _has_job(label) and _has_job(rest)


def _mark_lists(parts: Sequence[Part], found: list[Kind]) -> None:
    """Items that lost their markers: three or more in a row under a heading such as "Duties"."""
    for at, kind in enumerate(found):
        if kind != "heading":
            continue
        cue = tables.heading(parts[at].text)
        end = _run_end(parts, found, at + 1)
        if cue and cue.section in _LISTED and end - at > _RUN:
            found[at + 1 : end] = ["bullet"] * (end - at - 1)


def _run_end(parts: Sequence[Part], found: Sequence[Kind], at: int) -> int:
    first = at
    while at < len(parts) and found[at] == "paragraph" and _is_item(parts[at]):
        if at > first and parts[at].first.gap:
            break
        at += 1
    return at


def _is_item(part: Part) -> bool:
    """Whether a part is one sentence, or less."""
    words = part.text
    return (
        len(words.split()) <= _ITEM_WORDS
        and not re.search(r"[^\W\d_]{3}[.!?] +[A-ZÁÉÍÓÚÑ¿¡]", words)
        and words[-1] != ":"
        and not _is_fact(words)
    )


def _is_fact(words: str) -> bool:
    """Whether *words* start with a known label: "Start date: 1 March"."""
    label = _LABEL.match(words)
    return label is not None and tables.heading(label[1]) is not None
