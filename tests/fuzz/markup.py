"""Hostile XML: TBX and TMX files, changed, nested, swelling, lying about their encoding."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from fuzz.inputs import SNIPPETS, Chance, damaged

_TBX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="c1">
<langSet xml:lang="en"><tig><term>wage</term><termNote type="partOfSpeech">noun</termNote>
</tig></langSet><langSet xml:lang="es"><tig><term>salario</term></tig></langSet>
</termEntry></body></text></martif>"""
_TBX3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>wage</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="es"><termSec><term>salario</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""
_TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="{tool}" srclang="en" creationdate="20240131T235959Z"/>
<body><tu changedate="20240201T000000Z" usagecount="3" changeid="Ana">
<prop type="x-who">human</prop><prop type="x-kind">bullet</prop><prop type="x-terms">[]</prop>
<tuv xml:lang="en"><seg>Pay the <bpt i="1">&lt;b&gt;</bpt>wage<ept i="1"/></seg></tuv>
<tuv xml:lang="es-419"><seg>Pagar el salario</seg></tuv></tu>
<tu srclang="*all*"><tuv xml:lang="EN"><seg>Union</seg></tuv>
<tuv lang="es"><seg>Sindicato</seg></tuv></tu></body></tmx>"""


class Family(NamedTuple):
    """What a kind of file is rooted in, and files of it that are sound."""

    root: str
    sound: tuple[str, ...]
    word: str = "wage"


TBX = Family("martif", (_TBX, _TBX3))
TMX = Family("tmx", (_TMX.format(tool="harmonize"), _TMX.format(tool="another")))


def laughs(root: str) -> str:
    """Ten entities, each ten times the one before: ten thousand million laughs."""
    names = "abcdefghij"
    inner = [f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)]
    return f'<!DOCTYPE {root} [<!ENTITY a "ha">{"".join(inner)}]><{root}><text>&j;</text></{root}>'


def blow_up(root: str) -> str:
    """One long entity, told many times."""
    entity = f'<!ENTITY a "{"ha" * 50_000}">'
    return f"<!DOCTYPE {root} [{entity}]><{root}>{'&a;' * 20_000}</{root}>"


def outside(root: str) -> str:
    """A file of the machine as an entity."""
    return f'<!DOCTYPE {root} [<!ENTITY e SYSTEM "file:///etc/passwd">]><{root}>&e;</{root}>'


def _outside_parameter(root: str) -> str:
    entity = '<!ENTITY % e SYSTEM "file:///etc/passwd">%e;'
    return f"<!DOCTYPE {root} [{entity}]><{root}/>"


def _outside_dtd(root: str) -> str:
    return f'<!DOCTYPE {root} SYSTEM "http://127.0.0.1:9/x.dtd"><{root}>&x;</{root}>'


def _included(root: str) -> str:
    space = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
    return f'<{root} {space}><xi:include href="file:///etc/passwd" parse="text"/></{root}>'


def _default_attribute(root: str) -> str:
    return f'<!DOCTYPE {root} [<!ATTLIST {root} x CDATA "{"y" * 9000}">]><{root}/>'


ENTITIES = (laughs, blow_up, outside, _outside_parameter)
"""Files that are refused for what they define."""

FETCHING = (_outside_dtd, _included, _default_attribute)
"""Files in which there is nothing, if nothing is fetched or filled in."""

TRAPS = (*ENTITIES, *FETCHING)


@cache
def _trap(number: int, root: str) -> bytes:
    return TRAPS[number](root).encode()


def _nested(chance: Chance, root: str) -> bytes:
    depth = chance.choice((10, 250, 300, 5000, 100_000))
    name = chance.choice((b"a", b"tu", b"seg", b"term", b"termEntry", b"langSet", root.encode()))
    inner = b"<%s>" % name * depth + b"</%s>" % name * chance.choice((0, depth))
    return b"<%s>%s</%s>" % (root.encode(), inner, root.encode())


def _huge(chance: Chance, family: Family) -> bytes:
    """An attribute, a text, a comment or a name that does not end, or very many of them."""
    size = chance.choice((1000, 70_000, 300_000))
    root, letters = family.root, "x" * size
    attributes = "".join(f" a{number}='1'" for number in range(size // 100))
    return chance.choice(
        (
            f'<{root} type="{letters}"/>',
            f"<{root}><seg>{letters}</seg></{root}>",
            f"<{root}><!--{letters}--></{root}>",
            f"<{root}><?{letters} ?></{root}>",
            f"<{root}><{letters}/></{root}>",
            f"<{root}{attributes}/>",
            f"<{root}>{'<tu/><termEntry/>' * (size // 50)}</{root}>",
            f"<{root}><![CDATA[{letters}]]></{root}>",
            family.sound[0].replace(family.word, letters),
        )
    ).encode()


def _lying(chance: Chance, whole: str) -> bytes:
    """In another encoding than it says, or in one that nobody knows."""
    said = chance.choice(("UTF-8", "UTF-16", "utf-7", "UCS-4", "IBM037", "none", "", "x" * 300))
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp037"))
    return whole.replace("UTF-8", said, 1).replace("wage", "wäge\u0301").encode(encoding, "replace")


def file(chance: Chance, family: Family) -> bytes:
    """A file of *family*, changed or hostile."""
    kind = chance.random()
    if kind < 0.12:
        return _trap(chance.randrange(len(TRAPS)), family.root)
    if kind < 0.2:
        return _nested(chance, family.root)
    if kind < 0.28:
        return _huge(chance, family)
    whole = chance.choice(family.sound)
    if kind < 0.4:
        return _lying(chance, whole)
    words = chance.choice(SNIPPETS).encode("utf-8", "replace")
    data = whole.encode()
    if kind < 0.7:
        data = data.replace(family.word.encode(), words)
    elif kind < 0.8:  # another value in some attribute or of some field
        parts = data.split(b'"')
        parts[chance.randrange(1, len(parts), 2)] = words
        data = b'"'.join(parts)
    return damaged(chance, data)


def tbx(chance: Chance) -> bytes:
    """A glossary in TBX."""
    return file(chance, TBX)


def tmx(chance: Chance) -> bytes:
    """A translation memory in TMX."""
    return file(chance, TMX)
