"""Language packs of Argos Translate: found, checked, installed, removed.

A pack is a zip archive (``.argosmodel``) of one folder with ``metadata.json``, a CTranslate2 model
in ``model/`` and ``sentencepiece.model`` or ``bpe.model``.  Argos Translate keeps unpacked packs
in one folder (``ARGOS_PACKAGES_DIR``, or its default); we use that folder, so packs that other
programs installed serve here too.

Packs that come with harmonize lie unpacked in its folder ``packs`` and are used where they lie:
nothing is installed.  Of two that are made of one model the second one has no ``model.bin``; its
``metadata.json`` says under ``"model_of"`` which pack beside it has.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from harmonize.engines.archives import DAMAGE, checked_archive
from harmonize.errors import PackError
from harmonize.records import Record
from harmonize.shipped import shipped

if TYPE_CHECKING:
    from argostranslate.package import Package

MODEL_OF = "model_of"
"""In ``metadata.json``: the pack beside this one that has the model's numbers."""

CHECKSUMS = "harmonize.sha256"
"""Written beside a pack's files at installation: a line ``digest  path`` for each."""

NETWORK_SECONDS = 8.0


Origin = Literal["installed", "shipped"]
"""Where a pack comes from: somebody installed it, or it came with harmonize."""


class Pack(Record):
    """An unpacked pack; ``problem`` says why it cannot be used, where it cannot.

    ``model_of`` names the pack beside it that has its model's numbers; empty where it has them.
    """

    name: str
    folder: str
    source: str = ""
    target: str = ""
    version: str = ""
    problem: str = ""
    origin: Origin = "installed"
    model_of: str = ""

    @property
    def shown(self) -> str:
        """Its name, and where it comes from unless somebody installed it."""
        return f"{self.name} (came with harmonize)" if self.origin == "shipped" else self.name

    @property
    def numbers(self) -> Path:
        """The file with the numbers of its model."""
        folder = Path(self.folder)
        return (folder.parent / self.model_of if self.model_of else folder) / "model/model.bin"


def installed_packs() -> list[Pack]:
    """Every pack in Argos Translate's folders, usable or not, by name."""
    parents = [Path(parent) for parent in _settings().package_dirs]
    return [_describe(folder) for folder in sorted(_folders(*parents))]


def shipped_packs() -> list[Pack]:
    """Every unpacked pack that came with harmonize, usable or not, by name."""
    found = [_describe(folder) for folder in sorted(_folders(_shipped_folder()))]
    return [pack.model_copy(update={"origin": "shipped"}) for pack in found]


def all_packs() -> list[Pack]:
    """Every pack, usable or not: those that came with harmonize, then the installed ones."""
    return [*shipped_packs(), *installed_packs()]


def usable_packs() -> dict[tuple[str, str], Pack]:
    """The best pack for each direction between English and Spanish.

    An installed one before one that came with harmonize; of these the newest version.
    """
    from packaging.version import InvalidVersion, Version

    def rank(pack: Pack) -> tuple[bool, Version]:
        version = Version("0")
        with contextlib.suppress(InvalidVersion):
            version = Version(pack.version)
        return pack.origin == "installed", version

    wanted = [
        pack
        for pack in all_packs()
        if not pack.problem and {pack.source, pack.target} == {"en", "es"}
    ]
    return {(pack.source, pack.target): pack for pack in sorted(wanted, key=rank)}


def load_package(pack: Pack) -> Package:
    """Argos Translate's own object for *pack*, with its tokenizer."""
    from argostranslate.package import Package

    return Package(Path(pack.folder))


def model_files(pack: Pack) -> dict[str, bytes] | None:
    """The files of the pack's model, for CTranslate2; None where they lie together.

    Raises `OSError` where one cannot be read.
    """
    if not pack.model_of:
        return None
    own = [file for file in (Path(pack.folder) / "model").iterdir() if file.is_file()]
    return {file.name: file.read_bytes() for file in (*own, pack.numbers)}


def model_digest(pack: Pack) -> str:
    """First 12 hexadecimal digits of the SHA-256 of the pack's model."""
    return _sha256(pack.numbers)[:12]


