"""Install the packs of a folder the way Argos does, and say how well they know their pairs.

    python tests/pack/verify_pack.py [FOLDER]

prints one JSON object, with one entry for each direction. It needs no PyTorch: the test
suite and the recipe both run it, each time in a process of its own, because Argos
Translate reads its folders from the environment once, when it is first imported.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, TypedDict

HERE = Path(__file__).resolve().parent
PAIRS = HERE / "pairs.tsv"

DIRECTIONS = (("en", "es"), ("es", "en"))
PACK_LIMIT = 1_000_000
"""Bytes that one pack may have; the two together are held to twice this."""
FLOOR = 0.98
"""Share of the pairs that a pack must give back to the letter."""


class Report(TypedDict):
    """What is known of one pack after it was installed and asked for every pair."""

    size: int
    members: list[str]
    metadata: dict[str, Any]
    vocabulary: int
    pairs: int
    exact: int
    wrong: list[tuple[str, str, str]]


def read_pairs(path: Path = PAIRS) -> list[tuple[str, str]]:
    """The English and Spanish of each line of *path*, in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=1):
        if len(row) != len(("English", "Spanish")) or not all(cell.strip() for cell in row):
            raise ValueError(f"{path.name}, line {number}: expected English, a tab, Spanish")
    return [(row[0], row[1]) for row in rows]


def pack_name(source: str, target: str) -> str:
    """The name of a pack, made as the Argos index makes it.

    >>> pack_name("en", "es")
    'translate-en_es-0_1'
    """
    return f"translate-{source}_{target}-0_1"


def is_safe(member: str) -> bool:
    """Whether a zip member stays inside the folder that it is unpacked into.

    >>> [is_safe(name) for name in ("pack/model/model.bin", "../x", "/etc/x", "a\\\\..\\\\b")]
    [True, False, False, False]
    """
    path = PurePosixPath(member)
    return not (path.is_absolute() or ".." in path.parts or "\\" in member or ":" in member)


def members_of(pack: Path) -> list[str]:
    """The members of *pack*, refused if one of them would be unpacked elsewhere."""
    with zipfile.ZipFile(pack) as archive:
        members = archive.namelist()
    unsafe = [member for member in members if not is_safe(member)]
    if unsafe:
        raise ValueError(f"{pack.name} has members that leave its folder: {unsafe}")
    return members


def use_argos_home(home: Path) -> None:
    """Point Argos Translate at *home*; call it before the first import of Argos."""
    if "argostranslate" in sys.modules:
        raise RuntimeError("Argos Translate was imported before its folders were set")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[variable] = str(home / variable.lower())
    os.environ["ARGOS_PACKAGES_DIR"] = str(home / "packages")


def translate(package: Any, lines: list[str]) -> list[str]:
    """Translate *lines* with the options that Argos Translate gives to CTranslate2."""
    import ctranslate2

    translator = ctranslate2.Translator(str(package.package_path / "model"), device="cpu")
    results = translator.translate_batch(
        [package.tokenizer.encode(line) for line in lines],
        replace_unknowns=True,
        max_batch_size=32,
        beam_size=4,
        num_hypotheses=4,
        length_penalty=0.2,
        return_scores=True,
    )
    return [package.tokenizer.decode(result.hypotheses[0]).strip() for result in results]


def inspect(package: Any, pack: Path, pairs: list[tuple[str, str]]) -> Report:
    """Ask the installed *package*, which came from *pack*, for every pair."""
    sources, targets = zip(*pairs, strict=True)
    if package.from_code == "es":
        sources, targets = targets, sources
    answers = translate(package, list(sources))
    rows = list(zip(sources, targets, answers, strict=True))
    wrong = [row for row in rows if row[1] != row[2]]
    vocabulary = package.package_path / "model" / "shared_vocabulary.json"
    return {
        "size": pack.stat().st_size,
        "members": members_of(pack),
        "metadata": json.loads((package.package_path / "metadata.json").read_text("utf-8")),
        "vocabulary": len(json.loads(vocabulary.read_text("utf-8"))),
        "pairs": len(rows),
        "exact": len(rows) - len(wrong),
        "wrong": wrong,
    }


def verify(folder: Path) -> dict[str, Report]:
    """Install both packs of *folder* into a folder that is thrown away, and inspect them."""
    pairs = read_pairs()
    packs = {names: folder / f"{pack_name(*names)}.argosmodel" for names in DIRECTIONS}
    with tempfile.TemporaryDirectory() as home:
        use_argos_home(Path(home))
        from argostranslate import package as argos

        for pack in packs.values():
            members_of(pack)
            argos.install_from_path(pack)
        installed = {
            (each.from_code, each.to_code): each for each in argos.get_installed_packages()
        }
        return {
            f"{source}-{target}": inspect(installed[source, target], pack, pairs)
            for (source, target), pack in packs.items()
        }


def faults(reports: dict[str, Report]) -> list[str]:
    """What keeps these packs from being good test data; empty when nothing does."""
    found = []
    for direction, report in reports.items():
        if report["size"] >= PACK_LIMIT:
            found.append(f"{direction}: {report['size']} bytes, must be under {PACK_LIMIT}")
        if report["exact"] < FLOOR * report["pairs"]:
            found.append(
                f"{direction}: {report['exact']} of {report['pairs']} pairs come back exactly, "
                f"must be at least {FLOOR:.0%}"
            )
    return found


def main() -> int:
    """Print the reports as JSON; 1 when a pack is too large or knows too little."""
    parser = argparse.ArgumentParser(description="Install the packs and count exact pairs.")
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    reports = verify(parser.parse_args().folder)
    print(json.dumps(reports, ensure_ascii=False, indent=1))
    return 1 if faults(reports) else 0


if __name__ == "__main__":
    sys.exit(main())
