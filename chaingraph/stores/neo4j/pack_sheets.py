"""The entities of packs as nodes and relationships, out of a snapshot's records: one relationship a citation."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np

from chaingraph.model.words import STRUCTURE, Discharge, word
from chaingraph.stores.imported import share_told
from chaingraph.stores.keys import iso
from chaingraph.stores.neo4j.sheets import LABELS, Node, Relationship, told
from chaingraph.stores.neo4j.texts_written import NamesWritten, keys_of
from chaingraph.stores.rows import TargetRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chaingraph.stores.snapshot import Snapshot

ALWAYS = "0001-01-01"
"""Since when the structure of chains and the map hold."""


class _Form(NamedTuple):
    """How a fact between two entities stands: the type, and under which names its number, text and date."""

    type: str
    number: str | None = None
    text: str | None = None
    date: str | None = None
    turned: bool = False


FORMS = {
    "leads": _Form("LEADS", text="text"),
    "in_chain": _Form("IN_CHAIN"),
    "feeds": _Form("FEEDS", number="amount"),
    "feeds_recycled": _Form("FEEDS", number="amount"),
    "based_in": _Form("BASED_IN"),
    "supplies": _Form("SUPPLIES", text="text"),
    "owned_by": _Form("OWNS", number="share", turned=True),
    "within": _Form("PART_OF"),
    "part_of": _Form("PART_OF"),
    "in_region": _Form("IN"),
    "by_firm": _Form("BY"),
    "at_park": _Form("AT"),
    "targets": _Form("TARGETS"),
    "claims": _Form("CLAIMS", text="said"),
    "surveyed": _Form("SURVEYED", date="date"),
    "bars": _Form("BARS", text="reason", date="until"),
    "hosted_by": _Form("HOSTED_BY"),
    "serves": _Form("SERVES"),
    "applies_to": _Form("APPLIES_TO"),
    "target_of": _Form("TARGET_OF", number="value", date="date"),
    "actual_of": _Form("ACTUAL_OF", number="value", date="date"),
}
"""Predicates of facts between two entities, as the entity has them that tells the fact."""

_MAKES = _Form("MAKES")
_MEASURED = ("metric", "unit", "at_least", "value", "year", "since", "region", "chain", "park", "link")

_CODES = {word(code, "zh"): code for code in get_args(Discharge)}
_DISCHARGES = ("discharges", "takes_discharge", "refuses_discharge")


class _Before(NamedTuple):
    """How many facts of a predicate between two entities stand before one, with how many citations."""

    facts: int
    citations: int


class PackSheets:
    """Nodes and relationships of the packs' records, by row."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._records = snapshot.strings("record")
        self.names_written = NamesWritten(snapshot)
        heads = [head.split("\t") for head in snapshot.strings("record_name")]
        self.rows: dict[str, list[int]] = defaultdict(list)
        """The rows of the records of each kind."""
        self.ids: list[str] = []
        self.kinds: list[str] = []
        for row, (kind, key, _) in enumerate(heads):
            self.rows[kind].append(row)
            self.ids.append(key)
            self.kinds.append(kind)

    def node(self, row: int, **more: Any) -> Node:
        """A record as a node; ``more`` are properties that only its kind has."""
        record = self._record(row)
        kind, key = record["kind"], record["id"]
        own = {"region": self._region, "link": self._link, "project": self._project, "park": self._park}.get(kind)
        figure = self._figures.get(key, {}) if kind in ("target", "actual") else {}
        return Node(
            LABELS[kind],
            key,
            told(
                id=key,
                kind=kind,
                name=record["name"],
                name_en=record["name_en"],
                full_name=next(fact["value"] for fact in record["facts"] if fact["predicate"] == "registered"),
                order=order_of(kind, key, of_packs=True),
                of_packs=True,
                **self.names_written.of(row),
                keys=keys_of(record["names"]),
                **(own(key) if own else {}),
                **figure,
            )
            | told(**more),
        )

    def names(self, row: int) -> list[str]:
        """All exact names of a record."""
        names: list[str] = self._record(row)["names"]
        return names

    @cached_property
    def struck_off(self) -> dict[str, str]:
        """The firms that packs know to be struck off, each with the day since when that is known."""
        return {
            record["id"]: min(item["as_of"] for item in fact["evidence"])
            for record in map(self._record, self.rows["firm"])
            for fact in record["facts"]
            if fact["predicate"] == "dissolved"
        }

    def relationships(self, row: int) -> Iterator[Relationship]:
        """What a record tells: of its relations to others, and of itself by its sources."""
        record = self._record(row)
        key, kind = record["id"], record["kind"]
        places: Counter[str] = Counter()
        before: dict[tuple[str, str], _Before] = defaultdict(lambda: _Before(0, 0))
        for fact in record["facts"]:
            predicate, other = fact["predicate"], fact["object"]
            if other is not None and predicate not in FORMS and not _is_making(kind, predicate):
                continue
            met = before[predicate, other or ""]
            for cited, item in enumerate(fact["evidence"]):
                evidence = told(
                    place=places[predicate],
                    cited=cited,
                    **{name: item[name] for name in ("source", "locator", "grade", "as_of", "note")},
                    since=ALWAYS if predicate in STRUCTURE else item["as_of"],
                )
                if other is None:
                    yield _literal(key, fact, evidence)
                elif predicate == "makes":
                    yield self._making(kind, key, fact, evidence, met.citations + cited)
                else:
                    yield self._between(key, fact, evidence, met.facts)
            before[predicate, other or ""] = _Before(met.facts + 1, met.citations + len(fact["evidence"]))
            places[predicate] += 1

    def _making(
        self, kind: str, key: str, fact: dict[str, Any], evidence: dict[str, Any], citation: int
    ) -> Relationship:
        """That a firm or a project makes a link."""
        link = fact["object"]
        if kind == "project":
            payload = told(capacity=fact["value"], unit=fact["unit"], basis=fact["basis"], link=link)
        else:
            sure = share_told(self._confidences[key, link][citation])
            payload = told(revenue_share=fact["value"], confidence=sure, link=link, seat=self._seats[key])
        return _related(_MAKES, (key, link), fact, payload | evidence)

    def _between(self, key: str, fact: dict[str, Any], evidence: dict[str, Any], fact_before: int) -> Relationship:
        """Any other fact between two entities, of which so many of its predicate stand before."""
        predicate, other = fact["predicate"], fact["object"]
        form = FORMS[predicate]
        payload = _payload(form, fact)
        if predicate == "in_chain":
            stage, tier = fact["value"].split()
            payload = {"stage": stage, "tier": int(tier), "number": self._numbers[other][key]}
        elif form.type == "FEEDS":
            payload["recycled"] = predicate == "feeds_recycled"
        elif predicate == "surveyed":
            payload["found"] = fact["value"] == "found"
        elif predicate == "leads":
            payload |= self._leading[key, other][fact_before]
        ends = (other, key) if form.turned else (key, other)
        return _related(form, ends, fact, payload | evidence)

    # --- what the records leave out --------------------------------------------------------------------------

    def _record(self, row: int) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self._records[row])
        return record

    @cached_property
    def _frames(self) -> list[dict[str, Any]]:
        return [self._snapshot.table(f"chains/{chain}") for chain in self._snapshot.table("chain_ids")]

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        """By chain the place of each of its links in their topological order."""
        return {frame["id"]: {link[0]: place for place, link in enumerate(frame["links"])} for frame in self._frames}

    @cached_property
    def _leading(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """For each leader and chain the region and link, as often as it leads the chain."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for frame in self._frames:
            for number, leader in enumerate(frame["leaders"]):
                found[leader[0], frame["id"]].append({"region": leader[3], "link": leader[4], "number": number})
        return found

    @cached_property
    def _confidences(self) -> dict[tuple[str, str], list[int]]:
        """For each firm and link of the packs the confidence of each citation, in their order."""
        imports = set(self._snapshot.table("imports"))
        sources, links = self._snapshot.table("source_ids"), self._snapshot.table("link_ids")
        own = np.array([source not in imports for source in sources], dtype=np.bool_)
        at = np.flatnonzero(own[self._snapshot.column("makes_source")])
        link = np.searchsorted(self._snapshot.column("makes_start"), at, side="right") - 1
        firm, confidence = (self._snapshot.column(f"makes_{name}")[at] for name in ("firm", "confidence"))
        ids = self._snapshot.strings("firm_id")
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for maker, made, sure in zip(firm.tolist(), link.tolist(), confidence.tolist(), strict=True):
            found[ids[maker], links[made]].append(sure)
        return found

    @cached_property
    def _seats(self) -> dict[str, str]:
        """By firm of a pack the adcode of its seat."""
        return {
            record["id"]: fact["object"]
            for record in map(self._record, self.rows["firm"])
            for fact in record["facts"]
            if fact["predicate"] == "based_in"
        }

    @cached_property
    def _places(self) -> dict[str, dict[str, Any]]:
        table = self._snapshot.table("regions")
        lat, lon = (self._snapshot.column(f"region_{axis}").tolist() for axis in ("lat", "lon"))
        return {
            code: {"level": level, "lat": lat[row], "lon": lon[row]}
            for row, (code, level) in enumerate(zip(table["adcode"], table["level"], strict=True))
        }

    def _region(self, key: str) -> dict[str, Any]:
        return self._places[key]

    @cached_property
    def _units(self) -> dict[str, str]:
        return {link[0]: link[3] for frame in self._frames for link in frame["links"]}

    def _link(self, key: str) -> dict[str, Any]:
        return {"unit": self._units.get(key)}

    @cached_property
    def _since(self) -> dict[str, str]:
        return {project["id"]: iso(project["since"]) for project in self._snapshot.table("projects")}

    def _project(self, key: str) -> dict[str, Any]:
        return {"since": self._since[key]}

    @cached_property
    def _parks(self) -> dict[str, dict[str, Any]]:
        return {park["id"]: {"lat": park["lat"], "lon": park["lon"]} for park in self._snapshot.table("parks")}

    def _park(self, key: str) -> dict[str, Any]:
        return self._parks[key]

    @cached_property
    def _figures(self) -> dict[str, dict[str, Any]]:
        """Of targets and actuals what they measure."""
        targets = self._snapshot.table("targets")
        figures = [dict(zip(TargetRow._fields, target, strict=False)) for target in targets]
        figures += self._snapshot.table("actuals")
        return {figure["id"]: {name: figure.get(name) for name in _MEASURED} for figure in figures}


def _is_making(kind: str, predicate: str) -> bool:
    """Whether a predicate is that of a making, as its maker has it."""
    return predicate == "makes" and kind in ("firm", "project")


def _related(form: _Form, ends: tuple[str, str], fact: dict[str, Any], properties: dict[str, Any]) -> Relationship:
    key = f"{fact['predicate']} {properties['place']} {properties['cited']}"
    return Relationship(form.type, *ends, key, properties)


def _payload(form: _Form, fact: dict[str, Any]) -> dict[str, Any]:
    """What a fact between two entities says beside that it is so."""
    named: dict[str, Any] = {}
    if form.number:
        named |= {form.number: fact["value"], "unit": fact["unit"]}
    if form.text:
        named |= {form.text: fact["value"], "text_en": fact["value_en"]}
    if form.date:
        named[form.date] = fact["date"]
    return told(**named)


def _literal(key: str, fact: dict[str, Any], evidence: dict[str, Any]) -> Relationship:
    """What a source tells of an entity itself."""
    predicate, value = fact["predicate"], fact["value"]
    text = isinstance(value, str)
    payload = told(
        predicate=predicate,
        value=None if text else value,
        text=value if text else None,
        text_en=fact["value_en"],
        unit=fact["unit"],
        date=fact["date"],
        by=fact["by"] or None,
        code=_CODES.get(value) if predicate in _DISCHARGES else None,
    )
    name = f"{predicate} {evidence['place']} {evidence['cited']}"
    return Relationship("TELLS", evidence["source"], key, name, payload | evidence)


def order_of(kind: str, key: str, of_packs: bool) -> str:
    """Where an entity stands among the records, as a text that sorts so: packs' first, then by kind, then by id."""
    return f"{0 if of_packs else 1}{list(LABELS).index(kind):02d} {key}"
