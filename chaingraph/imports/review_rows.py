"""The review queue and the log of decisions as rows of SQLite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chaingraph.imports.firm_ids import of_a_pack
from chaingraph.imports.merging import merges, pair, standing
from chaingraph.imports.reasons import why
from chaingraph.imports.records import ReviewRow

if TYPE_CHECKING:
    import sqlite3

    from chaingraph.imports.merging import Decision, Pair

_REVIEWS = "SELECT number, import, firm, other, kind, score, told FROM reviews ORDER BY number"
_PAIRS = (
    "SELECT kind, firm, other, user, at, why FROM decisions"
    " WHERE kind IN ('same', 'different', 'reopened') ORDER BY number"
)


def decisions(connection: sqlite3.Connection) -> dict[Pair, Decision]:
    """The decisions that stand."""
    return standing(connection.execute(_PAIRS))


def merged(connection: sqlite3.Connection) -> dict[str, str]:
    """Each id that another stands for, with that one."""
    return merges(decisions(connection))


def insert_decision(
    connection: sqlite3.Connection,
    kind: str,
    at: str,
    user: str,
    *,
    shows: bool,
    import_: int | None = None,
    firms: Pair | None = None,
    why: str | None = None,
) -> None:
    """Adds to the log. ``shows`` where it changes what a snapshot holds."""
    firm, other = firms or (None, None)
    connection.execute(
        "INSERT INTO decisions (at, user, kind, import, firm, other, why, shows) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (at, user, kind, import_, firm, other, why, shows),
    )


def reviews(connection: sqlite3.Connection) -> list[ReviewRow]:
    """The pairs laid before a person whose firms are both there: in a pack, or in a statement in force."""
    stand = decisions(connection)
    rows = []
    for number, import_, firm, other, kind, score, told in connection.execute(_REVIEWS).fetchall():
        if not (is_there(connection, firm) and is_there(connection, other)):
            continue
        names = json.loads(told)
        decision = stand.get(pair(firm, other))
        decided, by, at = (None, None, None) if decision is None else (decision.verdict, decision.by, decision.at)
        mine, theirs, reason = names["mine"], names["theirs"], why(kind, names)
        rows.append(ReviewRow(number, firm, mine, other, theirs, score, reason, decided, by, at, import_))
    return rows


def firms_of_review(connection: sqlite3.Connection, number: int) -> Pair | None:
    """The two firms of a review, None where there is none of this number."""
    row = connection.execute("SELECT firm, other FROM reviews WHERE number = ?", (number,)).fetchone()
    return None if row is None else (row[0], row[1])


def is_there(connection: sqlite3.Connection, firm: str) -> bool:
    """Whether an id is a pack's, or of a firm that a statement in force is of."""
    query = "SELECT 1 FROM statements WHERE firm = ? LIMIT 1"
    return of_a_pack(firm) or connection.execute(query, (firm,)).fetchone() is not None
