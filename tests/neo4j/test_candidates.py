"""Who could fill a gap: a server lists the firms that the embedded store lists, with all that speaks for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.lead_rows import MatchedRow, TieRow
from chaingraph.stores.memory import MemoryStore
from tests.leads.made import PAPER, add_firm, add_project
from tests.neo4j.registries import REGISTRIES, as_drawn, compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.config import Settings
    from chaingraph.model.graph import Graph
    from chaingraph.stores.imported import Imported
    from chaingraph.stores.lead_rows import CandidateRow
    from chaingraph.stores.neo4j.store import Neo4jStore
    from tests.neo4j.conftest import Put
    from tests.small_pack import SmallPack

HOME, COUNTY, NEIGHBOUR, FAR = "441200", "441283", "440100", "350900"
ON = date(2024, 6, 1)
MAKES_CELL = "{link: cell, evidence: [{source: paper, locator: 一}]}"
REGIONS = (HOME, "440300", "100000")
DAYS = (date(2026, 11, 22), date(2026, 4, 30), date(2001, 1, 1))


@pytest.mark.parametrize("drawn", REGISTRIES)
def test_a_shortlist_of_a_registry_is_that_of_the_embedded_store(
    put: Put, seeds: Settings, tmp_path: Path, drawn: Callable[[Graph], Imported]
) -> None:
    graph = load(seeds.packs).graph_or_raise()
    imported = drawn(graph)
    folder = compiled(graph, imported, tmp_path)
    memory, server, links = MemoryStore(folder), put(folder), sorted(graph.links)
    also = ["catl", "no-such-firm", imported.ids[-1]]
    for region in REGIONS:
        for day in DAYS:
            for most in (1, 5):
                asked = links, region, day, most, also
                assert server.candidates(*asked) == memory.candidates(*asked), (region, day, most)


def test_ties_makers_and_firms_here_are_those_of_the_embedded_store(put: Put, seeds: Settings, tmp_path: Path) -> None:
    graph = load(seeds.packs).graph_or_raise()
    imported = as_drawn(graph)
    folder = compiled(graph, imported, tmp_path)
    memory, server, links = MemoryStore(folder), put(folder), sorted(graph.links)
    firms = [*sorted(graph.firms), *imported.ids[::9]]
    for day in DAYS:
        assert server.makers(links, day) == memory.makers(links, day)
        assert server.ties(firms, day) == memory.ties(firms, day)
        for region in REGIONS:
            here = memory.firms_here(region, day)
            assert server.firms_here(region, day) == here
            assert server.ties(firms, day, here) == memory.ties(firms, day, here)
    for source in imported.sources:
        told = server.matched(source)
        assert told == memory.matched(source)
        assert told.firms > 0
        assert list(told.by_link) == sorted(told.by_link)


def _store(put: Put, pack: SmallPack) -> Neo4jStore:
    """The pack on the server; whoever makes cells is a candidate as the embedded store has it."""
    snapshots = pack.folder.parent / "snapshots"
    name = str(len(list(snapshots.glob("*"))))
    folder = compile_snapshot(load([pack.folder]).graph_or_raise(), snapshots, name)
    store, memory = put(folder), MemoryStore(folder)
    for day in (date(2021, 1, 1), ON):
        for most in (1, 50):
            asked = ["cell", "car"], HOME, day, most
            assert store.candidates(*asked) == memory.candidates(*asked)
    return store


def _rows(store: Neo4jStore, day: date = ON) -> dict[str, CandidateRow]:
    return {row.firm: row for row in store.candidates(["cell"], HOME, day, 50)}


def test_what_speaks_for_a_firm_counts_from_the_day_on_which_it_is_told(put: Put, pack: SmallPack) -> None:
    signal = f"signals: [{{date: 2023-01-01, said: 扩产, said_en: Expands, {PAPER}}}]"
    add_firm(pack, "grower", makes=MAKES_CELL, more=signal)
    store = _store(put, pack)
    assert [signal.said for signal in _rows(store)["grower"].signals] == ["扩产"]
    assert "grower" not in _rows(store, date(2023, 5, 31))


def test_the_packs_word_that_a_firm_was_struck_off_is_told_with_its_day(put: Put, pack: SmallPack) -> None:
    add_firm(pack, "gone", makes=MAKES_CELL, more=f"dissolved: {{date: 2023-12-01, {PAPER}}}")
    row = _rows(_store(put, pack))["gone"]
    assert (row.dissolved, row.dissolved_on) == ("B", "2023-12-01")


def test_a_negative_list_bars_a_firm_or_a_link_where_it_holds_and_until_it_ends(put: Put, pack: SmallPack) -> None:
    pack.put(
        "negative_list.yaml",
        "negative_list:\n"
        f'  - {{region: "440000", link: cell, reason: 全省不引, {PAPER}}}\n'
        f'  - {{region: "{HOME}", firm: celler, reason: 失信, {PAPER}}}\n'
        f'  - {{region: "{HOME}", link: cell, reason: 旧案, until: 2023-12-31, {PAPER}}}\n'
        f'  - {{region: "{FAR}", firm: celler, reason: 别处, {PAPER}}}\n',
    )
    row = _rows(_store(put, pack))["celler"]
    assert [(bar.region, bar.reason) for bar in row.barred] == [("440000", "全省不引"), (HOME, "失信")]


def test_a_firm_that_builds_is_a_candidate_by_what_its_project_tells(put: Put, pack: SmallPack) -> None:
    add_firm(pack, "builder", seat=FAR)
    add_project(pack, "works", "builder", COUNTY)
    store = _store(put, pack)
    row = _rows(store)["builder"]
    assert [plant.project for plant in row.plants] == ["works"]
    assert (row.here, row.nearest, row.citations[0].source) == (COUNTY, COUNTY, "report")
    assert ("cell", "builder") in store.makers(["cell"], ON)
    assert "builder" in store.firms_here(HOME, ON)


def test_a_firm_with_a_tie_to_one_here_is_on_the_shortlist_however_short(
    put: Put, seeds: Settings, tmp_path: Path
) -> None:
    graph = load(seeds.packs).graph_or_raise()
    imported = as_drawn(graph)
    folder = compiled(graph, imported, tmp_path)
    store, day = put(folder), DAYS[0]
    here = store.firms_here("440300", day)
    known = [firm for firm in imported.ids if firm not in graph.firms]
    tied = {tie.from_ for tie in store.ties(known, day, here)}
    makers = {(link, firm) for link, firm in store.makers(sorted(graph.links), day) if firm in tied}
    rows = store.candidates(sorted(graph.links), "440300", day, 1)
    assert len(makers) > 100
    assert makers <= {(row.link, row.firm) for row in rows}


def test_ties_are_told_from_the_end_that_is_asked_for_each_with_its_best_grade(put: Put, pack: SmallPack) -> None:
    supplied = "supplies: [{to: maker, evidence: [{source: paper, locator: 一}, {source: report, locator: 二}]}]"
    add_firm(pack, "seller", more=supplied)
    add_firm(pack, "holder")
    pack.append("firms/all.yaml", f"    owned_by: [{{firm: seller, {PAPER}}}]\n")
    store = _store(put, pack)
    assert store.ties(["maker", "seller", "holder"], ON) == [
        TieRow("maker", "seller", "supplied_by", "A"),
        TieRow("seller", "holder", "owns", "B"),
        TieRow("seller", "maker", "supplies", "A"),
        TieRow("holder", "seller", "owned_by", "B"),
    ]
    assert store.ties(["seller"], ON, ["maker"]) == [TieRow("seller", "maker", "supplies", "A")]
    assert store.ties(["seller"], date(2023, 5, 31), ["holder"]) == []
    assert store.ties(["seller"], ON, []) == store.ties([], ON) == []


def test_a_source_that_is_no_import_matched_nobody(put: Put, pack: SmallPack) -> None:
    assert _store(put, pack).matched("register") == MatchedRow(0, {})
