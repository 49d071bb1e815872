"""What a Neo4j server holds, beside what the last push wrote and what is here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from chaingraph.model.server_report import Counted, StatusReport
from chaingraph.service.server.pushing import address_of
from chaingraph.service.workspace import open_snapshot, spoken
from chaingraph.stores.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chaingraph.config import Settings
    from chaingraph.errors import Lang

_OURS = ("Graph", "Batch")
"""Labels of what a push keeps its books with."""


def server_status(
    settings: Settings, *, lang: Lang | None = None, progress: Callable[[str, float], None] | None = None
) -> StatusReport:
    """Versions, counts, and whether the server holds what is here now.

    Raises
    ------
    UsageError
        If no server is named.
    StoreError
        If it cannot be reached.
    """
    from chaingraph.stores.neo4j import schema, standing
    from chaingraph.stores.neo4j.graph_sheets import GraphSheets
    from chaingraph.stores.neo4j.server import connect

    address = address_of(settings)
    with connect(address) as server:
        graph, nodes, relationships = standing.graph(server), standing.nodes(server), standing.relationships(server)
        missing, version = schema.lacking(server), server.agent
    store, name = open_snapshot(settings, progress)
    here = GraphSheets(Snapshot(settings.workspace / "snapshots" / name)).totals()
    pushed: dict[str, int] = json.loads(graph.totals) if graph and graph.totals else {}
    seen = _Seen(pushed, here)
    counts = (*seen.counted(nodes, relationship=False), *seen.counted(relationships, relationship=True))
    return StatusReport(
        lang=spoken(lang, store),
        server=str(address),
        version=version,
        layout=graph.layout if graph else None,
        complete=bool(graph and graph.complete),
        pushed_at=graph.pushed_at if graph else None,
        pushed_by=graph.pushed_by if graph else None,
        pushed_from=graph.pushed_from if graph else None,
        snapshot=graph.snapshot if graph else None,
        here=name,
        drift=graph is None or graph.snapshot != name,
        changed=any(count.pushed is not None and count.there != count.pushed for count in counts),
        missing=missing,
        counts=counts,
    )


class _Seen(NamedTuple):
    """What the last push wrote, and how many entities are here."""

    pushed: Mapping[str, int]
    here: Mapping[str, int]

    def counted(self, there: Mapping[str, int], *, relationship: bool) -> list[Counted]:
        """The counts of a server's nodes or relationships, those that it lacks too."""
        names = {name for name in self.pushed if name.isupper() == relationship} | {*there}
        names |= set() if relationship else {*self.here}
        return [
            Counted(name, relationship, there.get(name, 0), self.pushed.get(name), self.here.get(name))
            for name in sorted(names.difference(_OURS))
        ]
