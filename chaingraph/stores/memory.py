"""The embedded store: answers every read from a memory-mapped snapshot with numpy alone."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.errors import NotFound, Text
from chaingraph.stores.keys import days, iso, name_key
from chaingraph.stores.rows import (
    ChainFrame,
    ClaimRow,
    FeedRow,
    Judged,
    LeaderRow,
    LinkRow,
    NearestRow,
    PresenceRow,
    RegionRow,
    RingRow,
    SeatedRow,
    SurveyRow,
    TargetRow,
    WorkRow,
)
from chaingraph.stores.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from chaingraph.model.words import Basis, Grade

_GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
_EARTH_KM = 6371.0


class _Site(NamedTuple):
    """A project in production somewhere: the region row, the firm, what it can make."""

    region: int
    firm: str
    capacity: float | None
    grade: Grade


class MemoryStore:
    """A ``Store`` over a snapshot folder."""

    def __init__(self, folder: Path) -> None:
        self._snapshot = Snapshot(folder)
        self._regions = self._snapshot.regions
        self._row_of = {code: row for row, code in enumerate(self._regions["adcode"])}

    # --- settings, chains, regions -------------------------------------------------------------------------

    @cached_property
    def _settings(self) -> dict[str, Any]:
        table: dict[str, Any] = self._snapshot.table("settings")
        return table

    def settings(self) -> dict[str, Any]:
        """Manifest and scoring of the packs."""
        return self._settings

    def chain_ids(self) -> list[str]:
        """The ids of all chains."""
        ids: list[str] = self._snapshot.table("chain_ids")
        return ids

    def chain(self, chain: str) -> ChainFrame:
        """A chain by id, or by its name or alias."""
        ids = self.chain_ids()
        if chain not in ids:
            record = self._find(chain, "chain")
            if record is None:
                raise NotFound.named(Text("产业链", "chain"), chain, self._similar(chain, "chain") or ids)
            chain = record["id"]
        raw = self._snapshot.table(f"chains/{chain}")
        links = tuple(
            LinkRow(*link[:6], *(Judged(*figure) if figure else None for figure in link[6:])) for link in raw["links"]
        )
        return ChainFrame(
            raw["id"],
            raw["name"],
            raw["name_en"],
            links,
            tuple(FeedRow(*feed) for feed in raw["feeds"]),
            tuple(LeaderRow(*leader) for leader in raw["leaders"]),
        )

    def region(self, name: str) -> RegionRow:
        """A region by adcode, or by its name with or without 省, 市, 区, 县."""
        row = self._row_of.get(name)
        if row is None:
            names: list[str] = self._regions["name"]
            english = [str(other).casefold() for other in self._regions["name_en"]]
            for candidate in (name, f"{name}市", f"{name}省", f"{name}区", f"{name}县"):
                if candidate in names:
                    row = names.index(candidate)
                    break
            else:
                if name.casefold() in english:
                    row = english.index(name.casefold())
        if row is None:
            from difflib import get_close_matches

            close = get_close_matches(name, [*self._regions["name"], *self._regions["adcode"]], 5, 0.5)
            raise NotFound.named(Text("地区", "region"), name, close)
        table = self._regions
        return RegionRow(
            table["adcode"][row],
            table["name"][row],
            table["name_en"][row],
            table["level"][row],
            tuple(self._line(row)),
        )

    def _line(self, row: int) -> Iterator[str]:
        """The region's adcode, then its parents', up to the nation."""
        code: str | None = self._regions["adcode"][row]
        while code is not None:
            yield code
            code = self._regions["parent"][self._row_of[code]]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for code, parent in zip(self._regions["adcode"], self._regions["parent"], strict=True):
            children.setdefault(parent, []).append(code)
        return children

    def _below(self, region: str) -> set[str]:
        """The region and everything below it."""
        found = {region}
        for child in self._children.get(region, ()):
            found |= self._below(child)
        return found

    # --- what is here --------------------------------------------------------------------------------------

    @cached_property
    def _projects(self) -> list[dict[str, Any]]:
        table: list[dict[str, Any]] = self._snapshot.table("projects")
        return table

    def works(self, links: Sequence[str], region: str, as_of: date) -> list[WorkRow]:
        """Every project's making of one of ``links`` in ``region``, known or dated by ``as_of``."""
        inside = self._below(region)
        wanted = set(links)
        return [row for row in self._all_works(days(as_of)) if row.link in wanted and row.region in inside]

    def _all_works(self, day: int) -> Iterator[WorkRow]:
        for project in self._projects:
            reached = _stage_on(project["stages"], day)
            for link, known in _makes_on(project["makes"], day).items():
                yield WorkRow(
                    link,
                    project["id"],
                    project["name"],
                    project["name_en"],
                    project["firm"],
                    project["firm_name"],
                    project["firm_name_en"],
                    project["region"],
                    reached.stage if reached else None,
                    iso(reached.day) if reached else None,
                    reached.by if reached else False,
                    known.capacity,
                    known.basis,
                    known.note,
                    max(known.grade, reached.grade) if reached else known.grade,
                )

    def claims(self, links: Sequence[str], region: str, as_of: date) -> list[ClaimRow]:
        """Claims of one of ``links`` in ``region``, each with the best citation of the day."""
        inside, wanted, day = self._below(region), set(links), days(as_of)
        rows = []
        for place, link, said, evidence in self._snapshot.table("claims"):
            known = [item for item in evidence if item[0] <= day]
            if link in wanted and place in inside and known:
                when, grade, source, title = min(known, key=lambda item: (item[1], -item[0]))
                rows.append(ClaimRow(link, said, source, title, iso(when), grade))
        return rows

    def surveys(self, links: Sequence[str], region: str, as_of: date) -> list[SurveyRow]:
        """Surveys that covered ``region`` by ``as_of``, the latest last."""
        line, wanted, day = set(self._line(self._row_of[region])), set(links), days(as_of)
        rows = [
            SurveyRow(link, iso(when), found, grade)
            for place, link, when, found, grade in self._snapshot.table("surveys")
            if place in line and link in wanted and when <= day
        ]
        return sorted(rows, key=lambda row: row.date)

    def targets(self, chain: str, region: str, as_of: date) -> list[TargetRow]:
        """Targets of ``region`` that name ``chain`` and were published by ``as_of``."""
        rows = []
        for raw in self._snapshot.table("targets"):
            grades = [grade for day, grade in raw["evidence"] if day <= days(as_of)]
            if raw["chain"] == chain and raw["region"] == region and grades:
                fields = (raw["id"], raw["name"], raw["metric"], raw["at_least"], raw["unit"], raw["year"])
                rows.append(TargetRow(*fields, min(grades)))
        return rows

    # --- who makes it, ring by ring ------------------------------------------------------------------------

    def presence(self, links: Sequence[str], region: str, as_of: date) -> list[PresenceRow]:
        """Who makes each of ``links`` around ``region``: firms by seat, and projects in production."""
        day = days(as_of)
        rings = self._ring_masks(region)
        distance = self._distances(region)
        sites: dict[str, list[_Site]] = {}
        for work in self._all_works(day):
            if work.stage == "in_production" and work.firm is not None:
                site = _Site(self._row_of[work.region], work.firm, work.capacity, work.grade)
                sites.setdefault(work.link, []).append(site)
        rows = {link: row for row, link in enumerate(self._snapshot.table("link_ids"))}
        return [self._presence(link, rows[link], day, rings, distance, sites.get(link, ())) for link in links]

    def _presence(
        self,
        link: str,
        link_row: int,
        day: int,
        rings: dict[str, NDArray[np.bool_]],
        distance: NDArray[np.float64],
        sites: Sequence[_Site],
    ) -> PresenceRow:
        start, stop = (int(self._snapshot.column("makes_start")[link_row + step]) for step in (0, 1))
        known = self._snapshot.column("makes_as_of")[start:stop] <= day
        region, firm, grade = (
            self._snapshot.column(f"makes_{name}")[start:stop][known] for name in ("region", "firm", "grade")
        )
        found = []
        for ring, mask in rings.items():
            at = mask[region]
            names = set(firm[at].tolist())
            near = [site for site in sites if mask[site.region]]
            also = {site.firm for site in near} - {self._firm_ids[row] for row in names} if near else set()
            capacities = [site.capacity for site in near if site.capacity is not None]
            grades = [*([_GRADES[int(grade[at].max())]] if names else []), *(site.grade for site in near)]
            found.append(
                RingRow(
                    ring,
                    len(names) + len(also),
                    sum(capacities) if capacities else None,
                    max(grades, default=None),
                )
            )
        here = rings["home"]
        outside = ~here[region]
        nearest = self._nearest(region[outside], firm[outside], grade[outside], distance) if outside.any() else None
        seated: dict[int, int] = {}
        for row, mark in zip(firm[~outside].tolist(), grade[~outside].tolist(), strict=True):
            seated[row] = min(mark, seated.get(row, mark))
        return PresenceRow(link, tuple(found), nearest, tuple(self._seated(row, seated[row]) for row in sorted(seated)))

    def _seated(self, row: int, grade: int) -> SeatedRow:
        return SeatedRow(self._firm_names[row], self._snapshot.strings("firm_name_en")[row], _GRADES[grade])

    @cached_property
    def _firm_ids(self) -> Any:
        return self._snapshot.strings("firm_id")

    @cached_property
    def _firm_names(self) -> Any:
        return self._snapshot.strings("firm_name")

    def _nearest(
        self,
        region: NDArray[np.int16],
        firm: NDArray[np.int32],
        grade: NDArray[np.int8],
        distance: NDArray[np.float64],
    ) -> NearestRow:
        """The nearest maker; of several at one distance the better evidenced, then the first by id."""
        apart = distance[region]
        tied = np.flatnonzero(apart == apart.min())
        row = int(min(tied.tolist(), key=lambda place: (grade[place], firm[place])))
        place, number = int(region[row]), int(firm[row])
        return NearestRow(
            self._firm_ids[number],
            self._firm_names[number],
            self._snapshot.strings("firm_name_en")[number],
            self._regions["adcode"][place],
            self._regions["name"][place],
            self._regions["name_en"][place],
            round(float(apart[row]), 1),
            _GRADES[int(grade[row])],
        )

    def _distances(self, region: str) -> NDArray[np.float64]:
        """Great-circle distance in km from the seat of ``region`` to every region's."""
        lat, lon = (np.radians(self._snapshot.column(f"region_{axis}")) for axis in ("lat", "lon"))
        row = self._row_of[region]
        half = np.sin((lat - lat[row]) / 2) ** 2 + np.cos(lat) * np.cos(lat[row]) * np.sin((lon - lon[row]) / 2) ** 2
        kilometres: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(half))
        return kilometres

    def _ring_masks(self, region: str) -> dict[str, NDArray[np.bool_]]:
        """For each ring, which regions lie in it. ``home`` is the region itself with what is below it."""
        line = list(self._line(self._row_of[region]))
        levels = {self._regions["level"][self._row_of[code]]: code for code in line}
        rings = self._settings["manifest"]["rings"]
        areas = {"home": self._below(region)}
        for level in ("county", "city"):
            if level in levels:
                areas[level] = self._below(levels[level])
        masks = {name: self._mask(area) for name, area in areas.items()}
        masks["near"] = (self._distances(region) <= rings["near_km"]["value"]) | masks["home"]
        masks["bay_area"] = self._mask(set().union(*(self._below(code) for code in rings["bay_area"])))
        if "province" in levels:
            masks["province"] = self._mask(self._below(levels["province"]))
        masks["nation"] = np.ones(len(self._row_of), dtype=bool)
        return masks

    def _mask(self, codes: set[str]) -> NDArray[np.bool_]:
        return np.fromiter((code in codes for code in self._regions["adcode"]), dtype=bool, count=len(self._row_of))

    # --- entities ------------------------------------------------------------------------------------------

    def entity(self, name: str) -> dict[str, Any]:
        """An entity by id, name, alias or listing code, with its facts."""
        record = self._find(name)
        if record is None:
            raise NotFound.named(Text("对象", "entity"), name, self._similar(name))
        return record

    def _find(self, name: str, kind: str | None = None) -> dict[str, Any] | None:
        keys = self._snapshot.column("name_key")
        key = name_key(name)
        row = int(np.searchsorted(keys, key))
        records = self._snapshot.strings("record")
        while row < len(keys) and keys[row] == key:
            record: dict[str, Any] = json.loads(records[int(self._snapshot.column("name_record")[row])])
            if kind in (None, record["kind"]):
                return record
            row += 1
        return None

    def _similar(self, name: str, kind: str | None = None) -> list[str]:
        """Names that resemble ``name``: those that hold it first, then those that are spelt alike."""
        from difflib import get_close_matches

        rows = [text.split("\t") for text in self._snapshot.strings("record_name")]
        known = [(row[2], row[1]) for row in rows if kind in (None, row[0])]
        holding = [shown for shown, _ in known if name in shown]
        alike = get_close_matches(name, [part for pair in known for part in pair], 5, 0.5)
        return list(dict.fromkeys([*holding, *alike]))[:5]

    def sources(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Source records by id."""
        table = self._snapshot.table("sources")
        return {key: table[key] for key in ids}


class _Known(NamedTuple):
    """What is known of a project's making on a day."""

    capacity: float | None
    basis: Basis
    note: str | None
    grade: Grade


def _makes_on(makes: list[Any], day: int) -> dict[str, _Known]:
    """For each link the facts of ``day``: the better grade wins, then the later date; a capacity beats none."""
    best: dict[str, tuple[tuple[bool, str, int], _Known]] = {}
    for link, capacity, basis, evidence in makes:
        for when, grade, note in evidence:
            if when > day:
                continue
            rank = (capacity is None, grade, -when)
            if link not in best or rank < best[link][0]:
                best[link] = (rank, _Known(capacity, basis, note, grade))
    return {link: known for link, (_, known) in best.items()}


_STAGE_ORDER = ("signed", "started", "completed", "in_production", "ended")


class _Reached(NamedTuple):
    """The stage of a project on a day: when it was reached, whether that is the latest possible day, how good it is."""

    stage: str
    day: int
    by: bool
    grade: Grade


def _stage_on(stages: list[Any], day: int) -> _Reached | None:
    """The furthest stage reached by ``day``; of several datings of it the earliest."""
    reached = [_Reached(*item) for item in stages if item[1] <= day]
    if not reached:
        return None
    furthest = max((item.stage for item in reached), key=_STAGE_ORDER.index)
    return min((item for item in reached if item.stage == furthest), key=lambda item: (item.day, item.grade))