def install(what: str) -> list[Pack]:
    """Install a ``.argosmodel`` file, a folder with such files or an unpacked pack, or a pair.

    A pair such as ``en-es`` comes from the Argos index: the only case that needs the network.
    Raises `PackError` with the reason and leaves nothing behind where it cannot be installed.
    """
    path = Path(what)
    if path.is_dir():
        if (path / "metadata.json").exists():
            return [_install_folder(path)]
        files = sorted(path.glob("*.argosmodel"))
        if not files:
            raise PackError(f"{what}: no .argosmodel file in this folder.", "Name one that has.")
        return [_install_file(file) for file in files]
    if path.is_file():
        return [_install_file(path)]
    if pair := re.fullmatch(r"([a-z]{2})[-_]([a-z]{2})", what):
        return [_install_from_index(pair[1], pair[2])]
    raise PackError(
        f"{what}: no such file or folder, and not a pair of languages.",
        "Try: harmonize packs install en-es",
    )


def accept(folder: Path) -> None:
    """Write the checksums of the unpacked pack in *folder* into it; `PackError` if it babbles."""
    pack = _describe(folder)
    problem = pack.problem or _try_model(pack)
    if problem:
        raise PackError(f"{folder.name} cannot be used: {problem}.", "Get the file again.")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_sha256(file)}  {file.relative_to(folder).as_posix()}\n" for file in files]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def shipped_archives() -> list[Path]:
    """The ``.argosmodel`` files that came with harmonize and are yet to be installed."""
    return sorted(_shipped_folder().glob("*.argosmodel"))


def remove(name: str) -> Pack:
    """Remove an installed pack by its name, as `installed_packs` gives it."""
    for pack in installed_packs():
        if pack.name == name:
            shutil.rmtree(pack.folder)
            return pack
    if name in {pack.name for pack in shipped_packs()}:
        raise PackError(
            f"{name} came with harmonize and goes only with it.",
            "To translate without it, choose another engine: --engine apertium",
        )
    raise PackError(f"No pack is called {name}.", "See: harmonize packs list")


def verify(pack: Pack) -> str:
    """What is wrong with an installed pack's files or model; empty where nothing is."""
    if pack.problem:
        return pack.problem
    sums = Path(pack.folder) / CHECKSUMS
    if sums.exists():
        for line in sums.read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition("  ")
            file = Path(pack.folder) / name
            if not file.is_file() or _sha256(file) != digest:
                return f"{name} is not as it was installed; install the pack again"
    return _try_model(pack)


def _shipped_folder() -> Path:
    """``packs`` of the package or beside it; the variable ``HARMONIZE_PACKS`` names another."""
    return Path(os.environ.get("HARMONIZE_PACKS") or shipped("packs"))


def _folders(*parents: Path) -> Iterator[Path]:
    for parent in parents:
        if parent.is_dir():
            yield from (
                each for each in parent.iterdir() if each.is_dir() and each.name[:1] not in "._"
            )


def _describe(folder: Path) -> Pack:
    try:
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        pack = Pack(
            name=folder.name,
            folder=str(folder),
            source=str(metadata.get("from_code") or ""),
            target=str(metadata.get("to_code") or ""),
            version=str(metadata.get("package_version") or ""),
            # A name, never a path: nothing outside of the packs' folder is read.
            model_of=PurePosixPath(str(metadata.get(MODEL_OF) or "")).name.strip("."),
        )
    except (OSError, ValueError, AttributeError):
        return Pack(name=folder.name, folder=str(folder), problem="metadata.json is not readable")
    return pack.model_copy(update={"problem": _lacks(pack)})


def _lacks(pack: Pack) -> str:
    folder = Path(pack.folder)
    if not pack.numbers.is_file():
        if pack.model_of:
            return f"it has no model of its own, and {pack.model_of} is not beside it"
        return "it has no CTranslate2 model (model/model.bin)"
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        return "it has no tokenizer (sentencepiece.model or bpe.model)"
    return ""


