"""A connection tells what is wrong and how to mend it, and never the password."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from socketserver import StreamRequestHandler, TCPServer
from typing import TYPE_CHECKING

import neo4j
import pytest

from chaingraph.config import Neo4jAddress, Neo4jLogin, Password, neo4j_login, settings
from chaingraph.errors import StoreError, UsageError
from chaingraph.service.gaps import gaps
from chaingraph.service.workspace import open_snapshot, open_store
from chaingraph.stores.neo4j.chains import pushed
from chaingraph.stores.neo4j.failures import unfit
from chaingraph.stores.neo4j.server import connect
from chaingraph.stores.neo4j.store import Neo4jStore
from tests.neo4j_server.running import Neo4jServer, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from chaingraph.config import Settings

SECRET = "s3cret-of-nobody"
WRONG = Neo4jLogin("neo4j", Password(SECRET))


@pytest.fixture(scope="module")
def guarded(neo4j_server: Neo4jServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """An empty server that takes TLS only, with a certificate that nobody vouches for."""
    assert neo4j_server.port
    with Neo4jServer.start(tmp_path_factory.mktemp("guarded"), tls=True) as server:
        yield server


def _login(server: Neo4jServer) -> Neo4jLogin:
    return Neo4jLogin(server.user, Password(server.password))


def _refusal(uri: str, login: Neo4jLogin) -> str:
    """What connecting says; in both languages, with the address and without the password."""
    address = settings(store=uri).store
    assert address is not None
    with pytest.raises(StoreError) as refused:
        connect(address, login).close()
    assert refused.value.exit_code == 3
    for said in refused.value.text:
        assert str(address) in said
        assert SECRET not in said
    return refused.value.text.en


# --- the address ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "uri", "database"),
    [
        ("neo4j://graph.example", "neo4j://graph.example:7687", None),
        ("neo4j+s://graph.example:17687/chains", "neo4j+s://graph.example:17687", "chains"),
        ("bolt://10.0.0.1:7687?database=chains", "bolt://10.0.0.1:7687", "chains"),
        ("bolt+ssc://[::1]/chains?database=chains", "bolt+ssc://[::1]:7687", "chains"),
        ("neo4j://graph.example/chains?policy=south", "neo4j://graph.example:7687?policy=south", "chains"),
        (" NEO4J+SSC://graph.example/ ", "neo4j+ssc://graph.example:7687", None),
    ],
)
def test_an_address_names_server_and_database(given: str, uri: str, database: str | None) -> None:
    assert settings(environ={"CHAINGRAPH_STORE": given}).store == Neo4jAddress(uri, database)


@pytest.mark.parametrize("given", ["", "memory", "Memory"])
def test_the_embedded_store_is_the_default_and_has_a_name(given: str) -> None:
    assert settings(environ={}).store is None
    assert settings(environ={"CHAINGRAPH_STORE": given}).store is None
    assert settings(environ={"CHAINGRAPH_STORE": "neo4j://graph.example"}, store="memory").store is None


@pytest.mark.parametrize(
    "given",
    [
        *("graph.example", "http://graph.example", "neo4j://", "neo4j://graph.example:port", "bolt://h?policy=south"),
        *("neo4j://h/one?database=two", "neo4j://h?user=me", "neo4j://h#part", "bolt://[::1", "neo4j:h", "sqlite"),
    ],
)
def test_what_is_no_address_is_refused_with_one_that_is(given: str) -> None:
    with pytest.raises(UsageError) as refused:
        settings(environ={}, store=given)
    assert all("neo4j://host:7687/database" in said for said in refused.value.text)


@pytest.mark.parametrize(
    "given",
    [
        f"neo4j://neo4j:{SECRET}@graph.example:7687",
        f"bolt://{SECRET}@graph.example",
        f"neo4j://neo4j:12/{SECRET}@graph.example",
        f"neo4j://neo4j:#{SECRET}@graph.example",
        f"neo4j:{SECRET}@graph.example",
        f"neo4j://graph.example?password={SECRET}",
        f"neo4j://graph.example#{SECRET}",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(given: str) -> None:
    with pytest.raises(UsageError) as refused:
        settings(environ={"CHAINGRAPH_STORE": given})
    assert not any(SECRET in said for said in refused.value.text)


# --- user and password ---------------------------------------------------------------------------------------------


def _told(login: Neo4jLogin) -> tuple[str, str | None]:
    return login.user, login.password.reveal() if login.password else None


def test_user_and_password_come_from_the_environment_or_the_password_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET} \n", encoding="utf-8")
    file.chmod(0o640)
    by_name = {"CHAINGRAPH_NEO4J_USER": "reader", "CHAINGRAPH_NEO4J_PASSWORD": SECRET}
    assert _told(neo4j_login(by_name)) == ("reader", SECRET)
    assert _told(neo4j_login({"CHAINGRAPH_NEO4J_PASSWORD_FILE": str(file)})) == ("neo4j", f"{SECRET} ")
    assert _told(neo4j_login({})) == ("neo4j", None)


def test_a_password_file_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(SECRET, encoding="utf-8")
    file.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600") as refused:
        neo4j_login({"CHAINGRAPH_NEO4J_PASSWORD_FILE": str(file)})
    assert not any(SECRET in said for said in refused.value.text)


@pytest.mark.parametrize("content", [b"", b"\n", f"{SECRET}\nmore\n".encode(), b"\xff" + SECRET.encode()])
def test_a_password_file_that_holds_no_password_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(UsageError) as refused:
        neo4j_login({"CHAINGRAPH_NEO4J_PASSWORD_FILE": str(file)})
    assert not any(SECRET in said for said in refused.value.text)


@pytest.mark.parametrize("name", ["absent", "."])
def test_a_password_file_that_is_none_is_refused_with_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be read|everybody may read"):
        neo4j_login({"CHAINGRAPH_NEO4J_PASSWORD_FILE": str(tmp_path / name)})


def test_two_passwords_are_one_too_many(tmp_path: Path) -> None:
    both = {"CHAINGRAPH_NEO4J_PASSWORD": SECRET, "CHAINGRAPH_NEO4J_PASSWORD_FILE": str(tmp_path / "password")}
    with pytest.raises(UsageError, match="not both"):
        neo4j_login(both)


def test_a_login_is_printed_without_its_password() -> None:
    assert SECRET not in f"{WRONG} {WRONG!r} {WRONG.password}"


# --- a server that is not there, or does not let us in -------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_does_not_run_is_not_reached(scheme: str) -> None:
    assert "is not reached (Connection refused)" in _refusal(f"{scheme}://127.0.0.1:{free_port()}", WRONG)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_host_that_nobody_knows_is_told(scheme: str) -> None:
    assert "Check the host name" in _refusal(f"{scheme}://no-such-host.invalid", WRONG)


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+ssc"])
def test_a_server_without_tls_is_told_from_one_that_is_not_there(neo4j_server: Neo4jServer, scheme: str) -> None:
    assert "use an address without +s" in _refusal(f"{scheme}://127.0.0.1:{neo4j_server.port}", WRONG)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_takes_tls_only_is_told(guarded: Neo4jServer, scheme: str) -> None:
    assert "with +s" in _refusal(f"{scheme}://127.0.0.1:{guarded.port}", _login(guarded))


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_nobody_vouches_for_is_told(guarded: Neo4jServer, scheme: str) -> None:
    assert "SSL_CERT_FILE" in _refusal(f"{scheme}://localhost:{guarded.port}", _login(guarded))


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_certificate_of_ones_own_is_taken_where_the_address_says_so(guarded: Neo4jServer, scheme: str) -> None:
    with connect(Neo4jAddress(f"{scheme}://localhost:{guarded.port}"), _login(guarded)) as server:
        assert server.agent.startswith("Neo4j/")


def test_a_certificate_that_the_environment_names_is_trusted(
    guarded: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded.home / "certificates" / "bolt" / "public.crt"))
    with connect(Neo4jAddress(f"neo4j+s://localhost:{guarded.port}"), _login(guarded)) as server:
        assert server.agent.startswith("Neo4j/")


class _Web(StreamRequestHandler):
    """What a browser's port answers to whom it does not understand."""

    def handle(self) -> None:
        self.request.recv(64)
        self.wfile.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def test_a_port_that_speaks_something_else_is_told() -> None:
    with TCPServer(("127.0.0.1", 0), _Web) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        try:
            assert "the port is that of Bolt" in _refusal(f"bolt://127.0.0.1:{web.server_address[1]}", WRONG)
        finally:
            web.shutdown()
            thread.join()


