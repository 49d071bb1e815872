"""How two entities are related, as a page with two fields and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from chaingraph import path
from chaingraph.cli import cli

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from chaingraph.config import Settings
    from tests.web.conftest import Served, Watched

DAY = "2026-11-22"


def test_the_json_is_what_the_command_prints(client: TestClient, office: Settings) -> None:
    answer = client.get(f"/api/path?start=小鹏汽车&end=catl&as_of={DAY}")
    asked = ["path", "小鹏汽车", "catl", "--as-of", DAY, "--format", "json"]
    printed = CliRunner().invoke(cli, asked, env={"CHAINGRAPH_WORKSPACE": str(office.workspace)})
    assert answer.content == printed.stdout_bytes


def test_the_page_tells_every_stop_and_every_source(client: TestClient, office: Settings) -> None:
    report = path(office, "xpeng", "catl", as_of=DAY)
    text = client.get(f"/path?start=xpeng&end=catl&as_of={DAY}").text
    assert report.paths
    for steps in report.paths:
        for step in steps:
            assert f"<bdi>{step.end.name}</bdi>" in text
            for fact in step.facts:
                assert fact.label in text
                for citation in fact.citations:
                    assert f'href="/sources/{citation.source}?as_of={DAY}"' in text


@pytest.mark.parametrize(
    ("query", "said", "status"),
    [
        ("start=xpeng&end=小鹏汽车", "两端是同一个对象", 400),
        ("start=xpeng&end=没有这个名字的企业", "没有对象“没有这个名字的企业”", 404),
    ],
)
def test_what_has_no_path_is_said_in_the_page_and_refused_as_json(
    client: TestClient, query: str, said: str, status: int
) -> None:
    page = client.get(f"/path?{query}")
    assert page.status_code == 200
    assert said in page.text
    assert 'value="xpeng"' in page.text, "what was asked stays in the fields"
    answer = client.get(f"/api/path?{query}")
    assert answer.status_code == status
    assert said in answer.json()["error"]["message"]


def test_both_ends_are_needed(client: TestClient) -> None:
    assert client.get("/api/path?start=xpeng").status_code == 400
    assert client.get("/path?start=xpeng").status_code == 200


def test_two_ends_picked_by_initials_show_their_path(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/path?as_of={DAY}")
    page.locator("input[name=start]").focus()
    page.keyboard.type("xp")
    expect(page.locator("#start-hits [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=start]")).to_have_value("小鹏汽车")
    expect(page.locator("input[name=end]")).to_be_focused()
    page.keyboard.type("宁德时代")
    expect(page.locator("#end-hits [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**start=xpeng&end=catl**")
    expect(page.locator(".path").first).to_contain_text("小鹏汽车")
    page.locator("#swap").click()
    page.wait_for_url("**start=catl&end=xpeng**")
