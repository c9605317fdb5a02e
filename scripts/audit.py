"""Known weaknesses of the locked packages, and plainly which packages could not be asked about.

    python scripts/audit.py

Ends with 0 where all were asked about and none has a known weakness, 1 where one has, 2 where some
could not be asked about.  Wants pip-audit and the network.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parent.parent / "requirements.lock"
SERVICES = ("pypi", "osv")
"""Who keeps lists of weaknesses; the second is asked where the first does not answer for all."""

Report = Mapping[str, Any]


def main() -> int:
    best: Report = {"dependencies": []}
    for service in SERVICES:
        report, problem = asked(service)
        if problem:
            sys.stderr.write(f"{service}: {problem}\n")
        if len(answered(report)) > len(answered(best)) or not best["dependencies"]:
            best = report
        if report["dependencies"] and len(answered(report)) == len(report["dependencies"]):
            break
    lines, status = verdict(best)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


def asked(service: str) -> tuple[Report, str]:
    """What pip-audit found with *service*; where it found nothing out, its last word on why."""
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", service]
    command += ["--disable-pip", "--require-hashes", "--requirement", str(LOCK)]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        return json.loads(done.stdout), ""
    except ValueError:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        return {"dependencies": []}, said[-1]


def answered(report: Report) -> list[Mapping[str, Any]]:
    """The packages that the service knew."""
    return [each for each in report["dependencies"] if "skip_reason" not in each]


def verdict(report: Report) -> tuple[list[str], int]:
    """What to say of a report, and the exit status.

    >>> verdict({"dependencies": [{"name": "a", "version": "1", "vulns": []}]})
    (['1 packages asked about: no known weakness.'], 0)
    >>> verdict({"dependencies": [{"name": "a", "skip_reason": "not found"}]})[1]
    2
    """
    packages = report["dependencies"]
    known = answered(report)
    weak = [
        f"{each['name']} {each['version']}: {found['id']}"
        f" (mended in {', '.join(found.get('fix_versions', ())) or 'no version yet'})"
        for each in known
        for found in each.get("vulns", ())
    ]
    lines = [*weak]
    if known:
        lines.append(f"{len(known)} packages asked about: {len(weak) or 'no'} known weakness.")
    unasked = [each for each in packages if "skip_reason" in each]
    if unasked or not packages:
        names = ", ".join(each["name"] for each in unasked[:5]) + (", …" if unasked[5:] else "")
        reason = unasked[0]["skip_reason"] if unasked else "no service answered"
        count = f"{len(unasked)} of {len(packages)}" if packages else "All"
        lines.append(
            f"{count} packages could NOT be asked about from here ({names or 'all'}; {reason}). "
            "Nothing is known of them: run this where https://pypi.org/pypi/NAME/VERSION/json "
            "or https://api.osv.dev can be reached."
        )
    if weak:
        return lines, 1
    return lines, 2 if unasked or not packages else 0


if __name__ == "__main__":
    sys.exit(main())
