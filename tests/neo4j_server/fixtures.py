"""The Neo4j server of a test run, as a pytest plugin: one server for all tests, and a line that names its version."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.neo4j_server.running import Neo4jServer, ServerLacking

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSION = pytest.StashKey[str]()
_OF_A_WORKER = "neo4j_version"
"""What a worker of a run in parallel tells the run of its server."""


@pytest.fixture(scope="session")
def neo4j_server(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """One running server for the whole run. Tests share its one database, so each clears what it wrote."""
    home = tmp_path_factory.mktemp("neo4j")
    try:
        server = Neo4jServer.start(home)
    except ServerLacking as lacking:
        pytest.skip(f"no Neo4j server on this machine: {lacking}")
    with server:
        pytestconfig.stash[_VERSION] = server.version
        if hasattr(pytestconfig, "workeroutput"):
            pytestconfig.workeroutput[_OF_A_WORKER] = server.version
        yield server
    shutil.rmtree(home)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a run in parallel all tests of the server go to one worker: there is one server, and they share it."""
    for item in items:
        if isinstance(item, pytest.Function) and "neo4j_server" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("neo4j"))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:  # noqa: ARG001
    """Take down what a worker tells of its server."""
    version = getattr(node, "workeroutput", {}).get(_OF_A_WORKER)
    if version is not None:
        node.config.stash[_VERSION] = version


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which server the suite ran against."""
    terminalreporter.write_line(f"Neo4j server of this run: {config.stash.get(_VERSION, 'none was started')}")
