"""A push makes the server's graph that of the snapshot, whatever was there and wherever an earlier push broke."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from benchmarks.national_registry import national_registry
from chaingraph.config import Neo4jAddress
from chaingraph.errors import StoreError
from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.neo4j.graph_sheets import GraphSheets
from chaingraph.stores.neo4j.push import Pushed
from chaingraph.stores.neo4j.push import push as push_as
from chaingraph.stores.neo4j.server import connect
from chaingraph.stores.neo4j.sheets import Pusher, parts_of
from chaingraph.stores.neo4j.store import Neo4jStore
from chaingraph.stores.snapshot import Snapshot
from tests.neo4j.standing import standing
from tests.neo4j_server.running import Neo4jServer
from tests.oracle.random_packs import write_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaingraph.model.graph import Graph
    from chaingraph.stores.neo4j.server import Server
    from tests.neo4j_server.running import Neo4jServer as Running

FIRMS = 6_000
"""More than one batch of firms holds."""


def push(
    server: Server, sheets: GraphSheets, progress: Callable[[str, float], None] | None = None, *, anew: bool = False
) -> Pushed:
    """A push by one and the same person."""
    return push_as(server, sheets, Pusher("tester", "here"), progress, anew=anew)


class _BreaksOff(Exception):
    """What a push meets when it is broken off."""


def _breaking_off_at(share: float) -> Callable[[str, float], None]:
    def progress(_: str, done: float) -> None:
        if done >= share:
            raise _BreaksOff

    return progress


def _sheets(graph: Graph, folder: Path, name: str, firms: int = 0) -> GraphSheets:
    imported = national_registry(graph, firms) if firms else None
    return GraphSheets(Snapshot(compile_snapshot(graph, folder, name, imported=imported)))


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    """The graph of a random pack."""
    return load([write_pack(tmp_path / "pack", Random(7))]).graph_or_raise()


def _without_a_claim_and_a_project(graph: Graph) -> Graph:
    """The graph where a claim and a project have left that nothing else needs."""
    wholes = {project.part_of.project for project in graph.projects.values() if project.part_of}
    ended = next(key for key in sorted(graph.projects) if key not in wholes)
    return replace(
        graph,
        claims=graph.claims[1:],
        projects={key: project for key, project in graph.projects.items() if key != ended},
    )


def test_a_second_push_changes_nothing_and_says_so(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    sheets = _sheets(graph, tmp_path, "a")
    push(connection, sheets)
    before = standing(login)
    again = push(connection, sheets)
    assert (again.nodes, again.relationships, again.removed) == (0, 0, 0)
    assert again.unchanged == again.batches
    assert standing(login) == before


def test_what_left_the_packs_leaves_the_server_and_what_stayed_is_not_written_again(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    whole, rest = _sheets(graph, tmp_path, "whole"), _sheets(_without_a_claim_and_a_project(graph), tmp_path, "rest")
    push(connection, rest, anew=True)
    clean = standing(login)
    push(connection, whole)
    assert len(standing(login).nodes) == len(clean.nodes) + 1
    done = push(connection, rest)
    assert done.removed == 1
    assert done.unchanged > 0
    assert standing(login) == clean


def test_a_graph_that_was_changed_by_hand_is_mended_by_a_push_of_all(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    sheets = _sheets(graph, tmp_path, "a")
    push(connection, sheets)
    clean = standing(login)
    _by_hand(login, "MATCH (n:Firm) SET n.name = 'changed' WITH n MATCH (n)-[r]->() DELETE r")
    assert push(connection, sheets).unchanged > 0
    assert standing(login) != clean
    push(connection, sheets, anew=True)
    assert standing(login) == clean


@pytest.mark.parametrize("share", [0.02, 0.3, 0.52, 0.7, 1.0])
def test_a_push_that_breaks_off_between_two_states_can_go_on_or_back(
    connection: Server, login: Running, graph: Graph, tmp_path: Path, share: float
) -> None:
    whole, rest = _sheets(graph, tmp_path, "whole"), _sheets(_without_a_claim_and_a_project(graph), tmp_path, "rest")
    push(connection, rest, anew=True)
    there = standing(login)
    push(connection, whole)
    back = standing(login)
    with pytest.raises(_BreaksOff):
        push(connection, rest, _breaking_off_at(share))
    push(connection, rest)
    assert standing(login) == there
    push(connection, whole)
    with pytest.raises(_BreaksOff):
        push(connection, rest, _breaking_off_at(share))
    push(connection, whole)
    assert standing(login) == back


def test_when_there_are_more_firms_and_so_more_batches_nothing_is_left_of_the_old_ones(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    few, many = _sheets(graph, tmp_path, "few"), _sheets(graph, tmp_path, "many", FIRMS)
    assert parts_of(FIRMS) > 1
    push(connection, few, anew=True)
    clean = standing(login)
    push(connection, many)
    push(connection, few)
    assert standing(login) == clean


@pytest.mark.usefixtures("login")
def test_a_server_killed_in_the_middle_of_a_push_holds_after_the_next_what_a_clean_push_writes(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    sheets = _sheets(graph, tmp_path, "killed", FIRMS)
    push(connection, sheets, anew=True)
    clean = standing(login)
    with Neo4jServer.start(tmp_path / "server") as server:

        def killing_at(share: float) -> Callable[[str, float], None]:
            def progress(_: str, done: float) -> None:
                if done >= share and server.running:
                    server.kill()

            return progress

        with connect(Neo4jAddress(server.uri)) as other, pytest.raises(StoreError):
            push(other, sheets, killing_at(0.75))
        server.start_again()
        # In the middle of a transaction: the batches of firms take the longest.
        with connect(Neo4jAddress(server.uri)) as other:
            timer = Timer(0.5, server.kill)
            timer.start()
            with pytest.raises(StoreError):
                push(other, sheets, anew=True)
            timer.join()
        server.start_again()
        with connect(Neo4jAddress(server.uri)) as other:
            push(other, sheets)
        assert standing(server) == clean


def test_a_firm_moved_by_a_later_pack_has_one_seat(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    key = min(graph.firms)
    seat = next(code for code in sorted(graph.regions) if code not in ("100000", graph.firms[key].seat))
    moved = graph.firms[key].model_copy(update={"seat": seat})
    push(connection, _sheets(graph, tmp_path, "before"), anew=True)
    push(connection, _sheets(replace(graph, firms={**graph.firms, key: moved}), tmp_path, "after"))
    seats = [line for line in standing(login).relationships if f'"start": "{key}"' in line and "BASED_IN" in line]
    assert {f'"end": "{seat}"' in line for line in seats} == {True}


def _by_hand(server: Running, statement: str) -> None:
    import neo4j

    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query(statement)


def test_a_push_that_another_overtakes_stops_and_what_is_left_is_the_other_s(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    whole, rest = _sheets(graph, tmp_path, "whole"), _sheets(_without_a_claim_and_a_project(graph), tmp_path, "rest")
    push(connection, rest, anew=True)
    clean = standing(login)
    with connect(Neo4jAddress(login.uri)) as other:

        def overtaken(_: str, done: float) -> None:
            if 0.4 < done < 0.45:
                push(other, rest, anew=True)

        with pytest.raises(StoreError, match="another push has begun"):
            push(connection, whole, overtaken, anew=True)
    assert standing(login) == clean


def test_two_states_of_equal_content_are_told_apart_by_name_and_nothing_is_written(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    push(connection, _sheets(graph, tmp_path, "one"), anew=True)
    before = standing(login)
    done = push(connection, _sheets(graph, tmp_path, "two"))
    assert (done.nodes, done.relationships, done.unchanged) == (0, 0, done.batches)
    after = standing(login)
    assert after.relationships == before.relationships
    assert [line.replace('"two"', '"one"') for line in after.nodes] == before.nodes


def test_entities_that_no_push_wrote_leave_with_a_push_of_all(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    sheets = _sheets(graph, tmp_path, "a")
    push(connection, sheets, anew=True)
    clean = standing(login)
    _by_hand(login, "CREATE (:Entity:Firm {id: 'stray', name: '外来'})")
    push(connection, sheets, anew=True)
    assert standing(login) == clean


def test_a_push_that_compared_before_another_wrote_compares_anew(
    connection: Server, login: Running, graph: Graph, tmp_path: Path
) -> None:
    whole, rest = _sheets(graph, tmp_path, "whole"), _sheets(_without_a_claim_and_a_project(graph), tmp_path, "rest")
    renamed = _sheets(_renamed(graph), tmp_path, "renamed")
    push(connection, renamed, anew=True)
    clean = standing(login)
    push(connection, whole)
    with connect(Neo4jAddress(login.uri)) as other:
        overtaken = False

        def while_comparing(_: str, done: float) -> None:
            nonlocal overtaken
            if not overtaken and done > 0:
                overtaken = True
                push(other, rest)

        push(connection, renamed, while_comparing)
    assert overtaken
    assert standing(login) == clean


def test_readers_are_let_in_while_a_push_that_has_nothing_to_write_compares(
    connection: Server, graph: Graph, tmp_path: Path
) -> None:
    push(connection, _sheets(graph, tmp_path, "one"), anew=True)
    read = []
    push(connection, _sheets(graph, tmp_path, "two"), lambda *_: read.append(Neo4jStore(connection).snapshot))
    assert set(read) == {"one"}


def _renamed(graph: Graph) -> Graph:
    key = max(graph.projects)
    return replace(graph, projects={**graph.projects, key: graph.projects[key].model_copy(update={"name": "另名"})})
