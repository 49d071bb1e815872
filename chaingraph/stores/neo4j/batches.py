"""What push and bulk share: the rows of a batch as statements and files take them, their digest, the counts of all."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from chaingraph.stores.neo4j.sheets import Batch, batch_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chaingraph.stores.neo4j.sheets import Node, Relationship

SOURCES = Batch(batch_name("Source", 0, 1), "Source", [])
"""All sources are one batch."""
TIES = " ties"
"""Behind the id of a batch, for the digest of its relationships."""

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def rows_of_nodes(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    """Nodes as the statements take them."""
    return [{"id": node.id, "properties": node.properties} for node in nodes]


def rows_of_relationships(relationships: Iterable[Relationship]) -> list[dict[str, Any]]:
    """Relationships as the statements take them."""
    return [relationship._asdict() for relationship in relationships]


def digest_of(rows: Sequence[dict[str, Any]]) -> str:
    """A digest of rows as they go to the server."""
    return blake2b(_encoded(rows).encode(), digest_size=16).hexdigest()


def totals_of(counts: Mapping[str, int]) -> str:
    """How many nodes of each label and relationships of each type there are, as one property holds it."""
    return _encoded(dict(sorted(counts.items())))
