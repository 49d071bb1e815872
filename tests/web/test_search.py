"""The search box and the page of hits: Chinese, pinyin, initials; the keyboard alone will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from chaingraph.cli import cli
from chaingraph.config import settings
from chaingraph.web.app import build
from tests.hostile_pack import write_hostile
from tests.web.conftest import SMALL, serving, window

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from starlette.testclient import TestClient

    from chaingraph.config import Settings
    from tests.web.conftest import Served, Watched


def _hits(page: Page) -> list[str]:
    return page.locator("#search-hits .name").all_inner_texts()


@pytest.mark.parametrize("text", ["xp", "小鹏", "ningde", "深圳 隔膜", "小棚汽车"])
def test_the_json_is_what_the_command_prints(client: TestClient, office: Settings, text: str) -> None:
    answer = client.get("/api/search", params={"q": text, "top": 8})
    printed = CliRunner().invoke(
        cli, ["search", text, "--top", "8", "--format", "json"], env={"CHAINGRAPH_WORKSPACE": str(office.workspace)}
    )
    assert answer.content == printed.stdout_bytes


@pytest.mark.parametrize("text", ["", "  ", "！？", "---"])
def test_a_text_without_a_letter_is_refused_in_the_envelope_and_met_with_a_hint(client: TestClient, text: str) -> None:
    answer = client.get("/api/search", params={"q": text})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "请写要找的文字"
    page = client.get("/search", params={"q": text})
    assert page.status_code == 200
    assert "首字母（xp）" in page.text


def test_the_page_keeps_the_kinds_asked_for(client: TestClient) -> None:
    text = client.get("/search?q=xp&kind=park").text
    assert 'href="/parks/xpeng-supplier-park"' in text
    assert 'href="/firms/xpeng"' not in text
    assert client.get("/search?q=xp&kind=ship").status_code == 200
    assert client.get("/api/search?q=xp&kind=ship").status_code == 400


def test_slash_two_letters_and_enter_lead_to_the_firm(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(served.url)
    page.keyboard.press("/")
    page.keyboard.type("xp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/firms/xpeng")
    expect(page.locator("h1")).to_have_text("小鹏汽车")


def test_the_arrows_choose_among_what_is_suggested_and_escape_closes_it(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(served.url)
    page.keyboard.press("/")
    page.keyboard.type("xp")
    options = page.locator("#search-hits [role=option]")
    expect(options).to_have_count(9)
    box = page.locator("#search")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "search-hits-1")
    page.keyboard.press("Escape")
    expect(page.locator("#search-hits")).to_be_hidden()
    expect(box).to_have_value("xp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=xp")


def test_a_slash_in_a_field_is_a_slash(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{served.url}/path")
    page.locator("input[name=start]").focus()
    page.keyboard.type("a/b")
    expect(page.locator("input[name=start]")).to_have_value("a/b")


def test_what_an_input_method_composes_asks_nothing_until_it_is_done(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(served.url)
    page.locator("#search").focus()
    page.evaluate(
        """() => {
          const box = document.getElementById("search");
          box.dispatchEvent(new CompositionEvent("compositionstart"));
          box.value = "xiao";
          box.dispatchEvent(new InputEvent("input", { isComposing: true }));
          box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
        }"""
    )
    with page.expect_response("**/api/search?**") as first:
        page.evaluate(
            """() => {
              const box = document.getElementById("search");
              box.value = "小鹏";
              box.dispatchEvent(new CompositionEvent("compositionend"));
            }"""
        )
    assert "q=%E5%B0%8F%E9%B9%8F" in first.value.url
    assert [url for url in watched.asked if "/api/search" in url] == [first.value.url]
    expect(page.locator("#search-hits .name").first).to_have_text("小鹏汽车")


def test_typing_on_leaves_the_answer_to_the_last_text(served: Served, watched: Watched) -> None:
    page = watched.page
    page.goto(served.url)
    page.keyboard.press("/")
    page.keyboard.type("ning")
    expect(page.locator("#search-hits .name").first).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("xiaopeng")
    expect(page.locator("#search-hits .name").first).to_have_text("小鹏汽车")
    page.keyboard.press("Control+a")
    page.keyboard.type("!!")
    expect(page.locator("#search-hits")).to_be_hidden()


def test_hostile_names_are_suggested_as_text(tmp_path: Path, chromium: Browser) -> None:
    office = settings(tmp_path / "workspace", [write_hostile(tmp_path / "hostile").folder], environ={})
    with serving(build(office)) as host, window(chromium, SMALL) as seen:
        seen.page.goto(host)
        for text in ("script", "造车", "x", "电"):
            seen.page.keyboard.press("Escape")
            seen.page.locator("#search").fill(text)
            expect(seen.page.locator("#search-hits [role=option]").first).to_be_visible()
            listed = seen.page.locator("#search-hits")
            assert listed.locator("script, img, svg").count() == 0
            assert listed.evaluate("e => e.scrollWidth <= e.clientWidth")
        assert seen.page.evaluate("window.__hit") is None
        assert seen.complaints == []
