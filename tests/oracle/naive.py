"""The gap analysis once more, slowly and obviously: networkx and plain loops over the records of a pack.

Written from the rules in words (design section 5, the docstrings of the product), not from the product's code, and
importing none of its stores, analysis or scoring. Where the rules in words leave a choice, or where the product has
chosen against their letter, the docstring says so after the word ``Reading``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from typing import Any

    from chaingraph.model.entities import Claim, Firm, Leader, Link, Project, Survey
    from chaingraph.model.graph import Graph

LIFE = ["signed", "landed", "started", "completed", "in_production", "ended"]
EARTH_KM = 6371.0


@dataclass
class Work:
    """A project making a link, as known on the day."""

    project: str
    firm: str | None
    region: str
    stage: str | None
    capacity: float | None

    @property
    def maker(self) -> str:
        return self.firm or self.project


@dataclass
class Supplied:
    """The local supply of a link."""

    value: float | None
    at_least: bool
    planned: float | None
    firms: int
    largest_share: float | None


@dataclass
class Needed:
    """The local need of a link."""

    value: float | None
    at_least: bool
    derived: bool


@dataclass
class Nearest:
    """The nearest makers outside the region, each with its place."""

    tied: set[tuple[str, str]]
    distance_km: float


@dataclass
class Row:
    """What the oracle says of a link."""

    link: str
    direction: str
    status: str
    evidence_level: str
    move: str | None
    supply: Supplied
    need: Needed
    coverage: float | None
    coverage_at_least: bool
    value_cny: float | None
    surveyed: str | None
    claims: list[str]
    rings: dict[str, tuple[int, float | None]]
    nearest: Nearest | None
    components: dict[str, float | None]
    priority: float | None
    completeness: float
    section: str


@dataclass
class Rate:
    """The local sourcing rate of a leader, and the direct inputs that it is taken over."""

    firm: str
    link: str
    low: float | None
    high: float | None
    inputs: set[str]


@dataclass
class Answer:
    """Everything the oracle says of a chain in a region on a day."""

    rows: dict[str, Row]
    rates: list[Rate]


def evaluate(graph: Graph, chain: str, region: str, day: date) -> Answer:
    """The whole analysis of one chain, region and day."""
    return Naive(graph, chain, region, day).answer()


def remembered(method: Callable[..., Any]) -> Callable[..., Any]:
    """Asks each question once: the rules are recursive, and the recursion meets the same link by many ways."""

    @wraps(method)
    def ask(self: Naive, *asked: str) -> Any:
        key = (method.__name__, *asked)
        if key not in self.answers:
            self.answers[key] = method(self, *asked)
        return self.answers[key]

    return ask


class Naive:
    """One evaluation. Every method is one sentence of the rules."""

    def __init__(self, graph: Graph, chain: str, region: str, day: date) -> None:
        self.graph, self.chain, self.region, self.day = graph, chain, region, day
        self.answers: dict[tuple[str, ...], Any] = {}
        self.tree = nx.DiGraph()
        for place in graph.regions.values():
            self.tree.add_node(place.adcode)
            if place.parent:
                self.tree.add_edge(place.parent, place.adcode)
        self.links = [member.link for member in graph.memberships if member.chain == chain]
        self.tier = {member.link: member.tier for member in graph.memberships if member.chain == chain}
        self.dag = nx.DiGraph()
        self.dag.add_nodes_from(self.links)
        for feed in graph.feeds:
            if feed.from_ in self.links and feed.to in self.links and not feed.recycled:
                self.dag.add_edge(feed.from_, feed.to, amount=feed.amount)

    # --- regions

    @remembered
    def inside(self, place: str) -> set[str]:
        """The place and all below it."""
        return {place} | nx.descendants(self.tree, place)

    @remembered
    def line(self, place: str) -> set[str]:
        """The place and all above it."""
        return {place} | nx.ancestors(self.tree, place)

    @remembered
    def wide(self, place: str) -> bool:
        level = self.graph.regions[place].level
        below = any(region.parent == place for region in self.graph.regions.values())
        return level in ("country", "province") and below

    def distance(self, place: str) -> float:
        """Great-circle distance from the region, by the angle between the two points seen as vectors.

        Infinite to the nation, and to a province with cities: who is only known to be there may be anywhere in it.
        """
        if self.wide(place):
            return math.inf
        here, there = (
            _unit_vector(self.graph.regions[code].lat, self.graph.regions[code].lon) for code in (self.region, place)
        )
        cross = (
            here[1] * there[2] - here[2] * there[1],
            here[2] * there[0] - here[0] * there[2],
            here[0] * there[1] - here[1] * there[0],
        )
        dot = sum(a * b for a, b in zip(here, there, strict=True))
        return EARTH_KM * math.atan2(math.hypot(*cross), dot)

    @remembered
    def rings(self) -> dict[str, set[str]]:
        """The regions of each ring; a county or city ring only where the region lies in a county or city."""
        found = {"home": self.inside(self.region)}
        for level in ("county", "city", "province"):
            for code in self.line(self.region):
                if self.graph.regions[code].level == level:
                    found[level] = self.inside(code)
        reach = self.graph.manifest.rings.near_km.value
        found["near"] = found["home"] | {code for code in self.graph.regions if self.distance(code) <= reach}
        found["bay_area"] = set().union(*(self.inside(code) for code in self.graph.manifest.rings.bay_area))
        found["nation"] = set(self.graph.regions)
        return found

    # --- facts of the day

    @remembered
    def works(self, link: str) -> list[Work]:
        """Who makes the link anywhere, by project."""
        found = []
        for project in self.graph.projects.values():
            facts = [
                (item.grade, item.as_of, makes.capacity)
                for makes in project.makes
                for item in makes.evidence
                if makes.link == link and item.as_of <= self.day
            ]
            if facts:
                found.append(Work(project.id, project.firm, project.region, self.stage(project), _settled(facts)))
        return found

    def stage(self, project: Project) -> str | None:
        """The furthest stage that the project has reached.

        Reading: a stage counts from the day it was reached, even if its source is younger than the day asked for;
        an ending does not stand against a later production of better grade.
        """
        told: dict[str, list[tuple[str, date]]] = {}
        for stage in project.stages:
            if stage.date <= self.day:
                told.setdefault(stage.stage, []).append((min(item.grade for item in stage.evidence), stage.date))
        best = {stage: min(datings) for stage, datings in told.items()}
        if "ended" in best and "in_production" in best:
            (over, stop), (better, start) = best["ended"], best["in_production"]
            if better < over and start > stop:
                del best["ended"]
        return max(best, key=LIFE.index, default=None)

    @remembered
    def local_works(self, link: str) -> list[Work]:
        here = self.inside(self.region)
        return [work for work in self.works(link) if work.region in here]

    @remembered
    def known_makers(self, link: str) -> list[tuple[Firm, str]]:
        """Firms that a source of the day says make the link, each with the best grade of these sources."""
        found = []
        for firm in self.graph.firms.values():
            if firm.dissolved and any(item.as_of <= self.day for item in firm.dissolved.evidence):
                continue
            grades = [
                item.grade
                for makes in firm.makes
                for item in makes.evidence
                if makes.link == link and item.as_of <= self.day
            ]
            if grades:
                found.append((firm, min(grades)))
        return found

    @remembered
    def claims(self, link: str) -> list[Claim]:
        """Claims of the day for the region or a place in it."""
        return [
            claim
            for claim in self.graph.claims
            if claim.link == link
            and claim.region in self.inside(self.region)
            and any(item.as_of <= self.day for item in claim.evidence)
        ]

    @remembered
    def survey(self, link: str) -> Survey | None:
        """The latest survey that covered the region.

        Reading: what was not found in a place is in no part of it, what was found in a part is in the whole; of two
        on one day the one that found it counts; and a survey counts from its own date, even if its source is younger.
        """
        done = [
            survey
            for survey in self.graph.surveys
            if survey.link == link
            and survey.region in (self.inside(self.region) if survey.found else self.line(self.region))
            and survey.date <= self.day
        ]
        return max(done, key=lambda survey: (survey.date, survey.found), default=None)

    @remembered
    def leaders(self) -> list[Leader]:
        """The leaders of the chain in the region, above it or below it."""
        return [
            leader
            for leader in self.graph.chains[self.chain].leaders
            if (leader.region in self.line(self.region) or leader.region in self.inside(self.region))
            and any(item.as_of <= self.day for item in leader.evidence)
        ]

    # --- supply, need, coverage

    @remembered
    def supply(self, link: str) -> Supplied:
        """Capacity in production here.

        Without production the supply is 0 where the region was surveyed in vain, and None where not.

        Reading: ``planned`` sums over every project that neither produces nor has ended, one without a dated
        stage included.
        """
        works = self.local_works(link)
        running = [work for work in works if work.stage == "in_production"]
        coming = [work for work in works if work.stage not in ("in_production", "ended")]
        value = _total(work.capacity for work in running)
        survey = self.survey(link)
        if not running and survey is not None and not survey.found:
            value = 0.0
        unknown = sum(work.capacity is None for work in running)
        makers = {work.maker for work in running}
        share = None
        if len(makers) == 1:
            share = 1.0
        elif makers and unknown == 0:
            of = {maker: sum(work.capacity or 0 for work in running if work.maker == maker) for maker in makers}
            share = max(of.values()) / sum(of.values())
        return Supplied(
            value=value,
            at_least=0 < unknown < len(running),
            planned=_total(work.capacity for work in coming),
            firms=len(makers),
            largest_share=share,
        )

    @remembered
    def need(self, link: str) -> Needed:
        """Σ amount · run over the links it feeds; run is a link's supply if it produces, else its own need.

        Reading: a feed without an amount counts only as something unknown where its consumer produces here; a supply
        of 0 hands on the need, if there is one.
        """
        known: list[tuple[float, bool, bool]] = []
        unknown = 0
        for _, consumer, amount in self.dag.out_edges(link, data="amount"):
            supplied = self.supply(consumer)
            if amount is None:
                unknown += supplied.firms > 0
                continue
            asked = self.need(consumer)
            if supplied.value is not None and supplied.value > 0:
                known.append((amount * supplied.value, supplied.at_least, False))
            elif asked.value is not None:
                known.append((amount * asked.value, asked.at_least, True))
            elif supplied.value is not None:
                known.append((0.0, supplied.at_least, False))
            else:
                unknown += 1
        if not known:
            return Needed(None, False, False)
        return Needed(
            value=sum(product for product, _, _ in known),
            at_least=unknown > 0 or any(bound for _, bound, _ in known),
            derived=any(derived for _, _, derived in known),
        )

    def coverage(self, link: str) -> tuple[float | None, bool]:
        """min(1, supply / need), and whether it is a lower bound; an open-ended need leaves it unknown, 0 apart."""
        supplied, asked = self.supply(link), self.need(link)
        if supplied.value is None or not asked.value:
            return None, False
        if asked.at_least and supplied.value > 0:
            return None, False
        return min(1.0, supplied.value / asked.value), supplied.at_least

    def value(self, link: str) -> float | None:
        price, asked = self.graph.links[link].unit_price_cny, self.need(link).value
        return None if price is None or asked is None else asked * price.value

    @remembered
    def unmet(self, link: str) -> float | None:
        value, (share, _) = self.value(link), self.coverage(link)
        return None if value is None else value * (1 - (share or 0))

    # --- status, move, direction

    def produced(self, link: str) -> bool:
        return any(work.stage == "in_production" for work in self.local_works(link))

    @remembered
    def status(self, link: str) -> str:
        """The first that holds; one dominant firm makes a link thin whatever its coverage."""
        bars = self.graph.scoring.thresholds
        supplied, (share, _) = self.supply(link), self.coverage(link)
        if self.produced(link):
            enough = share is not None and share >= bars.covered_share.value
            running = [work for work in self.local_works(link) if work.stage == "in_production"]
            sized = {work.maker for work in running if work.capacity is not None}
            many = len({work.maker for work in running} - sized) >= bars.covered_firms.value
            alone = supplied.largest_share is not None and supplied.largest_share > bars.dominant_share.value
            return "covered" if (enough or many) and not alone else "thin"
        survey = self.survey(link)
        if self.claims(link) or (survey is not None and survey.found):
            return "claimed"
        if any(work.stage != "ended" for work in self.local_works(link)):
            return "planned"
        return "missing"

    def evidence_level(self, link: str) -> str:
        if self.survey(link) is not None:
            return "census"
        seated = {firm.id for firm, _ in self.known_makers(link) if firm.seat in self.inside(self.region)}
        return "press" if self.claims(link) or self.local_works(link) or seated else "none"

    def move(self, link: str) -> str | None:
        """Reading: recycled feeds make no neighbours."""
        state = self.status(link)
        if self.direction(link) == "leader" or state == "covered":
            return None
        if state in ("thin", "claimed"):
            return "strengthen"
        if any(self.produced(other) for other in self.dag.successors(link)):
            return "fill"
        return "extend" if any(self.produced(other) for other in self.dag.predecessors(link)) else "build"

    def direction(self, link: str) -> str:
        """Upstream goes before downstream; without a leader the products of tier 0 stand in, themselves to the side."""
        own = {leader.link for leader in self.leaders()}
        centre = own or {other for other in self.links if self.tier[other] == 0}
        if link in own:
            return "leader"
        if any(nx.has_path(self.dag, link, other) for other in centre if other != link):
            return "upstream"
        if any(nx.has_path(self.dag, other, link) for other in centre if other != link):
            return "downstream"
        return "side"

    # --- rings and priority

    def ring(self, link: str, area: set[str]) -> tuple[int, float | None]:
        """Distinct makers seated or producing in the area, and the capacity in production there."""
        running = [work for work in self.works(link) if work.stage == "in_production" and work.region in area]
        return len(self.makers(link, area)), _total(work.capacity for work in running)

    def makers(self, link: str, area: set[str]) -> set[str]:
        """Firms seated in the area that make it, firms producing it there, and plants there whose firm is not named."""
        running = {w.maker for w in self.works(link) if w.stage == "in_production" and w.region in area}
        return running | {firm.id for firm, _ in self.known_makers(link) if firm.seat in area}

    def nearest(self, link: str) -> Nearest | None:
        """By seats and plants outside the region; all that tie at the least distance."""
        here = self.inside(self.region)
        places = [(firm.id, firm.seat) for firm, _ in self.known_makers(link)]
        places += [(work.maker, work.region) for work in self.works(link) if work.stage == "in_production"]
        local = {work.maker for work in self.local_works(link) if work.stage != "ended"}
        outside = [(maker, place) for maker, place in places if place not in here and maker not in local]
        outside = [(maker, place) for maker, place in outside if not self.wide(place)]
        if not outside:
            return None
        least = min(self.distance(place) for _, place in outside)
        tied = {(maker, place) for maker, place in outside if math.isclose(self.distance(place), least)}
        return Nearest(tied, least)

    def components(self, link: str) -> dict[str, float | None]:
        record: Link = self.graph.links[link]
        largest = max((unmet for unmet in map(self.unmet, self.links) if unmet is not None), default=None)
        unmet = self.unmet(link)
        around = set(self.dag.predecessors(link)) | set(self.dag.successors(link))
        near = self.rings()["near"]
        _, capacity = self.ring(link, near)
        sized = {w.maker for w in self.works(link) if w.stage == "in_production" and w.region in near and w.capacity}
        asked = self.need(link).value
        pull = None if unmet is None else 0.0
        if unmet is not None and largest:
            pull = math.log(1 + unmet) / math.log(1 + largest)
        scarcity = None
        if len(self.makers(link, near) - sized) >= self.graph.scoring.thresholds.covered_firms.value:
            scarcity = 0.0
        elif capacity is not None and asked:
            scarcity = 1 - min(1.0, capacity / asked)
        return {
            "pull": pull,
            "criticality": record.criticality.value if record.criticality else None,
            "locality": record.locality.value if record.locality else None,
            "adjacency": sum(map(self.produced, around)) / len(around) if around else None,
            "scarcity": scarcity,
        }

    def priority(self, components: dict[str, float | None]) -> tuple[float | None, float]:
        """The weighted mean of the known components times 100, and the share of the weight that is known."""
        weights = {name: getattr(self.graph.scoring.weights, name).value for name in components}
        known = {name: value for name, value in components.items() if value is not None}
        weight = sum(weights[name] for name in known)
        completeness = weight / sum(weights.values())
        if not weight:
            return None, completeness
        return 100 * sum(weights[name] * value for name, value in known.items()) / weight, completeness

    # --- the answer

    def row(self, link: str) -> Row:
        share, bound = self.coverage(link)
        components = self.components(link)
        score, completeness = self.priority(components)
        survey = self.survey(link)
        state, level, side = self.status(link), self.evidence_level(link), self.direction(link)
        if side == "leader":
            section = "leader_links"
        elif state == "covered":
            section = "covered"
        else:
            section = "no_data" if state == "missing" and level == "none" else "gaps"
        return Row(
            link=link,
            direction=side,
            status=state,
            evidence_level=level,
            move=self.move(link),
            supply=self.supply(link),
            need=self.need(link),
            coverage=share,
            coverage_at_least=bound,
            value_cny=self.value(link),
            surveyed=survey.date.isoformat() if survey else None,
            claims=sorted(claim.said for claim in self.claims(link)),
            rings={name: self.ring(link, area) for name, area in self.rings().items()},
            nearest=self.nearest(link),
            components=components,
            priority=score,
            completeness=completeness,
            section=section,
        )

    def rate(self, leader: Leader) -> Rate:
        """Σ value·coverage / Σ value over the direct inputs with an amount; what is unknown counts once 0, once 1."""
        inputs = {link for link, _ in self.dag.in_edges(leader.link)}
        valued = [(self.value(link) or 0.0, *self.coverage(link)) for link in inputs if self.value(link) is not None]
        total = sum(value for value, _, _ in valued)
        if not total:
            return Rate(leader.firm, leader.link, None, None, inputs)
        low = sum(value * (0 if share is None else share) for value, share, _ in valued) / total
        high = sum(value * (1 if share is None or bound else share) for value, share, bound in valued) / total
        return Rate(leader.firm, leader.link, low, high, inputs)

    def answer(self) -> Answer:
        return Answer({link: self.row(link) for link in self.links}, [self.rate(leader) for leader in self.leaders()])


def _settled(facts: list[tuple[str, date, float | None]]) -> float | None:
    """The capacity to believe: of the facts that give one, the better grade, then the later date."""
    given = [fact for fact in facts if fact[2] is not None]
    if not given:
        return None
    grade = min(fact[0] for fact in given)
    return max((fact for fact in given if fact[0] == grade), key=lambda fact: fact[1])[2]


def _total(numbers: Iterable[float | None]) -> float | None:
    """The sum of the known numbers, None if none is known."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    theta, phi = math.radians(lat), math.radians(lon)
    return math.cos(theta) * math.cos(phi), math.cos(theta) * math.sin(phi), math.sin(theta)
