"""Names are data: whatever stands in a pack or is typed reaches the server as a parameter, never as a statement."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.memory import MemoryStore
from tests.neo4j.parity import Question, differences, drawn
from tests.neo4j.standing import standing
from tests.oracle.random_packs import write_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.model.graph import Graph
    from chaingraph.stores.neo4j.store import Neo4jStore
    from tests.neo4j_server.running import Neo4jServer

    Put = Callable[[Path], Neo4jStore]

HOSTILE = (
    "'}) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n RETURN 1 //',
    "`) SET n.name = 'x' //",
    "$rows $day ${batch} {id: 'x'}",
    "企业\\' OR 1=1",
    "\\u0027\\",
    "<script>alert(1)</script>",
    "‮反向名称‬",
    "=1+1;--",
    "名" * 200,
)


def _with_hostile_names(graph: Graph) -> Graph:
    for kind in (graph.firms, graph.links, graph.chains, graph.projects, graph.parks):
        for number, (key, entity) in enumerate(sorted(kind.items())):
            name = HOSTILE[number % len(HOSTILE)] + key
            kind[key] = entity.model_copy(update={"name": name, "name_en": name, "aliases": (name + "又名",)})
    return graph


def test_hostile_names_are_kept_as_they_are_and_answer_as_in_the_embedded_store(
    tmp_path: Path, put: Put, login: Neo4jServer
) -> None:
    graph = _with_hostile_names(load([write_pack(tmp_path / "pack", Random(5))]).graph_or_raise())
    folder = compile_snapshot(graph, tmp_path, "hostile")
    memory, server = MemoryStore(folder), put(folder)
    before = standing(login)
    asked = drawn(memory, Random(5), ("441200",), (date(2026, 11, 22),), many=40)
    texts = [*asked.texts, *HOSTILE, *(firm.name for firm in graph.firms.values())]
    assert differences(memory, server, asked._replace(texts=texts)) == []
    named = [Question(read, (name,)) for read in ("region", "chain", "knows", "entity") for name in HOSTILE]
    assert [question for question in named if question.answer(memory) != question.answer(server)] == []
    assert standing(login) == before
    for firm in graph.firms.values():
        assert server.entity(firm.name)["id"] == firm.id
