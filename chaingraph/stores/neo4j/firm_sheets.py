"""Firms as nodes and relationships, out of a snapshot's columns: those of packs with what imports add, and others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from chaingraph.model.words import GRADES, PREDICATES
from chaingraph.stores.imported import NEVER, UNDATED, share_told
from chaingraph.stores.keys import iso
from chaingraph.stores.neo4j.pack_sheets import order_of
from chaingraph.stores.neo4j.sheets import Node, Relationship, told
from chaingraph.stores.neo4j.texts_written import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.stores.neo4j.pack_sheets import PackSheets
    from chaingraph.stores.snapshot import Snapshot

_BASED_IN = tuple(PREDICATES).index("based_in")
_BARE = 4
"""Source, locator, day and fields: what every statement has."""


class FirmSheets:
    """Nodes and relationships of all firms, by their row in the table of firms."""

    def __init__(self, snapshot: Snapshot, packs: PackSheets) -> None:
        self._snapshot = snapshot
        self._packs = packs
        self._names = packs.names_written
        self.ids = snapshot.strings("firm_id")
        self._texts = {name: snapshot.strings(f"firm_{name}") for name in ("name", "name_en", "full_name")}
        self._others, self._stated = (snapshot.strings(f"firm_{name}") for name in ("other_names", "stated"))
        self._seat, self._seat_grade, self._record, self._packed = (
            snapshot.column(f"firm_{name}") for name in ("seat", "seat_grade", "record", "packed")
        )
        self._gone, self._gone_on, self._gone_grade = (
            snapshot.column(f"firm_{name}") for name in ("gone", "gone_on", "gone_grade")
        )
        self._adcodes: list[str] = snapshot.table("regions")["adcode"]
        self._links: list[str] = snapshot.table("link_ids")
        self._sources: list[str] = snapshot.table("source_ids")
        self._also: dict[str, list[str]] = {}
        for old, new in sorted(snapshot.table("merged").items()):
            self._also.setdefault(new, []).append(old)
        self._makes = {
            name: snapshot.column(f"makes_{name}") for name in ("as_of", "grade", "source", "share", "confidence")
        }
        self._said = snapshot.strings("makes_said")
        self._link = np.repeat(np.arange(len(self._links)), np.diff(snapshot.column("makes_start")))
        self._made = snapshot.column("imported_makes")
        every = np.arange(len(self.ids) + 1)
        self._makes_of, self._supplies_of = (
            np.searchsorted(snapshot.column(f"imported_{name}"), every) for name in ("makes_firm", "supplies_from")
        )
        self._path_start = snapshot.column("path_start")
        self._path = {name: snapshot.column(f"path_{name}") for name in ("predicate", "since", "grade")}
        self._supplied = {
            name: snapshot.column(f"imported_supplies_{name}") for name in ("to", "source", "as_of", "grade")
        }

    def node(self, row: int) -> Node:
        """A firm as a node."""
        firm = {
            "seat": self._adcodes[self._seat[row]],
            "seat_grade": GRADES[self._seat_grade[row]],
            "also": self._also.get(self.ids[row]),
            **self._ended(row),
        }
        others = self._others[row].split("\n")
        record = int(self._record[row])
        if self._packed[row]:
            node = self._packs.node(record, **firm)
            return node._replace(properties=node.properties | {"keys": keys_of([*self._packs.names(record), *others])})
        key = self.ids[row]
        texts = {name: strings[row] for name, strings in self._texts.items()}
        properties = told(
            id=key,
            kind="firm",
            **texts,
            order=order_of("firm", key, of_packs=False),
            of_packs=False,
            **self._names.of(record),
            keys=keys_of([key, texts["full_name"], texts["name"], *others]),
            **firm,
        )
        return Node("Firm", key, properties)

    def _ended(self, row: int) -> dict[str, Any]:
        """Since when the firm is known to be struck off, by packs or imports, and what the imports say of it."""
        since = int(self._gone[row])
        told_by_packs = self._packs.struck_off.get(self.ids[row])
        imported: dict[str, Any] = {}
        if since != NEVER:
            on = int(self._gone_on[row])
            imported = {
                "imported_gone": iso(since),
                "imported_gone_on": None if on == UNDATED else iso(on),
                "imported_gone_grade": GRADES[self._gone_grade[row]],
            }
        days = [day for day in (imported.get("imported_gone"), told_by_packs) if day]
        return {"gone": min(days, default=None), **imported}

    # --- relationships -------------------------------------------------------------------------------------

    def relationships(self, row: int) -> Iterator[Relationship]:
        """What packs and imports tell of a firm."""
        key = self.ids[row]
        if self._packed[row]:
            yield from self._packs.relationships(int(self._record[row]))
        else:
            yield self._based_in(row, key)
        yield from self._statements(row, key)
        yield from self._makings(row, key)
        yield from self._supplies(row, key)

    def _based_in(self, row: int, key: str) -> Relationship:
        """The seat of a firm that no pack knows: since when, and how well that is known."""
        record = int(self._record[row])
        start, stop = self._path_start[record : record + 2].tolist()
        at = start + self._path["predicate"][start:stop].tolist().index(_BASED_IN)
        since = iso(int(self._path["since"][at]))
        grade = GRADES[self._path["grade"][at]]
        told_so = {"since": since, "grade": grade, "imported": True}
        return Relationship("BASED_IN", key, self._adcodes[self._seat[row]], "import", told_so)

    def _statements(self, row: int, key: str) -> Iterator[Relationship]:
        text = self._stated[row]
        for place, statement in enumerate(json.loads(text) if text else []):
            source, locator, day, fields = statement[:_BARE]
            capital = fields.get("capital_cny")
            more = {name: value for name, value in fields.items() if name != "capital_cny"}
            properties = told(
                place=place,
                locator=locator,
                as_of=iso(day),
                made_locator=statement[_BARE] if len(statement) > _BARE else None,
                registered_capital_cny=None if capital is None else float(capital),
                **more,
            )
            yield Relationship("STATES", source, key, f"import {place}", properties)

    def _makings(self, row: int, key: str) -> Iterator[Relationship]:
        """What imports say that the firm makes."""
        start, stop = self._makes_of[row : row + 2].tolist()
        seat = self._adcodes[self._seat[row]]
        for place, at in enumerate(self._made[start:stop].tolist()):
            day = iso(int(self._makes["as_of"][at]))
            link = self._links[self._link[at]]
            properties = told(
                link=link,
                seat=seat,
                revenue_share=share_told(int(self._makes["share"][at])),
                confidence=share_told(int(self._makes["confidence"][at])),
                said=self._said[at] or None,
                place=place,
                cited=0,
                source=self._sources[self._makes["source"][at]],
                grade=GRADES[self._makes["grade"][at]],
                as_of=day,
                since=day,
                imported=True,
            )
            yield Relationship("MAKES", key, link, f"import {place}", properties)

    def _supplies(self, row: int, key: str) -> Iterator[Relationship]:
        """Whom the firm supplies by the imports' word."""
        column = self._supplied
        for place, at in enumerate(range(*self._supplies_of[row : row + 2].tolist())):
            day = iso(int(column["as_of"][at]))
            properties = {
                "place": place,
                "cited": 0,
                "source": self._sources[column["source"][at]],
                "grade": GRADES[column["grade"][at]],
                "as_of": day,
                "since": day,
                "imported": True,
            }
            yield Relationship("SUPPLIES", key, self.ids[column["to"][at]], f"import {place}", properties)
