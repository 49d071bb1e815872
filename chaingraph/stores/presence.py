"""Who makes a link around a region, ring by ring: firms at their seats, read as one slice, and plants in production."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chaingraph.stores.rows import NearestRow, PresenceRow, RingRow, SeatedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.regions import Mask, Regions
    from chaingraph.stores.rows import WorkRow
    from chaingraph.stores.snapshot import Snapshot, Strings

_GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")


class _Maker(NamedTuple):
    """Somebody who makes a link at a place: a firm at its seat or in a plant, or a plant whose firm is not named."""

    region: int
    id: str
    name: str
    name_en: str
    capacity: float | None
    grade: Grade


class Presence:
    """The makes-rows of a snapshot, seen from one region on one day (a day number)."""

    def __init__(
        self, snapshot: Snapshot, regions: Regions, rings: dict[str, Mask], distance: NDArray[np.float64], day: int
    ) -> None:
        self._snapshot = snapshot
        self._regions = regions
        self._rings = rings
        self._distance = distance
        self._day = day

    def rows(self, links: Sequence[str], works: Iterable[WorkRow]) -> list[PresenceRow]:
        """One row a link; ``works`` are all projects, wherever they are."""
        sites: dict[str, list[_Maker]] = {}
        here: dict[str, set[str]] = {}
        for work in works:
            site = self._site(work)
            if work.stage == "in_production":
                sites.setdefault(work.link, []).append(site)
            if work.stage != "ended" and self._rings["home"][site.region]:
                here.setdefault(work.link, set()).add(site.id)
        row_of = {link: row for row, link in enumerate(self._snapshot.table("link_ids"))}
        return [self._row(link, row_of[link], sites.get(link, []), here.get(link, set())) for link in links]

    def _site(self, work: WorkRow) -> _Maker:
        return _Maker(
            self._regions.row[work.region],
            work.firm or work.project,
            work.firm_name or work.project_name,
            work.firm_name_en or work.project_name_en,
            work.capacity,
            work.grade,
        )

    def _row(self, link: str, link_row: int, sites: list[_Maker], local: set[str]) -> PresenceRow:
        region, firm, grade = self._seats(link_row)
        found = []
        for ring, mask in self._rings.items():
            at = mask[region]
            near = [site for site in sites if mask[site.region]]
            seated = {self._firm_ids[row] for row in firm[at].tolist()} if near else set()
            makers = {site.id for site in near}
            capacities = [site.capacity for site in near if site.capacity is not None]
            grades = [*([_GRADES[int(grade[at].max())]] if at.any() else []), *(site.grade for site in near)]
            firms = int(at.sum()) + len(makers - seated)
            found.append(
                RingRow(
                    ring,
                    firms,
                    firms - len({site.id for site in near if site.capacity is not None}),
                    sum(capacities) if capacities else None,
                    max(grades, default=None),
                )
            )
        here = self._rings["home"]
        at_home = here[region]
        away = ~at_home
        if local:
            away &= np.array([self._firm_ids[row] not in local for row in firm.tolist()], dtype=bool)
        outside = [*self._nearest_seats(region[away], firm[away], grade[away])]
        outside += [site for site in sites if not here[site.region] and site.id not in local]
        nearest = min(outside, key=lambda maker: (self._distance[maker.region], maker.grade, maker.id), default=None)
        return PresenceRow(
            link,
            tuple(found),
            self._told(nearest) if nearest else None,
            tuple(self._seated(int(row), int(mark)) for row, mark in zip(firm[at_home], grade[at_home], strict=True)),
        )

    def _seats(self, link_row: int) -> tuple[NDArray[np.int16], NDArray[np.int32], NDArray[np.int8]]:
        """Region, firm and grade of every firm known by the day to make the link.

        The grade is the weaker of the making's best citation and the seat's: where a firm is counts as much here.
        """
        start, stop = (int(self._snapshot.column("makes_start")[link_row + step]) for step in (0, 1))
        known = self._snapshot.column("makes_as_of")[start:stop] <= self._day
        region, firm, grade = (
            self._snapshot.column(f"makes_{name}")[start:stop][known] for name in ("region", "firm", "grade")
        )
        # A firm has one seat, so its citations stand side by side in the slice.
        first = np.flatnonzero(np.diff(firm, prepend=-1))
        best = np.minimum.reduceat(grade, first) if len(first) else grade
        seat = self._snapshot.column("firm_seat_grade")[firm[first]]
        return region[first], firm[first], np.maximum(best, seat)

    def _seated(self, row: int, grade: int) -> SeatedRow:
        return SeatedRow(
            self._firm_ids[row], self._firm_names[row], self._snapshot.strings("firm_name_en")[row], _GRADES[grade]
        )

    @cached_property
    def _firm_ids(self) -> Strings:
        return self._snapshot.strings("firm_id")

    @cached_property
    def _firm_names(self) -> Strings:
        return self._snapshot.strings("firm_name")

    def _nearest_seats(
        self, region: NDArray[np.int16], firm: NDArray[np.int32], grade: NDArray[np.int8]
    ) -> Iterator[_Maker]:
        """The firms whose seat is nearest, all that tie."""
        apart = self._distance[region]
        for place in np.flatnonzero(apart == apart.min()).tolist() if len(apart) else ():
            row = int(firm[place])
            mark = _GRADES[int(grade[place])]
            name, name_en = self._firm_names[row], self._snapshot.strings("firm_name_en")[row]
            yield _Maker(int(region[place]), self._firm_ids[row], name, name_en, None, mark)

    def _told(self, maker: _Maker) -> NearestRow:
        return NearestRow(
            maker.id,
            maker.name,
            maker.name_en,
            self._regions.table["adcode"][maker.region],
            self._regions.table["name"][maker.region],
            self._regions.table["name_en"][maker.region],
            round(float(self._distance[maker.region]), 1),
            maker.grade,
        )
