"""Fixtures of all tests: a workspace of the test's own, a small pack to change, and the rule that CI skips nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from chaingraph.config import Settings, settings
from chaingraph.service.gaps import gaps
from tests.shared_data import ABSENT
from tests.small_pack import SmallPack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest_plugins = ["tests.neo4j_server.fixtures"]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the user's workspace, packs, language or server."""
    monkeypatch.setenv("CHAINGRAPH_WORKSPACE", str(tmp_path / "workspace"))
    for name in ("PACKS", "LANG", "USER", "STORE", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_PASSWORD_FILE"):
        monkeypatch.delenv(f"CHAINGRAPH_{name}", raising=False)


@pytest.fixture
def pack(tmp_path: Path) -> SmallPack:
    """A small standalone pack on disk."""
    return SmallPack.write(tmp_path / "small")


@pytest.fixture
def small(pack: SmallPack) -> Settings:
    """Settings over the small pack."""
    return settings(packs=[pack.folder])


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings over the default pack; its snapshot is compiled once a run."""
    return settings(tmp_path_factory.mktemp("seeds-workspace"), environ={})


@pytest.fixture(scope="session")
def seeds_workspace(seeds: Settings) -> str:
    """A workspace where the default pack is compiled already."""
    gaps(seeds)
    return str(seeds.workspace)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:  # noqa: ARG001
    """Where CHAINGRAPH_NO_SKIPS is set, a skipped test fails the run, but for data that may be absent."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", ()) if reporter else ()
    if any(ABSENT not in str(report.longrepr) for report in reports) and os.environ.get("CHAINGRAPH_NO_SKIPS"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
