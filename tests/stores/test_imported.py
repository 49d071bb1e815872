"""A firm is counted alike whether a pack tells of it or an import does: snapshots of random packs, cut in two."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.memory import MemoryStore
from tests.oracle.random_imports import crowded, moved_to_imports
from tests.oracle.random_packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path

EVERYBODY = 10**6
DAYS = (date(2022, 6, 1), date(2026, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize("seed", range(20))
def test_a_firm_counts_alike_whether_a_pack_or_an_import_tells_of_it(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    graph = crowded(load([write_pack(tmp_path / "pack", rng)]).graph_or_raise(), rng)
    rest, imported = moved_to_imports(graph, rng)
    whole = MemoryStore(compile_snapshot(graph, tmp_path / "whole", "x"))
    cut = MemoryStore(compile_snapshot(rest, tmp_path / "cut", "x", imported=imported))
    links = sorted(graph.links)
    for region in ("100000", "440000", "441200", "440100"):
        for day in DAYS:
            assert cut.presence(links, region, day) == whole.presence(links, region, day)
            assert cut.candidates(links, region, day, EVERYBODY) == whole.candidates(links, region, day, EVERYBODY)
            assert cut.firms_here(region, day) == whole.firms_here(region, day)


def test_the_random_packs_move_firms_of_both_kinds(tmp_path: Path) -> None:
    own = known = 0
    for seed in range(20):
        rng = Random(seed)
        _, imported = moved_to_imports(
            crowded(load([write_pack(tmp_path / str(seed), rng)]).graph_or_raise(), rng), rng
        )
        own += int((~imported.in_packs).sum())
        known += int(imported.in_packs.sum())
    assert own > 400
    assert known > 20


@pytest.mark.parametrize("seed", range(8))
def test_the_shortlist_keeps_firms_of_packs_and_the_best_of_the_others_in_each_respect(
    tmp_path: Path, seed: int
) -> None:
    rng = Random(seed)
    graph = crowded(load([write_pack(tmp_path / "pack", rng)]).graph_or_raise(), rng)
    rest, imported = moved_to_imports(graph, rng)
    store = MemoryStore(compile_snapshot(rest, tmp_path / "cut", "x", imported=imported))
    for link in sorted(graph.links):
        everybody = store.candidates([link], "441200", DAYS[-1], EVERYBODY)
        kept = {row.firm for row in store.candidates([link], "441200", DAYS[-1], 1)}
        others = [row for row in everybody if row.firm not in rest.firms]
        assert {row.firm for row in everybody if row.firm in rest.firms} <= kept
        placed = [row for row in others if row.distance_km is not None]
        if placed:
            assert min(placed, key=lambda row: (row.distance_km, row.firm)).firm in kept
        known = [row.revenue_share for row in others if row.revenue_share is not None]
        if known:
            assert max(known) in [row.revenue_share for row in others if row.firm in kept]
        for row in others:
            named = store.candidates([link], "441200", DAYS[-1], 1, (row.firm,))
            assert row in named
