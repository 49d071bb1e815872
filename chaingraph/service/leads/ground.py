"""The ground that leads stand on: local leaders, firms and parks of a region on a day, and what the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from chaingraph.analysis.leads.introducers import ways
from chaingraph.analysis.leads.parks import Site
from chaingraph.analysis.leads.vetoes import Book
from chaingraph.analysis.structure import nearest, shape
from chaingraph.service.leaders import leaders_here
from chaingraph.service.leads.merged import LeadIds
from chaingraph.service.told import names_in
from chaingraph.stores.regions import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from chaingraph.analysis.leads.introducers import Way
    from chaingraph.ledger.state import LeadState
    from chaingraph.service.asked import Asked
    from chaingraph.stores.lead_rows import TieRow
    from chaingraph.stores.listing_rows import ParkRow
    from chaingraph.stores.rows import ChainFrame


class _Spot(NamedTuple):
    """A named place in degrees."""

    name: str
    lat: float
    lon: float


class Ground:
    """What every lead of a chain is measured against; reads each thing once."""

    def __init__(self, asked: Asked, frame: ChainFrame, states: Mapping[str, LeadState]) -> None:
        self.asked = asked
        self.frame = frame
        self.states = states
        store, place, on = asked.store, asked.place, asked.on
        self.scoring: dict[str, Any] = store.settings()["scoring"]
        self.regions = names_in(store, "region", asked.lang)
        self._form = shape(frame)
        self._own = leaders_here(asked, frame)
        rest = (store.chain(chain) for chain in store.chain_ids() if chain != frame.id)
        others = (leader for other in rest for leader in leaders_here(asked, other))
        self.leaders = tuple(dict.fromkeys(leader.firm for leader in (*self._own, *others)))
        self.here = store.firms_here(place.adcode, on)
        self._seats: dict[str, _Spot] = {}
        parks = store.parks(place.adcode, on)
        self._spots = {park.id: self._spot(park) for park in parks}
        zh = asked.lang == "zh"
        self.sites = tuple(Site(park, park.name if zh else park.name_en, self.regions[park.region]) for park in parks)
        self._plants = self._plants_of({leader.firm for leader in self._own})
        self._near: dict[frozenset[str], dict[str, tuple[float, str]]] = {}
        self._records: dict[str, dict[str, Any]] = {}
        self.ids = LeadIds(place.adcode, states)
        self._leads_of: dict[str, list[LeadState]] = defaultdict(list)
        for state in states.values():
            if self._same_city(state.region):
                self._leads_of[state.firm].append(state)

    def _same_city(self, region: str) -> bool:
        """Whether a region is the one asked for, lies in it or around it, or is of the same city."""
        place, store = self.asked.place, self.asked.store
        if region not in self.regions:
            return False
        line = store.region(region).line
        cities = {code for code in line if store.region(code).level == "city"}
        return region in place.line or place.adcode in line or not cities.isdisjoint(place.line)

    def _seat(self, region: str) -> _Spot:
        if region not in self._seats:
            row = self.asked.store.region(region)
            self._seats[region] = _Spot(self.regions[region], row.lat, row.lon)
        return self._seats[region]

    def _spot(self, park: ParkRow) -> _Spot:
        """Where a park lies: its own place, else its region's seat."""
        if park.lat is None or park.lon is None:
            return self._seat(park.region)
        return _Spot(park.name, park.lat, park.lon)

    def _plants_of(self, firms: Collection[str]) -> dict[str, list[_Spot]]:
        """Where firms have their projects here, under the firms' names."""
        zh = self.asked.lang == "zh"
        found: dict[str, list[_Spot]] = defaultdict(list)
        for project in self.asked.store.projects(self.asked.place.adcode, self.asked.on):
            if project.firm in firms and not (project.stage and project.stage.stage == "ended"):
                at = self._spots.get(project.park or "", self._seat(project.region))
                name = project.firm_name if zh else project.firm_name_en
                found[project.firm or ""].append(_Spot(name or "", at.lat, at.lon))
        return found

    def near(self, link: str) -> Mapping[str, tuple[float, str]]:
        """By park how far it is to the nearest plant of those leaders whose own link is the fewest feeds from a link.

        In km, with the leader's name; empty where no such plant is known.
        """
        links = nearest(self._form, link, {leader.link for leader in self._own})
        if links not in self._near:
            plants = [spot for leader in self._own if leader.link in links for spot in self._plants[leader.firm]]
            self._near[links] = {park: _nearest(spot, plants) for park, spot in self._spots.items() if plants}
        return self._near[links]

    def book(self, lead: str, firm: str) -> Book:
        """What the ledger says of a lead, and of the other leads of its firm."""
        return Book(self.states.get(lead), [state for state in self._leads_of[firm] if state.id != lead])

    def ties(self, firms: Sequence[str]) -> dict[str, list[TieRow]]:
        """The supplies and shares between each firm and those here."""
        found: dict[str, list[TieRow]] = {firm: [] for firm in firms}
        for tie in self.asked.store.ties(firms, self.asked.on, self.here.union(self.leaders)):
            found[tie.from_].append(tie)
        return found

    def ways(self, firms: Sequence[str]) -> dict[str, Way]:
        """The ties that lead from a local leader to each firm."""
        return ways(self.leaders, firms, lambda near: self.asked.store.ties(near, self.asked.on))

    def record(self, key: str) -> dict[str, Any]:
        """An entity, read once."""
        if key not in self._records:
            self._records[key] = self.asked.store.entity(key)
        return self._records[key]

    def name(self, key: str) -> str:
        """The name of an entity."""
        name: str = self.record(key)["name" if self.asked.lang == "zh" else "name_en"]
        return name


def _nearest(spot: _Spot, plants: Sequence[_Spot]) -> tuple[float, str]:
    return min((float(great_circle_km(spot.lat, spot.lon, plant.lat, plant.lon)), plant.name) for plant in plants)
