"""A firm is counted alike whether a pack tells of it or an import does: snapshots of random packs, cut in two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.imported import NEVER, UNDATED, Imported, share_stored
from chaingraph.stores.keys import days
from chaingraph.stores.memory import MemoryStore
from tests.oracle.random_packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.model.entities import Firm
    from chaingraph.model.graph import Graph

EVERYBODY = 10**6
DAYS = (date(2022, 6, 1), date(2026, 1, 1), date(2030, 1, 1))


def _crowded(graph: Graph, rng: Random) -> Graph:
    """The graph with firms more that nothing names: seats, makings and ends as other firms have them."""
    others = sorted(graph.firms.values(), key=lambda firm: firm.id)
    makings = [makes for firm in others for makes in firm.makes]
    firms = dict(graph.firms)
    for number in range(40):
        like = rng.choice(others)
        made = {makes.link: makes for makes in rng.choices(makings, k=rng.randint(1, 3))} if makings else {}
        bare = {"supplies": (), "owned_by": (), "signals": (), "listing_code": None, "credit_code": None}
        own = {"id": f"more-{number:02}", "name": f"另一{number}有限公司", "seat": rng.choice(sorted(graph.regions))}
        firm = like.model_copy(update={**bare, **own, "short_name": None, "aliases": (), "makes": tuple(made.values())})
        firms[firm.id] = firm
    return replace(graph, firms=firms)


def _moved(graph: Graph, rng: Random) -> tuple[Graph, Imported]:
    """The graph without what an import tells now: firms that nothing else names, and some makings of the others."""
    named = {leader.firm for chain in graph.chains.values() for leader in chain.leaders}
    named |= {project.firm for project in graph.projects.values() if project.firm}
    named |= {tie.to for firm in graph.firms.values() for tie in firm.supplies}
    named |= {owner.firm for firm in graph.firms.values() for owner in firm.owned_by}
    named |= {kept.firm for kept in graph.negative_list if kept.firm}
    free = {
        key
        for key, firm in graph.firms.items()
        if key not in named and not (firm.supplies or firm.owned_by or firm.signals) and rng.random() < 0.8
    }
    told: list[tuple[Firm, list[Any]]] = []
    firms = {}
    for key, firm in sorted(graph.firms.items()):
        moved = [makes for makes in firm.makes if key in free or rng.random() < 0.4]
        if key not in free:
            firms[key] = firm.model_copy(update={"makes": tuple(m for m in firm.makes if m not in moved)})
        if key in free or moved:
            told.append((firm, moved))
    return replace(graph, firms=firms), _imported(told, set(firms))


def _imported(told: list[tuple[Firm, list[Any]]], packed: set[str]) -> Imported:
    rows = [
        (number, makes, item) for number, (_, moved) in enumerate(told) for makes in moved for item in makes.evidence
    ]
    gone = [firm.dissolved if firm.id not in packed else None for firm, _ in told]
    none = np.zeros(0, dtype=np.int32)
    return Imported(
        sources={},
        ids=[firm.id for firm, _ in told],
        in_packs=np.array([firm.id in packed for firm, _ in told], dtype=np.bool_),
        name=[firm.name for firm, _ in told],
        short_name=[firm.short_name or "" for firm, _ in told],
        other_names=["\n".join(firm.aliases) for firm, _ in told],
        since=np.array([min(days(item.as_of) for item in firm.evidence) for firm, _ in told], dtype=np.int32),
        seat=[firm.seat for firm, _ in told],
        seat_grade=np.array([min(ord(e.grade) for e in firm.seat_evidence or firm.evidence) - 65 for firm, _ in told]),
        gone=np.array([min(days(e.as_of) for e in d.evidence) if d else NEVER for d in gone], dtype=np.int32),
        gone_on=np.array([days(d.date) if d and d.date else UNDATED for d in gone], dtype=np.int32),
        gone_grade=np.array([min(ord(e.grade) for e in d.evidence) - 65 if d else 0 for d in gone], dtype=np.int8),
        stated=[b"" for _ in told],
        makes_firm=np.array([number for number, _, _ in rows], dtype=np.int32),
        makes_link=[makes.link for _, makes, _ in rows],
        makes_source=[item.source for _, _, item in rows],
        makes_as_of=np.array([days(item.as_of) for _, _, item in rows], dtype=np.int32),
        makes_grade=np.array([ord(item.grade) - 65 for _, _, item in rows], dtype=np.int8),
        makes_share=np.array([share_stored(makes.revenue_share) for _, makes, _ in rows], dtype=np.int32),
        makes_confidence=np.array([share_stored(makes.confidence) for _, makes, _ in rows], dtype=np.int32),
        makes_said=["" for _ in rows],
        supplies_from=none,
        supplies_to=none,
        supplies_as_of=none,
        supplies_source=[],
        supplies_grade=np.zeros(0, dtype=np.int8),
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_firm_counts_alike_whether_a_pack_or_an_import_tells_of_it(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    graph = _crowded(load([write_pack(tmp_path / "pack", rng)]).graph_or_raise(), rng)
    rest, imported = _moved(graph, rng)
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
        _, imported = _moved(_crowded(load([write_pack(tmp_path / str(seed), rng)]).graph_or_raise(), rng), rng)
        own += int((~imported.in_packs).sum())
        known += int(imported.in_packs.sum())
    assert own > 400
    assert known > 20


@pytest.mark.parametrize("seed", range(8))
def test_the_shortlist_keeps_firms_of_packs_and_the_best_of_the_others_in_each_respect(
    tmp_path: Path, seed: int
) -> None:
    rng = Random(seed)
    graph = _crowded(load([write_pack(tmp_path / "pack", rng)]).graph_or_raise(), rng)
    rest, imported = _moved(graph, rng)
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
