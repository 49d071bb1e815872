"""The constraints and indexes of a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.stores.neo4j.statements import schema, status, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chaingraph.stores.neo4j.server import Server
    from chaingraph.stores.neo4j.statements import Statement


class _Name(NamedTuple):
    name: str


FOR_WRITING = ("entity_id", "source_id", "batch_id", "graph_id", "entity_batch")
"""What a push finds nodes by."""
FOR_READING = (
    *("entity_written", "entity_spelt", "entity_initials", "entity_keys", "firm_also"),
    *("makes_link_seat", "makes_link_seat_share"),
)
"""What only reads need: made behind a first push, because filling them at once is faster than row by row."""
NAMES = (*FOR_WRITING, *FOR_READING)
"""Constraints and indexes, each of the name of its statement, in the order in which they are made."""

_MADE = {name: schema(name) for name in NAMES}
_READY = schema("ready")
_MAY_BE_READ: Statement[Any] = write("ready")
_THERE = status("indexes", _Name)


def make_schema(server: Server, names: Sequence[str] = NAMES) -> None:
    """Makes the constraints and indexes that are not there yet, and waits until they are ready."""
    for name in names:
        server.write(_MADE[name])
    server.write(_READY)


def may_be_read(server: Server) -> None:
    """Lets the graph of a bulk load be read, now that its indexes are there."""
    server.write(_MAY_BE_READ)


def lacking(server: Server) -> tuple[str, ...]:
    """The constraints and indexes that are not there, or not ready yet."""
    there = {row.name for row in server.rows(_THERE)}
    return tuple(name for name in NAMES if name not in there)
