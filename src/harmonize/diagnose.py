"""What is installed and what is missing: what `harmonize doctor` shows."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from harmonize.engines import AUTO, choose_engines, engine_names, make_engine, packs
from harmonize.engines.base import BOTH
from harmonize.errors import HarmonizeError
from harmonize.records import Record

LIBRARIES = (
    "ftfy",
    "langdetect",
    "sentencex",
    "ctranslate2",
    "sentencepiece",
    "argos-translate-lt",
)

REINSTALL = "pip install --force-reinstall harmonize"


class Finding(Record):
    """One thing looked for; *needed* ones must be there for translating at all."""

    what: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = False


def diagnose() -> list[Finding]:
    """Look for everything that a translation needs; nothing is changed or loaded."""
    return [
        Finding(
            what="harmonize",
            ok=True,
            detail=f"{version('harmonize')}, Python {platform.python_version()} in {sys.prefix}",
        ),
        *(_library(name) for name in LIBRARIES),
        *(_engine(name) for name in engine_names() if name != "fake"),
        *_packs(),
        _translation(),
    ]


def _library(name: str) -> Finding:
    try:
        return Finding(what=name, ok=True, detail=version(name), needed=True)
    except PackageNotFoundError:
        detail = "not installed"
        return Finding(what=name, ok=False, detail=detail, remedy=REINSTALL, needed=True)


def _engine(name: str) -> Finding:
    found = make_engine(name).availability()
    return Finding(
        what=f"engine {name}", ok=found.pairs >= BOTH, detail=found.detail, remedy=found.remedy
    )


def _packs() -> list[Finding]:
    try:
        return [_pack(pack) for pack in packs.all_packs()]
    except HarmonizeError as error:
        return [Finding(what="packs", ok=False, detail=error.cause, remedy=error.remedy)]


def _pack(pack: packs.Pack) -> Finding:
    installed = pack.origin == "installed"
    remedy = f"harmonize packs remove {pack.name}" if installed else REINSTALL
    origin = "installed" if installed else "came with harmonize"
    return Finding(
        what=f"pack {pack.name}",
        ok=not pack.problem,
        detail=pack.problem or f"{pack.source}→{pack.target}, {origin}, in {pack.folder}",
        remedy=remedy if pack.problem else "",
    )


def _translation() -> Finding:
    try:
        names = sorted({engine.name for engine in choose_engines(AUTO).values()})
    except HarmonizeError as error:
        return Finding(
            what="translation", ok=False, detail=error.cause, remedy="harmonize setup", needed=True
        )
    return Finding(
        what="translation",
        ok=True,
        detail=f"en→es and es→en with {', '.join(names)}",
        remedy="harmonize translate FOLDER -o out",
        needed=True,
    )