def test_a_wrong_password_is_told_and_not_repeated(guarded: Neo4jServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="neo4j"):
        assert "does not accept the user or the password" in _refusal(guarded.uri, WRONG)
    assert caplog.text
    assert SECRET not in caplog.text


def test_a_server_that_asks_for_a_password_is_told_from_one_that_does_not(guarded: Neo4jServer) -> None:
    assert "CHAINGRAPH_NEO4J_PASSWORD" in _refusal(guarded.routing_uri, Neo4jLogin("neo4j", None))


def test_after_several_wrong_passwords_the_wait_is_told(guarded: Neo4jServer) -> None:
    with neo4j.GraphDatabase.driver(guarded.uri, auth=(guarded.user, guarded.password)) as driver:
        driver.execute_query("CREATE USER clerk SET PASSWORD 'of-the-clerk' CHANGE NOT REQUIRED", database_="system")
    said = [_refusal(guarded.uri, Neo4jLogin("clerk", Password(SECRET))) for _ in range(4)]
    assert "for some seconds" in said[-1]


def test_a_first_password_that_has_to_be_changed_is_told(guarded: Neo4jServer) -> None:
    with neo4j.GraphDatabase.driver(guarded.uri, auth=(guarded.user, guarded.password)) as driver:
        driver.execute_query("CREATE USER newcomer SET PASSWORD 'first-of-all'", database_="system")
    said = _refusal(guarded.uri, Neo4jLogin("newcomer", Password("first-of-all")))
    assert "ALTER CURRENT USER SET PASSWORD" in said
    assert "first-of-all" not in said


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_database_that_is_not_there_is_told(guarded: Neo4jServer, scheme: str) -> None:
    said = _refusal(f"{scheme}://127.0.0.1:{guarded.port}/nowhere", _login(guarded))
    assert "has no database 'nowhere'" in said


