"""The ground that leads stand on: local leaders, firms and parks of a region on a day, and what the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from chaingraph.analysis.leads.introducers import ways
from chaingraph.analysis.leads.parks import Site, Spot
from chaingraph.analysis.leads.vetoes import Book
from chaingraph.analysis.structure import nearest, shape
from chaingraph.service.leaders import leaders_here
from chaingraph.service.told import names_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from chaingraph.analysis.leads.introducers import Way
    from chaingraph.ledger.state import LeadState
    from chaingraph.service.asked import Asked
    from chaingraph.stores.lead_rows import TieRow
    from chaingraph.stores.listing_rows import ParkRow
    from chaingraph.stores.rows import ChainFrame


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
        self._spots: dict[str, Spot] = {}
        self.sites = tuple(self._site(park) for park in store.parks(place.adcode, on))
        self._plants = self._plants_of({leader.firm for leader in self._own})
        self._records: dict[str, dict[str, Any]] = {}
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

    def _seat(self, region: str) -> Spot:
        if region not in self._spots:
            row = self.asked.store.region(region)
            self._spots[region] = Spot(self.regions[region], row.lat, row.lon)
        return self._spots[region]

    def _site(self, park: ParkRow) -> Site:
        name = park.name if self.asked.lang == "zh" else park.name_en
        spot = self._seat(park.region)
        if park.lat is not None and park.lon is not None:
            spot = Spot(name, park.lat, park.lon)
        return Site(park, name, self.regions[park.region], spot)

    def _plants_of(self, firms: Collection[str]) -> dict[str, list[Spot]]:
        """Where firms have their projects here, under the firms' names."""
        zh = self.asked.lang == "zh"
        spots = {site.row.id: site.spot for site in self.sites}
        found: dict[str, list[Spot]] = defaultdict(list)
        for project in self.asked.store.projects(self.asked.place.adcode, self.asked.on):
            if project.firm in firms and not (project.stage and project.stage.stage == "ended"):
                at = spots.get(project.park or "", self._seat(project.region))
                name = project.firm_name if zh else project.firm_name_en
                found[project.firm or ""].append(Spot(name or "", at.lat, at.lon))
        return found

    def plants(self, link: str) -> list[Spot]:
        """The plants of the chain's leaders whose own link is the fewest feeds away from a link."""
        links = nearest(self._form, link, {leader.link for leader in self._own})
        return [spot for leader in self._own if leader.link in links for spot in self._plants[leader.firm]]

    def book(self, lead: str, firm: str) -> Book:
        """What the ledger says of a lead, and of the other leads of its firm."""
        return Book(self.states.get(lead), [state for state in self._leads_of[firm] if state.id != lead])

    def ties(self, firms: Sequence[str]) -> dict[str, list[TieRow]]:
        """The supplies and shares of each firm."""
        found: dict[str, list[TieRow]] = {firm: [] for firm in firms}
        for tie in self.asked.store.ties(firms, self.asked.on):
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
