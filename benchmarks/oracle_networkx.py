"""Who makes a link around a region, answered by walking a networkx graph of the firms: what a snapshot is measured by.

Made as fast as plain walking goes: rings are looked up once for each region, not worked out for each firm.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from firm_facts import FirmFacts, Plant, Reach


class Told(NamedTuple):
    """What all ways must tell alike of a link: for each ring the firms and their weakest grade (0 to 3, None without
    firms); the nearest maker outside the region as (id, region, km, grade), None where there is none."""

    rings: dict[str, tuple[int, int | None]]
    nearest: tuple[str, str, float, int] | None


def firm_graph(facts: FirmFacts) -> nx.MultiDiGraph[str]:
    """Firms with their seats, links, and an edge for each citation that a firm makes a link."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(facts.links)
    graph.add_nodes_from(
        (firm, {"seat": seat, "seat_grade": grade, "gone": gone})
        for firm, seat, grade, gone in zip(
            facts.firms, facts.seat, facts.seat_grade.tolist(), facts.gone.tolist(), strict=True
        )
    )
    graph.add_edges_from(
        (facts.firms[firm], facts.links[link], {"as_of": as_of, "grade": grade})
        for firm, link, as_of, grade in zip(
            *(column.tolist() for column in (facts.makes_firm, facts.makes_link, facts.makes_as_of, facts.makes_grade)),
            strict=True,
        )
    )
    return graph


def presence(
    graph: nx.MultiDiGraph[str], plants: Mapping[str, Iterable[Plant]], links: Iterable[str], reach: Reach, day: int
) -> dict[str, Told]:
    """Ring by ring who makes each link, seen from one region on one day.

    Parameters
    ----------
    plants
        By link, the projects of the day.
    reach
        For each region its rings and its distance, as seen from the region asked for.
    """
    rings_of: dict[str, list[str]] = {
        place: [ring for ring, inside in reach.rings.items() if place in inside] for place in reach.distance
    }
    return {link: _told(_makers(graph, link, day), list(plants.get(link, ())), rings_of, reach) for link in links}


def _makers(graph: nx.MultiDiGraph[str], link: str, day: int) -> list[tuple[str, str, int]]:
    """Firm, seat and grade: the weaker of the seat's and of the best citation's known by the day.

    Who is known by the day to be struck off makes nothing.
    """
    best: dict[str, int] = {}
    for firm, _, told in graph.in_edges(link, data=True):
        if told["as_of"] <= day:
            best[firm] = min(told["grade"], best.get(firm, 3))
    nodes = graph.nodes
    return [
        (firm, nodes[firm]["seat"], max(grade, nodes[firm]["seat_grade"]))
        for firm, grade in best.items()
        if nodes[firm]["gone"] > day
    ]


def _told(
    seated: list[tuple[str, str, int]], plants: list[Plant], rings_of: dict[str, list[str]], reach: Reach
) -> Told:
    running = [(plant.maker, plant.region, plant.grade) for plant in plants if plant.runs]
    here = {plant.maker for plant in plants if not plant.ended and "home" in rings_of[plant.region]}
    firms: dict[str, set[str]] = {ring: set() for ring in reach.rings}
    weakest: dict[str, int] = {}
    nearest: tuple[float, int, str, str] | None = None
    for maker, place, grade in (*seated, *running):
        rings = rings_of[place]
        for ring in rings:
            firms[ring].add(maker)
            weakest[ring] = max(grade, weakest.get(ring, 0))
        apart = reach.distance[place]
        if "home" not in rings and maker not in here and apart < math.inf:
            offered = (apart, grade, maker, place)
            if nearest is None or offered < nearest:
                nearest = offered
    return Told(
        {ring: (len(makers), weakest.get(ring)) for ring, makers in firms.items()},
        None if nearest is None else (nearest[2], nearest[3], round(nearest[0], 1), nearest[1]),
    )
