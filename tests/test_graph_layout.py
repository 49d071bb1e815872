"""Where nodes stand: every node somewhere, none on another, the same every time."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph.analysis.graph_layout import HEIGHT, WIDTH, Plan, chain_places, path_places, ring_places

if TYPE_CHECKING:
    from collections.abc import Iterable


def overlapping(places: Iterable[tuple[float, float]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The pairs of places on which nodes would lie on each other."""
    return [
        (one, other)
        for one, other in combinations(places, 2)
        if abs(one[0] - other[0]) < WIDTH and abs(one[1] - other[1]) < HEIGHT
    ]


def drawn(seed: int) -> Plan:
    """A plan at random: tiers of any length, blocks beneath links, parks, feeds in every direction."""
    rng = Random(seed)
    tiers = {tier: [f"link-{tier}-{n}" for n in range(rng.randint(1, 30))] for tier in range(-2, rng.randint(0, 5))}
    links = [link for each in tiers.values() for link in each]
    under = {link: [f"{link}-firm-{n}" for n in range(rng.randint(1, 6))] for link in links if rng.random() < 0.3}
    firms = [firm for block in under.values() for firm in block] or links
    return Plan(
        tiers=tiers,
        feeds=[(rng.choice(links), rng.choice(links)) for _ in range(2 * len(links))],
        middle=frozenset(rng.sample(links, 1)),
        under=under,
        above={"chain": [rng.choice(links)]},
        below={f"park-{n}": [rng.choice(firms)] for n in range(rng.randint(0, 9))},
    )


@pytest.mark.parametrize("seed", range(12))
def test_every_node_of_a_chain_has_a_place_of_its_own(seed: int) -> None:
    plan = drawn(seed)
    places = chain_places(plan)
    links = [link for each in plan.tiers.values() for link in each]
    assert places.keys() == {*links, *(key for block in plan.under.values() for key in block), "chain", *plan.below}
    assert overlapping(places.values()) == []
    assert chain_places(plan) == places


@pytest.mark.parametrize("seed", range(12))
def test_what_is_further_upstream_stands_further_to_the_left(seed: int) -> None:
    plan = drawn(seed)
    places = chain_places(plan)
    columns = [[places[link][0] for link in plan.tiers[tier]] for tier in sorted(plan.tiers, reverse=True)]
    assert all(max(left) < min(right) for left, right in pairwise(columns))


def test_who_makes_a_link_stands_beneath_it() -> None:
    places = chain_places(Plan({0: ["a", "b"]}, [], frozenset(), {"a": ["x", "y"]}, {}, {}))
    assert [places[key][0] for key in ("x", "y")] == [places["a"][0]] * 2
    assert places["a"][1] < places["x"][1] < places["y"][1]


def test_a_chain_without_links_has_no_places() -> None:
    assert chain_places(Plan({}, [], frozenset(), {}, {}, {})) == {}


@pytest.mark.parametrize("count", [1, 5, 6, 7, 30, 100])
def test_neighbours_stand_around_a_node_and_not_on_it(count: int) -> None:
    places = ring_places(count)
    assert len(places) == count
    assert overlapping([(0.0, 0.0), *places]) == []


@pytest.mark.parametrize(("first", "second"), [(1, 30), (30, 30), (7, 100), (100, 13)])
def test_a_further_page_of_neighbours_stands_outside_the_one_before(first: int, second: int) -> None:
    assert overlapping([*ring_places(first), *ring_places(second, first)]) == []


def test_paths_lead_from_left_to_right_and_share_what_they_have_in_common() -> None:
    paths = (("a", "b", "z"), ("a", "c", "z"), ("a", "b", "d", "z"))
    places = path_places(paths)
    assert places.keys() == {"a", "b", "c", "d", "z"}
    assert overlapping(places.values()) == []
    for path in paths[:2]:
        heights = [places[key][0] for key in path]
        assert heights == sorted(heights)
    assert places["z"][0] == max(x for x, _ in places.values())
