"""Paths against networkx: as short as can be, over real ties only, never through what explains nothing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from chaingraph import resources
from chaingraph.config import Settings
from chaingraph.packs.loader import load
from chaingraph.service.workspace import open_store
from tests.oracle.random_packs import write_pack
from tests.oracle.ties import allowed, ties_on

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.graph import Graph
    from chaingraph.stores.base import Store

DAYS = (date(2020, 3, 1), date(2022, 6, 30), date(2026, 11, 22))
LONGEST = 6
SPARE = 2


def pairs(graph: Graph, rng: Random, kinds: tuple[str, ...], count: int) -> list[tuple[str, str]]:
    """Pairs of different entities of some kinds."""
    ids = [key for kind in kinds for key in sorted(getattr(graph, kind))]
    drawn = ((rng.choice(ids), rng.choice(ids)) for _ in range(10 * count))
    return [pair for pair in drawn if pair[0] != pair[1]][:count]


def stops(store: Store, start: str, end: str, day: date, most: int) -> list[tuple[str, ...]]:
    """The paths as the ids they lead through."""
    found = store.paths(start, end, day, most)
    for steps in found:
        assert all(one.to == other.from_ for one, other in pairwise(steps))
        assert all(step.predicates for step in steps)
    return [(steps[0].from_, *(step.to for step in steps)) for steps in found]


def shortest(web: nx.Graph[str], start: str, end: str) -> int | None:
    """Steps of the shortest path; None where there is none of at most six."""
    if not nx.has_path(web, start, end):
        return None
    steps = int(nx.shortest_path_length(web, start, end))
    return steps if steps <= LONGEST else None


def wrong(paths: list[tuple[str, ...]], web: nx.Graph[str], start: str, end: str) -> list[str]:
    """What no list of paths may be, whatever its number."""
    found = []
    lengths = [len(path) - 1 for path in paths]
    if lengths != sorted(lengths):
        found.append(f"lengths decrease: {lengths}")
    if len(set(paths)) != len(paths):
        found.append("a path stands twice")
    if lengths and (lengths[-1] > lengths[0] + SPARE or lengths[-1] > LONGEST):
        found.append(f"a path is too long: {lengths}")
    for path in paths:
        if (path[0], path[-1]) != (start, end) or len(set(path)) != len(path):
            found.append(f"{path} has other ends or repeats itself")
        found += [f"{path}: {tie} is no tie" for tie in pairwise(path) if not web.has_edge(*tie)]
    return found


KINDS = ("firms", "links", "projects", "parks", "chains", "regions")
IN_ORDER = (
    *("chains", "links", "firms", "projects", "parks", "regions"),
    *("platforms", "policies", "targets", "actuals"),
)


@pytest.mark.parametrize("seed", range(400, 412))
def test_the_first_path_in_a_random_pack_is_as_short_as_networkx_finds(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    pack = write_pack(tmp_path / "pack", rng)
    graph = load([pack]).graph_or_raise()
    store, _ = open_store(Settings(tmp_path / "workspace", (pack,)))
    for day in DAYS:
        whole = ties_on(graph, day)
        for start, end in pairs(graph, rng, KINDS, 12):
            web = allowed(graph, whole, start, end)
            paths = stops(store, start, end, day, 8)
            first = len(paths[0]) - 1 if paths else None
            assert first == shortest(web, start, end), (start, end, day)
            assert wrong(paths, web, start, end) == [], (start, end, day)


@pytest.mark.parametrize("seed", range(412, 416))
def test_with_room_for_all_every_simple_path_up_to_two_steps_longer_is_found(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    pack = write_pack(tmp_path / "pack", rng)
    graph = load([pack]).graph_or_raise()
    store, _ = open_store(Settings(tmp_path / "workspace", (pack,)))
    whole = ties_on(graph, DAYS[1])
    compared = 0
    for start, end in pairs(graph, rng, KINDS, 30):
        web = allowed(graph, whole, start, end)
        steps = shortest(web, start, end)
        if steps is None or steps > 2:
            continue
        every = {tuple(path) for path in nx.all_simple_paths(web, start, end, steps + SPARE)}
        assert set(stops(store, start, end, DAYS[1], 100_000)) == every, (start, end)
        compared += 1
    assert compared


@pytest.mark.parametrize("seed", range(416, 420))
def test_a_path_to_a_region_is_real_and_leads_through_no_region_but_those_inside_it(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    pack = write_pack(tmp_path / "pack", rng)
    graph = load([pack]).graph_or_raise()
    store, _ = open_store(Settings(tmp_path / "workspace", (pack,)))
    for day in DAYS:
        whole = ties_on(graph, day)
        for (one, _), (region, _) in zip(pairs(graph, rng, KINDS, 8), pairs(graph, rng, ("regions",), 8), strict=True):
            for start, end in ((one, region), (region, one)) if one != region else ():
                web = allowed(graph, whole, start, end)
                paths = stops(store, start, end, day, 8)
                assert wrong(paths, web, start, end) == [], (start, end, day)
                assert not paths or len(paths[0]) - 1 >= (shortest(web, start, end) or 0)


@pytest.fixture(scope="module")
def seeds_graph() -> Graph:
    """The seeds as records."""
    return load([resources.folder("seeds")]).graph_or_raise()


def test_the_seeds_get_the_lengths_of_networkx(seeds: Settings, seeds_graph: Graph) -> None:
    rng = Random(7)
    store, _ = open_store(seeds)
    for day in (DAYS[1], DAYS[2]):
        whole = ties_on(seeds_graph, day)
        for start, end in pairs(seeds_graph, rng, KINDS, 10):
            web = allowed(seeds_graph, whole, start, end)
            paths = stops(store, start, end, day, 5)
            first = len(paths[0]) - 1 if paths else None
            assert first == shortest(web, start, end), (start, end, day)
            assert wrong(paths, web, start, end) == [], (start, end, day)


def test_another_reading_of_the_snapshot_finds_the_same_paths(seeds: Settings, seeds_graph: Graph) -> None:
    asked = pairs(seeds_graph, Random(11), KINDS, 5)
    one, other = ([stops(open_store(seeds)[0], start, end, DAYS[2], 20) for start, end in asked] for _ in range(2))
    assert one == other


def test_fewer_paths_are_the_first_of_more(seeds: Settings, seeds_graph: Graph) -> None:
    store, _ = open_store(seeds)
    for start, end in pairs(seeds_graph, Random(13), KINDS, 5):
        assert stops(store, start, end, DAYS[2], 3) == stops(store, start, end, DAYS[2], 12)[:3]


@pytest.mark.parametrize("seed", range(420, 424))
def test_of_all_paths_of_a_length_those_of_close_ties_come_first_then_those_by_the_order_of_records(
    seed: int, tmp_path: Path
) -> None:
    rng = Random(seed)
    pack = write_pack(tmp_path / "pack", rng)
    graph = load([pack]).graph_or_raise()
    store, _ = open_store(Settings(tmp_path / "workspace", (pack,)))
    whole = ties_on(graph, DAYS[2])
    order = {key: place for place, key in enumerate(key for kind in IN_ORDER for key in sorted(getattr(graph, kind)))}
    compared = 0
    for start, end in pairs(graph, rng, KINDS, 30):
        web = allowed(graph, whole, start, end)
        steps = shortest(web, start, end)
        if steps is None or steps > 2:
            continue
        every = store.paths(start, end, DAYS[2], 100_000)
        ranks = [
            (
                len(path),
                sum(min(looseness(predicate) for predicate in step.predicates) for step in path),
                [order[step.to] for step in path],
            )
            for path in every
        ]
        assert ranks == sorted(ranks), (start, end)
        for most in (1, 4, 9):
            assert store.paths(start, end, DAYS[2], most) == every[:most]
        compared += len(every) > 1
    assert compared


def looseness(predicate: str) -> int:
    """How loose a tie is, by the rule in words: supplies and shares, then projects and products, then the rest."""
    if predicate in ("supplies", "supplied_by", "owned_by", "owns"):
        return 0
    business = ("by_firm", "has_project", "hosted_by", "hosts", "at_park", "makes", "made_by", "made_by_project")
    return 1 if predicate in business else 2
