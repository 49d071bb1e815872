"""The users of the explorer, as the workspace keeps them: rows in, rows out; who may change them is decided above."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from stat import S_IWGRP
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.workspace.audit import Event, insert
from chaingraph.workspace.database import FILE, opened, reading, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

_GROUP = 0o070
_OTHERS = 0o007
_COLUMNS = "key, name, role, password, version, created, changed"


class Account(NamedTuple):
    """A user. ``password`` is the argon2 hash.

    ``version`` is drawn anew by each change and each sign-out; a session holds the one it began with and ends with it.
    A removed user's name that is given again begins with another, so that nobody's old session comes back to life.
    """

    key: str
    name: str
    role: str
    password: str
    version: str
    created: str
    changed: str


def now() -> str:
    """The time as rows of users and of the audit bear it: UTC, to the second, so that texts sort as times do."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def find_account(workspace: Path, key: str) -> Account | None:
    """The user of that key; None where there is none."""
    return next((account for account in find_accounts(workspace) if account.key == key), None)


def find_accounts(workspace: Path) -> list[Account]:
    """Every user, in the order of their keys. A workspace without its file has none, and reading makes none."""
    path = workspace / FILE
    if not os.path.exists(path):
        return []
    with reading(path) as connection:
        return _accounts(connection)


@contextmanager
def writing(workspace: Path) -> Iterator[Accounts]:
    """One transaction over users and audit, which are kept together or not at all.

    Raises
    ------
    WorkspaceError
        If the file cannot be written.
    """
    path = workspace / FILE
    with opened(path) as connection, transaction(connection, "BEGIN IMMEDIATE"):
        yield Accounts(connection, path)


class Accounts:
    """An open transaction: nobody else writes until it ends."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def all(self) -> list[Account]:
        """Every user."""
        return _accounts(self._connection)

    def put(self, key: str, name: str, role: str, password: str) -> Account:
        """Writes a user, new or changed, whose sessions end with it. The first one closes the file to others."""
        if not self.all():
            _close_to_others(self._path)
        at = now()
        row = Account(key, name, role, password, secrets.token_hex(8), at, at)
        self._connection.execute(
            f"INSERT INTO users ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
            "name = excluded.name, role = excluded.role, password = excluded.password, version = excluded.version, "
            "changed = excluded.changed",
            row,
        )
        return next(account for account in self.all() if account.key == key)

    def rehash(self, key: str, before: str, after: str) -> None:
        """Writes the hash of the same password made anew: sessions go on."""
        self._connection.execute("UPDATE users SET password = ? WHERE key = ? AND password = ?", (after, key, before))

    def end_sessions(self, key: str) -> None:
        """Ends every session of a user."""
        self._connection.execute("UPDATE users SET version = ? WHERE key = ?", (secrets.token_hex(8), key))

    def delete(self, key: str) -> None:
        """Removes a user."""
        self._connection.execute("DELETE FROM users WHERE key = ?", (key,))

    def record(self, event: Event) -> None:
        """Writes an event of the audit."""
        insert(self._connection, event, now())


def _close_to_others(path: Path) -> None:
    """Lets others read no hashes. A group that may write the file keeps its rights: it can do everything anyway."""
    if os.name != "posix":
        return
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        # Not every disk has rights of files, and the file may be another's, who gave the right to write it.
        with suppress(OSError):
            mode = file.stat().st_mode & 0o777
            closed = mode & ~_OTHERS if mode & S_IWGRP else mode & ~(_GROUP | _OTHERS)
            if closed != mode:
                file.chmod(closed)


def _accounts(connection: sqlite3.Connection) -> list[Account]:
    return [Account._make(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM users ORDER BY key")]
