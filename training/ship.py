"""Packs laid where they come with harmonize: unpacked, tried, and their common model only once.

    python training/ship.py build/pack/packs [--into src/harmonize/packs]

What lies there goes into the wheel and is used where it lies: nobody has to install it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import zipfile
from pathlib import Path

from harmonize.engines import packs
from harmonize.errors import PackError

LARGEST = 100_000_000
"""Bytes of all packs together: PyPI takes no larger file, and the wheel is one."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("packs", type=Path, help="a folder with .argosmodel files")
    parser.add_argument("--into", type=Path, default=Path("src/harmonize/packs"))
    options = parser.parse_args()
    try:
        shipped = ship(sorted(options.packs.glob("*.argosmodel")), options.into)
    except PackError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    size = sum(file.stat().st_size for folder in shipped for file in folder.rglob("*"))
    sys.stdout.writelines(f"{folder}\n" for folder in shipped)
    sys.stderr.write(f"{size / 1e6:.1f} MB of {LARGEST / 1e6:.0f} MB that a wheel may have\n")
    return int(size > LARGEST or not shipped)


def ship(archives: list[Path], into: Path) -> list[Path]:
    """Unpack *archives* into *into*, made anew; `PackError` where one does not do its work."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    folders = []
    for file in archives:
        with zipfile.ZipFile(file) as archive:
            archive.extractall(into)
        folders.append(into / file.stem)
    share(folders)
    for folder in folders:
        packs.accept(folder)
    return folders


def share(folders: list[Path]) -> None:
    """Leave of equal models only the first."""
    first: dict[bytes, Path] = {}
    for folder in folders:
        model = folder / "model" / "model.bin"
        other = first.setdefault(model.read_bytes(), folder)
        if other != folder:
            model.unlink()
            file = folder / "metadata.json"
            metadata = json.loads(file.read_text("utf-8")) | {packs.MODEL_OF: other.name}
            file.write_text(json.dumps(metadata, indent=4) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
