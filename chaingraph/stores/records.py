"""The records that names lead to: those of the packs as they were written, firms of imports made up when asked for."""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.facts import bare_fact
from chaingraph.stores.imported import NEVER, share_told
from chaingraph.stores.keys import iso
from chaingraph.stores.regions import Regions

if TYPE_CHECKING:
    from chaingraph.stores.snapshot import Column, Snapshot

_STATED = {
    "name": "registered",
    "former_names": "former_name",
    "credit_code": "credit_code",
    "listing_code": "listing_code",
    "established": "established",
    "capital_cny": "registered_capital_cny",
    "industry": "industry",
    "scale": "scale",
    "dissolved": "dissolved",
}
"""The field of a statement, and the predicate of its fact."""
_BARE = 4
"""Source, locator, day and fields: what every statement has."""
_DATED = ("established",)
_UNDATED = "日期待核实"


class Head(NamedTuple):
    """What a record is of."""

    kind: str
    id: str
    name: str


class Records:
    """Reads records by row."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
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
        more = {"firm": self._of_firm, "link": self._of_link, "region": self._of_region}.get(record["kind"])
        if more is not None and self._imports:
            record["facts"] += more(record["id"])
        return record

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
        return {
            "kind": "firm",
            "id": key,
            "name": name,
            "name_en": english,
            "names": list(dict.fromkeys([key, name, english, full])),
            "products": [],
            "facts": [*self._seat(firm), *self._facts(firm)],
        }

    def _of_firm(self, key: str) -> list[dict[str, Any]]:
        return self._facts(bisect_left(self._snapshot.strings("firm_id"), key))

    def _stated(self, firm: int) -> list[Any]:
        """What imports state of a firm: source, locator, day, fields."""
        text = self._snapshot.strings("firm_stated")[firm]
        told = json.loads(text) if text else []
        name = self._snapshot.strings("firm_full_name")[firm]
        # Only another name than the one in the table is written down.
        return [[*head, {"name": name, **fields}, *more] for *head, fields, more in map(_split, told)]

    def _facts(self, firm: int) -> list[dict[str, Any]]:
        """The facts that imports state of a firm."""
        stated = self._stated(firm)
        facts = [
            self._fact(predicate, value, evidence)
            for source, locator, day, fields, *_ in stated
            for evidence in [self._evidence(source, locator, day)]
            for field, predicate in _STATED.items()
            for value in _several(fields.get(field))
        ]
        # What is stated of what it makes stands at the end where it has a place of its own.
        locators = {told[0]: told[4] if len(told) > _BARE else told[1] for told in reversed(stated)}
        made = [self._made(at, locators) for at in self._makings(firm)]
        return [*facts, *made, *self._supplies(firm)]

    def _fact(self, predicate: str, value: Any, evidence: dict[str, Any]) -> dict[str, Any]:
        if predicate == "dissolved":
            return bare_fact(predicate, evidence=[evidence], value=None if value else _UNDATED, date=value or None)
        unit = "元" if predicate == "registered_capital_cny" else None
        dated = {"date": value} if predicate in _DATED else {"value": value}
        return bare_fact(predicate, evidence=[evidence], unit=unit, **dated)

    def _evidence(self, source: str, locator: str, day: int, grade: str | None = None) -> dict[str, Any]:
        graded = grade or self._sources[source]["grade"]
        return {"source": source, "locator": locator, "grade": graded, "as_of": iso(day), "note": None}

    def _supplies(self, firm: int) -> list[dict[str, Any]]:
        """Whom a firm supplies and who supplies it."""
        start, end, supplied, ends = (
            self._snapshot.column(f"imported_{name}")
            for name in ("supplies_from", "supplies_to", "supplied", "supplied_to")
        )
        own = range(*_span(start, firm))
        others = supplied[slice(*_span(ends, firm))]
        told = [(int(at), int(end[at]), "supplies") for at in own]
        told += [(int(at), int(start[at]), "supplied_by") for at in others.tolist()]
        return [self._tie(at, other, predicate) for at, other, predicate in told]

    def _tie(self, at: int, other: int, predicate: str) -> dict[str, Any]:
        source, day, grade = (
            int(self._snapshot.column(f"imported_supplies_{name}")[at]) for name in ("source", "as_of", "grade")
        )
        evidence = self._evidence(self._imports[source], "", day, GRADES[grade])
        key, name, english = (self._snapshot.strings(f"firm_{column}")[other] for column in ("id", "name", "name_en"))
        return bare_fact(predicate, evidence=[evidence], object=key, object_name=name, object_name_en=english)

    def _makings(self, firm: int) -> list[int]:
        """The rows of what imports say that a firm makes."""
        part = slice(*_span(self._snapshot.column("imported_makes_firm"), firm))
        rows: list[int] = self._snapshot.column("imported_makes")[part].tolist()
        return rows

    def _made(self, at: int, locators: dict[str, str]) -> dict[str, Any]:
        """A making: the share of revenue where it is known, the source's word for it in the note."""
        column = {
            name: int(self._snapshot.column(f"makes_{name}")[at]) for name in ("as_of", "grade", "source", "share")
        }
        source = self._imports[column["source"]]
        evidence = self._evidence(source, locators.get(source, ""), column["as_of"], GRADES[column["grade"]])
        evidence["note"] = self._snapshot.strings("makes_said")[at] or None
        link = int(np.searchsorted(self._snapshot.column("makes_start"), at, side="right")) - 1
        key = self._table("link_ids")[link]
        return bare_fact("makes", evidence=[evidence], value=share_told(column["share"]), **self._object("link", key))

    def _seat(self, firm: int) -> list[dict[str, Any]]:
        """Where a firm is seated, as the statement says that tells it best; nothing where only the country is known."""
        at = int(self._snapshot.column("firm_seat")[firm])
        table = self._table("regions")
        grade = GRADES[int(self._snapshot.column("firm_seat_grade")[firm])]
        if table["level"][at] == "country":
            return []
        seat = table["adcode"][at]
        evidence = [
            self._evidence(source, locator, day, grade)
            for source, locator, day, fields, *_ in self._stated(firm)
            if fields.get("seat") == seat
        ]
        return [bare_fact("based_in", evidence=evidence, **self._object("region", seat))]

    def _object(self, kind: str, key: str) -> dict[str, Any]:
        name, english = self._table(f"{kind}_names")[key]
        return {"object": key, "object_name": name, "object_name_en": english}

    # --- links and regions: how many firms, not which --------------------------------------------------------

    def _of_link(self, key: str) -> list[dict[str, Any]]:
        number = self._table("link_ids").index(key)
        start, stop = self._snapshot.column("makes_start")[number : number + 2].tolist()
        firm, source = (self._snapshot.column(f"makes_{name}")[start:stop] for name in ("firm", "source"))
        live = self._snapshot.column("firm_gone")[firm] == NEVER
        counts = {told: len(np.unique(firm[(source == at) & live])) for at, told in self._imports.items()}
        matched = [
            bare_fact("matched_firms", value=count, unit="家", evidence=[self._whole(told)])
            for told, count in counts.items()
            if count
        ]
        return [*matched, *self._surveyed(key)]

    def _surveyed(self, link: str) -> list[dict[str, Any]]:
        """The censuses that tell of a link."""
        return [
            bare_fact(
                "surveyed_in",
                evidence=[self._evidence(source, "全部", day, grade)],
                value="found" if found else "not_found",
                date=iso(day),
                **self._object("region", region),
            )
            for region, at, day, found, grade, source in self._table("censuses")
            if at == link
        ]

    def _of_region(self, key: str) -> list[dict[str, Any]]:
        regions = Regions(self._snapshot)
        inside = [regions.row[code] for code in regions.below(key)]
        seated = int(np.count_nonzero(np.isin(self._snapshot.column("firm_seat")[self._own], inside)))
        evidence = [self._whole(source) for source in self._imports.values()]
        return [bare_fact("imported_seats", value=seated, unit="家", evidence=evidence)] if seated else []

    def _whole(self, source: str) -> dict[str, Any]:
        known = self._sources[source]
        return {"source": source, "locator": "全部", "grade": "C", "as_of": known["date"], "note": None}


def _split(told: list[Any]) -> tuple[Any, ...]:
    """A statement as source, locator, day, fields, and the rest."""
    return (*told[:_BARE], told[_BARE:])


def _span(firms: Column, firm: int) -> tuple[int, int]:
    """Where a firm stands in a sorted column."""
    # In the column's own kind, or numpy would convert all of it first.
    key = firms.dtype.type(firm)
    start, stop = (int(np.searchsorted(firms, key, side)) for side in ("left", "right"))
    return start, stop


def _several(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
