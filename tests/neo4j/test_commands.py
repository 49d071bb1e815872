"""The commands on a server: push, status, schema, bulk, and any other command with --store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import neo4j
import pytest
from click.testing import CliRunner

from chaingraph.cli import cli
from chaingraph.errors import ChaingraphError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j_server.running import Neo4jServer
    from tests.small_pack import SmallPack


@pytest.fixture
def told(login: Neo4jServer, pack: SmallPack, monkeypatch: pytest.MonkeyPatch) -> Neo4jServer:
    """The running server, named by the environment, with the small pack on top of the default one."""
    monkeypatch.setenv("CHAINGRAPH_STORE", login.uri)
    monkeypatch.setenv("CHAINGRAPH_PACKS", str(pack.folder))
    return login


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_push_says_what_it_wrote_and_the_second_that_nothing_has_changed(told: Neo4jServer) -> None:
    first = json.loads(_run("neo4j", "push", "--anew", "--take-over", "--format", "json"))
    assert first["nodes"] > 0
    assert first["relationships"] > 0
    assert first["version"].endswith(told.version)
    assert "什么都没有变" in _run("neo4j", "push")
    assert "nothing has changed" in _run("neo4j", "push", "--lang", "en")


def test_status_tells_whether_the_server_holds_what_is_here(told: Neo4jServer, pack: SmallPack) -> None:
    _run("neo4j", "push", "--take-over")
    assert "与本地一致" in _run("neo4j", "status")
    seen = json.loads(_run("neo4j", "status", "--format", "json"))
    assert not seen["drift"]
    assert not seen["changed"]
    assert seen["missing"] == []
    entities = [one for one in seen["counts"] if not one["relationship"]]
    assert all(one["there"] == one["pushed"] == one["here"] for one in entities)
    assert {"Chain", "Firm", "Source"} <= {one["name"] for one in entities}
    pack.edit("chains/demo.yaml", "演示链", "示范链")
    drifted = _run("neo4j", "status")
    assert "与本地不一致" in drifted
    assert "chaingraph neo4j push" in drifted
    _run("neo4j", "push", "--take-over")
    assert "与本地一致" in _run("neo4j", "status")
    assert told.running


def test_status_tells_of_a_graph_that_was_changed_by_hand_and_of_a_missing_index(told: Neo4jServer) -> None:
    _run("neo4j", "push", "--take-over")
    with neo4j.GraphDatabase.driver(told.uri, auth=(told.user, told.password)) as driver:
        driver.execute_query("MATCH (p:Project) WITH p LIMIT 1 DETACH DELETE p")
        driver.execute_query("DROP INDEX makes_link_seat")
    seen = _run("neo4j", "status", "--lang", "en")
    assert "the counts differ" in seen
    assert "makes_link_seat" in seen
    assert "+ makes_link_seat" in _run("neo4j", "schema", "--lang", "en")
    _run("neo4j", "push", "--anew")
    assert "counts differ" not in _run("neo4j", "status", "--lang", "en")


def test_a_command_answers_from_the_server_and_not_from_the_packs_that_are_here(
    told: Neo4jServer, pack: SmallPack
) -> None:
    _run("neo4j", "push", "--take-over")
    before = _run("chains")
    pack.edit("chains/demo.yaml", "演示链", "示范链")
    assert _run("chains") == before
    assert _run("chains", "--store", "memory") != before
    assert told.running


@pytest.mark.usefixtures("told")
def test_bulk_writes_files_and_tells_how_to_load_them(tmp_path: Path) -> None:
    out = tmp_path / "files"
    said = _run("neo4j", "bulk", "--out", str(out))
    assert f"sh {out}/import.sh" in said
    assert "chaingraph neo4j schema" in said
    assert (out / "firm.csv").read_text(encoding="utf-8").startswith("id:ID(Entity),")


@pytest.mark.parametrize("command", ["push", "status", "schema"])
def test_a_command_on_a_server_asks_which_where_none_is_named(command: str, small: object) -> None:
    assert small
    with pytest.raises(ChaingraphError, match="which server") as caught:
        CliRunner().invoke(cli, ["neo4j", command], catch_exceptions=False)
    assert caught.value.exit_code == 2


def test_a_push_from_another_workspace_is_refused_unless_it_takes_over(
    told: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run("neo4j", "push", "--take-over", "--user", "张三")
    monkeypatch.setenv("CHAINGRAPH_WORKSPACE", str(tmp_path / "another"))
    with pytest.raises(ChaingraphError, match="another workspace") as caught:
        CliRunner().invoke(cli, ["neo4j", "push"], catch_exceptions=False)
    assert caught.value.exit_code == 2
    assert "张三" in caught.value.text.zh
    _run("neo4j", "push", "--take-over")
    assert "什么都没有变" in _run("neo4j", "push")
    assert told.running


def test_a_push_of_other_settings_alone_does_not_say_that_nothing_has_changed(
    told: Neo4jServer, pack: SmallPack
) -> None:
    _run("neo4j", "push", "--take-over")
    pack.edit("scoring.yaml", "covered_firms: {value: 3", "covered_firms: {value: 9")
    done = _run("neo4j", "push")
    assert "重写有变化的 0 批" in done
    assert "与本地一致" in _run("neo4j", "status")
    assert told.running
