"""Paths on a server are those of the embedded store: the same steps by the same predicates in the same order."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import Settings
from chaingraph.service.workspace import open_snapshot
from tests.oracle.random_packs import write_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.stores.memory import MemoryStore
    from chaingraph.stores.neo4j.store import Neo4jStore

    Put = Callable[[Path], Neo4jStore]

DAYS = (date(2020, 3, 1), date(2022, 6, 30), date(2026, 11, 22))
KINDS = ("chain", "link", "firm", "firm", "project", "project", "park", "region", "platform", "actual")


def compared(one: MemoryStore, other: Neo4jStore, rng: Random, count: int) -> tuple[list[tuple[str, str]], int]:
    """The pairs of entities for which two stores differ, of some drawn at random; and for how many there is a path."""
    ids = {kind: [hit.id for hit in one.search("a", (kind,), DAYS[2], None)[1]] for kind in KINDS}
    kinds = [kind for kind in KINDS if ids[kind]]
    differ, found = [], 0
    for _ in range(count):
        start, end = (rng.choice(ids[rng.choice(kinds)]) for _ in range(2))
        day, most = rng.choice(DAYS), rng.choice((1, 3, 5, 20, 500))
        if start != end:
            paths = one.paths(start, end, day, most)
            found += bool(paths)
            differ += [] if other.paths(start, end, day, most) == paths else [(start, end)]
    return differ, found


@pytest.mark.parametrize("seed", range(430, 434))
def test_paths_of_a_random_pack_are_those_of_the_embedded_store(seed: int, tmp_path: Path, put: Put) -> None:
    rng = Random(seed)
    settings = Settings(tmp_path / "workspace", (write_pack(tmp_path / "pack", rng),))
    memory, name = open_snapshot(settings)
    differ, found = compared(memory, put(settings.workspace / "snapshots" / name), rng, 120)
    assert differ == []
    assert found > 20


def test_paths_of_the_seeds_are_those_of_the_embedded_store(seeds: Settings, pushed_seeds: Neo4jStore) -> None:
    memory, _ = open_snapshot(seeds)
    differ, found = compared(memory, pushed_seeds, Random(5), 200)
    assert differ == []
    assert found > 15


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("ev", "100000"),
        ("440000", "110000"),
        ("441200", "ev"),
        ("catl", "xpeng"),
        ("byd", "441200"),
        ("440300", "catl"),
    ],
)
def test_the_first_of_many_paths_through_a_hub_are_the_same(
    start: str, end: str, seeds: Settings, pushed_seeds: Neo4jStore
) -> None:
    memory, _ = open_snapshot(seeds)
    for one, other in ((start, end), (end, start)):
        for most in (1, 7, 300):
            paths = memory.paths(one, other, DAYS[2], most)
            assert pushed_seeds.paths(one, other, DAYS[2], most) == paths
            assert paths
