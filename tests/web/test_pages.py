"""Every page answers, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tests.web.conftest import Served, Watched


def test_the_overview_opens_in_a_browser_without_a_complaint(served: Served, watched: Watched) -> None:
    watched.page.goto(served.url)
    assert watched.page.locator("h1").inner_text() == "肇庆市"


def test_an_unknown_page_says_so_in_the_language_asked_for(client: TestClient) -> None:
    answer = client.get("/nowhere?lang=en")
    assert answer.status_code == 404
    assert "no page /nowhere" in answer.text
