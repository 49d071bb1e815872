"""The embedded store and the Neo4j store answer every question alike: the seeds, real imports, random graphs."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import Neo4jAddress
from chaingraph.errors import Text
from chaingraph.packs.loader import load
from chaingraph.service.chain_map import chain_map
from chaingraph.service.chains import chains
from chaingraph.service.gaps import gaps
from chaingraph.service.graph.around import around
from chaingraph.service.graph.between import between
from chaingraph.service.graph.chain_graph import chain_graph
from chaingraph.service.imports.taking import import_chainkg
from chaingraph.service.leads.suggest import suggest_leads
from chaingraph.service.link_page import link_page
from chaingraph.service.overview import overview
from chaingraph.service.parks import parks
from chaingraph.service.path import path
from chaingraph.service.projects import projects
from chaingraph.service.search import search
from chaingraph.service.show import show
from chaingraph.service.source_page import source_page
from chaingraph.service.targets import targets
from chaingraph.service.workspace import open_snapshot
from chaingraph.stores.base import Store
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.memory import MemoryStore
from tests.neo4j.parity import differences, drawn, questions
from tests.oracle.random_imports import as_imports, crowded, moved_to_imports
from tests.oracle.random_packs import write_pack
from tests.shared_data import CHAINKG, needs_chainkg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.config import Settings
    from chaingraph.stores.neo4j.store import Neo4jStore
    from tests.neo4j_server.running import Neo4jServer

    Put = Callable[[Path], Neo4jStore]

DAYS = (date(2022, 1, 31), date(2026, 11, 22))


@pytest.mark.parametrize("seed", range(50))
def test_a_random_graph_answers_alike(tmp_path: Path, put: Put, seed: int) -> None:
    rng = Random(seed)
    graph = crowded(load([write_pack(tmp_path / "pack", rng)]).graph_or_raise(), rng)
    rest, moved = moved_to_imports(graph, rng)
    imported = as_imports(rest, moved, rng)
    folder = compile_snapshot(rest, tmp_path, f"random-{seed}", imported=imported)
    memory = MemoryStore(folder)
    region = rng.choice(("100000", "440000", "440100", "441223"))
    asked = drawn(memory, rng, ("441200", region), (date(2022, 6, 1), date(2030, 1, 1)), many=12)
    assert differences(memory, put(folder), asked) == []


def test_the_default_pack_answers_alike(seeds: Settings, pushed_seeds: Neo4jStore) -> None:
    memory, _ = open_snapshot(seeds)
    asked = drawn(memory, Random(1), ("441200", "441284", "440600", "100000"), DAYS, many=40)
    assert differences(memory, pushed_seeds, asked) == []
    every = sorted({item["source"] for fact in memory.entity("xpeng")["facts"] for item in fact["evidence"]})
    assert pushed_seeds.sources(every) == memory.sources(every)


def test_the_questions_ask_every_read_of_a_store_and_are_answered(seeds: Settings) -> None:
    memory, _ = open_snapshot(seeds)
    asked = list(questions(memory, drawn(memory, Random(1), ("441200",), DAYS, many=40)))
    answered = [
        question for question in asked if question.answer(memory) and not isinstance(question.answer(memory), Text)
    ]
    reads = {name for name, read in vars(Store).items() if callable(read) and not name.startswith("_")}
    assert {question.read for question in asked} == reads - {"matched", "sources"}
    assert len(answered) > 0.7 * len(asked)


@needs_chainkg
def test_the_listed_firms_of_chain_knowledge_graph_answer_alike(tmp_path: Path, seeds: Settings, put: Put) -> None:
    own = seeds._replace(workspace=tmp_path / "workspace")
    import_chainkg(own, CHAINKG, user="tester")
    memory, name = open_snapshot(own)
    asked = drawn(memory, Random(2), ("441200", "440100"), (date(2019, 12, 25), DAYS[-1]), many=60)
    server = put(own.workspace / "snapshots" / name)
    assert differences(memory, server, asked) == []
    assert server.matched("import-1") == memory.matched("import-1")
    assert memory.matched("import-1").firms > 1_000


@pytest.mark.usefixtures("pushed_seeds")
def test_every_report_is_the_same_whichever_store_answers(seeds: Settings, login: Neo4jServer) -> None:
    served = seeds._replace(store=Neo4jAddress(login.uri))
    for chain in [chain.id for chain in chains(seeds).chains]:
        for day in (None, "2022-01-31"):
            assert gaps(served, chain, as_of=day) == gaps(seeds, chain, as_of=day)
            assert chain_map(served, chain, as_of=day) == chain_map(seeds, chain, as_of=day)
            assert chain_graph(served, chain, as_of=day) == chain_graph(seeds, chain, as_of=day)
        assert suggest_leads(served, chain) == suggest_leads(seeds, chain)
    assert gaps(served, "ev", region="佛山市", lang="en") == gaps(seeds, "ev", region="佛山市", lang="en")
    for listing in (overview, projects, parks, targets, chains):
        assert listing(served) == listing(seeds)
    for name in ("小鹏汽车", "battery-cell", "441200", "肇庆高新区", "ev"):
        assert show(served, name) == show(seeds, name)
    for text in ("xp", "ningde", "隔膜", "深圳 隔膜", "小棚汽车", "广东", "电机控制"):
        assert search(served, text) == search(seeds, text)
    for start, end in (("小鹏汽车", "宁德时代"), ("441200", "catl"), ("xpeng", "ev")):
        assert path(served, start, end, top=10) == path(seeds, start, end, top=10)
        assert between(served, start, end) == between(seeds, start, end)
    for node in ("小鹏汽车", "catl", "battery-cell", "441200", "肇庆高新区", "ev"):
        page = around(seeds, node)
        assert around(served, node) == page
        assert page.next is None or around(served, node, after=page.next) == around(seeds, node, after=page.next)
    for link in ("battery-cell", "separator", "电解液"):
        assert link_page(served, link) == link_page(seeds, link)
    for source in ("chaingraph-curators", "zq-projects-first-2023"):
        assert source_page(served, source, top=20) == source_page(seeds, source, top=20)


@pytest.mark.usefixtures("pushed_seeds")
def test_a_routing_address_answers_like_a_direct_one(seeds: Settings, login: Neo4jServer) -> None:
    direct, routed = (seeds._replace(store=Neo4jAddress(uri)) for uri in (login.uri, login.routing_uri))
    assert gaps(routed, "ev") == gaps(direct, "ev")
