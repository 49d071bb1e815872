"""The key that signs sessions: a file beside the workspace's SQLite file, which its owner alone may read.

It is not kept in the SQLite file: that may be shared by a group that runs commands over it, and is what backups
hold. Who has the key can be whom he likes; without it everybody signs in anew.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from chaingraph.errors import Text, WorkspaceError

if TYPE_CHECKING:
    from pathlib import Path

FILE = "session.key"
_BYTES = 32
_OTHERS = 0o077


def session_key(workspace: Path) -> bytes:
    """The key of a workspace. Where there is none, or one that others may have read, it is made anew.

    Raises
    ------
    WorkspaceError
        If it cannot be read or made.
    """
    path = workspace / FILE
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        return _kept(path) or _made(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorkspaceError(
            Text(
                f"会话密钥 {path} 不能使用（{reason}）：请取得读写权限，或换一个 --workspace",
                f"cannot use the session key {path} ({reason}): get the right to read and write it, "
                "or use another --workspace",
            )
        ) from error


def _kept(path: Path) -> bytes | None:
    # Windows keeps who may read a file elsewhere.
    if not path.exists() or (os.name == "posix" and path.stat().st_mode & _OTHERS):
        return None
    key = path.read_bytes()
    return key if len(key) == _BYTES else None


def _made(path: Path) -> bytes:
    key = secrets.token_bytes(_BYTES)
    beside = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    os.replace(beside, path)
    return key
