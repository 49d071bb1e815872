"""What stands on a server: the graph that was pushed, and how many nodes and relationships there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chaingraph.stores.neo4j.statements import status

if TYPE_CHECKING:
    from chaingraph.stores.neo4j.server import Server


class Graph(NamedTuple):
    """What a push wrote down of itself; None for what it had not come to."""

    layout: int | None
    snapshot: str | None
    complete: bool | None
    pushed_at: str | None
    totals: str | None
    push: str | None
    """The name of a push that is not through."""
    pushed_by: str | None
    pushed_from: str | None


class _Count(NamedTuple):
    name: str
    many: int


_GRAPH = status("graph", Graph)
_NODES = status("nodes", _Count)
_RELATIONSHIPS = status("relationships", _Count)


def graph(server: Server) -> Graph | None:
    """The graph of a server; None where none was pushed."""
    return next(iter(server.rows(_GRAPH)), None)


def nodes(server: Server) -> dict[str, int]:
    """How many nodes of each label there are."""
    return dict(server.rows(_NODES))


def relationships(server: Server) -> dict[str, int]:
    """How many relationships of each type there are."""
    return dict(server.rows(_RELATIONSHIPS))
