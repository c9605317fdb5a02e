"""Weights of eight bits in files small enough to carry, and back again; NumPy alone.

Each row of a matrix is scaled so that its largest weight is 127, as CTranslate2 does it: what it
later makes of the unpacked weights are the same eight bits.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.float32]]

PART = 15 << 20
"""Bytes of a part."""
SUMS = "SHA256SUMS"
_SCALE = "/scale"


def to_bytes(arrays: Mapping[str, NDArray[np.float32]]) -> bytes:
    """*arrays* as a file of NumPy's, matrices with eight bits a weight.

    >>> arrays = {"a": np.array([[0.5, -1.0]], dtype=np.float32)}
    >>> from_bytes(to_bytes(arrays))["a"].round(2).tolist()
    [[0.5, -1.0]]
    """
    stored: dict[str, Any] = {}
    for name, array in arrays.items():
        if array.ndim != 2:
            stored[name] = array
            continue
        scale = np.maximum(np.abs(array).max(axis=1, keepdims=True), 1e-12) / 127
        stored[name] = np.rint(array / scale).astype(np.int8)
        stored[name + _SCALE] = scale.astype(np.float32)
    file = io.BytesIO()
    np.savez(file, **stored)
    return file.getvalue()


def from_bytes(data: bytes) -> Arrays:
    """The arrays that `to_bytes` stored."""
    with np.load(io.BytesIO(data)) as stored:
        scales = {name: stored[name] for name in stored.files if name.endswith(_SCALE)}
        return {
            name: (stored[name] * scales.get(name + _SCALE, np.float32(1))).astype(np.float32)
            for name in stored.files
            if name not in scales
        }


def split(data: bytes, folder: Path) -> None:
    """Write *data* to *folder* in parts, with the sums of the parts and of the whole."""
    lines = [f"{_sum(data)}  weights.npz\n"]
    for number, at in enumerate(range(0, len(data), PART)):
        part = folder / f"weights.{number}"
        part.write_bytes(data[at : at + PART])
        lines.append(f"{_sum(part.read_bytes())}  {part.name}\n")
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def joined(folder: Path) -> bytes:
    """The parts in *folder* as one; raises `ValueError` that names what is missing or damaged."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    (whole, _), *parts = (line.split("  ", 1) for line in lines)
    data = b""
    for digest, name in parts:
        part = (folder / name).read_bytes() if (folder / name).is_file() else b""
        if _sum(part) != digest:
            raise ValueError(f"{folder / name} is missing or damaged: fetch it again.")
        data += part
    if _sum(data) != whole:
        raise ValueError(f"{folder / SUMS} does not belong to these parts.")
    return data


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
