"""The whole graph of a snapshot as batches: every entity, every source, every relationship once."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.stores.keys import iso
from chaingraph.stores.neo4j import LAYOUT
from chaingraph.stores.neo4j.cell_sheets import CellSheets
from chaingraph.stores.neo4j.firm_sheets import FirmSheets
from chaingraph.stores.neo4j.pack_sheets import PackSheets
from chaingraph.stores.neo4j.sheets import LABELS, Batch, Node, Relationship, batches, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.stores.snapshot import Snapshot


class GraphSheets:
    """The rows of a snapshot, batch by batch."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.name = snapshot.folder.name
        self._packs = PackSheets(snapshot)

    @cached_property
    def _firms(self) -> FirmSheets:
        return FirmSheets(self._snapshot, self._packs)

    @cached_property
    def _cells(self) -> CellSheets:
        return CellSheets(self._snapshot)

    def graph(self) -> dict[str, Any]:
        """What stands on the node that tells of the graph as a whole."""
        settings = self._snapshot.table("settings")
        return {
            "layout": LAYOUT,
            **{name: json.dumps(settings[name], ensure_ascii=False) for name in ("manifest", "scoring")},
        }

    def totals(self) -> dict[str, int]:
        """How many entities there are by label, and how many sources."""
        found = {label: len(self._packs.rows[kind]) for kind, label in LABELS.items()}
        firms = len(self._snapshot.column("firm_seat"))
        return {**found, "Firm": firms, "Source": len(self._snapshot.table("source_ids"))}

    def sources(self) -> Iterator[Node]:
        """Every source."""
        known, imports = self._snapshot.table("sources"), set(self._snapshot.table("imports"))
        for number, key in enumerate(self._snapshot.table("source_ids")):
            imported = True if key in imports else None
            yield Node(
                "Source",
                key,
                told(**known[key], number=number, imported=imported, firms=self._cells.firms_matched(key)),
            )

    def batches(self) -> list[Batch]:
        """The batches of all entities."""
        found = []
        for kind, label in LABELS.items():
            ids = iter(self._firms.ids) if kind == "firm" else (self._packs.ids[row] for row in self._packs.rows[kind])
            found += batches(label, ids)
        return found

    def nodes(self, batch: Batch) -> Iterator[Node]:
        """The entities of a batch."""
        if batch.label == "Firm":
            yield from map(self._firms.node, batch.rows)
            return
        rows = self._packs.rows[batch.label.lower()]
        seated = self._imported_firms if batch.label == "Region" else {}
        for row in batch.rows:
            node = self._packs.node(rows[row])
            more = told(imported_firms=seated.get(node.id))
            yield node._replace(properties=node.properties | more)

    def relationships(self, batch: Batch) -> Iterator[Relationship]:
        """What goes out of the entities of a batch, and what sources tell of them."""
        if batch.label == "Firm":
            for row in batch.rows:
                yield from self._firms.relationships(row)
            return
        rows = self._packs.rows[batch.label.lower()]
        for row in batch.rows:
            key = self._packs.ids[rows[row]]
            yield from self._packs.relationships(rows[row])
            if batch.label == "Region":
                yield from self._cells.seats.get(key, ())
                yield from self._censuses.get(key, ())
            elif batch.label == "Link":
                yield from self._cells.matches(key)

    @cached_property
    def _imported_firms(self) -> dict[str, int]:
        """By region how many firms that no pack knows are seated right there."""
        adcodes = self._snapshot.table("regions")["adcode"]
        own = self._snapshot.column("firm_seat")[self._snapshot.column("firm_own")]
        counts = np.bincount(own, minlength=len(adcodes)).tolist()
        return {code: count for code, count in zip(adcodes, counts, strict=True) if count}

    @cached_property
    def _censuses(self) -> dict[str, list[Relationship]]:
        """By region the censuses that imports tell."""
        found: dict[str, list[Relationship]] = {}
        for place, (region, link, day, seen, grade, source) in enumerate(self._snapshot.table("censuses")):
            properties = {
                "found": seen,
                "date": iso(day),
                "place": place,
                "cited": 0,
                "source": source,
                "locator": "全部",
                "grade": grade,
                "as_of": iso(day),
                "since": iso(day),
                "imported": True,
            }
            found.setdefault(region, []).append(Relationship("SURVEYED", region, link, f"import {place}", properties))
        return found
