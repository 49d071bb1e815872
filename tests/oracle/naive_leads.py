"""The leads once more, slowly and obviously: plain loops over the records of a pack, on top of the naive gap analysis.

Written from the rules in words (design section 6, the docstrings of the product), importing nothing of what it checks.
What the ledger says is left out. Where the rules in words leave a choice, the docstring says so after ``Reading``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

import networkx as nx

from tests.oracle.naive import LIFE, Naive, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from chaingraph.model.entities import Firm, Makes, Park, Project
    from chaingraph.model.evidence import Evidence, Figure
    from chaingraph.model.graph import Graph

RINGS = ["home", "county", "city", "near", "bay_area", "province", "nation"]
BEYOND_NOBODY = 3
"""Ties in a way from a leader."""


@dataclass
class Candidate:
    """What the oracle says of a firm as a lead for a link."""

    kind: str
    ring: str
    distance_km: float | None
    grade: str
    sources: int
    vetoes: list[str]
    components: dict[str, float | None]
    points: float
    points_most: float
    introduced: tuple[int, str, str] | None
    """How many ties, the grade of the weakest, and the leader to ask."""
    park: str | None


class NaiveLeads(Naive):
    """One chain, region and day. Every method is one sentence of the rules."""

    def __init__(self, graph: Graph, chain: str, region: str, day: date) -> None:
        super().__init__(graph, chain, region, day)
        self.here = self.inside(region)
        self.rules = {name: getattr(graph.scoring.lead_rules, name).value for name in _fields(graph.scoring.lead_rules)}
        self.weights = {
            name: getattr(graph.scoring.lead_weights, name).value for name in _fields(graph.scoring.lead_weights)
        }
        self.web: nx.Graph[str] = nx.Graph()
        for one, other, _, grade in self.ties():
            best = min(grade, self.web.edges[one, other]["grade"] if self.web.has_edge(one, other) else "D")
            self.web.add_edge(one, other, grade=best)

    # --- the day

    def known(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        return [item for item in evidence if item.as_of <= self.day]

    def figure(self, figure: Figure | None) -> float | None:
        return figure.value if figure is not None and self.known(figure.evidence) else None

    @remembered
    def sites(self, firm: str) -> list[Project]:
        """The firm's projects. Reading: a project is known from its first citation or stage on."""
        return [
            project
            for project in self.graph.projects.values()
            if project.firm == firm
            and (self.known(project.evidence) or any(stage.date <= self.day for stage in project.stages))
        ]

    def alive_here(self, firm: str) -> list[Project]:
        return [site for site in self.sites(firm) if site.region in self.here and self.stage(site) != "ended"]

    def on_the_ground(self, firm: str) -> bool:
        """A contract alone puts nobody on the ground."""
        return any(self.stage(site) in ("started", "completed", "in_production") for site in self.alive_here(firm))

    # --- who makes it

    @remembered
    def makers_cited(self, link: str) -> dict[str, tuple[list[Evidence], float | None, float | None]]:
        """Who makes it: by the firm's own records and by those of its projects."""
        found = {}
        for firm in self.graph.firms.values():
            own = [makes for makes in firm.makes if makes.link == link]
            sites = [site for site in self.sites(firm.id) if self.stage(site) != "ended"]
            built = [makes for site in sites for makes in site.makes if makes.link == link]
            cited = self.known(item for makes in (*own, *built) for item in makes.evidence)
            if cited:
                found[firm.id] = (cited, self.told(own, "revenue_share"), self.told(own, "confidence"))
        return found

    def told(self, records: list[Makes], field: str) -> float | None:
        """Of the records that tell it the better graded, then the later."""
        given = [
            (item.grade, -item.as_of.toordinal(), getattr(makes, field))
            for makes in records
            if getattr(makes, field) is not None
            for item in self.known(makes.evidence)
        ]
        return min(given)[2] if given else None

    def publishers(self, cited: Sequence[Evidence]) -> dict[str, str]:
        """Each publisher with the best grade of what it says."""
        best: dict[str, str] = {}
        for item in cited:
            publisher = self.graph.sources[item.source].publisher
            best[publisher] = min(item.grade, best.get(publisher, "D"))
        return best

    # --- vetoes

    def vetoes(self, link: str, firm: Firm, grades: list[str]) -> Iterator[str]:
        if firm.dissolved and self.known(firm.dissolved.evidence):
            yield "dissolved"
        for kept in self.graph.negative_list:
            over = kept.until is not None and kept.until < self.day
            around = kept.region in self.line(self.region)
            if self.known(kept.evidence) and not over and around and (kept.firm == firm.id or kept.link == link):
                yield "negative_list"
        alive = [
            self.stage(site)
            for site in self.alive_here(firm.id)
            if any(makes.link == link and self.known(makes.evidence) for makes in site.makes)
        ]
        if alive and not (self.status(link) == "thin" and "in_production" in alive):
            yield "already_here"
        sound = sum(grade != "D" for grade in grades)
        few = (
            sound < self.rules["least_sources_c"]
            and (self.makers_cited(link)[firm.id][1] or 0) < self.rules["least_share"]
        )
        if min(grades) == "D" or (min(grades) == "C" and few):
            yield "thin_evidence"

    # --- components

    def near(self, firm: Firm) -> tuple[float, str]:
        """The nearest of seat and plants in production, whatever they make. Reading: to 0.1 km."""
        plants = [site.region for site in self.sites(firm.id) if self.stage(site) == "in_production"]
        distance, place = min((self.distance(place), place) for place in (firm.seat, *plants))
        return round(distance, 1), place

    def reach(self, firm: Firm) -> float | None:
        apart, _ = self.near(firm)
        return None if math.isinf(apart) else 2 ** (-apart / self.rules["reach_half_km"])

    @remembered
    def leading(self) -> list[str]:
        """The leaders here of this chain, then those of the others."""
        others = sorted(set(self.graph.chains) - {self.chain})
        found = [leader.firm for leader in self.leaders()]
        for chain in others:
            found += [leader.firm for leader in Naive(self.graph, chain, self.region, self.day).leaders()]
        return list(dict.fromkeys(found))

    def ties(self) -> Iterator[tuple[str, str, str, str]]:
        for firm in self.graph.firms.values():
            edges = [("supplies", tie.to, tie.evidence) for tie in firm.supplies]
            edges += [("owned_by", owner.firm, owner.evidence) for owner in firm.owned_by]
            for kind, other, evidence in edges:
                if known := self.known(evidence):
                    yield firm.id, other, kind, min(item.grade for item in known)

    def relation(self, firm: str) -> float | None:
        """A leader needs no introduction."""
        if firm in self.leading() or firm not in self.web:
            return None
        if any(other in self.leading() for other in self.web[firm]):
            return 1.0
        local = [
            other for other in self.web[firm] if self.graph.firms[other].seat in self.here or self.on_the_ground(other)
        ]
        return self.rules["second_tie"] if local else None

    def momentum(self, firm: Firm) -> float | None:
        """The newest sign: one said, or a project elsewhere signed, landed or started."""
        days = [sign.date for sign in firm.signals if self.known(sign.evidence) and sign.date <= self.day]
        for site in self.sites(firm.id):
            if site.region not in self.here and self.stage(site) != "ended":
                days += [day for stage, day in self.reached(site) if stage in ("signed", "landed", "started")]
        return 2 ** (-(self.day - max(days)).days / self.rules["momentum_half_days"]) if days else None

    def reached(self, project: Project) -> Iterator[tuple[str, date]]:
        """When it reached each stage: of several datings the better graded, of equals the earliest."""
        for stage in LIFE:
            dated = [
                (min(item.grade for item in told.evidence), told.date)
                for told in project.stages
                if told.stage == stage and told.date <= self.day
            ]
            if dated:
                yield stage, min(dated)[1]

    def intensity(self, firm: str) -> float | None:
        """The most that it has put into a mu."""
        sums = [(self.figure(site.investment_cny), self.figure(site.area_mu)) for site in self.sites(firm)]
        return max((money / area for money, area in sums if money is not None and area), default=None)

    def scale(self, link: str, firm: str) -> float | None:
        bars = [
            bar
            for park in self.parks()
            if self.targets(park, link) is True and (bar := self.figure(park.bar_investment_cny_per_mu)) is not None
        ]
        reached = self.intensity(firm)
        return min(1.0, reached / min(bars)) if reached is not None and bars and min(bars) else None

    def parts(self, link: str, firm: Firm, grades: list[str]) -> dict[str, float | None]:
        _, share, confidence = self.makers_cited(link)[firm.id]
        doubt = math.prod(1 - self.rules[f"grade_{grade.lower()}"] for grade in grades)
        return {
            "capability": confidence if share is None else share,
            "relation": self.relation(firm.id),
            "reach": None
            if math.isinf(self.near(firm)[0])
            else 2 ** (-self.near(firm)[0] / self.rules["reach_half_km"]),
            "momentum": self.momentum(firm),
            "scale": self.scale(link, firm.id),
            "proof": 1 - doubt,
        }

    # --- who introduces

    def introduced(self, firm: str) -> tuple[int, str, str] | None:
        """Of all shortest ways from a leader the best by its weakest tie, then by the leader."""
        leaders = [leader for leader in self.leading() if leader in self.web]
        if firm in leaders or firm not in self.web:
            return None
        steps = {
            leader: nx.shortest_path_length(self.web, leader, firm) for leader in leaders if self.meet(leader, firm)
        }
        length = min(steps.values(), default=BEYOND_NOBODY + 1)
        if length > BEYOND_NOBODY:
            return None
        ranked = [
            (max(self.web.edges[pair]["grade"] for pair in pairwise(way)), self.leading().index(leader), leader)
            for leader in leaders
            if steps.get(leader) == length
            for way in nx.all_shortest_paths(self.web, leader, firm)
        ]
        grade, _, leader = min(ranked)
        return length, grade, leader

    def meet(self, one: str, other: str) -> bool:
        return bool(nx.has_path(self.web, one, other))

    # --- which park

    @remembered
    def parks(self) -> list[Park]:
        return [park for park in self.graph.parks.values() if park.region in self.here and self.known(park.evidence)]

    def targets(self, park: Park, link: str) -> bool | None:
        """Whether it targets the link or the chain; unknown where nothing is told of its targets."""
        links = {aimed.link for aimed in park.targets_links if self.known(aimed.evidence)}
        chains = {aimed.chain for aimed in park.targets_chains if self.known(aimed.evidence)}
        if link in links or self.chain in chains:
            return True
        return False if links or chains else None

    def checks(self, park: Park, link: str, firm: str) -> list[bool | None]:
        ready, bar = self.figure(park.ready_land_mu), self.figure(park.bar_investment_cny_per_mu)
        areas = [area for site in self.sites(firm) if (area := self.figure(site.area_mu)) is not None]
        reached = self.intensity(firm)
        takes = {taken.kind: taken.allowed for taken in park.discharges if self.known(taken.evidence)}
        asked = [takes.get(let_out.kind) for let_out in self.graph.links[link].discharges]
        discharge = None if not asked else False if False in asked else None if None in asked else True
        return [
            self.targets(park, link),
            None if ready is None or not areas else ready >= median(areas),
            discharge,
            None if bar is None or reached is None else reached >= bar,
        ]

    def best_park(self, link: str, firm: str) -> str | None:
        """Reading: distances are compared to 0.1 km."""
        ranked = []
        for park in self.parks():
            checks = self.checks(park, link, firm)
            if checks[0] is not True or False in checks:
                continue
            to_link = any(aimed.link == link and self.known(aimed.evidence) for aimed in park.targets_links)
            apart = [_kilometres(self.spot(park), plant) for plant in self.plants(link)]
            nearest = round(min(apart), 1) if apart else math.inf
            ranked.append((not to_link, -sum(check is True for check in checks), nearest, park.id))
        return min(ranked)[3] if ranked else None

    def spot(self, park: Park) -> tuple[float, float]:
        """Where a park lies: its own place, else its region's seat."""
        if park.lat is not None and park.lon is not None:
            return park.lat, park.lon
        region = self.graph.regions[park.region]
        return region.lat, region.lon

    def plants(self, link: str) -> list[tuple[float, float]]:
        """The projects here of the leaders whose own link is the fewest feeds away, on either side."""
        own = {leader.link for leader in self.leaders()}
        feeds = self.dag.to_undirected()
        apart = {other: nx.shortest_path_length(feeds, link, other) for other in own if nx.has_path(feeds, link, other)}
        close = {other for other in apart if apart[other] == min(apart.values())} or own
        known = {park.id: park for park in self.parks()}
        found = []
        for firm in {leader.firm for leader in self.leaders() if leader.link in close}:
            for site in self.alive_here(firm):
                region = self.graph.regions[site.region]
                found.append(self.spot(known[site.park]) if site.park in known else (region.lat, region.lon))
        return found

    # --- the answer

    def candidate(self, link: str, firm: Firm) -> Candidate:
        cited, _, _ = self.makers_cited(link)[firm.id]
        grades = list(self.publishers(cited).values())
        parts = self.parts(link, firm, grades)
        whole = sum(self.weights.values())
        proven = sum(self.weights[name] * value for name, value in parts.items() if value is not None)
        open_ = sum(self.weights[name] for name, value in parts.items() if value is None)
        distance, place = self.near(firm)
        ring = next(name for name in RINGS if place in self.rings().get(name, ()))
        local = firm.seat in self.here or self.on_the_ground(firm.id)
        return Candidate(
            kind="expand" if local else "overflow" if ring in RINGS[:5] else "attract",
            ring=ring,
            distance_km=None if math.isinf(distance) else distance,
            grade=min(grades),
            sources=sum(grade != "D" for grade in grades),
            vetoes=list(self.vetoes(link, firm, grades)),
            components=parts,
            points=100 * proven / whole,
            points_most=100 * (proven + open_) / whole,
            introduced=self.introduced(firm.id),
            park=self.best_park(link, firm.id),
        )

    def candidates(self, link: str) -> dict[str, Candidate]:
        """Every candidate for a link, by firm."""
        return {firm: self.candidate(link, self.graph.firms[firm]) for firm in self.makers_cited(link)}


def _fields(record: Any) -> Iterable[str]:
    return list(type(record).model_fields)


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance, by the spherical law of cosines with a guard for near points."""
    (lat, lon), (there, far) = (tuple(map(math.radians, spot)) for spot in (one, other))
    flat = math.hypot(
        math.cos(there) * math.sin(far - lon),
        math.cos(lat) * math.sin(there) - math.sin(lat) * math.cos(there) * math.cos(far - lon),
    )
    cosine = math.sin(lat) * math.sin(there) + math.cos(lat) * math.cos(there) * math.cos(far - lon)
    return 6371.0 * math.atan2(flat, cosine)
