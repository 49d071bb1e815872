"""The workspace's SQLite file: opened, brought up to its schema, and its errors told in a sentence."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from chaingraph.errors import Text, WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "workspace.sqlite"
BUSY_SECONDS = 10.0
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CLOSED_TO_US = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What SQLite answers where it may not write: WAL wants files beside the file even to read."""
_OURS = 0x63686731
"""application_id: this file is a workspace of chaingraph."""

_APPEND_ONLY = """
CREATE TRIGGER {table}_are_kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END;
CREATE TRIGGER {table}_stand BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END;
"""

_MIGRATIONS = (
    """
CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    user TEXT NOT NULL CHECK (user <> ''),
    kind TEXT NOT NULL,
    lead TEXT,
    data TEXT NOT NULL
);
CREATE INDEX events_of_a_lead ON events (lead, number);
CREATE INDEX events_of_a_kind ON events (kind, number);
"""
    + _APPEND_ONLY.format(table="events")
    + """
CREATE TABLE exports (
    scope TEXT NOT NULL,
    week TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    event INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (scope, week, revision)
);
"""
    + _APPEND_ONLY.format(table="exports"),
    """
CREATE TABLE imports (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user TEXT NOT NULL CHECK (user <> ''),
    kind TEXT NOT NULL,
    files TEXT NOT NULL,
    digest TEXT NOT NULL,
    publisher TEXT,
    as_of TEXT,
    made_as_of TEXT,
    region TEXT,
    complete INTEGER NOT NULL,
    industries TEXT NOT NULL,
    counts TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
"""
    + _APPEND_ONLY.format(table="imports")
    + """
CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    firm TEXT NOT NULL,
    file TEXT NOT NULL,
    row INTEGER NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT,
    former_names TEXT,
    credit_code TEXT,
    listing_code TEXT,
    seat TEXT NOT NULL,
    seat_by TEXT NOT NULL,
    standing TEXT,
    dissolved_on TEXT,
    established TEXT,
    capital_cny REAL,
    industry TEXT,
    scale TEXT,
    scope TEXT,
    products TEXT
);
CREATE INDEX statements_of_a_firm ON statements (firm);
CREATE TABLE keys (
    value TEXT NOT NULL,
    firm TEXT NOT NULL,
    import INTEGER NOT NULL,
    said TEXT NOT NULL,
    seat TEXT NOT NULL,
    PRIMARY KEY (value, firm, import)
) WITHOUT ROWID;
CREATE TABLE reviews (
    number INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    firm TEXT NOT NULL,
    other TEXT NOT NULL,
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    told TEXT NOT NULL
);
CREATE UNIQUE INDEX reviews_of_two_firms ON reviews (min(firm, other), max(firm, other));
"""
    + _APPEND_ONLY.format(table="reviews")
    + """
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user TEXT NOT NULL CHECK (user <> ''),
    kind TEXT NOT NULL,
    import INTEGER,
    firm TEXT,
    other TEXT,
    why TEXT,
    shows INTEGER NOT NULL
);
CREATE INDEX decisions_that_show ON decisions (number) WHERE shows;
"""
    + _APPEND_ONLY.format(table="decisions"),
    """
CREATE TABLE users (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'officer', 'admin')),
    password TEXT NOT NULL,
    version TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    outcome INTEGER NOT NULL
);
CREATE INDEX audit_of_an_action ON audit (action, at);
"""
    + _APPEND_ONLY.format(table="audit"),
)
"""The schema, step by step: ``user_version`` counts those taken. A step once released is never changed."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """An open connection; the folder and the file are made where there are none.

    What is committed is on the disk (WAL, ``synchronous=FULL``); a writer waits for another up to ten seconds.

    Raises
    ------
    WorkspaceError
        If the file cannot be used, is of a newer version, or is none of ours.
    """
    with telling(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(path, error.strerror or str(error)) from error
        with closing(_connected(path)) as connection:
            yield connection


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """An open connection to a file that is there, to read it: one that this user may not write can be read too.

    Raises
    ------
    WorkspaceError
        If the file cannot be read, is of a newer version, or is none of ours.
    """
    with telling(path):
        try:
            connection = _connected(path)
        except sqlite3.OperationalError as error:
            if _code(error) not in _CLOSED_TO_US:
                raise
            connection = open_read_only(path)
        with closing(connection):
            yield connection


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that makes no file. What is committed beside the file is read too, or the file is refused."""
    log = path.with_name(f"{path.name}-wal")
    logged = 0
    with suppress(FileNotFoundError):
        logged = log.stat().st_size
    where = path.absolute().as_posix()
    # Two slashes and a path from the root: a network share begins with two of its own.
    uri = f"file://{'' if where.startswith('/') else '/'}{quote(where, safe='/:')}?mode=ro"
    # Immutable passes over what stands in the log, so only where nothing does.
    uri += "" if logged else "&immutable=1"
    connection = sqlite3.connect(uri, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        _bring_up(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """All or nothing: what stands when the block ends is kept, and nothing where an exception leaves it."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        if _code(error) in _BUSY:
            raise WorkspaceError(
                Text(
                    f"另一个进程正在写 {path}，等了 {BUSY_SECONDS:.0f} 秒：什么都没有写入，请稍后再试",
                    f"another process is writing {path} and did not end within {BUSY_SECONDS:.0f} seconds: "
                    "nothing was written, try again",
                )
            ) from error
        if _code(error) in _CLOSED_TO_US:
            raise WorkspaceError(
                Text(
                    f"不能写 {path}（{error}）：请取得该文件夹及其中文件的写权限，或换一个 --workspace",
                    f"cannot write {path} ({error}): get the right to write its folder and the files in it, "
                    "or use another --workspace",
                )
            ) from error
        raise _unusable(path, str(error)) from error


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        _bring_up(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _code(error: sqlite3.Error) -> int:
    """The primary code of SQLite's answer; 0 where the error is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _bring_up(connection: sqlite3.Connection, path: Path) -> None:
    """Takes the steps of the schema that are missing, all or none."""
    # In a transaction, or another process could take the steps between one look and the next.
    with transaction(connection, "BEGIN"):
        version = _version(connection, path)
    if version == len(_MIGRATIONS):
        return
    _write_ahead(connection)
    with transaction(connection, "BEGIN IMMEDIATE"):
        for step in _MIGRATIONS[_version(connection, path) :]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_OURS}")
        connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """How many steps of the schema the file has taken."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if owner != _OURS and (version or tables):
        raise WorkspaceError(
            Text(
                f"{path} 不是 chaingraph 的工作区文件：请移走它，或换一个 --workspace",
                f"{path} is no workspace file of chaingraph: move it away, or use another --workspace",
            )
        )
    if version > len(_MIGRATIONS):
        raise WorkspaceError(
            Text(
                f"{path} 由更新的版本写入（结构 {version}，本版本懂到 {len(_MIGRATIONS)}）：请升级 chaingraph",
                f"{path} was written by a newer version (schema {version}, this one knows up to {len(_MIGRATIONS)}): "
                "upgrade chaingraph",
            )
        )
    return version


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets WAL, which stays with the file. SQLite does not wait here by itself where another process does the same."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) in _CLOSED_TO_US or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: executescript would commit after each."""
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _unusable(path: Path, reason: str) -> WorkspaceError:
    return WorkspaceError(Text(f"无法使用 {path}：{reason}", f"cannot use {path}: {reason}"))
