"""Who makes a link around a region, ring by ring: firms counted by the region of their seat, and plants in production.

A count reads how many makers of each kind a region has, not the makers: a national registry costs no more than a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chaingraph.model.words import GRADES
from chaingraph.stores.cells import NAMED
from chaingraph.stores.rows import NearestRow, PresenceRow, RingRow, SeatedRow
from chaingraph.stores.seats import Wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from chaingraph.model.words import Grade
    from chaingraph.stores.regions import Mask, Regions
    from chaingraph.stores.rows import WorkRow
    from chaingraph.stores.seats import Counted, Seated, Seats

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


class _Local(NamedTuple):
    """The projects of a link: those in production anywhere, and who has one here: any, and one that is not ended."""

    sites: list[_Maker]
    known: set[str]
    live: set[str]


class Presence:
    """The makers of links on the day of the ``seats``, seen from one region."""

    def __init__(self, seats: Seats, regions: Regions, rings: dict[str, Mask], distance: NDArray[np.float64]) -> None:
        self._seats = seats
        self._regions = regions
        self._rings = rings
        self._distance = distance
        # Regions by how far they are: those equally far share a number.
        apart, rank = np.unique(distance, return_inverse=True)
        self._placed = np.isfinite(apart)[rank]
        self._rank = np.where(self._placed & ~rings["home"], rank, _FAR)
        self._home = np.flatnonzero(rings["home"]).tolist()

    def rows(self, links: Sequence[str], works: Iterable[WorkRow]) -> list[PresenceRow]:
        """One row a link; ``works`` are all projects, wherever they are."""
        if not links:
            return []
        local = self._local(links, works)
        counted, plants = self._seats.counted(links), self._seats.plants(links)
        counts, weakest = self._in_rings(counted)
        left = [
            seated[0]
            - sum(bool(self._rings["home"][region]) for firm, region in plants[link].items() if firm in own.known)
            for link, own, seated in zip(links, local, counts, strict=True)
        ]
        near, here = self._named(links, counted, plants, local, left)
        found = []
        for place, (link, own) in enumerate(zip(links, local, strict=True)):
            numbers = zip(self._rings, counts[place], weakest[place], strict=True)
            rings = tuple(self._ring(ring, seated, worst, own.sites, plants[link]) for ring, seated, worst in numbers)
            outside = [site for site in own.sites if self._away(site, own.live)]
            outside += [_Maker(*firm[:-1], capacity=None, grade=firm.grade) for firm in near.get(link, ())]
            told = min(outside, key=lambda maker: (self._distance[maker.region], maker.grade, maker.id), default=None)
            seats = tuple(SeatedRow(*firm[1:]) for firm in here.get(link, ()))
            found.append(PresenceRow(link, rings, self._told(told) if told else None, seats, left[place]))
        return found

    # --- projects ------------------------------------------------------------------------------------------

    def _local(self, links: Sequence[str], works: Iterable[WorkRow]) -> list[_Local]:
        """The projects of each link."""
        found = {link: _Local([], set(), set()) for link in links}
        for work in works:
            if work.link not in found:
                continue
            site, local = self._site(work), found[work.link]
            if work.stage == "in_production":
                local.sites.append(site)
            if self._rings["home"][site.region]:
                local.known.add(site.id)
                if work.stage != "ended":
                    local.live.add(site.id)
        return [found[link] for link in links]

    def _site(self, work: WorkRow) -> _Maker:
        return _Maker(
            self._regions.row[work.region],
            work.firm or work.project,
            work.firm_name or work.project_name,
            work.firm_name_en or work.project_name_en,
            work.capacity,
            work.grade,
        )

    # --- firms at their seats ------------------------------------------------------------------------------

    def _in_rings(self, found: Counted) -> tuple[list[list[int]], list[list[int]]]:
        """For each link and ring how many makers are seated there, and their weakest grade."""
        masks = np.array(list(self._rings.values()))
        counts = np.rint(found.makers.astype(np.float64) @ masks.T.astype(np.float64)).astype(np.int64)
        weakest = np.array([np.where(mask, found.weakest, -1).max(axis=1) for mask in masks])
        return counts.tolist(), weakest.T.tolist()

    def _named(
        self,
        links: Sequence[str],
        counted: Counted,
        plants: Mapping[str, Mapping[str, int]],
        local: Sequence[_Local],
        left: Sequence[int],
    ) -> tuple[dict[str, list[Seated]], dict[str, list[Seated]]]:
        """For each link the maker seated nearest outside, and the best known of those seated here without a project.

        Of equally near ones the better known is told, then the first by id. A firm with a project for the link here is
        not outside, and one whose seat is not known is not near. ``left`` counts those seated here without a project.
        """
        nearest = self._nearest(links, counted, plants, local)
        near = [
            Wanted(link, regions, own.live, 1)
            for link, regions, own in zip(links, nearest, local, strict=True)
            if regions
        ]
        here = [
            Wanted(link, self._home, own.known, NAMED)
            for link, own, more in zip(links, local, left, strict=True)
            if more
        ]
        found = self._seats.best([*near, *here])
        return (
            {wanted.link: firms for wanted, firms in zip(near, found[: len(near)], strict=True)},
            {wanted.link: firms for wanted, firms in zip(here, found[len(near) :], strict=True)},
        )

    def _nearest(
        self,
        links: Sequence[str],
        counted: Counted,
        plants: Mapping[str, Mapping[str, int]],
        local: Sequence[_Local],
    ) -> list[list[int]]:
        """For each link the nearest regions outside, equally far, that seat a maker without a project for it here."""
        makers = np.array(counted.makers, dtype=np.int64)
        for place, (link, own) in enumerate(zip(links, local, strict=True)):
            for firm in own.live & plants[link].keys():
                makers[place, plants[link][firm]] -= 1
        ranks = np.where(makers > 0, self._rank, _FAR)
        nearest = ranks.min(axis=1)
        return [
            np.flatnonzero(row == rank).tolist() if rank < _FAR else []
            for row, rank in zip(ranks, nearest, strict=True)
        ]

    # --- one link ------------------------------------------------------------------------------------------

    def _ring(self, ring: str, seated: int, worst: int, sites: Sequence[_Maker], plants: Mapping[str, int]) -> RingRow:
        """A ring: makers seated in it, plants in it of firms that are not, and what these can make."""
        mask = self._rings[ring]
        near = [site for site in sites if mask[site.region]] if sites else ()
        if not near:
            return RingRow(ring, seated, seated, None, GRADES[worst] if seated else None)
        capacities = [site.capacity for site in near if site.capacity is not None]
        grades = [*([GRADES[worst]] if seated else []), *(site.grade for site in near)]
        makers = {site.id for site in near}
        firms = seated + len([maker for maker in makers if maker not in plants or not mask[plants[maker]]])
        return RingRow(
            ring,
            firms,
            firms - len({site.id for site in near if site.capacity is not None}),
            sum(capacities) if capacities else None,
            max(grades, default=None),
        )

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
