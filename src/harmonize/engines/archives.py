"""Archives of language packs, looked at before anything is unpacked."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from harmonize.errors import PackError

MAX_UNPACKED = 4_000_000_000
"""Largest pack, in bytes unpacked; real ones have some 100 MB."""

MAX_MEMBERS = 5000
"""Most files in a pack; real ones have some ten."""

MAX_RATIO, SMALL = 20, 10_000_000
"""A pack grows at most so many times when unpacked, unless it stays small (bytes): the numbers of
a model hardly shrink, the zeros of a bomb do."""

DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)
"""What reading a damaged archive raises; NotImplementedError is a RuntimeError."""


def checked_archive(file: Path) -> str:
    """The one folder that the archive holds; raises before anything is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (*DAMAGE, OSError) as error:
        raise PackError(f"{file}: not an Argos pack ({error}).", "Get the file again.") from error
    problem = _archive_problem(members) or _too_large(members, file.stat().st_size)
    if problem:
        raise PackError(f"{file}: not an Argos pack: {problem}.", "Nothing was installed.")
    return PurePosixPath(members[0].filename).parts[0]


def _archive_problem(members: list[zipfile.ZipInfo]) -> str:
    paths = [PurePosixPath(member.filename) for member in members]
    unsafe = any(path.is_absolute() or ".." in path.parts or "\\" in str(path) for path in paths)
    if unsafe or any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        return "it would write outside of its folder"
    if len({path.parts[0] for path in paths if path.parts}) != 1:
        return "it does not hold exactly one folder"
    if not any(path.name == "metadata.json" and len(path.parts) == 2 for path in paths):
        return "it has no metadata.json"
    return ""


def _too_large(members: list[zipfile.ZipInfo], packed: int) -> str:
    """Why an archive of *packed* bytes is not unpacked: its size, or what only bombs do."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS:
        return "it is too large when unpacked"
    if unpacked > max(MAX_RATIO * packed, SMALL):
        return f"it swells to {unpacked / packed:.0f} times its size when unpacked"
    return ""
