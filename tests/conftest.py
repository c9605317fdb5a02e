"""Fixtures that the tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import ROOT, Run

# The suite gives the same verdict everywhere: no time limits on busy machines, the same examples on
# every run.  HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def _no_memory_at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the translation memory of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("memory") / "memory.sqlite"
        patch.setenv("HARMONIZE_MEMORY", str(file))
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_edits_glossaries() -> Iterator[None]:
    """What a test has just written is whole; the tests of half-saved files say otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("harmonize.glossary.table.CALM", 0.0)
        yield


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
    for name in ("ARGOS_PACKAGES_DIR", "HARMONIZE_MEMORY"):
        environment.pop(name, None)

    def run(
        *arguments: object, stdin: str | bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "harmonize", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
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
