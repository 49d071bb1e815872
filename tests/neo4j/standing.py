"""Everything that stands on a server, to compare one graph with another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import neo4j

if TYPE_CHECKING:
    from tests.neo4j_server.running import Neo4jServer

_NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
_RELATIONSHIPS = "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties"


class Standing(NamedTuple):
    """Nodes and relationships as sorted lines of JSON; when they were pushed is left out."""

    nodes: list[str]
    relationships: list[str]


def standing(server: Neo4jServer) -> Standing:
    """Everything on a server."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        nodes = [_node(row.data()) for row in driver.execute_query(_NODES).records]
        relationships = [_line(row.data()) for row in driver.execute_query(_RELATIONSHIPS).records]
    return Standing(sorted(nodes), sorted(relationships))


def _node(row: dict[str, Any]) -> str:
    row["properties"].pop("pushed_at", None)
    return _line({**row, "labels": sorted(row["labels"])})


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
