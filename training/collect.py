"""What a training left, made into packs, measured, and described in a model card.

python training/collect.py --from OUT --corpus corpus.tar --into FOLDER [--lines 500]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import card
import export
import settings as settings_file
import weights


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--from", dest="left", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=500, help="lines of each set; 0: all of them")
    options = parser.parse_args()
    try:
        arrays = weights.from_bytes(weights.joined(options.left))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with tarfile.open(options.corpus) as archive:
            archive.extractall(data, filter="data")
        settings = settings_file.read(data / "settings.toml")
        counts = json.loads((data / "counts.json").read_text(encoding="utf-8"))
        notes = log(options.left / "notes.tar.gz")
        pieces = (data / "pieces.model").read_bytes()
        describe = card.Card(settings, counts, notes, sum(a.size for a in arrays.values()))
        export.write_packs(arrays, settings, pieces, describe.text(), options.into)
        scores = measured(options.into, data, options.lines)
    (options.into / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    (options.into / "model-card.md").write_text(describe.text(scores), "utf-8")
    sys.stderr.write(describe.text(scores))
    return 0


def log(notes: Path) -> list[dict[str, object]]:
    """The lines of a training's log; none where the notes did not come along."""
    if not notes.is_file():
        return []
    with tarfile.open(notes) as archive:
        found = archive.extractfile("run/log.jsonl")
        lines = found.read().decode().splitlines() if found else []
    return [json.loads(line) for line in lines]


def measured(packs: Path, data: Path, lines: int) -> dict[str, object]:
    """The scores, from a process of its own, because Argos Translate reads its folders once."""
    script = Path(__file__).with_name("evaluate.py")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, script, "--packs", packs, "--data", data, "--lines", str(lines)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    scores: dict[str, object] = json.loads(done.stdout)
    return scores


if __name__ == "__main__":
    sys.exit(main())
