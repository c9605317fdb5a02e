"""What hostile inputs are given to.  Each may refuse with a `HarmonizeError`, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from fuzz import databases, inputs, markup, requests
from harmonize.errors import HarmonizeError

if TYPE_CHECKING:
    from harmonize.glossary import Entry
    from harmonize.pipeline import Harmonizer


class Target(NamedTuple):
    """What is tried, on which inputs, and how many of 1,000 inputs it gets."""

    call: Callable[[bytes, Path], None]
    family: Callable[[inputs.Chance], bytes]
    share: int


def accepts(target: Target, data: bytes, folder: Path) -> bool:
    """Whether *target* takes *data*: False where it gives a reason not to; all else is a fault."""
    try:
        target.call(data, folder)
    except HarmonizeError as error:
        assert error.cause.strip(), "a refusal without a reason"
        return False
    return True


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _repair(data: bytes, folder: Path) -> None:
    from harmonize.repairs import apply_changes, repair

    text = _text(data)
    done = repair(text)
    assert apply_changes(text, done.changes) == done.text


def _segment(data: bytes, folder: Path) -> None:
    from harmonize.segments import segment

    text = _text(data)
    blocks = segment(text)
    assert all(0 <= block.start <= block.end <= len(text) for block in blocks)


def _detect(data: bytes, folder: Path) -> None:
    import harmonize

    assert harmonize.detect(_text(data)).language


def _headings(data: bytes, folder: Path) -> None:
    from harmonize.segments.headings import known_head

    for line in _text(data).splitlines():
        for language in ("en", "es"):
            found = known_head(line, language)
            assert found is None or line.startswith(found.words)


def _read(data: bytes, folder: Path) -> None:
    from harmonize.read import Input, read_posting

    file = folder / "in.txt"
    file.write_bytes(data)
    read = read_posting(Input(str(file), "in"))
    assert read.text.strip()
    read.text.encode()


def _names(data: bytes, folder: Path) -> None:
    from harmonize.read.inputs import safe_id

    name = safe_id(_text(data))
    assert name == Path(name).name
    assert name not in ("", ".", "..")
    assert len(name) <= 81


def _glossary(data: bytes, folder: Path) -> None:
    from harmonize.glossary import Matcher, load, settle
    from harmonize.glossary.check import check

    file = folder / "terms.csv"
    file.write_bytes(data)
    check([file])
    matcher = Matcher(load([file]))
    line = "The workers' committee and the living wage of the cooperative, £5."
    settle(matcher, matcher.find(line, "en"), "El comité de los trabajadores.", "es")


def _sector(data: bytes, folder: Path) -> None:
    from harmonize.recall import Text
    from harmonize.sector import SectorMemory
    from harmonize.sector.check import check

    file = folder / "lines.csv"
    file.write_bytes(data)
    check([file])
    SectorMemory([file]).recall([Text("Five years of experience in Spanish")], "en", "es")


def _exchange(data: bytes, folder: Path) -> None:
    from harmonize.glossary import exchange

    refused = []
    for name in ("deepl", "omegat", "tsv"):
        try:
            entries = exchange.read(data, exchange.named(name), "x")
            _import(entries, folder / "imported.csv")
            for other in exchange.FORMATS:
                exchange.export(entries, exchange.named(other))
        except HarmonizeError as error:
            refused.append(error)
    if refused:
        raise refused[0]


def _import(entries: Sequence[Entry], file: Path) -> None:
    """As ``glossary import`` does: what it wrote can be read again, and has it all."""
    from harmonize.glossary import load
    from harmonize.glossary.edit import Sheet

    file.unlink(missing_ok=True)
    sheet = Sheet(file)
    if new := sheet.missing(entries):
        sheet.add(new)
        assert len(load([file]).entries) == len(new)


def _tbx(data: bytes, folder: Path) -> None:
    from harmonize.glossary import exchange

    entries = exchange.read(data, "tbx", "x.tbx")
    assert "root:" not in str(entries)
    _import(entries, folder / "imported.csv")
    exchange.export(entries, "tbx3")


def _tmx(data: bytes, folder: Path) -> None:
    from harmonize.memory import TranslationMemory, tmx
    from harmonize.memory.exchange import export_tmx, import_tmx

    (folder / "in.tmx").write_bytes(data)
    with _fresh_memory(folder) as file, closing(TranslationMemory(file)) as memory:
        import_tmx(memory, folder / "in.tmx", both_ways=True)
        out = BytesIO()
        count = export_tmx(memory, out)
        assert b"root:" not in out.getvalue()
        out.seek(0)
        assert sum(isinstance(each, tmx.Entry) for each in tmx.read(out, "out.tmx")) == count


@contextmanager
def _fresh_memory(folder: Path) -> Iterator[Path]:
    """Where a memory's file may be; what is made there or beside it is gone afterwards."""
    with TemporaryDirectory(dir=folder) as place:
        yield Path(place) / "memory.sqlite"


