"""Fixtures of the tests on a Neo4j server: the running server, and snapshots pushed to it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import Neo4jAddress
from chaingraph.service.workspace import open_snapshot
from chaingraph.stores.neo4j.graph_sheets import GraphSheets
from chaingraph.stores.neo4j.push import push
from chaingraph.stores.neo4j.server import Server, connect
from chaingraph.stores.neo4j.sheets import Pusher
from chaingraph.stores.neo4j.store import Neo4jStore
from chaingraph.stores.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from chaingraph.config import Settings
    from tests.neo4j_server.running import Neo4jServer

    Put = Callable[[Path], Neo4jStore]


PUSHER = Pusher("tester", "tests")


@pytest.fixture
def login(neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Neo4jServer:
    """The running server, with user and password in the environment."""
    monkeypatch.setenv("CHAINGRAPH_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("CHAINGRAPH_NEO4J_PASSWORD", neo4j_server.password)
    return neo4j_server


@pytest.fixture
def connection(login: Neo4jServer) -> Iterator[Server]:
    """An open connection to the running server."""
    with connect(Neo4jAddress(login.uri)) as server:
        yield server


@pytest.fixture
def put(login: Neo4jServer) -> Iterator[Put]:
    """Pushes a snapshot folder to the running server and opens the store over it."""
    with ExitStack() as opened:

        def pushed(folder: Path) -> Neo4jStore:
            server = opened.enter_context(connect(Neo4jAddress(login.uri)))
            # Snapshots of tests may share a name, which those of users never do.
            push(server, GraphSheets(Snapshot(folder)), PUSHER._replace(from_=str(folder)))
            return Neo4jStore(server)

        yield pushed


@pytest.fixture
def pushed_seeds(put: Put, seeds: Settings) -> Neo4jStore:
    """The default pack on the running server."""
    _, name = open_snapshot(seeds)
    return put(seeds.workspace / "snapshots" / name)
