"""Weekly lists as they were exported: frozen, so that a week once exported can be made again byte for byte."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class Frozen(NamedTuple):
    """The list of a scope and week, as JSON. ``event`` is the number of the last event beneath it."""

    scope: str
    week: str
    revision: int
    event: int
    content: bytes


_COLUMNS = "SELECT scope, week, revision, event, content FROM exports"


def find_frozen(connection: sqlite3.Connection, scope: str, week: str, revision: int | None = None) -> Frozen | None:
    """The list of a week; its latest revision where none is asked for."""
    return _first(
        connection,
        f"{_COLUMNS} WHERE scope = ? AND week = ? AND revision = coalesce(?, revision) ORDER BY revision DESC LIMIT 1",
        (scope, week, revision),
    )


def find_frozen_before(connection: sqlite3.Connection, scope: str, week: str) -> Frozen | None:
    """The latest revision of the latest week exported before ``week``."""
    return _first(
        connection,
        f"{_COLUMNS} WHERE scope = ? AND week < ? ORDER BY week DESC, revision DESC LIMIT 1",
        (scope, week),
    )


def insert_frozen(connection: sqlite3.Connection, frozen: Frozen, at: str) -> None:
    """Keeps a list for ever."""
    connection.execute(
        "INSERT INTO exports (scope, week, revision, at, event, content) VALUES (?, ?, ?, ?, ?, ?)",
        (frozen.scope, frozen.week, frozen.revision, at, frozen.event, zlib.compress(frozen.content)),
    )


def _first(connection: sqlite3.Connection, query: str, values: tuple[str | int | None, ...]) -> Frozen | None:
    row = connection.execute(query, values).fetchone()
    if row is None:
        return None
    scope, found, revision, event, content = row
    return Frozen(scope, found, revision, event, zlib.decompress(content))