@pytest.mark.parametrize(
    ("agent", "fits"),
    [
        *(("Neo4j/5.26.30", True), ("Neo4j/5.27-aura", True), ("Neo4j/2025.01.0", True), ("Neo4j/2026.08.1", True)),
        *(("Neo4j/5.25.1", False), ("Neo4j/4.4.40", False), ("Neo4j/v5.11.0 compatible - other", False), ("", False)),
    ],
)
def test_a_server_of_another_version_is_refused(agent: str, fits: bool) -> None:
    refused = unfit(agent, Neo4jAddress("bolt://graph.example:7687"))
    assert (refused is None) == fits
    assert refused is None or all("5.26" in said for said in refused.text)


# --- a server that does not hold the graph -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (None, "holds no graph yet"),
        ({"layout": 1, "complete": False, "push": "p", "pushed_by": "张三"}, "the push of 张三"),
        ({"layout": 1, "complete": False, "snapshot": "s"}, "has no indexes yet"),
        ({"layout": 0, "complete": True}, "another version"),
        ({"complete": True}, "another version"),
    ],
)
def test_a_server_that_holds_no_whole_graph_of_this_version_asks_for_a_push(
    guarded: Neo4jServer, graph: Mapping[str, object] | None, said: str
) -> None:
    with neo4j.GraphDatabase.driver(guarded.uri, auth=(guarded.user, guarded.password)) as driver:
        driver.execute_query("MATCH (g:Graph) DELETE g")
        if graph is not None:
            driver.execute_query("CREATE (g:Graph {id: 'chaingraph'}) SET g += $graph", graph=graph)
    with connect(Neo4jAddress(guarded.uri), _login(guarded)) as server, pytest.raises(StoreError) as refused:
        Neo4jStore(server)
    assert said in refused.value.text.en
    assert all("chaingraph neo4j " in text for text in refused.value.text)


def test_a_server_that_goes_away_between_two_reads_is_told(guarded: Neo4jServer) -> None:
    with connect(Neo4jAddress(guarded.uri), _login(guarded)) as server:
        guarded.kill()
        try:
            with pytest.raises(StoreError, match="is not reached"):
                pushed(server)
        finally:
            guarded.start_again()


# --- commands ------------------------------------------------------------------------------------------------------


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chaingraph", *arguments]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", env=env)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_command_ends_with_exit_code_3_and_one_sentence(lang: str) -> None:
    uri = f"neo4j://127.0.0.1:{free_port()}"
    done = _run("gaps", "--store", uri, "--lang", lang, CHAINGRAPH_NEO4J_PASSWORD=SECRET)
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert uri in done.stderr
    assert SECRET not in done.stderr


def test_commands_answer_from_the_server_that_the_environment_or_the_option_names(
    pushed_seeds: Neo4jStore, login: Neo4jServer, seeds: Settings
) -> None:
    here = gaps(seeds)
    there = gaps(seeds._replace(store=Neo4jAddress(login.routing_uri)))
    assert there == here
    store, name = open_store(seeds._replace(store=Neo4jAddress(login.uri)))
    assert name == pushed_seeds.snapshot == open_snapshot(seeds)[1]
    assert isinstance(store, Neo4jStore)


def test_what_works_on_the_workspace_itself_needs_no_server(seeds_workspace: str) -> None:
    away = {"CHAINGRAPH_STORE": f"neo4j://127.0.0.1:{free_port()}", "CHAINGRAPH_WORKSPACE": seeds_workspace}
    for command in ("imports", "review", "check"):
        assert _run(command, **away).returncode == 0
