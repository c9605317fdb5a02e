"""What harmonize is made of: locked with hashes, licensed, listed, and unchanged."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
LOCKED = dict(re.findall(r"^([\w.-]+)==(\S+) \\", LOCK, re.MULTILINE))
NEEDED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]


@pytest.mark.parametrize("needed", NEEDED)
def test_every_dependency_is_locked_to_a_version_that_it_may_have(needed: str) -> None:
    wanted = Requirement(needed)
    assert wanted.specifier.contains(LOCKED[canonicalize_name(wanted.name)])
    assert f"| {wanted.name} |".lower() in (ROOT / "docs/licences.md").read_text().lower()


def test_every_locked_package_has_hashes() -> None:
    entries = LOCK.split("\n")
    starts = [line for line in entries if re.match(r"[\w.-]+==", line)]
    assert len(starts) == len(LOCKED)
    for part in re.split(r"\n(?=[\w.-]+==)", LOCK)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", part)


def test_the_packs_of_the_tests_are_what_they_were() -> None:
    lines = (ROOT / "tests/pack/SHA256SUMS").read_text().splitlines()
    pinned = dict(reversed(line.split("  ")) for line in lines)
    files = {file.name: file for file in (ROOT / "tests/pack").glob("*.argosmodel")}
    assert pinned.keys() == files.keys()
    for name, file in files.items():
        assert hashlib.sha256(file.read_bytes()).hexdigest() == pinned[name]


def test_the_bill_of_materials_names_every_dependency_with_version_and_licence() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/sbom.py")], capture_output=True, check=True
    )
    bill = json.loads(done.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    rows = {canonicalize_name(each["name"]): each for each in bill["components"]}
    for wanted in map(Requirement, NEEDED):
        found = rows[canonicalize_name(wanted.name)]
        assert found["purl"].startswith("pkg:pypi/")
        assert found["licenses"][0]["license"]["name"] != "not stated"
    references = [each["bom-ref"] for each in bill["components"]]
    assert len(references) == len(set(references))


def package(name: str, *weaknesses: str, reason: str = "") -> dict[str, object]:
    if reason:
        return {"name": name, "skip_reason": reason}
    vulns = [{"id": each, "fix_versions": ["9.9"]} for each in weaknesses]
    return {"name": name, "version": "1.0", "vulns": vulns}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([package("a"), package("b")], 0, "2 packages asked about: no known weakness."),
        ([package("a", "CVE-1"), package("b")], 1, "a 1.0: CVE-1 (mended in 9.9)"),
        ([package("a"), package("b", reason="not found")], 2, "1 of 2 packages could NOT be asked"),
        ([package("a", "CVE-1"), package("b", reason="x")], 1, "1 of 2 packages could NOT be"),
        ([], 2, "All packages could NOT be asked about"),
    ],
)
def test_an_audit_passes_only_where_every_package_was_asked_about(
    packages: list[dict[str, object]], status: int, said: str
) -> None:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts/audit.py")
    assert spec
    assert spec.loader
    audit = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(audit)
    lines, got = audit.verdict({"dependencies": packages})
    assert got == status
    assert any(said in line for line in lines)
