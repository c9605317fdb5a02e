"""Hostile inputs, each made from a name: the same name gives the same bytes everywhere."""

from __future__ import annotations

import io
import json
import random
import stat
import zipfile
from functools import cache

from support import ROOT, SEEDS

Chance = random.Random

SNIPPETS = (
    *("\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffd", "\ufffe"),
    *(
        "\u202e",
        "\u2066\u2069",
        "\u200d",
        "\u200b",
        "\u00ad",
        "\u0301" * 40,
        "\U000e0041",
        "🇪🇸",
        "👩‍👩‍👧",
    ),
    *("\ud800", "\udfff", "\udc80", "\ud83d", "\U0010ffff", "ﬁ", "İ", "ß", "ǅ", "٣", "½", "Ⅷ"),
    *("Ã³", "â€™", "FunciĂłn", "Ã\x83Â³", "&amp;amp;", "&#0;", "&#xD800;", "&#99999999;", "=C3=B3"),
    *("\r", "\n\n\n", "\t\t", " " * 70, "- ", "• ", "1) ", "a) ", "|", "||", "**", "__", "#" * 9),
    *("=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "-2+3", '"', '""', "'", ";", ",", "\\", "`", "<b>"),
    *("<script>alert(1)</script>", "<!--", "-->", "]]>", "<![CDATA[", "{{7*7}}", "{% x %}", "${x}"),
    *("{n}", "{x}", "{language}", "{n|a|b}", "{", "}", "XBQBZ", "⁇", "<unk>", "▁", "^a<n>$", "\\^"),
    *("../../x", "CON", "https://x.org/" + "a" * 300, "a@" * 30, "www." * 20, "£1,000", "5 %"),
    *("March 31, 9999", "31/02/2024", "el 99 de mayo", "0" * 40, "9" * 400, "1e999", "+503 2222"),
    *("How to apply:", "Requisitos", "Duties", "Salary: US$ 1 – US$ 2", "the workers’", "¿Qué?"),
    *("(", ")" * 50, "[", "]", "((((", "[[[[", "a" * 2000, "ñ" * 300, "A " * 300, "/" * 200),
)
"""What programs that read text have stumbled over."""


@cache
def _seed_lines() -> tuple[str, ...]:
    files = sorted(SEEDS.glob("*.txt"))
    return tuple(line for file in files for line in file.read_text("utf-8").splitlines())


@cache
def _table_lines(folder: str) -> tuple[str, ...]:
    files = sorted((ROOT / folder).glob("*.csv"))
    return tuple(line for file in files for line in file.read_text("utf-8").splitlines())


def text(chance: Chance) -> str:
    """A text of some hundred characters: postings' own lines, cut, with snippets between."""
    parts = []
    for _ in range(chance.randint(1, 12)):
        kind = chance.random()
        if kind < 0.45:
            line = chance.choice(_seed_lines())
            start = chance.randrange(len(line) + 1)
            parts.append(line if kind < 0.2 else line[start : start + chance.randint(0, 120)])
        elif kind < 0.85:
            parts.append(chance.choice(SNIPPETS) * (1 if chance.random() < 0.9 else 30))
        else:
            size = chance.randint(1, 20)
            top = chance.choice((0x7F, 0xFF, 0x2FF, 0xFFFF, 0x10FFFF))
            parts.append("".join(chr(chance.randint(0, top)) for _ in range(size)))
    return chance.choice(("", " ", "\n", "\n\n")).join(parts)


def data(chance: Chance) -> bytes:
    """A text in some encoding, often with bytes changed; or bytes of no meaning."""
    if chance.random() < 0.15:
        return chance.randbytes(chance.randint(0, 300))
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "mac-roman"))
    return damaged(chance, text(chance).encode(encoding, "replace"))


def damaged(chance: Chance, whole: bytes) -> bytes:
    """*whole*, or with bytes changed, cut, doubled or put in."""
    for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
        at, size = chance.randrange(len(whole) + 1), chance.randint(1, 8)
        put = chance.choice((b"", chance.randbytes(size), whole[at : at + 40] * 2))
        whole = whole[:at] + put + whole[at + size * (chance.random() < 0.7) :]
    return whole


def table(chance: Chance, folder: str, columns: tuple[str, ...]) -> bytes:
    """A CSV file with rows of the bundled ones and hostile cells."""
    mark = chance.choice(",,,;\t")
    rows = [mark.join(chance.sample(columns, chance.randint(1, len(columns))))]
    if chance.random() < 0.5:
        rows[0] = ",".join(columns)
    for _ in range(chance.randint(0, 8)):
        if chance.random() < 0.5:
            rows.append(chance.choice(_table_lines(folder)))
        else:
            cells = [_cell(chance) for _ in range(chance.randint(1, 6))]
            rows.append(mark.join(cells))
    return damaged(chance, "\n".join(rows).encode("utf-8", "replace"))


def glossary(chance: Chance) -> bytes:
    """A glossary file."""
    from harmonize.glossary.model import COLUMNS

    return table(chance, "glossaries", tuple(COLUMNS))


def sector(chance: Chance) -> bytes:
    """A file of the sector memory."""
    from harmonize.sector.load import COLUMNS

    return table(chance, "memories", COLUMNS)


def _cell(chance: Chance) -> str:
    cell = text(chance)[: chance.randint(0, 60)]
    return '"' + cell.replace('"', '""') + '"' if chance.random() < 0.5 else cell


def style(chance: Chance) -> bytes:
    """A style."""
    return _toml(chance, (ROOT / "glossaries/style.toml").read_bytes())


def config(chance: Chance) -> bytes:
    """A settings file."""
    return _toml(
        chance,
        b'engine = "fake"\nglossary = ["x.csv"]\nmemory = "m"\nsector_memory = false\n'
        b'format = ["md", "json"]\n',
    )


_VALUES = (
    *('""', "[]", "{}", "true", "-1", "1e999", "nan", "9999-12-31", "1979-05-27T07:32:00Z"),
    *('"\\u0000"', '"../../x"', '[["a"]]', "[1, 'a']", "{a.b = {c = []}}", "0x7fffffffffffffff"),
    *('"' + "x" * 100_000 + '"', "9" * 5000, "[" + "'a'," * 20_000 + "]", "'''\n'''", "[[]]"),
)


def _toml(chance: Chance, whole: bytes) -> bytes:
    """*whole* nested without end, with words put in, or with values of other kinds."""
    kind = chance.random()
    if kind < 0.2:
        depth = chance.choice((3, 200, 3000))
        whole = b"spanish = " + b"[" * depth + b"]" * chance.choice((0, depth))
    elif kind < 0.4:
        whole += chance.choice(SNIPPETS).encode("utf-8", "replace")
    elif kind < 0.8:
        lines = whole.split(b"\n")
        places = [number for number, line in enumerate(lines) if b" = " in line]
        for place in chance.sample(places, chance.randint(1, 2)):
            name = lines[place].partition(b" = ")[0]
            lines[place] = name + b" = " + chance.choice(_VALUES).encode()
        whole = b"\n".join(lines)
    return damaged(chance, whole) if chance.random() < 0.5 else whole


@cache
def _posting() -> str:
    import harmonize

    with harmonize.Harmonizer(engine="fake", sector_memory=False) as harmonizer:
        text = (
            "Field officer\n\nHow to apply: write to a@b.org by May 3, 2024.\n\n- Función: visitas"
        )
        return harmonizer.run_text(text, id="x").model_dump_json()


def posting(chance: Chance) -> bytes:
    """A posting.json whose values are of another kind, missing, or damaged."""
    record = json.loads(_posting())
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = record
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = chance.choice(keys)
            if isinstance(place[key], dict | list) and chance.random() < 0.8:
                place = place[key]
                continue
            values = (None, -1, 1e308, "", [], {}, True, text(chance), 2**70, place[key])
            place[key] = chance.choice(values)
            break
    return damaged(chance, json.dumps(record).encode("utf-8", "replace"))


def pack(chance: Chance) -> bytes:
    """A zip archive such as packs come in, most of them hostile."""
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as made:
        root = chance.choice(("translate-en_es", "..", "/x", "a/..", "CON", "", "x\n", "."))
        facts = chance.choice((b'{"from_code": "en", "to_code": "es"}', b"[]", b"{", b"null"))
        made.writestr(f"{root}/metadata.json", facts)
        for name in (
            "model/model.bin",
            "sentencepiece.model",
            "../../escaped",
            "/escaped",
            "a\\..\\b",
        ):
            if chance.random() < 0.5:
                info = zipfile.ZipInfo(f"{root}/{name}" if chance.random() < 0.8 else name)
                if chance.random() < 0.1:
                    info.external_attr = (stat.S_IFLNK | 0o777) << 16
                made.writestr(info, chance.randbytes(chance.randint(0, 50)))
    return damaged(chance, out.getvalue())


def terms(chance: Chance) -> bytes:
    """A file of DeepL, OmegaT or tabs; or lines of a bitext."""
    mark = chance.choice("\t,")
    lines = [f"living wage{mark}salario digno"]
    lines += [
        mark.join(_cell(chance) for _ in range(chance.randint(2, 4)))
        for _ in range(chance.choice((0, 0, 1, 5)))
    ]
    return damaged(chance, "\n".join(lines).encode("utf-8", "replace"))


def words(chance: Chance) -> bytes:
    """A text as UTF-8; lone surrogates stay what they are."""
    return text(chance).encode("utf-8", "surrogatepass")
