"""The explorer under test: the app itself, a real server on a free port, a Chromium that may reach only loopback."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import uvicorn
from starlette.testclient import TestClient

from chaingraph.config import Password, settings
from chaingraph.service.accounts import add_user
from chaingraph.web.app import build
from chaingraph.web.safety.visitor import CSRF_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from httpx2 import Response
    from playwright.sync_api import Browser, BrowserContext, Page

    from chaingraph.config import Settings

CHROMIUM = os.environ.get("CHAINGRAPH_CHROMIUM", "chromium")
WIDE = (1440, 900)
SMALL = (1024, 768)
PASSWORD = "correct horse 电池"
"""What users of tests sign in with."""


@pytest.fixture
def office(seeds: Settings, seeds_workspace: str, tmp_path: Path) -> Settings:
    """Settings over the default pack with a workspace of the test's own, compiled already."""
    workspace = tmp_path / "workspace"
    shutil.copytree(f"{seeds_workspace}/snapshots", workspace / "snapshots")
    return seeds._replace(workspace=workspace)


class Asking(TestClient):
    """A browser without a window: it keeps its cookies, and writes as a page of ours does."""

    def token(self) -> str:
        """The token against forged writes, as a page bears it for its scripts."""
        found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', self.get("/").text)
        assert found is not None
        token: str = json.loads(found[1])["csrf"]
        return token

    def write(self, method: str, path: str, **sent: Any) -> Response:
        """A request that changes something, with the token; ``sent`` as httpx takes it: json, data, files …"""
        headers = {CSRF_HEADER: self.token(), **sent.pop("headers", {})}
        return self.request(method, path, headers=headers, **sent)

    def sign_in(self, name: str, password: str = PASSWORD, onward: str = "/") -> Response:
        """Fills in the login form and sends it; follows to nowhere."""
        form = self.get("/login")
        found = re.search(r'name="csrf" value="([^"]+)"', form.text)
        assert found is not None
        fields = {"csrf": found[1], "name": name, "password": password, "next": onward}
        return self.post("/login", data=fields, follow_redirects=False)


def asking(app: FastAPI, address: str = "127.0.0.1", origin: str = "http://127.0.0.1:8000") -> Asking:
    """Another browser, at an address."""
    return Asking(app, base_url=origin, client=(address, 50000))


@pytest.fixture
def client(office: Settings) -> Iterator[Asking]:
    """Asks the app of an office directly, from a loopback address; ``client.write`` sends what changes something."""
    with asking(build(office)) as browser:
        yield browser


@pytest.fixture(scope="session")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of users alone: an admin (管理), an officer (经办), a viewer (查看), who all have PASSWORD."""
    workspace = tmp_path_factory.mktemp("staff")
    for name, role in (("管理", "admin"), ("经办", "officer"), ("查看", "viewer")):
        add_user(settings(workspace), name, Password(PASSWORD), role, user="测试")
    return workspace


@pytest.fixture
def staffed(office: Settings, staff: Path) -> Settings:
    """The office with the users of ``staff``."""
    shutil.copy(staff / "workspace.sqlite", office.workspace)
    return office


class Served(NamedTuple):
    """A running server: its address, and where its data is."""

    url: str
    settings: Settings


@contextmanager
def serving(app: FastAPI, host: str = "127.0.0.1") -> Iterator[str]:
    """The app on a real socket, in a thread."""
    config = uvicorn.Config(app, host=host, port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def served(office: Settings) -> Iterator[Served]:
    """A real server over an office of the test's own."""
    with serving(build(office)) as url:
        yield Served(url, office)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium a run, which finds no host but this one."""
    from playwright.sync_api import sync_playwright

    found = shutil.which(CHROMIUM)
    if found is None:
        pytest.skip(f"no Chromium on this machine: {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
        )
        yield browser
        browser.close()


class Watched(NamedTuple):
    """A window with what it complained of and whom it asked."""

    page: Page
    complaints: list[str]
    asked: list[str]


@contextmanager
def window(browser: Browser, size: tuple[int, int] = WIDE, context: BrowserContext | None = None) -> Iterator[Watched]:
    """A window of its own session that notes every console error and every request."""
    own = context or browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = own.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    try:
        yield Watched(page, complaints, asked)
    finally:
        page.close()
        if context is None:
            own.close()


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    """A window at 1440×900. When the test ends, nothing may have been complained of, and no other host asked."""
    with window(chromium) as seen:
        yield seen
        assert seen.complaints == []
        strangers = [url for url in seen.asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
        assert strangers == []


__all__ = ["PASSWORD", "SMALL", "WIDE", "Asking", "Served", "Watched", "asking", "serving", "window"]
