"""With the network cut nothing is missing: every page asks its own host alone, and gets all it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from chaingraph import resources
from chaingraph.service.ledger.actions import accept_lead
from tests.web.all_pages import Asked, urls
from tests.web.conftest import window

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.web.conftest import Served

NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink")
_ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[\w./-]*")


def _asked(lead: str) -> Asked:
    """Something to be seen on each page of the default pack."""
    values = {
        "chains": ["ev"],
        "links": ["separator"],
        "leads": [lead],
        "firms": ["xpeng"],
        "parks": ["zhaoqing-hitech"],
        "projects": ["xpeng-zhaoqing-plant"],
        "regions": ["441200"],
        "platforms": ["xijiang-laboratory"],
        "policies": ["zq-park-344"],
        "targets": ["zq-2022-xpeng-capacity"],
        "actuals": ["zq-2020-new-projects"],
        "sources": ["zq-work-report-2022"],
    }
    queries = {
        "/chains/{chain}": [{"view": "graph"}, {"view": "gaps"}, {"link": "separator"}],
        "/leads": [{"view": "board"}],
        "/search": [{"q": "xp"}],
        "/path": [{"start": "xpeng", "end": "catl"}],
    }
    return Asked(values, queries, {"/leads/{firm}/{link}": ["/leads/putailai/separator"]})


def test_every_page_asks_its_own_host_alone_and_misses_nothing(served: Served, chromium: Browser) -> None:
    lead = accept_lead(served.settings, "putailai/separator", despite="试", user="test").lead
    failed: list[str] = []
    with window(chromium) as seen:
        seen.page.on("requestfailed", lambda request: failed.append(f"{request.url}: {request.failure}"))
        seen.page.on("response", lambda answer: answer.status < 400 or failed.append(f"{answer.url}: {answer.status}"))
        for url in urls(_asked(lead.id)):
            answer = seen.page.goto(served.url + url, wait_until="networkidle")
            assert answer is not None
            assert answer.ok, url
            assert seen.page.evaluate("document.fonts.status") == "loaded", url
        # A piece of a page, opened alone, names no icon: the browser looks for one.
        assert [told for told in failed if "/favicon.ico" not in told] == []
        assert [url for url in seen.asked if not url.startswith((f"{served.url}/", "data:", "blob:"))] == []


@pytest.mark.parametrize("kind", ["templates", "static"])
def test_no_template_style_or_script_names_an_address(kind: str) -> None:
    files = [path for path in (resources.folder("viz") / kind).rglob("*") if path.is_file()]
    assert files
    assert {path.name: found for path in files if (found := _strangers(path))} == {}


def _strangers(path: Path) -> list[str]:
    return [found for found in _ADDRESS.findall(path.read_text(encoding="utf-8")) if found not in NAMESPACES]
