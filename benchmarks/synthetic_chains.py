"""Chains that exist nowhere, to bring a graph to the number that a province maintains: for measuring only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from chaingraph.model.entities import Chain, Feed, Link, Membership
from chaingraph.model.evidence import Evidence, Figure, Share

if TYPE_CHECKING:
    from chaingraph.model.graph import Graph

LINKS = 25
"""Links of a synthetic chain: fewer than the 28 to 72 of the default pack's."""


def with_chains(graph: Graph, chains: int = 20, seed: int = 1) -> Graph:
    """A copy of the graph that has at least so many chains; what is added is named so that nobody takes it for real."""
    rng = np.random.default_rng(seed)
    told = (
        Evidence(
            source=next(iter(graph.sources)), locator="synthetic, for measuring", grade="D", as_of=date(2026, 1, 1)
        ),
    )
    more: list[tuple[Chain, list[Link], list[Membership], list[Feed]]] = [
        _chain(f"made-up-{number:02}", rng, told) for number in range(len(graph.chains) + 1, chains + 1)
    ]
    return replace(
        graph,
        chains=graph.chains | {chain.id: chain for chain, _, _, _ in more},
        links=graph.links | {link.id: link for _, links, _, _ in more for link in links},
        memberships=graph.memberships + tuple(member for _, _, members, _ in more for member in members),
        feeds=graph.feeds + tuple(feed for _, _, _, feeds in more for feed in feeds),
    )


def _chain(
    name: str, rng: np.random.Generator, told: tuple[Evidence, ...]
) -> tuple[Chain, list[Link], list[Membership], list[Feed]]:
    """A chain whose links stand from the raw materials to the product; each feeds one to three of those after it."""
    ids = [f"{name}-{place:02}" for place in range(LINKS)]
    feeds, tier = [], dict.fromkeys(ids, 0)
    for place in reversed(range(LINKS - 1)):
        reach = min(LINKS - 1 - place, 6)
        for step in rng.choice(reach, size=min(reach, int(rng.integers(1, 4))), replace=False).tolist():
            to = ids[place + 1 + step]
            amount = round(float(rng.lognormal(0, 1.5)), 4)
            feeds.append(Feed(**{"from": ids[place]}, to=to, amount=amount, evidence=told))
            tier[ids[place]] = max(tier[ids[place]], tier[to] + 1)
    links = [
        Link(
            id=key,
            name=f"合成环节 {key}",
            name_en=f"Synthetic link {key}",
            unit="吨",
            unit_price_cny=Figure(value=round(float(rng.lognormal(9, 2)), 2), evidence=told),
            criticality=Share(value=round(float(rng.random()), 2), evidence=told),
            locality=Share(value=round(float(rng.random()), 2), evidence=told),
            keywords=(f"合成产品{key}",),
            evidence=told,
        )
        for key in ids
    ]
    members = [
        Membership(
            link=key,
            chain=name,
            stage="midstream" if tier[key] <= 1 else "upstream",
            tier=tier[key],
            evidence=told,
        )
        for key in ids
    ]
    return (
        Chain(id=name, name=f"合成链 {name}", name_en=f"Synthetic chain {name}", evidence=told),
        links,
        members,
        feeds,
    )
