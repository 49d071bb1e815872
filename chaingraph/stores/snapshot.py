"""Reads a snapshot: plain .npy columns, memory-mapped, and small JSON tables in a folder.

A snapshot is named by the hash of what it was compiled from, so a stale one is simply another name.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.errors import Text, WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Column = NDArray[Any]

META = "meta.json"
"""The size of every other file; written last."""

_PACKAGE = Path(__file__).parents[1]


def compiler() -> bytes:
    """The source of what makes a snapshot: it belongs to the hash that names one, so that new code compiles anew."""
    files = sorted(file for room in ("model", "packs", "stores") for file in (_PACKAGE / room).glob("*.py"))
    return b"".join(file.read_bytes() for file in files)


def is_whole(folder: Path) -> bool:
    """Whether the snapshot is there and no file of it is cut short."""
    try:
        sizes = json.loads((folder / META).read_bytes())
        return bool(sizes) and all(os.stat(folder / name).st_size == size for name, size in sizes.items())
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
            try:
                mapped = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            except (OSError, ValueError, EOFError, SyntaxError) as error:
                raise self._damaged(name) from error
            self._columns[name] = mapped.view(np.ndarray)
        return self._columns[name]

    def strings(self, name: str) -> Strings:
        """A text column."""
        return Strings(self.column(f"{name}_heap"), self.column(f"{name}_offset"))

    def table(self, name: str) -> Any:
        """A JSON table."""
        try:
            return json.loads((self.folder / f"{name}.json").read_bytes())
        except (OSError, ValueError) as error:
            raise self._damaged(name) from error

    def _damaged(self, name: str) -> WorkspaceError:
        """The error for a file that cannot be read; the snapshot is put out of use, the next run makes a new one."""
        with suppress(OSError):
            (self.folder / META).unlink(missing_ok=True)
        return WorkspaceError(
            Text(
                f"快照损坏（{self.folder / name}），已作废：再运行一次即可重新编译",
                f"the snapshot is damaged ({self.folder / name}) and now out of use: run again to compile a new one",
            )
        )
