"""Reads a snapshot: plain .npy columns, memory-mapped, and small JSON tables in a folder.

A snapshot is named by the hash of what it was compiled from, so a stale one is simply another name.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Column = NDArray[Any]

META = "meta.json"
"""The size of every other file; written last."""

_COMPILER = ("compile.py", "facts.py", "keys.py", "snapshot_writer.py")


def compiler() -> bytes:
    """The source of what writes snapshots: it belongs to the hash that names one, so that new code compiles anew."""
    return b"".join((Path(__file__).parent / name).read_bytes() for name in _COMPILER)


def is_whole(folder: Path) -> bool:
    """Whether the snapshot is there and no file of it is cut short."""
    try:
        sizes = json.loads((folder / META).read_bytes())
        return all(os.stat(folder / name).st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


class Strings:
    """A text column, decoded row by row."""

    def __init__(self, heap: Column, offsets: Column) -> None:
        self._heap = heap
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> str:
        return bytes(self._heap[self._offsets[row] : self._offsets[row + 1]]).decode()

    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))


class Snapshot:
    """An open snapshot; a file is mapped when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._columns: dict[str, Column] = {}

    def column(self, name: str) -> Column:
        """A memory-mapped column."""
        if name not in self._columns:
            mapped = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            self._columns[name] = mapped.view(np.ndarray)
        return self._columns[name]

    def strings(self, name: str) -> Strings:
        """A text column."""
        return Strings(self.column(f"{name}_heap"), self.column(f"{name}_offset"))

    def table(self, name: str) -> Any:
        """A JSON table."""
        return json.loads((self.folder / f"{name}.json").read_bytes())
