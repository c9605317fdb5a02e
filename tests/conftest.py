"""What the tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The five real postings."""
    return sorted(SEEDS.glob("*.txt"))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line as a user does: a process of its own, in a home of its own."""
    environment = os.environ | {
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_HOME": str(tmp_path / "home/data"),
        "XDG_CONFIG_HOME": str(tmp_path / "home/config"),
        "XDG_CACHE_HOME": str(tmp_path / "home/cache"),
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": "100",
    }
    environment.pop("ARGOS_PACKAGES_DIR", None)

    def run(
        *arguments: object, input: str | bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "harmonize", *map(str, arguments)],
            input=input.encode() if isinstance(input, str) else input,
            capture_output=True,
            cwd=tmp_path,
            env=environment | (env or {}),
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run
