"""The files of the weekly lists that lie in the exports folder of the workspace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.errors import NotFound, Text, WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chaingraph.config import Settings

EXPORTS = "exports"
"""The folder, with one of each week in it."""
SUFFIXES = (".xlsx", ".csv", ".json")
_REVISED = re.compile(r"(.*?)(?:-r(\d+))?", re.DOTALL)


class ExportedList(NamedTuple):
    """A list as it lies in the folder of its ``week``: its name, and the files of that name, as a suffix each."""

    week: str
    name: str
    suffixes: tuple[str, ...]


def exported_lists(settings: Settings) -> tuple[ExportedList, ...]:
    """What lies in the exports folder, the latest week in front, and of one list the latest revision."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in _files(settings):
        found.setdefault((path.parent.name, path.stem), []).append(path.suffix)
    return tuple(
        ExportedList(week, name, tuple(suffix for suffix in SUFFIXES if suffix in has))
        for (week, name), has in sorted(found.items(), key=lambda item: _order(*item[0]), reverse=True)
    )


def _order(week: str, name: str) -> tuple[str, str, int]:
    """By week, by list, by revision: the first one has no number in its name."""
    revised = _REVISED.fullmatch(name)
    assert revised is not None
    return week, revised[1], int(revised[2] or 1)


def exported_file(settings: Settings, name: str) -> bytes:
    """The content of a file in the exports folder, by its plain name.

    Raises
    ------
    NotFound
        If no list bears the name.
    WorkspaceError
        If it cannot be read.
    """
    # Compared with what lies there, never joined to a path: no name leads out of the folder.
    for path in _files(settings):
        if path.name == name:
            try:
                return path.read_bytes()
            except OSError as error:
                raise _unreadable(path, error) from error
    raise NotFound(
        Text(f"没有导出的文件“{name}”：请重新导出那一周", f"no exported file named {name!r}: export its week again")
    )


def _files(settings: Settings) -> Iterator[Path]:
    folder = settings.workspace / EXPORTS
    try:
        weeks = [week for week in folder.iterdir() if week.is_dir()] if folder.is_dir() else []
        for week in weeks:
            yield from (
                path
                for path in week.iterdir()
                if path.suffix in SUFFIXES and path.name.isprintable() and path.is_file()
            )
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(path: Path, error: OSError) -> WorkspaceError:
    reason = error.strerror or str(error)
    return WorkspaceError(Text(f"无法读取 {path}：{reason}", f"cannot read {path}: {reason}"))
