"""The command line starts fast: what a command does not need it does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    *("argostranslate", "ctranslate2", "sentencepiece", "numpy", "langdetect", "ftfy", "jinja2"),
    *("lxml", "docx", "simplemma", "sentencex", "dateparser", "phonenumbers", "sacrebleu"),
    *("rapidfuzz", "starlette", "uvicorn", "ray", "pyarrow", "sqlite3"),
)
PROGRAM = """
import sys
sys.argv = ["harmonize", *sys.argv[1:]]
from harmonize.cli import main
try:
    main()
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", ["--help", "glossary list", "--version"])
def test_nothing_heavy_is_imported(arguments: str) -> None:
    command = [sys.executable, "-c", PROGRAM, *arguments.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "harmonize" in done.stdout or "trade union" in done.stdout
    assert set(HEAVY).isdisjoint(done.stderr.splitlines()[-1].split())
