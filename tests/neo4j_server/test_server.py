"""The script that runs a Neo4j server for tests and trials."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import neo4j
import pytest
from neo4j.exceptions import AuthError, ServiceUnavailable

from tests.neo4j_server.running import SCRIPT, Neo4jServer, ServerFailed, ServerLacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server of these tests alone, since they stop and kill it."""
    try:
        server = Neo4jServer.start(tmp_path_factory.mktemp("own"))
    except ServerLacking as lacking:
        pytest.skip(f"no Neo4j server on this machine: {lacking}")
    with server:
        yield server


def rows(server: Neo4jServer, query: str, uri: str = "", password: str = "") -> list[Mapping[str, Any]]:
    """What a driver gets for a query."""
    credentials = (server.user, password or server.password)
    with neo4j.GraphDatabase.driver(uri or server.uri, auth=credentials, max_transaction_retry_time=0) as driver:
        return [record.data() for record in driver.execute_query(query).records]


def test_the_server_says_the_version_it_is(own: Neo4jServer) -> None:
    (kernel, *_) = rows(own, "CALL dbms.components() YIELD versions")
    assert kernel["versions"] == [own.version]


def test_a_driver_that_asks_for_routes_gets_this_server(own: Neo4jServer) -> None:
    assert rows(own, "RETURN 1 AS one", uri=own.routing_uri) == [{"one": 1}]


def test_a_wrong_password_is_refused(own: Neo4jServer) -> None:
    with pytest.raises(AuthError):
        rows(own, "RETURN 1", password="not-the-password")


def test_nobody_outside_this_machine_reaches_it(own: Neo4jServer) -> None:
    listening = {
        line.split()[1].partition(":")[0]
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text(encoding="ascii").splitlines()[1:]
        if line.split()[1].endswith(f":{own.port:04X}") and line.split()[3] == "0A"
    }
    assert listening <= {"0100007F", "0000000000000000FFFF00000100007F"}
    assert listening


def test_to_start_a_running_server_changes_nothing(own: Neo4jServer) -> None:
    before = own.pid
    own.start_again()
    assert own.pid == before


def test_what_is_committed_is_there_after_stop_and_after_kill(own: Neo4jServer) -> None:
    rows(own, "CREATE (:Kept {name: '停'})")
    own.stop()
    assert not own.running
    with pytest.raises(ServiceUnavailable):
        rows(own, "RETURN 1")
    own.start_again()
    rows(own, "CREATE (:Kept {name: '断电'})")
    own.kill()
    assert not own.running
    own.start_again()
    assert rows(own, "MATCH (k:Kept) RETURN k.name AS name ORDER BY name") == [{"name": "停"}, {"name": "断电"}]


def test_a_second_server_has_data_of_its_own_and_speaks_tls_only(own: Neo4jServer, tmp_path: Path) -> None:
    with Neo4jServer.start(tmp_path / "second", tls=True) as second:
        assert rows(second, "MATCH (n) RETURN count(n) AS nodes") == [{"nodes": 0}]
        assert rows(second, "RETURN 1 AS one", uri=second.routing_uri) == [{"one": 1}]
        with pytest.raises(ServiceUnavailable):
            rows(second, "RETURN 1", uri=f"bolt://127.0.0.1:{second.port}")
        assert own.running


@pytest.mark.usefixtures("own")
def test_an_admin_command_before_the_first_start_is_seen_by_the_server(tmp_path: Path) -> None:
    firms = tmp_path / "firms.csv"
    firms.write_text("id:ID,name\n1,比亚迪\n2,亿纬锂能\n", encoding="utf-8")
    server = Neo4jServer.prepared(tmp_path / "bulk")
    assert "IMPORT DONE" in server.admin("database", "import", "full", "neo4j", f"--nodes=Firm={firms}")
    server.start_again()
    with server:
        assert rows(server, "MATCH (f:Firm) RETURN count(f) AS firms") == [{"firms": 2}]
        with pytest.raises(ServerFailed, match="stop the server first"):
            server.admin("database", "info")


def test_a_server_that_does_not_come_up_says_why(own: Neo4jServer, tmp_path: Path) -> None:
    with pytest.raises(ServerFailed, match="Address already in use"):
        Neo4jServer.start(tmp_path / "same-port", port=own.port)


def test_a_machine_without_the_jars_and_without_maven_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "bin"
    path.mkdir()
    for program in ("bash", "dirname", "sed", "realpath"):
        (path / program).symlink_to(Path("/usr/bin", program))
    line = [str(SCRIPT), "fetch"]
    environment = {"PATH": str(path), "NEO4J_SERVER_LIB": str(tmp_path / "lib")}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 69
    assert "Maven (mvn) is not installed" in done.stderr


@pytest.mark.usefixtures("own")
def test_a_killed_test_run_leaves_no_server_behind(tmp_path: Path) -> None:
    server = Neo4jServer.prepared(tmp_path / "left")
    starts = (
        "import pathlib, sys, time\n"
        "from tests.neo4j_server.running import Neo4jServer\n"
        "Neo4jServer.start(pathlib.Path(sys.argv[1]), port=int(sys.argv[2]))\n"
        "print('started', flush=True)\n"
        "time.sleep(600)\n"
    )
    line = [sys.executable, "-c", starts, str(server.home), str(server.port)]
    run = subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=SCRIPT.parents[2])
    assert run.stdout is not None
    assert run.stdout.readline() == "started\n"
    assert server.running
    run.kill()
    run.communicate()
    for _ in range(600):
        if not server.running:
            break
        time.sleep(0.1)
    assert not server.running
