"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from chaingraph.errors import Text, UsageError


def write_atomic(path: Path, content: bytes) -> None:
    """Writes ``content`` beside ``path`` and swaps it in; a failure leaves what was there before.

    Raises
    ------
    UsageError
        If the folder is not there or cannot be written.
    """
    scratch: str | None = None
    path = path.resolve()
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, scratch = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(scratch, mode)
        os.replace(scratch, path)
    except OSError as error:
        if scratch is not None:
            Path(scratch).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise UsageError(Text(f"无法写入 {path}：{reason}", f"cannot write {path}: {reason}")) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
