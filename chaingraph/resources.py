"""Finds the root folders cypher/, seeds/ and viz/, in a wheel (chaingraph/_data) or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from chaingraph.errors import Text, WorkspaceError

Folder = Literal["cypher", "seeds", "viz"]

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Folder) -> Path:
    """The path of a shipped folder.

    Raises
    ------
    WorkspaceError
        If the installation holds no such folder.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise WorkspaceError(
        Text(
            f"安装不完整：缺少目录 {name}，请重新安装",
            f"incomplete installation: folder {name} is missing; reinstall",
        )
    )
