"""The files of a first load hold the graph that a push writes: loaded by neo4j-admin, compared node by node."""

from __future__ import annotations

import shlex
from random import Random
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import Neo4jAddress
from chaingraph.errors import StoreError, UsageError
from chaingraph.packs.loader import load
from chaingraph.stores.compile import compile_snapshot
from chaingraph.stores.neo4j.bulk import write_bulk
from chaingraph.stores.neo4j.columns import NODES, RELATIONSHIPS
from chaingraph.stores.neo4j.graph_sheets import GraphSheets
from chaingraph.stores.neo4j.push import push
from chaingraph.stores.neo4j.schema import NAMES, lacking, make_schema, may_be_read
from chaingraph.stores.neo4j.server import connect
from chaingraph.stores.neo4j.store import Neo4jStore
from chaingraph.stores.snapshot import Snapshot
from tests.neo4j.conftest import PUSHER
from tests.neo4j.standing import standing
from tests.neo4j_server.running import Neo4jServer
from tests.oracle.random_imports import as_imports, crowded, moved_to_imports
from tests.oracle.random_packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from chaingraph.stores.neo4j.server import Server


@pytest.fixture
def sheets(tmp_path: Path) -> GraphSheets:
    """A random graph with imports, and texts that a CSV reader may stumble over."""
    rng = Random(3)
    graph = crowded(load([write_pack(tmp_path / "pack", rng)]).graph_or_raise(), rng)
    odd = {
        key: firm.model_copy(update={"aliases": (f'"{key}", 又名\\', ";|'", "=1+1")})
        for key, firm in sorted(graph.firms.items())[:5]
    }
    graph.firms.update(odd)
    noted = graph.projects[min(graph.projects)]
    cited = noted.evidence[0].model_copy(update={"note": '第一行\n第二行 "引号"\r又一行'})
    graph.projects[noted.id] = noted.model_copy(update={"evidence": (cited, *noted.evidence[1:])})
    rest, moved = moved_to_imports(graph, rng)
    folder = compile_snapshot(rest, tmp_path, "drawn", imported=as_imports(rest, moved, rng))
    return GraphSheets(Snapshot(folder))


def _loaded(command: str, folder: Path) -> list[str]:
    """The arguments of the command, its files named by absolute paths."""
    parts = [argument.rpartition("=") for argument in shlex.split(command)]
    return [option + mark + (str(folder / value) if value.endswith(".csv") else value) for option, mark, value in parts]


@pytest.mark.usefixtures("login")
def test_the_files_of_a_first_load_and_a_push_give_the_same_graph(
    connection: Server, login: Neo4jServer, sheets: GraphSheets, tmp_path: Path
) -> None:
    push(connection, sheets, PUSHER, anew=True)
    written = write_bulk(sheets, tmp_path / "files", "neo4j", PUSHER)
    server = Neo4jServer.prepared(tmp_path / "server")
    server.admin(*_loaded(written.command, tmp_path / "files"))
    server.start_again()
    with server, connect(Neo4jAddress(server.uri)) as other:
        assert lacking(other) == NAMES
        with pytest.raises(StoreError, match="has no indexes yet"):
            Neo4jStore(other)
        make_schema(other)
        may_be_read(other)
        assert lacking(other) == ()
        assert Neo4jStore(other).chain_ids() == ["alpha", "beta"]
        pushed, loaded = standing(login), standing(server)
        assert loaded.nodes == pushed.nodes
        assert loaded.relationships == pushed.relationships
        again = push(other, sheets, PUSHER)
        assert again.unchanged == again.batches


def test_every_property_of_every_row_has_its_column(sheets: GraphSheets) -> None:
    for node in sheets.sources():
        assert node.properties.keys() <= set(NODES["Source"])
    for batch in sheets.batches():
        for node in sheets.nodes(batch):
            assert node.properties.keys() <= set(NODES[batch.label]), node
        for row in sheets.relationships(batch):
            assert row.properties.keys() <= set(RELATIONSHIPS[row.type]), row


def test_a_folder_that_holds_something_is_refused_and_nothing_is_left_beside_it(
    sheets: GraphSheets, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "note.txt").write_text("kept", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match="is not empty"):
        write_bulk(sheets, folder, "neo4j", PUSHER)
    assert sorted(tmp_path.iterdir()) == before
    assert [path.name for path in folder.iterdir()] == ["note.txt"]


def test_an_export_that_breaks_off_leaves_no_folder(sheets: GraphSheets, tmp_path: Path) -> None:
    def breaks_off(label: str, share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt(label)

    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        write_bulk(sheets, tmp_path / "out", "neo4j", PUSHER, breaks_off)
    assert sorted(tmp_path.iterdir()) == before


def test_the_command_names_the_database_and_every_file_that_was_written(sheets: GraphSheets, tmp_path: Path) -> None:
    written = write_bulk(sheets, tmp_path / "out", "城市 db", PUSHER)
    arguments = shlex.split(written.command)
    assert arguments[:3] == ["database", "import", "full"]
    assert arguments[-1] == "城市 db"
    named = {argument.rpartition("=")[2] for argument in arguments if argument.endswith(".csv")}
    assert named == {path.name for path in (tmp_path / "out").glob("*.csv")}
    assert written.command in (tmp_path / "out" / "import.sh").read_text(encoding="utf-8")