def _try_model(pack: Pack) -> str:
    """What is wrong with what the model says; empty where nothing is."""
    from harmonize.engines.argos.engine import ArgosEngine  # it stands on this module
    from harmonize.engines.base import Request
    from harmonize.engines.canary import faults

    pair = pack.source, pack.target
    engine = ArgosEngine({pair: pack})

    def translate(texts: list[str]) -> list[str]:
        return [each.text for each in engine.translate([Request(text) for text in texts], *pair)]

    try:
        answer = translate(["Hola." if pack.source == "es" else "Hello."])
        babble = faults(translate, pair)
    except Exception as error:  # noqa: BLE001 - whatever a damaged file makes a library raise
        return f"its model does not load: {error}"
    if babble:
        return f"it babbles. {babble[0]}"
    return "" if answer[0] else "its model gives no answer"


def _install_file(file: Path) -> Pack:
    folder = checked_archive(file)
    parent = Path(_settings().package_data_dir)
    if (parent / folder).exists():
        raise PackError(
            f"A pack called {folder} is already installed.",
            f"Remove it first: harmonize packs remove {folder}",
        )
    # Unpacked beside the others and tried there: no program meets a pack that is not whole.
    with _place_in(parent) as apart:
        try:
            with zipfile.ZipFile(file) as archive:
                archive.extractall(apart)
        except (*DAMAGE, OSError) as error:
            raise PackError(
                f"{file} cannot be unpacked: {error}.", "Get the file again."
            ) from error
        accept(Path(apart) / folder)
        (Path(apart) / folder).rename(parent / folder)
    return _describe(parent / folder)


def _place_in(parent: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for a while beside the installed packs."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=".installing-", dir=parent)
    except OSError as error:
        raise PackError(
            f"{parent} cannot be written: {error.strerror}.",
            "Set ARGOS_PACKAGES_DIR to a folder that you may write.",
        ) from error


def _install_folder(folder: Path) -> Pack:
    """An unpacked pack goes the same way as a packed one."""
    with tempfile.TemporaryDirectory() as temporary:
        archive = Path(temporary) / f"{folder.resolve().name}.argosmodel"
        with zipfile.ZipFile(archive, "w") as pack:
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                pack.write(file, Path(folder.resolve().name) / file.relative_to(folder))
        return _install_file(archive)


def _install_from_index(source: str, target: str) -> Pack:
    from urllib.error import URLError

    try:
        entry = _index_entry(source, target)
        with tempfile.TemporaryDirectory() as temporary:
            file = Path(temporary) / f"translate-{source}_{target}.argosmodel"
            for link in entry.links:
                if str(link).startswith(("https://", "http://")):
                    _download(str(link), file)
                    return _install_file(file)
    except (URLError, OSError, ValueError) as error:
        raise PackError(
            f"The Argos index cannot be reached ({error}).",
            "Without a network, copy a .argosmodel file here: harmonize packs install FILE",
        ) from error
    raise PackError(f"The Argos index has no download for {source}-{target}.")


def _index_entry(source: str, target: str) -> Any:
    from argostranslate import package

    _download(_settings().remote_package_index, Path(_settings().local_package_index))
    for entry in package.get_available_packages():
        if (entry.from_code, entry.to_code) == (source, target):
            return entry
    raise PackError(f"The Argos index has no pack {source}-{target}.", "See: harmonize packs list")


def _download(url: str, file: Path) -> None:
    """Fetch *url* into *file*, whole or not at all; a silent server costs `NETWORK_SECONDS`."""
    from urllib.request import urlopen

    part = file.with_name(file.name + ".part")
    try:
        with urlopen(url, timeout=NETWORK_SECONDS) as answer, part.open("wb") as out:  # noqa: S310
            shutil.copyfileobj(answer, out)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _settings() -> Any:
    """Argos Translate's settings; reading them makes its folders, so this is done on use."""
    try:
        from argostranslate import settings
    except OSError as error:
        raise PackError(
            f"Argos Translate's folders cannot be made ({error}).",
            "Set ARGOS_PACKAGES_DIR and XDG_DATA_HOME to folders that you may write.",
        ) from error
    logging.getLogger("argostranslate").setLevel(logging.ERROR)
    return settings


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
