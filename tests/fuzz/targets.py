"""What hostile inputs are given to.  Each may refuse with a `HarmonizeError`, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fuzz import inputs
from harmonize.errors import HarmonizeError

if TYPE_CHECKING:
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
            for other in exchange.FORMATS:
                exchange.export(entries, exchange.named(other))
        except HarmonizeError as error:
            refused.append(error)
    if refused:
        raise refused[0]


def _tbx(data: bytes, folder: Path) -> None:
    from harmonize.glossary import exchange

    entries = exchange.read(data, "tbx", "x.tbx")
    assert "root:" not in str(entries)
    exchange.export(entries, "tbx3")


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
    "repair": Target(_repair, inputs.words, 100),
    "segment": Target(_segment, inputs.words, 80),
    "detect": Target(_detect, inputs.words, 120),
    "headings": Target(_headings, inputs.words, 60),
    "names": Target(_names, inputs.words, 60),
    "read": Target(_read, inputs.data, 150),
    "glossary": Target(_glossary, inputs.glossary, 60),
    "sector": Target(_sector, inputs.sector, 30),
    "exchange": Target(_exchange, inputs.terms, 60),
    "bitext": Target(_bitext, inputs.terms, 30),
    "tbx": Target(_tbx, inputs.xml, 80),
    "posting": Target(_posting, inputs.posting, 40),
    "style": Target(_style, inputs.style, 40),
    "config": Target(_config, inputs.config, 40),
    "pack": Target(_pack, inputs.pack, 30),
    "whole": Target(_whole, inputs.words, 20),
}
