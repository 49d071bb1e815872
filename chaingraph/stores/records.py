"""The records that names lead to: those of the packs as they were written, firms of imports made up when asked for."""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.facts import FROM_THE_OTHER_END
from chaingraph.stores.import_facts import (
    Census,
    Made,
    Object,
    Stated,
    Supply,
    firm_facts,
    link_facts,
    names_and_products,
    region_facts,
    seat_fact,
)
from chaingraph.stores.imported import NEVER, share_told
from chaingraph.stores.keys import iso

if TYPE_CHECKING:
    from chaingraph.stores.regions import Regions
    from chaingraph.stores.snapshot import Column, Snapshot


class Head(NamedTuple):
    """What a record is of."""

    kind: str
    id: str
    name: str


class Records:
    """Reads records by row."""

    def __init__(self, snapshot: Snapshot, regions: Regions) -> None:
        self._snapshot = snapshot
        self._regions = regions
        self._heads = snapshot.strings("record_name")
        self._own = snapshot.column("firm_own")
        self._tables: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self._heads) + len(self._own)

    def head(self, row: int) -> Head:
        """Kind, id and Chinese name of a record."""
        if row < len(self._heads):
            return Head(*self._heads[row].split("\t"))
        firm = self._firm(row)
        return Head("firm", self._snapshot.strings("firm_id")[firm], self._snapshot.strings("firm_name")[firm])

    def of_a_pack(self, row: int) -> bool:
        """Whether a pack tells of the entity of a record."""
        return row < len(self._heads)

    def get(self, row: int) -> dict[str, Any]:
        """A record with its facts, those of imports behind those of the packs."""
        if row >= len(self._heads):
            return self._made_up(row)
        record: dict[str, Any] = json.loads(self._snapshot.strings("record")[row])
        record["names"], record["products"] = self._names(row, record["id"])
        more = {"firm": self._of_firm, "link": self._of_link, "region": self._of_region}.get(record["kind"])
        if more is not None and self._imports:
            record["facts"] += more(record["id"])
        return record

    def citing(self, source: str) -> list[str]:
        """The ids of the entities whose own facts, as packs tell them, cite a source; sorted."""
        written = json.dumps(source)
        return sorted(
            record["id"]
            for text in self._snapshot.strings("record")
            # Most records do not hold the id at all: only the others are read.
            if written in text and _cites(record := json.loads(text), source)
        )

    def _names(self, row: int, key: str) -> tuple[list[str], list[str]]:
        """The id and all names by which a record is found, and the words for what it makes."""
        owners = self._snapshot.column("search_record")
        found = range(*_span(owners, row))
        shown, sorts = self._snapshot.strings("search_shown"), self._snapshot.column("search_sort")
        return names_and_products(key, [(shown[at], int(sorts[at])) for at in found])

    def _table(self, name: str) -> Any:
        """A table, read once."""
        if name not in self._tables:
            self._tables[name] = self._snapshot.table(name)
        return self._tables[name]

    def _firm(self, row: int) -> int:
        """The row among the firms of a record that only imports know."""
        return int(self._own[row - len(self._heads)])

    @cached_property
    def _imports(self) -> dict[int, str]:
        """The sources that are imports, by their number among the sources."""
        known = self._table("imports")
        return {number: source for number, source in enumerate(self._table("source_ids")) if source in known}

    @property
    def _sources(self) -> dict[str, dict[str, Any]]:
        table: dict[str, dict[str, Any]] = self._table("sources")
        return table

    # --- firms ---------------------------------------------------------------------------------------------

    def _made_up(self, row: int) -> dict[str, Any]:
        """The record of a firm that no pack knows."""
        firm = self._firm(row)
        key, name, english, full = (
            self._snapshot.strings(f"firm_{column}")[firm] for column in ("id", "name", "name_en", "full_name")
        )
        names, products = self._names(row, key)
        stated = self._stated(firm, full)
        return {
            "kind": "firm",
            "id": key,
            "name": name,
            "name_en": english,
            "names": names,
            "products": products,
            "facts": [*self._seat(firm, stated), *self._facts(firm, stated)],
        }

    def _of_firm(self, key: str) -> list[dict[str, Any]]:
        firm = bisect_left(self._snapshot.strings("firm_id"), key)
        return self._facts(firm, self._stated(firm, self._snapshot.strings("firm_full_name")[firm]))

    def _stated(self, firm: int, name: str) -> list[Stated]:
        """What imports state of a firm."""
        text = self._snapshot.strings("firm_stated")[firm]
        # Only another name than the one in the table is written down.
        return [
            Stated(
                source,
                self._sources[source]["grade"],
                locator,
                iso(day),
                {"name": name, **fields},
                more[0] if more else None,
            )
            for source, locator, day, fields, *more in (json.loads(text) if text else ())
        ]

    def _facts(self, firm: int, stated: list[Stated]) -> list[dict[str, Any]]:
        """The facts that imports state of a firm."""
        return firm_facts(stated, map(self._made, self._makings(firm)), self._supplies(firm))

    def _supplies(self, firm: int) -> list[Supply]:
        """Whom a firm supplies and who supplies it."""
        start, end, supplied, ends = (
            self._snapshot.column(f"imported_{name}")
            for name in ("supplies_from", "supplies_to", "supplied", "supplied_to")
        )
        own = range(*_span(start, firm))
        others = supplied[slice(*_span(ends, firm))]
        told = [(int(at), int(end[at]), "supplies") for at in own]
        told += [(int(at), int(start[at]), "supplied_by") for at in others.tolist()]
        return [self._supply(at, other, predicate) for at, other, predicate in told]

    def _supply(self, at: int, other: int, predicate: str) -> Supply:
        source, day, grade = (
            int(self._snapshot.column(f"imported_supplies_{name}")[at]) for name in ("source", "as_of", "grade")
        )
        named = Object(*(self._snapshot.strings(f"firm_{column}")[other] for column in ("id", "name", "name_en")))
        return Supply(predicate, named, self._imports[source], GRADES[grade], iso(day))

    def _makings(self, firm: int) -> list[int]:
        """The rows of what imports say that a firm makes."""
        part = slice(*_span(self._snapshot.column("imported_makes_firm"), firm))
        rows: list[int] = self._snapshot.column("imported_makes")[part].tolist()
        return rows

    def _made(self, at: int) -> Made:
        """A making: the share of revenue where it is known, the source's word for it."""
        column = {
            name: int(self._snapshot.column(f"makes_{name}")[at]) for name in ("as_of", "grade", "source", "share")
        }
        link = int(np.searchsorted(self._snapshot.column("makes_start"), at, side="right")) - 1
        return Made(
            self._object("link", self._table("link_ids")[link]),
            share_told(column["share"]),
            self._imports[column["source"]],
            GRADES[column["grade"]],
            iso(column["as_of"]),
            self._snapshot.strings("makes_said")[at] or None,
        )

    def _seat(self, firm: int, stated: list[Stated]) -> list[dict[str, Any]]:
        """Where a firm is seated, as the statement says that tells it best; nothing where only the country is known."""
        at = int(self._snapshot.column("firm_seat")[firm])
        table = self._table("regions")
        grade = GRADES[int(self._snapshot.column("firm_seat_grade")[firm])]
        if table["level"][at] == "country":
            return []
        return [seat_fact(stated, self._object("region", table["adcode"][at]), grade)]

    def _object(self, kind: str, key: str) -> Object:
        return Object(key, *self._table(f"{kind}_names")[key])

    # --- links and regions: how many firms, not which --------------------------------------------------------

    def _of_link(self, key: str) -> list[dict[str, Any]]:
        number = self._table("link_ids").index(key)
        start, stop = self._snapshot.column("makes_start")[number : number + 2].tolist()
        firm, source = (self._snapshot.column(f"makes_{name}")[start:stop] for name in ("firm", "source"))
        live = self._snapshot.column("firm_gone")[firm] == NEVER
        matched = [
            (told, self._sources[told]["date"], len(np.unique(firm[(source == at) & live])))
            for at, told in self._imports.items()
        ]
        censuses = [
            Census(self._object("region", region), source, grade, iso(day), found)
            for region, at, day, found, grade, source in self._table("censuses")
            if at == key
        ]
        return link_facts(matched, censuses)

    def _of_region(self, key: str) -> list[dict[str, Any]]:
        inside = [self._regions.row[code] for code in self._regions.below(key)]
        seated = int(np.count_nonzero(np.isin(self._snapshot.column("firm_seat")[self._own], inside)))
        return region_facts(seated, [(source, self._sources[source]["date"]) for source in self._imports.values()])


def _cites(record: dict[str, Any], source: str) -> bool:
    """Whether a record tells a fact by a source in the first place."""
    return any(
        fact["predicate"] not in FROM_THE_OTHER_END and any(item["source"] == source for item in fact["evidence"])
        for fact in record["facts"]
    )


def _span(firms: Column, firm: int) -> tuple[int, int]:
    """Where a firm stands in a sorted column."""
    # In the column's own kind, or numpy would convert all of it first.
    key = firms.dtype.type(firm)
    start, stop = (int(np.searchsorted(firms, key, side)) for side in ("left", "right"))
    return start, stop