def _memory(data: bytes, folder: Path) -> None:
    from harmonize.memory import Maker, TranslationMemory
    from harmonize.recall import Text

    with _fresh_memory(folder) as file:
        file.write_bytes(data)
        with closing(TranslationMemory(file, patience=0.1)) as memory:
            memory.recall([Text("Write report 3 for us.")], "en", "es")
            memory.fuzzy("Write reports for us", "en", "es")
            memory.results(Maker("fake", "none", "rules")).known(
                [Text("Visit farm 3.")], "en", "es"
            )
            memory.stats()
            list(memory.entries())
            made = memory.confirm("Draft reports.", "Redactar informes.", "en", "es")
            found = memory.exact("Draft reports.", "en", "es")
            assert found
            assert found.target == "Redactar informes."
            memory.withdraw(made.id)
            list(memory.matching(lambda words: "report" in words))


def _decisions(data: bytes, folder: Path) -> None:
    row = f"/posting/{requests.ID}/rows/s002"
    form = "version=0&language=es&text=Otro."
    asked = [
        requests.Asked(method, path, "", (), form if method == "POST" else "")
        for method, path in (
            *(("GET", "/"), ("GET", f"/posting/{requests.ID}"), ("GET", f"{row}/history")),
            *(("POST", f"{row}/save"), ("POST", f"{row}/accept"), ("POST", f"{row}/undo")),
            ("POST", f"/posting/{requests.ID}/undo"),
        )
    ]
    _asked_of_the_review(asked, folder, data)


def _review(data: bytes, folder: Path) -> None:
    asked = [requests.Asked(*each) for each in json.loads(data)]
    _asked_of_the_review(asked, folder)


def _asked_of_the_review(
    asked: Sequence[requests.Asked], folder: Path, log: bytes | None = None
) -> None:
    """Every request is answered, and no answer shows what it must not."""
    from harmonize.review.guard import HEADERS

    with requests.small_app(folder, log) as (app, token):
        for each in asked:
            answer = requests.ask(app, token, each)
            assert answer.status < 500 or answer.status == 503, answer
            assert all(answer.headers[name.lower()] == value for name, value in HEADERS.items())
            assert b"root:" not in answer.body
            assert b"Traceback" not in answer.body
            assert b"<script>alert" not in answer.body
            assert all(ord(letter) >= 32 for value in answer.headers.values() for letter in value)


def _posting(data: bytes, folder: Path) -> None:
    from harmonize.render import FORMATS
    from harmonize.store import Store

    store = Store(folder / "out")
    (folder / "out/x").mkdir(exist_ok=True)
    (folder / "out/x/posting.json").write_bytes(data)
    store.load("x")
    done = store.export(["x"], FORMATS, folder / "elsewhere")
    assert done.postings + len(done.rejects) == 1


def _style(data: bytes, folder: Path) -> None:
    from harmonize.style import load_style

    (folder / "style.toml").write_bytes(data)
    load_style([folder / "style.toml"])


def _config(data: bytes, folder: Path) -> None:
    from harmonize.config import load_config

    (folder / "harmonize.toml").write_bytes(data)
    load_config(folder / "harmonize.toml")


def _pack(data: bytes, folder: Path) -> None:
    from harmonize.engines import packs

    (folder / "x.argosmodel").write_bytes(data)
    packs.install(str(folder / "x.argosmodel"))


def _bitext(data: bytes, folder: Path) -> None:
    from harmonize.errors import UsageError
    from harmonize.evaluate import read_bitext

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("It is not UTF-8.") from error
    read_bitext(text, "x.tsv")


@cache
def _harmonizer() -> Harmonizer:
    from harmonize.pipeline import Harmonizer

    return Harmonizer(engine="fake")


def _whole(data: bytes, folder: Path) -> None:
    from harmonize.render import FORMATS, writers

    posting = _harmonizer().run_text(_text(data), id="x")
    for writer in writers(FORMATS).values():
        content = writer(posting)
        _ = content.encode() if isinstance(content, str) else content


TARGETS = {
    "repair": Target(_repair, inputs.words, 90),
    "segment": Target(_segment, inputs.words, 70),
    "detect": Target(_detect, inputs.words, 100),
    "headings": Target(_headings, inputs.words, 50),
    "names": Target(_names, inputs.words, 50),
    "read": Target(_read, inputs.data, 120),
    "glossary": Target(_glossary, inputs.glossary, 50),
    "sector": Target(_sector, inputs.sector, 30),
    "exchange": Target(_exchange, inputs.terms, 50),
    "bitext": Target(_bitext, inputs.terms, 30),
    "tbx": Target(_tbx, markup.tbx, 60),
    "tmx": Target(_tmx, markup.tmx, 60),
    "memory": Target(_memory, databases.memory, 50),
    "decisions": Target(_decisions, databases.decisions, 30),
    "review": Target(_review, requests.session, 60),
    "posting": Target(_posting, inputs.posting, 30),
    "style": Target(_style, inputs.style, 30),
    "config": Target(_config, inputs.config, 20),
    "pack": Target(_pack, inputs.pack, 10),
    "whole": Target(_whole, inputs.words, 10),
}
