"""Who makes a link around a region: a server counts and names the firms that the embedded store counts and names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.memory import MemoryStore
from tests.leads.made import add_firm, add_project
from tests.neo4j.registries import as_drawn, compiled, told_twice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.config import Settings
    from chaingraph.model.graph import Graph
    from chaingraph.stores.imported import Imported
    from chaingraph.stores.neo4j.store import Neo4jStore
    from chaingraph.stores.rows import PresenceRow
    from tests.neo4j.conftest import Put
    from tests.small_pack import SmallPack

HOME, COUNTY, NEIGHBOUR, FAR = "441200", "441283", "440100", "350900"
ON = date(2024, 6, 1)
REGIONS = (HOME, "441204", "440300", "650100", "100000")
DAYS = (date(2026, 11, 22), date(2026, 5, 31), date(2025, 6, 1), date(2001, 1, 1))
MAKES_CELL = "{link: cell, evidence: [{source: paper, locator: 一}]}"


@pytest.mark.parametrize("drawn", [as_drawn, told_twice])
def test_a_registry_is_counted_alike_on_every_day_and_from_every_region(
    put: Put, seeds: Settings, tmp_path: Path, drawn: Callable[[Graph], Imported]
) -> None:
    graph = load(seeds.packs).graph_or_raise()
    folder = compiled(graph, drawn(graph), tmp_path)
    memory, server, links = MemoryStore(folder), put(folder), sorted(graph.links)
    for region in REGIONS:
        for day in DAYS:
            assert server.presence(links, region, day) == memory.presence(links, region, day), (region, day)


def test_the_order_of_the_links_asked_for_is_kept_and_none_is_answered_with_none(pushed_seeds: Neo4jStore) -> None:
    links = [link.id for link in reversed(pushed_seeds.chain("ev").links)]
    assert [row.link for row in pushed_seeds.presence(links, HOME, ON)] == links
    assert pushed_seeds.presence([], HOME, ON) == []


def _cell(put: Put, pack: SmallPack, region: str = HOME, day: date = ON) -> PresenceRow:
    snapshots = pack.folder.parent / "snapshots"
    name = str(len(list(snapshots.glob("*"))))
    folder = compile_snapshot(load([pack.folder]).graph_or_raise(), snapshots, name)
    (row,) = put(folder).presence(["cell"], region, day)
    assert row == MemoryStore(folder).presence(["cell"], region, day)[0]
    return row


def test_a_firm_with_a_project_here_is_passed_over_for_the_next_nearest(put: Put, pack: SmallPack) -> None:
    add_firm(pack, "near", seat=NEIGHBOUR, makes=MAKES_CELL)
    before = _cell(put, pack)
    assert before.nearest is not None
    assert before.nearest.firm == "near"
    add_project(pack, "near-plant", "near", COUNTY)
    after = _cell(put, pack)
    assert after.nearest is not None
    assert after.nearest.firm == "celler"


def test_of_many_firms_seated_here_the_best_known_are_named_and_all_are_counted(put: Put, pack: SmallPack) -> None:
    for key in ("d", "c", "b", "a"):
        add_firm(pack, f"firm-{key}", seat=COUNTY, makes=MAKES_CELL)
    add_firm(pack, "firm-z", seat=HOME, makes=MAKES_CELL.replace("paper", "report"))
    row = _cell(put, pack)
    assert [firm.firm for firm in row.seated] == ["firm-z", "firm-a", "firm-b"]
    assert row.seated_firms == row.rings[0].firms == 5


def test_behind_a_firm_with_a_project_here_the_next_of_its_place_is_named(put: Put, pack: SmallPack) -> None:
    for key in ("d", "c", "b", "a"):
        add_firm(pack, f"firm-{key}", seat=COUNTY, makes=MAKES_CELL)
    add_firm(pack, "firm-e", seat=HOME, makes=MAKES_CELL)
    add_project(pack, "plant-a", "firm-a", COUNTY)
    row = _cell(put, pack)
    assert [firm.firm for firm in row.seated] == ["firm-b", "firm-c", "firm-d"]
    assert row.seated_firms == 4


def test_a_firm_counts_from_its_first_citation_until_it_is_known_to_be_struck_off(put: Put, pack: SmallPack) -> None:
    more = "dissolved: {evidence: [{source: curators, locator: 一}]}"
    add_firm(pack, "gone", seat=COUNTY, makes=MAKES_CELL, more=more)
    counts = {day: _cell(put, pack, day=day).rings[0].firms for day in (date(2023, 5, 31), date(2023, 6, 1), ON)}
    assert counts == {date(2023, 5, 31): 0, date(2023, 6, 1): 1, ON: 0}
