"""How entities are related, once more and obviously: a networkx graph of a day, built from the records of a pack.

Written from the rules in words, importing none of the product's stores. Claims and surveys are no ties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from chaingraph.model.evidence import Evidence
    from chaingraph.model.graph import Graph

Tie = tuple[str, str, "Sequence[Evidence]"]


def ties_on(graph: Graph, day: date) -> nx.Graph[str]:
    """Every tie known on the day. The structure of chains and the map, what lies in what, hold on every day."""
    web: nx.Graph[str] = nx.Graph()
    for kind in _KINDS:
        web.add_nodes_from(getattr(graph, kind))
    web.add_edges_from((member.link, member.chain) for member in graph.memberships)
    web.add_edges_from((feed.from_, feed.to) for feed in graph.feeds)
    web.add_edges_from((region.adcode, region.parent) for region in graph.regions.values() if region.parent)
    for one, other, evidence in (*_of_firms(graph), *_of_places(graph), *_of_figures(graph)):
        if min(item.as_of for item in evidence) <= day:
            web.add_edge(one, other)
    return web


def allowed(graph: Graph, web: nx.Graph[str], start: str, end: str) -> nx.Graph[str]:
    """The part of the web that a path between two ends may lead through."""
    walked = {start, end, *graph.firms, *graph.links, *graph.projects, *graph.parks, *graph.platforms}
    walked |= {code for code in graph.regions if {start, end} & set(_line(graph, code))}
    return web.subgraph(walked)


_KINDS = (
    *("chains", "links", "firms", "projects", "parks", "regions"),
    *("platforms", "policies", "targets", "actuals"),
)


def _line(graph: Graph, code: str | None) -> Iterator[str]:
    while code in graph.regions:
        yield code
        code = graph.regions[code].parent


def _of_firms(graph: Graph) -> Iterator[Tie]:
    for chain in graph.chains.values():
        yield from ((leader.firm, chain.id, leader.evidence) for leader in chain.leaders)
    for firm in graph.firms.values():
        yield firm.id, firm.seat, firm.seat_evidence or firm.evidence
        yield from ((firm.id, makes.link, makes.evidence) for makes in firm.makes)
        yield from ((firm.id, supplied.to, supplied.evidence) for supplied in firm.supplies)
        yield from ((firm.id, owner.firm, owner.evidence) for owner in firm.owned_by)


def _of_places(graph: Graph) -> Iterator[Tie]:
    for project in graph.projects.values():
        for other in (project.region, project.firm, project.park):
            if other:
                yield project.id, other, project.evidence
        yield from ((project.id, makes.link, makes.evidence) for makes in project.makes)
    for park in graph.parks.values():
        yield park.id, park.region, park.evidence
        if park.part_of:
            yield park.id, park.part_of.park, park.part_of.evidence
        yield from ((park.id, target.chain, target.evidence) for target in park.targets_chains)
        yield from ((park.id, aimed.link, aimed.evidence) for aimed in park.targets_links)


def _of_figures(graph: Graph) -> Iterator[Tie]:
    for platform in graph.platforms.values():
        for other in (platform.region, platform.park, platform.firm):
            if other:
                yield platform.id, other, platform.evidence
        yield from ((platform.id, served.chain, served.evidence) for served in platform.serves)
    for policy in graph.policies.values():
        yield from ((policy.id, other, policy.evidence) for other in (policy.region, *policy.chains, *policy.parks))
    for figure in (*graph.targets.values(), *graph.actuals.values()):
        yield from (
            (figure.id, other, figure.evidence) for other in (figure.region, figure.chain, figure.park) if other
        )
