"""Every page answers, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tests.web.conftest import Served, Watched


def test_the_overview_opens_in_a_browser_without_a_complaint(served: Served, watched: Watched) -> None:
    watched.page.goto(served.url)
    assert watched.page.locator("h1").inner_text().startswith("肇庆市")


def test_an_unknown_page_says_so_in_the_language_asked_for(client: TestClient) -> None:
    answer = client.get("/nowhere?lang=en")
    assert answer.status_code == 404
    assert "no page /nowhere" in answer.text


@pytest.mark.parametrize(
    "name",
    ["%00", "js%00.js", "a" * 5000, "js%2F..%2Fjs/main.js", "../templates/base.html", "README.md"],
)
def test_a_file_is_served_under_its_own_name_alone(client: TestClient, name: str) -> None:
    assert client.get("/static/js/main.js").status_code == 200
    assert client.get(f"/static/{name}").status_code == 404


def test_an_error_page_leads_on_in_the_language_and_region_asked_for(client: TestClient) -> None:
    text = client.get("/firms/nobody?lang=en&region=441204").text
    assert 'href="/?region=441204&amp;lang=en"' in text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/search?q=a&top=x", "参数不对：top：应是整数"),
        ("/api/search?q=a&lang=fr", "只能是"),
        (f"/api/search?q={'a' * 300}", "最多 200 个字符"),
    ],
)
def test_a_wrong_parameter_is_told_in_chinese(client: TestClient, path: str, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"]
