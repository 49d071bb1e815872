"""Who makes a link around a region, ring by ring: firms at their seats, read as one slice, and plants in production."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.rows import NearestRow, PresenceRow, RingRow, SeatedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.regions import Mask, Regions
    from chaingraph.stores.rows import WorkRow
    from chaingraph.stores.snapshot import Snapshot, Strings


class _Maker(NamedTuple):
    """Somebody who makes a link at a place: a firm at its seat or in a plant, or a plant whose firm is not named."""

    region: int
    id: str
    name: str
    name_en: str
    capacity: float | None
    grade: Grade


class _Seats(NamedTuple):
    """Firms at their seats, sorted by link: those of link n stand from ``start[n]`` to ``start[n + 1]``."""

    start: NDArray[np.int64]
    region: NDArray[np.int16]
    firm: NDArray[np.int32]
    grade: NDArray[np.int8]

    def of(self, place: int) -> tuple[NDArray[np.int16], NDArray[np.int32], NDArray[np.int8]]:
        """Region, firm and grade of the seats of one link."""
        start, stop = self.start[place], self.start[place + 1]
        return self.region[start:stop], self.firm[start:stop], self.grade[start:stop]


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
        if not links:
            return []
        sites: dict[str, list[_Maker]] = {}
        here: dict[str, set[str]] = {}
        for work in works:
            site = self._site(work)
            if work.stage == "in_production":
                sites.setdefault(work.link, []).append(site)
            if work.stage != "ended" and self._rings["home"][site.region]:
                here.setdefault(work.link, set()).add(site.id)
        seats = self._seats(links)
        counts = {ring: self._counted(seats, mask) for ring, mask in self._rings.items()}
        return [
            self._row(
                link,
                {ring: (int(firms[place]), int(worst[place])) for ring, (firms, worst) in counts.items()},
                seats.of(place),
                sites.get(link, []),
                here.get(link, set()),
            )
            for place, link in enumerate(links)
        ]

    def _site(self, work: WorkRow) -> _Maker:
        return _Maker(
            self._regions.row[work.region],
            work.firm or work.project,
            work.firm_name or work.project_name,
            work.firm_name_en or work.project_name_en,
            work.capacity,
            work.grade,
        )

    def _seats(self, links: Sequence[str]) -> _Seats:
        """Region, firm and grade of every firm known by the day to make each link.

        The grade is the weaker of the making's best citation and the seat's: where a firm is counts as much here.
        """
        row_of = {link: row for row, link in enumerate(self._snapshot.table("link_ids"))}
        bounds = self._snapshot.column("makes_start")
        slices = [slice(int(bounds[row_of[link]]), int(bounds[row_of[link] + 1])) for link in links]
        number = np.repeat(np.arange(len(links)), [part.stop - part.start for part in slices])
        as_of, region, firm, grade = (
            np.concatenate([self._snapshot.column(f"makes_{name}")[part] for part in slices])
            for name in ("as_of", "region", "firm", "grade")
        )
        known = as_of <= self._day
        number, region, firm, grade = number[known], region[known], firm[known], grade[known]
        # A firm has one seat, so its citations for a link stand side by side.
        first = np.flatnonzero((np.diff(firm, prepend=-1) != 0) | (np.diff(number, prepend=-1) != 0))
        best = np.minimum.reduceat(grade, first) if len(first) else grade
        number, region, firm = number[first], region[first], firm[first]
        seat = self._snapshot.column("firm_seat_grade")[firm]
        start = np.searchsorted(number, np.arange(len(links) + 1))
        return _Seats(start, region, firm, np.maximum(best, seat))

    @staticmethod
    def _counted(seats: _Seats, mask: Mask) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """For each link how many seats lie within the mask, and their weakest grade (of no meaning where none does)."""
        at = mask[seats.region]
        total = np.concatenate(([0], np.cumsum(at)))
        # A sentinel behind the last row keeps an empty last link within bounds.
        worst = np.maximum.reduceat(np.append(np.where(at, seats.grade, -1), -1), seats.start[:-1])
        return total[seats.start[1:]] - total[seats.start[:-1]], worst

    def _row(
        self,
        link: str,
        counts: dict[str, tuple[int, int]],
        seats: tuple[NDArray[np.int16], NDArray[np.int32], NDArray[np.int8]],
        sites: list[_Maker],
        local: set[str],
    ) -> PresenceRow:
        region, firm, grade = seats
        found = []
        for ring, (seated, worst) in counts.items():
            near = [site for site in sites if self._rings[ring][site.region]]
            capacities = [site.capacity for site in near if site.capacity is not None]
            grades = [*([GRADES[worst]] if seated else []), *(site.grade for site in near)]
            makers = {site.id for site in near}
            if makers:
                makers -= {self._firm_ids[row] for row in firm[self._rings[ring][region]].tolist()}
            firms = seated + len(makers)
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

    def _seated(self, row: int, grade: int) -> SeatedRow:
        return SeatedRow(
            self._firm_ids[row], self._firm_names[row], self._snapshot.strings("firm_name_en")[row], GRADES[grade]
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
            mark = GRADES[int(grade[place])]
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
