"""Who did what from where, as the workspace keeps it: appended, read, and counted where passwords are guessed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.workspace.database import FILE, opened, reading

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

LOGIN = "login"
"""The action of who signs in, whatever came of it."""
SIGNED_IN = 200
REFUSED = 401
THROTTLED = 429
"""What came of it: the statuses of HTTP."""
_LONGEST = 200


class Event(NamedTuple):
    """What is to be recorded. ``outcome`` is the status that HTTP has for what came of it."""

    user: str
    address: str
    action: str
    target: str
    outcome: int


class Recorded(NamedTuple):
    """An event of the audit. ``at`` is in UTC."""

    number: int
    at: str
    user: str
    address: str
    action: str
    target: str
    outcome: int


class Failures(NamedTuple):
    """The times of the wrong passwords of late, oldest first: of a user from an address, of an address, of a user."""

    pair: list[str]
    address: list[str]
    user: list[str]


def insert(connection: sqlite3.Connection, event: Event, at: str) -> None:
    """Appends an event. A stranger's text is cut, and what would not print is replaced."""
    texts = (_printable(text) for text in event[:4])
    connection.execute(
        "INSERT INTO audit (at, user, address, action, target, outcome) VALUES (?, ?, ?, ?, ?, ?)",
        (at, *texts, event.outcome),
    )


def append(workspace: Path, event: Event, at: str) -> None:
    """Appends an event in a transaction of its own."""
    with opened(workspace / FILE) as connection:
        insert(connection, event, at)


def find_recorded(workspace: Path, user: str | None, since: str | None, most: int) -> list[Recorded]:
    """The latest events, the last first: of one user, or since a time in UTC."""
    path = workspace / FILE
    if not os.path.exists(path):
        return []
    asked = {"user = ?": user, "at >= ?": since}
    where = " AND ".join(condition for condition, value in asked.items() if value is not None) or "TRUE"
    values = [value for value in asked.values() if value is not None]
    query = f"SELECT number, at, user, address, action, target, outcome FROM audit WHERE {where}"
    with reading(path) as connection:
        rows = connection.execute(f"{query} ORDER BY number DESC LIMIT ?", (*values, most))
        return [Recorded._make(row) for row in rows]


def find_failures(workspace: Path, user: str, address: str, since: str) -> Failures:
    """The wrong passwords since a time in UTC; those before the pair's last success do not count for the pair."""
    path = workspace / FILE
    if not os.path.exists(path):
        return Failures([], [], [])
    with reading(path) as connection:
        rows = connection.execute(
            "SELECT at, user, address, outcome FROM audit WHERE action = ? AND at >= ? ORDER BY number", (LOGIN, since)
        ).fetchall()
    found = Failures([], [], [])
    for at, who, where, outcome in rows:
        if outcome == SIGNED_IN and (who, where) == (user, address):
            found.pair.clear()
        if outcome != REFUSED:
            continue
        if (who, where) == (user, address):
            found.pair.append(at)
        if where == address:
            found.address.append(at)
        if who == user:
            found.user.append(at)
    return found


def had_outcome(workspace: Path, outcome: int, user: str | None, address: str, since: str) -> bool:
    """Whether signing in from that address came to that since a time in UTC: for the user, for anybody where None."""
    path = workspace / FILE
    if not os.path.exists(path):
        return False
    with reading(path) as connection:
        row = connection.execute(
            "SELECT 1 FROM audit WHERE action = ? AND at >= ? AND user = coalesce(?, user) AND address = ? "
            "AND outcome = ? LIMIT 1",
            (LOGIN, since, user, address, outcome),
        ).fetchone()
    return row is not None


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text[:_LONGEST])
