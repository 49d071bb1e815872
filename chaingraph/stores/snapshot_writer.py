"""Writes a snapshot into a scratch folder and swaps it in whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.errors import Text, WorkspaceError
from chaingraph.stores.snapshot import META, is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

    from numpy.typing import DTypeLike

    from chaingraph.stores.snapshot import Column

_SCRATCH = ".building-"
_ABANDONED_SECONDS = 24 * 3600
_PART = 50_000
"""So many texts are encoded at once: a million of them would stand in memory twice."""
_KEPT = 4
"""How many snapshots a workspace keeps: switching between packs should not compile each time."""


class GrowingColumn:
    """A column that is written part by part, so that it need not fit in memory. Use it as a context."""

    def __init__(self, path: Path, kind: DTypeLike) -> None:
        self._kind = np.dtype(kind)
        self._length = 0
        self._file = path.open("wb")
        self._head()

    def add(self, values: Column) -> None:
        """Writes some values behind those that are there."""
        values = np.ascontiguousarray(values, dtype=self._kind)
        self._file.write(values.data)
        self._length += len(values)

    def _head(self) -> None:
        """Writes the head of the file. numpy leaves room in it for a length that grows, so it keeps its size."""
        head = {"descr": self._kind.str, "fortran_order": False, "shape": (self._length,)}
        np.lib.format.write_array_header_1_0(self._file, head)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            self._file.seek(0)
            self._head()


class Writer:
    """Writes a snapshot into a scratch folder; ``publish`` swaps it in."""

    def __init__(self, snapshots: Path) -> None:
        try:
            snapshots.mkdir(parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=snapshots))
        except OSError as error:
            raise unusable(snapshots, error) from error
        self.snapshots = snapshots

    def column(self, name: str, values: Column) -> None:
        """Writes a column as .npy."""
        np.save(self.folder / f"{name}.npy", values, allow_pickle=False)

    def strings(self, name: str, values: Sequence[str] | Sequence[bytes]) -> None:
        """Writes a text column: one UTF-8 heap and the offsets into it. Bytes are taken as they are."""
        offsets = np.zeros(len(values) + 1, dtype=np.int64)
        with self.growing(f"{name}_heap", np.uint8) as heap:
            for start in range(0, len(values), _PART):
                part = values[start : start + _PART]
                encoded = [value.encode() if isinstance(value, str) else value for value in part]
                offsets[start + 1 : start + 1 + len(encoded)] = [len(value) for value in encoded]
                heap.add(np.frombuffer(b"".join(encoded), dtype=np.uint8))
        self.column(f"{name}_offset", np.cumsum(offsets))

    def growing(self, name: str, kind: DTypeLike) -> GrowingColumn:
        """A column to be written part by part."""
        return GrowingColumn(self.folder / f"{name}.npy", kind)

    def blank(self, name: str, kind: DTypeLike, length: int) -> Column:
        """A column of a known length to be filled in place, on disk."""
        return np.lib.format.open_memmap(self.folder / f"{name}.npy", mode="w+", dtype=np.dtype(kind), shape=(length,))

    def written(self, name: str) -> Column:
        """A column that has been written, memory-mapped."""
        mapped: Column = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return mapped.view(np.ndarray)

    def table(self, name: str, value: Any) -> None:
        """Writes a small table as JSON."""
        path = self.folder / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

    def publish(self, name: str) -> Path:
        """Records the size of every file and puts the folder in place under ``name``."""
        sizes = {
            file.relative_to(self.folder).as_posix(): file.stat().st_size
            for file in self.folder.rglob("*")
            if file.is_file()
        }
        self.table(META.removesuffix(".json"), sizes)
        final = self.snapshots / name
        try:
            if final.exists() and not is_whole(final):
                shutil.rmtree(final)
            os.replace(self.folder, final)
        except OSError:
            # Another process has put the same snapshot there in the meantime: its content is the same.
            self.discard()
            if not is_whole(final):
                raise
        _prune(self.snapshots, keep=final)
        return final

    def discard(self) -> None:
        """Removes the scratch folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _prune(snapshots: Path, keep: Path) -> None:
    """Clears old snapshots and abandoned scratch folders away. Other processes may move them at the same moment."""
    ages = {path: age for path in snapshots.iterdir() if path != keep and (age := _modified(path)) is not None}
    old = sorted((path for path in ages if not path.name.startswith(".")), key=lambda path: ages[path], reverse=True)
    yesterday = time.time() - _ABANDONED_SECONDS
    abandoned = [path for path, age in ages.items() if path.name.startswith(_SCRATCH) and age < yesterday]
    for path in (*old[_KEPT - 1 :], *abandoned):
        shutil.rmtree(path, ignore_errors=True)


def _modified(path: Path) -> float | None:
    """When the path was last changed; None where it has gone in the meantime."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


def unusable(path: Path, error: OSError) -> WorkspaceError:
    """The error for a workspace that is full, blocked or not ours to write."""
    reason = error.strerror or str(error)
    return WorkspaceError(
        Text(
            f"工作区目录不可用：{path}（{reason}）。用 --workspace 指定可写的目录",
            f"the workspace folder {path} cannot be used ({reason}); name a writable one with --workspace",
        )
    )
