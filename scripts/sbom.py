#!/usr/bin/env python3
"""Print the bill of materials of harmonize as CycloneDX 1.5 JSON: scripts/sbom.py > sbom.json

The packages are those installed beside harmonize; hashes come from requirements.lock where it has
the same version.  The language packs of the tests stand in it with the SHA-256 of their files.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from licences import licence, needed
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
_PINNED = re.compile(r"^([\w.-]+)==(\S+)((?:\s*\\?\n\s+--hash=sha256:\w+)*)", re.MULTILINE)


def hashes() -> dict[tuple[str, str], list[str]]:
    """SHA-256 of the files of each name and version in requirements.lock."""
    lock = ROOT / "requirements.lock"
    text = lock.read_text(encoding="utf-8") if lock.exists() else ""
    return {
        (canonicalize_name(name), pinned): re.findall(r"sha256:(\w+)", rest)
        for name, pinned, rest in _PINNED.findall(text)
    }


def components() -> list[dict[str, Any]]:
    """One component for each package."""
    known = hashes()
    rows = []
    for each in needed():
        purl = f"pkg:pypi/{canonicalize_name(each.name)}@{each.version}"
        found = known.get((canonicalize_name(each.name), each.version), [])
        files = [
            {"type": "distribution", "url": f"https://pypi.org/project/{each.name}/{each.version}/",
             "hashes": [{"alg": "SHA-256", "content": digest} for digest in found]}
        ]  # fmt: skip
        rows.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": each.name,
                "version": each.version,
                "purl": purl,
                "licenses": [{"license": {"name": licence(each)}}],
                "externalReferences": files if found else [],
            }
        )
    return rows


def packs() -> list[dict[str, Any]]:
    """The language packs in this checkout."""
    return [
        {
            "type": "machine-learning-model",
            "bom-ref": file.name,
            "name": file.stem,
            "hashes": [
                {"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}
            ],
        }
        for file in sorted((ROOT / "tests/pack").glob("*.argosmodel"))
    ]


def bill() -> dict[str, Any]:
    """The whole document."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "harmonize",
                "name": "harmonize",
                "version": version("harmonize"),
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [*components(), *packs()],
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    sys.stdout.write("\n")
