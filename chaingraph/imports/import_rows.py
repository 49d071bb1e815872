"""Imports as rows of SQLite: one is written when it ends, and never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chaingraph.imports.records import ImportRow

if TYPE_CHECKING:
    import sqlite3

    from chaingraph.imports.records import Bringing

_LISTED = """
SELECT imports.number, imports.kind, files, digest, publisher, as_of, made_as_of, region, complete, industries,
       imports.user, imports.at, counts, undone.user, undone.at
FROM imports LEFT JOIN decisions AS undone ON undone.kind = 'undone' AND undone.import = imports.number
ORDER BY imports.number
"""


def next_number(connection: sqlite3.Connection) -> int:
    """The number of the next import."""
    last: int | None = connection.execute("SELECT max(number) FROM imports").fetchone()[0]
    return (last or 0) + 1


def last_statement(connection: sqlite3.Connection) -> int:
    """The number of the last statement, 0 before the first."""
    return connection.execute("SELECT max(number) FROM statements").fetchone()[0] or 0


def listed(connection: sqlite3.Connection) -> list[ImportRow]:
    """Every import, in order, those taken back too."""
    return [_row(row) for row in connection.execute(_LISTED)]


def insert_import(
    connection: sqlite3.Connection,
    number: int,
    at: str,
    user: str,
    bringing: Bringing,
    counts: dict[str, int],
    first: int,
) -> None:
    """Keeps an import whose statements are written; ``first`` is the number of the first."""
    values = bringing._replace(files=_json(bringing.files), industries=_json(bringing.industries))
    connection.execute(
        "INSERT INTO imports (kind, files, digest, publisher, as_of, made_as_of, region, complete, industries,"
        " number, at, user, counts, first, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, number, at, user, _json(counts), first, last_statement(connection)),
    )


def delete_what_it_brought(connection: sqlite3.Connection, number: int) -> None:
    """Takes an import's statements and keys out. That it was, and its reviews, stay on record."""
    first, last = connection.execute("SELECT first, last FROM imports WHERE number = ?", (number,)).fetchone()
    connection.execute("DELETE FROM statements WHERE number BETWEEN ? AND ?", (first, last))
    connection.execute("DELETE FROM keys WHERE import = ?", (number,))


def _row(row: tuple[Any, ...]) -> ImportRow:
    made = ImportRow._make(row)
    return made._replace(
        files=tuple(json.loads(row[2])),
        complete=bool(made.complete),
        industries=tuple(json.loads(row[9])),
        counts=json.loads(row[12]),
    )


def _json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False)
