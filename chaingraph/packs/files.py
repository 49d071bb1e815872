"""Which files make up a pack, and the hash of their bytes. Imports no YAML: a warm start needs only this."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from chaingraph.errors import PackError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_ENDINGS = (".yaml", ".yml", ".csv")


def pack_files(path: Path) -> list[Path]:
    """Every data file of a pack folder, sorted by its relative path; hidden files are passed over."""
    found = []
    for folder, below, names in os.walk(path, followlinks=True):
        below[:] = [name for name in below if not name.startswith(".")]
        found += [f"{folder}{os.sep}{name}" for name in names if name.endswith(_ENDINGS) and not name.startswith(".")]
    return sorted(path / os.path.relpath(name, path) for name in found if os.path.isfile(name))


def hash_inputs(paths: Sequence[Path], salt: bytes) -> str:
    """A hash over ``salt`` and the names and bytes of all files of the packs: the name of their snapshot.

    Raises
    ------
    PackError
        If a folder is not there or is no pack.
    """
    digest = hashlib.blake2b(digest_size=16)
    digest.update(salt)
    for path in paths:
        require_pack(path)
        for file in pack_files(path):
            try:
                content = file.read_bytes()
            except OSError as error:
                reason = error.strerror or str(error)
                raise PackError(Text(f"无法读取 {file}：{reason}", f"cannot read {file}: {reason}")) from error
            digest.update(os.fsencode(file.relative_to(path).as_posix()) + f"\0{len(content)}\0".encode())
            digest.update(content)
        digest.update(b"\1")
    return digest.hexdigest()


def require_pack(path: Path) -> None:
    """Refuses a path that is no pack folder.

    Raises
    ------
    PackError
        If the folder is not there, or holds no pack.yaml.
    """
    if not path.is_dir():
        raise PackError(
            Text(f"找不到数据包目录：{path}", f"there is no pack folder {path}; check the path after --pack")
            if not path.exists()
            else Text(f"{path} 不是目录；数据包是一个目录", f"{path} is no folder; a pack is a folder")
        )
    if not (path / "pack.yaml").is_file():
        raise PackError(Text(f"{path} 里没有 pack.yaml，不是数据包", f"{path} holds no pack.yaml, so it is no pack"))
