"""Who makes a link around a region, ring by ring: firms counted by the region of their seat, and plants in production.

A count reads how many makers of each kind a region has, not the makers: a national registry costs no more than a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.cells import NAMED, NOBODY, UNKNOWN, Cells, cells, grade_and_firm, maker_key
from chaingraph.stores.rows import NearestRow, PresenceRow, RingRow, SeatedRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.regions import Mask, Regions
    from chaingraph.stores.rows import WorkRow
    from chaingraph.stores.snapshot import Snapshot

    _Seated = tuple[tuple[SeatedRow, ...], int]

_FAR = 2**31 - 1
"""The rank of a region that is not outside, or seats nobody."""


class _Maker(NamedTuple):
    """Somebody who makes a link at a place: a firm at its seat or in a plant, or a plant whose firm is not named."""

    region: int
    id: str
    name: str
    name_en: str
    capacity: float | None
    grade: Grade


class Presence:
    """The makers of a snapshot, seen from one region on one day (a day number)."""

    def __init__(
        self, snapshot: Snapshot, regions: Regions, rings: dict[str, Mask], distance: NDArray[np.float64], day: int
    ) -> None:
        self._snapshot = snapshot
        self._regions = regions
        self._rings = rings
        self._distance = distance
        self._day = day
        self._grades = self._grades_on(day)
        # Regions by how far they are: those equally far share a number.
        apart, self._rank = np.unique(distance, return_inverse=True)
        self._placed = np.isfinite(apart)[self._rank]
        self._ids, self._names, self._names_en = (
            snapshot.strings(f"firm_{name}") for name in ("id", "name", "name_en")
        )
        self._home = np.flatnonzero(rings["home"])
        self._firm_at, self._region_at, self._profile_at = (
            snapshot.column(f"makes_{name}") for name in ("firm", "region", "profile")
        )
        self._link_rows = {link: row for row, link in enumerate(snapshot.table("link_ids"))}
        self._plants: dict[str, dict[str, int]] = snapshot.table("plants_at")

    def rows(self, links: Sequence[str], works: Iterable[WorkRow]) -> list[PresenceRow]:
        """One row a link; ``works`` are all projects, wherever they are."""
        if not links:
            return []
        sites: dict[str, list[_Maker]] = {}
        live: dict[str, set[str]] = {}
        known: dict[str, set[str]] = {}
        for work in works:
            site = self._site(work)
            if work.stage == "in_production":
                sites.setdefault(work.link, []).append(site)
            if self._rings["home"][site.region]:
                known.setdefault(work.link, set()).add(site.id)
                if work.stage != "ended":
                    live.setdefault(work.link, set()).add(site.id)
        seats = self._cells(links)
        counts, weakest = self._in_rings(seats)
        nearest = self._nearest(seats, links, live)
        found = []
        for place, link in enumerate(links):
            at = self._plants.get(link, {})
            own = sites.get(link, ())
            numbers = zip(self._rings, counts[place], weakest[place], strict=True)
            rings = tuple(self._ring(ring, seated, mark, own, at) for ring, seated, mark in numbers)
            outside = [site for site in own if self._away(site, live.get(link, ()))]
            seat = nearest[place]
            outside += [seat] if seat is not None else []
            told = min(outside, key=lambda maker: (self._distance[maker.region], maker.grade, maker.id), default=None)
            projects = {at[firm] for firm in known.get(link, ()) if firm in at}
            seated, more = self._seated(seats, place, link, counts[place][0], projects)
            found.append(PresenceRow(link, rings, self._told(told) if told else None, seated, more))
        return found

    def _site(self, work: WorkRow) -> _Maker:
        return _Maker(
            self._regions.row[work.region],
            work.firm or work.project,
            work.firm_name or work.project_name,
            work.firm_name_en or work.project_name_en,
            work.capacity,
            work.grade,
        )

    # --- makers on the day ---------------------------------------------------------------------------------

    def _grades_on(self, day: int) -> NDArray[np.int8]:
        """The grade of each profile on a day: the best citation known by then, no better than what tells the seat.

        Where a firm is counts as much as what it makes. ``UNKNOWN`` before the first citation, and once struck off.
        """
        start, as_of, grade, seat, gone = (
            self._snapshot.column(f"profile_{name}") for name in ("start", "as_of", "grade", "seat", "gone")
        )
        if not len(start):
            return np.zeros(0, dtype=np.int8)
        best = np.minimum.reduceat(np.where(as_of <= day, grade, UNKNOWN), start)
        told: NDArray[np.int8] = np.where(gone <= day, UNKNOWN, np.maximum(best, seat)).astype(np.int8)
        return told

    def _cells(self, links: Sequence[str]) -> Cells:
        """The cells of each link, a row a link: as they are written down, or worked out for a day before the last."""
        rows = [self._link_rows[link] for link in links]
        if self._day >= self._snapshot.table("now_since"):
            return Cells(*(self._snapshot.column(f"now_{name}")[rows] for name in Cells._fields))
        found = [self._cells_on_the_day(row) for row in rows]
        return Cells(*(np.array(column) for column in zip(*found, strict=True)))

    def _cells_on_the_day(self, row: int) -> Cells:
        """The cells of one link, from its makings."""
        part = self._part(row)
        firm, region = self._firm_at[part], self._region_at[part]
        # A firm has one seat, so its citations for a link stand side by side.
        first = np.flatnonzero(np.diff(firm, prepend=-1))
        grade = self._grades[self._profile_at[part][first]]
        return cells(region[first].astype(np.int64), grade, firm[first], len(self._distance))

    def _part(self, row: int) -> slice:
        bounds = self._snapshot.column("makes_start")
        return slice(int(bounds[row]), int(bounds[row + 1]))

    def _in_rings(self, found: Cells) -> tuple[list[list[int]], list[list[int]]]:
        """For each link and ring how many makers are seated there, and their weakest grade."""
        masks = np.array(list(self._rings.values()))
        counts = np.rint(found.makers.astype(np.float64) @ masks.T.astype(np.float64)).astype(np.int64)
        weakest = np.array([np.where(mask, found.weakest, -1).max(axis=1) for mask in masks])
        return counts.tolist(), weakest.T.tolist()

    def _nearest(self, found: Cells, links: Sequence[str], local: dict[str, set[str]]) -> list[_Maker | None]:
        """For each link the maker seated nearest outside the region; of equally near ones the better known, then by id.

        A firm with a project for the link here is not outside, and one whose seat is not known is not near.
        """
        outside = np.where(self._placed & ~self._rings["home"], self._rank, _FAR)
        ranks = np.where(found.makers > 0, outside, _FAR)
        nearest = ranks.argmin(axis=1)
        makers: list[_Maker | None] = []
        for place, (link, region) in enumerate(zip(links, nearest.tolist(), strict=True)):
            at = self._plants.get(link, {})
            passed = {int(self._firm_at[at[firm]]) for firm in local.get(link, ()) if firm in at}
            order = np.unique(ranks[place]).tolist() if passed else [int(ranks[place, region])]
            best = (self._best(found, place, link, ranks[place] == rank, passed) for rank in order if rank < _FAR)
            key = next((key for key in best if key < NOBODY), None)
            makers.append(None if key is None else self._maker(key))
        return makers

    def _best(self, found: Cells, place: int, link: str, regions: Mask, passed: Collection[int]) -> int:
        """The best known maker of a link in some regions, none of those ``passed`` over; ``NOBODY`` if none is left."""
        named: list[int] = found.best[place][regions].ravel().tolist()
        if not passed:
            return min(named)
        left = [key for key in named if key == NOBODY or grade_and_firm(key)[1] not in passed]
        return min(left if len(left) == len(named) else self._makers_in(link, regions, passed), default=NOBODY)

    def _makers_in(self, link: str, regions: Mask, passed: Collection[int]) -> list[int]:
        """The keys of all makers of a link in some regions but those ``passed`` over, the best first."""
        part = self._part(self._link_rows[link])
        firm, grade = self._firm_at[part], self._grades[self._profile_at[part]]
        here = regions[self._region_at[part]] & (grade != UNKNOWN) & ~np.isin(firm, list(passed))
        keys = maker_key(grade[here].astype(np.int64), firm[here].astype(np.int64))
        return sorted(set(keys.tolist()))

    def _maker(self, key: int) -> _Maker:
        grade, firm = grade_and_firm(key)
        seat = int(self._snapshot.column("firm_seat")[firm])
        return _Maker(seat, *self._named(firm), capacity=None, grade=GRADES[grade])

    def _seated(self, found: Cells, place: int, link: str, total: int, projects: Collection[int]) -> _Seated:
        """Makers with their seat here but no project: the best known of them, and how many there are.

        ``total`` are seated here; ``projects`` are the makings of those that have one.
        """
        if not total:
            return (), 0
        home = self._rings["home"]
        left = total - sum(self._counts(at, home) for at in projects)
        keys = sorted(key for key in found.best[place, self._home].ravel().tolist() if key < NOBODY)
        if projects:
            passed = {int(self._firm_at[at]) for at in projects}
            keys = [key for key in keys if grade_and_firm(key)[1] not in passed]
            if len(keys) < min(left, NAMED):
                keys = self._makers_in(link, home, passed)
        told = [grade_and_firm(key) for key in keys[:NAMED]]
        return tuple(SeatedRow(*self._named(firm), grade=GRADES[grade]) for grade, firm in told), left

    def _named(self, row: int) -> tuple[str, str, str]:
        """The id of a firm and its names."""
        return self._ids[row], self._names[row], self._names_en[row]

    # --- one link ------------------------------------------------------------------------------------------

    def _ring(self, ring: str, seated: int, worst: int, sites: Sequence[_Maker], at: dict[str, Any]) -> RingRow:
        """A ring: makers seated in it, plants in it of firms that are not, and what these can make."""
        mask = self._rings[ring]
        near = [site for site in sites if mask[site.region]] if sites else ()
        if not near:
            return RingRow(ring, seated, seated, None, GRADES[worst] if seated else None)
        capacities = [site.capacity for site in near if site.capacity is not None]
        grades = [*([GRADES[worst]] if seated else []), *(site.grade for site in near)]
        makers = {site.id for site in near}
        firms = seated + len([maker for maker in makers if not self._counts(at.get(maker), mask)])
        return RingRow(
            ring,
            firms,
            firms - len({site.id for site in near if site.capacity is not None}),
            sum(capacities) if capacities else None,
            max(grades, default=None),
        )

    def _counts(self, at: int | None, mask: Mask) -> bool:
        """Whether a making is counted within a ring."""
        if at is None or not mask[self._region_at[at]]:
            return False
        return bool(self._grades[self._profile_at[at]] != UNKNOWN)

    def _away(self, site: _Maker, local: Collection[str]) -> bool:
        return bool(self._placed[site.region]) and not self._rings["home"][site.region] and site.id not in local

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
