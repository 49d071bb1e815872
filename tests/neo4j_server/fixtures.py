"""The Neo4j server of a test run, as a pytest plugin: one server for all tests, and a line that names its version."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.neo4j_server.running import Neo4jServer, ServerLacking

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSION = pytest.StashKey[str]()


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
        yield server
    shutil.rmtree(home)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which server the suite ran against."""
    terminalreporter.write_line(f"Neo4j server of this run: {config.stash.get(_VERSION, 'none was started')}")
