"""Getting an engine: what `harmonize setup` does, until one serves both directions."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence

from harmonize.engines import make_engine, packs
from harmonize.engines.apertium.engine import INSTALL
from harmonize.engines.base import BOTH
from harmonize.errors import HarmonizeError, NoEngine, PackError

APT_SECONDS = 600.0
"""Most time for each of the package manager's commands: a slow line and 20 MB."""

QUALITY = {
    "argos": (
        "Its translations are neural: usually fluent and right, wrong now and then with full "
        "confidence. Read them before you publish."
    ),
    "apertium": (
        "It translates by rules: everything arrives and can be understood, but it reads roughly "
        "and needs an editor. A language pack reads much better; when you have a network, try: "
        "harmonize packs install en-es && harmonize packs install es-en"
    ),
}

Say = Callable[[str], None]
Step = Callable[[Say], None]


def provide_engine(say: Say) -> str:
    """Get the best engine that this machine can reach; one paragraph on what it is.

    *say* is told what is being tried.  Raises `NoEngine` with the commands that would mend it.
    """
    steps: Sequence[tuple[str, str, Step]] = (
        ("argos", "an installed language pack", _installed),
        ("argos", "the language pack that came with harmonize", _shipped),
        ("argos", "the Argos index", _from_index),
        ("apertium", "Apertium", _install_apertium),
    )
    tried: list[str] = []
    for engine, what, step in steps:
        say(f"Trying {what} …")
        try:
            step(say)
        except HarmonizeError as error:
            tried.append(f"{what}: {error.cause.rstrip('.')}")
            continue
        found = make_engine(engine).availability()
        if found.pairs >= BOTH:
            because = f" ({'; '.join(tried)}.)" if tried else ""
            return f"Ready: {what} ({found.detail}). {QUALITY[engine]}{because}"
        tried.append(f"{what}: {found.detail}")
    raise NoEngine(
        "No engine could be set up. " + "; ".join(tried) + ".",
        f"Either install Apertium yourself: sudo {INSTALL}\n"
        "or copy .argosmodel files here and run: harmonize packs install FILE",
    )


def _installed(say: Say) -> None:
    """Nothing to do where packs that somebody installed serve both directions."""
    if BOTH - {pair for pair, pack in packs.usable_packs().items() if pack.origin == "installed"}:
        raise PackError("none serves both directions")


def _shipped(say: Say) -> None:
    """Packs that came unpacked are used where they lie; archives are installed."""
    archives = packs.shipped_archives()
    if not archives and not packs.shipped_packs():
        raise PackError("none came with this version")
    if BOTH - packs.usable_packs().keys():
        known = {pack.name for pack in packs.installed_packs()}
        for file in archives:
            if file.stem not in known:
                packs.install(str(file))


def _from_index(say: Say) -> None:
    served = packs.usable_packs()
    for source, target in sorted(BOTH - served.keys()):
        packs.install(f"{source}-{target}")


def _install_apertium(say: Say) -> None:
    if make_engine("apertium").availability().pairs >= BOTH:
        return
    if shutil.which("apt-get") is None:
        raise NoEngine("this is no Debian or Ubuntu system, and apt-get is not here")
    as_root: list[str] = []
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            raise NoEngine("installing it needs root, and sudo is not here")
        as_root = ["sudo"]
    for command in ("apt-get update", INSTALL):
        say(f"  {' '.join([*as_root, command])}")
        _run([*as_root, *command.split()])


def _run(command: Sequence[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands of this module
            command,
            env=environment,
            timeout=APT_SECONDS,
            capture_output=True,
            text=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoEngine(f"{command[-1]} could not be installed: {error}") from error
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise NoEngine(f"{' '.join(command[:2])} failed: {' '.join(last)}")
